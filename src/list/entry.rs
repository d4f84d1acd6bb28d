//! The small grammar of one entry: lead, title, notes, separator, description.
//!
//! An entry is read from the flattened inline pieces of its own words. What names the work comes
//! first (mostly a link); what stands between it and the separator are notes; what follows the
//! separator is the description.

use super::html;
use super::leaf::{Leaves, Piece, PieceKind};
use super::step::{Step, reads_as_sentence, separators, step, trimmed};
use super::tree::Kind;
use super::work;
use super::{Entry, Link, LinkId, Note, NoteKind, Separator, SeparatorKind, Title};
use crate::source::Span;
use crate::spaces::single_owned;

/// What the grammar reads from the words of an entry.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) lead: Option<Span>,
    pub(super) title: Option<Title>,
    pub(super) link: Option<LinkId>,
    pub(super) notes: Vec<Note>,
    pub(super) separator: Option<Separator>,
    pub(super) description: Option<Span>,
}

impl Words {
    /// Puts the words into `entry`.
    pub(super) fn give_to(self, entry: &mut Entry) {
        entry.lead = self.lead;
        entry.title = self.title.filter(|title| !title.text.is_empty());
        entry.link = self.link;
        entry.notes = self.notes;
        entry.separator = self.separator;
        entry.description = self.description;
    }
}

/// Reads the words of an entry that stand in `content`, given as `pieces`.
///
/// `leaf` is the node that the pieces were made from.
pub(super) fn words(
    leaves: &Leaves<'_>,
    links: &[Link],
    leaf: u32,
    content: Span,
    pieces: &[Piece],
) -> Words {
    let mut grammar = Grammar {
        leaves,
        links,
        leaf,
        content,
        pieces,
        words: Words::default(),
    };
    grammar.read();
    grammar.words
}

/// What is read, and what was read of it.
pub(super) struct Grammar<'a> {
    pub(super) leaves: &'a Leaves<'a>,
    pub(super) links: &'a [Link],
    leaf: u32,
    pub(super) content: Span,
    pub(super) pieces: &'a [Piece],
    pub(super) words: Words,
}

impl Grammar<'_> {
    fn read(&mut self) {
        let head = self.head();
        match head {
            Some(at) => self.linked(at),
            None => self.unlinked(),
        }
    }

    pub(super) fn slice(&self, start: u32, end: u32) -> &str {
        self.leaves.source.slice(self.content.with(start, end))
    }

    /// The index of the piece that is the primary link: the first that shows words, unless so much
    /// is said before it that it belongs to a description.
    fn head(&self) -> Option<usize> {
        let shown = |wordless: bool| {
            self.pieces.iter().position(|piece| match piece.kind {
                PieceKind::Link(id) => {
                    let link = &self.links[id.index()];
                    let text = self.leaves.source.slice(link.text);
                    !link.image_only
                        && !text.is_empty()
                        && (wordless || text.contains(char::is_alphanumeric))
                }
                _ => false,
            })
        };
        // A sign that leads to its explanation is no work: `[🤖](#icons) [Foo](https://…)`.
        let at = shown(false).or_else(|| shown(true))?;
        if self.begins_marked(at) {
            return None;
        }
        let before = self.slice(self.content.start, self.pieces[at].start);
        if before.is_empty() {
            return Some(at);
        }
        (!reads_as_sentence(before) || self.name_before(at).is_some()).then_some(at)
    }

    /// Whether a name in bold stands before the link at `at` and a dash between the two, so that
    /// the link belongs to what is said about the name: `**Name** - [reason](…) and more`.
    fn begins_marked(&self, at: usize) -> bool {
        let [first, second, ..] = &self.pieces[..at] else {
            return false;
        };
        let said = self.pieces[at + 1..].iter().any(|piece| {
            let text = self.slice(piece.start, piece.end);
            piece.kind == PieceKind::Text && text.contains(char::is_alphanumeric)
        });
        said && first.kind == PieceKind::Strong
            && second.kind == PieceKind::Text
            && matches!(self.slice(second.start, second.end).trim(), "-" | "–" | "—")
    }

    /// An entry with a primary link, the piece at `at`.
    fn linked(&mut self, at: usize) {
        let piece = self.pieces[at];
        let PieceKind::Link(id) = piece.kind else {
            return;
        };
        let link = &self.links[id.index()];
        self.words.link = Some(id);
        let opening = self.opening_mark(at);
        match self.name_before(at) {
            Some(name) => self.read_name(name, at),
            None => {
                self.words.lead = self.trimmed(self.content.start, opening);
                self.read_link_text(piece, link.text);
            }
        }
        let mut next = at + 1;
        let mut position = piece.end;
        while let Some(mark) = self.pieces.get(next)
            && mark.kind == PieceKind::Mark
            && mark.start == position
        {
            position = mark.end;
            next += 1;
        }
        self.after_title(position);
    }

    /// Where the marks of emphasis begin that open right before the piece at `at`.
    pub(super) fn opening_mark(&self, at: usize) -> u32 {
        let mut start = self.pieces[at].start;
        for piece in self.pieces[..at].iter().rev() {
            if piece.kind != PieceKind::Mark || piece.end != start {
                break;
            }
            start = piece.start;
        }
        start
    }

    /// Reads the text of the primary link: a title, perhaps with the kind of work and its authors,
    /// perhaps with a description behind it.
    fn read_link_text(&mut self, piece: Piece, text: Span) {
        let Some(span) = self.trimmed(text.start, text.end) else {
            return;
        };
        let source = self.leaves.source;
        if let Some(read) = work::quoted(source.slice(span)) {
            self.take_work(span, &read);
            return;
        }
        if let Some((title, description)) = self.description_inside(piece, span) {
            self.words.title = Some(self.title(self.without_marks(title)));
            self.words.description = Some(description);
            return;
        }
        let span = self.without_marks(span);
        self.words.title = Some(Title {
            span,
            text: single_owned(self.plain(span)),
        });
    }

    /// Title and description of a link text that ends in emphasis after a colon or dash.
    fn description_inside(&self, piece: Piece, text: Span) -> Option<(Span, Span)> {
        let tree = self.leaves.tree;
        if !matches!(tree.node(piece.node).kind, Kind::Link(_)) {
            return None;
        }
        let last = tree.children(piece.node).last()?;
        let node = tree.node(last);
        if !matches!(node.kind, Kind::Emphasis) || node.end != text.end {
            return None;
        }
        let before = self.slice(text.start, node.start).trim_end();
        let title = before.strip_suffix([':', '-', '–', '—'])?.trim_end();
        if title.is_empty() {
            return None;
        }
        Some((
            text.with(text.start, text.start + title.len() as u32),
            text.with(node.start + 1, node.end - 1),
        ))
    }

    pub(super) fn take_work(&mut self, span: Span, read: &work::Quoted) {
        let at = |(start, end): (usize, usize)| {
            span.with(span.start + start as u32, span.start + end as u32)
        };
        let title = self.title(at(read.title));
        self.words.title = Some(title);
        for (kind, place) in [
            (NoteKind::Kind, read.kind),
            (NoteKind::Year, read.year),
            (NoteKind::Authors, read.authors),
        ] {
            self.words.notes.extend(place.map(|place| Note {
                kind,
                span: at(place),
            }));
        }
        self.words.notes.sort_by_key(|note| note.span.start);
    }

    /// An entry without a primary link.
    fn unlinked(&mut self) {
        let Some(whole) = self.trimmed(self.content.start, self.content.end) else {
            return;
        };
        let text = self.leaves.source.slice(whole);
        if let Some(read) = work::quoted(text) {
            self.take_work(whole, &read);
            self.after_title(whole.start + read.end as u32);
            return;
        }
        let first = self
            .pieces
            .iter()
            .find(|piece| piece.kind != PieceKind::Image && piece.start >= whole.start);
        if let Some(piece) = first.filter(|piece| piece.start == whole.start)
            && let mark @ 1.. = match piece.kind {
                PieceKind::Emphasis => 1,
                PieceKind::Strong => 2,
                PieceKind::Code => 1,
                _ => 0,
            }
        {
            let piece = *piece;
            let inner = whole.with(piece.start + mark, piece.end.saturating_sub(mark));
            self.words.title = Some(self.title(inner));
            if piece.kind == PieceKind::Emphasis
                && let Some(rest) = self.trimmed(piece.end, whole.end)
                && work::reads_as_authors(self.leaves.source.slice(rest))
            {
                self.words.notes.push(Note {
                    kind: NoteKind::Authors,
                    span: rest,
                });
                return;
            }
            self.after_title(piece.end);
            return;
        }
        let end = self.first_separator(whole);
        self.words.title = Some(self.title(whole.with(whole.start, end)));
        self.after_title(end);
    }

    /// Where the first separator in the plain text of `whole` begins; its end where there is none.
    fn first_separator(&self, whole: Span) -> u32 {
        for piece in self.pieces {
            let (start, end) = (piece.start.max(whole.start), piece.end.min(whole.end));
            if start >= end {
                continue;
            }
            match piece.kind {
                PieceKind::Text => {
                    let text = self.slice(start, end);
                    if let Some((at, _)) = separators(text).next() {
                        return start + at as u32;
                    }
                }
                PieceKind::Break | PieceKind::LineEnd => return start,
                _ => {}
            }
        }
        whole.end
    }

    /// Reads notes, separator and description from `position` on.
    fn after_title(&mut self, mut position: u32) {
        let end = self.content.end;
        while position < end {
            let Some(piece) = self.piece_at(position) else {
                break;
            };
            let gap_start = position;
            match piece.kind {
                PieceKind::Text => {
                    let text = self.slice(position, piece.end);
                    match step(text) {
                        Step::Blank => position = piece.end,
                        Step::Separator(length, kind) => {
                            let span = self.content.with(position, position + length as u32);
                            self.describe(span, kind);
                            return;
                        }
                        Step::Note(kind, start, stop, next) => {
                            let span = self
                                .content
                                .with(position + start as u32, position + stop as u32);
                            self.words.notes.push(Note { kind, span });
                            position += next as u32;
                        }
                        Step::Joint(length) => position += length as u32,
                        Step::Words => {
                            self.describe_rest(position);
                            return;
                        }
                    }
                }
                PieceKind::Break => {
                    let span = self.content.with(position, piece.end);
                    self.describe(span, SeparatorKind::Break);
                    return;
                }
                PieceKind::LineEnd | PieceKind::Mark | PieceKind::Tag => position = piece.end,
                PieceKind::Image => {
                    self.note(NoteKind::Badge, piece);
                    position = piece.end;
                }
                PieceKind::Link(id) => {
                    let badge = self.links[id.index()].image_only;
                    self.note(
                        if badge {
                            NoteKind::Badge
                        } else {
                            NoteKind::Other
                        },
                        piece,
                    );
                    position = piece.end;
                }
                PieceKind::Code => {
                    self.note(NoteKind::Tag, piece);
                    position = piece.end;
                }
                PieceKind::Emphasis | PieceKind::Strong => {
                    let text = self.slice(piece.start, piece.end);
                    if text.len() > 60 {
                        self.describe_rest(position);
                        return;
                    }
                    self.note(NoteKind::Other, piece);
                    position = piece.end;
                }
            }
            debug_assert!(position > gap_start, "every step reads something");
        }
    }

    fn note(&mut self, kind: NoteKind, piece: Piece) {
        let span = self.content.with(piece.start, piece.end);
        self.words.notes.push(Note { kind, span });
    }

    /// The piece that `position` lies in, or the next one.
    fn piece_at(&self, position: u32) -> Option<Piece> {
        let at = self.pieces.partition_point(|piece| piece.end <= position);
        self.pieces.get(at).copied()
    }

    /// Takes `separator`, which may have white space before it, and what follows it.
    fn describe(&mut self, separator: Span, kind: SeparatorKind) {
        let source = self.leaves.source;
        if self.words.description.is_some() {
            // The description stands in the link or before it; more words are a note.
            let more = self.trimmed(separator.end, self.content.end);
            self.words.notes.extend(more.map(|span| Note {
                kind: NoteKind::Other,
                span,
            }));
            return;
        }
        let before = self.slice(self.content.start, separator.start);
        let start = separator.start - (before.len() - before.trim_end().len()) as u32;
        match self.trimmed(separator.end, self.content.end) {
            Some(description) => {
                self.words.separator = Some(Separator {
                    span: source.span(start, description.start),
                    kind,
                });
                self.words.description = Some(description);
            }
            None => {
                self.words.separator = Some(Separator {
                    span: source.span(start, separator.end),
                    kind,
                });
            }
        }
    }

    /// Takes all from `position` on as a description that no separator leads.
    fn describe_rest(&mut self, position: u32) {
        if self.words.description.is_none() {
            self.words.description = self.trimmed(position, self.content.end);
        }
    }

    pub(super) fn title(&self, span: Span) -> Title {
        let span = self.leaves.trimmed(span);
        Title {
            span,
            text: single_owned(self.plain(span)),
        }
    }

    /// The words of `span` as a reader sees them.
    pub(super) fn plain(&self, span: Span) -> String {
        match self.leaves.tree.node(self.leaf).kind {
            Kind::Html => html::text(self.leaves.source.slice(span)),
            _ => self.leaves.plain_between(self.leaf, span),
        }
    }

    /// `span` without emphasis or code marks around the whole of it.
    fn without_marks(&self, span: Span) -> Span {
        let mut span = span;
        loop {
            let text = self.leaves.source.slice(span);
            let mark = ["**", "__", "*", "_", "`"].into_iter().find(|mark| {
                text.len() > 2 * mark.len()
                    && text
                        .strip_prefix(mark)
                        .and_then(|rest| rest.strip_suffix(mark))
                        .is_some_and(|inner| !inner.contains(*mark))
            });
            let Some(mark) = mark else { return span };
            let width = mark.len() as u32;
            span = span.with(span.start + width, span.end - width);
        }
    }

    /// `start..end` without white space at its ends; `None` where nothing else is there.
    pub(super) fn trimmed(&self, start: u32, end: u32) -> Option<Span> {
        let (at, text) = trimmed(self.slice(start, end));
        if text.is_empty() {
            return None;
        }
        let start = start + at as u32;
        Some(self.content.with(start, start + text.len() as u32))
    }
}
