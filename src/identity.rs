//! When two entries are the same work, and why one may say so.
//!
//! [`Identity::of`] computes once what an entry is known by; [`judge`] compares two of them and
//! gives a [`Verdict`] with its [`Evidence`]. Keys are for comparing only: nothing here changes a
//! list.

mod against;
mod entry;
mod evidence;
mod hosts;
mod ids;
mod judge;
mod kind;
mod near;
mod options;
mod places;
mod shared;
mod site;
pub mod title;
pub mod url;
mod verdict;

pub use against::contradiction;
pub use entry::{Author, Identity, primary_link};
pub use evidence::{Contradiction, Evidence};
pub use hosts::{is_shortener, is_shortening_host};
pub use ids::StrongId;
pub use judge::{judge, verdict};
pub use kind::Kind;
pub use near::codes;
pub use options::{Aliases, Options};
pub use shared::Shared;
pub use verdict::{Judgement, Scope, Verdict};
