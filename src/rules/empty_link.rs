//! A link without a destination, or one that shows nothing to click on.
//!
//! ## Why
//!
//! `[Title]()` looks like a link and leads nowhere; `[](https://example.com)` leads somewhere and
//! cannot be seen. Both are left behind by unfinished edits.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha]() - Steamed leaves.
//! - [](https://example.com/gyokuro) Gyokuro grows in the shade.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Grows in the shade.
//! ```

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::list::{LinkKind, Place};

/// The rule.
pub static RULE: Rule = Rule {
    name: "empty-link",
    group: Group::Links,
    level: ERROR,
    awesome: ERROR,
    aliases: &["MD042", "no-empty-links", "no-empty-url"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("empty_link.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for link in &list.links {
        let text = list.slice(link.text);
        let message = if link.url.trim().is_empty() {
            // `<a>` without `href` is a place to lead to or nothing at all, but no link.
            if link.kind == LinkKind::Html && text.trim().is_empty() {
                continue;
            }
            "the link leads nowhere: its destination is empty"
        } else if link.url == "#" && matches!(link.place, Place::Entry(_)) {
            "the link leads nowhere: `#` stands for the top of the page"
        } else if text.trim().is_empty() && link.kind != LinkKind::Html {
            "the link cannot be seen: its text is empty"
        } else {
            continue;
        };
        found.push(Diagnostic::new(RULE.name, link.span, message));
    }
}
