//! Lines of a contents table, put in the order of the headings.
//!
//! Lines move whole, with what hangs below them, and keep how deep they are nested. What leads to no
//! heading stays with its neighbour: a label with the line below it, any other line with the one
//! above it. Where a line would come to stand below another that its section is no part of, or where
//! the new text would not be read as the same lines, nothing moves.

use rustc_hash::{FxHashMap, FxHashSet};

use super::coverage::ContentsState;
use super::number;
use crate::list::{ContentsForm, ItemId, ItemListId, List, SectionId};
use crate::source::{Source, Span};

/// One item of a contents table without what is nested in it.
struct Line {
    item: ItemId,
    /// Its lines, without the last line ending and blank lines behind it.
    span: Span,
    depth: u16,
    section: Option<SectionId>,
}

/// The changes that put the lines of the contents table at `index` of [`List::contents`] in the
/// order of their headings: places with the text that belongs there, in order. None where they
/// stand in that order, or where they cannot be moved safely.
///
/// A table that follows another order altogether is left to it unless `always`.
pub fn contents_order(
    list: &List,
    index: usize,
    state: &ContentsState,
    always: bool,
) -> Vec<(Span, String)> {
    let is_meant = state.sound
        && if state.in_order {
            !state.misplaced.is_empty()
        } else {
            always
        };
    if !is_meant {
        return Vec::new();
    }
    reordered(list, index, state).unwrap_or_default()
}

fn reordered(list: &List, index: usize, state: &ContentsState) -> Option<Vec<(Span, String)>> {
    let contents = list.contents.get(index)?;
    let ContentsForm::Items(outer) = contents.form else {
        return None;
    };
    let mut sections: FxHashMap<ItemId, SectionId> = FxHashMap::default();
    let mut seen: FxHashSet<SectionId> = FxHashSet::default();
    for (line, state) in contents.lines.iter().zip(&state.lines) {
        if let Some(section) = state.section() {
            let is_only = seen.insert(section) && sections.insert(line.item?, section).is_none();
            is_only.then_some(())?;
        }
    }
    let lines = lines(list, outer, &sections)?;
    let order = order(&lines);
    let (was, is) = (
        parents(&lines, 0..lines.len()),
        parents(&lines, order.iter().copied()),
    );
    let belongs = |at: usize| was[at] == is[at] || is_part_of(list, &lines, at, is[at]);
    if !(0..lines.len()).all(belongs) {
        return None;
    }
    let texts = texts(list, &lines, &order, &is);
    let places = lines.iter().map(|line| line.span).zip(&texts);
    let changes: Vec<(Span, String)> = places
        .filter(|(place, text)| list.slice(*place) != *text)
        .map(|(place, text)| (place, text.clone()))
        .collect();
    let even = spaced_evenly(list, &lines, &changes);
    (even && reads_the_same(list, &lines, &order, &texts)).then_some(changes)
}

/// The lines of the list `outer`; `None` where two of them share a line of the text, or where one has no
/// words on its first.
fn lines(
    list: &List,
    outer: ItemListId,
    sections: &FxHashMap<ItemId, SectionId>,
) -> Option<Vec<Line>> {
    let source = &list.source;
    let end = list.item_list(outer).span.end;
    let first = *list.item_list(outer).items.first()?;
    let items: Vec<ItemId> = (first.0..list.items.len() as u32)
        .map(ItemId)
        .take_while(|&item| list.item(item).span.start < end)
        .collect();
    let mut lines: Vec<Line> = Vec::with_capacity(items.len());
    for (at, &item) in items.iter().enumerate() {
        let start = source.line_start(list.item(item).span.start);
        let next = items
            .get(at + 1)
            .map(|&next| source.line_start(list.item(next).span.start));
        let own = list.item(item).span.with(start, next.unwrap_or(end));
        let marker = list.item(item).marker;
        let first = marker.with(marker.end, source.line_end(marker.end));
        // A bare `-` below words is an underline.
        if own.is_empty() || list.slice(first).trim().is_empty() {
            return None;
        }
        let words = list.slice(own).trim_end().len() as u32;
        lines.push(Line {
            item,
            span: own.with(start, start + words),
            depth: list.item_list(list.item(item).list).depth,
            section: sections.get(&item).copied(),
        });
    }
    Some(lines)
}

/// Whether as many blank lines stand between all lines among which some move: blank lines set groups
/// apart, and do not move.
fn spaced_evenly(list: &List, lines: &[Line], changes: &[(Span, String)]) -> bool {
    let (Some((first, _)), Some((last, _))) = (changes.first(), changes.last()) else {
        return true;
    };
    let among = lines
        .iter()
        .filter(|line| first.start <= line.span.start && line.span.end <= last.end);
    let among: Vec<&Line> = among.collect();
    let mut gaps = among.windows(2).map(|pair| {
        let gap = pair[0].span.with(pair[0].span.end, pair[1].span.start);
        list.slice(gap).matches(['\n', '\r']).count()
    });
    let first = gaps.next();
    gaps.all(|gap| Some(gap) == first)
}

/// The lines in the order of their sections, as indices.
fn order(lines: &[Line]) -> Vec<usize> {
    // Stretches that move as one: labels, a line with a section, lines without one.
    let mut stretches: Vec<(Option<SectionId>, std::ops::Range<usize>)> = Vec::new();
    let mut labels = 0;
    for (at, line) in lines.iter().enumerate() {
        let is_label = line.section.is_none()
            && lines
                .get(at + 1)
                .is_some_and(|next| next.depth > line.depth);
        match (is_label, line.section, stretches.last_mut()) {
            (true, ..) => labels += 1,
            (false, None, Some((_, last))) if labels == 0 => last.end = at + 1,
            (false, section, _) => {
                stretches.push((section, at - labels..at + 1));
                labels = 0;
            }
        }
    }
    // Stable, with what leads nowhere at the top where it is.
    stretches.sort_by_key(|(section, _)| *section);
    stretches
        .into_iter()
        .flat_map(|(_, stretch)| stretch)
        .collect()
}

/// The line that each line is nested in, if the lines stand in `order`.
fn parents(lines: &[Line], order: impl Iterator<Item = usize>) -> Vec<Option<usize>> {
    let mut parents = vec![None; lines.len()];
    let mut open: Vec<usize> = Vec::new();
    for at in order {
        while open
            .last()
            .is_some_and(|&above| lines[above].depth >= lines[at].depth)
        {
            open.pop();
        }
        parents[at] = open.last().copied();
        open.push(at);
    }
    parents
}

/// Whether the section of one line stands in that of the line that it comes to be nested in, which
/// is one list farther out.
fn is_part_of(list: &List, lines: &[Line], at: usize, above: Option<usize>) -> bool {
    let line = &lines[at];
    let Some(above) = above.map(|above| &lines[above]) else {
        return false;
    };
    let (Some(own), Some(_)) = (line.section, above.section) else {
        return false;
    };
    let mut next = list.section(own).parent;
    while let Some(section) = next.filter(|&section| Some(section) != above.section) {
        next = list.section(section).parent;
    }
    next.is_some() && above.depth + 1 == line.depth
}

/// The text of each place, when the lines stand in `order` and are nested in `parents`.
fn texts(list: &List, lines: &[Line], order: &[usize], parents: &[Option<usize>]) -> Vec<String> {
    // The list that was nested in each line, and what its items are numbered by.
    let mut lists: FxHashMap<Option<ItemId>, ItemListId> = FxHashMap::default();
    for line in lines {
        let own = list.item(line.item).list;
        lists.entry(list.item_list(own).parent).or_insert(own);
    }
    let mut counts: FxHashMap<Option<usize>, u64> = FxHashMap::default();
    let texts = order.iter().map(|&at| {
        let line = &lines[at];
        let item = list.item(line.item);
        let count = counts.entry(parents[at]).or_insert(0);
        *count += 1;
        let joined = match parents[at] {
            Some(above) => lists.get(&Some(lines[above].item)),
            None => lists.get(&list.item_list(item.list).parent),
        };
        let joined = list.item_list(joined.copied().unwrap_or(item.list));
        let own = list.item_list(item.list);
        let marker = match (joined.ordered, own.ordered) {
            (true, true) if counts_up(list, &joined.items) => {
                let first = joined
                    .items
                    .first()
                    .and_then(|&item| list.item(item).number);
                number(first.unwrap_or(1).saturating_add(*count - 1), joined.marker)
            }
            (false, false) => joined.marker.to_string(),
            _ => list.slice(item.marker).to_owned(),
        };
        let before = list.slice(line.span.with(line.span.start, item.marker.start));
        let behind = list.slice(line.span.with(item.marker.end, line.span.end));
        format!("{before}{marker}{behind}")
    });
    texts.collect()
}

/// Whether most items have the number after that of the item before them.
fn counts_up(list: &List, items: &[ItemId]) -> bool {
    let follows = items.windows(2).filter(|pair| {
        let next = list
            .item(pair[0])
            .number
            .and_then(|number| number.checked_add(1));
        next.is_some() && next == list.item(pair[1]).number
    });
    follows.count() * 2 >= items.len().saturating_sub(1)
}

/// Whether the table with `texts` in its places is read as the same lines, nested as deep, in one
/// list.
fn reads_the_same(list: &List, lines: &[Line], order: &[usize], texts: &[String]) -> bool {
    let mut table = String::new();
    let mut from = lines.first().map_or(0, |line| line.span.start);
    for (line, text) in lines.iter().zip(texts) {
        table.push_str(list.slice(line.span.with(from, line.span.start)));
        table.push_str(text);
        from = line.span.end;
    }
    let after = List::parse(Source::new(list.source.id(), list.source.name(), table));
    let outermost = after.item_lists.iter().filter(|of| of.parent.is_none());
    let depths = after
        .items
        .iter()
        .map(|item| after.item_list(item.list).depth);
    outermost.count() == 1 && depths.eq(order.iter().map(|&at| lines[at].depth))
}
