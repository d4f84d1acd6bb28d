//! What a unit is known and compared by, read once for all the texts that have it, and only where a
//! side touched it.

use super::key;
use super::units::{Kind, Side};
use crate::identity::Options;
use crate::spaces::single;
use rustc_hash::FxHashMap;

/// What a unit is known and compared by. Numbers begin at 1: a `key` of 0 is that of a unit that was
/// not read, because it stands untouched in all three texts.
#[derive(Clone, Debug, Default)]
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
    /// The path of headings that it stands under, as a number of [`Keys`].
    pub(super) path: u32,
    /// Whether `key` names it wherever it stands.
    pub(super) named: bool,
}

/// What [`Facts`] are read from.
struct Words<'w> {
    kind: Kind,
    text: &'w str,
    /// The destination of the link that the unit is known by.
    url: Option<&'w str>,
    /// Its title, or the text of that link.
    title: &'w str,
}

/// Reads the facts of the units that are `wanted`.
pub(super) fn read(side: &mut Side<'_>, keys: &mut Keys, wanted: impl Fn(u32) -> bool) {
    let paths = paths(side, keys);
    for number in 0..side.units.len() as u32 {
        if !wanted(number) {
            continue;
        }
        let unit = side.unit(number);
        let line = (unit.lines.len() == 1).then(|| side.lines.names.get(unit.lines.start).copied());
        let mut facts = keys.facts(line.flatten(), &words(side, number));
        facts.path = path_of(&paths, side, number);
        if let Some(unit) = side.units.get_mut(number as usize) {
            unit.facts = facts;
        }
    }
}

/// By what a unit is sorted: its title, else its words; folded.
pub(super) fn sort_key(side: &Side<'_>, unit: u32) -> String {
    let words = words(side, unit);
    match words.title {
        "" => key::of_order(without_marker(&single(words.text))),
        title => key::of_order(title),
    }
}

fn words<'s>(side: &'s Side<'_>, unit: u32) -> Words<'s> {
    let link = side.link(unit);
    Words {
        kind: side.unit(unit).kind,
        text: side.text(unit),
        url: link.map(|link| link.url.as_str()),
        title: side.title(unit, link),
    }
}

/// For each section where it begins and the number of its path of headings.
fn paths(side: &Side<'_>, keys: &mut Keys) -> Vec<(u32, u32)> {
    let mut paths: Vec<(u32, String)> = Vec::with_capacity(side.list.sections.len());
    for section in &side.list.sections {
        let mut path = match section.parent {
            Some(parent) => paths.get(parent.index()).map(|(_, p)| p.clone()),
            None => None,
        }
        .unwrap_or_default();
        if let Some(heading) = &section.heading
            && path.len() < 1000
        {
            path.push('\u{1f}');
            path.push_str(&key::of_words(&heading.text));
        }
        paths.push((section.span.start, path));
    }
    paths
        .into_iter()
        .map(|(start, path)| (start, keys.number(path)))
        .collect()
}

fn path_of(paths: &[(u32, u32)], side: &Side<'_>, unit: u32) -> u32 {
    let start = side.unit(unit).start;
    let section = paths.partition_point(|(from, _)| *from <= start);
    let section = section.checked_sub(1).and_then(|at| paths.get(at));
    section.map_or(0, |(_, path)| *path)
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
    fn number(&mut self, key: String) -> u32 {
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry(key).or_insert(next)
    }

    /// The facts of a unit; `line` is the number of its only line, if it has but one.
    fn facts(&mut self, line: Option<u32>, words: &Words<'_>) -> Facts {
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
        let says = single(words.text).into_owned();
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
        Facts {
            key: self.number(key),
            link: link.map_or(0, |link| self.number(link)),
            title: match title.is_empty() {
                true => 0,
                false => self.number(title),
            },
            says: self.number(says),
            body: self.number(body),
            path: 0,
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
