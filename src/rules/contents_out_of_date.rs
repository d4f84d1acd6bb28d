//! A contents table that lacks sections of the list, or has them in another order.
//!
//! ## Why
//!
//! Sections are added and moved, and the contents table is forgotten. What a table covers is read
//! from the table itself: one that lists only the top sections, or only a choice of them, is left
//! alone, and so is one that a tool writes between comments. Lines whose section is gone or renamed
//! lead nowhere, which `broken-anchor` tells.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Contents
//!
//! - [Green](#green)
//! - [White](#white)
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam) - From Assam.
//!
//! ## White
//!
//! - [Silver Needle](https://example.com/silver-needle) - Only buds.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Contents
//!
//! - [Green](#green)
//! - [Black](#black)
//! - [White](#white)
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam) - From Assam.
//!
//! ## White
//!
//! - [Silver Needle](https://example.com/silver-needle) - Only buds.
//! ```
//!
//! ## Fix
//!
//! Adds the lines that are missing, written like those around them, and puts lines that are out of
//! order where their sections stand. What the other lines say stays.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::write::{
    ContentsState, LineState, Names, Targets, contents_edits, contents_order,
};
use crate::list::{Contents, List, SectionId};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "contents-out-of-date",
    group: Group::Contents,
    level: WARNING,
    awesome: ERROR,
    aliases: &["awesome-toc", "toc"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("contents_out_of_date.rs"),
};

/// How many sections or lines are named and shown.
const SHOWN: usize = 3;

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    for (index, state) in facts.contents().iter().enumerate() {
        let contents = &facts.list.contents[index];
        if contents.generated || !state.sound {
            continue;
        }
        found.extend(missing(facts, index, contents, state));
        found.extend(misplaced(facts.list, index, contents, state));
    }
}

/// The sections that a table lacks.
fn missing(
    facts: &Facts<'_>,
    index: usize,
    contents: &Contents,
    state: &ContentsState,
) -> Option<Diagnostic> {
    let list = facts.list;
    let first = state.missing.first()?;
    let sections: Vec<SectionId> = state.missing.iter().map(|one| one.section).collect();
    let message = match sections.as_slice() {
        [one] => format!("the contents table lacks {}", name(list, *one)),
        _ => format!("the contents table lacks {}", names(list, &sections)),
    };
    let line = first.after.unwrap_or(0);
    let mut one = Diagnostic::new(RULE.name, line_span(list, contents, line), message);
    for &section in sections.iter().take(SHOWN) {
        if let Some(heading) = &list.section(section).heading {
            one = one.also(heading.span, "not in the contents table");
        }
    }
    Some(match added(facts, index, state) {
        Some(fix) => one.fix(fix),
        None => one,
    })
}

/// The edits that add what is missing and change nothing else.
fn added(facts: &Facts<'_>, index: usize, state: &ContentsState) -> Option<Fix> {
    let mut only_missing = state.clone();
    for line in &mut only_missing.lines {
        if !matches!(line, LineState::Reaches(_)) {
            *line = LineState::Elsewhere;
        }
    }
    let list = facts.list;
    let (names, targets) = (Names::of(list), Targets::new(list));
    let edits = contents_edits(list, index, &only_missing, facts.style(), &names, &targets);
    let adds = |(span, _): &(Span, String)| {
        span.is_empty()
            || list
                .slice(*span)
                .trim_end_matches(['.', ')'])
                .parse::<u64>()
                .is_ok()
    };
    let edits: Vec<Edit> = match edits.iter().all(adds) {
        true => edits
            .into_iter()
            .map(|(span, text)| Edit::replace(span, text))
            .collect(),
        false => return None,
    };
    (!edits.is_empty()).then(|| Fix::safe("Add the missing lines", edits))
}

/// The lines of a table that stand elsewhere than their sections.
fn misplaced(
    list: &List,
    index: usize,
    contents: &Contents,
    state: &ContentsState,
) -> Option<Diagnostic> {
    let first = *state.misplaced.first()?;
    let sections: Vec<SectionId> = state
        .misplaced
        .iter()
        .filter_map(|&line| state.lines.get(line)?.section())
        .collect();
    let verb = if sections.len() == 1 {
        "stands"
    } else {
        "stand"
    };
    let message = format!(
        "{} {verb} out of order in the contents table",
        names(list, &sections)
    );
    let mut one = Diagnostic::new(RULE.name, line_span(list, contents, first), message);
    for &section in sections.iter().take(SHOWN) {
        if let Some(heading) = &list.section(section).heading {
            one = one.also(heading.span, "stands here in the list");
        }
    }
    let moves = contents_order(list, index, state, false).into_iter();
    let moves: Vec<Edit> = moves
        .map(|(span, text)| Edit::replace(span, text))
        .collect();
    Some(match moves.is_empty() {
        true => one,
        false => one.fix(Fix::safe(
            "Put the lines in the order of the sections",
            moves,
        )),
    })
}

/// Where a line of a table stands.
fn line_span(list: &List, contents: &Contents, line: usize) -> Span {
    match contents.lines.get(line) {
        Some(line) => list.link(line.link).span,
        None => contents.span,
    }
}

fn name(list: &List, section: SectionId) -> String {
    let heading = list.section(section).heading.as_ref();
    format!("`{}`", heading.map_or("", |heading| heading.text.trim()))
}

/// `A`, `B`, `C` and 4 more.
fn names(list: &List, sections: &[SectionId]) -> String {
    let shown: Vec<String> = sections
        .iter()
        .take(SHOWN)
        .map(|&one| name(list, one))
        .collect();
    match sections.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("{} and {more} more", shown.join(", ")),
        _ => match shown.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            _ => shown.concat(),
        },
    }
}
