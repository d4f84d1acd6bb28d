//! What changed from one state of a list to the next, told by entries and not by lines.
//!
//! ```
//! use listwright::diff::{diff, Change};
//! use listwright::list::List;
//! use listwright::source::{FileId, Source};
//!
//! let read = |id, text: &str| List::parse(Source::new(FileId(id), "list.md", text));
//! let old = read(0, "# A\n\n## Tools\n\n- [One](https://one.org) - First.\n");
//! let new = read(1, "# A\n\n## Old tools\n\n- [One!](https://one.org) - First.\n");
//! let changes = diff(&old, &new);
//! assert_eq!(changes.entries.len(), 1);
//! assert_eq!(changes.entries[0].changes, [Change::Moved, Change::Renamed]);
//! ```

use rustc_hash::{FxHashMap, FxHashSet};

use crate::identity::url::LinkKey;
use crate::identity::{Identity, Options};
use crate::list::{EntryId, List, Role};
use crate::source::Span;
use crate::spaces::single;

/// What changed from one state of a list to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The entries that changed: those that are gone in their order, then those of the new state
    /// in theirs.
    pub entries: Vec<EntryDiff>,
    /// How many entries are the same in both.
    pub unchanged: usize,
}

/// What changed with one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryDiff {
    /// The title in the new state, or in the old one where it is gone.
    pub title: String,
    /// What changed, in the order of [`Change`].
    pub changes: Vec<Change>,
    /// The entry in the old state.
    pub old: Option<Side>,
    /// The entry in the new state.
    pub new: Option<Side>,
}

/// An entry in one state of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The entry.
    pub entry: EntryId,
    /// All of its text.
    pub span: Span,
    /// The headings under which it stands.
    pub section: Vec<String>,
    /// Its title.
    pub title: String,
    /// The destination of its primary link.
    pub url: Option<String>,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// The entry is new.
    Added,
    /// The entry is gone.
    Removed,
    /// It stands under another heading.
    Moved,
    /// It has another title.
    Renamed,
    /// Its link leads elsewhere.
    Retargeted,
    /// Other words of it changed.
    Edited,
}

impl Change {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Moved => "moved",
            Change::Renamed => "renamed",
            Change::Retargeted => "retargeted",
            Change::Edited => "edited",
        }
    }
}

impl Diff {
    /// The entries that changed in this way.
    pub fn of(&self, change: Change) -> impl Iterator<Item = &EntryDiff> {
        self.entries
            .iter()
            .filter(move |entry| entry.changes.contains(&change))
    }
}

/// The changes from `old` to `new`.
///
/// An entry is the same where words and section are, else where link and title are, else where the
/// link is, else where the title is; of several the first that is left.
pub fn diff(old: &List, new: &List) -> Diff {
    let olds = works(old);
    let news = works(new);
    let pairs = matched(&olds, &news);
    let matched_old: FxHashSet<usize> = pairs.values().copied().collect();
    let mut diff = Diff::default();
    for (at, work) in olds.iter().enumerate() {
        if !matched_old.contains(&at) {
            diff.entries.push(EntryDiff {
                title: work.side.title.clone(),
                changes: vec![Change::Removed],
                old: Some(work.side.clone()),
                new: None,
            });
        }
    }
    for (at, work) in news.iter().enumerate() {
        let before = pairs.get(&at).map(|&before| &olds[before]);
        let changes = match before {
            None => vec![Change::Added],
            Some(before) => changes(before, work),
        };
        if changes.is_empty() {
            diff.unchanged += 1;
            continue;
        }
        diff.entries.push(EntryDiff {
            title: work.side.title.clone(),
            changes,
            old: before.map(|before| before.side.clone()),
            new: Some(work.side.clone()),
        });
    }
    diff
}

/// An entry with what it is compared by.
struct Work {
    side: Side,
    /// The certain key of its link.
    link: Option<String>,
    /// Its title as titles are compared.
    words: String,
    /// Its own words, white space made even.
    text: String,
    /// Its own words without title and destination.
    rest: String,
}

fn works(list: &List) -> Vec<Work> {
    let options = Options::default();
    let mut paths: FxHashMap<u32, Vec<String>> = FxHashMap::default();
    list.entries()
        .filter(|(_, entry)| entry.role == Role::Work)
        .map(|(id, entry)| {
            let path = paths.entry(entry.section.0).or_insert_with(|| {
                list.path(entry.section)
                    .into_iter()
                    .map(str::to_owned)
                    .collect()
            });
            let identity = Identity::of(list, id, &options);
            let link = list.primary_link(entry);
            let text = single(list.slice(entry.content)).into_owned();
            let title = entry.title.as_ref();
            let cut = [
                title.map(|title| title.span),
                link.map(|link| link.destination),
            ];
            Work {
                rest: without(list, entry.content, cut),
                side: Side {
                    entry: id,
                    span: entry.span,
                    section: path.clone(),
                    title: title.map_or_else(|| text.clone(), |title| title.text.clone()),
                    url: link.map(|link| link.url.clone()),
                },
                link: identity
                    .link
                    .as_ref()
                    .map(LinkKey::certain)
                    .map(str::to_owned),
                words: identity
                    .title
                    .map_or_else(String::new, |title| title.words().to_owned()),
                text,
            }
        })
        .collect()
}

/// The text of `content` without the spans of `cut`.
fn without(list: &List, content: Span, cut: [Option<Span>; 2]) -> String {
    let mut cut: Vec<Span> = cut
        .into_iter()
        .flatten()
        .filter(|span| content.contains(*span))
        .collect();
    cut.sort_unstable_by_key(|span| span.start);
    let mut text = String::new();
    let mut at = content.start;
    for span in cut {
        text.push_str(list.slice(content.with(at, span.start.max(at))));
        at = at.max(span.end);
    }
    text.push_str(list.slice(content.with(at, content.end)));
    single(&text).into_owned()
}

/// The old entry of each new one that has one, by position.
fn matched(olds: &[Work], news: &[Work]) -> FxHashMap<usize, usize> {
    type KeyOf = fn(&Work) -> Option<String>;
    let ways: [KeyOf; 5] = [
        |work| Some(format!("{}\n{}", work.text, work.side.section.join("\n"))),
        |work| Some(work.text.clone()),
        |work| Some(format!("{}\n{}", work.link.as_ref()?, work.words)),
        |work| work.link.clone(),
        |work| Some(work.words.clone()).filter(|words| !words.is_empty()),
    ];
    let mut pairs: FxHashMap<usize, usize> = FxHashMap::default();
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    for key in ways {
        let mut free: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, work) in olds.iter().enumerate().rev() {
            if !taken.contains(&at)
                && let Some(key) = key(work)
            {
                free.entry(key).or_default().push(at);
            }
        }
        for (at, work) in news.iter().enumerate() {
            if pairs.contains_key(&at) {
                continue;
            }
            let found = key(work).and_then(|key| free.get_mut(&key)?.pop());
            if let Some(found) = found {
                pairs.insert(at, found);
                taken.insert(found);
            }
        }
    }
    pairs
}

fn changes(old: &Work, new: &Work) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.side.section != new.side.section {
        changes.push(Change::Moved);
    }
    if old.side.title != new.side.title {
        changes.push(Change::Renamed);
    }
    if old.side.url != new.side.url {
        changes.push(Change::Retargeted);
    }
    if old.rest != new.rest {
        changes.push(Change::Edited);
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Source};

    fn changed(old: &str, new: &str) -> Vec<(String, Vec<&'static str>)> {
        let read = |id, text: &str| List::parse(Source::new(FileId(id), "t", text));
        let diff = diff(&read(0, old), &read(1, new));
        let told = |entry: EntryDiff| {
            let names = entry.changes.iter().map(|change| change.name());
            (entry.title, names.collect())
        };
        diff.entries.into_iter().map(told).collect()
    }

    #[test]
    fn each_change_is_told_once() {
        let old = "# L\n\n## S\n\n- [a](https://a.org) - one\n- [b](https://b.org) - two\n\
                   - [c c c](https://c.org) - three\n- [d](https://d.org)\n";
        let new = "# L\n\n## S\n\n- [b](https://b.org) - zwei\n- [c c c](https://c.net) - three\n\
                   - [e](https://e.org)\n\n## T\n\n- [a](https://a.org) - one\n";
        let told = changed(old, new);
        let expected = [
            ("d", "removed"),
            ("b", "edited"),
            ("c c c", "retargeted"),
            ("e", "added"),
            ("a", "moved"),
        ];
        let expected = expected.map(|(title, change)| (title.to_owned(), vec![change]));
        assert_eq!(told, expected);
        assert_eq!(changed(old, old), []);
    }

    #[test]
    fn of_equal_entries_each_is_matched_once() {
        let one = "# L\n\n## S\n\n- [a](https://a.org)\n";
        let two = "# L\n\n## S\n\n- [a](https://a.org)\n- [a](https://a.org)\n";
        assert_eq!(changed(one, two), [("a".to_owned(), vec!["added"])]);
        assert_eq!(changed(two, one), [("a".to_owned(), vec!["removed"])]);
    }
}
