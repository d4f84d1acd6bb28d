//! The lines of one item: its words as they are written, indented as deep as it now stands.

use super::words::Plan;
use crate::edit::Edit;
use crate::list::{EntryId, Item, ItemListId, List, Shape};
use crate::source::Span;

/// Edits that every piece of a list's text gets, in order.
pub(super) struct Touch {
    edits: Vec<Edit>,
}

impl Touch {
    pub(super) fn new(mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        Touch { edits }
    }

    /// The edits inside `span`.
    fn within(&self, span: Span) -> &[Edit] {
        let from = self
            .edits
            .partition_point(|edit| edit.span.start < span.start);
        let to = self
            .edits
            .partition_point(|edit| edit.span.start <= span.end);
        self.edits.get(from..to.max(from)).unwrap_or_default()
    }

    /// The text of `span` with its edits and `more`, which win where the two overlap.
    pub(super) fn text(&self, list: &List, span: Span, more: &[Edit]) -> String {
        let own = self.within(span).iter();
        let own = own.filter(|edit| !more.iter().any(|other| overlap(edit.span, other.span)));
        let more = more.iter().filter(|edit| span.contains(edit.span));
        let mut edits: Vec<&Edit> = own
            .chain(more)
            .filter(|edit| span.contains(edit.span))
            .collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut text = String::with_capacity(span.len() as usize);
        let mut at = span.start;
        for edit in edits {
            if edit.span.start >= at {
                text.push_str(list.slice(span.with(at, edit.span.start)));
                text.push_str(&edit.replacement);
                at = edit.span.end;
            }
        }
        text.push_str(list.slice(span.with(at, span.end)));
        text
    }
}

/// Whether two edits cannot both be made; an insertion goes before what it stands in front of.
fn overlap(own: Span, other: Span) -> bool {
    let insertions = own.is_empty() && own.start == other.start;
    insertions || (own.start < other.end && other.start < own.end)
}

/// Where an item's content began and begins, in columns.
struct Inside {
    end: u32,
    /// Column at which its content was written.
    was: usize,
    /// Column at which it is to be written.
    is: usize,
}

/// Writes the item that `entry` is, nested ones included, with `marker` at column `indent`.
pub(super) fn lines(
    list: &List,
    touch: &Touch,
    entry: EntryId,
    marker: &str,
    indent: usize,
    plan: Option<&Plan>,
) -> String {
    let Shape::Item(item) = list.entry(entry).shape else {
        return String::new();
    };
    let more = plan.map(|plan| plan.edits.as_slice()).unwrap_or_default();
    let span = list.item(item).span;
    part(
        list,
        touch,
        list.item(item),
        item.index(),
        span,
        marker,
        indent,
        more,
    )
}

/// Writes what stands in `span`, which begins where `item` does.
#[allow(clippy::too_many_arguments)]
pub(super) fn part(
    list: &List,
    touch: &Touch,
    item: &Item,
    index: usize,
    span: Span,
    marker: &str,
    indent: usize,
    more: &[Edit],
) -> String {
    let mut text = String::with_capacity(span.len() as usize + marker.len() + indent);
    let was = content_column(list, item, column(list, item.span.start));
    let width = indent + marker.chars().count() + 1;
    let mut open = vec![Inside {
        end: span.end,
        was,
        is: width,
    }];
    let mut next = index + 1;
    let first = list.source.line(span.start);
    let last = list.source.line(span.end.max(span.start + 1) - 1);
    for line in first..=last {
        let whole = list.source.line_content(line);
        if line == first {
            text.push_str(&" ".repeat(indent));
            text.push_str(marker);
            let start = words_start(item);
            let rest = span.with(start.min(whole.end), whole.end.min(span.end));
            let words = touch.text(list, rest, more);
            if !words.trim().is_empty() {
                text.push_str(&" ".repeat(extra_padding(list, item) + 1));
                text.push_str(trimmed_end(list, rest, &words));
            }
            open_items(list, whole.end, &mut next, &mut open);
            continue;
        }
        text.push('\n');
        let raw = list.slice(whole);
        let blank = raw.len() - raw.trim_start_matches([' ', '\t']).len();
        if blank == raw.len() {
            continue;
        }
        let at = whole.start + blank as u32;
        while open.len() > 1 && open.last().is_some_and(|inside| inside.end <= at) {
            open.pop();
        }
        let starts = list
            .items
            .get(next)
            .is_some_and(|item| item.span.start == at);
        let inside = open.last().unwrap_or(&Inside {
            end: 0,
            was: 0,
            is: 0,
        });
        let rest = span.with(at, whole.end.min(span.end));
        if starts {
            let item = &list.items[next];
            text.push_str(&" ".repeat(inside.is));
            let words = touch.text(
                list,
                rest.with(words_start(item).min(rest.end), rest.end),
                more,
            );
            text.push_str(list.slice(item.marker));
            if !words.trim().is_empty() {
                text.push_str(&" ".repeat(extra_padding(list, item) + 1));
                text.push_str(trimmed_end(list, rest, &words));
            }
        } else {
            indent_line(&mut text, raw, inside);
            text.push_str(trimmed_end(list, rest, &touch.text(list, rest, more)));
        }
        open_items(list, whole.end, &mut next, &mut open);
    }
    let end = text.trim_end().len();
    text.truncate(end);
    text
}

/// The words without white space behind them, unless it is a hard line break's.
fn trimmed_end<'t>(list: &List, rest: Span, words: &'t str) -> &'t str {
    let trimmed = words.trim_end();
    let breaks = words.len() - trimmed.len() >= 2 && words.ends_with("  ");
    let more = list
        .source
        .text()
        .get(rest.end as usize..)
        .unwrap_or_default();
    let goes_on = more
        .lines()
        .nth(1)
        .is_some_and(|line| !line.trim().is_empty());
    match breaks && goes_on {
        true => words.get(..trimmed.len() + 2).unwrap_or(words),
        false => trimmed,
    }
}

/// Writes the white space before a line that opens no item.
fn indent_line(text: &mut String, raw: &str, inside: &Inside) {
    text.push_str(&" ".repeat(inside.is));
    let mut column = 0;
    for char in raw.chars().take_while(|char| matches!(char, ' ' | '\t')) {
        let next = if char == '\t' {
            column / 4 * 4 + 4
        } else {
            column + 1
        };
        if column >= inside.was {
            text.push(char);
        } else if next > inside.was {
            text.push_str(&" ".repeat(next - inside.was));
        }
        column = next;
    }
}

/// Opens the items that begin before `end`.
fn open_items(list: &List, end: u32, next: &mut usize, open: &mut Vec<Inside>) {
    while let Some(item) = list.items.get(*next).filter(|item| item.span.start < end) {
        let Some(above) = open.last() else {
            return;
        };
        if item.span.start >= above.end {
            if open.len() == 1 {
                return;
            }
            open.pop();
            continue;
        }
        let at = column(list, item.span.start);
        let on_line_of_parent = list.source.line_start(item.span.start);
        let prefix = list.slice(item.span.with(on_line_of_parent, item.span.start));
        *next += 1;
        if prefix.contains('>') {
            continue;
        }
        let was = content_column(list, item, at);
        // An item that begins on its parent's line is copied with that line.
        let is = match prefix.trim().is_empty() {
            true => above.is + list.slice(item.marker).chars().count() + 1,
            false => above.is + was.saturating_sub(above.was),
        };
        open.push(Inside {
            end: item.span.end,
            was,
            is,
        });
    }
}

/// Where the words of an item begin.
fn words_start(item: &Item) -> u32 {
    item.padding.end
}

/// White space beyond the one space behind a marker that has a meaning: the words are code.
fn extra_padding(list: &List, item: &Item) -> usize {
    let start = column(list, item.padding.start);
    let width = columns(list.slice(item.padding), start) - start;
    if width > 4 { width - 1 } else { 0 }
}

/// The column at which the content of an item begins whose marker stands at column `at`.
fn content_column(list: &List, item: &Item, at: usize) -> usize {
    let marker = at + list.slice(item.marker).chars().count();
    let content = columns(list.slice(item.padding), marker);
    let line_end = list.source.line_end(item.marker.start);
    let nothing = item.padding.end >= line_end;
    match nothing || content - marker > 4 {
        true => marker + 1,
        false => content,
    }
}

/// The column of the byte at `offset`, tabs counted to the next multiple of four.
pub(super) fn column(list: &List, offset: u32) -> usize {
    let start = list.source.line_start(offset);
    let span = list.source.span(start, offset);
    columns(list.slice(span), 0)
}

/// The column behind `text` that begins at column `from`.
fn columns(text: &str, from: usize) -> usize {
    text.chars().fold(from, |column, char| match char {
        '\t' => column / 4 * 4 + 4,
        _ => column + 1,
    })
}

/// The item lists nested directly in the item of `entry`, first to last.
pub(super) fn nested(list: &List, entry: EntryId) -> Vec<ItemListId> {
    let Shape::Item(item) = list.entry(entry).shape else {
        return Vec::new();
    };
    let span = list.item(item).span;
    let from = list
        .item_lists
        .partition_point(|other| other.span.start <= span.start);
    (from..list.item_lists.len())
        .take_while(|&at| list.item_lists[at].span.start < span.end)
        .filter(|&at| list.item_lists[at].parent == Some(item))
        .map(|at| ItemListId(at as u32))
        .collect()
}
