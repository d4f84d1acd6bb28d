//! The way of a web address through the certain tiers, and the steps that changed it.

use std::borrow::Cow;
use std::fmt;

use super::noise;
use super::page::Page;
use crate::identity::Options;
use crate::identity::site;

/// How far two links had to be normalized before they were equal. A later tier says less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Equal as written, after Markdown decoding.
    Exact,
    /// Equal in the normal form of RFC 3986, 6.2.2, as WHATWG parses it.
    Rfc,
    /// Equal but for the scheme, one `www.` or a final `/`.
    Transport,
    /// Equal but for tracking parameters and text fragments.
    Noise,
    /// Equal by the site's own rules, or by an alias that the user gave.
    Site,
    /// Usually, not certainly, the same resource.
    Likely,
}

/// One thing in which two links differ although they lead to the same resource.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// Percent escapes, letter case of the host, a default port, dot segments.
    Spelling,
    /// `http` instead of `https`.
    Scheme,
    /// A leading `www.` of the host.
    Www,
    /// The final dot of a fully qualified host.
    FinalDot,
    /// A final `/` of the path.
    Slash,
    /// A parameter that only tracks.
    Tracking(Box<str>),
    /// `:~:text=`, which only marks words on the page.
    TextFragment,
    /// `#/`, the home page of an application in the browser.
    EmptyRoute,
    /// A fragment that repeats the name of the page: the heading that is its title.
    PageTitle,
    /// `+` for a space in the query.
    PlusForSpace,
    /// Two names of one host.
    Host(&'static str),
    /// A rule of the site, in words.
    Site(&'static str),
    /// An alias from the configuration.
    Alias,
    /// A rule of the last tier, in words.
    Likely(&'static str),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Spelling => f.write_str("another spelling of the address"),
            Step::Scheme => f.write_str("http → https"),
            Step::Www => f.write_str("`www.`"),
            Step::FinalDot => f.write_str("the final dot of the host"),
            Step::Slash => f.write_str("final `/`"),
            Step::Tracking(name) => write!(f, "tracking `{name}`"),
            Step::TextFragment => f.write_str("`#:~:text=`"),
            Step::EmptyRoute => f.write_str("`#/`"),
            Step::PageTitle => f.write_str("the anchor of the page's title"),
            Step::PlusForSpace => f.write_str("`+` for a space"),
            Step::Host(host) => write!(f, "another name of `{host}`"),
            Step::Site(rule) | Step::Likely(rule) => f.write_str(rule),
            Step::Alias => f.write_str("an alias from the configuration"),
        }
    }
}

/// Watches an address on its way. The unit watches nothing and costs nothing.
pub(in crate::identity) trait Observer {
    /// Something was changed.
    fn step(&mut self, _step: impl FnOnce() -> Step) {}
    /// All that the tier changes is changed.
    fn stage(&mut self, _tier: Tier, _key: impl FnOnce() -> String) {}
}

impl Observer for () {}

/// Takes an address through the tiers `Rfc` to `Site` and gives its certain key.
pub(super) fn certain_key(
    page: &mut Page,
    options: &Options,
    observer: &mut impl Observer,
) -> String {
    to_site(page, options, observer);
    let mut key = page.key();
    if let Some(alias) = options.aliases.apply(&key) {
        observer.step(|| Step::Alias);
        if let Some(mut renamed) = Page::parse_fully(&format!("https://{alias}")) {
            drop_end(&mut renamed.path, '/');
            *page = renamed;
        }
        key = alias;
    }
    observer.stage(Tier::Site, || key.clone());
    key
}

/// Takes an address through the tiers `Rfc` to `Site`, but for what the user's aliases change.
pub(super) fn to_site(page: &mut Page, options: &Options, observer: &mut impl Observer) {
    observer.stage(Tier::Rfc, || format!("{}:{}", page.https, page.key()));
    transport(page, observer);
    observer.stage(Tier::Transport, || page.key());
    noise::remove(page, &options.tracking, observer);
    observer.stage(Tier::Noise, || page.key());
    site::apply(page, observer);
}

/// The second tier: the scheme (a key has none), one `www.`, the host's final dot and a final `/`.
fn transport(page: &mut Page, observer: &mut impl Observer) {
    if !page.https {
        observer.step(|| Step::Scheme);
    }
    // `.` alone is a host, too.
    if page
        .host
        .strip_suffix('.')
        .is_some_and(|rest| !rest.is_empty() && !rest.ends_with('.'))
    {
        observer.step(|| Step::FinalDot);
        drop_end(&mut page.host, '.');
    }
    // `www.com` and `www.co.uk` are names of their own: something registrable must remain.
    if let Some(rest) = page.host.strip_prefix("www.")
        && psl::domain_str(rest).is_some()
    {
        observer.step(|| Step::Www);
        drop_start(&mut page.host, "www.");
    }
    if page.path.ends_with('/') {
        // The root's `/` is written or not without any difference at all (RFC 3986, 6.2.3).
        if page.path.len() > 1 {
            observer.step(|| Step::Slash);
        }
        drop_end(&mut page.path, '/');
    }
}

/// Takes a character off the end as often as it stands there, without copying a borrowed text.
fn drop_end(text: &mut Cow<str>, end: char) {
    match text {
        Cow::Borrowed(text) => *text = text.trim_end_matches(end),
        Cow::Owned(text) => text.truncate(text.trim_end_matches(end).len()),
    }
}

/// Takes a prefix off, without copying a borrowed text.
pub(in crate::identity) fn drop_start(text: &mut Cow<str>, prefix: &str) {
    match text {
        Cow::Borrowed(text) => *text = text.strip_prefix(prefix).unwrap_or(text),
        Cow::Owned(text) => {
            if text.starts_with(prefix) {
                text.drain(..prefix.len());
            }
        }
    }
}
