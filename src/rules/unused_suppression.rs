//! A comment that switches a rule off where it would find nothing.
//!
//! ## Why
//!
//! What the comment was for has been mended since. Left behind, it hides the next finding of the
//! same rule. Only comments for Listwright are judged, and only for rules that are on.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! <!-- listwright-disable-next missing-space -->
//! - [Sencha](https://example.com/sencha) (2019)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! <!-- listwright-disable-next missing-space -->
//! - [Sencha](https://example.com/sencha)(2019)
//! ```
//!
//! ## Fix
//!
//! Takes the comment out. Its reason is lost with it, so this is done only when asked for.

use super::{Check, Fixes, Group, Rule, WARNING};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unused-suppression",
    group: Group::Suppressions,
    level: WARNING,
    awesome: WARNING,
    aliases: &[],
    options: &[],
    fixes: Fixes::Unsafe,
    check: Check::Suppressions,
    source: include_str!("unused_suppression.rs"),
};
