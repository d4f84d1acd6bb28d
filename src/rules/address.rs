//! The parts of a web address as it is written, for rules that judge how it is written.
//!
//! Identity reads addresses as a browser does; these rules must not, since a browser mends what
//! they look for.

use std::net::IpAddr;

/// A web address taken apart; every part is a piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// What stands before `://`, as written.
    pub(super) scheme: &'a str,
    /// What stands before the `@` of the authority.
    pub(super) user: Option<&'a str>,
    /// The host, without its port.
    pub(super) host: &'a str,
    /// Path, query and fragment, from their first `/`, `?` or `#` on.
    pub(super) rest: &'a str,
}

impl<'a> Address<'a> {
    /// Reads `url` if it is an address with `http` or `https`, in any case.
    pub(super) fn of_web(url: &'a str) -> Option<Self> {
        let (scheme, after) = url.split_once("://")?;
        let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        web.then(|| Address::read(scheme, after))
    }

    /// Reads what follows `scheme://`.
    pub(super) fn read(scheme: &'a str, after: &'a str) -> Self {
        let end = after.find(['/', '?', '#', '\\']).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
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
            rest,
        }
    }

    /// The host in lower case, without a dot at its end.
    pub(super) fn host_key(&self) -> String {
        self.host.trim_end_matches('.').to_ascii_lowercase()
    }

    /// Whether the host may be reached: a name whose last part is a known top-level domain, an
    /// address of the internet protocol, or a name of a machine's or a network's own.
    pub(super) fn has_known_host(&self) -> bool {
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
        let host = self.host_key();
        let numeric = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        let last = host.rsplit('.').next().unwrap_or_default();
        numeric || OWN.contains(&last) || ends_in_known_domain(&host)
    }
}

/// Whether a name of lower case ends in a domain that the public suffix list knows.
pub(super) fn ends_in_known_domain(name: &str) -> bool {
    let known = || psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known());
    name.contains('.') && (!name.is_ascii() || known())
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
    fn hosts_stand_below_a_domain_by_label() {
        assert!(is_below("a.github.com", "github.com") && is_below("github.com", "github.com"));
        assert!(!is_below("evilgithub.com", "github.com"));
    }
}
