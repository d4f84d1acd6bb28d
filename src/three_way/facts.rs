//! What a unit is known and compared by, read once for all the texts that have it.

use super::key;
use super::units::Kind;
use crate::identity::Options;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What a unit is known and compared by.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// What it is known by, as a number of [`Keys`].
    pub(super) key: u32,
    /// The link that it is known by or begins with, as a number of [`Keys`]; 0 if it has none.
    pub(super) link: u32,
    /// Its title as a number of [`Keys`]; 0 if it has none.
    pub(super) title: u32,
    /// What it says, white space aside, as a number of [`Keys`].
    pub(super) says: u32,
    /// What it says without the list marker, as a number of [`Keys`].
    pub(super) body: u32,
    /// By what it is sorted: its title, else its words; folded.
    pub(super) sort: Rc<str>,
    /// Whether `key` names it wherever it stands.
    pub(super) named: bool,
}

/// What [`Facts`] are read from.
pub(super) struct Words<'w> {
    pub(super) kind: Kind,
    pub(super) text: &'w str,
    /// The destination of the link that the unit is known by.
    pub(super) url: Option<&'w str>,
    /// Its title, or the text of that link.
    pub(super) title: &'w str,
}

/// The facts of a line, and what else they were read from.
struct Known {
    url: Option<String>,
    title: String,
    facts: Facts,
}

/// Gives equal keys equal numbers, from 1, and equal lines their facts.
#[derive(Default)]
pub(super) struct Keys {
    numbers: FxHashMap<String, u32>,
    /// By what a line is and by its number among the lines of all texts: most lines stand in all
    /// three, and addresses take long to read.
    lines: FxHashMap<(Kind, u32), Known>,
    identity: Options,
}

impl Keys {
    /// The number of `key`.
    pub(super) fn number(&mut self, key: String) -> u32 {
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry(key).or_insert(next)
    }

    /// The facts of a unit; `line` is the number of its only line, if it has but one.
    pub(super) fn facts(&mut self, line: Option<u32>, words: &Words<'_>) -> Facts {
        let Some(line) = line else {
            return self.read(words);
        };
        let known = self.lines.get(&(words.kind, line));
        if let Some(known) = known
            && known.url.as_deref() == words.url
            && known.title == words.title
        {
            return known.facts.clone();
        }
        let facts = self.read(words);
        let known = Known {
            url: words.url.map(str::to_owned),
            title: words.title.to_owned(),
            facts: facts.clone(),
        };
        self.lines.insert((words.kind, line), known);
        facts
    }

    fn read(&mut self, words: &Words<'_>) -> Facts {
        let says = words.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = key::of_words(words.title);
        let url = words.url;
        let link = url.map(|url| format!("l{}", key::of_link(url, &self.identity)));
        let (key, named) = match (words.kind, url) {
            (Kind::Heading, _) => (format!("h{}", key::of_words(&says)), false),
            (Kind::Line, _) => (format!("t{says}"), false),
            (Kind::Contents, Some(url)) => (format!("c{url}"), true),
            (_, Some(_)) => (link.clone().unwrap_or_default(), true),
            (_, None) if title.len() > 1 => (format!("n{title}"), true),
            (_, None) => (format!("t{says}"), false),
        };
        let body = match words.kind {
            Kind::Item | Kind::Contents => without_marker(&says).to_owned(),
            _ => says.clone(),
        };
        let sort = match words.title {
            "" => key::of_order(without_marker(&says)),
            title => key::of_order(title),
        };
        Facts {
            key: self.number(key),
            link: link.map_or(0, |link| self.number(link)),
            title: match title.is_empty() {
                true => 0,
                false => self.number(title),
            },
            says: self.number(says),
            body: self.number(body),
            sort: sort.into(),
            named,
        }
    }
}

/// The words of an item without bullet or number.
fn without_marker(item: &str) -> &str {
    let rest = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['-', '*', '+', '.', ')']).unwrap_or(item);
    rest.trim_start()
}
