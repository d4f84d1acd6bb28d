//! GFM tables: rows that are entries, and which column tells what.

use super::build::Builder;
use super::columns::{self, Column};
use super::leaf::{Piece, PieceKind};
use super::tree::Kind;
use super::{
    BlockKind, Contents, ContentsForm, ContentsLine, Entry, EntryId, LinkId, Note, NoteKind, Place,
    SectionKind, Shape, entry, step,
};
use crate::source::Span;
use crate::spaces::single;

/// Reads the table at `root`.
pub(super) fn read(builder: &mut Builder<'_>, root: u32) -> BlockKind {
    let rows = rows(builder, root);
    let pointers = count(builder, root, |url| url.starts_with('#'));
    let elsewhere = count(builder, root, |url| !url.starts_with('#'));
    if pointers >= 2 && pointers * 10 >= (pointers + elsewhere) * 8 {
        return contents(builder, root);
    }
    let about = builder.section_kind() == SectionKind::Meta;
    let Some(plan) = columns::plan(builder, &rows).filter(|_| !about) else {
        builder.prose(root);
        return BlockKind::Table;
    };
    for row in &rows {
        match (row.header, plan.grid) {
            (true, _) => row
                .cells
                .iter()
                .for_each(|&cell| builder.take_leaf(cell, Place::Prose)),
            (false, true) => row.cells.iter().for_each(|&cell| self::cell(builder, cell)),
            (false, false) => self::row(builder, row, &plan.columns),
        }
    }
    BlockKind::Table
}

/// A row of a table by its node and cells.
pub(super) struct Row {
    pub(super) node: u32,
    pub(super) header: bool,
    pub(super) cells: Vec<u32>,
}

fn rows(builder: &Builder<'_>, root: u32) -> Vec<Row> {
    let tree = builder.leaves.tree;
    tree.children(root)
        .filter_map(|node| match tree.node(node).kind {
            Kind::Row { header } => Some(Row {
                node,
                header,
                cells: tree.children(node).collect(),
            }),
            _ => None,
        })
        .collect()
}

fn count(builder: &Builder<'_>, root: u32, wanted: impl Fn(&str) -> bool) -> usize {
    let tree = builder.leaves.tree;
    tree.below(root)
        .filter(|&index| match tree.node(index).kind {
            Kind::Link(url) => wanted(builder.inlines.urls.get(url)),
            _ => false,
        })
        .count()
}

/// Takes the table in as a table of contents.
fn contents(builder: &mut Builder<'_>, root: u32) -> BlockKind {
    let first = builder.inlines.links.len();
    for index in builder.leaves.tree.below(root) {
        if builder.leaves.tree.node(index).kind.is_leaf_block() {
            builder.take_leaf(index, Place::Contents);
        }
    }
    let span = builder.span_of(root);
    BlockKind::Contents(builder.push_contents(span, first))
}

impl Builder<'_> {
    /// Adds a table of contents, no list, whose links are those taken in since `first`.
    pub(super) fn push_contents(&mut self, span: Span, first: usize) -> u32 {
        let source = self.leaves.source;
        let links = &mut self.inlines.links[first..];
        let mut lines = Vec::new();
        for (link, id) in links.iter_mut().zip(first as u32..) {
            link.place = Place::Contents;
            if link.url.starts_with('#') {
                lines.push(ContentsLine {
                    link: LinkId(id),
                    item: None,
                    depth: 0,
                    text: single(source.slice(link.text)).into_owned(),
                });
            }
        }
        let section = self.section();
        self.parts.contents.push(Contents {
            span,
            form: ContentsForm::Other,
            section,
            lines,
            generated: false,
        });
        self.parts.contents.len() as u32 - 1
    }

    /// What the section that is being read is for.
    pub(super) fn section_kind(&self) -> SectionKind {
        self.parts.sections[self.section().index()].kind
    }

    /// Adds an entry of its own at the top, without words.
    pub(super) fn push_entry(&mut self, shape: Shape, span: Span, content: Span) -> EntryId {
        let section = self.section();
        self.parts
            .entries
            .push(Entry::blank(shape, section, span, content));
        EntryId(self.parts.entries.len() as u32 - 1)
    }
}

/// Reads one cell of a grid of works as an entry.
fn cell(builder: &mut Builder<'_>, cell: u32) {
    let content = builder.span_of(cell);
    if builder.leaves.source.slice(content).trim().is_empty() {
        return;
    }
    let id = builder.push_entry(Shape::Row, content, content);
    let first = builder.inlines.links.len();
    let pieces = builder.leaf(cell, Place::Entry(id));
    let words = pieces.map(|pieces| {
        let links = &builder.inlines.links;
        let words = entry::words(&builder.leaves, links, cell, content, &pieces);
        builder.spare = pieces;
        words
    });
    let links = first as u32..builder.inlines.links.len() as u32;
    let entry = &mut builder.parts.entries[id.index()];
    entry.links = links.map(LinkId).collect();
    if let Some(words) = words {
        words.give_to(entry);
    }
    builder.settle(id, false);
}

/// Reads a row as an entry.
fn row(builder: &mut Builder<'_>, row: &Row, columns: &[Column]) {
    let span = builder.span_of(row.node);
    let (Some(&first), Some(&last)) = (row.cells.first(), row.cells.last()) else {
        return;
    };
    let content = builder.span_of(first).join(builder.span_of(last));
    let id = builder.push_entry(Shape::Row, span, content);
    let first_link = builder.inlines.links.len();
    let mut reading = Reading::default();
    for (&cell, column) in row.cells.iter().zip(columns) {
        let pieces = builder.leaf(cell, Place::Entry(id));
        let Some(pieces) = pieces else { continue };
        reading.cell(builder, cell, *column, &pieces);
        builder.spare = pieces;
    }
    let links = first_link as u32..builder.inlines.links.len() as u32;
    let entry = &mut builder.parts.entries[id.index()];
    entry.links = links.map(LinkId).collect();
    reading.give_to(entry);
    builder.settle(id, false);
}

/// What the cells of a row say.
#[derive(Default)]
struct Reading {
    words: entry::Words,
    description: Option<Span>,
    notes: Vec<Note>,
    /// The first link that shows words, outside the title's cell.
    link: Option<LinkId>,
    /// The first link in a column of addresses.
    address: Option<LinkId>,
}

impl Reading {
    fn cell(&mut self, builder: &Builder<'_>, cell: u32, column: Column, pieces: &[Piece]) {
        let source = builder.leaves.source;
        let whole = builder.span_of(cell);
        let content = builder.leaves.trimmed(whole);
        let text = source.slice(content);
        if matches!(text, "" | "-" | "–" | "—") {
            return;
        }
        if column == Column::Title {
            let links = &builder.inlines.links;
            self.words = entry::words(&builder.leaves, links, cell, content, pieces);
            return;
        }
        let linked = pieces.iter().find_map(|piece| match piece.kind {
            PieceKind::Link(id) if !builder.inlines.links[id.index()].image_only => Some(id),
            _ => None,
        });
        self.link = self.link.or(linked);
        match column {
            Column::Description if self.description.is_none() => self.description = Some(content),
            Column::Address if linked.is_some() => self.address = self.address.or(linked),
            _ => self.notes.push(Note {
                kind: note_kind(column, pieces, text),
                span: content,
            }),
        }
    }

    fn give_to(self, entry: &mut Entry) {
        self.words.give_to(entry);
        entry.link = entry.link.or(self.address).or(self.link);
        if let Some(description) = self.description {
            // The words behind the title in its own cell say less than the column for it.
            entry.separator = None;
            let other = entry.description.replace(description);
            entry.notes.extend(other.map(|span| Note {
                kind: NoteKind::Other,
                span,
            }));
        }
        entry.notes.extend(self.notes);
        entry.notes.sort_by_key(|note| note.span.start);
    }
}

/// How many bytes the name of a kind of work has at most; a column may tell more than that.
const LONGEST_KIND: usize = 40;

fn note_kind(column: Column, pieces: &[Piece], text: &str) -> NoteKind {
    let images = |piece: &Piece| matches!(piece.kind, PieceKind::Image);
    match column {
        Column::Authors => NoteKind::Authors,
        Column::Venue => NoteKind::Venue,
        Column::Kind if text.len() <= LONGEST_KIND => NoteKind::Kind,
        _ if step::is_year(text) => NoteKind::Year,
        _ if pieces.iter().any(images) || text.starts_with("[![") => NoteKind::Badge,
        _ if pieces.iter().all(|piece| piece.kind == PieceKind::Code) => NoteKind::Tag,
        _ if !text.chars().any(char::is_alphanumeric) => NoteKind::Sign,
        _ => NoteKind::Other,
    }
}
