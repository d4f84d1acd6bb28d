//! A link that may harm the one who follows it.
//!
//! ## Why
//!
//! Lists take links from strangers. Found are: destinations that run or hold code (`javascript:`,
//! `vbscript:`, `data:`) or name a file of the reader's machine, a password or user name in the
//! address, characters that cannot be seen or that turn the direction of writing, and hosts that
//! imitate another by letters that look alike (by the confusables of UTS #39).
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](javascript:alert(1)) - Steamed leaves.
//! - [Gyokuro](https://tea:secret@example.com/gyokuro) - Grows in the shade.
//! - [Matcha](https://gіthub.com/tea/matcha) - Leaves ground to powder.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Grows in the shade.
//! - [Matcha](https://github.com/tea/matcha) - Leaves ground to powder.
//! ```

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_security::confusable_detection::skeleton;
use unicode_security::{RestrictionLevel, RestrictionLevelDetection};

use super::address::{Address, Placed, ends_in_known_domain, host_key, is_plain_host};
use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::list::LinkKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unsafe-link",
    group: Group::Links,
    level: ERROR,
    awesome: ERROR,
    aliases: &[],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("unsafe_link.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let addresses = facts.addresses();
    let harmless = addresses.of_hosts(is_harmless);
    for (link, placed) in facts.list.links.iter().zip(addresses.of_links()) {
        if placed.is_some_and(|one| harmless[one.host] && is_plain(one)) {
            continue;
        }
        let place = match link.kind {
            LinkKind::Reference(_) => link.span,
            _ if link.destination.is_empty() => link.span,
            _ => link.destination,
        };
        if let Some(message) = danger(&link.url) {
            found.push(Diagnostic::new(RULE.name, place, message));
        }
    }
}

/// Whether a host, like most, surely imitates no other.
fn is_harmless(host: &str) -> bool {
    is_plain_host(host) && imitation(&host_key(host)).is_none()
}

/// Whether nothing but its host can be dangerous about an address.
fn is_plain(placed: Placed<'_>) -> bool {
    placed.address.user.is_none() && placed.address.rest.is_ascii()
}

/// What is dangerous about a destination.
fn danger(url: &str) -> Option<String> {
    if let Some(scheme) = dangerous_scheme(url) {
        return Some(format!("a link with `{scheme}:` is no link to a page"));
    }
    let address = Address::of_web(url)?;
    if let Some(hidden) =
        hidden_character(address.host, true).or_else(|| hidden_character(address.rest, false))
    {
        return Some(format!(
            "the link holds U+{:04X}, which cannot be seen",
            u32::from(hidden)
        ));
    }
    if let Some(user) = address.user {
        let (name, password) = user.split_once(':').unwrap_or((user, ""));
        return Some(
            match (
                password.is_empty(),
                ends_in_known_domain(&name.to_lowercase()),
            ) {
                (false, _) => "the link holds a password".to_owned(),
                (true, true) => format!(
                    "the link leads to `{}`, not to `{name}`, which stands before the `@`",
                    address.host
                ),
                (true, false) => "the link holds a user name".to_owned(),
            },
        );
    }
    imitation(&address.host_key())
}

fn dangerous_scheme(url: &str) -> Option<&'static str> {
    const SCHEMES: &[&str] = &["javascript", "vbscript", "data", "file", "blob"];
    // Browsers pass over control characters and spaces in a scheme.
    let mut scheme = String::new();
    for char in url.chars().take(64) {
        match char {
            ':' => {
                return SCHEMES
                    .iter()
                    .copied()
                    .find(|known| scheme.eq_ignore_ascii_case(known));
            }
            _ if char.is_control() || char == ' ' => {}
            _ => scheme.push(char),
        }
    }
    None
}

/// A character that cannot be seen. In a path, the joiners of scripts and emoji are no such.
fn hidden_character(text: &str, of_host: bool) -> Option<char> {
    text.chars().find(|&char| match char {
        '\u{200c}' | '\u{200d}' => of_host,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{180e}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    })
}

/// Whom a host imitates, or that it mixes scripts as only imitations do.
fn imitation(host: &str) -> Option<String> {
    static KNOWN: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        include_str!("data/https.txt")
            .lines()
            .filter(|line| line.len() > 6 && !line.starts_with('#'))
            .map(|domain| (looks_like(domain), domain))
            .collect()
    });
    let of_ascii = is_plain_host(host) && !host.contains("xn--");
    let host = match of_ascii {
        true => Cow::Borrowed(host),
        false => Cow::Owned(idna::domain_to_unicode(host).0),
    };
    let domain = psl::domain_str(&host).unwrap_or(&host);
    if let Some(known) = KNOWN.get(&looks_like(domain))
        && *known != domain
    {
        return Some(format!("`{host}` is not `{known}`, but looks like it"));
    }
    if of_ascii {
        return None;
    }
    let known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    let mixed = host.split('.').find(|label| {
        label.detect_restriction_level() > RestrictionLevel::HighlyRestrictive
            && !label
                .chars()
                .all(|char| !char.is_alphabetic() || char.is_ascii())
    });
    mixed
        .filter(|_| known)
        .map(|mixed| format!("`{mixed}` mixes letters of several scripts"))
}

/// What a name looks like: equal for names that a reader confuses.
fn looks_like(name: &str) -> String {
    /// What each character of ASCII looks like; none of them changes with what stands beside it.
    static ASCII: LazyLock<Vec<String>> = LazyLock::new(|| {
        let characters = (0..128_u8).map(|byte| char::from(byte).to_string());
        characters.map(|one| skeleton_of(&one)).collect()
    });
    if !name.is_ascii() {
        return skeleton_of(name);
    }
    let mut looks = String::with_capacity(name.len() + 8);
    for one in name.bytes().filter_map(|byte| ASCII.get(usize::from(byte))) {
        looks.push_str(one);
    }
    looks
}

fn skeleton_of(name: &str) -> String {
    skeleton(name).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ascii_looks_like_is_known_by_character() {
        let all: String = (0..128_u8).map(char::from).collect();
        assert_eq!(looks_like(&all), skeleton_of(&all));
        assert_eq!(looks_like("rnicr0soft"), looks_like("microsoft"));
    }

    #[test]
    fn dangers_are_told_apart_from_what_is_common() {
        for url in [
            "JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "https://user:word@example.com/",
            "https://github.com@example.com/",
            "https://example.com/\u{202e}x",
            "https://exam\u{200d}ple.com/",
            "https://gіthub.com/x",
            "https://xn--gthub-n4a.com/x",
            "https://rnicrosoft.com",
            "https://www.g00gle.com",
        ] {
            assert!(danger(url).is_some(), "{url}");
            let passed = Address::of_web(url).is_some_and(|address| {
                is_harmless(address.host) && is_plain(Placed { address, host: 0 })
            });
            assert!(!passed, "{url}");
        }
        for url in [
            "https://medium.com/@someone/x",
            "https://fenêt.re/x",
            "https://пример.рф/x",
            "https://日本語.jp/ひらがな",
            "https://example.com/#-👩\u{200d}💻",
            "https://github.com",
            "http://docs.google.com",
            "mailto:a@b.org",
            "#data:x",
        ] {
            assert_eq!(danger(url), None, "{url}");
        }
    }
}
