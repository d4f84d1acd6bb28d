//! Ordered lists whose numbers are not those that a reader sees.
//!
//! ## Why
//!
//! Markdown takes the first number and counts up from there, whatever is written in front of the
//! other items. A list that is written 1, 2, 2, 4 is shown as 1, 2, 3, 4: who reads the source sees
//! other numbers than who reads the page. Numbers that count up from any start are fine, and so is
//! a list in which every item has the number 1 (or 0).
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! 1. [Sencha](https://example.com/sencha)
//! 2. [Matcha](https://example.com/matcha)
//! 2. [Gyokuro](https://example.com/gyokuro)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! 1. [Sencha](https://example.com/sencha)
//! 2. [Matcha](https://example.com/matcha)
//! 3. [Gyokuro](https://example.com/gyokuro)
//! ```
//!
//! ## Fix
//!
//! Writes the numbers that are shown; a list whose items mostly have the same number gets that
//! number everywhere. Lines that belong to an item move with its words. A list that counts down is
//! left to a person.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Item, ItemList, List};

/// The rule.
pub static RULE: Rule = Rule {
    name: "numbering",
    group: Group::Structure,
    level: WARNING,
    awesome: ERROR,
    aliases: &["MD029", "ol-prefix", "ordered-list-marker-value"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("numbering.rs"),
};

/// How many numbers a message shows on either side of the wrong one.
const SHOWN: usize = 4;

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for item_list in list.item_lists.iter().filter(|one| one.ordered) {
        let items: Vec<&Item> = item_list.items.iter().map(|&id| list.item(id)).collect();
        let numbers: Vec<u64> = items.iter().filter_map(|item| item.number).collect();
        if numbers.len() != items.len() || facts.is_generated(item_list.span.start) {
            continue;
        }
        let Some(wrong) = first_wrong(&numbers) else {
            continue;
        };
        let places = 0..numbers.len() as u64;
        let shown = places.map(|place| right_number(numbers[0], false, place));
        let shown: Vec<u64> = shown.collect();
        let mut diagnostic = Diagnostic::new(
            RULE.name,
            items[0].marker,
            format!("the list is numbered {}", around(&numbers, wrong)),
        )
        .also(items[wrong].marker, "the numbers go wrong here")
        .help(format!("readers see {}", around(&shown, wrong)));
        let counts_down = numbers.windows(2).all(|pair| pair[0] > pair[1]);
        if !counts_down && let Some(edits) = renumbered(list, item_list, &items, &numbers) {
            diagnostic = diagnostic.fix(Fix::safe("Renumber the list", edits));
        }
        found.push(diagnostic);
    }
}

/// The first place whose number is not the right one; `None` where all are right.
fn first_wrong(numbers: &[u64]) -> Option<usize> {
    let first = *numbers.first()?;
    let places = (0..).zip(numbers);
    let right = |place: u64| right_number(first, is_lazy(numbers), place);
    let mut wrong = places.filter(|&(place, &number)| right(place) != number);
    wrong.next().map(|(place, _)| place as usize)
}

/// Whether every item is meant to have the same number, 0 or 1: most have.
fn is_lazy(numbers: &[u64]) -> bool {
    let first = numbers.first().copied().unwrap_or(0);
    let repeated = numbers.iter().filter(|&&number| number == first).count();
    first <= 1 && numbers.len() > 1 && repeated * 3 > numbers.len() * 2
}

/// The number of the item at `place`, counted from 0.
fn right_number(first: u64, lazy: bool, place: u64) -> u64 {
    if lazy {
        first
    } else {
        first.saturating_add(place)
    }
}

/// The numbers around the place `wrong`, for a message.
fn around(numbers: &[u64], wrong: usize) -> String {
    let from = wrong.saturating_sub(SHOWN);
    let to = numbers.len().min(wrong + SHOWN);
    let shown = numbers.get(from..to).unwrap_or_default();
    let shown: Vec<String> = shown.iter().map(u64::to_string).collect();
    let before = if from > 0 { "…, " } else { "" };
    let behind = if to < numbers.len() { ", …" } else { "" };
    format!("{before}{}{behind}", shown.join(", "))
}

/// The edits that give every item the right number; `None` where lines that belong to an item
/// cannot be moved with it.
fn renumbered(
    list: &List,
    item_list: &ItemList,
    items: &[&Item],
    numbers: &[u64],
) -> Option<Vec<Edit>> {
    let first = numbers[0];
    let lazy = is_lazy(numbers);
    let mut edits = Vec::new();
    for (place, (item, &number)) in (0..).zip(items.iter().zip(numbers)) {
        let right = right_number(first, lazy, place);
        if right == number {
            continue;
        }
        let end = item
            .marker
            .end
            .checked_sub(item_list.marker.len_utf8() as u32)?;
        let digits = item.marker.with(item.marker.start, end);
        let text = right.to_string();
        let longer = text.len() as i64 - i64::from(digits.len());
        edits.push(Edit::replace(digits, text));
        if longer != 0 {
            move_lines(list, item, longer, &mut edits)?;
        }
    }
    Some(edits)
}

/// Moves the further lines of `item` by as many columns as its words move.
fn move_lines(list: &List, item: &Item, longer: i64, edits: &mut Vec<Edit>) -> Option<()> {
    let source = &list.source;
    let first = source.line(item.span.start);
    let last = source.line(item.span.end.max(1) - 1);
    let column = item.padding.end - source.line_start(item.span.start);
    for line in first + 1..=last {
        let span = source.line_content(line);
        let text = list.slice(span);
        let indent = text.len() - text.trim_start_matches(' ').len();
        // The width of a tab depends on its column, and a quotation has its own margin.
        let rest = text.get(indent..).unwrap_or_default();
        if rest.starts_with('\t') || text.starts_with('>') {
            return None;
        }
        if rest.trim().is_empty() || indent < column as usize {
            continue;
        }
        edits.push(if longer > 0 {
            Edit::insert(span, span.start, " ".repeat(longer as usize))
        } else {
            Edit::delete(span.with(span.start, span.start + longer.unsigned_abs() as u32))
        });
    }
    Some(())
}
