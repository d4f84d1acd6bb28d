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
use crate::list::write::{ContentsState, LineState, Names, Targets, contents_edits};
use crate::list::{Contents, ContentsForm, ItemId, ItemListId, List, SectionId};
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
        found.extend(misplaced(facts.list, contents, state));
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
fn misplaced(list: &List, contents: &Contents, state: &ContentsState) -> Option<Diagnostic> {
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
    Some(match reordered(list, contents, state) {
        Some(edits) => one.fix(Fix::safe(
            "Put the lines in the order of the sections",
            edits,
        )),
        None => one,
    })
}

/// The edits that put the items of the outermost unordered list in the order of their sections.
///
/// The words of items change places, the markers stay: a numbered table stays numbered.
fn reordered(list: &List, contents: &Contents, state: &ContentsState) -> Option<Vec<Edit>> {
    let ContentsForm::Items(outer) = contents.form else {
        return None;
    };
    let mut place_of: Vec<(ItemId, SectionId)> = Vec::new();
    for (line, state) in contents.lines.iter().zip(&state.lines) {
        place_of.push((line.item?, state.section()?));
    }
    place_of.sort_unstable();
    let section = |item: ItemId| {
        let at = place_of.partition_point(|(known, _)| *known < item);
        place_of
            .get(at)
            .filter(|(known, _)| *known == item)
            .map(|(_, section)| *section)
    };
    let lists = (outer.0..list.item_lists.len() as u32)
        .map(ItemListId)
        .take_while(|&id| list.item_list(id).span.start < contents.span.end);
    for id in lists {
        let items = &list.item_list(id).items;
        let sections: Option<Vec<SectionId>> = items.iter().map(|&item| section(item)).collect();
        let Some(sections) = sections else {
            continue;
        };
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|&at| sections[at]);
        if order.iter().enumerate().any(|(to, &from)| to != from) {
            return Some(moved(list, items, &order));
        }
    }
    None
}

/// Puts, in the place of each item's words, those of the item that `order` names for it.
fn moved(list: &List, items: &[ItemId], order: &[usize]) -> Vec<Edit> {
    let words = |item: ItemId| {
        let item = list.item(item);
        let text = list.slice(item.span.with(item.padding.end, item.span.end));
        item.span.with(
            item.padding.end,
            item.padding.end + text.trim_end().len() as u32,
        )
    };
    order
        .iter()
        .enumerate()
        .filter(|(to, from)| to != *from)
        .map(|(to, &from)| Edit::replace(words(items[to]), list.slice(words(items[from]))))
        .collect()
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
