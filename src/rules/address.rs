//! The parts of a web address as it is written, for rules that judge how it is written.
//!
//! Identity reads addresses as a browser does; these rules must not, since a browser mends what
//! they look for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::IpAddr;

use crate::list::Link;

/// The web addresses to which the links of a list lead, each taken apart once; of most hosts there
/// are many, and what a rule asks of a host it asks once.
pub(super) struct Addresses<'a> {
    of_links: Vec<Option<Placed<'a>>>,
    /// The hosts as they are written, in the order of their first links.
    hosts: Vec<&'a str>,
}

/// An address, and which host it names.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) address: Address<'a>,
    /// The index of its host among what [`Addresses::of_hosts`] gives.
    pub(super) host: usize,
}

impl<'a> Addresses<'a> {
    /// The addresses of `links`.
    pub(super) fn new(links: &'a [Link]) -> Self {
        let mut hosts = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        // Neighbours mostly lead to one host.
        let mut last = ("", 0);
        let of_links = links.iter().map(|link| {
            let address = Address::of_web(&link.url)?;
            if hosts.is_empty() || last.0 != address.host {
                let place = *known.entry(address.host).or_insert(hosts.len());
                if place == hosts.len() {
                    hosts.push(address.host);
                }
                last = (address.host, place);
            }
            let host = last.1;
            Some(Placed { address, host })
        });
        let of_links = of_links.collect();
        Addresses { of_links, hosts }
    }

    /// The address of each link; `None` where it leads to no web page.
    pub(super) fn of_links(&self) -> impl Iterator<Item = Option<Placed<'a>>> {
        self.of_links.iter().copied()
    }

    /// What `ask` says of each host.
    pub(super) fn of_hosts<T>(&self, ask: impl FnMut(&'a str) -> T) -> Vec<T> {
        self.hosts.iter().copied().map(ask).collect()
    }
}

/// A web address taken apart; every part is a piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// What stands before `://`, as written.
    pub(super) scheme: &'a str,
    /// What stands before the `@` of the authority.
    pub(super) user: Option<&'a str>,
    /// The host, without its port.
    pub(super) host: &'a str,
    /// Whether the host stands alone in the authority: no user, no port.
    pub(super) alone: bool,
    /// Path, query and fragment, from their first `/`, `?` or `#` on.
    pub(super) rest: &'a str,
}

impl<'a> Address<'a> {
    /// Reads `url` if it is an address with `http` or `https`, in any case.
    pub(super) fn of_web(url: &'a str) -> Option<Self> {
        if !matches!(url.as_bytes().first(), Some(b'h' | b'H')) {
            return None;
        }
        let scheme = ["https", "http"].iter().find(|scheme| {
            let start = url.as_bytes().get(..scheme.len());
            let behind = url.as_bytes().get(scheme.len()..);
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
                && behind.is_some_and(|behind| behind.starts_with(b"://"))
        })?;
        let (scheme, after) = url.split_at_checked(scheme.len())?;
        Some(Address::read(scheme, after.strip_prefix("://")?))
    }

    /// Reads what follows `scheme://`.
    pub(super) fn read(scheme: &'a str, after: &'a str) -> Self {
        let is_end = |byte: u8| matches!(byte, b'/' | b'?' | b'#' | b'\\');
        let end = after.bytes().position(is_end).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
        if memchr::memchr2(b'@', b':', authority.as_bytes()).is_none() {
            return Address {
                scheme,
                user: None,
                host: authority,
                alone: true,
                rest,
            };
        }
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let host = match place.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => place,
        };
        Address {
            scheme,
            user,
            host,
            alone: host.len() == authority.len(),
            rest,
        }
    }

    /// The host in lower case, without a dot at its end.
    pub(super) fn host_key(&self) -> Cow<'a, str> {
        host_key(self.host)
    }

    /// Whether the host may be reached: see [`is_known_host`].
    pub(super) fn has_known_host(&self) -> bool {
        is_known_host(self.host)
    }
}

/// A host in lower case, without a dot at its end.
pub(super) fn host_key(host: &str) -> Cow<'_, str> {
    let host = host.trim_end_matches('.');
    match host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(host.to_ascii_lowercase()),
        false => Cow::Borrowed(host),
    }
}

/// Whether a host may be reached: a name whose last part is a known top-level domain, an address of
/// the internet protocol, or a name of a machine's or a network's own.
pub(super) fn is_known_host(host: &str) -> bool {
    const OWN: &[&str] = &[
        "localhost",
        "local",
        "internal",
        "lan",
        "home",
        "test",
        "example",
        "invalid",
        "onion",
        "i2p",
        "eth",
        "bit",
        "loki",
        "arpa",
        "crypto",
        "coin",
        "lib",
        "chan",
        "geek",
        "gopher",
    ];
    let host = host_key(host);
    let numeric = || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let last = last_label(&host);
    ends_in_known_domain(&host) || OWN.contains(&last) || numeric()
}

/// Whether a name of lower case ends in a domain that the public suffix list knows.
pub(super) fn ends_in_known_domain(name: &str) -> bool {
    /// Those of most links: whatever stands before them, the list need not be asked.
    const COMMON: &[&str] = &["com", "org", "io", "net", "dev", "edu"];
    let known = || psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known());
    let common = || COMMON.contains(&last_label(name));
    memchr::memchr(b'.', name.as_bytes()).is_some() && (common() || !name.is_ascii() || known())
}

/// What stands behind the last dot of a name.
fn last_label(name: &str) -> &str {
    let dot = memchr::memrchr(b'.', name.as_bytes());
    dot.and_then(|dot| name.get(dot + 1..)).unwrap_or(name)
}

/// Whether all of a name are the characters of which hosts are mostly written.
pub(super) fn is_plain_host(name: &str) -> bool {
    name.bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
}

/// Whether `host` is `domain` or stands below it.
pub(super) fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart_as_written() {
        let address = Address::of_web("HTTP://a:b@Example.COM:80/x?y#z").expect("an address");
        assert_eq!(address.user, Some("a:b"));
        assert_eq!(address.host_key(), "example.com");
        assert_eq!(address.rest, "/x?y#z");
        assert_eq!(
            Address::of_web("https://[::1]:8/").map(|one| one.host),
            Some("[::1]")
        );
        assert_eq!(Address::of_web("mailto:a@b.c"), None);
    }

    #[test]
    fn hosts_are_known_by_their_last_part() {
        for (url, known) in [
            ("https://a.co.uk", true),
            ("https://127.0.0.1:80/", true),
            ("https://[::1]/", true),
            ("https://localhost:1313/", true),
            ("https://fenêt.re", true),
            ("https://github.KeVmo314/x", false),
            ("https://https://x.org", false),
            ("https://github/x", false),
        ] {
            let address = Address::of_web(url).expect("an address");
            assert_eq!(address.has_known_host(), known, "{url}");
        }
    }

    #[test]
    fn common_endings_are_known_to_the_list_too() {
        for name in [
            "a.com",
            ".com",
            "a..com",
            "a.b.github.io",
            "-.dev",
            "é.edu",
            "a.net",
        ] {
            let listed = psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known());
            assert!(listed && ends_in_known_domain(name), "{name}");
        }
        assert!(!ends_in_known_domain("com") && !ends_in_known_domain("a.com.x-y"));
    }

    #[test]
    fn hosts_stand_below_a_domain_by_label() {
        assert!(is_below("a.github.com", "github.com") && is_below("github.com", "github.com"));
        assert!(!is_below("evilgithub.com", "github.com"));
    }
}
