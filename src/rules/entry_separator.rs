//! A separator between title and description that the list does not use elsewhere.
//!
//! ## Why
//!
//! A list in which most entries read `title - description` and some `title: description` looks as
//! if nobody cared, and tools that read it must guess. Which separator is right is for the list to
//! say: the one that clearly most entries of the section, or of the list, have.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
//! - [Kukicha](https://example.com/kukicha) - Twigs.
//! - [Matcha](https://example.com/matcha): Ground leaves.
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
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
//! - [Kukicha](https://example.com/kukicha) - Twigs.
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Writes the separator that the list uses.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Entry, Link, List, Role, Separator, SeparatorKind};

/// The rule.
pub static RULE: Rule = Rule {
    name: "entry-separator",
    group: Group::Entries,
    level: WARNING,
    awesome: ERROR,
    aliases: &["awesome-list-item"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("entry_separator.rs"),
};

/// The share, in percent, that a separator has at least to be the one that all should have.
const USUAL: u32 = 80;

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for (entry, link) in facts.linked_items() {
        let Some(separator) = separator(list, entry, link) else {
            continue;
        };
        let style = facts.style().section(entry.section);
        let separators = style.pick(|own| &own.separator);
        let Some(usual) = separators.winner() else {
            continue;
        };
        let clear = separators.count() * 100 >= separators.total() * USUAL;
        let text = list.slice(separator.span);
        let one_line = !text.contains(['\n', '\r']);
        if !clear || !one_line || separator.kind == usual.kind || !is_sign(usual.kind) {
            continue;
        }
        let message = format!(
            "the description follows `{}`, elsewhere it follows `{}`",
            text.trim(),
            usual.text.trim()
        );
        found.push(
            Diagnostic::new(RULE.name, separator.span, message).fix(Fix::safe(
                format!("Write `{}`", usual.text.trim()),
                vec![Edit::replace(separator.span, usual.text.as_str())],
            )),
        );
    }
}

/// The separator behind the link of an item, if it is one that could as well be another.
fn separator(list: &List, entry: &Entry, link: &Link) -> Option<Separator> {
    entry.description?;
    let separator = entry.separator?;
    // In `one — see [two](…)` the dash belongs to the sentence, in `:star:` the colon to an emoji.
    let behind = link.span.end <= separator.span.start;
    let apart = list.slice(separator.span).ends_with(char::is_whitespace);
    let work = entry.role == Role::Work;
    (work && behind && apart && is_sign(separator.kind)).then_some(separator)
}

fn is_sign(kind: SeparatorKind) -> bool {
    use SeparatorKind::{Bar, Colon, EmDash, EnDash, Hyphen};
    matches!(kind, Hyphen | EnDash | EmDash | Colon | Bar)
}
