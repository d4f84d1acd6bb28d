//! The words of entries that were folded: whose stand, what the others add, and what is left out.

mod link;
mod text;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::cluster::Clusters;
use super::judge::link_key;
use super::place::Placed;
use super::pool::{Member, Pool};
use super::style::FROM;
use super::{Dropped, Field, Options};
use crate::edit::Edit;
use crate::list::{Entry, List, Note, NoteKind, Shape};
use crate::source::Span;
use crate::spaces::single;
pub(super) use link::written_out;
use text::{spaced_words, with_brackets, without_addresses};

/// What stands before a further link whose text is another title of the work. Read again, it tells
/// that an entry with this title and link is the same work.
pub(super) const ALSO: &str = "(also ";

/// How a kept entry that others were folded into is written.
pub(super) struct Plan {
    /// The entry whose words stand.
    pub(super) giver: Member,
    /// What changes in its words.
    pub(super) edits: Vec<Edit>,
    /// A description of another entry, where it has none.
    pub(super) description: Option<Member>,
    /// Nested entries of the others that it gets.
    pub(super) children: Vec<Member>,
}

/// How entries that others were folded into are written, and what was left out of those.
#[derive(Default)]
pub(super) struct Plans {
    /// By the entry that stands in the merged list.
    pub(super) by_home: FxHashMap<Member, Plan>,
    /// By the entry that has it.
    pub(super) dropped: FxHashMap<Member, Vec<Dropped>>,
    /// What tells where entries came from, by the entry that stands in the merged list.
    pub(super) comments: FxHashMap<Member, String>,
}

/// Whose words nothing is added to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Frozen {
    /// Nobody's.
    None,
    /// The first list's.
    FirstList,
}

/// Plans the words of every cluster of more than one entry.
pub(super) fn plan(
    pool: &Pool<'_>,
    clusters: &Clusters,
    placed: &Placed,
    options: &Options,
    frozen: Frozen,
) -> Plans {
    let keep = super::judge::Names::members_of(pool, &options.decisions.keep, options);
    let mut homes: Vec<Member> = placed.home.all().collect();
    homes.retain(|&home| options.provenance || clusters.is_shared(home));
    homes.sort_unstable();
    let plan = |home: Member| {
        let mut members = clusters.all(home);
        members.retain(|&member| member == home || !placed.stays_in_text(pool, member));
        let comment = options.provenance.then(|| provenance(pool, home, &members));
        let mut dropped = FxHashMap::default();
        let plan = (members.len() > 1).then(|| {
            let giver = giver(pool, home, &members, &keep);
            let frozen = frozen == Frozen::FirstList && pool.list_of(home) == 0;
            let giver = if frozen { home } else { giver };
            Planning::new(pool, options, giver, frozen).plan(&members, &mut dropped)
        });
        (home, comment, plan, dropped)
    };
    let planned: Vec<_> = homes.into_par_iter().map(plan).collect();
    let mut plans = Plans::default();
    for (home, comment, plan, dropped) in planned {
        plans
            .comments
            .extend(comment.map(|comment| (home, comment)));
        plans.by_home.extend(plan.map(|plan| (home, plan)));
        for (member, texts) in dropped {
            plans.dropped.entry(member).or_default().extend(texts);
        }
    }
    plans
}

/// A comment that tells where an entry came from.
fn provenance(pool: &Pool<'_>, home: Member, members: &[Member]) -> String {
    let others = members.iter().copied().filter(|&member| member != home);
    let places = std::iter::once(home).chain(others).map(|member| {
        let list = pool.list(member);
        // A name may not end the comment.
        let name = list
            .source
            .name()
            .replace("--", "-")
            .replace(['<', '>'], "_");
        format!("{name}:{}", list.source.line(pool.entry(member).span.start))
    });
    let places: Vec<String> = places.collect();
    format!("{FROM}{} -->", places.join(", "))
}

/// The entry whose words stand: the one that a person chose, else the first with a link and a title
/// that says something, else the first with a link, else the first.
fn giver(pool: &Pool<'_>, home: Member, members: &[Member], keep: &FxHashSet<Member>) -> Member {
    if !pool.is_item(home) {
        return home;
    }
    let others = members.iter().copied().filter(|&member| member != home);
    let able: Vec<Member> = std::iter::once(home)
        .chain(others)
        .filter(|&member| pool.is_item(member))
        .collect();
    let linked = |member: &&Member| {
        pool.entry(**member).link.is_some()
            && pool.keys[**member]
                .identity
                .link
                .as_ref()
                .is_some_and(|l| l.target() != crate::identity::url::Target::Empty)
    };
    let specific = |member: &&Member| linked(member) && !pool.keys[**member].says_nothing();
    let chosen = able.iter().find(|member| keep.contains(member));
    let chosen = chosen.or_else(|| able.iter().find(specific));
    *chosen.or_else(|| able.iter().find(linked)).unwrap_or(&home)
}

/// The words of one cluster while they are put together.
struct Planning<'p, 'l> {
    pool: &'p Pool<'l>,
    options: &'p Options,
    giver: Member,
    list: &'l List,
    entry: &'l Entry,
    /// Another spelling of its link, where that is the better one.
    chosen: Option<&'l str>,
    /// The certain keys of the links that the kept entry has.
    links: FxHashSet<Box<str>>,
    /// The words that the kept entry has, with a space before and behind each.
    words: String,
    /// What is added behind title and notes.
    added: String,
    has_year: bool,
    has_authors: bool,
    has_kind: bool,
    has_badge: bool,
    /// Whether its words stay as they are, whatever others have.
    frozen: bool,
}

impl<'p, 'l> Planning<'p, 'l> {
    fn new(pool: &'p Pool<'l>, options: &'p Options, giver: Member, frozen: bool) -> Self {
        let entry = pool.entry(giver);
        let has = |kind| entry.notes.iter().any(|note| note.kind == kind);
        Planning {
            pool,
            options,
            giver,
            list: pool.list(giver),
            entry,
            chosen: None,
            links: entry
                .links
                .iter()
                .map(|&link| link_key(&pool.list(giver).link(link).url, options))
                .collect(),
            words: spaced_words(&without_addresses(pool.list(giver), entry)),
            added: String::new(),
            has_year: has(NoteKind::Year),
            has_authors: has(NoteKind::Authors),
            has_kind: has(NoteKind::Kind),
            has_badge: has(NoteKind::Badge),
            frozen,
        }
    }

    fn plan(mut self, members: &[Member], dropped: &mut FxHashMap<Member, Vec<Dropped>>) -> Plan {
        let pool = self.pool;
        let others: Vec<Member> = members
            .iter()
            .copied()
            .filter(|&member| member != self.giver)
            .collect();
        let description = self.description(&others);
        let mut edits = self.better_link(&others, dropped);
        for &other in &others {
            let list = pool.list(other);
            let entry = pool.entry(other);
            let mut lost = Vec::new();
            self.take_title(other, &mut lost);
            if let Some(lead) = entry.lead.filter(|&lead| !self.stands(list.slice(lead))) {
                lost.push(drop(list, Field::Note, lead));
            }
            for note in &entry.notes {
                self.take_note(other, list, note, &mut lost);
            }
            self.take_links(other, list, description == Some(other), &mut lost);
            if let Some(span) = entry.description
                && description != Some(other)
                && !self.has_words(list.slice(span))
            {
                lost.push(drop(list, Field::Description, span));
            }
            if !lost.is_empty() {
                dropped.entry(other).or_default().extend(lost);
            }
        }
        let mut children = self.children(&others);
        if self.frozen {
            for child in children.drain(..) {
                let entry = self.pool.entry(child);
                let lost = drop(self.pool.list(child), Field::Note, entry.span);
                dropped.entry(child).or_default().push(lost);
            }
        }
        if !self.added.is_empty() {
            match self.point() {
                Some((at, Side::Behind)) => {
                    edits.push(Edit::insert(self.entry.span, at, self.added.clone()));
                }
                Some((at, Side::Before)) => {
                    let text = format!("{} ", self.added.trim_start());
                    edits.push(Edit::insert(self.entry.span, at, text));
                }
                None => {}
            }
        }
        edits.sort_by_key(|edit| edit.span.start);
        Plan {
            giver: self.giver,
            edits,
            description,
            children,
        }
    }

    /// Where further links and notes go: behind title and notes, before the description.
    fn point(&self) -> Option<(u32, Side)> {
        let entry = self.entry;
        if self.frozen {
            return None;
        }
        let end = match entry.shape {
            Shape::Item(_) | Shape::Paragraph => {
                let text = self.list.slice(entry.content);
                entry.content.start + text.trim_end().len() as u32
            }
            Shape::Row => {
                let link = self.list.primary_link(entry).map(|link| link.span.end);
                return Some((
                    link.or(entry.title.as_ref().map(|t| t.span.end))?,
                    Side::Behind,
                ));
            }
            Shape::Html | Shape::Heading => return None,
        };
        let after = match (entry.separator, entry.description) {
            (Some(separator), _) => (separator.span.start, Side::Behind),
            (None, Some(description)) => (description.start, Side::Before),
            (None, None) => (end, Side::Behind),
        };
        let inside_link = entry.links.iter().any(|&link| {
            let span = self.list.link(link).span;
            span.start < after.0 && after.0 < span.end
        });
        Some(if inside_link || after.0 > end {
            (end, Side::Behind)
        } else {
            after
        })
    }

    /// A description for an entry without one: of those of the others the longest sentence.
    fn description(&self, others: &[Member]) -> Option<Member> {
        let item = matches!(self.entry.shape, Shape::Item(_));
        if self.entry.description.is_some() || self.frozen || !item {
            return None;
        }
        let rank = |member: &Member| {
            let text = self
                .pool
                .slice(*member, self.pool.entry(*member).description?);
            (!self.has_words(text)).then(|| {
                let whole = text.trim_end().ends_with(['.', '!', '?', '。']);
                (whole, text.chars().count())
            })
        };
        let ranked = others
            .iter()
            .filter_map(|member| Some((rank(member)?, member)));
        // Of equally long ones the first list's stands.
        let best = ranked.rev().max_by_key(|(rank, _)| *rank)?;
        Some(*best.1)
    }

    /// Whether the kept entry has this very text.
    fn stands(&self, text: &str) -> bool {
        self.list.slice(self.entry.content).contains(text) || self.added.contains(text)
    }

    fn has_words(&self, text: &str) -> bool {
        let words = spaced_words(text);
        words.trim().is_empty() || self.words.contains(&words)
    }

    fn take_title(&mut self, other: Member, lost: &mut Vec<Dropped>) {
        if let Some(title) = &self.pool.entry(other).title
            && !self.has_words(&title.text)
        {
            lost.push(drop(self.pool.list(other), Field::Title, title.span));
        }
    }

    fn add(&mut self, text: &str) {
        self.added.push(' ');
        self.added.push_str(&single(text));
        self.words.push_str(spaced_words(text).trim_start());
    }

    fn take_note(&mut self, other: Member, list: &'l List, note: &Note, lost: &mut Vec<Dropped>) {
        let entry = self.pool.entry(other);
        let own_links = entry.links.iter().map(|&link| list.link(link));
        if own_links
            .clone()
            .any(|link| note.span.contains(link.span) || link.span.contains(note.span))
            && note.kind != NoteKind::Badge
            && !matches!(
                note.kind,
                NoteKind::Year | NoteKind::Authors | NoteKind::Kind
            )
        {
            return;
        }
        let text = list.slice(note.span);
        let known = match note.kind {
            NoteKind::Badge => self.has_badge,
            NoteKind::Sign => self.stands(text),
            _ => self.has_words(text),
        };
        if known {
            if note.kind == NoteKind::Badge && !self.stands(text) {
                lost.push(drop(list, Field::Note, note.span));
            }
            return;
        }
        let has = match note.kind {
            NoteKind::Year => std::mem::replace(&mut self.has_year, true),
            NoteKind::Authors => std::mem::replace(&mut self.has_authors, true),
            NoteKind::Kind => std::mem::replace(&mut self.has_kind, true),
            _ => false,
        };
        match note.kind {
            _ if has || self.point().is_none() => lost.push(drop(list, Field::Note, note.span)),
            NoteKind::Year | NoteKind::Kind => self.add(&format!("({})", text.trim())),
            NoteKind::Authors => self.add(&format!("by {}", text.trim())),
            _ => self.add(list.slice(with_brackets(list, note.span))),
        }
    }

    /// Nested entries of the others that the kept one has not.
    fn children(&self, others: &[Member]) -> Vec<Member> {
        if !matches!(self.entry.shape, Shape::Item(_)) {
            return Vec::new();
        }
        let mut texts: FxHashSet<String> = FxHashSet::default();
        let mut links: FxHashSet<&str> = FxHashSet::default();
        let mut children = Vec::new();
        let own = self.pool.children(self.giver).map(|child| (child, true));
        let foreign = others
            .iter()
            .flat_map(|&other| self.pool.children(other))
            .map(|child| (child, false));
        for (child, is_own) in own.chain(foreign) {
            let words = spaced_words(self.pool.slice(child, self.pool.entry(child).content));
            let link = self.pool.keys[child].link();
            let known = self.words.contains(&words) && link.is_none();
            let new_words = texts.insert(words);
            let new_link = link.is_none_or(|link| links.insert(link));
            if !is_own && !known && new_words && new_link {
                children.push(child);
            }
        }
        children
    }
}

/// On which side of a place something is put.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Behind,
    Before,
}

fn drop(list: &List, what: Field, span: Span) -> Dropped {
    Dropped {
        what,
        text: list.slice(span).to_owned(),
        span,
    }
}
