//! The last tier: what usually, not certainly, leads to the same resource.

use std::borrow::Cow;

use percent_encoding_free::decoded;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::page::Page;
use super::walk::{Observer, Step, certain_key, drop_start};
use crate::identity::Options;
use crate::identity::site;
