//! Listwright lints, formats and merges curated Markdown lists.
//!
//! The modules in reading order: [`source`] holds text and places in it, [`list`] the model of one
//! list, [`identity`] when two entries are the same work, [`rules`] finds what is wrong with a list,
//! [`merge`] makes one of several, [`three_way`] ends merge conflicts, [`edit`] changes text,
//! [`diff`] tells what changed between two states, [`diagnostic`] is one finding, and [`report`] tells findings to people and programs.

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod edit;
pub mod format;
pub mod identity;
pub mod inspect;
pub mod list;
pub mod merge;
pub mod nearest;
pub mod report;
pub mod rules;
pub mod source;
pub mod spaces;
pub mod three_way;
