//! What must hold for any input of each engine. The fuzz targets ask it of what libFuzzer finds,
//! `tests/mutations.rs` of the seeds and of random changes to them.

#![allow(dead_code, reason = "each target uses one of them")]

pub mod check_fix;
mod common;
pub mod config;
pub mod decisions;
pub mod fmt;
pub mod merge;
pub mod parse;
#[path = "../../tests/support/places.rs"]
#[allow(
    clippy::duplicate_mod,
    reason = "the tests that ask these have it of their own too"
)]
mod places;
pub mod three_way;
