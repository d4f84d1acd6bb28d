//! What is known of one entry: computed once, compared often.

use super::Options;
use super::kind::{self, Kind};
use super::title::{self, TitleKey};
use super::url::LinkKey;
use crate::list::{Entry, EntryId, List, NoteKind};

/// What is known of one entry that can say which work it is.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The primary link.
    pub link: Option<LinkKey>,
    /// Its further links; badges and other images are none.
    pub further: Vec<LinkKey>,
    /// The title.
    pub title: Option<TitleKey>,
    /// The last names of those who made the work, in lower case.
    pub authors: Vec<Box<str>>,
    /// The year that the entry gives.
    pub year: Option<u16>,
    /// The kind that the entry names, or that the site of its link holds.
    pub kind: Option<Kind>,
    /// The language that the entry or its link names, as ISO 639-1 has it.
    pub language: Option<Box<str>>,
}

impl Identity {
    /// What is known of an entry. It is meant for works: groups, remarks and pointers have no
    /// identity of their own.
    pub fn of(list: &List, entry: EntryId, options: &Options) -> Identity {
        let entry = list.entry(entry);
        let key = |link: &crate::list::Link| LinkKey::new(&link.url, options);
        let link = list.primary_link(entry).map(key);
        let further = entry.links.iter().filter(|id| Some(**id) != entry.link);
        let further = further.map(|id| list.link(*id)).filter(|link| !link.image_only).map(key);
        let title = entry.title.as_ref().map(|title| TitleKey::new(&title.text, options));
        let notes = Notes::of(list, entry);
        Identity::new(link, further.collect(), title, notes)
    }

    fn new(
        link: Option<LinkKey>,
        further: Vec<LinkKey>,
        title: Option<TitleKey>,
        notes: Notes,
    ) -> Identity {
        let said = title.as_ref().map(|title| title.attributes.clone()).unwrap_or_default();
        let mut authors = notes.authors;
        authors.extend(said.authors.as_deref().map(last_names).unwrap_or_default());
        let of_site = || link.as_ref().and_then(kind::of_link);
        let of_address = || link.as_ref().and_then(|link| link.language());
        let language = said.language.or(notes.language).or_else(of_address).map(Box::from);
        Identity {
            authors,
            year: said.year.or(notes.year),
            kind: said.kind.or(notes.kind).or_else(of_site),
            language,
            link,
            further,
            title,
        }
    }

    /// All links, the primary one first.
    pub fn links(&self) -> impl Iterator<Item = &LinkKey> {
        self.link.iter().chain(&self.further)
    }
}

/// What the notes of an entry say.
#[derive(Debug, Default)]
struct Notes {
    authors: Vec<Box<str>>,
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
                notes.authors.extend(last_names(text));
                continue;
            }
            if matches!(note.kind, NoteKind::Badge | NoteKind::Sign | NoteKind::Venue) {
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

/// The last names in an enumeration of people: `sculley`, `falk` of `D. Sculley and [Kim Falk]`.
fn last_names(text: &str) -> Vec<Box<str>> {
    let folded = title::fold(&without_destinations(text));
    let people = folded.split([',', ';', '&', '/', '(', ')']).flat_map(|part| part.split(" and "));
    let mut names = Vec::new();
    for person in people {
        let words = title::loose(&title::words(person));
        let mut words: Vec<_> = words.split(' ').filter(|word| !word.is_empty()).collect();
        let no_name = ["al", "et", "et.al", "others", "etc", "jr", "phd", "by"];
        while words.last().is_some_and(|last| no_name.contains(last)) {
            words.pop();
        }
        names.extend(words.last().filter(|name| name.len() > 1).map(|name| Box::from(*name)));
    }
    names.dedup();
    names
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
        let known = identity("- [Book \"A Title\" by Kim Falk, D. Sculley et al.](https://a.b/c) (2017)");
        assert_eq!(known.title.as_ref().map(|t| t.words()), Some("a title"));
        assert_eq!(known.authors, ["falk", "sculley"].map(Box::from));
        assert_eq!(known.year, Some(2017));
        assert_eq!(known.kind, kind::named("book"));
        assert_eq!(known.link.map(|link| link.certain().to_owned()).as_deref(), Some("a.b/c"));
    }

    #[test]
    fn what_an_entry_does_not_say_its_link_may_say() {
        let known = identity("- [A Title](https://www.coursera.org/learn/a-title?hl=ja) `2018`");
        assert_eq!(known.kind, kind::named("course"));
        assert_eq!(known.language.as_deref(), Some("ja"));
        assert_eq!(known.year, Some(2018));
        let without = identity("- \"A Title\" by Ann Lee");
        assert!(without.link.is_none());
        assert_eq!(without.authors, ["lee"].map(Box::from));
    }

    #[test]
    fn last_names_are_read_from_any_enumeration() {
        for (text, names) in [
            ("Ann Lee", &["lee"][..]),
            ("D. Sculley et al.", &["sculley"]),
            ("Nicole Forsgren et.al", &["forsgren"]),
            ("[@webpro](https://x.com/webpro)", &["webpro"]),
            ("Noah Gift and Alfredo Deza", &["gift", "deza"]),
            ("Aurélien Géron", &["geron"]),
        ] {
            assert_eq!(last_names(text).iter().map(|n| &**n).collect::<Vec<_>>(), names, "{text}");
        }
    }
}
