//! An entry without a description, in a list that describes nearly all of them.
//!
//! ## Why
//!
//! Who reads a list wants to know why a work is on it. A list that describes nearly every entry has
//! forgotten the few that it does not; one that describes only some is a list of links, and is left
//! alone. A title that is a sentence of its own (an article's, a talk's) describes the work itself.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Genmaicha](https://example.com/genmaicha) - Leaves with rice.
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
//! - [Kabusecha](https://example.com/kabusecha) - Covered leaves.
//! - [Kukicha](https://example.com/kukicha) - Twigs.
//! - [Matcha](https://example.com/matcha)
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
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
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam)
//! - [Ceylon](https://example.com/ceylon)
//! ```

use super::{
    Check, ERROR, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings, WARNING,
};
use crate::diagnostic::Diagnostic;
use crate::list::{Entry, List, Role, SectionKind, Shape};

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-description",
    group: Group::Entries,
    level: WARNING,
    awesome: ERROR,
    aliases: &["awesome-list-item"],
    options: &[OptionSpec {
        name: "share",
        help: "Of how many entries in a hundred a section must describe the others for one to be missed",
        kind: OptionKind::Number(90),
    }],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("missing_description.rs"),
};

/// How many entries there are in a section, and how many of them are described.
#[derive(Clone, Copy, Default)]
struct Count {
    all: u64,
    described: u64,
}

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let share = settings.number("share").min(100);
    // An entry with something below it is described by that.
    let mut parents = vec![false; list.entries.len()];
    for parent in list.entries.iter().filter_map(|entry| entry.parent) {
        parents[parent.index()] = true;
    }
    let mut counts = vec![Count::default(); list.sections.len()];
    let mut whole = Count::default();
    let says = |place: usize, entry: &Entry| entry.description.is_some() || parents[place];
    let counted = |entry: &Entry| is_counted(facts, entry);
    for (place, entry) in list
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| counted(entry))
    {
        let described = u64::from(says(place, entry));
        for count in [&mut counts[entry.section.index()], &mut whole] {
            count.all += 1;
            count.described += described;
        }
    }
    let nearly = |count: &Count| count.described * 100 >= count.all * share;
    for (place, entry) in list
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| counted(entry))
    {
        let section = &counts[entry.section.index()];
        let few = section.all < 10;
        let expected = match few {
            // Too few to have a custom of their own: they have the list's, if they mostly follow it.
            true => whole.all >= 10 && nearly(&whole) && section.described * 2 > section.all,
            false => nearly(section),
        };
        let (false, true, Some(title)) = (says(place, entry), expected, &entry.title) else {
            continue;
        };
        if describes_itself(&title.text) {
            continue;
        }
        let message = format!("`{}` has no description", title.text);
        found.push(Diagnostic::new(RULE.name, entry.content, message));
    }
}

/// Whether a title describes its work: it has six words, or says something behind a sign of its own,
/// as in `Whisper | Speech to text`.
fn describes_itself(title: &str) -> bool {
    const SIGNS: &[&str] = &[" | ", " - ", " – ", " — ", ": ", "："];
    let words = title
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric));
    words.count() >= 6 || SIGNS.iter().any(|sign| title.contains(sign))
}

/// Whether `entry` is a work of its own that leads somewhere.
fn is_counted(facts: &Facts<'_>, entry: &Entry) -> bool {
    entry.role == Role::Work
        && entry.depth == 0
        && names_itself(facts.list, entry)
        && matches!(entry.shape, Shape::Item(_))
        && facts.list.section(entry.section).kind == SectionKind::Entries
        && !facts.is_generated(entry.span.start)
}

/// Whether the title is the text of the link, and nothing but the title: `[Title: *about it*](…)`
/// says more, and in `about it [link](…)` the title is the description.
fn names_itself(list: &List, entry: &Entry) -> bool {
    let (Some(link), Some(title)) = (list.primary_link(entry), &entry.title) else {
        return false;
    };
    let text = list.slice(link.text);
    link.text.contains(title.span) && ![": *", ": _"].iter().any(|mark| text.contains(mark))
}
