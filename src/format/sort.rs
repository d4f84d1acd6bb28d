//! Sorted entries: each moves as a whole, with all that is nested in it.
//!
//! Only bullets are sorted: the order of a numbered list has a meaning. A comment that stands between
//! two items by itself ends the list for Markdown, and so the group that is sorted.

use super::Guard;
use super::items::columns_of;
use crate::edit::{Edit, apply_edits};
use crate::list::style::{Style, entry_key};
use crate::list::{EntryId, ItemListId, List, Role, Shape};
use crate::source::Span;

/// How deep entries are sorted; deeper ones keep their order.
const DEEPEST: u16 = 16;

/// `edits` together with those that sort the entries of `list`.
pub(super) fn sorted(list: &List, style: &Style, guard: &Guard, edits: Vec<Edit>) -> Vec<Edit> {
    let mut groups: Vec<Group> = style
        .runs
        .iter()
        .flat_map(|run| groups(list, guard, &run.entries))
        .collect();
    // Inner groups first: what moves with an entry is sorted by then.
    groups.sort_by_key(|group| std::cmp::Reverse(group.depth));
    let mut edits = edits;
    for level in groups.chunk_by(|one, other| one.depth == other.depth) {
        let moves: Vec<Edit> = level
            .iter()
            .flat_map(|group| moves(list, group, &edits))
            .collect();
        edits = with_moves(edits, moves);
    }
    edits
}

/// Entries of one list that are to be sorted.
struct Group {
    depth: u16,
    entries: Vec<EntryId>,
    /// The lines of each entry, without the last line ending.
    lines: Vec<Span>,
}

/// The entries of a run that can be sorted and are not, list by list.
fn groups(list: &List, guard: &Guard, entries: &[EntryId]) -> Vec<Group> {
    let items_of = |id: &EntryId| match list.entry(*id).shape {
        Shape::Item(item) => Some(list.item(item).list),
        _ => None,
    };
    let groups = entries.chunk_by(|one, other| items_of(one) == items_of(other));
    let groups =
        groups.filter_map(|entries| group(list, guard, entries, items_of(entries.first()?)?));
    groups.collect()
}

fn group(list: &List, guard: &Guard, entries: &[EntryId], items: ItemListId) -> Option<Group> {
    let depth = list.entry(*entries.first()?).depth;
    let lines: Vec<Span> = entries.iter().map(|&id| whole_lines(list, id)).collect();
    let keys: Vec<_> = entries.iter().map(|&id| entry_key(list, id)).collect();
    let is_sorted = keys
        .windows(2)
        .all(|pair| pair[0].words() <= pair[1].words());
    let names_works = entries.iter().all(|&id| {
        let entry = list.entry(id);
        entry.role != Role::Remark && (depth == 0 || entry.link.is_some())
    });
    let stand_apart = lines.windows(2).all(|pair| {
        let between = pair[0].with(pair[0].end, pair[1].start);
        pair[0].end < pair[1].start && list.slice(between).trim().is_empty()
    });
    let columns = entries.iter().filter_map(|&id| match list.entry(id).shape {
        Shape::Item(item) => Some(columns_of(list, item)),
        _ => None,
    });
    let columns: Vec<(u32, u32)> = columns.collect();
    // An item that begins right of the words of another would be nested in it behind it.
    let rightmost = columns.iter().map(|&(marker, _)| marker).max();
    let is_even = rightmost < columns.iter().map(|&(_, words)| words).min();
    let sortable = !is_sorted
        && is_even
        && names_works
        && stand_apart
        && depth <= DEEPEST
        && !list.item_list(items).ordered
        && entries.iter().zip(&lines).all(|(&id, &lines)| {
            let lead = lines.with(lines.start, list.entry(id).span.start);
            list.slice(lead).trim().is_empty() && guard.allows(lines)
        });
    sortable.then(|| Group {
        depth,
        entries: entries.to_vec(),
        lines,
    })
}

/// The lines of an entry, without the last line ending.
fn whole_lines(list: &List, id: EntryId) -> Span {
    let span = list.entry(id).span;
    let words = list.slice(span).trim_end();
    let end = list.source.line_end(span.start + words.len() as u32);
    span.with(list.source.line_start(span.start), end)
}

/// The edits that put each entry of a group in its place, changed as `edits` say.
fn moves(list: &List, group: &Group, edits: &[Edit]) -> Vec<Edit> {
    let mut order: Vec<usize> = (0..group.entries.len()).collect();
    order.sort_by_cached_key(|&at| entry_key(list, group.entries[at]));
    let moved = order.iter().enumerate().filter(|&(to, &from)| to != from);
    let moves = moved.map(|(to, &from)| {
        let text = changed(list, group.lines[from], edits);
        Edit::replace(group.lines[to], text)
    });
    moves.collect()
}

/// The text of `span` as `edits`, in order, change it.
fn changed(list: &List, span: Span, edits: &[Edit]) -> String {
    let first = edits.partition_point(|edit| edit.span.start < span.start);
    let inside = edits.get(first..).unwrap_or_default().iter();
    let inside = inside.take_while(|edit| edit.span.end <= span.end);
    let inside: Vec<Edit> = inside
        .map(|edit| {
            let place = span.with(edit.span.start - span.start, edit.span.end - span.start);
            Edit::replace(place, edit.replacement.clone())
        })
        .collect();
    apply_edits(list.slice(span), &inside)
}

/// `edits` without those inside a moved place, and the moves, in order.
fn with_moves(edits: Vec<Edit>, mut moves: Vec<Edit>) -> Vec<Edit> {
    if moves.is_empty() {
        return edits;
    }
    moves.sort_by_key(|edit| edit.span.start);
    let mut kept: Vec<Edit> = edits
        .into_iter()
        .filter(|edit| {
            let at = moves.partition_point(|of| of.span.end < edit.span.end);
            moves
                .get(at)
                .is_none_or(|of| of.span.start > edit.span.start)
        })
        .collect();
    kept.append(&mut moves);
    kept.sort_by_key(|edit| (edit.span.start, edit.span.end));
    kept
}
