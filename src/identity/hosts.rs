//! What a host says about the works that stand on it.

use std::sync::LazyLock;

use super::places::Places;
use super::url::{Certain, LinkKey};

struct Hosts {
    platforms: Places<()>,
    forges: Places<()>,
    scholarly: Places<()>,
    shorteners: Places<()>,
}

static HOSTS: LazyLock<Hosts> = LazyLock::new(|| Hosts {
    platforms: Places::new(rows("platform").chain(rows("forge"))),
    forges: Places::new(rows("forge")),
    scholarly: Places::new(rows("scholarly")),
    shorteners: Places::new(rows("shortener")),
});

/// The places in the rows of `data/hosts.txt` that begin with that word.
fn rows(name: &'static str) -> impl Iterator<Item = (&'static str, ())> {
    let lines = include_str!("data/hosts.txt").lines();
    let rows = lines.filter_map(move |line| line.strip_prefix(name)?.strip_prefix(' '));
    rows.flat_map(str::split_ascii_whitespace)
        .map(|place| (place, ()))
}

/// Whether many unrelated works stand on the link's domain. Universities and governments count:
/// under one domain live hundreds of people.
pub(super) fn is_platform(link: &LinkKey) -> bool {
    let Some(host) = link.host() else {
        return false;
    };
    let mut labels = host.rsplit('.');
    let (top, second) = (labels.next(), labels.next());
    let public = |label| matches!(label, Some("edu" | "ac" | "gov" | "mil"));
    public(top) || public(second) || HOSTS.platforms.contain(link.as_certain())
}

/// Whether people keep their code or models there.
pub(super) fn is_forge(link: &LinkKey) -> bool {
    HOSTS.forges.contain(link.as_certain())
}

/// Whether papers stand where the link leads.
pub(super) fn is_scholarly(link: &LinkKey) -> bool {
    HOSTS.scholarly.contain(link.as_certain())
}

/// Whether links to a host in lower case may hide where they lead.
pub fn is_shortening_host(host: &str) -> bool {
    let bare = host.strip_prefix("www.").unwrap_or(host);
    HOSTS.shorteners.are_on(bare)
}

/// Whether the link hides where it leads.
pub fn is_shortener(link: Certain<'_>) -> bool {
    HOSTS.shorteners.contain(link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Options;

    #[test]
    fn hosts_are_known_by_label_and_path() {
        let link = |link| LinkKey::new(link, &Options::default());
        for platform in [
            "https://github.com/a/b",
            "https://me.github.io",
            "http://www.x.ac.uk/",
        ] {
            assert!(is_platform(&link(platform)), "{platform}");
        }
        assert!(!is_platform(&link("https://notgithub.com/a/b")));
        assert!(is_scholarly(&link(
            "http://www.kdd.org/kdd2017/papers/view/x"
        )));
        assert!(is_scholarly(&link(
            "https://www.microsoft.com/en-us/research/publication/x"
        )));
        assert!(!is_scholarly(&link(
            "https://www.microsoft.com/en-us/windows"
        )));
        assert!(is_shortener(link("https://bit.ly/abc").as_certain()));
    }
}
