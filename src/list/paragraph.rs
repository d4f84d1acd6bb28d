//! Paragraphs: prose, a line of links to anchors, or an entry that has no bullet.

use super::build::Builder;
use super::{BlockKind, Place, items};

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
