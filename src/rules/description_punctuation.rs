//! A description that ends otherwise than the others: without the final period, or with one.
//!
//! ## Why
//!
//! Readers notice the one line that ends differently. Whether descriptions end in a period is for
//! the list to say: what clearly most descriptions of the section, or of the list, do. Questions,
//! exclamations, tags and links at the end are left alone.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Genmaicha](https://example.com/genmaicha) - Leaves with rice.
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
//! - [Kabusecha](https://example.com/kabusecha) - Covered leaves.
//! - [Kukicha](https://example.com/kukicha) - Twigs.
//! - [Matcha](https://example.com/matcha) - Ground leaves
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! - [Shincha](https://example.com/shincha) - First leaves.
//! - [Tencha](https://example.com/tencha) - Dried leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Adds the period, or takes it out.

use super::{
    ADVICE, Check, ERROR, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings,
};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::style::{Ending, tail};
use crate::list::{Entry, Role, Shape};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "description-punctuation",
    group: Group::Entries,
    level: ADVICE,
    awesome: ERROR,
    aliases: &["awesome-list-item"],
    options: &[OptionSpec {
        name: "ending",
        help: "How descriptions end: as most of the list do, in a period, or in none",
        kind: OptionKind::Choice(&["own", "period", "none"]),
    }],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("description_punctuation.rs"),
};

/// The share, in percent, that an ending has at least to be the one that all should have.
const USUAL: u32 = 90;

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let asked = match settings.text("ending") {
        "period" => Some(Ending::Period),
        "none" => Some(Ending::None),
        _ => None,
    };
    for entry in &list.entries {
        let Some(tail) = tail(list, entry).filter(|_| has_description(facts, entry)) else {
            continue;
        };
        let Some(usual) = asked.or_else(|| own(facts, entry)) else {
            continue;
        };
        let text = list.slice(entry.content);
        let several = usual == Ending::None && has_sentences(facts, entry);
        if tail.ending == usual || several || facts.is_generated(entry.span.start) {
            continue;
        }
        let sign = if text.contains(['。', '、']) {
            "。"
        } else {
            "."
        };
        let (message, title, replacement) = match usual {
            Ending::Period => (
                "the description ends without a period",
                "Add a period",
                sign,
            ),
            Ending::None => (
                "the description ends in a period",
                "Take the period out",
                "",
            ),
        };
        // A place with a width, for an empty one cannot be pointed at.
        let place = match tail.span.is_empty() {
            true => last_character(facts, entry, tail.span.start),
            false => tail.span,
        };
        let edit = Edit::replace(tail.span, replacement);
        found.push(Diagnostic::new(RULE.name, place, message).fix(Fix::safe(title, vec![edit])));
    }
}

/// Whether `entry` is an item whose description stands behind its link.
fn has_description(facts: &Facts<'_>, entry: &Entry) -> bool {
    let link = facts.list.primary_link(entry);
    matches!(entry.shape, Shape::Item(_))
        && entry.role == Role::Work
        && link.is_some_and(|link| {
            let behind = |description: Span| link.span.end <= description.start;
            entry.description.is_some_and(behind)
        })
}

/// Whether the description is more than one sentence: then its period is no matter of style.
fn has_sentences(facts: &Facts<'_>, entry: &Entry) -> bool {
    let text = entry.description.map_or("", |span| facts.list.slice(span));
    let ends = text.match_indices(['.', '!', '?', '。']);
    ends.map(|(at, sign)| text.get(at + sign.len()..).unwrap_or_default())
        .any(|rest| {
            let next = rest.trim_start();
            next.len() < rest.len() && next.starts_with(|char: char| !char.is_lowercase())
        })
}

/// How most descriptions around `entry` end.
fn own(facts: &Facts<'_>, entry: &Entry) -> Option<Ending> {
    let style = facts.style().section(entry.section);
    let endings = style.pick(|own| &own.ending);
    let clear = endings.count() * 100 >= endings.total() * USUAL;
    endings.winner().copied().filter(|_| clear)
}

/// The character before `offset`.
fn last_character(facts: &Facts<'_>, entry: &Entry, offset: u32) -> Span {
    let before = facts
        .list
        .slice(entry.content.with(entry.content.start, offset));
    let last = before.chars().next_back().map_or(0, char::len_utf8) as u32;
    entry.content.with(offset - last, offset)
}
