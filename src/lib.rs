//! Listwright lints, formats and merges curated Markdown lists.

pub mod diagnostic;
pub mod edit;
pub mod list;
pub mod source;
pub mod three_way;
