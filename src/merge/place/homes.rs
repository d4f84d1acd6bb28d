//! Which entry of each cluster stands in the merged list.

use crate::merge::pool::Member;

/// The entry of each cluster that stands in the merged list. Most entries are clusters of their own,
/// so there is a place for each.
pub(in crate::merge) struct Homes {
    /// By the first member of a cluster; [`NONE`] where nothing stands yet.
    of: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Homes {
    /// No homes for clusters of so many members.
    pub(super) fn new(members: usize) -> Self {
        Homes {
            of: vec![NONE; members],
        }
    }

    /// The entry that stands for the cluster with this first member.
    pub(in crate::merge) fn get(&self, first: Member) -> Option<Member> {
        let home = self.of.get(first).copied()?;
        (home != NONE).then_some(home as Member)
    }

    /// Lets `member` stand for the cluster with this first member, unless another does; whether it
    /// does now.
    pub(super) fn settle(&mut self, first: Member, member: Member) -> bool {
        match self.of.get_mut(first) {
            Some(home) if *home == NONE => {
                *home = member as u32;
                true
            }
            _ => false,
        }
    }

    /// All entries that stand for a cluster, by the cluster's first member.
    pub(in crate::merge) fn all(&self) -> impl Iterator<Item = Member> + '_ {
        let homes = self.of.iter().filter(|&&home| home != NONE);
        homes.map(|&home| home as Member)
    }
}
