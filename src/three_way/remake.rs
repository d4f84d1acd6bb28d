//! What a merge makes anew: the numbers of a list and the contents table that it touched.

use super::diff3::Change;
use super::units::{Kind, Side};
use super::world::World;
use crate::list::style::style;
use crate::list::write::{contents, contents_states, number};
use crate::list::{ItemList, List};
use crate::source::{FileId, Source, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// `text` with numbers and contents tables made anew where `made` says that the merge wrote.
///
/// A list is numbered anew if a side counts it from one item to the next without a gap; a contents
/// table is made anew if a side has one that is in step with its headings.
pub(super) fn remake(world: &World<'_>, text: &str, made: &[Range<usize>]) -> String {
    let sides = [&*world.ours.list, &*world.theirs.list];
    let numbered = sides
        .iter()
        .any(|list| list.item_lists.iter().any(|list| list.ordered));
    let has_contents = sides.iter().any(|list| !list.contents.is_empty());
    if !(numbered || has_contents) || !collides_in_numbers_or_contents(world) {
        return text.to_owned();
    }
    let list = List::parse(Source::new(FileId(3), "", text));
    let mut changes = Vec::new();
    if numbered {
        changes.extend(numbers(&list, sides, made));
    }
    let touched = |span: Span| touches(made, span);
    if list.contents.iter().any(|contents| touched(contents.span))
        && sides.iter().any(|list| in_step(list))
    {
        let states = contents_states(&list);
        let style = style(&list);
        for (index, state) in states.iter().enumerate() {
            let span = list.contents[index].span;
            if touched(span)
                && !list.contents[index].generated
                && let Some(table) = contents(&list, index, state, &style)
            {
                changes.retain(|(place, _)| !span.contains(*place));
                changes.push((span, table));
            }
        }
    }
    changes.sort_by_key(|(place, _)| place.start);
    let mut remade = String::with_capacity(text.len());
    let mut from = 0;
    for (place, new) in changes {
        remade.push_str(list.slice(list.source.span(from, place.start)));
        remade.push_str(&new);
        from = place.end;
    }
    remade.push_str(list.slice(list.source.span(from, text.len() as u32)));
    remade
}

/// Whether a collision holds a numbered item or a line of a contents table; else nothing is to be
/// made anew, and the merged text need not be read again.
fn collides_in_numbers_or_contents(world: &World<'_>) -> bool {
    let holds = |side: &Side<'_>, lines: &Range<usize>| {
        side.units_in(lines).any(|unit| {
            let first = side.text(unit).trim_start().chars().next();
            side.unit(unit).kind == Kind::Contents || first.is_some_and(|c| c.is_ascii_digit())
        })
    };
    let mut collisions = (world.pieces.iter()).filter(|piece| piece.change == Change::Collision);
    collisions.any(|piece| holds(&world.ours, &piece.ours) || holds(&world.theirs, &piece.theirs))
}

/// Whether one of the ranges, which are in order, touches `span`.
fn touches(made: &[Range<usize>], span: Span) -> bool {
    let at = made.partition_point(|range| range.end < span.start as usize);
    made.get(at)
        .is_some_and(|range| range.start <= span.end as usize)
}

/// Whether `list` has contents tables and none of them wants a change.
fn in_step(list: &List) -> bool {
    let style = style(list);
    let states = contents_states(list);
    let mut tables = states.iter().enumerate();
    !states.is_empty()
        && tables.all(|(index, state)| contents(list, index, state, &style).is_none())
}

/// The markers of ordered lists that no longer count from one item to the next.
fn numbers(list: &List, sides: [&List; 2], made: &[Range<usize>]) -> Vec<(Span, String)> {
    let counted: BTreeSet<_> = sides
        .iter()
        .flat_map(|side| {
            let ordered =
                (side.item_lists.iter()).filter(|items| items.ordered && items.items.len() > 1);
            ordered
                .filter(|items| first_out_of_count(side, items).is_none())
                .map(|items| place(side, items))
        })
        .collect();
    let mut changes = Vec::new();
    for items in &list.item_lists {
        if !touches(made, items.span)
            || first_out_of_count(list, items).is_none()
            || !counted.contains(&place(list, items))
        {
            continue;
        }
        let first = items.items.first().and_then(|item| list.item(*item).number);
        for (number_due, item) in (first.unwrap_or(1)..).zip(&items.items) {
            let item = list.item(*item);
            if item.number != Some(number_due) {
                changes.push((item.marker, number(number_due, items.marker)));
            }
        }
    }
    changes
}

/// The headings that a list stands under, and how deep it is nested.
fn place(list: &List, items: &ItemList) -> (Vec<String>, u16) {
    let path = list.path(items.section);
    (path.into_iter().map(str::to_owned).collect(), items.depth)
}

/// The first item of an ordered list whose number is not one more than that of the item before it.
fn first_out_of_count(list: &List, items: &ItemList) -> Option<usize> {
    let numbers = || items.items.iter().map(|item| list.item(*item).number);
    if !items.ordered {
        return None;
    }
    let pairs = numbers().zip(numbers().skip(1));
    let out =
        |(one, next): (Option<u64>, Option<u64>)| next != one.and_then(|one| one.checked_add(1));
    pairs.into_iter().position(out).map(|at| at + 1)
}
