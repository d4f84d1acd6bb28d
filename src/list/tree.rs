//! The Markdown tree of a text as a flat vector of nodes with places that were verified.

use super::limits::Excess;

/// What a [`Node`] is, in CommonMark's and GFM's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Heading {
        level: u8,
        setext: bool,
        closed: bool,
    },
    List {
        ordered: bool,
        marker: char,
        tight: bool,
    },
    Item {
        number: Option<u64>,
        task: bool,
    },
    Quote,
    Code,
    Html,
    ThematicBreak,
    Table,
    Row {
        header: bool,
    },
    Cell,
    Text,
    SoftBreak,
    LineBreak,
    CodeSpan,
    Tag,
    Emphasis,
    Strong,
    Strikethrough,
    /// A link with the index of its decoded destination in [`Tree::urls`].
    Link(u32),
    /// An image with the index of its decoded destination in [`Tree::urls`].
    Image(u32),
    /// Anything else, a footnote for instance.
    Other,
}

impl Kind {
    /// Whether the node holds inline nodes.
    pub(super) fn is_leaf_block(self) -> bool {
        matches!(self, Kind::Paragraph | Kind::Heading { .. } | Kind::Cell)
    }

    /// Whether the node holds blocks, so that it ends where its last block ends.
    pub(super) fn is_container(self) -> bool {
        matches!(self, Kind::List { .. } | Kind::Item { .. } | Kind::Quote)
    }
}

/// One node; its subtree follows it in [`Tree::nodes`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// Offset of the first byte.
    pub(super) start: u32,
    /// Offset after the last byte.
    pub(super) end: u32,
    /// Index of the node after this one's subtree.
    pub(super) next: u32,
    /// Whether every inline node of this leaf stood where the parser said. If not, it has none.
    pub(super) trusted: bool,
}

/// A tree in preorder; every node lies inside its parent and behind its elder sibling.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) urls: Urls,
    /// Why the text was left alone as a whole; it then has no nodes.
    pub(super) excess: Option<Excess>,
}

/// Destinations one behind the other in one text: a list has thousands, most of them short.
#[derive(Debug, Default)]
pub(super) struct Urls {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Urls {
    /// Adds `url`; gives its index.
    pub(super) fn push(&mut self, url: &str) -> u32 {
        self.text.push_str(url);
        self.ends.push(self.text.len());
        self.ends.len() as u32 - 1
    }

    /// The destination at `index`.
    pub(super) fn get(&self, index: u32) -> &str {
        let index = index as usize;
        let start = match index {
            0 => 0,
            _ => self.ends[index - 1],
        };
        self.text.get(start..self.ends[index]).unwrap_or_default()
    }
}

impl Tree {
    /// The nodes at the top, by index.
    pub(super) fn roots(&self) -> Siblings<'_> {
        Siblings {
            tree: self,
            next: 0,
            end: self.nodes.len() as u32,
        }
    }

    /// The children of the node at `index`, by index.
    pub(super) fn children(&self, index: u32) -> Siblings<'_> {
        Siblings {
            tree: self,
            next: index + 1,
            end: self.node(index).next,
        }
    }

    /// The node at `index`.
    pub(super) fn node(&self, index: u32) -> &Node {
        &self.nodes[index as usize]
    }

    /// The nodes below the node at `index`, however deep, by index.
    pub(super) fn below(&self, index: u32) -> std::ops::Range<u32> {
        index + 1..self.node(index).next
    }
}

/// Iterates over siblings by index.
pub(super) struct Siblings<'t> {
    tree: &'t Tree,
    next: u32,
    end: u32,
}

impl Iterator for Siblings<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        self.next = self.tree.node(index).next;
        Some(index)
    }
}
