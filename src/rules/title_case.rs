//! A title of a list that is not in title case.
//!
//! ## Why
//!
//! The guidelines ask for it, and lists of lists show the titles side by side. Words that English
//! keeps small (`of`, `the`, `for`) may stay small inside a title. Title case is a custom of English:
//! a title with small words of another language (`et`, `und`, `de`) is left alone.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome tea and water
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea and Water
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Writes the words with capitals, which a person should look at: a name may be meant as it is.

use super::{Check, ERROR, Facts, Fixes, Group, Level, OptionKind, OptionSpec, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};

/// The rule.
pub static RULE: Rule = Rule {
    name: "title-case",
    group: Group::Awesome,
    level: Level::Off,
    awesome: ERROR,
    aliases: &["awesome-heading", "remark-lint:awesome-heading"],
    options: &[OptionSpec {
        name: "names",
        help: "Words that begin small wherever they stand.",
        kind: OptionKind::Texts(&[
            "npm",
            "jq",
            "dbt",
            "scikit-learn",
            "spaCy",
            "pandas",
            "esbuild",
        ]),
    }],
    fixes: Fixes::Unsafe,
    check: Check::List(check),
    source: include_str!("title_case.rs"),
};

/// Words that stay small inside a title.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "it", "nor",
    "of", "off", "on", "onto", "or", "over", "per", "so", "than", "that", "the", "to", "up", "via",
    "vs", "vs.", "with", "within", "without", "yet",
];

/// Small words that tell of another language.
const OF_OTHERS: &[&str] = &[
    "à", "da", "das", "de", "del", "der", "des", "do", "dos", "du", "e", "el", "en", "et", "für",
    "il", "la", "las", "le", "les", "los", "och", "para", "pour", "sur", "und", "van", "von", "y",
    "zur",
];

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let Some((_, heading)) = list
        .headings()
        .next()
        .filter(|(_, heading)| heading.level == 1)
    else {
        return;
    };
    let names = settings.texts("names");
    let text = list.slice(heading.title);
    // What stands in code, links and tags is a name or none of the title.
    let end = text.find(['[', '`', '<', '!']).unwrap_or(text.len());
    let words: Vec<(usize, &str)> = words(text.get(..end).unwrap_or_default()).collect();
    if words.iter().any(|(_, word)| OF_OTHERS.contains(word)) {
        return;
    }
    let last = words.len().saturating_sub(1);
    let small: Vec<(usize, &str)> = words
        .iter()
        .enumerate()
        .filter(|(place, (_, word))| {
            let inside = *place > 0 && *place < last;
            let may_be_small = inside && SMALL.contains(word) || names.contains(word);
            !may_be_small && is_small(word)
        })
        .map(|(_, word)| *word)
        .collect();
    if small.is_empty() {
        return;
    }
    let shown: Vec<String> = small.iter().map(|(_, word)| format!("`{word}`")).collect();
    let edits = small
        .iter()
        .map(|(at, word)| {
            let start = heading.title.start + *at as u32;
            let first = heading.title.with(start, start + 1);
            Edit::replace(first, word[..1].to_ascii_uppercase())
        })
        .collect();
    let message = format!("the title is not in title case: {}", shown.join(", "));
    found.push(
        Diagnostic::new(RULE.name, heading.title, message)
            .fix(Fix::needs_review("Write it in title case", edits)),
    );
}

/// The words of a text with the places where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - base, word))
}

/// Whether a word of ASCII letters begins small; one with capitals or signs inside is a name.
fn is_small(word: &str) -> bool {
    let letters = word.trim_end_matches([',', ':', ';', '!', '?', '.']);
    !letters.is_empty()
        && letters
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        && letters.as_bytes()[0].is_ascii_lowercase()
}
