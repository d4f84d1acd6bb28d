//! Pairs of entries that are worth a judgement: those that share a key, and those whose titles share
//! most words.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::join;
use super::pool::{Member, Part, Pool};
use crate::identity::url::Target;

/// How many entries with one key are compared each with each; of more, only those that are
/// neighbours when sorted by title, since a key that so many share says little.
pub(super) const CROWD: usize = 24;
/// How many entries on each side are neighbours in a crowd.
const NEIGHBOURS: usize = 3;

/// Pairs of members, the smaller first, that share a link, a title or most words of it.
pub(super) fn proposed(pool: &Pool<'_>, texts: &[Cow<'_, str>]) -> Vec<(Member, Member)> {
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
            keys.add(("text", texts[member].clone()), member);
        }
        for title in identity
            .title
            .iter()
            .filter(|title| !title.words().is_empty())
        {
            keys.add(("title", title.joined().into()), member);
            keys.add(("title", title.main().into()), member);
            let mut words: Vec<String> = title.loose().split(' ').map(str::to_owned).collect();
            words.sort_unstable();
            keys.add(("words", words.join(" ").into()), member);
        }
    }
    let mut pairs = Vec::new();
    for &member in &free {
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
