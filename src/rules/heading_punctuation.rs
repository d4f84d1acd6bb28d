//! A heading that ends in punctuation, in a list whose headings do not.
//!
//! ## Why
//!
//! A heading is a name, not a sentence, and the contents repeat it: `Green:` looks unfinished
//! there. Question and exclamation marks belong to the words and are fine, and so are
//! abbreviations. A list that ends most of its headings so means it, and is left alone.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green:
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam) - Malty leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam) - Malty leaves.
//! ```
//!
//! ## Fix
//!
//! Takes the sign out. The anchor of the heading stays the same, for GitHub leaves punctuation out
//! of it.

use super::{Check, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Heading, List, anchor};

/// The rule.
pub static RULE: Rule = Rule {
    name: "heading-punctuation",
    group: Group::Structure,
    level: WARNING,
    awesome: WARNING,
    aliases: &["MD026", "no-trailing-punctuation", "no-heading-punctuation"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("heading_punctuation.rs"),
};

/// The share of headings, in percent, from which on a sign at their end is the list's own way.
const OWN_WAY: usize = 30;

/// Words whose full stop is part of them.
const ABBREVIATIONS: &[&str] = &[
    "etc.", "al.", "inc.", "ltd.", "co.", "corp.", "misc.", "vs.", "no.", "vol.", "ed.", "jr.",
    "dr.", "st.", "org.", "dept.", "e.g.", "i.e.", "esp.", "approx.",
];

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let headings: Vec<&Heading> = list
        .headings()
        .map(|(_, heading)| heading)
        .filter(|heading| !facts.is_generated(heading.span.start))
        .collect();
    let ending: Vec<(&Heading, char)> = headings
        .iter()
        .filter_map(|heading| Some((*heading, sign(&heading.text)?)))
        .collect();
    if headings.len() > 3 && ending.len() * 100 > headings.len() * OWN_WAY {
        return;
    }
    for (heading, sign) in ending {
        let text = list.slice(heading.title);
        let words = text.trim_end_matches(|char: char| char == sign || char.is_whitespace());
        let start = heading.title.start + words.len() as u32;
        let written = text.ends_with(sign);
        let place = match written {
            true => heading.title.with(start, heading.title.end),
            false => heading.title,
        };
        let message = format!("the heading `{}` ends in `{sign}`", heading.text);
        let mut diagnostic = Diagnostic::new(RULE.name, place, message);
        if written && !words.is_empty() && keeps_anchor(list, heading, sign) {
            let fix = Fix::safe("Take the sign out", vec![Edit::delete(place)]);
            diagnostic = diagnostic.fix(fix);
        }
        found.push(diagnostic);
    }
}

/// The sign that ends `text` and should not.
fn sign(text: &str) -> Option<char> {
    let text = text.trim();
    let last = text.chars().next_back()?;
    let word = text.rsplit(char::is_whitespace).next()?.to_lowercase();
    // `:books:` is an emoji.
    if word.len() > 2 && word.starts_with(':') && last == ':' {
        return None;
    }
    let inner_stop = word.trim_end_matches('.').contains('.');
    let abbreviated = last == '.'
        && (word.ends_with("..")
            || inner_stop
            || ABBREVIATIONS.contains(&word.as_str())
            || word.len() <= 2);
    (matches!(
        last,
        ':' | '.' | ',' | ';' | '：' | '。' | '，' | '；' | '、'
    ) && !abbreviated)
        .then_some(last)
}

/// Whether links to the heading still find it without `sign`.
fn keeps_anchor(_: &List, heading: &Heading, sign: char) -> bool {
    let shorter = heading.text.trim().trim_end_matches(sign).trim_end();
    anchor::slug(heading.text.trim()) == anchor::slug(shorter)
}
