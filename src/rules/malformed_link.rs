//! A link that is written in a way that keeps it from working.
//!
//! ## Why
//!
//! `[Sencha](www.example.com)` looks right and leads to a file of that name beside the list;
//! `[Sencha](https://example.com/a b)` is no link at all. A reader cannot follow either.
//!
//! What is found: a scheme that is missing or misspelt (`www.example.com`, `hhttps://`, `http:/x`,
//! `https://https://x`), a host that cannot be (`https://example,com`), a mail address without
//! `mailto:`, two addresses run into one, an address in brackets of its own, text and destination
//! swapped (`(text)[https://example.com]`), a space in a destination, a parenthesis not closed.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](www.example.com/sencha) - Steamed leaves.
//! - [Gyokuro](https://example.com/gyo kuro) - Grows in the shade.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://www.example.com/sencha) - Steamed leaves.
//! - [Gyokuro](https://example.com/gyo%20kuro) - Grows in the shade.
//! ```
//!
//! ## Fix
//!
//! Writes the link as it was probably meant. It then leads elsewhere than before, so a person should
//! look at it.

use super::address::{Address, ends_in_known_domain, is_known_host, is_plain_host};
use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, unread_link};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Link, LinkKind};

/// The rule.
pub static RULE: Rule = Rule {
    name: "malformed-link",
    group: Group::Links,
    level: ERROR,
    awesome: ERROR,
    aliases: &[
        "MD011",
        "no-reversed-links",
        "valid-url",
        "no-auto-link-without-protocol",
        "no-undefined-references",
    ],
    options: &[],
    fixes: Fixes::Unsafe,
    check: Check::List(check),
    source: include_str!("malformed_link.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let addresses = facts.addresses();
    let sound = addresses.of_hosts(|host| is_known_host(host) && is_plain_host(host));
    for (link, placed) in facts.list.links.iter().zip(addresses.of_links()) {
        if matches!(link.kind, LinkKind::Bare | LinkKind::Autolink) {
            continue;
        }
        let is_sound = placed.is_some_and(|one| sound[one.host] && !may_hold_another(one.address));
        let fault = || (!is_sound).then(|| fault(facts, &link.url)).flatten();
        if let Some(fault) = swapped(facts, link).or_else(fault) {
            let place = match link.span.contains(link.destination) {
                true => link.destination,
                false => link.span,
            };
            let mut one = Diagnostic::new(RULE.name, place, fault.message);
            if let Some(meant) = fault.meant
                && place == link.destination
                && facts.list.slice(place) == link.url
            {
                let title = format!("Write `{meant}`");
                one = one.fix(Fix::needs_review(title, vec![Edit::replace(place, meant)]));
            }
            found.push(one);
        }
    }
    for unread in unread_link::all(facts) {
        let mut one = Diagnostic::new(RULE.name, unread.span, unread.message);
        if let Some(meant) = unread.meant {
            let title = format!("Write `{meant}`");
            let edit = Edit::replace(unread.span, meant);
            one = one.fix(Fix::needs_review(title, vec![edit]));
        }
        found.push(one);
    }
}

/// What is wrong with a destination, and how it was probably meant.
struct Fault {
    message: String,
    meant: Option<String>,
}

fn no_fix(message: impl Into<String>) -> Option<Fault> {
    Some(Fault {
        message: message.into(),
        meant: None,
    })
}

fn meant(message: impl Into<String>, meant: String) -> Option<Fault> {
    Some(Fault {
        message: message.into(),
        meant: Some(meant),
    })
}

/// Text and destination swapped: `[https://example.com](Example)`.
fn swapped(facts: &Facts<'_>, link: &Link) -> Option<Fault> {
    let text = facts.list.slice(link.text);
    let swapped = link.kind == LinkKind::Inline
        && Address::of_web(text).is_some_and(|address| address.has_known_host())
        && !link.url.is_empty()
        && !link.url.contains(['/', '.', '#', ':', '?', '@']);
    swapped
        .then(|| no_fix("text and destination of the link are swapped"))
        .flatten()
}

fn fault(facts: &Facts<'_>, url: &str) -> Option<Fault> {
    if let Some(inner) = url.strip_prefix(['[', '(', '<', '"', '“', '\'']) {
        return no_fix(format!(
            "the destination begins with `{}`",
            &url[..url.len() - inner.len()]
        ));
    }
    if url.starts_with("//") {
        return None;
    }
    if let Some(address) = Address::of_web(url) {
        return of_address(url, address);
    }
    if url.starts_with(['#', '/', '.', '?']) {
        return None;
    }
    misspelt_scheme(url).or_else(|| without_scheme(facts, url))
}

/// What is wrong with an address that begins with `http://` or `https://`.
fn of_address(url: &str, address: Address<'_>) -> Option<Fault> {
    if address.host.is_empty() {
        return no_fix("the address has no host");
    }
    if !address.has_known_host() {
        let doubled = matches!(&*address.host_key(), "http" | "https");
        if doubled && let Some(inner) = address.rest.strip_prefix("//") {
            return meant(
                "the address has two schemes",
                format!("{}://{inner}", address.host),
            );
        }
        return no_fix(format!("no host is called `{}`", address.host));
    }
    if !is_plain_host(address.host)
        && address
            .host
            .contains(|char: char| " ,;()[]{}<>|\"'`".contains(char))
        && !address.host.starts_with('[')
    {
        return no_fix(format!("no host is called `{}`", address.host));
    }
    run_together(url, address)
}

/// Whether what follows the host may hold an address.
fn may_hold_another(address: Address<'_>) -> bool {
    memchr::memchr(b':', address.rest.as_bytes()).is_some()
}

/// Two addresses in one. An address inside another is meant in a query, and behind a `/` where one
/// site shows another's pages.
fn run_together(url: &str, address: Address<'_>) -> Option<Fault> {
    if !may_hold_another(address) {
        return None;
    }
    let path = address.rest.split('?').next().unwrap_or_default();
    let at = ["http://", "https://"]
        .iter()
        .filter_map(|scheme| path.find(scheme))
        .min()?;
    let (before, inner) = path.split_at_checked(at)?;
    let second = Address::of_web(inner)?;
    let glued = before.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ')' | ']'));
    let repeated = before == "/" && second.host_key() == address.host_key();
    if repeated {
        return meant("the address stands in the link twice", inner.to_owned());
    }
    let twice = url.strip_suffix(inner) == Some(inner);
    match glued {
        true if twice => meant("the address stands in the link twice", inner.to_owned()),
        true => no_fix("two addresses are run into one"),
        false => None,
    }
}

/// `hhttps://`, `htpp:`, `http:/`, `http//`.
fn misspelt_scheme(url: &str) -> Option<Fault> {
    let letters = url.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = url.split_at(letters);
    let word = word.to_ascii_lowercase();
    let after = rest.trim_start_matches([':', '/', ';']);
    let mark = rest.len() - after.len();
    if mark == 0 || !(3..=7).contains(&letters) {
        return None;
    }
    let of_http = matches!(word.as_str(), "http" | "https");
    let near = !matches!(word.as_str(), "ftp" | "ftps" | "tps" | "sftp")
        && ["http", "https"]
            .iter()
            .any(|scheme| rapidfuzz::distance::osa::distance(word.chars(), scheme.chars()) <= 1);
    let whole = Address::read("https", after);
    if !(of_http || near && mark >= 2) || !whole.has_known_host() {
        return None;
    }
    let scheme = if word.ends_with('s') { "https" } else { "http" };
    meant(
        format!("`{}` is no scheme", &url[..letters + mark]),
        format!("{scheme}://{after}"),
    )
}

/// A host or a mail address where a path is expected.
fn without_scheme(facts: &Facts<'_>, url: &str) -> Option<Fault> {
    if url.contains(char::is_whitespace) || facts.has_file(url) == Some(true) {
        return None;
    }
    let address = Address::read("", url);
    let host = address.host_key();
    if let Some(user) = address.user {
        let mail = !user.is_empty() && !user.contains(':') && address.rest.is_empty();
        return (mail && ends_in_known_domain(&host))
            .then(|| meant("the mail address lacks `mailto:`", format!("mailto:{url}")))
            .flatten();
    }
    if host.starts_with("www.") && host.len() > 4 {
        return meant("the address lacks `https://`", format!("https://{url}"));
    }
    if !is_ascii_host(&host) || !ends_in_known_domain(&host) || names_a_file(&host, address.rest) {
        return None;
    }
    meant("the address lacks `https://`", format!("https://{url}"))
}

fn is_ascii_host(host: &str) -> bool {
    host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        && host
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// Whether a name with a dot is rather a file's: its ending is also a country's domain.
fn names_a_file(host: &str, rest: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "md",
        "py",
        "rs",
        "sh",
        "pl",
        "zip",
        "mov",
        "cc",
        "ps",
        "mk",
        "ml",
        "in",
        "am",
        "tf",
        "st",
        "so",
        "bz",
        "gz",
        "vi",
        "ad",
        "as",
        "id",
        "la",
        "al",
        "fm",
        "properties",
        "map",
        "cab",
    ];
    let ending = host.rsplit('.').next().unwrap_or_default();
    ENDINGS.contains(&ending) && (rest.is_empty() || rest.starts_with('#') || ending == "md")
}
