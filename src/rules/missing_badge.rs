//! A list without the badge of the awesome community.
//!
//! ## Why
//!
//! The badge tells readers that a list keeps to the guidelines, and leads them to the other lists.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```

use super::{Check, ERROR, Facts, Fixes, Group, Level, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-badge",
    group: Group::Awesome,
    level: Level::Off,
    awesome: ERROR,
    aliases: &["awesome-badge", "remark-lint:awesome-badge"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("missing_badge.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let images = list.images.iter().any(|image| is_badge(&image.url));
    let html = list.html.iter().any(|tag| is_badge(list.slice(tag.span)));
    if images || html {
        return;
    }
    let title = list.headings().next().map(|(_, heading)| heading.title);
    let place = title.unwrap_or(list.source.line_content(1));
    found.push(
        Diagnostic::new(RULE.name, place, "the list does not show the awesome badge").help(
            "put `[![Awesome](https://awesome.re/badge.svg)](https://awesome.re)` behind the title",
        ),
    );
}

/// Whether an address is the badge's: at its own site, or as lists have it from the repository.
fn is_badge(address: &str) -> bool {
    address.contains("awesome.re/badge")
        || address.contains("awesome.re/mentioned-badge")
        || address.contains("sindresorhus/awesome") && address.contains("badge")
}
