//! Where the markers and words of a list's items begin, and all that hangs below them.

use std::borrow::Cow;

use super::Group;
use crate::format::Layout;
use crate::list::style::{Conventions, Indent, Majority};
use crate::list::{BlockKind, ItemId, ItemListId, List};
use crate::source::Span;

/// How wide a tab stands apart (CommonMark 2.2).
const TAB: u32 = 4;
/// How far the marker of a nested list may stand behind the words that it is nested under.
const DEEPEST: u32 = 3;

/// Where one item stands, and where it will.
#[derive(Clone, Debug, Default)]
struct Columns {
    /// Of the marker.
    marker: u32,
    /// Of the words.
    words: u32,
    /// Of the words, afterwards.
    new_words: u32,
    /// What stands before the marker, afterwards.
    lead: String,
    /// The column of the marker, afterwards.
    new_marker: u32,
}

/// Adds the edits that give the items of `group` these `markers` and their usual indents.
pub(super) fn write(layout: &mut Layout<'_>, group: &Group, markers: &[String]) {
    let list = layout.list;
    let lines = lines(list, group);
    let Some(lines) = lines.filter(|lines| can_move(list, group, lines)) else {
        return in_place(layout, group, markers);
    };
    let columns = columns(layout, group, markers);
    if !siblings_stay(list, group, &columns) || !next_stays(list, group, &columns) {
        return in_place(layout, group, markers);
    }
    for (at, item) in group.items().enumerate() {
        let (item, columns) = (list.item(item), &columns[at]);
        let start = list.source.line_start(item.marker.start);
        layout.replace(item.marker.with(start, item.marker.start), &columns.lead);
        layout.replace(item.marker, &markers[at]);
        let padding = columns.new_words - columns.new_marker - markers[at].len() as u32;
        let tab = list.slice(item.padding) == "\t";
        let stays = tab && padding == TAB - (columns.new_marker + markers[at].len() as u32) % TAB;
        if starts_on_its_line(list, item.padding) && !stays {
            layout.replace(item.padding, spaces(padding));
        }
    }
    for (line, owner) in lines {
        let columns = &columns[owner];
        let text = list.slice(line);
        let space = text.len() - text.trim_start_matches([' ', '\t']).len();
        let lead = line.with(line.start, line.start + space as u32);
        let column = width(list.slice(lead), 0);
        if column >= columns.words && columns.words != columns.new_words {
            let column = column - columns.words + columns.new_words;
            layout.replace(lead, spaces(column));
        }
    }
}

/// Whether every item still begins left of the words of the one before it in its list: otherwise it
/// would be nested in that.
fn siblings_stay(list: &List, group: &Group, columns: &[Columns]) -> bool {
    let at = |item: ItemId| columns.get(item.0.checked_sub(group.items.start)? as usize);
    group.lists().all(|id| {
        let items = &list.item_list(id).items;
        items
            .windows(2)
            .all(|pair| match (at(pair[0]), at(pair[1])) {
                (Some(before), Some(item)) => item.new_marker < before.new_words,
                _ => false,
            })
    })
}

/// Whether what follows the group still begins left of the words of its last outermost item:
/// otherwise it would become a part of that.
fn next_stays(list: &List, group: &Group, columns: &[Columns]) -> bool {
    let behind = list.blocks.get(group.block + 1..).unwrap_or_default();
    let Some(next) = behind.iter().find(|next| next.kind != BlockKind::Blank) else {
        return true;
    };
    let line = list.source.line(next.content.start);
    let text = list.slice(list.source.line_content(line));
    let space = text.len() - text.trim_start_matches([' ', '\t']).len();
    let column = width(text.get(..space).unwrap_or_default(), 0);
    let outermost = list.item_list(ItemListId(group.lists.start)).items.last();
    let last =
        outermost.and_then(|item| columns.get(item.0.checked_sub(group.items.start)? as usize));
    last.is_none_or(|last| column < last.new_words)
}

/// Writes the markers that are as wide as before, and moves nothing.
fn in_place(layout: &mut Layout<'_>, group: &Group, markers: &[String]) {
    let list = layout.list;
    let items: Vec<ItemId> = group.items().collect();
    let width = |at: usize| list.item(items[at]).marker.len() as usize;
    let mut by_list = std::collections::BTreeMap::new();
    for (at, &item) in items.iter().enumerate() {
        let fits = by_list.entry(list.item(item).list).or_insert(true);
        *fits &= width(at) == markers[at].len();
    }
    for (at, &item) in items.iter().enumerate() {
        // A list numbered anew in part would be worse than one left alone.
        if by_list.get(&list.item(item).list) == Some(&true) {
            layout.replace(list.item(item).marker, &markers[at]);
        }
    }
}

/// The lines of a group that do not begin with a marker, blank ones left out, each with the place of
/// the innermost item that it belongs to. `None` where a marker stands behind another on its line.
fn lines(list: &List, group: &Group) -> Option<Vec<(Span, usize)>> {
    let mut lines = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let items: Vec<ItemId> = group.items().collect();
    let mut next = 0;
    let span = list.blocks[group.block].content;
    let first = list.source.line(span.start);
    let last = list.source.line(span.end.max(span.start + 1) - 1);
    for line in first..=last {
        let content = list.source.line_content(line);
        let mut markers = 0;
        while let Some(item) = items
            .get(next)
            .filter(|item| list.item(**item).span.start < content.end.max(content.start + 1))
        {
            let start = list.item(*item).span.start;
            while open
                .last()
                .is_some_and(|&at| list.item(items[at]).span.end <= start)
            {
                open.pop();
            }
            let lead = list.slice(content.with(content.start, start));
            if !lead.bytes().all(|byte| byte == b' ' || byte == b'\t') {
                return None;
            }
            open.push(next);
            next += 1;
            markers += 1;
        }
        if markers > 1 {
            return None;
        }
        if markers == 0 && !list.slice(content).trim().is_empty() {
            while open
                .last()
                .is_some_and(|&at| list.item(items[at]).span.end <= content.start)
            {
                open.pop();
            }
            lines.push((content, *open.last()?));
        }
    }
    (next == items.len()).then_some(lines)
}

/// Whether all lines are words, so that they say the same at another indent: no code, HTML, tables,
/// quotations or headings inside items.
fn can_move(list: &List, group: &Group, lines: &[(Span, usize)]) -> bool {
    let first = group.items.start;
    let words = |span: Span| {
        let text = list.slice(span).trim_start();
        !["```", "~~~", "<", "|", ">", "#", "    ", "[^"]
            .iter()
            .any(|sign| text.starts_with(sign))
    };
    let items = group.items().all(|item| {
        let item = list.item(item);
        let rest = item
            .padding
            .with(item.padding.end, list.source.line_end(item.padding.end));
        let text = list.slice(rest);
        item.padding.len() <= TAB
            && !["```", "~~~", "|", ">", "    "]
                .iter()
                .any(|sign| text.starts_with(sign))
    });
    items
        && lines.iter().all(|&(line, owner)| {
            let text = list.slice(line);
            let lead = text.len() - text.trim_start_matches([' ', '\t']).len();
            let column = width(text.get(..lead).unwrap_or_default(), 0);
            let item = list.item(ItemId(first + owner as u32));
            words(line) && column <= words_column(list, item.marker, item.padding) + DEEPEST
        })
}

/// The columns of each item of a group.
fn columns(layout: &Layout<'_>, group: &Group, markers: &[String]) -> Vec<Columns> {
    let list = layout.list;
    let mut columns: Vec<Columns> = Vec::with_capacity(markers.len());
    let unit = layout.options.indent.or_else(|| match group.contents {
        true => None,
        false => layout.style.list.indent.usual().copied(),
    });
    let paddings = Paddings::of(layout, group);
    for (at, id) in group.items().enumerate() {
        let item = list.item(id);
        let start = list.source.line_start(item.marker.start);
        let lead = list.slice(item.marker.with(start, item.marker.start));
        let marker = width(lead, 0);
        let words = words_column(list, item.marker, item.padding);
        let item_list = list.item_list(item.list);
        let above = item_list.parent.and_then(|parent| {
            let at = parent.0.checked_sub(group.items.start)? as usize;
            Some((
                columns.get(at)?,
                list.item_list(list.item(parent).list).ordered,
            ))
        });
        let (lead, new_marker) = match above {
            Some((above, ordered)) => {
                let unit = unit.filter(|_| !ordered && !item_list.ordered);
                nested(lead, marker, above, unit)
            }
            None => (lead.to_owned(), marker),
        };
        let width = markers.get(at).map_or(1, String::len) as u32;
        let written = words.saturating_sub(marker + item.marker.len());
        let wanted = paddings.wanted(item_list.ordered);
        let padding = match starts_on_its_line(list, item.padding) {
            true if list.slice(item.padding) == "\t" && wanted.is_none() => {
                TAB - (new_marker + width) % TAB
            }
            true => wanted.unwrap_or(written),
            false => written,
        };
        columns.push(Columns {
            marker,
            words,
            new_words: new_marker + width + padding,
            lead,
            new_marker,
        });
    }
    columns
}

/// What stands before the marker of an item nested under `above`, and its width.
fn nested(lead: &str, marker: u32, above: &Columns, unit: Option<Indent>) -> (String, u32) {
    let fits = |column: u32| (above.new_words..=above.new_words + DEEPEST).contains(&column);
    let by_unit = unit.and_then(|unit| {
        let lead = match unit {
            Indent::Tab => format!("{}\t", above.lead),
            Indent::Spaces(spaces) => {
                format!("{}{}", above.lead, " ".repeat(spaces.min(8) as usize))
            }
        };
        let column = width(&lead, 0);
        fits(column).then_some((lead, column))
    });
    if let Some(found) = by_unit {
        return found;
    }
    let moved = marker.saturating_sub(above.marker) + above.new_marker;
    let column = match fits(moved) {
        true => moved,
        false => above.new_words + marker.saturating_sub(above.words).min(DEEPEST),
    };
    match column == marker && width(lead, 0) == column {
        true => (lead.to_owned(), column),
        false => {
            let space = " ".repeat((column - above.new_marker) as usize);
            (format!("{}{space}", above.lead), column)
        }
    }
}

/// The padding that items of a group get.
struct Paddings {
    bullets: Option<u32>,
    numbers: Option<u32>,
}

impl Paddings {
    fn of(layout: &Layout<'_>, group: &Group) -> Paddings {
        let usual = |field: fn(&Conventions) -> &Majority<u32>| {
            let clear = field(&layout.style.list).usual().copied();
            let set = layout.options.padding.or(clear.filter(|_| !group.contents));
            set.filter(|padding| (1..=TAB).contains(padding))
        };
        Paddings {
            bullets: usual(|of| &of.padding),
            numbers: usual(|of| &of.number_padding),
        }
    }

    fn wanted(&self, ordered: bool) -> Option<u32> {
        match ordered {
            true => self.numbers,
            false => self.bullets,
        }
    }
}

/// Whether words follow `padding` on its line.
fn starts_on_its_line(list: &List, padding: Span) -> bool {
    !padding.is_empty() && padding.end < list.source.line_end(padding.end)
}

/// The columns of the marker of an item and of its words.
pub(in crate::format) fn columns_of(list: &List, item: ItemId) -> (u32, u32) {
    let item = list.item(item);
    let start = list.source.line_start(item.marker.start);
    let lead = list.slice(item.marker.with(start, item.marker.start));
    (
        width(lead, 0),
        words_column(list, item.marker, item.padding),
    )
}

/// The column at which the words of an item begin.
fn words_column(list: &List, marker: Span, padding: Span) -> u32 {
    let start = list.source.line_start(marker.start);
    let lead = width(list.slice(marker.with(start, marker.start)), 0);
    let behind = lead + marker.len();
    match starts_on_its_line(list, padding) {
        true => width(list.slice(padding), behind),
        // An item that begins with a line ending has its words one column behind its marker.
        false => behind + 1,
    }
}

/// So many spaces; few are not copied.
fn spaces(count: u32) -> Cow<'static, str> {
    const FEW: &str = "        ";
    let few = FEW.get(..count as usize);
    few.map_or_else(|| Cow::Owned(" ".repeat(count as usize)), Cow::Borrowed)
}

/// The column behind `space`, spaces and tabs that begin at `column`.
fn width(space: &str, column: u32) -> u32 {
    space.chars().fold(column, |column, char| match char {
        '\t' => (column / TAB + 1) * TAB,
        _ => column + 1,
    })
}
