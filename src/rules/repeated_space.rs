//! More than one space between two words.
//!
//! ## Why
//!
//! Browsers show one, so the others are seen in the source only: mostly a word was deleted there.
//! They also keep searches from finding the words. Two spaces behind the end of a sentence are a
//! habit of typists and are left alone, and so is what most entries of a list have.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [The Book of  Tea](https://example.com/book) - How tea came to be.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [The Book of Tea](https://example.com/book) - How tea came to be.
//! ```
//!
//! ## Fix
//!
//! Leaves one space.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{List, Shape};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "repeated-space",
    group: Group::Text,
    level: WARNING,
    awesome: ERROR,
    aliases: &["MD064", "no-multiple-consecutive-spaces"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("repeated_space.rs"),
};

/// From how many places on what most entries have is taken for the list's own way.
const CONVENTION: usize = 8;

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let before = found.len();
    let mut places: Vec<Span> = list.headings().map(|(_, heading)| heading.title).collect();
    let items = list
        .entries
        .iter()
        .filter(|entry| matches!(entry.shape, Shape::Item(_)));
    places.extend(items.map(|entry| entry.content));
    for place in places {
        if !list.slice(place).contains("  ") || facts.is_generated(place.start) {
            continue;
        }
        let mut runs = Vec::new();
        for piece in facts.words(place) {
            in_piece(list, place, piece, &mut runs);
        }
        found.extend(diagnostic(&runs));
    }
    let those = found.len() - before;
    if those >= CONVENTION && those * 2 > list.entries.len() {
        found.truncate(before);
    }
}

/// One finding for the `runs` of spaces in the words of one entry or heading.
fn diagnostic(runs: &[Span]) -> Option<Diagnostic> {
    let (first, rest) = runs.split_first()?;
    let edits = runs
        .iter()
        .map(|run| Edit::delete(run.with(run.start + 1, run.end)));
    let fix = Fix::safe("Leave one space", edits.collect());
    let message = format!("{} spaces between words", first.len());
    let mut diagnostic = Diagnostic::new(RULE.name, *first, message).fix(fix);
    for run in rest {
        diagnostic = diagnostic.also(*run, "here as well");
    }
    Some(diagnostic)
}

/// Finds the runs of spaces in `piece`, a part of `place`.
fn in_piece(list: &List, place: Span, piece: Span, runs: &mut Vec<Span>) {
    let text = list.slice(piece);
    // Between two images or two tags there are no words to be parted.
    if text.trim().is_empty() {
        return;
    }
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("  ")) {
        let start = from + at;
        let rest = text.get(start..).unwrap_or_default();
        from = start + rest.len() - rest.trim_start_matches(' ').len();
        let span = piece.with(piece.start + start as u32, piece.start + from as u32);
        if parts_words(list, place, span) {
            runs.push(span);
        }
    }
}

/// Whether the spaces at `span` stand between words of one line and not behind a sentence.
fn parts_words(list: &List, place: Span, span: Span) -> bool {
    let text = list.source.text();
    let piece = |piece: Span| text.get(piece.range()).unwrap_or_default();
    let before = piece(place.with(place.start, span.start));
    let after = piece(place.with(span.end, place.end));
    let ends = |char: char| matches!(char, '\n' | '\r' | '.' | '!' | '?' | ':' | ';' | '。');
    before.chars().next_back().is_some_and(|char| !ends(char))
        && !after.is_empty()
        && !after.starts_with(['\n', '\r'])
        && !before.ends_with('\t')
        && !after.starts_with('\t')
}
