//! One section of the merged list while it fills.

use rustc_hash::FxHashMap;

use crate::merge::outline::{ContainerId, Piece};

/// What stands in one section while it fills.
#[derive(Default)]
pub(super) struct Room {
    /// What stands before the first list of entries.
    pub(super) front: Vec<Piece>,
    /// The first list of entries and what follows.
    pub(super) rest: Vec<Piece>,
    /// Where a text stands: `None` in front, or its position in the rest.
    pub(super) texts: FxHashMap<String, Option<usize>>,
}

impl Room {
    pub(super) fn push(&mut self, piece: Piece) -> Option<usize> {
        if self.rest.is_empty() && !matches!(piece, Piece::Items(_)) {
            self.front.push(piece);
            return None;
        }
        self.rest.push(piece);
        Some(self.rest.len() - 1)
    }

    /// The list of entries that follows each piece of the rest.
    pub(super) fn following(&self) -> Vec<Option<ContainerId>> {
        let mut next = None;
        let mut following: Vec<_> = self
            .rest
            .iter()
            .rev()
            .map(|piece| {
                let after = next;
                if let Piece::Items(container) = piece {
                    next = Some(*container);
                }
                after
            })
            .collect();
        following.reverse();
        following
    }
}
