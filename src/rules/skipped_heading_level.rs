//! A heading more than one level below the heading before it.
//!
//! ## Why
//!
//! Screen readers and outlines lead from level to level: a section of level 4 right under one of
//! level 2 seems to lack its parent. Mostly a `#` was typed too often.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! #### Japan
//!
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
//! ### Japan
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```

use std::collections::BTreeMap;

use super::{Check, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::list::Heading;

/// The rule.
pub static RULE: Rule = Rule {
    name: "skipped-heading-level",
    group: Group::Structure,
    level: WARNING,
    awesome: WARNING,
    aliases: &["MD001", "heading-increment", "heading-increment-by-one"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("skipped_heading_level.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    // Headings that skip the same levels have one cause: the level that the list does not use.
    let mut skips: BTreeMap<(u8, u8), Vec<&Heading>> = BTreeMap::new();
    let headings: Vec<&Heading> = facts.list.headings().map(|(_, heading)| heading).collect();
    for pair in headings.windows(2) {
        if pair[1].level > pair[0].level + 1 {
            let levels = (pair[0].level, pair[1].level);
            skips.entry(levels).or_default().push(pair[1]);
        }
    }
    for ((above, below), headings) in skips {
        let uses = |level: u8| {
            facts
                .list
                .headings()
                .any(|(_, heading)| heading.level == level)
        };
        let message = format!("a heading of level {below} follows one of level {above}");
        let whole_list = !(above + 1..below).any(uses);
        if let ([first, rest @ ..], true) = (headings.as_slice(), whole_list) {
            let mut diagnostic = Diagnostic::new(RULE.name, first.span, message);
            for heading in rest {
                diagnostic = diagnostic.also(heading.span, "here as well");
            }
            found.push(diagnostic);
            continue;
        }
        for heading in headings {
            found.push(Diagnostic::new(RULE.name, heading.span, message.clone()));
        }
    }
}
