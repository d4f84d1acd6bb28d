//! Pairs that may be one work, and what members are compared by besides their keys.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use crate::identity::Verdict;
use crate::merge::Options;
use crate::merge::align::Aligned;
use crate::merge::judge::{Judgement, judge, ruling};
use crate::merge::pool::{Member, Pool};
use crate::merge::style::FROM;

/// A pair that may be one work.
#[derive(Clone)]
pub(super) struct Edge {
    pub(super) a: Member,
    pub(super) b: Member,
    verdict: Verdict,
    /// Whether something speaks against it, though the evidence outweighs that.
    doubted: bool,
    pub(super) why: Why,
    /// How many of a thousand words the titles share.
    likeness: u16,
    /// Whether one of the two is an item and the other none.
    other_form: bool,
}

/// Where the judgement on a pair comes from; its words are made when they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// What is known of the two.
    Judged,
    /// The words are equal and the two stand in the same section; what is known of them decides
    /// nothing.
    Verbatim,
    /// As [`Why::Verbatim`], and what is known of the two says the same.
    JudgedVerbatim,
    /// A person said so.
    Decided,
}

impl Why {
    /// The judgement on two members with its words.
    pub(super) fn judgement(
        self,
        pool: &Pool<'_>,
        a: Member,
        b: Member,
        options: &Options,
    ) -> Judgement {
        match self {
            Why::Verbatim => Judgement::certain("the same words in the same section"),
            Why::Decided => Judgement::certain("the decisions say so"),
            // The words of a judgement depend on the order of the two.
            Why::Judged | Why::JudgedVerbatim => judge(pool, a.min(b), a.max(b), options),
        }
    }
}

impl Edge {
    /// The edge between two members, if they may be one work.
    pub(super) fn between(
        pool: &Pool<'_>,
        own: &Own,
        a: Member,
        b: Member,
        options: &Options,
    ) -> Option<Edge> {
        if apart_by_form(pool, a, b) {
            return None;
        }
        let judged = ruling(pool, a, b, options);
        let why = match (own.verbatim(pool, a, b), judged.folds()) {
            (true, false) => Why::Verbatim,
            (true, true) => Why::JudgedVerbatim,
            (false, _) => Why::Judged,
        };
        let verbatim = why == Why::Verbatim;
        let verdict = match verbatim {
            true => Verdict::Certain,
            false => judged.verdict,
        };
        (verdict > Verdict::Different).then(|| Edge {
            a,
            b,
            verdict,
            doubted: judged.doubted && !verbatim,
            why,
            likeness: likeness(pool.keys[a].words(), pool.keys[b].words()),
            other_form: pool.is_item(a) != pool.is_item(b),
        })
    }

    /// The edge between two members of which a person said that they are one work.
    pub(super) fn decided(a: Member, b: Member) -> Edge {
        Edge {
            a,
            b,
            verdict: Verdict::Certain,
            doubted: false,
            why: Why::Decided,
            likeness: 0,
            other_form: false,
        }
    }

    /// Whether it joins, unless something inside the cluster speaks against it.
    pub(super) fn is_strong(&self) -> bool {
        self.verdict.folds()
    }

    /// How strong it is, the strongest first. Edges between equal titles join before the others,
    /// because either title then stands for both; so do those between entries of one form, because
    /// a list that shows a work in two forms keeps both.
    pub(super) fn tier(&self) -> (u8, bool) {
        let tier = match (self.why, self.verdict, self.likeness) {
            (Why::Verbatim | Why::JudgedVerbatim | Why::Decided, ..) => 0,
            _ if self.doubted => 3,
            (_, Verdict::Certain, 1000) => 1,
            (_, _, 1000) => 2,
            _ => 3,
        };
        (tier, self.other_form)
    }

    /// Strong edges first; those of one strength in an order that does not depend on the order of
    /// the lists.
    pub(super) fn rank<'l>(&self, pool: &Pool<'l>) -> impl Ord + Send + use<'l> {
        let texts = [self.a, self.b].map(|member| pool.slice(member, pool.entry(member).content));
        let [low, high] = if texts[0] <= texts[1] {
            texts
        } else {
            [texts[1], texts[0]]
        };
        (
            self.tier(),
            std::cmp::Reverse((self.verdict, self.likeness)),
            low != high,
            low,
            high,
            self.a,
            self.b,
        )
    }
}

/// Whether two entries of one list show a work in two forms, as an item and in a table or text,
/// which the list's maintainer meant.
pub(super) fn apart_by_form(pool: &Pool<'_>, a: Member, b: Member) -> bool {
    pool.is_item(a) != pool.is_item(b) && pool.list_of(a) == pool.list_of(b)
}

/// How many of a thousand words two titles share.
fn likeness(a: &str, b: &str) -> u16 {
    if a == b {
        return 1000;
    }
    let [a, b] = [a, b].map(|words| words.split(' ').collect::<BTreeSet<_>>());
    let shared = a.intersection(&b).count();
    u16::try_from(shared * 1000 / (a.len() + b.len() - shared).max(1)).unwrap_or(1000)
}

/// What members are compared by besides their keys, one of each kind for each member.
pub(in crate::merge) struct Own {
    /// A number for the words of an entry as [`bare`] has them: equal for equal words.
    pub(in crate::merge) text: Vec<u64>,
    /// The section of the merged list that the entry's section goes to.
    pub(in crate::merge) node: Vec<u32>,
    /// A number for all that a judgement looks at: equal for members that are judged alike.
    pub(in crate::merge) known: Vec<u64>,
}

impl Own {
    pub(super) fn read(pool: &Pool<'_>, aligned: &Aligned) -> Self {
        let members = 0..pool.len();
        let numbers: Vec<(u64, u64)> = members
            .clone()
            .into_par_iter()
            .map(|member| {
                let text = bare(pool.slice(member, pool.entry(member).content));
                (number(&text), known(pool, member))
            })
            .collect();
        let (text, known) = numbers.into_iter().unzip();
        let node = members.map(|member| {
            let section = pool.entry(member).section;
            aligned.node_of[pool.list_of(member)][section.index()].0 as u32
        });
        Own {
            text,
            known,
            node: node.collect(),
        }
    }

    /// Whether the words of two members are equal and the two stand in the same section.
    pub(super) fn verbatim(&self, pool: &Pool<'_>, a: Member, b: Member) -> bool {
        let text = |member| bare(pool.slice(member, pool.entry(member).content));
        self.node[a] == self.node[b] && self.text[a] == self.text[b] && text(a) == text(b)
    }
}

/// A number for all that a judgement on a member looks at, besides the list that it stands in.
fn known(pool: &Pool<'_>, member: Member) -> u64 {
    let identity = &pool.keys[member].identity;
    let mut hasher = DefaultHasher::new();
    for link in identity.links() {
        link.written().hash(&mut hasher);
    }
    (identity.link.is_some(), identity.shared).hash(&mut hasher);
    let title = pool.entry(member).title.as_ref();
    title.map(|title| &title.text).hash(&mut hasher);
    for author in &identity.authors {
        (&author.name, author.person).hash(&mut hasher);
    }
    (identity.year, identity.kind, &identity.language).hash(&mut hasher);
    pool.keys[member].aliases().hash(&mut hasher);
    hasher.finish()
}

fn number(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// `text` without white space, the signs that divide title and description, and the period at the
/// end, all of which merging may write otherwise; and without comments on where it came from.
fn bare(text: &str) -> Cow<'_, str> {
    let text = text.split(FROM).next().unwrap_or_default().trim_end();
    let text = text.strip_suffix('.').unwrap_or(text);
    let signs = |char: char| char.is_whitespace() || matches!(char, '-' | '–' | '—' | ':');
    match text.contains(signs) {
        false => text.into(),
        true => text.split(signs).collect::<String>().into(),
    }
}
