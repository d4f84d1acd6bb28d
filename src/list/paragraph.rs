//! Paragraphs: prose, a line of links to anchors, or entries that have no bullets.

use super::build::Builder;
use super::leaf::{Piece, PieceKind};
use super::step::{Step, step};
use super::tree::Kind;
use super::{BlockKind, LinkId, Place, SectionKind, SeparatorKind, Shape, entry, items};
use crate::source::Span;

/// How many links to anchors a paragraph has at least if it is a table of contents and no way back.
const CONTENTS_LINKS: usize = 3;

/// How many paragraphs were entries before a link alone in a paragraph is taken for one as well.
const FEW: u32 = 3;

/// Reads the paragraph at `root`.
pub(super) fn read(builder: &mut Builder<'_>, root: u32) -> BlockKind {
    let first = builder.inlines.links.len();
    let Some(pieces) = builder.leaf(root, Place::Prose) else {
        return BlockKind::Text;
    };
    let span = builder.span_of(root);
    let links = &builder.inlines.links[first..];
    if links.is_empty() {
        return BlockKind::Paragraph;
    }
    if links.iter().all(|link| link.url.starts_with('#')) {
        if links.len() >= CONTENTS_LINKS && words_between(builder, &pieces) <= links.len() {
            return BlockKind::Contents(builder.push_contents(span, first));
        }
        if items::only_pointers(builder, &pieces) {
            builder.back_to_top(first);
        }
        return BlockKind::Paragraph;
    }
    if builder.section_kind() != SectionKind::Meta && !builder.in_face() {
        entries(builder, root, &pieces);
    }
    BlockKind::Paragraph
}

/// How many words stand outside the links.
fn words_between(builder: &Builder<'_>, pieces: &[Piece]) -> usize {
    let texts = pieces.iter().filter(|piece| {
        !matches!(
            piece.kind,
            PieceKind::Link(_) | PieceKind::Image | PieceKind::Tag
        )
    });
    texts
        .map(|piece| {
            let text = builder.leaves.source.span(piece.start, piece.end);
            let words = builder.leaves.source.slice(text).split_whitespace();
            words
                .filter(|word| word.contains(char::is_alphanumeric))
                .count()
        })
        .sum()
}

/// Makes entries of a paragraph whose first line begins with a work.
fn entries(builder: &mut Builder<'_>, root: u32, pieces: &[Piece]) {
    let lines = lines(builder, pieces);
    let Some(first) = lines.first().filter(|line| line.work) else {
        return;
    };
    let lone = lines.len() == 1 && !first.described;
    if lone && builder.paragraph_entries < FEW && !has_like_neighbour(builder, root) {
        return;
    }
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].work).collect();
    for (place, &at) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(lines.len());
        let (from, to) = (lines[at].pieces.start, lines[end - 1].pieces.end);
        read_one(builder, root, &pieces[from..to]);
    }
}

/// A line of a paragraph, by its pieces.
struct Line {
    pieces: std::ops::Range<usize>,
    /// Whether it begins with a work.
    work: bool,
    /// Whether something follows the work.
    described: bool,
}

fn lines(builder: &Builder<'_>, pieces: &[Piece]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for at in 0..=pieces.len() {
        let ends = pieces
            .get(at)
            .is_none_or(|piece| matches!(piece.kind, PieceKind::LineEnd | PieceKind::Break));
        if !ends {
            continue;
        }
        let line = &pieces[start..at];
        if let (Some(first), Some(last)) = (line.first(), line.last()) {
            let content = builder.leaves.source.span(first.start, last.end);
            lines.push(Line {
                work: begins_with_work(builder, content, line),
                described: line.len() > 1,
                pieces: start..at,
            });
        }
        start = at + 1;
    }
    lines
}

/// Whether the paragraph before or behind `root` begins with a link too.
fn has_like_neighbour(builder: &Builder<'_>, root: u32) -> bool {
    let tree = builder.leaves.tree;
    let next = tree.node(root).next;
    let begins = |root: u32| {
        let inner = (root + 1..tree.node(root).next)
            .find(|&index| !matches!(tree.node(index).kind, Kind::Strong | Kind::Emphasis));
        tree.node(root).kind == Kind::Paragraph
            && inner.is_some_and(|index| matches!(tree.node(index).kind, Kind::Link(_)))
    };
    let before = builder.before;
    before.is_some_and(begins) || ((next as usize) < tree.nodes.len() && begins(next))
}

/// Whether the words of `content`, given as `pieces`, begin with a link out of the list, no words
/// standing before it, and go on as an entry does and not as a sentence or a row of links.
pub(super) fn begins_with_work(builder: &Builder<'_>, content: Span, pieces: &[Piece]) -> bool {
    let source = builder.leaves.source;
    let shown = |piece: &Piece| match piece.kind {
        PieceKind::Link(id) => !builder.inlines.links[id.index()].image_only,
        _ => false,
    };
    let Some(at) = pieces.iter().position(shown) else {
        return false;
    };
    let PieceKind::Link(id) = pieces[at].kind else {
        return false;
    };
    let leads_out = !builder.inlines.links[id.index()].url.starts_with('#');
    let lead = source.slice(content.with(content.start, pieces[at].start));
    leads_out && !has_words(lead) && goes_on(builder, &pieces[at + 1..])
}

/// Whether `lead` has words that are no code of an emoji (`:star:`), tag or reference.
fn has_words(lead: &str) -> bool {
    super::html::text(lead).split_whitespace().any(|word| {
        word.contains(char::is_alphanumeric) && !(word.starts_with(':') && word.ends_with(':'))
    })
}

/// Whether what follows a link is what follows the title of an entry.
fn goes_on(builder: &Builder<'_>, pieces: &[Piece]) -> bool {
    for piece in pieces {
        match piece.kind {
            PieceKind::Text => {
                let span = builder.leaves.source.span(piece.start, piece.end);
                let text = builder.leaves.source.slice(span);
                match step(text) {
                    Step::Blank => {}
                    Step::Separator(end, kind) => {
                        let empty = text[end..].trim().is_empty();
                        return match kind {
                            SeparatorKind::Bar | SeparatorKind::Comma | SeparatorKind::Other => {
                                false
                            }
                            _ => !empty || pieces.last() != Some(piece),
                        };
                    }
                    Step::Note(..) => return true,
                    Step::Joint(_) => return matches!(text.trim(), "." | "[" | "(" | ","),
                    Step::Words => return text.trim_start().starts_with(':'),
                }
            }
            PieceKind::Emphasis | PieceKind::Strong => return false,
            PieceKind::LineEnd | PieceKind::Break => return true,
            _ => {}
        }
    }
    true
}

/// Adds an entry of `pieces`, part of the paragraph at `root`.
fn read_one(builder: &mut Builder<'_>, root: u32, pieces: &[Piece]) {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return;
    };
    let source = builder.leaves.source;
    let whole = source.span(first.start, last.end);
    let mut span = builder.leaves.trimmed(whole);
    if matches!(last.kind, PieceKind::Link(_)) {
        // An address may end in what counts as white space.
        span.end = last.end;
    }
    let id = builder.push_entry(Shape::Paragraph, span, span);
    builder.paragraph_entries += 1;
    let words = entry::words(&builder.leaves, &builder.inlines.links, root, span, pieces);
    builder.claim_between(id, span);
    words.give_to(&mut builder.parts.entries[id.index()]);
    builder.settle(id, false);
}

impl Builder<'_> {
    /// Makes the links and images within `span` that stand in prose or a heading those of the
    /// entry `id`.
    pub(super) fn claim_between(&mut self, id: super::EntryId, span: Span) {
        let links = &mut self.inlines.links;
        let first = links.partition_point(|link| link.span.start < span.start);
        for (link, at) in links[first..].iter_mut().zip(first as u32..) {
            if link.span.start >= span.end {
                break;
            }
            if matches!(link.place, Place::Prose | Place::Heading(_)) {
                link.place = Place::Entry(id);
                self.parts.entries[id.index()].links.push(LinkId(at));
            }
        }
        let images = &mut self.inlines.images;
        let first = images.partition_point(|image| image.span.start < span.start);
        for image in &mut images[first..] {
            if image.span.start >= span.end {
                break;
            }
            image.place = Place::Entry(id);
        }
    }
}
