//! Entries of all lists that are one work: pairs proposed by keys, joined over strong edges where
//! nothing inside a would-be cluster speaks against it.

mod edge;
mod joining;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::align::Aligned;
use super::judge::Judgement;
use super::pool::{Member, Pool};
use super::propose::proposed;
use super::{Options, Pair};
pub(super) use edge::Own;
use edge::{Edge, Why};
use joining::{Decided, Joining};

/// The entries in clusters of one work each.
pub(super) struct Clusters {
    /// The cluster of each member, named by its first member.
    of: Vec<Member>,
    /// The members of each cluster of more than one, by its first member, in order.
    members: FxHashMap<Member, Vec<Member>>,
    /// What joined a member to another of its cluster, by member and in the order of joining.
    joined: Vec<(Member, Member, Why)>,
    pub(super) possible: Vec<Pair>,
}

impl Clusters {
    /// The first member of the cluster of `member`.
    pub(super) fn first(&self, member: Member) -> Member {
        self.of[member]
    }

    /// Whether others are one work with `member`.
    pub(super) fn is_shared(&self, member: Member) -> bool {
        self.members.contains_key(&self.of[member])
    }

    /// The members that are one work with `member`, itself included, in order.
    pub(super) fn all(&self, member: Member) -> Vec<Member> {
        let first = self.of[member];
        match self.members.get(&first) {
            Some(members) => members.clone(),
            None => vec![first],
        }
    }

    /// Why `member` is one work with `kept`: the judgement on the two, else on the one that
    /// joined it to the cluster.
    pub(super) fn reason(
        &self,
        pool: &Pool<'_>,
        member: Member,
        kept: Member,
        options: &Options,
    ) -> Judgement {
        let from = self.joined.partition_point(|edge| edge.0 < member);
        let edges = self.joined.iter().skip(from);
        let mut edges = edges.take_while(|edge| edge.0 == member).peekable();
        let first = edges.peek().copied();
        if let Some((_, _, why)) = edges.find(|(_, other, _)| *other == kept) {
            return why.judgement(pool, member, kept, options);
        }
        let direct = Why::Judged.judgement(pool, member, kept, options);
        match first {
            Some((_, other, why)) if !direct.folds() => {
                why.judgement(pool, member, *other, options)
            }
            _ => direct,
        }
    }
}

/// Puts the members of `pool` that stand for themselves into clusters.
pub(super) fn cluster(pool: &Pool<'_>, aligned: &Aligned, options: &Options) -> Clusters {
    let own = Own::read(pool, aligned);
    let pairs = proposed(pool, &own);
    let mut edges: Vec<Edge> = pairs
        .into_par_iter()
        .filter_map(|(a, b)| Edge::between(pool, &own, a, b, options))
        .collect();
    edges.par_sort_by_cached_key(|edge| edge.rank(pool));
    let decided = Decided::read(pool, options);
    let mut joining = Joining::new(pool, &own, &decided, options);
    joining.decided();
    let (strong, mut possible): (Vec<Edge>, Vec<Edge>) =
        edges.into_iter().partition(Edge::is_strong);
    for tier in strong.chunk_by(|a, b| a.tier() == b.tier()) {
        joining.tier(tier, &mut possible);
    }
    joining.finish(possible)
}
