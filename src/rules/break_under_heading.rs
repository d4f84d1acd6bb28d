//! A thematic break right under a heading.
//!
//! ## Why
//!
//! A heading divides the page by itself, and GitHub already draws a line under those of the first
//! two levels. The `---` is also a trap: put right under a line of text, it makes that line a
//! heading. A list that does so under most of its headings means it, and is left alone.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! ---
//!
//! - [Sencha](https://example.com/sencha)
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha)
//!
//! ---
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam)
//! ```
//!
//! ## Fix
//!
//! Takes the break out.

use super::{Check, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Block, BlockKind};

/// The rule.
pub static RULE: Rule = Rule {
    name: "break-under-heading",
    group: Group::Structure,
    level: WARNING,
    awesome: WARNING,
    aliases: &[],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("break_under_heading.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let breaks: Vec<&Block> = list
        .blocks
        .windows(2)
        .filter(|pair| pair[0].kind == BlockKind::Heading && pair[1].kind == BlockKind::Break)
        .map(|pair| &pair[1])
        .filter(|block| !block.generated)
        .collect();
    let headings = list.headings().count();
    // From a half on it is how the list is written.
    if headings > 2 && breaks.len() * 2 >= headings {
        return;
    }
    for block in breaks {
        // The blank lines above stay, those below go with the break.
        let fix = Fix::safe("Take the break out", vec![Edit::delete(block.span)]);
        found.push(
            Diagnostic::new(
                RULE.name,
                block.content,
                "a thematic break stands right under a heading",
            )
            .fix(fix),
        );
    }
}
