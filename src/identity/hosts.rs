//! What a host says about the works that stand on it.

use std::sync::LazyLock;

use super::url::LinkKey;

struct Hosts {
    platforms: Vec<&'static str>,
    forges: Vec<&'static str>,
    scholarly: Vec<&'static str>,
    shorteners: Vec<&'static str>,
}

static HOSTS: LazyLock<Hosts> = LazyLock::new(|| {
    let row = |name: &'static str| {
        let text: &'static str = include_str!("data/hosts.txt");
        let rows = text
            .lines()
            .filter_map(move |line| line.strip_prefix(name)?.strip_prefix(' '));
        rows.flat_map(str::split_ascii_whitespace)
            .collect::<Vec<_>>()
    };
    Hosts {
        platforms: [row("platform"), row("forge")].concat(),
        forges: row("forge"),
        scholarly: row("scholarly"),
        shorteners: row("shortener"),
    }
});

/// Whether many unrelated works stand on the link's domain. Universities and governments count:
/// under one domain live hundreds of people.
pub(super) fn is_platform(link: &LinkKey) -> bool {
    let Some(host) = link.host() else {
        return false;
    };
    let mut labels = host.rsplit('.');
    let (top, second) = (labels.next(), labels.next());
    let public = |label| matches!(label, Some("edu" | "ac" | "gov" | "mil"));
    public(top) || public(second) || HOSTS.platforms.iter().any(|place| link.is_below(place))
}

/// Whether people keep their code or models there.
pub(super) fn is_forge(link: &LinkKey) -> bool {
    HOSTS.forges.iter().any(|place| link.is_below(place))
}

/// Whether papers stand where the link leads.
pub(super) fn is_scholarly(link: &LinkKey) -> bool {
    HOSTS.scholarly.iter().any(|place| link.is_below(place))
}

/// Whether the link hides where it leads.
pub fn is_shortener(link: &LinkKey) -> bool {
    HOSTS.shorteners.iter().any(|place| link.is_below(place))
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
        assert!(is_shortener(&link("https://bit.ly/abc")));
    }
}
