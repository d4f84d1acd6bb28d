//! How people name works without a link: `"Title" by Author`, `Book, Author,"Title"`.

use super::step::is_year;

/// What a work is, as lists say before its title. Compared without case.
pub const KINDS: &[&str] = &[
    "book",
    "books",
    "ebook",
    "course",
    "paper",
    "article",
    "report",
    "talk",
    "video",
    "tutorial",
    "podcast",
    "thesis",
    "whitepaper",
    "white paper",
    "blog",
    "blog post",
    "slides",
    "lecture",
    "workshop",
    "webinar",
    "livre",
    "libro",
    "buch",
    "cours",
    "curso",
];

/// Link texts that name the form of a work and not the work. Compared without case and brackets.
const FORMS: &[&str] = &[
    "pdf",
    "paper",
    "papers",
    "code",
    "link",
    "links",
    "website",
    "site",
    "web",
    "web site",
    "homepage",
    "home page",
    "home",
    "github",
    "git",
    "repo",
    "repository",
    "source",
    "source code",
    "video",
    "videos",
    "youtube",
    "slides",
    "slide",
    "blog",
    "blog post",
    "post",
    "article",
    "book",
    "here",
    "html",
    "arxiv",
    "doi",
    "abs",
    "abstract",
    "demo",
    "docs",
    "documentation",
    "project",
    "project page",
    "page",
    "download",
    "ppt",
    "notes",
    "course",
    "course page",
    "url",
    "www",
    "data",
    "dataset",
    "model",
    "talk",
    "poster",
    "amazon",
    "doc",
    "online",
    "read",
    "view",
    "more",
    "链接",
    "论文",
    "代码",
    "官网",
    "地址",
    "lien",
    "enlace",
    "app store",
    "mac app store",
    "google play",
    "play store",
    "f-droid",
    "screenshot",
    "screenshots",
    "preview",
    "discord",
    "slack",
    "twitter",
    "wiki",
    "mirror",
    "releases",
    "npm",
    "pypi",
];

/// Those of [`FORMS`] that name where a project lives and not a text about it.
const PLACES: &[&str] = &[
    "code",
    "github",
    "git",
    "repo",
    "repository",
    "source",
    "source code",
    "website",
    "site",
    "web",
    "homepage",
    "home page",
    "home",
    "demo",
    "docs",
    "documentation",
    "project",
    "project page",
    "代码",
    "官网",
];

/// A work named in quotation marks; all places are byte offsets in the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The kind of work, before the title.
    pub kind: Option<(usize, usize)>,
    /// The title, without its quotation marks.
    pub title: (usize, usize),
    /// The year.
    pub year: Option<(usize, usize)>,
    /// The authors, with no `by`.
    pub authors: Option<(usize, usize)>,
    /// Where the reading stopped.
    pub end: usize,
}

/// Whether a link text names only the form in which a work is offered: `[PDF]`, `here`.
pub(super) fn names_a_form(text: &str) -> bool {
    let bare = text.trim();
    let bracketed = bare.starts_with(['[', '\\']) && bare.ends_with(']');
    bracketed || is_one_of(form(bare), FORMS)
}

/// Whether a link text says that it leads to where a project lives: `[GitHub]`.
pub(super) fn names_a_place(text: &str) -> bool {
    is_one_of(form(text), PLACES)
}

/// A link text without marks around it and without a number behind it: `Screenshot` of
/// `[Screenshot 2]`, but all of `Web3`.
fn form(text: &str) -> &str {
    let bare = text.trim_matches(|char: char| !char.is_alphanumeric());
    let words = bare.trim_end_matches(|last: char| last.is_ascii_digit());
    match words.ends_with(' ') {
        true => words.trim_end(),
        false => bare,
    }
}

/// Whether `text` is one of `known`, without regard to the case of ASCII letters.
pub(super) fn is_one_of(text: &str, known: &[&str]) -> bool {
    known
        .iter()
        .any(|one| one.len() == text.len() && (one.eq_ignore_ascii_case(text) || *one == text))
}

/// The closing mark for an opening quotation mark.
fn closing_quote(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"', '”']),
        '“' => Some(&['”', '"', '“']),
        '„' => Some(&['“', '”']),
        '«' => Some(&['»']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        '《' => Some(&['》']),
        _ => None,
    }
}

/// Reads `"Title" by Author`, `Book "Title" by Author` and `Book, Author,"Title"`.
pub(super) fn quoted(text: &str) -> Option<Quoted> {
    // Most texts have no mark that could open a quotation.
    if !text.bytes().any(|byte| byte == b'"' || !byte.is_ascii()) {
        return None;
    }
    let (at, open) = text
        .char_indices()
        .find(|&(_, char)| closing_quote(char).is_some())?;
    let lead = &text[..at];
    let (kind, author) = read_lead(lead)?;
    let start = at + open.len_utf8();
    let close = closing_quote(open)?;
    let stop = start + text[start..].find(close)?;
    if text[start..stop].trim().is_empty() {
        return None;
    }
    let end = stop + text[stop..].chars().next()?.len_utf8();
    let mut read = Quoted {
        kind,
        title: (start, stop),
        year: None,
        authors: author,
        end,
    };
    read_tail(text, &mut read)?;
    Some(read)
}

/// What stands before the quotation mark: nothing, a kind, or a kind and the authors.
#[allow(clippy::type_complexity)]
fn read_lead(lead: &str) -> Option<(Option<(usize, usize)>, Option<(usize, usize)>)> {
    let trimmed = lead.trim();
    if trimmed.is_empty() {
        return Some((None, None));
    }
    let offset = lead.len() - lead.trim_start().len();
    let kind_end = trimmed.find([',', ':']).unwrap_or(trimmed.len());
    let kind = &trimmed[..kind_end];
    if !is_one_of(kind, KINDS) {
        return None;
    }
    let place = Some((offset, offset + kind.len()));
    let rest = trimmed[kind_end..].trim_matches([',', ':', ' ']);
    if rest.is_empty() {
        return Some((place, None));
    }
    let start = lead.find(rest)?;
    Some((place, Some((start, start + rest.len()))))
}

/// Reads year and authors behind the closing quotation mark. Gives `None` where other words follow,
/// which then say something about the quoted words and make them no title.
fn read_tail(text: &str, read: &mut Quoted) -> Option<()> {
    let mut at = read.end;
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start_matches([' ', ',', '\u{a0}']);
        let start = at + rest.len() - trimmed.len();
        let word = trimmed.split([' ', ',', ')']).next().unwrap_or_default();
        if trimmed.is_empty() {
            return Some(());
        } else if is_year(word) && read.year.is_none() {
            read.year = Some((start, start + word.len()));
            at = start + word.len();
            read.end = at;
        } else if word.eq_ignore_ascii_case("by") && read.authors.is_none() {
            let names = start + word.len();
            let end = names + authors_end(&text[names..]);
            let name = text[names..end].trim();
            let from = names + text[names..end].find(name)?;
            read.authors = Some((from, from + name.len()));
            read.end = from + name.len();
            at = read.end;
        } else if trimmed.starts_with(['(', '[', '-', '–', '—', ':', '\n', '\r', '.']) {
            return Some(());
        } else {
            return None;
        }
    }
}

/// Where the names of authors end: at a separator, a bracket or the end of the line.
fn authors_end(text: &str) -> usize {
    let end = text.find(['(', '[', '\n', '\r']).unwrap_or(text.len());
    let separator = super::step::separators(text).next();
    separator.map_or(end, |(at, _)| at.min(end))
}

/// Whether the text behind `*Title.*` names people: words with capitals, joined by commas and `and`.
pub(super) fn reads_as_authors(text: &str) -> bool {
    let words: Vec<&str> = text
        .split([' ', ',', ';', '&', '\n'])
        .map(|word| word.trim_matches(['.', '*', '_']))
        .filter(|word| !word.is_empty())
        .collect();
    let joining = [
        "and", "et", "al", "by", "de", "van", "von", "der", "und", "y", "with",
    ];
    let names = words.iter().filter(|word| {
        word.starts_with(|first: char| first.is_uppercase() || !first.is_ascii())
            || joining.contains(word)
    });
    !words.is_empty() && names.count() == words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, title, year and authors.
    type Read<'t> = (Option<&'t str>, &'t str, Option<&'t str>, Option<&'t str>);

    fn read(text: &str) -> Option<Read<'_>> {
        let at = |(start, end): (usize, usize)| &text[start..end];
        let read = quoted(text)?;
        Some((
            read.kind.map(at),
            at(read.title),
            read.year.map(at),
            read.authors.map(at),
        ))
    }

    #[test]
    fn works_are_read_in_each_form() {
        assert_eq!(
            read("\"A Book\" by Ann B and C D"),
            Some((None, "A Book", None, Some("Ann B and C D")))
        );
        assert_eq!(
            read("Book “A Book” by Ann"),
            Some((Some("Book"), "A Book", None, Some("Ann")))
        );
        assert_eq!(
            read("Book, Ann É,\"A Book\""),
            Some((Some("Book"), "A Book", None, Some("Ann É")))
        );
        assert_eq!(
            read("Book \"A: B\", 2018 by Ann et.al"),
            Some((Some("Book"), "A: B", Some("2018"), Some("Ann et.al")))
        );
        assert_eq!(read("Udemy “A Course”"), None);
        assert_eq!(read("\"A\" is what we say"), None);
    }

    #[test]
    fn authors_are_told_from_sentences() {
        assert!(reads_as_authors("Vlad V. and Adam Prügel-Bennett."));
        assert!(!reads_as_authors("A tool for people"));
    }
}
