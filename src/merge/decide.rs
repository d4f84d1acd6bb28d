//! What is told of a merge: every entry's outcome with its reason, and the figures.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::align::Aligned;
use super::cluster::Clusters;
use super::outline::{NodeId, Outline, Piece};
use super::place::Placed;
use super::pool::{Member, Part, Pool};
use super::words::Plans;
use super::{Alignment, Decision, Licence, Merge, Options, Outcome, SectionPair, Summary};
use crate::identity::Verdict;
use crate::list::SectionKind;
use crate::spaces::single;

/// Puts the result together.
pub(super) fn decide(
    pool: &Pool<'_>,
    aligned: Aligned,
    clusters: Clusters,
    options: &Options,
    mut placed: Placed,
    mut plans: Plans,
    text: String,
) -> Merge {
    let deciding = Deciding {
        paths: paths(pool, &placed.outline),
        nodes: nodes_of(pool, &placed),
        pool,
        aligned: &aligned,
        clusters: &clusters,
        options,
        placed: &placed,
    };
    let members = (0..pool.len()).into_par_iter();
    let mut decisions: Vec<Decision> = members.map(|member| deciding.decision(member)).collect();
    let mut summary = Summary::default();
    for (member, decision) in decisions.iter_mut().enumerate() {
        decision.dropped = plans.dropped.remove(&member).unwrap_or_default();
        count(&mut summary, pool.parts[member], decision);
    }
    let mut left_out = std::mem::take(&mut placed.left_out);
    super::lost::tell(pool.lists, &text, &mut decisions, &mut left_out);
    let sections = sections(aligned, &placed.outline);
    summary.possible = clusters.possible.len();
    summary.sections_added = sections
        .iter()
        .filter(|section| section.how == Alignment::Added)
        .count();
    Merge {
        suggestions: suggestions(pool, &clusters, &sections, &placed),
        outline: placed.outline,
        decisions,
        possible: clusters.possible,
        sections,
        left_out,
        licences: licences(pool),
        summary,
        text,
    }
}

fn count(summary: &mut Summary, part: Part, decision: &Decision) {
    match (part, &decision.outcome) {
        (Part::Attached, _) => summary.nested += 1,
        (Part::Group, _) => {}
        (_, Outcome::Folded { .. }) => {
            summary.entries_in += 1;
            summary.folded += 1;
        }
        (_, Outcome::Kept | Outcome::KeptNested) => {
            summary.entries_in += 1;
            summary.entries_out += 1;
            summary.moved += usize::from(decision.moved_from.is_some());
        }
    }
}

/// The headings from the top down to each section of the merged list.
fn paths(pool: &Pool<'_>, outline: &Outline) -> Vec<Arc<[String]>> {
    let mut paths: Vec<Arc<[String]>> = vec![Arc::default(); outline.nodes.len()];
    for id in outline.in_order() {
        let node = outline.node(id);
        let mut path = node
            .parent
            .map(|parent| paths[parent.0].to_vec())
            .unwrap_or_default();
        let words = super::align::words_of(pool.lists, &node.headline);
        if !words.is_empty() {
            path.push(words);
        }
        paths[id.0] = path.into();
    }
    paths
}

/// The section of the merged list in which each entry stands that a list there holds.
fn nodes_of(pool: &Pool<'_>, placed: &Placed) -> Vec<Option<NodeId>> {
    let outline = &placed.outline;
    let mut nodes = vec![None; pool.len()];
    for container in &outline.containers {
        for slot in &container.slots {
            let place = slot.place();
            nodes[pool.member(place.list, place.entry)] = Some(container.node);
        }
    }
    for (at, node) in outline.nodes.iter().enumerate() {
        for piece in &node.pieces {
            if let Piece::Block { list, block } = *piece
                && let Some(rows) = placed.rows.get(&(list, block))
            {
                for &row in rows {
                    nodes[row] = Some(NodeId(at));
                }
            }
        }
    }
    nodes
}

/// What decisions are read from.
struct Deciding<'p, 'l> {
    pool: &'p Pool<'l>,
    aligned: &'p Aligned,
    clusters: &'p Clusters,
    options: &'p Options,
    placed: &'p Placed,
    /// The headings from the top down to each section of the merged list.
    paths: Vec<Arc<[String]>>,
    /// The section of the merged list that each member stands in, if a list there holds it.
    nodes: Vec<Option<NodeId>>,
}

impl Deciding<'_, '_> {
    /// The entry that stands for a member.
    fn home(&self, member: Member) -> Member {
        let home = self.placed.home.get(self.clusters.first(member));
        home.unwrap_or(member)
    }

    fn outcome(&self, member: Member, home: Member, stays: bool) -> Outcome {
        let pool = self.pool;
        match pool.parts[member] {
            Part::Attached => Outcome::KeptNested,
            Part::Free if home != member && !stays => {
                let reason = self.clusters.reason(pool, member, home, self.options);
                Outcome::Folded {
                    into: pool.place(home),
                    span: pool.entry(home).span,
                    certain: reason.verdict == Verdict::Certain,
                    reason: reason.reason,
                }
            }
            _ => Outcome::Kept,
        }
    }

    fn decision(&self, member: Member) -> Decision {
        let (pool, node_of) = (self.pool, &self.aligned.node_of);
        let place = pool.place(member);
        let entry = pool.entry(member);
        let list = &pool.lists[place.list];
        let home = self.home(member);
        let stays = self.placed.stays_in_text(pool, member);
        let outcome = self.outcome(member, home, stays);
        let top = std::iter::successors(Some(place.entry), |&id| list.entry(id).parent).last();
        let top = top.map_or(member, |top| pool.member(place.list, top));
        let stands = match outcome {
            Outcome::Folded { .. } => home,
            _ if stays || self.nodes[member].is_some() => member,
            _ => self.home(top),
        };
        let stands_at = pool.place(stands);
        let section = pool.lists[stands_at.list].entry(stands_at.entry).section;
        let node = self.nodes[stands].unwrap_or(node_of[stands_at.list][section.index()]);
        let path = &self.paths[node.0];
        let own = list.path(entry.section);
        let own_node = node_of[place.list][entry.section.index()];
        let moved = node != own_node || own.last().copied() != path.last().map(String::as_str);
        Decision {
            place,
            span: entry.span,
            title: title(pool, member),
            section: Arc::clone(path),
            moved_from: moved.then(|| own.into_iter().map(str::to_owned).collect()),
            outcome,
            dropped: Vec::new(),
        }
    }
}

/// The title of an entry, or its first words.
fn title(pool: &Pool<'_>, member: Member) -> String {
    let entry = pool.entry(member);
    match &entry.title {
        Some(title) => title.text.clone(),
        None => single(pool.slice(member, entry.content))
            .chars()
            .take(80)
            .collect(),
    }
}

fn sections(aligned: Aligned, outline: &Outline) -> Vec<super::SectionDecision> {
    let mut standing = vec![false; outline.nodes.len()];
    for id in outline.in_order() {
        standing[id.0] = true;
    }
    let mut sections = aligned.decisions;
    for decision in &mut sections {
        let node = aligned.node_of[decision.list][decision.section.index()];
        if decision.how == Alignment::Added && !standing[node.0] {
            decision.how = Alignment::Emptied;
        }
    }
    sections
}

/// The fewest works that two sections share to be proposed as one.
const SHARED: usize = 3;
/// The least share of the smaller section's works, as one part in so many.
const SHARE: usize = 5;

/// Sections of later lists that share works with another section of the merged list.
fn suggestions(
    pool: &Pool<'_>,
    clusters: &Clusters,
    sections: &[super::SectionDecision],
    placed: &Placed,
) -> Vec<SectionPair> {
    /// A section of one of the lists: the list's position and the section's number.
    type At = (usize, u32);
    let mut counts: FxHashMap<At, usize> = FxHashMap::default();
    let mut shared: FxHashMap<(At, At), usize> = FxHashMap::default();
    for member in 0..pool.len() {
        if pool.parts[member] != Part::Free {
            continue;
        }
        let section = (pool.list_of(member), pool.entry(member).section.0);
        *counts.entry(section).or_insert(0) += 1;
        let home = placed.home.get(clusters.first(member)).unwrap_or(member);
        let other = (pool.list_of(home), pool.entry(home).section.0);
        if other.0 != section.0 {
            *shared.entry((other, section)).or_insert(0) += 1;
        }
    }
    let mut by_section: FxHashMap<At, Vec<(At, usize)>> = FxHashMap::default();
    for ((other, section), count) in shared {
        by_section.entry(section).or_default().push((other, count));
    }
    let mut pairs = Vec::new();
    for decision in sections {
        if !matches!(decision.how, Alignment::Added | Alignment::Emptied) {
            continue;
        }
        let own = (decision.list, decision.section.0);
        let mut found = by_section.remove(&own).unwrap_or_default();
        found.sort_unstable_by_key(|&(other, count)| (std::cmp::Reverse(count), other));
        for (other, count) in found {
            let size = |section| counts.get(section).copied().unwrap_or(0);
            let smaller = size(&own).min(size(&other));
            if count >= SHARED && count * SHARE >= smaller {
                let path = pool.lists[other.0].path(crate::list::SectionId(other.1));
                pairs.push(SectionPair {
                    a: path.into_iter().map(str::to_owned).collect(),
                    b: decision.from.clone(),
                    shared: count,
                    smaller,
                });
            }
        }
    }
    pairs
}

/// Short names of licences, with what a text says that is under them, in lower case.
const LICENCES: &[(&str, &str)] = &[
    ("CC0-1.0", "cc0"),
    ("CC0-1.0", "publicdomain/zero"),
    ("CC-BY-NC-SA-4.0", "by-nc-sa"),
    ("CC-BY-NC-4.0", "by-nc/"),
    ("CC-BY-SA-4.0", "by-sa"),
    ("CC-BY-ND-4.0", "by-nd"),
    ("CC-BY-4.0", "licenses/by/"),
    ("MIT", "mit license"),
    ("MIT", "opensource.org/licenses/mit"),
    ("Apache-2.0", "apache license"),
    ("GPL-3.0", "gpl-3.0"),
    ("Unlicense", "unlicense"),
];

/// The licence that each list names in a section about its licence.
fn licences(pool: &Pool<'_>) -> Vec<Licence> {
    let mut found = Vec::new();
    for (at, list) in pool.lists.iter().enumerate() {
        let about = list.sections.iter().find(|section| {
            let heading = section.heading.as_ref();
            let words = heading
                .map(|heading| heading.text.to_lowercase())
                .unwrap_or_default();
            section.kind == SectionKind::Meta
                && (words.contains("licen") || words.contains("copyright"))
        });
        let Some(section) = about else {
            continue;
        };
        let text = list.slice(section.span).to_lowercase();
        let named = LICENCES.iter().find(|(_, sign)| text.contains(sign));
        if let Some(&(name, _)) = named {
            found.push(Licence {
                list: at,
                name,
                span: section.span,
            });
        }
    }
    found
}
