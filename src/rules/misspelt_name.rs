//! A name of a product that is not written as its makers write it.
//!
//! ## Why
//!
//! `Javascript` and `Github` look careless. Only names that are no common words are looked at, in
//! descriptions and headings; titles, code and addresses are left alone, since a work may well be
//! called `javascript-tea`.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! - [Sencha](https://example.com/sencha) - Brewed in Javascript, kept on github.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! - [Sencha](https://example.com/sencha) - Brewed in JavaScript, kept on GitHub.
//! ```
//!
//! ## Fix
//!
//! Writes the name as its makers do, which a person should look at.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{
    Check, Facts, Fixes, Group, Level, OptionKind, OptionSpec, Rule, RuleSettings, WARNING,
};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::Role;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "misspelt-name",
    group: Group::Awesome,
    level: Level::Off,
    awesome: WARNING,
    aliases: &["awesome-spell-check", "remark-lint:awesome-spell-check"],
    options: &[OptionSpec {
        name: "allow",
        help: "Spellings that are meant.",
        kind: OptionKind::Texts(&[]),
    }],
    fixes: Fixes::Unsafe,
    check: Check::List(check),
    source: include_str!("misspelt_name.rs"),
};

/// The names by their lower case; those of several words are left out here.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    include_str!("data/names.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.contains(' '))
        .map(|line| {
            let (spelt, name) = line.split_once('=').unwrap_or((line, line));
            (spelt.to_lowercase(), name)
        })
        .collect()
});

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let allowed = settings.texts("allow");
    let descriptions = list
        .entries
        .iter()
        .filter(|entry| entry.role == Role::Work)
        .filter_map(|entry| entry.description);
    let headings = list.headings().map(|(_, heading)| heading.title);
    let mut places: Vec<Span> = descriptions.chain(headings).collect();
    places.sort_unstable();
    for place in places {
        for (at, word) in words(list.slice(place)) {
            let Some(name) = NAMES.get(&word.to_lowercase()) else {
                continue;
            };
            let span = place.with(place.start + at, place.start + at + word.len() as u32);
            if word == *name || allowed.contains(&word) || is_markup(facts, span) {
                continue;
            }
            let message = format!("`{word}` is written `{name}`");
            let edits = vec![Edit::replace(span, *name)];
            found.push(
                Diagnostic::new(RULE.name, span, message)
                    .fix(Fix::needs_review(format!("Write `{name}`"), edits)),
            );
        }
    }
}

/// The words that stand by themselves: none that is a piece of a name, a path or code.
fn words(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut at = 0;
    text.split_inclusive(char::is_whitespace)
        .filter_map(move |piece| {
            let start = at;
            at += piece.len();
            let piece = piece.trim_end();
            let opened = piece.trim_start_matches(['(', '"', '\'', '“', '*', '_']);
            let word = opened
                .trim_end_matches([')', '"', '\'', '”', '*', '_', ',', '.', ':', ';', '!', '?']);
            let plain = word
                .chars()
                .all(|char| char.is_alphanumeric() || char == '.');
            let start = start + piece.len() - opened.len();
            (plain && word.len() > 2).then_some((start as u32, word))
        })
}

/// Whether a place is part of a link or of code, and so perhaps a name.
fn is_markup(facts: &Facts<'_>, span: Span) -> bool {
    let list = facts.list;
    let after = list
        .links
        .partition_point(|link| link.span.start <= span.start);
    let in_link = after > 0 && list.links[after - 1].span.contains(span);
    let hidden = facts.hidden();
    let after = hidden.partition_point(|hidden| hidden.start <= span.start);
    in_link || after > 0 && hidden[after - 1].contains(span)
}
