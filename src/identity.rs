//! When two entries are the same work, and why one may say so.

mod options;
mod site;
pub mod url;

pub use options::{Aliases, Options};
