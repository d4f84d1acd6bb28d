//! What is known of one entry: computed once, compared often.

use super::Options;
use super::kind::{self, Kind};
use super::shared::{self, Shared};
use super::title::{self, Generic, TitleKey};
use super::url::LinkKey;
use crate::list::{Entry, EntryId, Link, LinkId, List, NoteKind, Role};

/// What is known of one entry that can say which work it is.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The primary link; where there is none, the first one that a label like `PDF` shows.
    pub link: Option<LinkKey>,
    /// What the entry's own list says of other works, too. Known only to [`Identity::of_works`].
    pub shared: Shared,
    /// Its further links; badges and other images are none.
    pub further: Vec<LinkKey>,
    /// The title.
    pub title: Option<TitleKey>,
    /// Those who made the work.
    pub authors: Vec<Author>,
    /// The year that the entry gives.
    pub year: Option<u16>,
    /// The kind that the entry names, or that the site of its link holds.
    pub kind: Option<Kind>,
    /// The language that the entry or its link names, as ISO 639-1 has it.
    pub language: Option<Box<str>>,
}

/// Someone who made a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The last name, or all there is of a name, in lower case.
    pub name: Box<str>,
    /// Whether the whole name was given: then others are other people. `Google` and `@someone` may
    /// be another name of anybody.
    pub person: bool,
}

impl Identity {
    /// What is known of each work of a list, in the order of the text.
    pub fn of_works(list: &List, options: &Options) -> Vec<(EntryId, Identity)> {
        let works = list.entries().filter(|(_, entry)| entry.role == Role::Work);
        let mut works: Vec<_> = works
            .map(|(id, _)| (id, Identity::of(list, id, options)))
            .collect();
        shared::mark(&mut works);
        works
    }

    /// Whether the titles of the two may be two spellings of one, or one of them says nothing.
    pub(super) fn may_be_titled_as(&self, other: &Identity) -> bool {
        match (&self.title, &other.title) {
            (Some(a), Some(b)) => {
                let labels = [a, b]
                    .iter()
                    .any(|title| title.generic() == Some(Generic::Label));
                labels || title::compare(a, b).agrees()
            }
            _ => true,
        }
    }

    /// What is known of an entry. It is meant for works: groups, remarks and pointers have no
    /// identity of their own.
    pub fn of(list: &List, entry: EntryId, options: &Options) -> Identity {
        let entry = list.entry(entry);
        #[cfg(test)]
        crate::source::counted::add(list.slice(entry.content).len());
        let key = |link: &Link| LinkKey::new(&link.url, options);
        let primary = primary_link(list, entry, options);
        let link = primary.map(|id| key(list.link(id)));
        let further = entry.links.iter().filter(|id| Some(**id) != primary);
        let further = further
            .map(|id| list.link(*id))
            .filter(|link| !link.image_only);
        let further = further.map(key).collect();
        let title = entry
            .title
            .as_ref()
            .map(|title| TitleKey::new(&title.text, options));
        let notes = Notes::of(list, entry);
        let said = title.as_ref().map(|title| &title.attributes);
        let mut makers = notes.authors;
        let in_title = said.and_then(|said| said.authors.as_deref());
        makers.extend(in_title.map(authors).unwrap_or_default());
        let of_site = || link.as_ref().and_then(kind::of_link);
        let of_address = || link.as_ref().and_then(LinkKey::language);
        let language = said.and_then(|said| said.language).or(notes.language);
        Identity {
            authors: makers,
            year: said.and_then(|said| said.year).or(notes.year),
            kind: said
                .and_then(|said| said.kind)
                .or(notes.kind)
                .or_else(of_site),
            language: language.or_else(of_address).map(Box::from),
            link,
            shared: Shared::default(),
            further,
            title,
        }
    }

    /// All links, the primary one first.
    pub fn links(&self) -> impl Iterator<Item = &LinkKey> {
        self.link.iter().chain(&self.further)
    }
}

/// The link that says which work an entry is: its primary one; where there is none, the first that
/// a label like `PDF` shows.
pub fn primary_link(list: &List, entry: &Entry, options: &Options) -> Option<LinkId> {
    entry.link.or_else(|| labelled_link(list, entry, options))
}

/// The first link of an entry that only a label shows: `A Name - what it is. [Website](…)`.
fn labelled_link(list: &List, entry: &Entry, options: &Options) -> Option<LinkId> {
    let is_label = |link: &Link| {
        let text = || TitleKey::new(list.slice(link.text), options);
        link.is_external() && !link.image_only && text().generic() == Some(Generic::Label)
    };
    entry
        .links
        .iter()
        .copied()
        .find(|id| is_label(list.link(*id)))
}

/// What the notes of an entry say.
#[derive(Debug, Default)]
struct Notes {
    authors: Vec<Author>,
    year: Option<u16>,
    kind: Option<Kind>,
    language: Option<&'static str>,
}

impl Notes {
    fn of(list: &List, entry: &Entry) -> Notes {
        let mut notes = Notes::default();
        for note in &entry.notes {
            let text = list.slice(note.span);
            if note.kind == NoteKind::Authors {
                notes.authors.extend(authors(text));
                continue;
            }
            if matches!(
                note.kind,
                NoteKind::Badge | NoteKind::Sign | NoteKind::Venue
            ) {
                continue;
            }
            let text = title::fold(text);
            let text = text.trim_matches(|c: char| !c.is_alphanumeric());
            notes.year = notes.year.or_else(|| title::year(text));
            notes.kind = notes.kind.or_else(|| kind::named(text));
            notes.language = notes.language.or_else(|| title::language_named(text));
        }
        notes
    }
}

/// The people in an enumeration: `sculley`, `falk` of `D. Sculley and [Kim Falk]`.
fn authors(text: &str) -> Vec<Author> {
    let folded = title::fold(&without_destinations(text));
    let people = folded
        .split([',', ';', '&', '/', '(', ')'])
        .flat_map(|part| part.split(" and "));
    let no_name = [
        "al", "et", "et.al", "others", "etc", "jr", "phd", "by", "team",
    ];
    let mut authors: Vec<Author> = Vec::new();
    for person in people {
        let words = title::without_marks(&title::words(person)).into_owned();
        let mut words: Vec<_> = words.split(' ').filter(|word| !word.is_empty()).collect();
        while words.last().is_some_and(|last| no_name.contains(last)) {
            words.pop();
        }
        let Some(name) = words.last().filter(|name| name.chars().count() > 1) else {
            continue;
        };
        let author = Author {
            name: Box::from(*name),
            person: words.len() > 1 && !person.contains('@'),
        };
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    authors
}

/// The text without the destinations of its links: `[Kim](https://…)` is `[Kim]`.
fn without_destinations(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once("](") {
        plain.push_str(before);
        plain.push(']');
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Source};

    fn identity(entry: &str) -> Identity {
        let text = format!("# List\n\n## Section\n\n{entry}\n");
        let list = List::parse(Source::new(FileId(0), "list.md", text));
        let (id, _) = list.entries().next().expect("an entry");
        Identity::of(&list, id, &Options::default())
    }

    #[test]
    fn an_entry_is_known_by_links_title_authors_year_and_kind() {
        let known =
            identity("- [Book \"A Title\" by Kim Falk, D. Sculley et al.](https://a.b/c) (2017)");
        assert_eq!(known.title.as_ref().map(|t| t.words()), Some("a title"));
        assert_eq!(names(&known.authors), ["falk", "sculley"]);
        assert_eq!(known.year, Some(2017));
        assert_eq!(known.kind, kind::named("book"));
        assert_eq!(
            known.link.map(|link| link.certain().to_owned()).as_deref(),
            Some("a.b/c")
        );
    }

    #[test]
    fn what_an_entry_does_not_say_its_link_may_say() {
        let known = identity("- [A Title](https://www.coursera.org/learn/a-title?hl=ja) `2018`");
        assert_eq!(known.kind, kind::named("course"));
        assert_eq!(known.language.as_deref(), Some("ja"));
        assert_eq!(known.year, Some(2018));
        let without = identity("- \"A Title\" by Ann Lee");
        assert!(without.link.is_none());
        assert_eq!(names(&without.authors), ["lee"]);
    }

    #[test]
    fn an_entry_that_labels_its_link_is_known_by_the_words_before_it() {
        let known = identity("- A Name: and what follows (2017), A. Lee [[pdf]](https://a.b/c)");
        assert_eq!(
            known.title.as_ref().map(|title| title.words()),
            Some("a name and what follows")
        );
        assert_eq!(known.year, Some(2017));
        assert_eq!(known.link.as_ref().map(LinkKey::certain), Some("a.b/c"));
    }

    fn names(authors: &[Author]) -> Vec<&str> {
        authors.iter().map(|author| &*author.name).collect()
    }

    #[test]
    fn authors_are_read_from_any_enumeration() {
        for (text, last_names) in [
            ("Ann Lee", &["lee"][..]),
            ("D. Sculley et al.", &["sculley"]),
            ("Nicole Forsgren et.al", &["forsgren"]),
            ("[@webpro](https://x.com/webpro)", &["webpro"]),
            ("Noah Gift and Alfredo Deza", &["gift", "deza"]),
            ("Aurélien Géron", &["geron"]),
        ] {
            assert_eq!(names(&authors(text)), last_names, "{text}");
        }
        let whole = ["Ann Lee", "Google", "@someone", "D. Sculley et al."]
            .map(|text| authors(text).iter().all(|author| author.person));
        assert_eq!(whole, [true, false, false, true]);
    }
}
