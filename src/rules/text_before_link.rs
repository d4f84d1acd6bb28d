//! An entry that does not begin with its link.
//!
//! ## Why
//!
//! The guidelines ask that an entry begin with the linked title, so that readers can run down the
//! titles. Signs and badges before it are no words.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! - See also [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```

use super::{Check, Facts, Fixes, Group, Level, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::list::{Role, SectionKind, Shape};

/// The rule.
pub static RULE: Rule = Rule {
    name: "text-before-link",
    group: Group::Awesome,
    level: Level::Off,
    awesome: WARNING,
    aliases: &["awesome-list-item", "remark-lint:awesome-list-item"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("text_before_link.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for entry in &list.entries {
        let of_list = list.section(entry.section).kind == SectionKind::Entries;
        if entry.role != Role::Work || !of_list || !matches!(entry.shape, Shape::Item(_)) {
            continue;
        }
        let Some(link) = entry.links.first().map(|id| list.link(*id)) else {
            continue;
        };
        let before = entry.content.with(entry.content.start, link.span.start);
        let words = list.slice(before);
        // Tags, images and badges are no words.
        let end = words.find(['<', '!', '[']).unwrap_or(words.len());
        let said = words.get(..end).unwrap_or_default();
        if said.chars().any(char::is_alphabetic) && !is_emoji_code(said) {
            found.push(Diagnostic::new(
                RULE.name,
                before,
                "words stand before the link",
            ));
        }
    }
}

/// Whether the letters are those of an emoji's name: `:rocket:`.
fn is_emoji_code(words: &str) -> bool {
    words
        .split_whitespace()
        .all(|word| word.len() > 2 && word.starts_with(':') && word.ends_with(':'))
}
