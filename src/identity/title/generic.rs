//! Titles that stand for many different works and are no evidence by themselves.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::identity::Options;

/// Why a title is no evidence by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generic {
    /// Several works share the name: `Harbor`. Worth a question, never a decision.
    Name,
    /// It names a subject after which many works are called: `Graph Theory`.
    Topic,
    /// It says what the link leads to, not what the work is called: `GitHub`, `PDF`, `Part 2`, or
    /// it is the address itself.
    Label,
}

/// What lists say before a label without naming a work by it: `another good tutorial`.
const PRAISE: &[&str] = &[
    "a",
    "an",
    "the",
    "another",
    "one",
    "more",
    "some",
    "very",
    "really",
    "good",
    "great",
    "nice",
    "excellent",
    "awesome",
    "amazing",
    "interesting",
    "useful",
    "helpful",
    "detailed",
    "short",
    "quick",
    "brief",
    "simple",
    "full",
    "complete",
    "comprehensive",
];

static GENERIC: LazyLock<FxHashMap<&str, Generic>> = LazyLock::new(|| {
    let kinds = [
        ("label", Generic::Label),
        ("topic", Generic::Topic),
        ("name", Generic::Name),
    ];
    let mut titles = FxHashMap::default();
    for line in include_str!("../data/generic_titles.txt").lines() {
        let Some((row, names)) = line.split_once(' ') else {
            continue;
        };
        if let Some((_, kind)) = kinds.iter().find(|(name, _)| *name == row) {
            titles.extend(names.split(", ").map(|name| (name, *kind)));
        }
    }
    titles
});

/// Why a title is generic; given its words and the folded text that they were taken from.
pub(super) fn of(words: &str, folded: &str, options: &Options) -> Option<Generic> {
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let is_address = folded.contains("://") || folded.starts_with("www.");
    if letters == 0 || is_address {
        return Some(Generic::Label);
    }
    if options
        .generic_titles
        .iter()
        .any(|title| super::words::words(&super::fold(title)) == words)
    {
        return Some(Generic::Label);
    }
    if let Some(generic) = GENERIC.get(words) {
        return Some(*generic);
    }
    // `part 2`, `lecture 10`
    let unnumbered = words.trim_end_matches(|c: char| c.is_numeric() || matches!(c, ' ' | '.'));
    match GENERIC.get(without_praise(unnumbered)) {
        Some(Generic::Label) => Some(Generic::Label),
        _ => (words.chars().count() == 1).then_some(Generic::Topic),
    }
}

/// `words` from the first that is no praise.
fn without_praise(words: &str) -> &str {
    let mut rest = words;
    while let Some((first, others)) = rest.split_once(' ') {
        if !PRAISE.contains(&first) {
            break;
        }
        rest = others;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::super::TitleKey;
    use super::*;

    #[test]
    fn generic_titles_are_told_from_names() {
        let options = Options {
            generic_titles: vec!["Read Me!".to_owned()],
            ..Options::default()
        };
        let generic = |title| TitleKey::new(title, &options).generic();
        for title in [
            "GitHub",
            "[PDF]",
            "Part 2",
            "Another Good Tutorial",
            "A very detailed overview",
            "2013",
            "📄",
            "https://a.b/c",
            "read me",
            "",
        ] {
            assert_eq!(generic(title), Some(Generic::Label), "{title}");
        }
        assert_eq!(generic("Graph Theory"), Some(Generic::Topic));
        assert_eq!(generic("Harbor"), Some(Generic::Name));
        for title in [
            "Pro Git 2",
            "Hidden Technical Debt",
            "faster-whisper",
            "The Good Place",
            "Awesome Python",
            "D3",
            "中文维基",
        ] {
            assert_eq!(generic(title), None, "{title}");
        }
    }

    #[test]
    fn every_row_of_the_data_file_is_a_key() {
        for title in GENERIC.keys() {
            let key = super::super::words::words(&super::super::fold(title));
            assert_eq!(key, *title);
        }
    }
}
