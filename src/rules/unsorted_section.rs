//! An entry out of order, in a section that is sorted otherwise.
//!
//! ## Why
//!
//! Readers look an entry up where the alphabet puts it, and the next contributor copies what stands
//! there. A section counts as sorted if nine entries in ten are in order, or three in four where the
//! rest of the list is sorted; sections with another order are left alone. What is told of are the
//! fewest entries that have to move, not every neighbour of one that stands wrong.
//!
//! Titles are compared without regard to case and to punctuation before them, with hyphens as
//! spaces, or by their codes where the section is sorted so (`Zsh` before `awk`). People sort in
//! more than one way, so an entry that stands right when articles, prefixes, punctuation or accents
//! do not count, or when numbers count by their value, is left alone too, unless the options say how
//! titles compare. With `locale` they compare as the Unicode collation algorithm has it for that
//! language.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Genmaicha](https://example.com/genmaicha) - Leaves with rice.
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
//! - [Kabusecha](https://example.com/kabusecha) - Covered leaves.
//! - [Kukicha](https://example.com/kukicha) - Twigs.
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! - [Shincha](https://example.com/shincha) - First leaves.
//! - [Tencha](https://example.com/tencha) - Dried leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Moves the entry, with all that is nested below it, to its place. Entries of numbered lists, and
//! of lists with blank lines between them, are left to a person.

mod collation;
mod moves;
mod otherwise;

use collation::Collation;

use super::{
    Check, ERROR, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings, WARNING,
};
use crate::diagnostic::Diagnostic;
use crate::list::style::{Run, out_of_order, sort_key};
use crate::list::{EntryId, Role};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unsorted-section",
    group: Group::Entries,
    level: WARNING,
    awesome: ERROR,
    aliases: &["alphabetize-lists", "alphabetical-order"],
    options: &[
        OptionSpec {
            name: "ignore-articles",
            help: "Whether `A`, `An` and `The` at the start of a title do not count",
            kind: OptionKind::Flag(false),
        },
        OptionSpec {
            name: "ignore-prefixes",
            help: "What does not count at the start of a title, such as `awesome-`",
            kind: OptionKind::Texts(&[]),
        },
        OptionSpec {
            name: "natural-numbers",
            help: "Whether numbers count by their value, so that 9 stands before 10",
            kind: OptionKind::Flag(false),
        },
        OptionSpec {
            name: "ignore-accents",
            help: "Whether letters with marks count as those without, as most languages sort them",
            kind: OptionKind::Flag(false),
        },
        OptionSpec {
            name: "locale",
            help: "The language in whose order titles stand, by its tag, such as `sv`, where `Å` follows `Z`; `any` leaves that to the list",
            kind: OptionKind::Choice(collation::LANGUAGES),
        },
    ],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("unsorted_section.rs"),
};

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let keys = Keys::new(settings);
    let keys_are_plain = keys.plain;
    for run in &facts.style().runs {
        let generated = |id: &EntryId| facts.is_generated(list.entry(*id).span.start);
        let named = |id: &EntryId| list.entry(*id).title.is_some();
        let works = |id: &EntryId| list.entry(*id).role == Role::Work;
        if run.order.inversions == 0 && keys_are_plain
            || run.entries.first().is_none_or(generated)
            || !run.entries.iter().all(|id| named(id) && works(id))
        {
            continue;
        }
        let (keys, mut wrong) = keys.of_run(facts, run);
        if keys_are_plain {
            wrong = otherwise::still_wrong(facts, run, &wrong);
        }
        if wrong.is_empty() || !is_meant_sorted(facts, run, wrong.len()) {
            continue;
        }
        report(facts, run, &keys, &wrong, found);
    }
}

/// Whether the entries of `run`, of which `wrong` stand out of order, are meant to be sorted.
fn is_meant_sorted(facts: &Facts<'_>, run: &Run, wrong: usize) -> bool {
    let count = run.entries.len();
    let list_is = facts.style().list.sorted.clear() == Some(&true);
    wrong * 10 <= count || (list_is && wrong * 4 <= count)
}

fn report(
    facts: &Facts<'_>,
    run: &Run,
    keys: &[Key],
    wrong: &[usize],
    found: &mut Vec<Diagnostic>,
) {
    let list = facts.list;
    let stays: Vec<usize> = {
        let mut next = wrong.iter().copied().peekable();
        (0..keys.len())
            .filter(|&at| next.next_if_eq(&at).is_none())
            .collect()
    };
    // Where each belongs: before which of those that stay.
    let before: Vec<Option<usize>> = wrong
        .iter()
        .map(|&at| {
            let after = stays.partition_point(|&stay| keys[stay] <= keys[at]);
            stays.get(after).copied()
        })
        .collect();
    let mut fixes = moves::fixes(facts, run, keys, wrong, &before);
    for (place, (&at, before)) in wrong.iter().zip(&before).enumerate() {
        let entry = list.entry(run.entries[at]);
        let Some(title) = &entry.title else {
            continue;
        };
        let name = |at: usize| list.entry(run.entries[at]).title.as_ref();
        let belongs = match before.and_then(name) {
            Some(next) => format!("it belongs before `{}`", next.text),
            None => "it belongs at the end".to_owned(),
        };
        let message = format!("`{}` stands out of order; {belongs}", title.text);
        let mut diagnostic = Diagnostic::new(RULE.name, title.span, message);
        diagnostic.fix = fixes.get_mut(place).and_then(Option::take);
        found.push(diagnostic);
    }
}

/// What a title is compared by, byte by byte.
type Key = Vec<u8>;

/// How titles are made into keys.
struct Keys<'s> {
    articles: bool,
    prefixes: Vec<&'s str>,
    natural: bool,
    accents: bool,
    collation: Option<Collation>,
    /// Whether none of these is asked for.
    plain: bool,
}

impl<'s> Keys<'s> {
    fn new(settings: &RuleSettings<'s>) -> Self {
        let articles = settings.flag("ignore-articles");
        let prefixes = settings.texts("ignore-prefixes");
        let natural = settings.flag("natural-numbers");
        let accents = settings.flag("ignore-accents");
        let collation = Collation::of(settings.text("locale"));
        let asked = articles || !prefixes.is_empty() || natural || accents;
        Keys {
            plain: !asked && collation.is_none(),
            collation,
            articles,
            prefixes,
            natural,
            accents,
        }
    }

    /// The keys of the entries of `run`, and which of them are out of order: in the order of letters
    /// without regard to case or, where that leaves fewer, of their codes, capitals first.
    fn of_run(&self, facts: &Facts<'_>, run: &Run) -> (Vec<Key>, Vec<usize>) {
        let titles = run.entries.iter().map(|&id| {
            let title = facts.list.entry(id).title.as_ref();
            title.map_or("", |title| title.text.as_str())
        });
        let keys: Vec<Key> = titles.clone().map(|title| self.of(title)).collect();
        let wrong = out_of_order(&keys);
        if !self.plain || wrong.is_empty() {
            return (keys, wrong);
        }
        let codes: Vec<Key> = titles.map(|title| title.as_bytes().to_vec()).collect();
        let by_code = out_of_order(&codes);
        match by_code.len() < wrong.len() {
            true => (codes, by_code),
            false => (keys, wrong),
        }
    }

    /// The key of a title.
    fn of(&self, title: &str) -> Key {
        if self.plain {
            return sort_key(title).words().as_bytes().to_vec();
        }
        let mut words = title.to_lowercase();
        for prefix in &self.prefixes {
            if let Some(rest) = words.strip_prefix(&prefix.to_lowercase()) {
                words = rest.to_owned();
                break;
            }
        }
        if self.articles {
            let articles = ["the ", "an ", "a "];
            let rest = articles
                .iter()
                .find_map(|article| words.strip_prefix(article));
            words = rest.map_or(words.clone(), str::to_owned);
        }
        if self.accents {
            words = without_marks(&words);
        }
        if self.natural {
            words = with_padded_numbers(&words);
        }
        match &self.collation {
            Some(collation) => collation.key(&words),
            None => sort_key(&words).words().as_bytes().to_vec(),
        }
    }
}

/// `words` without the marks that letters carry.
fn without_marks(words: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    words
        .nfd()
        .filter(|char| !is_combining_mark(*char))
        .collect()
}

/// `words` with noughts before each number, so that numbers compare by their value.
fn with_padded_numbers(words: &str) -> String {
    /// More digits than that no title needs to be sorted by.
    const DIGITS: usize = 20;
    let mut padded = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(|char: char| char.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let length = from.len()
            - from
                .trim_start_matches(|char: char| char.is_ascii_digit())
                .len();
        let (number, after) = from.split_at(length);
        let number = number.trim_start_matches('0');
        padded.push_str(before);
        padded.push_str(&"0".repeat(DIGITS.saturating_sub(number.len())));
        padded.push_str(number);
        rest = after;
    }
    padded.push_str(rest);
    padded
}
