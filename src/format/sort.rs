//! Sorted entries: each moves as a whole, with all that is nested in it.
//!
//! Only bullets are sorted: the order of a numbered list has a meaning. A comment between two items
//! ends the list for Markdown; where it stands right above an item it belongs to it and moves along.
//! A comment that stands by itself, or speaks to a tool, parts the groups that are sorted.

use super::Guard;
use super::items::columns_of;
use crate::edit::{Edit, apply_edits};
use crate::list::directive::{self, Scope};
use crate::list::style::{Run, Style, entry_key};
use crate::list::{BlockKind, EntryId, ItemListId, List, Role, Shape};
use crate::source::Span;

/// How deep entries are sorted; deeper ones keep their order.
const DEEPEST: u16 = 16;

/// `edits` together with those that sort the entries of `list`.
pub(super) fn sorted(list: &List, style: &Style, guard: &Guard, edits: Vec<Edit>) -> Vec<Edit> {
    let mut groups: Vec<Group> = stretches(&style.runs)
        .iter()
        .flat_map(|entries| groups(list, guard, entries))
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

/// The entries of each run, those of outermost runs of one section in one.
fn stretches(runs: &[Run]) -> Vec<Vec<EntryId>> {
    let (outermost, nested): (Vec<&Run>, Vec<&Run>) =
        runs.iter().partition(|run| run.parent.is_none());
    let sections = outermost.chunk_by(|one, other| one.section == other.section);
    let joined = sections.map(|runs| runs.iter().flat_map(|run| run.entries.clone()).collect());
    joined
        .chain(nested.iter().map(|run| run.entries.clone()))
        .collect()
}

/// Entries that are to be sorted: of one list, or of several that comments part.
struct Group {
    depth: u16,
    entries: Vec<EntryId>,
    /// The lines of each entry, without the last line ending.
    lines: Vec<Span>,
}

/// The entries of a run that can be sorted and are not, list by list.
fn groups(list: &List, guard: &Guard, stretch: &[EntryId]) -> Vec<Group> {
    let lists = stretch.chunk_by(|one, other| items_of(list, *one) == items_of(list, *other));
    let mut groups: Vec<(Vec<EntryId>, Vec<u32>)> = Vec::new();
    for entries in lists {
        // Where the lines of each entry begin that stand above it.
        let mut starts: Vec<u32> = entries.iter().map(|&id| line_start(list, id)).collect();
        let last = groups.last().and_then(|(before, _)| before.last());
        match last.and_then(|&last| companion(list, last, *entries.first()?)) {
            Some(start) => {
                starts[0] = start;
                if let Some((before, known)) = groups.last_mut() {
                    before.extend_from_slice(entries);
                    known.append(&mut starts);
                }
            }
            None => groups.push((entries.to_vec(), starts)),
        }
    }
    let groups = groups.iter();
    groups
        .filter_map(|(entries, starts)| group(list, guard, entries, starts))
        .collect()
}

/// The list whose item an entry is.
fn items_of(list: &List, id: EntryId) -> Option<ItemListId> {
    match list.entry(id).shape {
        Shape::Item(item) => Some(list.item(item).list),
        _ => None,
    }
}

/// Whether words follow the marker of an item on its line: a bare `-` below words is an underline.
fn begins_with_words(list: &List, id: EntryId) -> bool {
    let start = list.entry(id).span.start;
    let line = list.entry(id).span.with(start, list.source.line_end(start));
    !list
        .slice(line)
        .trim_start_matches(['-', '*', '+'])
        .trim()
        .is_empty()
}

fn line_start(list: &List, id: EntryId) -> u32 {
    list.source.line_start(list.entry(id).span.start)
}

/// Where the comments begin that stand between two entries and belong to the second.
fn companion(list: &List, above: EntryId, below: EntryId) -> Option<u32> {
    let (above, below) = (list.entry(above), list.entry(below));
    let block_at = |offset: u32| {
        list.blocks
            .partition_point(|block| block.span.end <= offset)
    };
    let (from, to) = (block_at(above.span.start) + 1, block_at(below.span.start));
    let between = list.blocks.get(from..to)?;
    let start = between.first()?.content.start;
    let belong = between.iter().all(|block| {
        let text = list.slice(block.span);
        block.kind == BlockKind::Comment
            && !block.generated
            && text.starts_with("<!--")
            && text.lines().all(|line| !line.trim().is_empty())
            && !speaks_to_a_tool(text)
    });
    (belong && below.depth == 0).then_some(start)
}

/// Whether one of the comments in `text` is meant for a tool.
fn speaks_to_a_tool(text: &str) -> bool {
    comments(text).any(|comment| {
        directive::parse(comment).is_some() || directive::generated_marker(comment).is_some()
    })
}

/// Whether a comment right above an entry switches rules off for what comes next: then the entry
/// must stay below it.
fn is_spoken_of(list: &List, id: EntryId) -> bool {
    let start = line_start(list, id);
    let at = list.blocks.partition_point(|block| block.span.end < start);
    let above = list.blocks.get(at);
    let above = above.filter(|of| of.kind == BlockKind::Comment && of.span.end == start);
    above.is_some_and(|above| {
        comments(list.slice(above.content)).any(|comment| {
            let directive = directive::parse(comment);
            directive.is_some_and(|of| of.is_ok_and(|of| of.scope == Scope::Next))
        })
    })
}

/// What the comments in `text` say.
fn comments(text: &str) -> impl Iterator<Item = &str> {
    let comments = text.split("<!--").skip(1);
    comments.map(|rest| rest.split("-->").next().unwrap_or_default())
}

/// The comments right above lists, each with the first entry below it; `moving` leaves those out
/// that stay where they are when entries are sorted.
pub(super) fn companions(list: &List, moving: bool) -> Vec<(EntryId, &str)> {
    let mut companions = Vec::new();
    let mut from = None;
    for (at, block) in list.blocks.iter().enumerate() {
        if block.kind == BlockKind::Comment {
            from.get_or_insert(at);
            continue;
        }
        let comments = from.take().and_then(|from| list.blocks.get(from));
        let BlockKind::Entries(id) = block.kind else {
            continue;
        };
        let first = list.item_list(id).items.first();
        let entry = first.and_then(|&item| list.item(item).entry);
        let (Some(entry), Some(comments)) = (entry, comments) else {
            continue;
        };
        let above = entry.0.checked_sub(1).map(EntryId);
        let same_section =
            |above: &EntryId| list.entry(*above).section == list.entry(entry).section;
        let moves = above
            .filter(same_section)
            .and_then(|above| companion(list, above, entry));
        if !moving || moves.is_some() {
            let span = block.span.with(comments.content.start, block.content.start);
            companions.push((entry, list.slice(span).trim_end()));
        }
    }
    companions
}

fn group(list: &List, guard: &Guard, entries: &[EntryId], starts: &[u32]) -> Option<Group> {
    let depth = list.entry(*entries.first()?).depth;
    let lines: Vec<Span> = entries
        .iter()
        .zip(starts)
        .map(|(&id, &start)| whole_lines(list, id, start))
        .collect();
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
    // Where a list comes to be parted otherwise, its parts must not be spaced otherwise.
    let gap = |pair: &[Span]| list.source.line(pair[1].start) - list.source.line(pair[0].end) > 1;
    let spaced = lines.windows(2).filter(|pair| gap(pair)).count();
    let is_one_list = entries
        .windows(2)
        .all(|pair| items_of(list, pair[0]) == items_of(list, pair[1]));
    let is_even_spaced = is_one_list || spaced == 0 || spaced == entries.len() - 1;
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
        && is_even_spaced
        && !entries.iter().any(|&id| is_spoken_of(list, id))
        && names_works
        && stand_apart
        && depth <= DEEPEST
        && !lines.last().is_some_and(|last| text_follows(list, *last))
        && entries.iter().zip(&lines).all(|(&id, &lines)| {
            let lead = lines.with(line_start(list, id), list.entry(id).span.start);
            let ordered = items_of(list, id).is_none_or(|of| list.item_list(of).ordered);
            !ordered
                && begins_with_words(list, id)
                && list.slice(lead).trim().is_empty()
                && guard.allows(lines)
        });
    sortable.then(|| Group {
        depth,
        entries: entries.to_vec(),
        lines,
    })
}

/// Whether text begins in the line right behind `last`, which another entry before it could take for
/// a continuation of its own words.
fn text_follows(list: &List, last: Span) -> bool {
    let behind = list.source.line_span(list.source.line(last.end) + 1).start;
    let at = list.blocks.partition_point(|of| of.span.end <= behind);
    list.blocks.get(at).is_some_and(|next| {
        let takes_part = matches!(
            next.kind,
            BlockKind::Paragraph
                | BlockKind::Text
                | BlockKind::Table
                | BlockKind::Html
                | BlockKind::Definitions
        );
        takes_part && next.content.start == behind && behind > last.end
    })
}

/// The lines of an entry from `start` on, without the last line ending.
fn whole_lines(list: &List, id: EntryId, start: u32) -> Span {
    let span = list.entry(id).span;
    let words = list.slice(span).trim_end();
    let end = list.source.line_end(span.start + words.len() as u32);
    span.with(start, end)
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
