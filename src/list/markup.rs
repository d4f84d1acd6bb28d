//! HTML blocks: which of their segments are entries, contents or prose.

use super::build::Builder;
use super::flow::{self, Flow, Segment, SegmentKind};
use super::leaf::PieceKind;
use super::{
    BlockKind, Entry, EntryId, LinkId, Note, NoteKind, Place, SectionKind, Shape, entry, step,
};

/// Reads the HTML block at `root`.
pub(super) fn read(builder: &mut Builder<'_>, root: u32) -> BlockKind {
    let flow = flow::read(builder, root, Place::Prose);
    if flow.only_comments {
        return BlockKind::Comment;
    }
    let links = &builder.inlines.links[flow.first_link..];
    let pointers = links
        .iter()
        .filter(|link| link.url.starts_with('#'))
        .count();
    if pointers >= 2 && pointers * 10 >= links.len() * 8 {
        let span = builder.span_of(root);
        return BlockKind::Contents(builder.push_contents(span, flow.first_link));
    }
    if pointers > 0 && pointers == links.len() {
        let words = |segment: &Segment| super::items::only_pointers(builder, &segment.pieces);
        if flow.segments.iter().all(words) {
            builder.back_to_top(flow.first_link);
        }
        return BlockKind::Html;
    }
    if builder.section_kind() != SectionKind::Meta {
        entries(builder, root, &flow);
    }
    BlockKind::Html
}

/// Takes in the HTML block at `node`, part of something else, as standing in `place`.
pub(super) fn take_tags(builder: &mut Builder<'_>, node: u32, place: Place) {
    flow::read(builder, node, place);
}

impl Builder<'_> {
    /// Makes the links taken in since `first` links back to the top of the list.
    pub(super) fn back_to_top(&mut self, first: usize) {
        for link in &mut self.inlines.links[first..] {
            link.place = Place::BackToTop;
        }
    }

    /// Whether what is being read stands above the list's first entry, under its name or above it,
    /// where lists say who they are.
    pub(super) fn in_face(&self) -> bool {
        let section = &self.parts.sections[self.section().index()];
        let level = section.heading.as_ref().map_or(0, |heading| heading.level);
        level <= 1 && self.parts.entries.is_empty()
    }
}

/// How many rows with a link a table above the first entry has at least if they are entries.
const ROWS_IN_FACE: usize = 5;

/// Makes entries of the segments that name works.
fn entries(builder: &mut Builder<'_>, root: u32, flow: &Flow) {
    let face = builder.in_face();
    let rows = flow
        .segments
        .iter()
        .filter(|segment| segment.kind == SegmentKind::Cell && shows_link(builder, segment))
        .count();
    let mut open: Vec<(u16, EntryId)> = Vec::new();
    let mut reached = 0;
    let mut at = 0;
    while let Some(segment) = flow.segments.get(at) {
        at += 1;
        match segment.kind {
            SegmentKind::Item if shows_link(builder, segment) => {
                builder.close(&mut open, segment.depth, reached);
                let parent = open.last().map(|&(_, id)| id);
                let id = read_one(builder, root, segment, parent);
                open.push((segment.depth, id));
                reached = segment.span.end;
                if let Some(next) = flow.segments.get(at)
                    && next.kind == SegmentKind::Definition
                {
                    at += 1;
                    define(builder, id, next);
                    reached = next.span.end;
                }
            }
            SegmentKind::Cell if !face || rows >= ROWS_IN_FACE => {
                let row = segment.row;
                let cells = flow.segments[at - 1..]
                    .iter()
                    .take_while(|cell| cell.kind == SegmentKind::Cell && cell.row == row);
                let cells: Vec<&Segment> = cells.collect();
                at += cells.len() - 1;
                read_row(builder, root, &cells);
            }
            SegmentKind::Line if !face && !flow.centred && begins_with_work(builder, segment) => {
                read_one(builder, root, segment, None);
            }
            _ => {}
        }
    }
    builder.close(&mut open, 0, reached);
}

/// Whether a segment holds a link that shows words and leads out of the list.
fn shows_link(builder: &Builder<'_>, segment: &Segment) -> bool {
    segment.pieces.iter().any(|piece| match piece.kind {
        PieceKind::Link(id) => {
            let link = &builder.inlines.links[id.index()];
            !link.image_only && !link.url.starts_with('#')
        }
        _ => false,
    })
}

/// Whether a line begins with a link, before which no words stand, and goes on as entries do.
fn begins_with_work(builder: &Builder<'_>, segment: &Segment) -> bool {
    if !shows_link(builder, segment) {
        return false;
    }
    super::paragraph::begins_with_work(builder, segment.span, &segment.pieces)
}

/// Adds an entry of `segment`.
fn read_one(
    builder: &mut Builder<'_>,
    root: u32,
    segment: &Segment,
    parent: Option<EntryId>,
) -> EntryId {
    let id = builder.push_entry(Shape::Html, segment.span, segment.span);
    if let Some(parent) = parent {
        let depth = builder.parts.entries[parent.index()].depth + 1;
        let entry = &mut builder.parts.entries[id.index()];
        (entry.parent, entry.depth) = (Some(parent), depth);
    }
    let words = entry::words(
        &builder.leaves,
        &builder.inlines.links,
        root,
        segment.span,
        &segment.pieces,
    );
    builder.claim(id, segment);
    words.give_to(&mut builder.parts.entries[id.index()]);
    builder.settle(id, false);
    id
}

impl Builder<'_> {
    /// Makes the links of `segment` links of the entry `id`.
    fn claim(&mut self, id: EntryId, segment: &Segment) {
        let links: Vec<LinkId> = segment
            .pieces
            .iter()
            .filter_map(|piece| match piece.kind {
                PieceKind::Link(id) => Some(id),
                _ => None,
            })
            .collect();
        for link in &links {
            self.inlines.links[link.index()].place = Place::Entry(id);
        }
        self.parts.entries[id.index()].links.extend(links);
        let images = &mut self.inlines.images;
        let first = images.partition_point(|image| image.span.start < segment.span.start);
        for image in &mut images[first..] {
            if image.span.end > segment.span.end {
                break;
            }
            image.place = Place::Entry(id);
        }
    }

    /// Closes the entries that are nested `depth` deep or deeper; what they hold ends at `reached`.
    fn close(&mut self, open: &mut Vec<(u16, EntryId)>, depth: u16, reached: u32) {
        while let Some((_, id)) = open.pop_if(|(level, _)| *level >= depth) {
            let entry = &mut self.parts.entries[id.index()];
            entry.span.end = entry.span.end.max(reached);
        }
    }
}

/// Takes the `<dd>` behind a `<dt>` as its description.
fn define(builder: &mut Builder<'_>, id: EntryId, segment: &Segment) {
    builder.claim(id, segment);
    let entry = &mut builder.parts.entries[id.index()];
    entry.span.end = segment.span.end;
    entry.content.end = segment.span.end;
    if entry.description.is_none() {
        entry.description = Some(segment.span);
    }
}

/// Reads a row: a work with its facts, or a work a cell.
fn read_row(builder: &mut Builder<'_>, root: u32, cells: &[&Segment]) {
    let linked = cells
        .iter()
        .filter(|cell| begins_with_work(builder, cell))
        .count();
    if linked == 0 {
        return;
    }
    if linked == cells.len() {
        for cell in cells {
            read_one(builder, root, cell, None);
        }
        return;
    }
    let Some(title) = cells
        .iter()
        .position(|cell| begins_with_work(builder, cell))
    else {
        return;
    };
    let id = read_one(builder, root, cells[title], None);
    let others = || cells.iter().enumerate().filter(|&(at, _)| at != title);
    let longest = others()
        .filter(|(_, cell)| !shows_link(builder, cell) && cell.span.len() >= 20)
        .max_by_key(|(at, cell)| (cell.span.len(), usize::MAX - at))
        .map(|(at, _)| at);
    for (at, cell) in others() {
        builder.claim(id, cell);
        let entry = &mut builder.parts.entries[id.index()];
        entry.span = entry.span.join(cell.span);
        entry.content = entry.span;
        match Some(at) == longest && entry.description.is_none() {
            true => entry.description = Some(cell.span),
            false => entry
                .notes
                .push(fact(builder.leaves.source.slice(cell.span), cell)),
        }
    }
    let entry: &mut Entry = &mut builder.parts.entries[id.index()];
    entry.notes.sort_by_key(|note| note.span.start);
    entry.links.sort();
}

fn fact(text: &str, cell: &Segment) -> Note {
    let kind = match cell
        .pieces
        .iter()
        .any(|piece| piece.kind == PieceKind::Image)
    {
        true => NoteKind::Badge,
        false if step::is_year(text.trim()) => NoteKind::Year,
        false => NoteKind::Other,
    };
    Note {
        kind,
        span: cell.span,
    }
}
