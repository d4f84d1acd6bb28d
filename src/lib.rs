//! Listwright lints, formats and merges curated Markdown lists.

pub mod diagnostic;
pub mod edit;
pub mod identity;
pub mod list;
pub mod merge;
pub mod source;
