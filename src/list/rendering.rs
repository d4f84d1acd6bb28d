//! The blocks that a list is rendered as, in the order of the text: what must stay the same when
//! only its layout changes.

use std::borrow::Cow;

use super::build::front_matter;
use super::link::Definitions;
use super::tree::{Kind, Tree};
use super::{List, parse};
use crate::source::{Source, Span};

/// A block as it is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// What it is.
    pub kind: RenderedKind,
    /// How many blocks it is nested in.
    pub depth: u32,
    /// Where it stands.
    pub span: Span,
}

/// What a [`Rendered`] block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RenderedKind {
    /// A bulleted or ordered list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// Whether the words of its items are no paragraphs.
        tight: bool,
    },
    /// An item.
    Item,
    /// A block quotation.
    Quote,
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// Code.
    Code,
    /// HTML.
    Html,
    /// A table.
    Table,
    /// A thematic break.
    Break,
    /// Anything else.
    Other,
}

/// The blocks of `list`, each before those in it. A list that was read by
/// [`List::parse_with_rendering`] has them; the text of any other is parsed again.
pub fn rendering(list: &List) -> Cow<'_, [Rendered]> {
    if let Some(blocks) = &list.rendering {
        return Cow::Borrowed(blocks);
    }
    let definitions = Definitions::read(&list.source);
    let (tree, _) = parse::of_source(&list.source, front_matter(&list.source), &definitions);
    Cow::Owned(blocks(&list.source, &tree))
}

/// The blocks of `tree`, which was made of `source`.
pub(super) fn blocks(source: &Source, tree: &Tree) -> Vec<Rendered> {
    let mut blocks = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for (index, node) in (0..).zip(&tree.nodes) {
        while open.pop_if(|end| *end <= index).is_some() {}
        if let Some(kind) = rendered(node.kind) {
            blocks.push(Rendered {
                kind,
                depth: open.len() as u32,
                span: source.span(node.start, node.end),
            });
        }
        if node.next > index + 1 {
            open.push(node.next);
        }
    }
    blocks
}

/// What a node is rendered as; `None` for what is inline or inside a table.
fn rendered(kind: Kind) -> Option<RenderedKind> {
    Some(match kind {
        Kind::List { ordered, tight, .. } => RenderedKind::List { ordered, tight },
        Kind::Item { .. } => RenderedKind::Item,
        Kind::Quote => RenderedKind::Quote,
        Kind::Paragraph => RenderedKind::Paragraph,
        Kind::Heading { .. } => RenderedKind::Heading,
        Kind::Code => RenderedKind::Code,
        Kind::Html => RenderedKind::Html,
        Kind::Table => RenderedKind::Table,
        Kind::ThematicBreak => RenderedKind::Break,
        Kind::Row { .. }
        | Kind::Cell
        | Kind::Text
        | Kind::SoftBreak
        | Kind::LineBreak
        | Kind::CodeSpan
        | Kind::Tag
        | Kind::Emphasis
        | Kind::Strong
        | Kind::Strikethrough
        | Kind::Link(_)
        | Kind::Image(_) => return None,
        _ => RenderedKind::Other,
    })
}
