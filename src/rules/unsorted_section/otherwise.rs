//! Other ways in which people sort titles, so that only what is wrong in all of them is told of.

use super::{with_padded_numbers, without_marks};
use crate::list::style::Run;
use crate::rules::Facts;

/// A way to compare titles: what a title, in lower case, is compared by.
type Way = fn(&str) -> String;

/// The ways, besides the one that most lists use.
const WAYS: &[Way] = &[
    str::to_owned,
    |title| {
        title
            .chars()
            .filter(|char| char.is_alphanumeric())
            .collect()
    },
    |title| with_padded_numbers(title),
    |title| without_marks(title),
    |title| without_lead(title, &["the ", "an ", "a "]),
    |title| without_lead(title, &["awesome ", "awesome-"]),
    |title| with_padded_numbers(&with_plain_numerals(title)),
];

/// Those of `wrong`, places in `run` in order, that stand wrong between their neighbours in every
/// way. The search ends with the first that is one too many to be told of, as `few_enough` says of
/// their number.
pub(super) fn still_wrong(
    facts: &Facts<'_>,
    run: &Run,
    wrong: &[usize],
    few_enough: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let list = facts.list;
    if !has_alphabet(facts, run) {
        return Vec::new();
    }
    let title = |at: usize| {
        let title = run
            .entries
            .get(at)
            .and_then(|&id| list.entry(id).title.as_ref());
        title.map(|title| title.text.trim().to_lowercase())
    };
    let mut is_wrong = vec![false; run.entries.len()];
    for &at in wrong {
        is_wrong[at] = true;
    }
    // For each place the next one behind it that stands right.
    let mut next = None;
    let mut behind: Vec<Option<usize>> = vec![None; is_wrong.len()];
    for at in (0..is_wrong.len()).rev() {
        behind[at] = next;
        next = if is_wrong[at] { next } else { Some(at) };
    }
    let mut still = Vec::new();
    // The last place before the one that is looked at which stands right.
    let mut before: Option<usize> = None;
    for at in 0..is_wrong.len() {
        if !is_wrong[at] {
            before = Some(at);
            continue;
        }
        let behind = behind[at].and_then(title);
        let (Some(here), above) = (title(at), before.and_then(title)) else {
            continue;
        };
        let fits = |way: &Way| {
            let key = way(&here);
            above.as_ref().is_none_or(|above| way(above) <= key)
                && behind.as_ref().is_none_or(|behind| key <= way(behind))
        };
        if !WAYS.iter().any(fits) {
            still.push(at);
            if !few_enough(still.len()) {
                break;
            }
        }
    }
    still
}

/// `title` without the first of `leads` that it begins with.
fn without_lead(title: &str, leads: &[&str]) -> String {
    let rest = leads.iter().find_map(|lead| title.strip_prefix(lead));
    rest.unwrap_or(title).to_owned()
}

/// Whether all titles begin in scripts with one alphabet. Ideographs have no order that readers
/// know by their numbers, and a list that mixes scripts is a translation, sorted by what the titles
/// were before.
fn has_alphabet(facts: &Facts<'_>, run: &Run) -> bool {
    let (mut cased, mut other) = (false, false);
    for &id in &run.entries {
        let title = facts.list.entry(id).title.as_ref();
        let letter = title.and_then(|title| title.text.chars().find(|char| char.is_alphanumeric()));
        match letter {
            Some('\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}') => {
                return false;
            }
            Some(letter) if letter.is_lowercase() || letter.is_uppercase() => cased = true,
            Some(letter) if letter.is_alphabetic() => other = true,
            _ => {}
        }
    }
    !(cased && other)
}

/// `title` with Roman numerals as numbers.
fn with_plain_numerals(title: &str) -> String {
    let words = title.split(' ').map(|word| match numeral(word) {
        Some(number) => number.to_string(),
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The value of a Roman numeral in small letters, up to 39.
fn numeral(word: &str) -> Option<usize> {
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let word = word.trim_end_matches([':', '.', ',', ')']);
    let units = word.trim_start_matches('x');
    let tens = word.len() - units.len();
    let units = UNITS.iter().position(|unit| *unit == units)?;
    (tens <= 3 && tens + units > 0).then_some(tens * 10 + units)
}
