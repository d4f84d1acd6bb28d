//! What stands with a title and is no part of it: year, edition, kind, site, language, authors.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::identity::kind::{self, Kind};

/// What a title says about its work besides its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The year behind the title: `(2017)`.
    pub year: Option<u16>,
    /// The edition: `2nd ed.`
    pub edition: Option<u16>,
    /// The kind of work, before the title or in brackets.
    pub kind: Option<Kind>,
    /// The site that the title names: `– O'Reilly`.
    pub site: Option<&'static str>,
    /// The language that the title names, as ISO 639-1 has it.
    pub language: Option<&'static str>,
    /// Who made the work, if brackets in the title say so: `(by Kim)`.
    pub authors: Option<Box<str>>,
}

static SITES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let sites = rows("site").flat_map(|row| row.split(", "));
    sites.map(|site| (site, site)).collect()
});

/// The last words of the sites' names: without one of them no title ends in a site.
static SITE_ENDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let ends = SITES.keys().filter_map(|site| site.rsplit(' ').next());
    ends.collect()
});

static LANGUAGES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let languages = rows("language").filter_map(|row| row.split_once(' '));
    languages
        .flat_map(|(code, names)| names.split(", ").map(move |name| (name, code)))
        .collect()
});

fn rows(kind: &'static str) -> impl Iterator<Item = &'static str> {
    let text = include_str!("../data/title_words.txt");
    text.lines()
        .filter_map(move |line| line.strip_prefix(kind)?.strip_prefix(' '))
}

/// The language that a word names.
pub(in crate::identity) fn language_named(folded: &str) -> Option<&'static str> {
    LANGUAGES.get(folded).copied()
}

/// Takes what is no part of the name off a folded title.
pub(super) fn take(folded: &str) -> (&str, Attributes) {
    let mut attributes = Attributes::default();
    let mut rest = trim(folded);
    loop {
        let shorter = take_front(rest, &mut attributes)
            .or_else(|| take_back(rest, &mut attributes))
            .map(trim)
            .filter(|shorter| !shorter.is_empty());
        match shorter {
            Some(shorter) if shorter.len() < rest.len() => rest = shorter,
            _ => return (rest, attributes),
        }
    }
}

/// The name without a remark in parentheses at its end: `Title (using Python)`.
pub(super) fn without_remark(name: &str) -> &str {
    match name
        .strip_suffix(')')
        .and_then(|inner| inner.rsplit_once(" ("))
    {
        Some((before, _)) if !before.is_empty() => before,
        _ => name,
    }
}

/// Without signs at the ends that open or close nothing.
fn trim(text: &str) -> &str {
    let signs = |c: char| !c.is_alphanumeric() && !"()[]\"'.+#@".contains(c);
    text.trim_matches(signs).trim_end_matches(['.', '@']).trim()
}

fn take_front<'a>(text: &'a str, attributes: &mut Attributes) -> Option<&'a str> {
    if let Some((inner, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        note(inner, attributes);
        return Some(rest);
    }
    // `12. Title`, `3) Title`
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len()
        && text.len() - digits.len() <= 3
        && let Some(rest) = digits.strip_prefix(['.', ')'])
        && rest.starts_with(' ')
    {
        return Some(rest);
    }
    if let Some((before, rest)) = text.split_once(": ") {
        if let Some(site) = SITES.get(before) {
            attributes.site = Some(site);
            return Some(rest);
        }
        if let Some(kind) = kind::named(before) {
            attributes.kind = Some(kind);
            return Some(rest);
        }
    }
    // `book "title"`
    let (before, rest) = text.split_once(" \"")?;
    attributes.kind = Some(kind::named(before)?);
    Some(rest)
}

fn take_back<'a>(text: &'a str, attributes: &mut Attributes) -> Option<&'a str> {
    // Counts of stars change by the day.
    if !text.is_ascii()
        && let Some((before, _)) = text.split_once(['★', '⭐'])
    {
        return Some(before);
    }
    for (close, open) in [(')', '('), (']', '[')] {
        if let Some(inner) = text.strip_suffix(close)
            && let Some((before, inner)) = inner.rsplit_once(open)
            && (note(inner, attributes) || close == ']')
        {
            return Some(before);
        }
    }
    // `title (2015), j. schmidhuber`
    if let Some((before, rest)) = text.split_once(" (")
        && let Some((inner, people)) = rest.split_once(')')
        && let Some(year) = year(inner)
        && let Some(people) = people.strip_prefix([',', '.'])
    {
        attributes.year = Some(year);
        attributes.authors = Some(people.trim().into());
        return Some(before);
    }
    let last = text.rsplit(' ').next()?;
    if SITE_ENDS.contains(last)
        && let Some((before, site)) = site_behind(text)
    {
        attributes.site = Some(site);
        return Some(before);
    }
    if let Some((before, after)) = text.rsplit_once([',', '-', ':'])
        && let Some(edition) = edition(after.trim())
    {
        attributes.edition = Some(edition);
        return Some(before);
    }
    // `title, 2017`; a bare year may be part of a name
    if let Some(year) = year(last)
        && let Some(before) = text.strip_suffix(last)
        && let Some(before) = [", ", " - "]
            .iter()
            .find_map(|mark| before.strip_suffix(mark))
    {
        attributes.year = Some(year);
        return Some(before);
    }
    // `title second edition`
    if !matches!(last, "edition" | "ed") {
        return None;
    }
    let (before, _) = text.rsplit_once(' ')?;
    let (before, ordinal) = before.rsplit_once(' ')?;
    attributes.edition = Some(self::ordinal(ordinal)?);
    Some(before)
}

/// The text before a site that it names at its end, and the site.
fn site_behind(text: &str) -> Option<(&str, &'static str)> {
    let marks = [" - ", " | ", " on ", " @ ", " · ", " at ", " from "];
    marks.iter().find_map(|mark| {
        let (before, after) = text.rsplit_once(mark)?;
        Some((before, *SITES.get(after)?))
    })
}

/// Reads what stands in brackets; tells whether it is a known attribute.
fn note(inner: &str, attributes: &mut Attributes) -> bool {
    let inner = inner.trim();
    let bare = ["on ", "from ", "at ", "in "]
        .iter()
        .find_map(|word| inner.strip_prefix(word));
    let bare = bare.unwrap_or(inner);
    if let Some(year) = year(inner) {
        attributes.year = Some(year);
    } else if let Some(edition) = edition(inner) {
        attributes.edition = Some(edition);
    } else if let Some(language) = language_named(bare) {
        attributes.language = Some(language);
    } else if let Some(kind) = kind::named(inner) {
        attributes.kind = Some(kind);
    } else if let Some(site) = SITES.get(bare) {
        attributes.site = Some(site);
    } else if let Some(authors) = inner.strip_prefix("by ") {
        attributes.authors = Some(authors.into());
    } else {
        return !inner.contains(|c: char| c.is_alphanumeric());
    }
    true
}

/// A year from 1900 to 2099, in four digits.
pub(in crate::identity) fn year(text: &str) -> Option<u16> {
    let year = text.parse().ok().filter(|year| (1900..2100).contains(year));
    year.filter(|_| text.len() == 4)
}

/// `2nd edition`, `second ed.`, `2e`.
fn edition(text: &str) -> Option<u16> {
    if let Some(number) = text.strip_suffix('e') {
        return number.parse().ok();
    }
    let (number, word) = text.split_once(' ')?;
    matches!(word, "edition" | "ed" | "ed.").then(|| ordinal(number))?
}

fn ordinal(text: &str) -> Option<u16> {
    let words = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    if let Some(at) = words.iter().position(|word| *word == text) {
        return u16::try_from(at + 1).ok();
    }
    let number = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| text.strip_suffix(end))?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (&str, Attributes) {
        take(text)
    }

    #[test]
    fn what_is_no_part_of_the_name_is_taken_off() {
        for (text, name) in [
            ("what are models? - o'reilly", "what are models"),
            ("a story | medium", "a story"),
            ("deep learning on coursera", "deep learning"),
            ("o'reilly: the road to it", "the road to it"),
            ("[book] title (2017)", "title"),
            ("book \"title\"", "title\""),
            ("12. title", "title"),
            ("🚀 title ✨", "title"),
            ("title (2nd ed.)", "title"),
            ("title, third edition", "title"),
            ("title second edition", "title"),
            ("title (chinese)", "title"),
            ("title ★ 114 ⧗ 4", "title"),
            ("title, 2017", "title"),
            ("title - 2017", "title"),
            ("title (by thoughtworks)", "title"),
            ("title (2015), j. schmidhuber", "title"),
        ] {
            assert_eq!(taken(text).0, name, "{text}");
        }
    }

    #[test]
    fn what_belongs_to_the_name_stays() {
        for name in [
            "deep learning (with python)",
            "2017",
            "(2017)",
            "c++",
            "f#",
            ".net",
            "24 hours",
            "learning on the job",
            "[book]",
            "hooked on phonics",
            "mlsys 2020",
            "a - b",
        ] {
            assert_eq!(taken(name).0, name);
        }
    }

    #[test]
    fn attributes_are_kept() {
        let (_, attributes) = taken("[course] title (japanese) (2nd edition) (2017)");
        assert_eq!(attributes.year, Some(2017));
        assert_eq!(attributes.edition, Some(2));
        assert_eq!(attributes.language, Some("ja"));
        assert_eq!(attributes.kind, kind::named("course"));
        assert_eq!(taken("title | o'reilly").1.site, Some("o'reilly"));
    }
}
