//! The last tier: what usually, not certainly, leads to the same resource.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::page::{Page, decoded_letters, parameters};
use super::walk::{Observer, Step, certain_key, drop_start};
use crate::identity::Options;
use crate::identity::site;

/// What is left of an address when all that seldom matters is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Likely {
    /// Equal for links that are likely the same.
    pub key: Box<str>,
    /// The place on the page. Two different places are two different things.
    pub fragment: Option<Box<str>>,
    /// The language of the page, where the address names one. Two languages are two texts.
    pub language: Option<Box<str>>,
}

impl Likely {
    /// Whether nothing that was left out tells the two apart.
    pub fn allows(&self, other: &Likely) -> bool {
        let agree = |a: &Option<Box<str>>, b: &Option<Box<str>>| match (a, b) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        agree(&self.fragment, &other.fragment) && agree(&self.language, &other.language)
    }
}

/// Leaves out what seldom matters; `None` if there was nothing of the kind.
pub(super) fn relax(
    page: &Page,
    options: &Options,
    observer: &mut impl Observer,
) -> Option<Likely> {
    if let Some(mut inner) = archived(page) {
        observer.step(|| Step::Likely("a copy in an archive"));
        let key = certain_key(&mut inner, options, &mut ());
        let plain = Likely {
            key: key.into(),
            fragment: None,
            language: None,
        };
        return Some(relax_page(inner, observer).unwrap_or(plain));
    }
    relax_page(page.clone(), observer)
}

fn relax_page(page: Page, observer: &mut impl Observer) -> Option<Likely> {
    if is_plain(&page) {
        return None;
    }
    let mut relaxed = Relaxed {
        page,
        fragment: None,
        language: None,
        changed: false,
        observer,
    };
    relaxed.host();
    relaxed.fragment();
    relaxed.query();
    relaxed.rows();
    relaxed.path();
    relaxed.repository();
    relaxed.changed.then(|| Likely {
        key: relaxed.page.key().into(),
        fragment: relaxed.fragment,
        language: relaxed.language,
    })
}

/// The common case, a repository of GitHub and nothing more: nothing can be left out.
fn is_plain(page: &Page) -> bool {
    page.host == "github.com"
        && page.query.is_none()
        && page.fragment.is_none()
        && page.path.bytes().filter(|byte| *byte == b'/').count() == 2
}

/// The page that the Wayback Machine keeps a copy of.
fn archived(page: &Page) -> Option<Page<'static>> {
    let rest = page
        .path
        .strip_prefix("/web/")
        .filter(|_| page.host == "web.archive.org")?;
    let (_, address) = rest.split_once('/')?;
    // A server on the way may have made one slash of two.
    let address = match address.split_once(":/") {
        Some((scheme @ ("http" | "https"), rest)) => {
            format!("{scheme}://{}", rest.trim_start_matches('/'))
        }
        _ => format!("http://{address}"),
    };
    let query = page
        .query
        .as_deref()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    Page::parse_fully(&format!("{address}{query}"))
}

struct Relaxed<'a, 'o, O> {
    page: Page<'a>,
    fragment: Option<Box<str>>,
    language: Option<Box<str>>,
    changed: bool,
    observer: &'o mut O,
}

impl<O: Observer> Relaxed<'_, '_, O> {
    fn step(&mut self, rule: &'static str) {
        self.changed = true;
        self.observer.step(|| Step::Likely(rule));
    }

    /// Hosts for small screens and spare servers.
    fn host(&mut self) {
        let Some((label, rest)) = self.page.host.split_once('.') else {
            return;
        };
        let spare = label
            .strip_prefix("www")
            .is_some_and(|n| n.parse::<u8>().is_ok());
        if !(spare || matches!(label, "m" | "mobile" | "amp")) || psl::domain_str(rest).is_none() {
            return;
        }
        let prefix = format!("{label}.");
        self.step("a host for small screens or a spare server");
        drop_start(&mut self.page.host, &prefix);
    }

    /// A place on the page, unless the fragment is the page: `#/docs` in a browser application.
    fn fragment(&mut self) {
        let is_route = |fragment: &str| fragment.starts_with(['/', '!']);
        if let Some(fragment) = self.page.fragment.take_if(|fragment| !is_route(fragment)) {
            self.fragment = Some(fragment.into());
            self.step(crate::identity::near::PLACE_ON_PAGE);
        }
    }

    /// Parameters that seldom choose a page, empty ones, and the order of those that are left.
    fn query(&mut self) {
        let Some(query) = self.page.query.take() else {
            return;
        };
        // For an interface between programs every parameter counts.
        let interface = self.page.host.starts_with("api.");
        let mut kept = Vec::new();
        for (name, value) in parameters(&query) {
            if matches!(name, "hl" | "lang" | "locale") && !value.is_empty() {
                self.language
                    .get_or_insert_with(|| language_of(value).into());
                self.step("a language of the page");
            } else if value.is_empty() && name.len() < query.len() {
                self.step("an empty parameter");
            } else if !interface && site::is_idle_parameter(name) {
                self.step("a parameter that seldom matters");
            } else if self.page.path.ends_with("doku.php") && (name, value) == ("id", "start") {
                self.step("the start page of the wiki");
            } else {
                kept.push((name, value));
            }
        }
        if !kept.is_sorted() {
            kept.sort_unstable();
            self.step("the order of the parameters");
        }
        let join = |(name, value): &(&str, &str)| match *value {
            "" => (*name).to_owned(),
            value => format!("{name}={value}"),
        };
        let kept: Vec<_> = kept.iter().map(join).collect();
        self.page.query = (!kept.is_empty()).then(|| Cow::Owned(kept.join("&")));
    }

    /// Index files, endings, languages and doubled slashes.
    fn path(&mut self) {
        if let Some(letters) = decoded_letters(&self.page.path) {
            self.page.path = Cow::Owned(letters.nfc().collect::<String>());
            self.step("another form of the same letters");
        }
        if self.page.path.contains("//") {
            let segments: Vec<_> = self.page.segments().collect();
            let path = segments.iter().flat_map(|segment| ["/", segment]).collect();
            self.page.path = Cow::Owned(path);
            self.step("doubled slashes");
        }
        if let Some((before, last)) = self.page.path.rsplit_once('/') {
            let index = matches!(
                last,
                "index.html" | "index.htm" | "index.php" | "index.md" | "default.aspx" | "index"
            );
            let shorter = if index {
                Some((before.to_owned(), "an index file"))
            } else if last == "amp" {
                Some((before.to_owned(), "a page for small screens"))
            } else {
                let stem = [".html", ".htm", ".xhtml"]
                    .iter()
                    .find_map(|e| last.strip_suffix(e));
                stem.map(|stem| (format!("{before}/{stem}"), "the ending of an HTML file"))
            };
            if let Some((path, rule)) = shorter {
                self.page.path = Cow::Owned(path);
                self.step(rule);
            }
        }
        let first = self.page.segments().next().filter(|first| is_locale(first));
        if let Some(first) = first {
            self.language = Some(language_of(first).into());
            let prefix = format!("/{first}");
            drop_start(&mut self.page.path, &prefix);
            self.step("a language of the page");
        }
    }

    /// The rows of `data/likely.txt`, and the site's own rules where the host is another then.
    fn rows(&mut self) {
        let before = self.page.host.clone();
        if site::apply_likely(&mut self.page) {
            self.step("an older version, a mirror or a former address");
            if self.page.host != before {
                site::apply(&mut self.page, &mut ());
            }
        }
    }

    /// A project's pages on GitHub, and the branch that an address names.
    fn repository(&mut self) {
        if let Some(owner) = self.page.host.strip_suffix(".github.io") {
            let segments: Vec<_> = self.page.segments().collect();
            let path = match &segments[..] {
                [] => format!("/{owner}/{owner}.github.io"),
                [name] => format!("/{owner}/{}", name.to_ascii_lowercase()),
                _ => return,
            };
            self.page.host = Cow::Borrowed("github.com");
            self.page.path = Cow::Owned(path);
            self.step("a repository and its pages");
        } else if self.page.host == "github.com" {
            let segments: Vec<_> = self.page.segments().collect();
            let [
                owner,
                name,
                "tree" | "blob",
                "main" | "master" | "HEAD",
                file @ ..,
            ] = &segments[..]
            else {
                return;
            };
            let file: String = file.iter().flat_map(|segment| ["/", segment]).collect();
            self.page.path = Cow::Owned(format!("/{owner}/{name}/tree/HEAD{file}"));
            self.step("the default branch of the repository");
        }
    }
}

/// A first segment that only chooses a language: `en`, `en-us`, `zh-Hans`.
fn is_locale(segment: &str) -> bool {
    let (language, region) = segment.split_once(['-', '_']).unwrap_or((segment, ""));
    let known = [
        "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu",
        "it", "ja", "ko", "nb", "nl", "pl", "pt", "ro", "ru", "sv", "ta", "th", "tr", "uk", "vi",
        "zh",
    ];
    language.len() == 2
        && known
            .iter()
            .any(|known| known.eq_ignore_ascii_case(language))
        && matches!(region.len(), 0 | 2 | 4)
        && region.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The language of a locale, without its region.
fn language_of(locale: &str) -> String {
    let language = locale.split(['-', '_']).next().unwrap_or(locale);
    language.to_ascii_lowercase()
}
