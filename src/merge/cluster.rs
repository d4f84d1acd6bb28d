//! Entries of all lists that are one work: pairs proposed by keys, joined over strong edges where
//! nothing inside a would-be cluster speaks against it.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::align::Aligned;
use super::judge::{Judgement, judge};
use super::pool::{Member, Pool};
use super::propose::{CROWD, proposed};
use super::{Options, Pair};
use crate::identity::Verdict;

/// The entries in clusters of one work each.
pub(super) struct Clusters {
    /// The cluster of each member, named by its first member.
    of: Vec<Member>,
    /// The members of each cluster of more than one, by its first member, in order.
    members: FxHashMap<Member, Vec<Member>>,
    /// The edge that joined a member to another of its cluster.
    edges: FxHashMap<Member, Vec<(Member, Judgement)>>,
    pub(super) possible: Vec<Pair>,
}

impl Clusters {
    /// The first member of the cluster of `member`.
    pub(super) fn first(&self, member: Member) -> Member {
        self.of[member]
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
        let edges = self
            .edges
            .get(&member)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if let Some((_, direct)) = edges.iter().find(|(other, _)| *other == kept) {
            return direct.clone();
        }
        let direct = judge(pool, member, kept, options);
        match edges.first() {
            Some((_, edge)) if !direct.folds() => edge.clone(),
            _ => direct,
        }
    }
}

/// A pair that may be one work.
struct Edge {
    a: Member,
    b: Member,
    judgement: Judgement,
    /// Whether the words are equal and the two stand in the same section.
    verbatim: bool,
    /// How many of a thousand words the titles share.
    likeness: usize,
}

/// Puts the members of `pool` that stand for themselves into clusters.
pub(super) fn cluster(pool: &Pool<'_>, aligned: &Aligned, options: &Options) -> Clusters {
    let own = Own::read(pool, aligned);
    let pairs = proposed(pool, &own.text);
    let mut edges: Vec<Edge> = pairs
        .into_iter()
        .filter_map(|(a, b)| edge(pool, &own, a, b, options))
        .collect();
    let decided = Decided::read(pool, options);
    edges.sort_by_cached_key(|edge| rank(pool, edge));
    let mut joining = Joining::new(pool, &own, &decided, options);
    joining.decided();
    let (strong, mut possible): (Vec<Edge>, Vec<Edge>) =
        edges.into_iter().partition(|edge| edge.judgement.folds());
    let mut strong = strong.into_iter().peekable();
    while let Some(tier) = strong.peek().map(Edge::tier) {
        let mut edges: Vec<Edge> = Vec::new();
        while let Some(edge) = strong.next_if(|edge| edge.tier() == tier) {
            edges.push(edge);
        }
        joining.tier(edges, &mut possible);
    }
    joining.finish(possible)
}

impl Edge {
    /// How strong it is, the strongest first. Edges between equal titles join before the others,
    /// because either title then stands for both.
    fn tier(&self) -> u8 {
        match (self.verbatim, self.judgement.verdict, self.likeness) {
            (true, ..) => 0,
            _ if self.judgement.doubted => 3,
            (false, Verdict::Certain, 1000) => 1,
            (false, _, 1000) => 2,
            _ => 3,
        }
    }
}

/// Strong edges first; those of one strength in an order that does not depend on the order of the
/// lists.
fn rank<'l>(pool: &Pool<'l>, edge: &Edge) -> impl Ord + use<'l> {
    let texts = [edge.a, edge.b].map(|member| pool.slice(member, pool.entry(member).content));
    let [low, high] = if texts[0] <= texts[1] {
        texts
    } else {
        [texts[1], texts[0]]
    };
    (
        edge.tier(),
        std::cmp::Reverse((edge.judgement.verdict, edge.likeness)),
        low != high,
        low,
        high,
        edge.a,
        edge.b,
    )
}

/// What members are compared by besides their keys.
struct Own<'l> {
    /// The words of an entry as [`bare`] has them.
    text: Vec<Cow<'l, str>>,
    /// The section of the merged list that the entry's section goes to.
    node: Vec<usize>,
}

impl<'l> Own<'l> {
    fn read(pool: &Pool<'l>, aligned: &Aligned) -> Self {
        let mut own = Own {
            text: Vec::with_capacity(pool.len()),
            node: Vec::with_capacity(pool.len()),
        };
        for (at, list) in pool.lists.iter().enumerate() {
            for entry in &list.entries {
                own.text.push(bare(list.slice(entry.content)));
                own.node.push(aligned.node_of[at][entry.section.index()].0);
            }
        }
        own
    }

    fn verbatim(&self, a: Member, b: Member) -> bool {
        self.node[a] == self.node[b] && self.text[a] == self.text[b]
    }
}

/// `text` without white space and the signs that divide title and description, which merging may
/// write otherwise.
fn bare(text: &str) -> Cow<'_, str> {
    let signs = |char: char| char.is_whitespace() || matches!(char, '-' | '–' | '—' | ':');
    match text.contains(signs) {
        false => text.into(),
        true => text.split(signs).collect::<String>().into(),
    }
}

/// `text` with runs of white space made single spaces.
pub(super) fn even(text: &str) -> Cow<'_, str> {
    let uneven = text.contains(['\n', '\r', '\t', '\u{a0}']) || text.contains("  ");
    match uneven || text.trim().len() != text.len() {
        false => text.into(),
        true => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
    }
}

fn edge(pool: &Pool<'_>, own: &Own<'_>, a: Member, b: Member, options: &Options) -> Option<Edge> {
    if apart_by_form(pool, a, b) {
        return None;
    }
    let verbatim = own.verbatim(a, b);
    let mut judgement = judge(pool, a, b, options);
    if verbatim && !judgement.folds() {
        judgement = Judgement::certain("the same words in the same section");
    }
    (judgement.verdict > Verdict::Different).then(|| Edge {
        a,
        b,
        judgement,
        verbatim,
        likeness: likeness(pool.keys[a].words(), pool.keys[b].words()),
    })
}

/// Whether two entries of one list show a work in two forms, as an item and in a table or text,
/// which the list's maintainer meant.
fn apart_by_form(pool: &Pool<'_>, a: Member, b: Member) -> bool {
    pool.is_item(a) != pool.is_item(b) && pool.list_of(a) == pool.list_of(b)
}

/// How many of a thousand words two titles share.
fn likeness(a: &str, b: &str) -> usize {
    let [a, b] = [a, b].map(|words| words.split(' ').collect::<std::collections::BTreeSet<_>>());
    let shared = a.intersection(&b).count();
    shared * 1000 / (a.len() + b.len() - shared).max(1)
}

/// What a person decided about members.
struct Decided {
    same: Vec<Vec<Member>>,
    /// For each member the groups in which no two are one work.
    different: FxHashMap<Member, Vec<usize>>,
}

impl Decided {
    fn read(pool: &Pool<'_>, options: &Options) -> Self {
        let decisions = &options.decisions;
        let mut decided = Decided {
            same: Vec::new(),
            different: FxHashMap::default(),
        };
        if decisions.same.is_empty() && decisions.different.is_empty() {
            return decided;
        }
        let named = super::judge::Names::read(pool);
        for group in &decisions.same {
            let members = group.iter().flat_map(|name| named.members(name, options));
            decided.same.push(members.collect());
        }
        for (at, group) in decisions.different.iter().enumerate() {
            for member in group.iter().flat_map(|name| named.members(name, options)) {
                decided.different.entry(member).or_default().push(at);
            }
        }
        decided
    }

    fn forbids(&self, pool: &Pool<'_>, a: Member, b: Member) -> bool {
        let (Some(of_a), Some(of_b)) = (self.different.get(&a), self.different.get(&b)) else {
            return false;
        };
        let (key_a, key_b) = (&pool.keys[a], &pool.keys[b]);
        let other_key = key_a.link() != key_b.link() || key_a.words() != key_b.words();
        other_key && of_a.iter().any(|group| of_b.contains(group))
    }
}

/// Clusters while they grow.
struct Joining<'p, 'l> {
    pool: &'p Pool<'l>,
    own: &'p Own<'l>,
    decided: &'p Decided,
    options: &'p Options,
    parent: Vec<Member>,
    /// The members of each cluster of more than one, by its root.
    members: FxHashMap<Member, Vec<Member>>,
    edges: FxHashMap<Member, Vec<(Member, Judgement)>>,
}

impl<'p, 'l> Joining<'p, 'l> {
    fn new(
        pool: &'p Pool<'l>,
        own: &'p Own<'l>,
        decided: &'p Decided,
        options: &'p Options,
    ) -> Self {
        Joining {
            pool,
            own,
            decided,
            options,
            parent: (0..pool.len()).collect(),
            members: FxHashMap::default(),
            edges: FxHashMap::default(),
        }
    }

    fn root(&mut self, member: Member) -> Member {
        let mut at = member;
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins what a person said is one work.
    fn decided(&mut self) {
        let decided = self.decided;
        for group in &decided.same {
            for pair in group.windows(2) {
                if self.root(pair[0]) != self.root(pair[1]) {
                    let edge = Edge {
                        a: pair[0],
                        b: pair[1],
                        judgement: Judgement::certain("the decisions say so"),
                        verbatim: true,
                        likeness: 0,
                    };
                    self.unite(&edge);
                }
            }
        }
    }

    /// Joins over edges of one strength. A cluster that could as well join one as another, where
    /// these two are no work in common, joins neither: which one is meant, nobody can tell.
    fn tier(&mut self, edges: Vec<Edge>, possible: &mut Vec<Edge>) {
        let mut neighbours: FxHashMap<Member, Vec<Member>> = FxHashMap::default();
        let roots: Vec<(Member, Member)> = edges
            .iter()
            .map(|edge| (self.root(edge.a), self.root(edge.b)))
            .collect();
        for &(a, b) in roots.iter().filter(|(a, b)| a != b) {
            neighbours.entry(a).or_default().push(b);
            neighbours.entry(b).or_default().push(a);
        }
        let mut unclear = rustc_hash::FxHashSet::default();
        for (&root, others) in &mut neighbours {
            others.sort_unstable();
            others.dedup();
            let clash = others.iter().enumerate().any(|(at, &a)| {
                others[at + 1..]
                    .iter()
                    .take(CROWD)
                    .any(|&b| self.clash(a, b))
            });
            if clash {
                unclear.insert(root);
            }
        }
        for (edge, (a, b)) in edges.into_iter().zip(roots) {
            if self.root(edge.a) == self.root(edge.b) {
                self.remember(&edge);
            } else if unclear.contains(&a) || unclear.contains(&b) || !self.join(&edge) {
                possible.push(edge);
            }
        }
    }

    /// Joins the clusters of an edge, unless a pair between them is contradicted.
    fn join(&mut self, edge: &Edge) -> bool {
        let (a, b) = (self.root(edge.a), self.root(edge.b));
        if self.clash(a, b) {
            return false;
        }
        self.unite(edge);
        true
    }

    /// Whether a pair between two clusters, named by their roots, is contradicted.
    fn clash(&self, a: Member, b: Member) -> bool {
        let of = |root: Member| match self.members.get(&root) {
            Some(members) => self.distinct(members),
            None => vec![root],
        };
        let (of_a, of_b) = (of(a), of(b));
        of_a.iter()
            .any(|&a| of_b.iter().any(|&b| self.contradicted(a, b)))
    }

    /// Members of which no two have the same words and stand in the same list and section.
    fn distinct(&self, members: &[Member]) -> Vec<Member> {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut distinct = members.to_vec();
        distinct.retain(|&member| {
            let list = self.pool.list_of(member);
            seen.insert((list, self.own.node[member], &self.own.text[member]))
        });
        distinct
    }

    /// Whether two entries cannot be one work, or are of one list and not surely one there.
    fn contradicted(&self, a: Member, b: Member) -> bool {
        if self.decided.forbids(self.pool, a, b) || apart_by_form(self.pool, a, b) {
            return true;
        }
        if self.own.verbatim(a, b) {
            return false;
        }
        let judgement = judge(self.pool, a, b, self.options);
        let one_list = self.pool.list_of(a) == self.pool.list_of(b);
        judgement.contradicted || (one_list && !judgement.folds())
    }

    fn unite(&mut self, edge: &Edge) {
        let (a, b) = (self.root(edge.a), self.root(edge.b));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        let more = self.members.remove(&high).unwrap_or_else(|| vec![high]);
        self.members
            .entry(low)
            .or_insert_with(|| vec![low])
            .extend(more);
        self.remember(edge);
    }

    fn remember(&mut self, edge: &Edge) {
        for (from, to) in [(edge.a, edge.b), (edge.b, edge.a)] {
            let edges = self.edges.entry(from).or_default();
            if edges.len() < CROWD {
                edges.push((to, edge.judgement.clone()));
            }
        }
    }

    fn finish(mut self, possible: Vec<Edge>) -> Clusters {
        let of: Vec<Member> = (0..self.pool.len())
            .map(|member| self.root(member))
            .collect();
        for members in self.members.values_mut() {
            members.sort_unstable();
        }
        let mut pairs: Vec<&Edge> = possible
            .iter()
            .filter(|edge| of[edge.a] != of[edge.b])
            .collect();
        pairs.sort_by_key(|edge| (edge.a, edge.b));
        let mut seen = rustc_hash::FxHashSet::default();
        pairs.retain(|edge| seen.insert((of[edge.a].min(of[edge.b]), of[edge.a].max(of[edge.b]))));
        let possible = pairs
            .into_iter()
            .filter(|edge| !self.decided.forbids(self.pool, edge.a, edge.b))
            .map(|edge| Pair {
                a: self.pool.place(edge.a),
                b: self.pool.place(edge.b),
                span_a: self.pool.entry(edge.a).span,
                span_b: self.pool.entry(edge.b).span,
                reason: edge.judgement.reason.clone(),
            })
            .collect();
        Clusters {
            of,
            members: self.members,
            edges: self.edges,
            possible,
        }
    }
}
