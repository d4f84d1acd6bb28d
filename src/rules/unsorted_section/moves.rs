//! The fixes that move entries to where they belong.

use std::collections::BTreeMap;

use super::Key;
use crate::edit::{Edit, Fix};
use crate::list::style::Run;
use crate::list::{Item, List, Shape};
use crate::rules::Facts;
use crate::source::Span;

/// For each of the `wrong` entries of `run` the fix that moves it to `before`, a place in the run
/// that stays, or to the end. Entries that go to one place go together, with the first of them.
pub(super) fn fixes(
    facts: &Facts<'_>,
    run: &Run,
    keys: &[Key],
    wrong: &[usize],
    before: &[Option<usize>],
) -> Vec<Option<Fix>> {
    let mut fixes: Vec<Option<Fix>> = wrong.iter().map(|_| None).collect();
    let Some(lines) = lines(facts, run) else {
        return fixes;
    };
    // `None`, the end, must come behind all places.
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, before) in before.iter().enumerate() {
        groups
            .entry(before.unwrap_or(usize::MAX))
            .or_default()
            .push(place);
    }
    for (target, mut places) in groups {
        let first = places[0];
        places.sort_by(|&a, &b| keys[wrong[a]].cmp(&keys[wrong[b]]));
        let spans: Vec<Span> = places.iter().map(|&place| lines[wrong[place]]).collect();
        let offset = match lines.get(target) {
            Some(line) => line.start,
            None => lines.last().map_or(0, |last| last.end),
        };
        // What stands right there already is moved among itself by another round.
        if spans
            .iter()
            .any(|span| span.start == offset || span.end == offset)
        {
            fixes[first] = touching(facts.list, &spans, offset);
            continue;
        }
        let text: String = spans.iter().map(|&span| facts.list.slice(span)).collect();
        let mut edits: Vec<Edit> = spans.iter().map(|&span| Edit::delete(span)).collect();
        edits.push(Edit::insert(spans[0], offset, text));
        fixes[first] = Some(Fix::safe(title(spans.len()), edits));
    }
    fixes
}

fn title(count: usize) -> &'static str {
    match count {
        1 => "Move the entry to its place",
        _ => "Move the entries to their place",
    }
}

/// The fix where some of `spans`, in the order in which they should stand, touch the place that
/// they go to: the whole stretch is written anew.
fn touching(list: &List, spans: &[Span], offset: u32) -> Option<Fix> {
    let here = |span: &&Span| span.start == offset || span.end == offset;
    let stretch = spans
        .iter()
        .filter(here)
        .fold(spans[0].with(offset, offset), |all, span| all.join(*span));
    let text: String = spans.iter().map(|&span| list.slice(span)).collect();
    let mut edits: Vec<Edit> = spans
        .iter()
        .filter(|span| !here(span))
        .map(|&span| Edit::delete(span))
        .collect();
    edits.push(Edit::replace(stretch, text));
    Some(Fix::safe(title(spans.len()), edits))
}

/// The lines of each entry of `run`; `None` where they cannot be moved: in tables, in lists with
/// numbers or with blank lines, and where an entry shares a line with another.
fn lines(facts: &Facts<'_>, run: &Run) -> Option<Vec<Span>> {
    let list = facts.list;
    let items: Option<Vec<&Item>> = run
        .entries
        .iter()
        .map(|&id| match list.entry(id).shape {
            Shape::Item(item) => Some(list.item(item)),
            _ => None,
        })
        .collect();
    let items = items?;
    let first = items.first()?.list;
    let whole = list.item_list(first);
    let one_list = items.iter().all(|item| item.list == first);
    if !one_list || whole.ordered || !whole.tight || whole.items.len() != items.len() {
        return None;
    }
    let spans: Vec<Span> = items.iter().map(|item| own_lines(list, item)).collect();
    let apart = spans.windows(2).all(|pair| pair[0].end == pair[1].start);
    let ended = spans
        .iter()
        .all(|span| list.slice(*span).ends_with(['\n', '\r']));
    (apart && ended).then_some(spans)
}

/// The lines from the marker of `item` to the end of what belongs to it, with their endings.
fn own_lines(list: &List, item: &Item) -> Span {
    let source = &list.source;
    let start = source.line_start(item.span.start);
    let last = source.line(item.span.end.max(1) - 1);
    item.span.with(start, source.line_span(last).end)
}
