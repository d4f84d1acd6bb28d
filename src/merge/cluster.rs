//! Entries of all lists that are one work: pairs proposed by keys, joined over strong edges where
//! nothing inside a would-be cluster speaks against it.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::align::Aligned;
use super::join;
use super::judge::{Judgement, judge};
use super::pool::{Member, Part, Pool};
use super::{Options, Pair};
use crate::identity::Verdict;
use crate::identity::url::Target;

/// How many entries with one key are compared each with each; of more, only those that are
/// neighbours when sorted by title, since a key that so many share says little.
const CROWD: usize = 24;
/// How many entries on each side are neighbours in a crowd.
const NEIGHBOURS: usize = 3;

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
    let pairs = proposed(pool, &own);
    let mut edges: Vec<Edge> = pairs
        .into_iter()
        .filter_map(|(a, b)| edge(pool, &own, a, b, options))
        .collect();
    let decided = Decided::read(pool, options);
    edges.sort_by_cached_key(|edge| rank(pool, edge));
    let mut joining = Joining::new(pool, &own, &decided, options);
    joining.decided();
    let mut possible = Vec::new();
    for edge in edges {
        if joining.root(edge.a) == joining.root(edge.b) {
            joining.remember(&edge);
        } else if !(edge.verbatim || edge.judgement.folds()) || !joining.join(&edge) {
            possible.push(edge);
        }
    }
    joining.finish(possible)
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
    let strength = (edge.verbatim, edge.judgement.verdict, edge.likeness);
    (
        std::cmp::Reverse(strength),
        low != high,
        low,
        high,
        edge.a,
        edge.b,
    )
}

/// What members are compared by besides their keys.
struct Own<'l> {
    /// The words of an entry, white space made even.
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
                own.text.push(even(list.slice(entry.content)));
                own.node.push(aligned.node_of[at][entry.section.index()].0);
            }
        }
        own
    }

    fn verbatim(&self, a: Member, b: Member) -> bool {
        self.node[a] == self.node[b] && self.text[a] == self.text[b]
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

/// How many of a thousand words two titles share.
fn likeness(a: &str, b: &str) -> usize {
    let [a, b] = [a, b].map(|words| words.split(' ').collect::<std::collections::BTreeSet<_>>());
    let shared = a.intersection(&b).count();
    shared * 1000 / (a.len() + b.len() - shared).max(1)
}

/// Pairs of members, the smaller first, that share a link, a title or most words of it.
fn proposed(pool: &Pool<'_>, own: &Own<'_>) -> Vec<(Member, Member)> {
    let free: Vec<Member> = (0..pool.len())
        .filter(|&member| pool.parts[member] == Part::Free)
        .collect();
    let mut keys = Proposals::default();
    for &member in &free {
        let identity = &pool.keys[member].identity;
        for link in identity
            .links()
            .filter(|link| link.target() != Target::Empty)
        {
            keys.add(("link", link.certain().into()), member);
        }
        if let Some(link) = &identity.link {
            keys.add(("likely", link.likely().into()), member);
            if let Some(domain) = link.domain().filter(|_| link.path().len() > 1) {
                keys.add(("path", format!("{domain} {}", link.path()).into()), member);
            }
        } else {
            keys.add(("text", own.text[member].clone()), member);
        }
        for title in identity.titles().filter(|title| !title.words().is_empty()) {
            keys.add(("title", title.joined().into()), member);
            keys.add(("title", title.main().into()), member);
            let mut words: Vec<String> = title.loose().split(' ').map(str::to_owned).collect();
            words.sort_unstable();
            keys.add(("words", words.join(" ").into()), member);
        }
    }
    let mut pairs = Vec::new();
    for (at, &member) in free.iter().enumerate() {
        debug_assert!(at < free.len());
        below(pool, &keys, member, &mut pairs);
    }
    for members in keys.members.into_values() {
        within(pool, members, &mut pairs);
    }
    let titles = free.iter().map(|&member| pool.keys[member].words());
    let similar = join::similar(&join::numbered(titles));
    pairs.extend(similar.into_iter().map(|(a, b)| (free[a], free[b])));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Members by what they share.
#[derive(Default)]
struct Proposals<'p> {
    members: FxHashMap<(&'static str, Cow<'p, str>), Vec<Member>>,
}

impl<'p> Proposals<'p> {
    fn add(&mut self, key: (&'static str, Cow<'p, str>), member: Member) {
        let members = self.members.entry(key).or_default();
        if members.last() != Some(&member) {
            members.push(member);
        }
    }
}

/// How many segments of a path are taken off to look for a page above.
const ABOVE: usize = 4;

/// The pairs of a member and those that link to a page above its own.
fn below(pool: &Pool<'_>, keys: &Proposals<'_>, member: Member, pairs: &mut Vec<(Member, Member)>) {
    let Some(mut address) = pool.keys[member].link() else {
        return;
    };
    for _ in 0..ABOVE {
        let Some((above, _)) = address
            .rsplit_once('/')
            .filter(|(above, _)| above.contains('/'))
        else {
            return;
        };
        address = above;
        let holders = keys.members.get(&("link", Cow::Borrowed(above)));
        let holders = holders.filter(|holders| holders.len() <= CROWD);
        let holders = holders
            .into_iter()
            .flatten()
            .filter(|&&other| other != member);
        pairs.extend(holders.map(|&other| (member.min(other), member.max(other))));
    }
}

/// The pairs among members that share a key.
fn within(pool: &Pool<'_>, mut members: Vec<Member>, pairs: &mut Vec<(Member, Member)>) {
    let mut reach = members.len();
    if members.len() > CROWD {
        members.sort_by(|&a, &b| (pool.keys[a].words(), a).cmp(&(pool.keys[b].words(), b)));
        reach = NEIGHBOURS;
    }
    for (at, &a) in members.iter().enumerate() {
        let next = members[at + 1..].iter().take(reach);
        pairs.extend(next.map(|&b| (a.min(b), a.max(b))));
    }
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

    /// Joins the clusters of an edge, unless a pair between them is contradicted.
    fn join(&mut self, edge: &Edge) -> bool {
        let (a, b) = (self.root(edge.a), self.root(edge.b));
        let of = |root: Member| match self.members.get(&root) {
            Some(members) => self.distinct(members),
            None => vec![root],
        };
        let (of_a, of_b) = (of(a), of(b));
        let clash = of_a
            .iter()
            .any(|&a| of_b.iter().any(|&b| self.contradicted(a, b)));
        if clash {
            return false;
        }
        self.unite(edge);
        true
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
        if self.decided.forbids(self.pool, a, b) {
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
