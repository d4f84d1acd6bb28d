//! Pairs of entries that are worth a judgement: those that share a key, and those whose titles share
//! most words.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::cluster::Own;
use super::join;
use super::pool::{Member, Part, Pool};
use crate::identity::codes;
use crate::identity::url::{LinkKey, Target};

/// How many entries with one key are compared each with each; of more, only those that are
/// neighbours when sorted by title, since a key that so many share says little.
pub(super) const CROWD: usize = 24;
/// How many entries on each side are neighbours in a crowd.
const NEIGHBOURS: usize = 3;

/// A key as a number, and a member that has it. Two keys of one number would propose a pair too many,
/// which the judgement on it sorts out.
type Keyed = (u64, Member);

/// Pairs of members, the smaller first, that share a link, a title or most words of it.
pub(super) fn proposed(pool: &Pool<'_>, own: &Own) -> Vec<(Member, Member)> {
    let free: Vec<Member> = (0..pool.len())
        .filter(|&member| pool.parts[member] == Part::Free)
        .collect();
    let mut pairs = by_keys(pool, own, &free);
    pairs.extend(below(pool, &free));
    let titles: Vec<&str> = free
        .iter()
        .map(|&member| pool.keys[member].words())
        .collect();
    let similar = join::similar(&titles);
    pairs.extend(similar.into_iter().map(|(a, b)| (free[a], free[b])));
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs that share a key.
fn by_keys(pool: &Pool<'_>, own: &Own, free: &[Member]) -> Vec<(Member, Member)> {
    let keyed = free.par_iter().flat_map_iter(|&member| {
        let keys = keys_of(pool, own, member).into_iter();
        keys.map(move |key| (key, member))
    });
    let sharing = grouped(keyed.collect());
    let groups: Vec<&[Keyed]> = sharing.chunk_by(|a, b| a.0 == b.0).collect();
    let pairs = groups
        .par_iter()
        .filter(|group| group.len() > 1)
        .flat_map_iter(|group| within(pool, own, group));
    pairs.collect()
}

fn grouped(mut keyed: Vec<Keyed>) -> Vec<Keyed> {
    keyed.par_sort_unstable();
    keyed.dedup();
    keyed
}

fn key(kind: &str, words: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    (kind, words).hash(&mut hasher);
    hasher.finish()
}

/// What a member may share with one that is the same work.
fn keys_of(pool: &Pool<'_>, own: &Own, member: Member) -> Vec<u64> {
    let identity = &pool.keys[member].identity;
    let links = identity
        .links()
        .filter(|link| link.target() != Target::Empty);
    let mut keys: Vec<u64> = links.map(|link| key("link", link.certain())).collect();
    match &identity.link {
        Some(link) => of_primary(link, &mut keys),
        None => keys.push(key("text", own.text[member])),
    }
    let title = identity.title.as_ref();
    if let Some(title) = title.filter(|title| !title.words().is_empty()) {
        keys.push(key("title", title.joined()));
        if title.main() != title.joined() {
            keys.push(key("title", title.main()));
        }
        let loose = title.loose();
        let mut words: Vec<&str> = loose.split(' ').collect();
        words.sort_unstable();
        keys.push(key("words", words));
    }
    keys
}

fn of_primary(link: &LinkKey, keys: &mut Vec<u64>) {
    keys.push(key("likely", link.likely()));
    let Some(domain) = link.domain() else {
        return;
    };
    if link.path().len() > 1 {
        keys.push(key("path", (domain, link.path())));
    }
    keys.extend(
        codes(link)
            .into_iter()
            .map(|code| key("code", (domain, code))),
    );
}

/// How many segments of a path are taken off to look for a page above.
const ABOVE: usize = 4;

/// The pairs of a member and those that link to a page above its own.
fn below(pool: &Pool<'_>, free: &[Member]) -> Vec<(Member, Member)> {
    let links = |member: Member| {
        let links = pool.keys[member].identity.links();
        links.filter(|link| link.target() != Target::Empty)
    };
    let held = free
        .par_iter()
        .flat_map_iter(|&member| links(member).map(move |link| (key("", link.certain()), member)));
    let held = grouped(held.collect());
    let wanted = free.par_iter().flat_map_iter(|&member| {
        let above = pool.keys[member].link().map(pages_above);
        let above = above.into_iter().flatten();
        above.map(move |page| (key("", page), member))
    });
    let wanted = grouped(wanted.collect());
    let mut holders = held.chunk_by(|a, b| a.0 == b.0).peekable();
    let mut pairs = Vec::new();
    for wanting in wanted.chunk_by(|a, b| a.0 == b.0) {
        let page = wanting[0].0;
        while holders.next_if(|holders| holders[0].0 < page).is_some() {}
        let Some(holders) = holders.peek() else {
            break;
        };
        if holders[0].0 != page || holders.len() > CROWD {
            continue;
        }
        for &(_, below) in wanting {
            let others = holders.iter().map(|&(_, above)| above);
            let others = others.filter(|&above| above != below);
            pairs.extend(others.map(|above| ordered(above, below)));
        }
    }
    pairs
}

/// The addresses above a page of a site, the nearest first; the site itself is none.
fn pages_above(address: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(page_above(address), |page| page_above(page)).take(ABOVE)
}

fn page_above(address: &str) -> Option<&str> {
    let (above, _) = address.rsplit_once('/')?;
    above.contains('/').then_some(above)
}

/// The pairs among members that share a key. Of works with a link that are judged alike, each is
/// compared with the next, and only the first with the others: what joins the first joins all.
fn within(pool: &Pool<'_>, own: &Own, group: &[Keyed]) -> Vec<(Member, Member)> {
    let mut members: Vec<Member> = group.iter().map(|&(_, member)| member).collect();
    // Equal words in one section stand side by side.
    members.sort_by_key(|&member| {
        let (known, node, text) = (own.known[member], own.node[member], own.text[member]);
        (known, node, text, member)
    });
    let linked = |member: Member| pool.keys[member].identity.link.is_some();
    let alike = |a: Member, b: Member| own.known[a] == own.known[b] && linked(a);
    let mut pairs = Vec::new();
    let mut kinds = Vec::new();
    for twins in members.chunk_by(|&a, &b| alike(a, b)) {
        pairs.extend(twins.windows(2).map(|pair| ordered(pair[0], pair[1])));
        kinds.extend(twins.iter().min().copied());
    }
    let mut reach = kinds.len();
    if kinds.len() > CROWD {
        kinds.sort_by(|&a, &b| (pool.keys[a].words(), a).cmp(&(pool.keys[b].words(), b)));
        reach = NEIGHBOURS;
    }
    for (at, &a) in kinds.iter().enumerate() {
        let next = kinds[at + 1..].iter().take(reach);
        pairs.extend(next.map(|&b| ordered(a, b)));
    }
    pairs
}

fn ordered(a: Member, b: Member) -> (Member, Member) {
    (a.min(b), a.max(b))
}
