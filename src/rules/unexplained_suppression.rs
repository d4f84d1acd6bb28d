//! A comment that switches a rule off and does not say why.
//!
//! ## Why
//!
//! Whoever reads the comment next year asks whether it is still needed. The reason stands behind
//! two hyphens. Only comments for Listwright are judged; the rule is off until it is asked for.
//!
//! ## Bad
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

use super::{Check, Fixes, Group, Level, OptionKind, OptionSpec, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unexplained-suppression",
    group: Group::Suppressions,
    level: Level::Off,
    awesome: Level::Off,
    aliases: &[],
    options: &[OptionSpec {
        name: "shortest",
        help: "How many characters a reason has at least",
        kind: OptionKind::Number(1),
    }],
    fixes: Fixes::Never,
    check: Check::Suppressions,
    source: include_str!("unexplained_suppression.rs"),
};
