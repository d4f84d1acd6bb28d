//! Clusters while they grow: over strong edges, the strongest first, where nothing inside speaks
//! against it.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Clusters;
use super::edge::{Edge, Own, Why, apart_by_form};
use crate::merge::judge::{Names, ruling};
use crate::merge::pool::{Member, Pool};
use crate::merge::propose::CROWD;
use crate::merge::{Options, Pair};

/// What a person decided about members.
pub(super) struct Decided {
    same: Vec<Vec<Member>>,
    /// For each member the groups in which no two are one work.
    different: FxHashMap<Member, Vec<usize>>,
}

impl Decided {
    pub(super) fn read(pool: &Pool<'_>, options: &Options) -> Self {
        let decisions = &options.decisions;
        let mut decided = Decided {
            same: Vec::new(),
            different: FxHashMap::default(),
        };
        if decisions.same.is_empty() && decisions.different.is_empty() {
            return decided;
        }
        let named = Names::read(pool);
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
pub(super) struct Joining<'p, 'l> {
    pool: &'p Pool<'l>,
    own: &'p Own,
    decided: &'p Decided,
    options: &'p Options,
    parent: Vec<Member>,
    /// Each cluster of more than one, by its root.
    grown: FxHashMap<Member, Grown>,
    /// What joined two members.
    joined: Vec<(Member, Member, Why)>,
}

/// A cluster of more than one member.
#[derive(Default)]
struct Grown {
    members: Vec<Member>,
    /// Of those that are judged alike the first.
    kinds: Vec<Member>,
    /// The members by their list, once there are many of them.
    by_list: FxHashMap<usize, Vec<Alike>>,
}

/// Members of one list that are judged alike, and that all are items or all are not.
struct Alike {
    first: Member,
    /// One of each wording in each section.
    forms: FxHashMap<(u32, u64), Member>,
}

/// How many members a cluster has before they are kept by list: most have two, and comparing these
/// each with each is cheapest.
const MANY: usize = 16;

impl Grown {
    fn of_one(member: Member) -> Self {
        Grown {
            members: vec![member],
            kinds: vec![member],
            by_list: FxHashMap::default(),
        }
    }

    fn extend(&mut self, pool: &Pool<'_>, own: &Own, more: Grown) {
        let from = match self.by_list.is_empty() {
            true => 0,
            false => self.members.len(),
        };
        self.members.extend(more.members);
        if self.members.len() > MANY {
            for &member in self.members.get(from..).unwrap_or_default() {
                keep_by_list(&mut self.by_list, pool, own, member);
            }
        }
        let known: FxHashSet<u64> = self.kinds.iter().map(|&member| own.known[member]).collect();
        let new = more.kinds.into_iter();
        self.kinds
            .extend(new.filter(|&member| !known.contains(&own.known[member])));
    }
}

/// Puts `member` to those of its list that are judged as it is.
fn keep_by_list(
    by_list: &mut FxHashMap<usize, Vec<Alike>>,
    pool: &Pool<'_>,
    own: &Own,
    member: Member,
) {
    let of_list = by_list.entry(pool.list_of(member)).or_default();
    let known = of_list.iter_mut().find(|alike| {
        own.known[alike.first] == own.known[member]
            && pool.is_item(alike.first) == pool.is_item(member)
    });
    let form = (own.node[member], own.text[member]);
    match known {
        Some(alike) => {
            alike.forms.entry(form).or_insert(member);
        }
        None => of_list.push(Alike {
            first: member,
            forms: FxHashMap::from_iter([(form, member)]),
        }),
    }
}

impl<'p, 'l> Joining<'p, 'l> {
    pub(super) fn new(
        pool: &'p Pool<'l>,
        own: &'p Own,
        decided: &'p Decided,
        options: &'p Options,
    ) -> Self {
        Joining {
            pool,
            own,
            decided,
            options,
            parent: (0..pool.len()).collect(),
            grown: FxHashMap::default(),
            joined: Vec::new(),
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
    pub(super) fn decided(&mut self) {
        let decided = self.decided;
        for group in &decided.same {
            for pair in group.windows(2) {
                if self.root(pair[0]) != self.root(pair[1]) {
                    self.unite(&Edge::decided(pair[0], pair[1]));
                }
            }
        }
    }

    /// Joins over edges of one strength. A cluster that could as well join one as another, where
    /// these two are no work in common, joins neither: which one is meant, nobody can tell.
    pub(super) fn tier(&mut self, edges: &[Edge], possible: &mut Vec<Edge>) {
        let roots: Vec<(Member, Member)> = edges
            .iter()
            .map(|edge| (self.root(edge.a), self.root(edge.b)))
            .collect();
        let unclear = self.unclear(&roots);
        for (edge, (a, b)) in edges.iter().zip(roots) {
            if self.root(edge.a) == self.root(edge.b) {
                self.remember(edge);
            } else if unclear.contains(&a) || unclear.contains(&b) || !self.join(edge) {
                possible.push(edge.clone());
            }
        }
    }

    /// The clusters that could as well join one as another where the two clash.
    fn unclear(&self, roots: &[(Member, Member)]) -> FxHashSet<Member> {
        let mut neighbours: Vec<(Member, Member)> = roots
            .iter()
            .filter(|(a, b)| a != b)
            .flat_map(|&(a, b)| [(a, b), (b, a)])
            .collect();
        neighbours.par_sort_unstable();
        neighbours.dedup();
        let of_one: Vec<&[(Member, Member)]> =
            neighbours.chunk_by(|one, next| one.0 == next.0).collect();
        let unclear = of_one.par_iter().filter(|others| {
            others.iter().enumerate().any(|(at, &(_, a))| {
                let next = others[at + 1..].iter().take(CROWD);
                next.into_iter().any(|&(_, b)| self.clash(a, b))
            })
        });
        let unclear: Vec<Member> = unclear.map(|others| others[0].0).collect();
        unclear.into_iter().collect()
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
        let grown = (self.grown.get(&a), self.grown.get(&b));
        if let (None, None) = grown {
            return self.contradicted(a, b) || self.decided.forbids(self.pool, a, b);
        }
        let (one, other);
        let of_a = match grown.0 {
            Some(grown) => grown,
            None => {
                one = Grown::of_one(a);
                &one
            }
        };
        let of_b = match grown.1 {
            Some(grown) => grown,
            None => {
                other = Grown::of_one(b);
                &other
            }
        };
        // Members of two lists that are judged alike are so judged with everything.
        let kinds = |a: &Member| of_b.kinds.iter().any(|&b| self.contradicted(*a, b));
        of_a.kinds.iter().any(kinds)
            || self.clash_in_one_list(of_a, of_b)
            || !self.decided.different.is_empty() && self.forbidden(of_a, of_b)
    }

    /// Whether two members that stand in one list are two works there.
    fn clash_in_one_list(&self, a: &Grown, b: &Grown) -> bool {
        let (few, many) = if a.members.len() < b.members.len() {
            (a, b)
        } else {
            (b, a)
        };
        let list = |member: Member| self.pool.list_of(member);
        if many.by_list.is_empty() {
            return many.members.iter().any(|&m| {
                let near = few.members.iter().filter(|&&f| list(f) == list(m));
                near.into_iter().any(|&f| self.contradicted(m, f))
            });
        }
        few.members.iter().any(|&f| {
            let alike = many.by_list.get(&list(f)).into_iter().flatten();
            alike
                .into_iter()
                .any(|alike| self.contradicts_all(alike, f))
        })
    }

    /// Whether one of `alike` cannot be one work with `member` of their list: if the first is not,
    /// then none is but those that have its very words.
    fn contradicts_all(&self, alike: &Alike, member: Member) -> bool {
        apart_by_form(self.pool, alike.first, member)
            || self.judged_apart(alike.first, member)
                && alike
                    .forms
                    .values()
                    .any(|&form| !self.own.verbatim(self.pool, form, member))
    }

    fn forbidden(&self, a: &Grown, b: &Grown) -> bool {
        let forbids = |a: Member, b: Member| self.decided.forbids(self.pool, a, b);
        a.members
            .iter()
            .any(|&a| b.members.iter().any(|&b| forbids(a, b)))
    }

    /// Whether two entries cannot be one work, or are of one list and not surely one there.
    fn contradicted(&self, a: Member, b: Member) -> bool {
        if apart_by_form(self.pool, a, b) {
            return true;
        }
        !self.own.verbatim(self.pool, a, b) && self.judged_apart(a, b)
    }

    /// What [`Joining::contradicted`] comes to where neither the form nor the very words decide.
    fn judged_apart(&self, a: Member, b: Member) -> bool {
        let ruling = ruling(self.pool, a, b, self.options);
        let one_list = self.pool.list_of(a) == self.pool.list_of(b);
        ruling.contradicted || (one_list && !ruling.folds())
    }

    fn unite(&mut self, edge: &Edge) {
        let (a, b) = (self.root(edge.a), self.root(edge.b));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        let of = |grown: Option<Grown>, root| grown.unwrap_or_else(|| Grown::of_one(root));
        let (low_ones, high_ones) = (self.grown.remove(&low), self.grown.remove(&high));
        let (mut grown, mut more) = (of(low_ones, low), of(high_ones, high));
        if grown.members.len() < more.members.len() {
            std::mem::swap(&mut grown, &mut more);
        }
        grown.extend(self.pool, self.own, more);
        self.grown.insert(low, grown);
        self.remember(edge);
    }

    fn remember(&mut self, edge: &Edge) {
        self.joined.push((edge.a, edge.b, edge.why));
        self.joined.push((edge.b, edge.a, edge.why));
    }

    /// The clusters, and the pairs that were left apart.
    pub(super) fn finish(mut self, possible: Vec<Edge>) -> Clusters {
        let of: Vec<Member> = (0..self.pool.len())
            .map(|member| self.root(member))
            .collect();
        let mut pairs: Vec<&Edge> = possible
            .iter()
            .filter(|edge| of[edge.a] != of[edge.b])
            .collect();
        pairs.sort_by_key(|edge| (edge.a, edge.b));
        let mut seen = FxHashSet::default();
        pairs.retain(|edge| seen.insert((of[edge.a].min(of[edge.b]), of[edge.a].max(of[edge.b]))));
        pairs.retain(|edge| !self.decided.forbids(self.pool, edge.a, edge.b));
        let (pool, options) = (self.pool, self.options);
        let possible = pairs.into_par_iter().map(|edge| Pair {
            a: pool.place(edge.a),
            b: pool.place(edge.b),
            span_a: pool.entry(edge.a).span,
            span_b: pool.entry(edge.b).span,
            reason: edge.why.judgement(pool, edge.a, edge.b, options).reason,
        });
        let possible = possible.collect();
        self.joined.par_sort_by_key(|edge| edge.0);
        let members = self.grown.into_iter().map(|(root, mut grown)| {
            grown.members.sort_unstable();
            (root, grown.members)
        });
        Clusters {
            of,
            members: members.collect(),
            joined: self.joined,
            possible,
        }
    }
}
