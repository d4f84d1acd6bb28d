//! A comment that switches off a rule that does not exist, or that is not understood.
//!
//! ## Why
//!
//! A slip in the name of a rule silences nothing, and nobody notices until the finding is back.
//! Only comments for Listwright are judged: those for other linters name the rules of others.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! <!-- listwright-disable-next missing-spaces -->
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! <!-- listwright-disable-next missing-space -- the year belongs to the name -->
//! - [Sencha](https://example.com/sencha)(2019)
//! ```

use super::{Check, Fixes, Group, Rule, WARNING};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-suppression",
    group: Group::Suppressions,
    level: WARNING,
    awesome: WARNING,
    aliases: &[],
    options: &[],
    fixes: Fixes::Never,
    check: Check::Suppressions,
    source: include_str!("unknown_suppression.rs"),
};
