//! Link keys: when two destinations lead to the same resource, and how one can tell.
//!
//! A key is for comparing only. The destination stays in the list as it is written; the key stands
//! beside it and is never shown as a link.

mod likely;
pub(in crate::identity) mod noise;
pub(in crate::identity) mod page;
pub(in crate::identity) mod walk;

use std::fmt;

use likely::Likely;
use page::Page;
use walk::Observer;

use super::Options;

pub use noise::{Parameters, is_tracking};
pub use walk::{Step, Tier};

/// What a destination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A page of the web: `https:`, `http:` or `//host`.
    Web,
    /// A place in the list itself: `#section`.
    Anchor,
    /// A file beside the list: `docs/a.md`. In another list it is another file.
    Relative,
    /// An address for mail: `mailto:`.
    Mail,
    /// Anything with another scheme, and what nobody could read as an address.
    Other,
    /// Nothing at all: `[text]()`.
    Empty,
}

/// What is compared of one link.
#[derive(Debug, Clone)]
pub struct LinkKey {
    target: Target,
    written: Box<str>,
    certain: Box<str>,
    likely: Option<Box<Likely>>,
}

impl LinkKey {
    /// The key of a destination, given after Markdown decoding (entities, escapes, `<>`).
    pub fn new(destination: &str, options: &Options) -> LinkKey {
        read(destination, options, &mut ())
    }

    /// What the destination is.
    pub fn target(&self) -> Target {
        self.target
    }

    /// The destination as it was given.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Equal for links that certainly lead to the same resource (tiers 0 to 4). Reads like an
    /// address without its scheme: `github.com/owner/name`, `arxiv.org/abs/1706.03762`.
    pub fn certain(&self) -> &str {
        &self.certain
    }

    /// Equal for links that may lead to the same resource (tier 5); [`LinkKey::compare`] tells
    /// whether something that this key leaves out speaks against it.
    pub fn likely(&self) -> &str {
        self.likely
            .as_ref()
            .map_or(&*self.certain, |likely| &*likely.key)
    }

    /// Whether the link means the same in every list: neither a place in this one nor a file
    /// beside it.
    pub fn is_global(&self) -> bool {
        matches!(self.target, Target::Web | Target::Mail | Target::Other)
    }

    /// The host of a web page, without `www.`.
    pub fn host(&self) -> Option<&str> {
        if self.target != Target::Web {
            return None;
        }
        let authority = self.certain.split(['/', '?', '#']).next()?;
        let host = authority.rsplit('@').next()?;
        Some(match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        })
    }

    /// The domain that someone registered: `stanford.edu` of `cs231n.stanford.edu`.
    pub fn domain(&self) -> Option<&str> {
        self.host().and_then(psl::domain_str)
    }

    /// Path, query and fragment of a web page's key.
    pub fn path(&self) -> &str {
        let at = match self.target {
            Target::Web => self.certain.find(['/', '?', '#']),
            _ => None,
        };
        at.and_then(|at| self.certain.get(at..)).unwrap_or_default()
    }

    /// Whether the page is that one or stands below it: a host, perhaps with the beginning of a
    /// path, segment by segment. `*.` before the host stands for any label.
    pub fn is_below(&self, place: &str) -> bool {
        let Some(host) = self.host() else {
            return false;
        };
        let (place_host, place_path) = match place.find('/') {
            Some(at) => place.split_at_checked(at).unwrap_or((place, "")),
            None => (place, ""),
        };
        let on_host = match place_host.strip_prefix("*.") {
            Some(above) => host
                .strip_suffix(above)
                .is_some_and(|rest| rest.ends_with('.')),
            None => host == place_host,
        };
        let below = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?', '#']);
        on_host && self.path().strip_prefix(place_path).is_some_and(below)
    }

    /// The place on the page that only a further tier would leave out.
    pub fn fragment(&self) -> Option<&str> {
        self.likely.as_ref()?.fragment.as_deref()
    }

    /// The language that the address names, such as `ja` in `/ja/` or `?hl=ja`.
    pub fn language(&self) -> Option<&str> {
        self.likely.as_ref()?.language.as_deref()
    }

    /// How two links lead to the same resource, if they do. The tier is the lowest that equates
    /// them.
    pub fn compare(&self, other: &LinkKey, options: &Options) -> Option<LinkEvidence> {
        if self.target == Target::Empty || other.target == Target::Empty {
            return None;
        }
        if self.written == other.written {
            return Some(LinkEvidence {
                tier: Tier::Exact,
                steps: Vec::new(),
            });
        }
        let same = self.certain == other.certain;
        if !same && !self.may_be(other) {
            return None;
        }
        let ways = [self, other].map(|key| Way::of(&key.written, options));
        let tier = ways[0]
            .meets(&ways[1])
            .unwrap_or(if same { Tier::Site } else { Tier::Likely });
        let steps = ways[0].differences(&ways[1], tier);
        Some(LinkEvidence { tier, steps })
    }

    fn may_be(&self, other: &LinkKey) -> bool {
        if self.likely() != other.likely() {
            return false;
        }
        match (&self.likely, &other.likely) {
            (Some(a), Some(b)) => a.allows(b),
            _ => true,
        }
    }
}

/// That two links lead to the same resource, and how one can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkEvidence {
    /// The lowest tier that equates the links.
    pub tier: Tier,
    /// In what the links differ nevertheless.
    pub steps: Vec<Step>,
}

impl fmt::Display for LinkEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.tier {
            Tier::Exact => return f.write_str("same link"),
            Tier::Likely => "perhaps the same page, but for ",
            _ => "same page, but for ",
        })?;
        for (at, step) in self.steps.iter().enumerate() {
            f.write_str(match at {
                0 => "",
                _ if at + 1 == self.steps.len() => " and ",
                _ => ", ",
            })?;
            step.fmt(f)?;
        }
        Ok(())
    }
}

/// Reads a destination, watched by an observer.
fn read(destination: &str, options: &Options, observer: &mut impl Observer) -> LinkKey {
    let text = destination.trim_matches(|c: char| c <= ' ');
    let target = target_of(text);
    let (certain, likely) = match target {
        Target::Web => match read_page(text, options, observer) {
            Some((certain, likely)) => (certain, likely),
            None => return other(destination, Target::Other, text.to_owned(), None),
        },
        Target::Anchor | Target::Empty => (text.to_owned(), None),
        Target::Relative => {
            let host = bare_host(text).map(|host| format!("http://{host}"));
            let address = host.or_else(|| repository_address(text));
            let likely = likely_address(address, options);
            (relative_key(text), likely)
        }
        Target::Mail => (mail_key(text), None),
        Target::Other => {
            let key = url::Url::parse(text).map_or(text.to_owned(), |url| url.to_string());
            let key = page::normal_escapes(&key);
            (key, likely_address(repository_address(text), options))
        }
    };
    other(destination, target, certain, likely)
}

fn other(written: &str, target: Target, certain: String, likely: Option<Likely>) -> LinkKey {
    LinkKey {
        target,
        written: written.into(),
        certain: certain.into(),
        likely: likely.map(Box::new),
    }
}

/// Certain and likely key of a page of the web.
fn read_page(
    text: &str,
    options: &Options,
    observer: &mut impl Observer,
) -> Option<(String, Option<Likely>)> {
    let completed;
    let address = match text.strip_prefix("//") {
        Some(rest) => {
            completed = format!("https://{rest}");
            &completed
        }
        None => text,
    };
    let mut page = Page::parse(address)?;
    let certain = certain_key_of(&mut page, options, observer);
    let likely = likely::relax(&page, options, observer).filter(|likely| *likely.key != *certain);
    Some((certain, likely))
}

/// The certain key; where an alias changes it, the page is that of the alias.
fn certain_key_of<'a>(
    page: &mut Page<'a>,
    options: &Options,
    observer: &mut impl Observer,
) -> String {
    let key = walk::certain_key(page, options, observer);
    if !options.aliases.is_empty()
        && let Some(aliased) = Page::parse_fully(&format!("https://{key}"))
    {
        *page = aliased;
        if page.path == "/" {
            page.path = "".into();
        }
    }
    key
}

/// What may be meant by something that is no address of the web.
fn likely_address(address: Option<String>, options: &Options) -> Option<Likely> {
    let key = LinkKey::new(&address?, options);
    Some(match key.likely {
        Some(likely) => *likely,
        None => Likely {
            key: key.certain,
            fragment: None,
            language: None,
        },
    })
}

fn target_of(text: &str) -> Target {
    if text.is_empty() {
        return Target::Empty;
    }
    if text.starts_with('#') {
        return Target::Anchor;
    }
    if text.starts_with("//") {
        return Target::Web;
    }
    let Some((scheme, _)) = text.split_once(':') else {
        return Target::Relative;
    };
    let named = |name: &str| scheme.eq_ignore_ascii_case(name);
    if named("https") || named("http") {
        Target::Web
    } else if named("mailto") {
        Target::Mail
    } else if is_scheme(scheme) {
        Target::Other
    } else {
        Target::Relative
    }
}

/// A scheme as RFC 3986, 3.1 has it, but without a point: `example.com:8080` is meant as a host.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'))
}

/// A path in one spelling, as from a folder that lies deep enough for every `../`.
fn relative_key(text: &str) -> String {
    let folder = "http://list/1/2/3/4/5/6/7/8/9/";
    let joined = url::Url::options()
        .base_url(url::Url::parse(folder).ok().as_ref())
        .parse(text);
    match joined.ok().filter(|url| url.host_str() == Some("list")) {
        Some(url) => page::normal_escapes(url.as_str().strip_prefix("http:").unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A host that someone wrote without its scheme: `www.example.com/x`. For Markdown it is a file.
fn bare_host(text: &str) -> Option<&str> {
    let host = text.split(['/', '?', '#', ':']).next()?;
    (host.len() > 4 && host.starts_with("www.") && psl::domain_str(host).is_some()).then_some(text)
}

/// The web address of a repository that is named by the way to clone it.
fn repository_address(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("git+") {
        return rest.starts_with("http").then(|| rest.to_owned());
    }
    if let Some((host, path)) = text
        .strip_prefix("git@")
        .and_then(|rest| rest.split_once(':'))
    {
        return Some(format!("https://{host}/{path}"));
    }
    let rest = text
        .strip_prefix("git://")
        .or_else(|| text.strip_prefix("ssh://git@"))?;
    Some(format!("https://{rest}"))
}

/// An address for mail; only its host folds letter case.
fn mail_key(text: &str) -> String {
    let address = text.split_once(':').map_or(text, |(_, address)| address);
    match address.rsplit_once('@') {
        Some((name, host)) => format!("mailto:{name}@{}", host.to_ascii_lowercase()),
        None => format!("mailto:{address}"),
    }
}

/// The way of one link through the tiers: its keys and the steps that led from each to the next.
#[derive(Debug, Default)]
struct Way {
    keys: Vec<(Tier, String)>,
    steps: Vec<(Tier, Step)>,
}

impl Way {
    fn of(destination: &str, options: &Options) -> Way {
        let mut way = Way::default();
        let key = read(destination, options, &mut way);
        if key.target != Target::Web {
            way.keys.push((Tier::Rfc, key.certain.to_string()));
        }
        way
    }

    /// The first tier whose keys are equal.
    fn meets(&self, other: &Way) -> Option<Tier> {
        let key_at = |tier| {
            other
                .keys
                .iter()
                .find(|(at, _)| *at == tier)
                .map(|(_, key)| key)
        };
        let meeting = self
            .keys
            .iter()
            .find(|(tier, key)| key_at(*tier) == Some(key));
        meeting.map(|(tier, _)| *tier)
    }

    /// The steps up to a tier that only one of the two took.
    fn differences(&self, other: &Way, tier: Tier) -> Vec<Step> {
        let mut own = self.steps_to(tier);
        let mut others = other.steps_to(tier);
        own.retain(|step| match others.iter().position(|other| other == step) {
            Some(at) => {
                others.remove(at);
                false
            }
            None => true,
        });
        own.append(&mut others);
        if own.is_empty() {
            // Both took the same step from different places.
            let at_tier = self.steps.iter().filter(|(at, _)| *at == tier);
            own = at_tier.map(|(_, step)| step.clone()).collect();
        }
        if own.is_empty() {
            own.push(Step::Spelling);
        }
        let mut seen = Vec::new();
        own.retain(|step| {
            !seen.contains(step) && {
                seen.push(step.clone());
                true
            }
        });
        own
    }

    fn steps_to(&self, tier: Tier) -> Vec<Step> {
        let steps = self.steps.iter().filter(|(at, _)| *at <= tier);
        steps.map(|(_, step)| step.clone()).collect()
    }
}

impl Observer for Way {
    fn step(&mut self, step: impl FnOnce() -> Step) {
        let tier = match self.keys.last() {
            None => Tier::Rfc,
            Some((Tier::Rfc, _)) => Tier::Transport,
            Some((Tier::Transport, _)) => Tier::Noise,
            Some((Tier::Noise, _)) => Tier::Site,
            Some(_) => Tier::Likely,
        };
        self.steps.push((tier, step()));
    }

    fn stage(&mut self, tier: Tier, key: impl FnOnce() -> String) {
        self.keys.push((tier, key()));
    }
}
