//! Listwright lints, formats and merges curated Markdown lists.
//!
//! The modules in reading order: [`source`] holds text and places in it, [`list`] the model of one
//! list, [`rules`] finds what is wrong with it, [`edit`] changes text, [`diagnostic`] is one
//! finding, and [`report`] tells findings to people and programs.

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod edit;
pub mod format;
pub mod list;
pub mod nearest;
pub mod report;
pub mod rules;
pub mod source;
