//! Two entries with the same title and different links.
//!
//! ## Why
//!
//! It may be one work that moved, and is listed under its old and its new address. It may as well be
//! two works with one name, so this is advice. Titles that many works share (`Documentation`,
//! `Harbor`) and entries whose years, numbers, editions or authors differ are left alone.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [The Way of Green Tea](https://example.com/way) - Steamed leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Grows in the shade.
//! - [The Way of Green Tea](https://example.org/the-way) - Leaves of summer.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [The Way of Green Tea](https://example.com/way) (2015) - Steamed leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Grows in the shade.
//! - [The Way of Green Tea](https://example.org/the-way) (2017) - Leaves of summer.
//! ```

use std::collections::HashMap;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::facts::Work;
use super::{ADVICE, Check, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::identity::{Evidence, Scope, Verdict, judge};
use crate::list::Entry;

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-title",
    group: Group::Links,
    level: ADVICE,
    awesome: ADVICE,
    aliases: &[],
    options: &[OptionSpec {
        name: "words",
        help: "How many words a title must have at least.",
        kind: OptionKind::Number(3),
    }],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("duplicate_title.rs"),
};

/// With how many earlier entries of one title an entry is compared.
const COMPARED: usize = 8;

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let fewest = usize::try_from(settings.number("words")).unwrap_or(usize::MAX);
    let mut met: HashMap<&str, Vec<&Work>> = HashMap::new();
    for work in spelled_alike(facts, fewest) {
        let Some(title) = &facts.identity(work).title else {
            continue;
        };
        if title.generic().is_some() || title.word_count() < fewest {
            continue;
        }
        let earlier = met.entry(title.words()).or_default();
        if let Some(same) = earlier.iter().find(|earlier| is_same(facts, earlier, work)) {
            found.push(finding(facts, same, work));
        }
        if earlier.len() < COMPARED {
            earlier.push(work);
        }
    }
}

/// The works that share the letters of their title with another one, which leads elsewhere;
/// [`is_same`] asks for that, and most lists have few of them, so that no other title need be read.
fn spelled_alike<'f>(facts: &'f Facts<'_>, fewest: usize) -> Vec<&'f Work> {
    let titled = facts.works().iter().filter_map(|work| {
        let title = facts.list.entry(work.entry).title.as_ref()?;
        Some((letters(&title.text, fewest)?, work))
    });
    let titled: Vec<(u64, &Work)> = titled.collect();
    let mut met: HashMap<u64, Met<'_>> = HashMap::with_capacity(titled.len());
    for (letters, work) in &titled {
        met.entry(*letters)
            .and_modify(|met| met.several_links |= met.works_share_no_link(facts, work))
            .or_insert(Met {
                first: work,
                several_links: false,
            });
    }
    let alike = titled.into_iter();
    alike
        .filter(|(letters, _)| met.get(letters).is_some_and(|met| met.several_links))
        .map(|(_, work)| work)
        .collect()
}

/// The works whose titles have the same letters.
struct Met<'f> {
    first: &'f Work,
    /// Whether some of them lead elsewhere than the first.
    several_links: bool,
}

impl Met<'_> {
    fn works_share_no_link(&self, facts: &Facts<'_>, work: &Work) -> bool {
        let links = self.first.link.zip(work.link);
        !links.is_some_and(|(a, b)| facts.key(a).certain() == facts.key(b).certain())
    }
}

/// A number that is equal for titles with equal letters and digits; `None` where the title surely
/// has less than `fewest` words.
fn letters(title: &str, fewest: usize) -> Option<u64> {
    let mut hasher = FxHasher::default();
    if !title.is_ascii() {
        for letter in bare(title) {
            hasher.write_u32(u32::from(letter));
        }
        return Some(hasher.finish());
    }
    // What parts words, and what is written for one, are signs: so many words there are at most.
    let mut words = 0;
    let mut in_word = false;
    for byte in title.bytes() {
        let is_letter = byte.is_ascii_alphanumeric();
        if is_letter {
            hasher.write_u32(u32::from(byte.to_ascii_lowercase()));
        }
        words += usize::from(is_letter && !in_word || matches!(byte, b'&' | b'@'));
        in_word = is_letter;
    }
    (words >= fewest).then(|| hasher.finish())
}

/// Whether two entries may be one work by their titles alone; by their links is another rule's.
fn is_same(facts: &Facts<'_>, a: &Work, b: &Work) -> bool {
    let (one, other) = (facts.list.entry(a.entry), facts.list.entry(b.entry));
    // Parts of two works may well be called the same, and so may pages on several networks.
    let related = one.parent == other.parent && lead(facts, one) == lead(facts, other);
    let (of_a, of_b) = (facts.identity(a), facts.identity(b));
    let links = of_a.link.as_ref().zip(of_b.link.as_ref());
    let linked = links.is_some_and(|(a, b)| a.certain() == b.certain());
    let scope = Scope::SameList {
        same_section: one.section == other.section,
    };
    let judged = judge(of_a, of_b, scope, &facts.surroundings.identity);
    related
        && bare(title_of(one)).eq(bare(title_of(other)))
        && !linked
        && judged.contradiction.is_none()
        && judged.verdict >= Verdict::Possible
        && judged.evidence.contains(&Evidence::SameTitle)
}

fn title_of(entry: &Entry) -> &str {
    entry.title.as_ref().map_or("", |title| &title.text)
}

/// The letters and digits of a title. What makes an edition of a work (`Second Edition`) counts.
fn bare(title: &str) -> impl Iterator<Item = char> {
    let letters = title.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// The words before the title: `Meetup [Name](…)`.
fn lead<'a>(facts: &Facts<'a>, entry: &Entry) -> &'a str {
    entry.lead.map_or("", |lead| facts.list.slice(lead)).trim()
}

fn finding(facts: &Facts<'_>, earlier: &Work, here: &Work) -> Diagnostic {
    let place = |work: &Work| {
        let entry = facts.list.entry(work.entry);
        entry
            .title
            .as_ref()
            .map_or(entry.content, |title| title.span)
    };
    let title = facts.list.entry(here.entry).title.as_ref();
    let title = title.map_or("", |title| &title.text);
    Diagnostic::new(
        RULE.name,
        place(here),
        format!("another entry is called `{title}`"),
    )
    .also(place(earlier), "the other one")
    .help("if they are one work, keep one entry; if not, say in what they differ")
}
