//! Where things of a document lead: a link to its heading or anchor, an entry to where the same
//! work stands again.

use lsp_types::{Location, Position};

use super::document::Document;
use super::same;
use crate::list::{EntryId, Link, LinkKind, List, anchor};
use crate::source::Span;

/// The places that what stands at `position` leads to.
pub(super) fn targets(document: &Document, position: Position) -> Vec<Location> {
    let list = document.list();
    let offset = document.offset(position);
    let spans = match link_at(list, offset).and_then(|link| place_of(list, link)) {
        Some(place) => vec![place],
        None => entry_at(list, offset).map_or(Vec::new(), |entry| {
            let places = same::elsewhere(document, entry);
            places
                .into_iter()
                .map(|id| list.entry(id).content)
                .collect()
        }),
    };
    spans
        .into_iter()
        .map(|span| Location {
            uri: document.uri.clone(),
            range: document.range(span),
        })
        .collect()
}

/// The link at `offset`: the one that begins last, for one may stand in another.
fn link_at(list: &List, offset: u32) -> Option<&Link> {
    let before = list.links.partition_point(|link| link.span.start <= offset);
    let near = list.links.get(before.saturating_sub(NEAR)..before)?;
    near.iter().rev().find(|link| offset <= link.span.end)
}

/// How many links before a place are looked at: those that it may stand in.
const NEAR: usize = 16;

/// The place in the list that `link` leads to: a heading, an anchor, or the link's definition.
fn place_of(list: &List, link: &Link) -> Option<Span> {
    match link.fragment() {
        Some(fragment) => anchor_place(list, fragment),
        None => match link.kind {
            LinkKind::Reference(index) => {
                let definition = list.definitions.get(index as usize)?;
                Some(definition.span)
            }
            _ => None,
        },
    }
}

/// Where the anchor stands that a link to `fragment` reaches.
fn anchor_place(list: &List, fragment: &str) -> Option<Span> {
    let headings = list
        .headings()
        .map(|(_, heading)| (&heading.slug, heading.span));
    let html = list
        .html_headings
        .iter()
        .map(|heading| (&heading.slug, heading.span));
    let heading = headings
        .chain(html)
        .find(|(slug, _)| anchor::matches(fragment, slug));
    heading.map(|(_, span)| span).or_else(|| {
        let set = list.anchors.iter();
        set.map(|anchor| anchor.name)
            .find(|name| anchor::matches(fragment, list.slice(*name)))
    })
}

/// The entry whose own words stand at `offset`, the innermost one.
pub(super) fn entry_at(list: &List, offset: u32) -> Option<EntryId> {
    let before = list
        .entries
        .partition_point(|entry| entry.span.start <= offset);
    let last = before.checked_sub(1)?;
    let last = EntryId(last as u32);
    // What does not stand in the last entry that begins before may stand in one around it.
    let mut around = std::iter::successors(Some(last), |id| list.entry(*id).parent);
    around.find(|id| {
        let entry = list.entry(*id);
        let end = entry
            .content
            .end
            .max(list.source.line_end(entry.content.end));
        entry.span.start <= offset && offset <= end
    })
}
