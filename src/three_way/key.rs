//! What a unit is known by: the resource that its link names, or its words.

use crate::identity::Options;
use crate::identity::url::LinkKey;

/// The key of a destination; destinations with equal keys lead to the same resource.
pub(super) fn of_link(url: &str, options: &Options) -> String {
    LinkKey::new(url, options).certain().to_owned()
}

/// Words for comparison: letters and digits in lower case, everything else a single space.
pub(super) fn of_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, '+' | '#') {
            words.extend(c.to_lowercase());
        } else if !words.ends_with(' ') && !words.is_empty() {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Words for sorting: without leading signs, `-`, `,` and `:` as spaces, in lower case.
pub(super) fn of_order(text: &str) -> String {
    text.trim_start_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .map(|c| if matches!(c, '-' | ',' | ':') { ' ' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}
