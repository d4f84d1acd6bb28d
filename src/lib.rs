//! Listwright lints, formats and merges curated Markdown lists.
#![doc = ""]

pub mod diagnostic;
pub mod edit;
pub mod report;
pub mod source;
