//! Kinds of works: how an entry names them, on which sites they stand, which are never one work.

use std::fmt;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::places::Places;
use super::url::LinkKey;

/// A kind of work, such as `book`; named as `data/kinds.txt` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind(&'static str);

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

struct Kinds {
    words: FxHashMap<&'static str, Kind>,
    places: Places<Kind>,
    apart: Vec<(Kind, Kind)>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let mut places = Vec::new();
    let mut words = FxHashMap::default();
    let mut apart = Vec::new();
    for line in include_str!("data/kinds.txt").lines() {
        let mut row = line.split_ascii_whitespace();
        let (Some(what), Some(name)) = (row.next(), row.next()) else {
            continue;
        };
        let kind = Kind(name);
        match what {
            "word" => words.extend(row.map(|word| (word, kind))),
            "host" => places.extend(row.map(|place| (place, kind))),
            "apart" => apart.extend(row.map(|other| (kind, Kind(other)))),
            _ => {}
        }
    }
    let places = Places::new(places);
    Kinds {
        words,
        places,
        apart,
    }
});

/// The kind that a word names, in lower case.
pub(super) fn named(word: &str) -> Option<Kind> {
    KINDS.words.get(word.trim()).copied()
}

/// The kind of all works that stand where a link leads.
pub(super) fn of_link(link: &LinkKey) -> Option<Kind> {
    KINDS.places.of(link.as_certain())
}

/// Whether two kinds are never one work.
pub(super) fn are_apart(a: Kind, b: Kind) -> bool {
    KINDS.apart.contains(&(a, b)) || KINDS.apart.contains(&(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Options;

    #[test]
    fn kinds_are_known_by_word_and_by_place() {
        let kind = |link| of_link(&LinkKey::new(link, &Options::default()));
        assert_eq!(named("ebook"), named("book"));
        assert_eq!(kind("https://www.coursera.org/learn/x"), named("course"));
        assert_eq!(kind("https://www.manning.com/books/x"), named("book"));
        assert_eq!(kind("https://www.manning.com/livevideo/x"), named("course"));
        assert_eq!(kind("https://www.manning.com/bookshelf"), None);
        assert_eq!(kind("docs/x.md"), None);
    }

    #[test]
    fn every_kind_that_is_kept_apart_has_a_name() {
        for (a, b) in &KINDS.apart {
            for kind in [a, b] {
                assert!(KINDS.words.values().any(|named| named == kind), "{kind}");
            }
            assert!(are_apart(*b, *a));
        }
    }
}
