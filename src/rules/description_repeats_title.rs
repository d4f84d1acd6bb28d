//! A description that begins by saying the title again.
//!
//! ## Why
//!
//! `Sencha - Sencha is steamed` says nothing with its first words; `Sencha - Steamed leaves` is
//! read faster. Many lists do not mind, so this is asked for in the preset `awesome` only.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Sencha is made of steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Made of steamed leaves.
//! ```

use super::{Check, Facts, Fixes, Group, Level, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::list::Role;

/// The rule.
pub static RULE: Rule = Rule {
    name: "description-repeats-title",
    group: Group::Entries,
    level: Level::Off,
    awesome: WARNING,
    aliases: &[
        "no-repeat-item-in-description",
        "awesome-no-repeat-item-in-description",
    ],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("description_repeats_title.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for entry in list.entries.iter().filter(|entry| entry.role == Role::Work) {
        let (Some(title), Some(description)) = (&entry.title, entry.description) else {
            continue;
        };
        let text = list.slice(description);
        let lead = text.len() - text.trim_start_matches(['*', '_', '`', '"', '[']).len();
        let words = text.get(lead..).unwrap_or_default();
        let name = title.text.trim();
        let Some(length) = prefix_ignoring_case(words, name) else {
            continue;
        };
        let rest = words.get(length..).unwrap_or_default();
        // `Go` does not stand in `Good` and not in `Go-like`.
        let ends = rest.starts_with([' ', ',', ':', '*', '_', '`', '"', ']']);
        if name.len() < 2 || !ends || facts.is_generated(entry.span.start) {
            continue;
        }
        let start = description.start + lead as u32;
        let place = description.with(start, start + length as u32);
        let message = format!("the description says `{name}` again");
        found.push(Diagnostic::new(RULE.name, place, message));
    }
}

/// How long the start of `text` is that is `prefix` but for case, in bytes.
fn prefix_ignoring_case(text: &str, prefix: &str) -> Option<usize> {
    let mut chars = text.chars();
    for wanted in prefix.chars() {
        let found = chars.next()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(text.len() - chars.as_str().len())
}
