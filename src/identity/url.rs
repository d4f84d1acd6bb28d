//! Link keys: when two destinations lead to the same resource, and how one can tell.
//!
//! A key is for comparing only. The destination stays in the list as it is written; the key stands
//! beside it and is never shown as a link.

mod certain;
mod likely;
pub(in crate::identity) mod noise;
pub(in crate::identity) mod page;
mod target;
pub(in crate::identity) mod walk;
mod way;

use likely::Likely;
use page::Page;
use walk::Observer;
use way::Way;

use super::Options;

pub use certain::{Certain, CertainKey};
pub use noise::{Parameters, is_tracking};
pub use target::Target;
pub use walk::{Step, Tier};
pub use way::LinkEvidence;

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

    /// What is compared for certain, by itself.
    pub fn as_certain(&self) -> Certain<'_> {
        Certain::new(self.target, &self.certain)
    }

    /// The host of a web page, without `www.`.
    pub fn host(&self) -> Option<&str> {
        self.as_certain().host()
    }

    /// The domain that someone registered: `stanford.edu` of `cs231n.stanford.edu`.
    pub fn domain(&self) -> Option<&str> {
        self.host().and_then(psl::domain_str)
    }

    /// Path, query and fragment of a web page's key.
    pub fn path(&self) -> &str {
        self.as_certain().path()
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
        let meeting = self.meets(other)?;
        if meeting == Tier::Exact {
            return Some(LinkEvidence {
                tier: Tier::Exact,
                steps: Vec::new(),
            });
        }
        let ways = [self, other].map(|key| Way::of(&key.written, options));
        let tier = ways[0].meets(&ways[1]).unwrap_or(meeting);
        let steps = ways[0].differences(&ways[1], tier);
        Some(LinkEvidence { tier, steps })
    }

    /// Whether two links lead to the same resource, and if so, whether they are equal as written,
    /// for certain ([`Tier::Site`] at the latest) or perhaps ([`Tier::Likely`]). Unlike
    /// [`LinkKey::compare`] this reads neither of them anew.
    pub(in crate::identity) fn meets(&self, other: &LinkKey) -> Option<Tier> {
        if self.target == Target::Empty || other.target == Target::Empty {
            return None;
        }
        if self.written == other.written {
            return Some(Tier::Exact);
        }
        if self.certain == other.certain {
            return Some(Tier::Site);
        }
        self.may_be(other).then_some(Tier::Likely)
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

/// Reads a destination, watched by an observer.
fn read(destination: &str, options: &Options, observer: &mut impl Observer) -> LinkKey {
    let (target, certain, likely) = read_tiers(destination, options, observer, true);
    LinkKey {
        target,
        written: destination.into(),
        certain: certain.into(),
        likely: likely.map(Box::new),
    }
}

/// Target and certain key of a destination and, if it is asked for, what the last tier makes of it.
fn read_tiers(
    destination: &str,
    options: &Options,
    observer: &mut impl Observer,
    further: bool,
) -> (Target, String, Option<Likely>) {
    let text = without_blanks(destination);
    // Parsers drop tabs and line ends, even inside a scheme (WHATWG URL, 4.4).
    let joined;
    let text = if memchr::memchr3(b'\t', b'\n', b'\r', text.as_bytes()).is_some() {
        joined = text.replace(['\t', '\n', '\r'], "");
        &joined
    } else {
        text
    };
    let target = Target::of(text);
    // What may be meant by something that is no address of the web.
    let meant = |address: fn(&str) -> Option<String>| match further {
        true => likely_address(address(text), options),
        false => None,
    };
    match target {
        Target::Web => match read_page(text, options, observer, further) {
            Some((certain, likely)) => (target, certain, likely),
            None => (Target::Other, text.to_owned(), None),
        },
        Target::Anchor | Target::Empty => (target, text.to_owned(), None),
        Target::Relative => {
            let likely = meant(|text| {
                let host = target::bare_host(text).map(|host| format!("http://{host}"));
                host.or_else(|| target::repository_address(text))
            });
            (target, target::relative_key(text), likely)
        }
        Target::Mail => (target, target::mail_key(text), None),
        Target::Other => {
            let key = url::Url::parse(text).map_or(text.to_owned(), |url| url.to_string());
            let likely = meant(target::repository_address);
            (target, page::normal_escapes(&key), likely)
        }
    }
}

/// The text without the spaces and control characters around it, of which most have none.
fn without_blanks(text: &str) -> &str {
    let blank = |byte: Option<&u8>| byte.is_some_and(|byte| *byte <= b' ');
    match blank(text.as_bytes().first()) || blank(text.as_bytes().last()) {
        true => text.trim_matches(|c: char| c <= ' '),
        false => text,
    }
}

/// Certain and, if it is asked for, likely key of a page of the web.
fn read_page(
    text: &str,
    options: &Options,
    observer: &mut impl Observer,
    further: bool,
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
    let certain = walk::certain_key(&mut page, options, observer);
    if !further {
        return Some((certain, None));
    }
    let likely = likely::relax(&page, options, observer).filter(|likely| *likely.key != *certain);
    Some((certain, likely))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Aliases;

    fn key(destination: &str) -> LinkKey {
        LinkKey::new(destination, &Options::default())
    }

    fn evidence(a: &str, b: &str) -> Option<LinkEvidence> {
        let options = Options::default();
        let found = key(a).compare(&key(b), &options);
        assert_eq!(found.is_some(), key(b).compare(&key(a), &options).is_some());
        found
    }

    #[test]
    fn the_lowest_tier_that_equates_is_named() {
        for (a, b, tier) in [
            ("https://a.org/x", "https://a.org/x", Tier::Exact),
            ("https://A.org:443/%7ex?", "https://a.org/~x", Tier::Rfc),
            ("https://a.org", "https://a.org/#", Tier::Rfc),
            ("//a.org/x", "https://a.org/x", Tier::Rfc),
            ("http://www.a.org/x/", "https://a.org/x", Tier::Transport),
            (
                "https://a.org/x?utm_source=b",
                "https://a.org/x",
                Tier::Noise,
            ),
            (
                "https://a.org/?q=a+b",
                "https://a.org/?q=a%20b",
                Tier::Noise,
            ),
            ("https://a.org/#:~:text=b", "https://a.org/", Tier::Noise),
            ("https://a.org/#/", "https://a.org/", Tier::Noise),
            (
                "https://github.com/A/b#readme",
                "https://github.com/a/B",
                Tier::Site,
            ),
            ("https://a.org/index.html", "https://a.org/", Tier::Likely),
            ("https://a.org/x#y", "https://a.org/x", Tier::Likely),
            (
                "https://a.org/?b=1&a=2",
                "https://a.org/?a=2&b=1",
                Tier::Likely,
            ),
            (
                "git@github.com:a/b.git",
                "https://github.com/a/b",
                Tier::Likely,
            ),
            ("www.a.org/x", "https://a.org/x", Tier::Likely),
            (
                "https://web.archive.org/web/2015/http://a.org/x",
                "https://a.org/x",
                Tier::Likely,
            ),
            (
                "https://a.github.io/b",
                "https://github.com/a/b",
                Tier::Likely,
            ),
        ] {
            assert_eq!(
                evidence(a, b).map(|found| found.tier),
                Some(tier),
                "{a} {b}"
            );
        }
    }

    #[test]
    fn what_may_choose_a_page_is_kept() {
        for (a, b) in [
            ("https://a.org/?id=1", "https://a.org/"),
            ("https://a.org/x#y", "https://a.org/x#z"),
            ("https://a.org/#/x", "https://a.org/#/y"),
            ("https://a.org/X", "https://a.org/x"),
            ("https://www.co.uk/", "https://co.uk/"),
            ("https://www.com", "https://com"),
            ("https://a.org:8080/", "https://a.org/"),
            ("https://a.org/a%2Fb", "https://a.org/a/b"),
            ("https://a.org/en/x", "https://a.org/fr/x"),
            ("", ""),
        ] {
            assert_eq!(evidence(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn differences_are_told_in_words() {
        let said = |a, b| {
            evidence(a, b)
                .map(|found| found.to_string())
                .unwrap_or_default()
        };
        assert_eq!(said("https://a.org", "https://a.org"), "same link");
        assert_eq!(
            said("http://github.com/a/b", "https://github.com/a/b#readme"),
            "same page, but for http → https and `#readme`"
        );
        assert_eq!(
            said("https://a.org/x?utm_source=b&fbclid=c", "http://a.org/x"),
            "same page, but for tracking `utm_source`, tracking `fbclid` and http → https"
        );
        assert_eq!(
            said(
                "https://arxiv.org/pdf/1706.03762.pdf",
                "https://arxiv.org/html/1706.03762"
            ),
            "same page, but for the same arXiv identifier"
        );
        assert_eq!(
            said("https://a.org/x", "https://a.org/x#y"),
            "perhaps the same page, but for a place on the page"
        );
    }

    #[test]
    fn destinations_are_of_some_kind() {
        for (destination, target) in [
            ("https://a.org", Target::Web),
            ("HTTP://a.org", Target::Web),
            ("ht\ttps://a.org", Target::Web),
            ("//a.org", Target::Web),
            ("http://", Target::Other),
            ("#a", Target::Anchor),
            ("docs/a.md", Target::Relative),
            ("../a b.md", Target::Relative),
            ("a.org:8080/x", Target::Relative),
            ("mailto:Me@A.org", Target::Mail),
            ("me@a.org", Target::Mail),
            ("javascript:void(0)", Target::Other),
            ("data:,x", Target::Other),
            ("ftp://a.org", Target::Other),
            (" ", Target::Empty),
        ] {
            assert_eq!(key(destination).target(), target, "{destination}");
        }
        assert_eq!(
            key("mailto:Me@A.org?subject=x").certain(),
            key("Me@a.org").certain()
        );
        assert_eq!(
            key("./docs/a.md").certain(),
            key("docs/b/../a.md").certain()
        );
        assert!(!key("docs/a.md").is_global());
    }

    #[test]
    fn parts_of_a_link_are_known() {
        let link = key("https://user@cs231n.Stanford.edu:81/a/b?c#d");
        assert_eq!(link.host(), Some("cs231n.stanford.edu"));
        assert_eq!(link.domain(), Some("stanford.edu"));
        assert_eq!(link.path(), "/a/b?c#d");
        assert_eq!(link.fragment(), Some("d"));
        assert_eq!(key("https://a.org/ja/x").language(), Some("ja"));
    }

    #[test]
    fn what_the_user_adds_counts() {
        let aliases = Aliases::new([("github.com/Old/name", "https://github.com/new/name")]);
        let tracking = Parameters::new(["campaign"]);
        let options = Options {
            aliases,
            tracking,
            ..Options::default()
        };
        let key = |link| LinkKey::new(link, &options);
        let (old, new) = (
            key("http://github.com/old/Name/wiki"),
            key("https://github.com/new/name/wiki"),
        );
        assert_eq!(old.certain(), new.certain());
        let found = old.compare(&new, &options).map(|found| found.to_string());
        let words = "same page, but for http → https, letter case of the repository and \
                     an alias from the configuration";
        assert_eq!(found.as_deref(), Some(words));
        assert_ne!(
            key("https://github.com/old/name2").certain(),
            "github.com/new/name2"
        );
        assert_eq!(key("https://a.org/?campaign=1").certain(), "a.org");
    }
}
