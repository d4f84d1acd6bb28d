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
    for work in facts.works() {
        let Some(title) = &work.identity.title else {
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

/// Whether two entries may be one work by their titles alone; by their links is another rule's.
fn is_same(facts: &Facts<'_>, a: &Work, b: &Work) -> bool {
    let (one, other) = (facts.list.entry(a.entry), facts.list.entry(b.entry));
    // Parts of two works may well be called the same, and so may pages on several networks.
    let related = one.parent == other.parent && lead(facts, one) == lead(facts, other);
    let links = a.identity.link.as_ref().zip(b.identity.link.as_ref());
    let linked = links.is_some_and(|(a, b)| a.certain() == b.certain());
    let scope = Scope::SameList {
        same_section: one.section == other.section,
    };
    let judged = judge(
        &a.identity,
        &b.identity,
        scope,
        &facts.surroundings.identity,
    );
    related
        && bare(one) == bare(other)
        && !linked
        && judged.contradiction.is_none()
        && judged.verdict >= Verdict::Possible
        && judged.evidence.contains(&Evidence::SameTitle)
}

/// The letters and digits of a title. What makes an edition of a work (`Second Edition`) counts.
fn bare(entry: &Entry) -> String {
    let text = entry.title.as_ref().map_or("", |title| &title.text);
    let letters = text.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
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
