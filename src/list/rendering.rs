//! The blocks that a list is rendered as, in the order of the text: what must stay the same when
//! only its layout changes.

use super::link::Definitions;
use super::tree::Kind;
use super::{BlockKind, List, parse};
use crate::source::Span;

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

/// The blocks of `list`, each before those in it.
pub fn rendering(list: &List) -> Vec<Rendered> {
    let source = &list.source;
    let definitions = Definitions::read(source);
    let matter = list
        .blocks
        .first()
        .filter(|block| block.kind == BlockKind::FrontMatter);
    let skipped = matter.map_or(0, |block| source.line(block.content.end) as usize);
    let whole = source.whole();
    let base = source
        .line_starts()
        .get(skipped)
        .copied()
        .unwrap_or(whole.end);
    let (tree, _) = parse::tree(
        source.text(),
        base,
        source.line_starts(),
        skipped,
        &definitions,
    );
    let mut blocks = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for (index, node) in (0..).zip(&tree.nodes) {
        while open.last().is_some_and(|&end| end <= index) {
            open.pop();
        }
        if let Some(kind) = rendered(node.kind) {
            blocks.push(Rendered {
                kind,
                depth: open.len() as u32,
                span: source.span(node.start, node.end),
            });
        }
        open.push(node.next);
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
