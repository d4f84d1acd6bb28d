//! An item that stands further in than its neighbours and is not nested.
//!
//! ## Why
//!
//! One space before a bullet looks nested in the source and is not: Markdown nests from the column
//! on in which the words above begin. Either the space is a slip or it is too few.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Bancha](https://example.com/bancha) - Late leaves.
//!  - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
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
//!   - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
//! ```
//!
//! ## Fix
//!
//! Puts the item where its neighbours stand, as it is shown. Perhaps it was meant to be nested, so
//! this is done only when asked for.

use std::collections::BTreeMap;

use super::{Check, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Item, ItemList, List};

/// The rule.
pub static RULE: Rule = Rule {
    name: "entry-indent",
    group: Group::Entries,
    level: WARNING,
    awesome: WARNING,
    aliases: &[
        "MD005",
        "list-indent",
        "list-item-bullet-indent",
        "list-item-indent",
    ],
    options: &[],
    fixes: Fixes::Unsafe,
    check: Check::List(check),
    source: include_str!("entry_indent.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for one in &list.item_lists {
        if one.items.len() < 2 || facts.is_generated(one.span.start) {
            continue;
        }
        in_list(list, one, found);
    }
}

/// Finds the items of `one` that stand in another column than most.
fn in_list(list: &List, one: &ItemList, found: &mut Vec<Diagnostic>) {
    let items: Vec<(&Item, u32)> = one
        .items
        .iter()
        .map(|&item| list.item(item))
        .filter_map(|item| Some((item, column(list, one, item)?)))
        .collect();
    let mut columns: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, column) in &items {
        *columns.entry(*column).or_default() += 1;
    }
    // Of two columns that as many stand in, the first one is right.
    let first = items.first().map(|(_, column)| *column);
    let usual = columns
        .iter()
        .max_by_key(|(column, count)| (**count, Some(**column) == first))
        .map(|(&column, _)| column);
    let Some(usual) = usual.filter(|_| columns.len() > 1) else {
        return;
    };
    for stretch in items
        .chunk_by(|a, b| a.1 == b.1)
        .filter(|stretch| stretch[0].1 != usual)
    {
        let [(first, column), rest @ ..] = stretch else {
            continue;
        };
        let further = column.abs_diff(usual);
        let spaces = if further == 1 { "space" } else { "spaces" };
        let way = if *column > usual { "in" } else { "out" };
        let message = format!(
            "stands {further} {spaces} further {way} than its neighbours, but on the same level"
        );
        let mut diagnostic = Diagnostic::new(RULE.name, first.marker, message);
        for (item, _) in rest {
            diagnostic = diagnostic.also(item.marker, "this one as well");
        }
        let edits = stretch
            .iter()
            .map(|(item, _)| moved(list, item, *column, usual));
        if let Some(edits) = edits.collect::<Option<Vec<_>>>() {
            let fix = Fix::needs_review("Put it where its neighbours stand", edits.concat());
            diagnostic = diagnostic.fix(fix);
        }
        found.push(diagnostic);
    }
}

/// How many spaces stand before the marker of `item`; numbers are measured at their end, for they
/// may be aligned to the right. `None` where something else stands there.
fn column(list: &List, one: &ItemList, item: &Item) -> Option<u32> {
    let start = list.source.line_start(item.marker.start);
    let lead = list.slice(item.marker.with(start, item.marker.start));
    let spaces = lead.bytes().all(|byte| byte == b' ');
    (spaces && !one.ordered).then_some(lead.len() as u32)
}

/// The edits that move all lines of `item` from column `from` to column `to`.
fn moved(list: &List, item: &Item, from: u32, to: u32) -> Option<Vec<Edit>> {
    let source = &list.source;
    let first = source.line(item.span.start);
    let last = source.line(item.span.end.max(1) - 1);
    let mut edits = Vec::new();
    for line in first..=last {
        let span = source.line_content(line);
        let text = list.slice(span);
        let indent = text.len() - text.trim_start_matches(' ').len();
        if text.trim().is_empty() {
            continue;
        }
        if text.get(indent..)?.starts_with('\t') || indent < from as usize {
            return None;
        }
        edits.push(if from > to {
            Edit::delete(span.with(span.start, span.start + (from - to)))
        } else {
            Edit::insert(span, span.start, " ".repeat((to - from) as usize))
        });
    }
    Some(edits)
}
