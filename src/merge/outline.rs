//! The merged list before it is text: sections, what stands in them, and where it comes from.

use super::Place;
use crate::list::{ItemListId, SectionId, SectionKind};

/// Names a [`Node`] of an [`Outline`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub usize);

/// Names a [`Container`] of an [`Outline`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContainerId(pub usize);

/// A merged list.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The sections. The first is what stands before the first heading; the outline hangs from it.
    pub nodes: Vec<Node>,
    /// The bulleted or ordered lists.
    pub containers: Vec<Container>,
}

/// Where the heading of a [`Node`] comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Headline {
    /// It has none: the part before the first heading.
    None,
    /// The heading of a section of the list at this position.
    Section(usize, SectionId),
    /// These words, which the options name.
    Named(String),
}

/// A section of the merged list.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its heading.
    pub headline: Headline,
    /// The level of its heading, 1 to 6.
    pub level: u8,
    /// The section that it stands in; `None` for the first only.
    pub parent: Option<NodeId>,
    /// The sections that stand in it, in order.
    pub children: Vec<NodeId>,
    /// What it is for.
    pub kind: SectionKind,
    /// The sections that came together in it, each by the position of its list.
    pub origins: Vec<(usize, SectionId)>,
    /// What stands in it, in order.
    pub pieces: Vec<Piece>,
}

/// A stretch of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A block of a list as it stands there, with entries of other lists folded into its own.
    Block {
        /// The list, by its position.
        list: usize,
        /// The block's index in that list.
        block: usize,
    },
    /// The table of contents, which is made anew in the form of this one.
    Contents {
        /// The list, by its position.
        list: usize,
        /// The table's index in that list.
        contents: usize,
    },
    /// A bulleted or ordered list.
    Items(ContainerId),
}

/// A bulleted or ordered list of the merged list.
#[derive(Clone, Debug)]
pub struct Container {
    /// The list, by its position, that it was begun from, and the item list there.
    pub origin: (usize, ItemListId),
    /// The section that it stands in.
    pub node: NodeId,
    /// What stands in it, in order.
    pub slots: Vec<Slot>,
}

/// An item of a [`Container`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A work, named by the entry that stands first among those that are one work.
    Entry(Place),
    /// Words that are kept as they are.
    Loose(Place),
    /// A name for the entries of the list that is nested in it.
    Group(Place, ContainerId),
}

impl Outline {
    /// The section that `id` names.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The sections in the order of the text.
    pub fn in_order(&self) -> Vec<NodeId> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut open: Vec<NodeId> = self.nodes.first().map(|_| NodeId(0)).into_iter().collect();
        while let Some(id) = open.pop() {
            order.push(id);
            open.extend(self.node(id).children.iter().rev());
        }
        order
    }
}
