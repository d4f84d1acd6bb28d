//! What entries are compared by, and the judgement on a pair in the terms of a merge.

use crate::identity;
use crate::list::{EntryId, List, NoteKind};

/// What an entry is compared by.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The certain keys of its links, the primary one first if it has one.
    pub(super) links: Vec<Box<str>>,
    /// Whether the first of the links is the primary one.
    pub(super) primary: bool,
    /// The words of the title, as titles are compared.
    pub(super) words: Vec<Box<str>>,
    authors: String,
    year: String,
    kind: String,
}

/// How sure it is that two entries are one work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Different,
    Possible,
    Likely,
    Certain,
}

/// A judgement with its words.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    pub(super) reason: String,
    /// Whether something says that they are two works.
    pub(super) contradicted: bool,
}

impl Judgement {
    pub(super) fn folds(&self) -> bool {
        self.verdict >= Verdict::Likely
    }
}

/// The certain key of a destination.
pub(super) fn link_key(url: &str, _options: &super::Options) -> Box<str> {
    key_of(url)
}

/// Whether a destination says where its reader came from.
pub(super) fn has_tracking(url: &str, _options: &super::Options) -> bool {
    url.contains("utm_")
}

fn key_of(url: &str) -> Box<str> {
    let url = url
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let url = url.trim_start_matches("www.");
    let url = url.split_once("?utm_").map_or(url, |x| x.0);
    url.trim_end_matches('/').trim_end_matches(".pdf").into()
}

impl Key {
    pub(super) fn new(list: &List, id: EntryId, _options: &identity::Options) -> Key {
        let entry = list.entry(id);
        let primary = list.primary_link(entry).filter(|l| !l.url.is_empty());
        let mut links: Vec<Box<str>> = primary.iter().map(|l| key_of(&l.url)).collect();
        for &link in &entry.links {
            let link = list.link(link);
            if !link.image_only && !link.url.is_empty() {
                let key = key_of(&link.url);
                if !links.contains(&key) {
                    links.push(key);
                }
            }
        }
        let note = |kind| {
            let note = entry.notes.iter().find(|note| note.kind == kind);
            note.map(|note| list.slice(note.span).to_lowercase())
                .unwrap_or_default()
        };
        let title = entry
            .title
            .as_ref()
            .map(|t| t.text.to_lowercase())
            .unwrap_or_default();
        Key {
            links,
            primary: primary.is_some(),
            words: title
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .map(Box::from)
                .collect(),
            authors: note(NoteKind::Authors),
            year: note(NoteKind::Year),
            kind: note(NoteKind::Kind),
        }
    }

    /// Whether the title names many works.
    pub(super) fn generic(&self) -> bool {
        self.words.len() < 2
    }
}

/// Judges a pair of entries of one list or of two.
pub(super) fn judge(a: &Key, b: &Key, one_list: bool) -> Judgement {
    let different = |x: &str, y: &str| !x.is_empty() && !y.is_empty() && x != y;
    let result = |verdict, reason: &str| Judgement {
        verdict,
        reason: reason.to_owned(),
        contradicted: false,
    };
    if different(&a.year, &b.year) || different(&a.kind, &b.kind) {
        return Judgement {
            verdict: Verdict::Different,
            reason: "different years".into(),
            contradicted: true,
        };
    }
    let same_title = a.words == b.words && !a.words.is_empty();
    if a.primary && b.primary && a.links[0] == b.links[0] {
        let prefix = a
            .words
            .iter()
            .zip(&b.words)
            .take_while(|(x, y)| x == y)
            .count();
        return if !one_list || prefix >= 3 || same_title {
            result(Verdict::Certain, "same link")
        } else {
            result(Verdict::Possible, "same link")
        };
    }
    let shared = a.links.iter().any(|l| b.links.contains(l));
    if same_title && shared {
        return result(Verdict::Certain, "same title, and a link that both have");
    }
    if same_title && !a.generic() {
        let authors = !a.authors.is_empty() && !b.authors.is_empty();
        if authors && (!a.primary || !b.primary) && !one_list {
            return result(Verdict::Likely, "same title and authors");
        }
        if a.words.len() >= 5 && !one_list {
            return result(Verdict::Likely, "same title");
        }
        return result(Verdict::Possible, "same title");
    }
    result(Verdict::Different, "")
}

/// Finds entries by what a person calls them: a link, or the title of one without link.
pub(super) struct Names<'p> {
    by_link: rustc_hash::FxHashMap<&'p str, Vec<usize>>,
    by_title: rustc_hash::FxHashMap<&'p str, Vec<usize>>,
}

impl<'p> Names<'p> {
    pub(super) fn read(pool: &'p super::pool::Pool<'_>) -> Self {
        let mut names = Names {
            by_link: Default::default(),
            by_title: Default::default(),
        };
        for (member, key) in pool.keys.iter().enumerate() {
            if pool.parts[member] != super::pool::Part::Free {
                continue;
            }
            if let Some(link) = key.links.first() {
                names.by_link.entry(link).or_default().push(member);
            }
            if let Some(title) = &pool.entry(member).title {
                names.by_title.entry(&title.text).or_default().push(member);
            }
        }
        names
    }

    /// The members that any of `names` calls.
    pub(super) fn members_of(
        pool: &super::pool::Pool<'_>,
        names: &[String],
        options: &super::Options,
    ) -> rustc_hash::FxHashSet<usize> {
        if names.is_empty() {
            return Default::default();
        }
        let known = Names::read(pool);
        names
            .iter()
            .flat_map(|name| known.members(name, options))
            .collect()
    }

    pub(super) fn members(&self, name: &str, _options: &super::Options) -> Vec<usize> {
        let by_link = self.by_link.get(&*key_of(name));
        let by_title = self.by_title.get(name);
        by_link.or(by_title).cloned().unwrap_or_default()
    }
}
