//! Numbers that name one work wherever it stands: arXiv, DOI, ISBN, video, report.

use std::fmt;

use super::site;
use super::url::LinkKey;

/// A number or name that only one work has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StrongId {
    /// An arXiv identifier, without its version.
    Arxiv(Box<str>),
    /// A digital object identifier.
    Doi(Box<str>),
    /// An ISBN in 13 digits.
    Isbn(Box<str>),
    /// A video of YouTube.
    Video(Box<str>),
    /// A playlist of YouTube.
    Playlist(Box<str>),
    /// A story of Medium, whatever the host.
    Story(Box<str>),
    /// The number of a report, as a file is called after it: `pub45742.html`, `45742.pdf`.
    Report(Box<str>),
}

impl fmt::Display for StrongId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = match self {
            StrongId::Arxiv(id) => ("arXiv identifier", id),
            StrongId::Doi(id) => ("DOI", id),
            StrongId::Isbn(id) => ("ISBN", id),
            StrongId::Video(id) => ("video", id),
            StrongId::Playlist(id) => ("playlist", id),
            StrongId::Story(id) => ("story", id),
            StrongId::Report(id) => ("report number", id),
        };
        write!(f, "{kind} `{id}`")
    }
}

impl StrongId {
    /// Whether two of one kind mean two works. One work may have two numbers as a report or story.
    pub(super) fn contradicts(&self, other: &StrongId) -> bool {
        let one_each = !matches!(self, StrongId::Report(_) | StrongId::Story(_));
        one_each && std::mem::discriminant(self) == std::mem::discriminant(other) && self != other
    }
}

/// The strong ids that stand in a link.
pub(super) fn of_link(link: &LinkKey) -> Vec<StrongId> {
    let Some(host) = link.host() else {
        return Vec::new();
    };
    let path = link.path();
    let mut ids = Vec::new();
    let path_only = path.split(['?', '#']).next().unwrap_or(path);
    match host {
        "arxiv.org" => {
            let id = path_only
                .strip_prefix("/abs/")
                .map(|id| id.split('v').next().unwrap_or(id));
            ids.extend(id.map(|id| StrongId::Arxiv(id.into())));
        }
        "doi.org" => ids.push(StrongId::Doi(path_only.trim_start_matches('/').into())),
        "youtube.com" => {
            let value = |name| {
                path.strip_prefix(name)
                    .and_then(|rest| rest.split('&').next())
            };
            ids.extend(value("/watch?v=").map(|id| StrongId::Video(id.into())));
            ids.extend(value("/playlist?list=").map(|id| StrongId::Playlist(id.into())));
        }
        _ => {}
    }
    if host.starts_with("amazon.") {
        let asin = path_only.strip_prefix("/dp/");
        ids.extend(
            asin.and_then(isbn_13_of_10)
                .map(|isbn| StrongId::Isbn(isbn.into())),
        );
    }
    let runs = path_only.split(|c: char| !c.is_ascii_digit());
    let isbns = runs.filter(|run| is_isbn_13(run));
    ids.extend(isbns.map(|isbn| StrongId::Isbn(isbn.into())));
    ids.extend(site::story_id(path_only).map(|id| StrongId::Story(id.into())));
    ids.dedup();
    if ids.is_empty() {
        ids.extend(report_number(path_only).map(|number| StrongId::Report(number.into())));
    }
    ids
}

/// 13 digits that begin with 978 or 979 and whose check digit is right (ISO 2108).
fn is_isbn_13(digits: &str) -> bool {
    let known = digits.len() == 13 && (digits.starts_with("978") || digits.starts_with("979"));
    known && check_sum_13(digits).is_multiple_of(10)
}

fn check_sum_13(digits: &str) -> u32 {
    let weighted = digits.bytes().zip([1, 3].into_iter().cycle());
    weighted
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum()
}

/// The 13 digits of an ISBN that is written in 10, if its check digit is right.
fn isbn_13_of_10(text: &str) -> Option<String> {
    let mut sum = 0;
    let mut nine = String::with_capacity(13);
    for (at, byte) in (0_u32..).zip(text.bytes()) {
        let digit = match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            b'X' if at == 9 => 10,
            _ => return None,
        };
        sum += (10_u32.checked_sub(at)?) * digit;
        if at < 9 {
            nine.push(char::from(byte));
        }
    }
    if text.len() != 10 || !sum.is_multiple_of(11) {
        return None;
    }
    let start = format!("978{nine}");
    let check = (10 - check_sum_13(&start) % 10) % 10;
    Some(format!("{start}{check}"))
}

/// The number that a file is called after: up to four letters, then four to eight digits that are
/// no year.
fn report_number(path: &str) -> Option<&str> {
    let last = path.rsplit('/').next()?;
    let stem = match last.rsplit_once('.') {
        Some((stem, ending)) if ending.starts_with(|c: char| c.is_ascii_alphabetic()) => stem,
        _ => last,
    };
    let number = stem.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = stem.len() - number.len();
    let digits = (4..=8).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (letters <= 4 && digits && super::title::year(number).is_none()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Options;

    fn ids(link: &str) -> Vec<String> {
        let key = LinkKey::new(link, &Options::default());
        of_link(&key).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ids_are_read_from_links() {
        for (link, id) in [
            (
                "https://arxiv.org/pdf/1404.7828v4.pdf",
                "arXiv identifier `1404.7828`",
            ),
            (
                "https://dl.acm.org/doi/pdf/10.1145/1.2?x=1",
                "DOI `10.1145/1.2`",
            ),
            (
                "https://www.amazon.com/x/dp/0262035618",
                "ISBN `9780262035613`",
            ),
            (
                "https://learning.oreilly.com/library/view/x/9781492045106/",
                "ISBN `9781492045106`",
            ),
            ("https://youtu.be/dQw4w9WgXcQ", "video `dQw4w9WgXcQ`"),
            (
                "https://blog.example.com/a-title-0a1b2c3d4e5f",
                "story `0a1b2c3d4e5f`",
            ),
            (
                "https://research.google.com/pubs/pub45742.html",
                "report number `45742`",
            ),
            (
                "https://x.googleapis.com/data/pdf/45742.pdf",
                "report number `45742`",
            ),
        ] {
            assert_eq!(ids(link), [id], "{link}");
        }
        for link in [
            "https://example.com/2015",
            "https://example.com/9781492045107/x",
            "#a",
        ] {
            assert_eq!(ids(link), [""; 0], "{link}");
        }
    }
}
