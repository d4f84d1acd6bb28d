//! The rows of `data/sites.txt`, read once, and the matching of an address against them.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::identity::url::noise::{Parameters, keep_parameters};
use crate::identity::url::page::Page;
use crate::identity::url::walk::{Observer, Step};

/// The rules of the last tier, in the same form.
pub(super) static LIKELY: LazyLock<Sites> =
    LazyLock::new(|| Sites::read(include_str!("../data/likely.txt")));

/// All sites that have rules.
pub(super) static SITES: LazyLock<Sites> =
    LazyLock::new(|| Sites::read(include_str!("../data/sites.txt")));

/// The rules that are code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    GitHub,
    GitLab,
    Gitea,
    Bitbucket,
    Arxiv,
    Doi,
    Publisher,
    Neurips,
    Acl,
    Pmlr,
    Jmlr,
    Cvf,
    YouTube,
    Medium,
    Wikipedia,
    Amazon,
    Apple,
    ReadTheDocs,
}

impl Rule {
    fn named(name: &str) -> Option<Rule> {
        Some(match name {
            "github" => Rule::GitHub,
            "gitlab" => Rule::GitLab,
            "gitea" => Rule::Gitea,
            "bitbucket" => Rule::Bitbucket,
            "arxiv" => Rule::Arxiv,
            "doi" => Rule::Doi,
            "publisher" => Rule::Publisher,
            "neurips" => Rule::Neurips,
            "acl" => Rule::Acl,
            "pmlr" => Rule::Pmlr,
            "jmlr" => Rule::Jmlr,
            "cvf" => Rule::Cvf,
            "youtube" => Rule::YouTube,
            "medium" => Rule::Medium,
            "wikipedia" => Rule::Wikipedia,
            "amazon" => Rule::Amazon,
            "apple" => Rule::Apple,
            "readthedocs" => Rule::ReadTheDocs,
            _ => return None,
        })
    }
}

/// The rules of one host.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// The host under whose rules this one stands.
    pub same_as: Option<&'static str>,
    /// The rule that is code; then the rows are not asked.
    pub rule: Option<Rule>,
    dropped: Parameters,
    rows: Vec<Row>,
}

impl Site {
    /// Drops the parameters that choose nothing on this site.
    pub fn drop_parameters(&self, page: &mut Page, observer: &mut impl Observer) {
        let Some(query) = &page.query else { return };
        let wanted = |name: &str, value: &str| !self.dropped.contains(name, value);
        if let Some(kept) = keep_parameters(query, observer, wanted) {
            page.query = (!kept.is_empty()).then_some(Cow::Owned(kept));
        }
    }

    /// Gives the address the key of the first row that it fits, and tells whether that is another.
    pub fn apply_rows(&self, page: &mut Page, observer: &mut impl Observer) -> bool {
        let Some((host, path, query)) = self.rows.iter().find_map(|row| row.key_of(page)) else {
            return false;
        };
        let same_query = page.query.as_deref() == query.as_deref();
        if page.host == host && page.path == path && same_query {
            return false;
        }
        observer.step(|| Step::Site("another address of the page by the site's rules"));
        page.host = Cow::Owned(host);
        page.path = Cow::Owned(path);
        page.query = query.map(Cow::Owned);
        true
    }
}

/// The rules by host.
#[derive(Debug, Default)]
pub(super) struct Sites {
    hosts: FxHashMap<&'static str, Site>,
    /// By what follows `*.`.
    below: FxHashMap<&'static str, Site>,
    /// What is dropped on any host.
    dropped: Parameters,
}

impl Sites {
    /// The rules of a host, or of the nearest host above it that has rules for those below.
    pub fn of(&self, host: &str) -> Option<&Site> {
        if let Some(site) = self.hosts.get(host) {
            return Some(site);
        }
        let mut rest = host;
        while let Some((_, above)) = rest.split_once('.') {
            if let Some(site) = self.below.get(above) {
                return Some(site);
            }
            rest = above;
        }
        None
    }

    /// Whether a parameter chooses nothing, whatever the host.
    pub fn drops(&self, parameter: &str) -> bool {
        self.dropped.contains(parameter, "")
    }

    fn read(text: &'static str) -> Sites {
        let mut sites = Sites::default();
        for line in rows_of(text) {
            let read = sites.read_row(line);
            debug_assert!(read.is_some(), "no row: {line}");
        }
        sites
    }

    fn read_row(&mut self, line: &'static str) -> Option<()> {
        let mut words = line.split_ascii_whitespace();
        match words.next()? {
            "same" => {
                let host = words.next()?;
                for other in words {
                    self.at(other).same_as = Some(host);
                }
            }
            "drop" => match words.next()? {
                "any" => self.dropped.extend(words),
                host => self.at(host).dropped.extend(words),
            },
            "rule" => {
                let rule = Rule::named(words.next()?)?;
                for host in words {
                    self.at(host).rule = Some(rule);
                }
            }
            "page" => {
                let site = self.at(words.next()?);
                let row = Row::read(words.next()?, words.next()?)?;
                site.rows.push(row);
            }
            _ => return None,
        }
        Some(())
    }

    fn at(&mut self, host: &'static str) -> &mut Site {
        match host.strip_prefix("*.") {
            Some(above) => self.below.entry(above).or_default(),
            None => self.hosts.entry(host).or_default(),
        }
    }
}

/// The rows of a data file: its lines without comments and empty lines.
pub(in crate::identity) fn rows_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// How a captured part is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    Nothing,
    Digits,
    Lower,
    Package,
}

/// A pattern for a piece of text: fixed ends around one captured part, or fixed altogether.
#[derive(Debug)]
struct Piece {
    before: &'static str,
    capture: Option<(&'static str, Fold)>,
    after: &'static str,
}

/// One row: a pattern and the key it gives.
#[derive(Debug)]
struct Row {
    segments: Vec<Piece>,
    /// Whether more segments may follow.
    open: bool,
    parameters: Vec<(&'static str, Piece)>,
    /// Whether parameters that the pattern does not name are dropped. Otherwise the query stays.
    drops_query: bool,
    host: Vec<Piece>,
    path: Vec<Piece>,
    query: Option<Vec<Piece>>,
}

type Captures<'p> = Vec<(&'static str, Cow<'p, str>)>;

impl Row {
    fn read(pattern: &'static str, key: &'static str) -> Option<Row> {
        let (path, query) = pattern.split_once('?').unwrap_or((pattern, ""));
        let mut segments: Vec<_> = path.strip_prefix('/')?.split('/').collect();
        let open = segments.last() == Some(&"**");
        if open {
            segments.pop();
        }
        let parameters = query
            .split('&')
            .filter(|parameter| !matches!(*parameter, "" | "*"))
            .map(|parameter| {
                let (name, value) = parameter.split_once('=')?;
                Some((name, Piece::read(value)?))
            });
        let (key, key_query) = match key.split_once('?') {
            Some((key, query)) => (key, Some(template(query)?)),
            None => (key, None),
        };
        let (host, _) = key.split_once('/').unwrap_or((key, ""));
        Some(Row {
            segments: segments
                .into_iter()
                .map(Piece::read)
                .collect::<Option<_>>()?,
            open,
            parameters: parameters.collect::<Option<_>>()?,
            drops_query: query.ends_with('*'),
            host: template(host)?,
            path: template(key.strip_prefix(host)?)?,
            query: key_query,
        })
    }

    /// Host, path and query of the key, if the address fits.
    fn key_of(&self, page: &Page) -> Option<(String, String, Option<String>)> {
        let mut captures: Captures = vec![("host", Cow::Borrowed(&*page.host))];
        let mut segments = page.segments();
        for piece in &self.segments {
            piece.capture_from(segments.next()?, &mut captures)?;
        }
        let rest: Vec<_> = segments.collect();
        match self.open {
            false if !rest.is_empty() => return None,
            false => {}
            true => captures.push(("rest", Cow::Owned(rest.join("/")))),
        }
        for (name, piece) in &self.parameters {
            piece.capture_from(page.parameter(name)?, &mut captures)?;
        }
        let query = match &self.query {
            Some(query) => Some(fill(query, &captures)),
            None if self.drops_query => None,
            None => page.query.as_deref().map(str::to_owned),
        };
        Some((
            fill(&self.host, &captures),
            fill(&self.path, &captures),
            query,
        ))
    }
}

impl Piece {
    fn read(text: &'static str) -> Option<Piece> {
        let Some((before, rest)) = text.split_once('{') else {
            return Some(Piece {
                before: text,
                capture: None,
                after: "",
            });
        };
        let (capture, after) = rest.split_once('}')?;
        if after.contains('{') {
            return None;
        }
        let (name, fold) = capture.split_once(':').unwrap_or((capture, ""));
        let fold = match fold {
            "" => Fold::Nothing,
            "digits" => Fold::Digits,
            "lower" => Fold::Lower,
            "package" => Fold::Package,
            _ => return None,
        };
        Some(Piece {
            before,
            capture: Some((name, fold)),
            after,
        })
    }

    fn capture_from<'p>(&self, text: &'p str, captures: &mut Captures<'p>) -> Option<()> {
        let Some((name, fold)) = self.capture else {
            return (text == self.before).then_some(());
        };
        let rest = text.strip_prefix(self.before)?;
        let part = match self.after.strip_suffix('*') {
            Some(mark) => rest.split_once(mark)?.0,
            None => rest.strip_suffix(self.after)?,
        };
        if part.is_empty() {
            return None;
        }
        let part = match fold {
            Fold::Nothing => Cow::Borrowed(part),
            Fold::Digits if part.bytes().all(|b| b.is_ascii_digit()) => Cow::Borrowed(part),
            Fold::Digits => return None,
            Fold::Lower => Cow::Owned(part.to_ascii_lowercase()),
            Fold::Package => Cow::Owned(package_name(part)),
        };
        captures.push((name, part));
        Some(())
    }
}

/// The pieces of a key: fixed text and the parts to fill in.
fn template(text: &'static str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        pieces.push(Piece {
            before,
            capture: Some((name, Fold::Nothing)),
            after: "",
        });
        rest = after;
    }
    pieces.push(Piece {
        before: rest,
        capture: None,
        after: "",
    });
    Some(pieces)
}

fn fill(pieces: &[Piece], captures: &Captures) -> String {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(piece.before);
        let captured = piece
            .capture
            .and_then(|(name, _)| captures.iter().find(|(capture, _)| *capture == name));
        if let Some((_, part)) = captured {
            text.push_str(part);
        }
    }
    text
}

/// A package's name as PyPI and crates.io compare it (PEP 503): lower case, and every run of `-`,
/// `_` and `.` is one `-`.
fn package_name(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let words: Vec<_> = lower
        .split(['-', '_', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_data_file_is_understood() {
        let mut sites = Sites::default();
        let files = [
            include_str!("../data/sites.txt"),
            include_str!("../data/likely.txt"),
        ];
        for line in files.into_iter().flat_map(rows_of) {
            assert!(sites.read_row(line).is_some(), "{line}");
        }
    }

    #[test]
    fn a_key_names_only_parts_that_its_pattern_captures() {
        let files = [
            include_str!("../data/sites.txt"),
            include_str!("../data/likely.txt"),
        ];
        let rows = files.into_iter().flat_map(rows_of);
        for row in rows.filter_map(|row| row.strip_prefix("page ")) {
            let words: Vec<_> = row.split_whitespace().collect();
            let [_, pattern, key] = words[..] else {
                panic!("three words: {row}")
            };
            for part in key.split('{').skip(1) {
                let name = part
                    .split('}')
                    .next()
                    .expect("split gives one part at least");
                let captured = pattern.contains(&format!("{{{name}}}"))
                    || pattern.contains(&format!("{{{name}:"));
                let rest = name == "rest" && pattern.ends_with("/**");
                assert!(captured || rest || name == "host", "{pattern} {key}");
            }
        }
    }

    #[test]
    fn hosts_are_found_by_label() {
        assert!(SITES.of("github.com").is_some());
        assert!(SITES.of("x.readthedocs.io").is_some());
        for host in [
            "evilgithub.com",
            "github.com.evil.com",
            "readthedocs.io",
            "com",
            "",
        ] {
            assert!(SITES.of(host).is_none(), "{host}");
        }
    }

    #[test]
    fn package_names_fold_as_their_index_folds_them() {
        assert_eq!(package_name("Foo.Bar_-baz"), "foo-bar-baz");
    }
}
