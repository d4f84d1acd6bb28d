//! HTML blocks: their comments, anchors, links and images.

use super::build::Builder;
use super::html::{self, TagKind};
use super::{Anchor, BlockKind, HtmlTag, Place};

/// Reads the HTML block at `root`.
pub(super) fn read(builder: &mut Builder<'_>, root: u32) -> BlockKind {
    match take_tags(builder, root, Place::Prose) {
        true => BlockKind::Comment,
        false => BlockKind::Html,
    }
}

/// Takes in the tags of the HTML block at `node`; whether they are nothing but comments.
pub(super) fn take_tags(builder: &mut Builder<'_>, node: u32, _place: Place) -> bool {
    let span = builder.span_of(node);
    let source = builder.leaves.source;
    let mut only_comments = true;
    for tag in html::tags(source.slice(span), span.start) {
        let place = source.span(tag.start, tag.end);
        let comment = tag.kind == TagKind::Comment;
        only_comments &= comment;
        builder.inlines.html.push(HtmlTag {
            span: place,
            comment,
        });
        if comment || tag.kind == TagKind::Close {
            continue;
        }
        if let Some(name) = tag.attribute("name").or_else(|| tag.attribute("id")) {
            builder.inlines.anchors.push(Anchor {
                span: place,
                name: source.span(name.start, name.end),
                closed: true,
            });
        }
    }
    only_comments
}
