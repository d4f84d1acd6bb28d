//! A link over HTTP to a site that is known to answer over HTTPS.
//!
//! ## Why
//!
//! What goes over HTTP can be read and changed on its way. A site is known to answer over HTTPS when
//! another link to the same host has it, here or in a list checked together with this one, or when
//! it is one of some hundred large sites.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](http://example.com/sencha) - Steamed leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Grows in the shade.
//! - [Matcha](http://en.wikipedia.org/wiki/Matcha) - Leaves ground to powder.
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
//! - [Matcha](https://en.wikipedia.org/wiki/Matcha) - Leaves ground to powder.
//! ```
//!
//! ## Fix
//!
//! Writes `https`. That changes the link, so a person should look at it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::address::{Address, host_key};
use super::{ADVICE, Asked, Check, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Link, LinkKind};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "insecure-link",
    group: Group::Links,
    level: ADVICE,
    awesome: WARNING,
    aliases: &["awesome-prefer-https"],
    options: &[OptionSpec {
        name: "allow",
        help: "Hosts that may be linked over HTTP, with all hosts below them.",
        kind: OptionKind::Texts(&[]),
    }],
    fixes: Fixes::Unsafe,
    check: Check::Project(check),
    source: include_str!("insecure_link.rs"),
};

fn check(lists: &[Asked<'_>], found: &mut Vec<Diagnostic>) {
    let secure = secure(lists);
    for Asked { facts, settings } in lists {
        let allowed = settings.texts("allow");
        for (link, placed) in facts.list.links.iter().zip(facts.addresses().of_links()) {
            let Some(one) = placed.filter(|one| is_over(one.address, "http")) else {
                continue;
            };
            let host = without_www(one.address.host);
            // `www.example.com` names no scheme; who follows it decides.
            let bare = link.kind == LinkKind::Bare;
            if bare && !facts.list.slice(link.destination).contains("://") {
                continue;
            }
            if allowed
                .iter()
                .any(|domain| super::address::is_below(&host, domain))
            {
                continue;
            }
            let elsewhere = secure.get(&host);
            if elsewhere.is_none() && !is_known(&host) {
                continue;
            }
            let message = format!("the link uses HTTP, `{host}` answers over HTTPS");
            let mut one = Diagnostic::new(RULE.name, link.span, message);
            if let Some(place) = elsewhere {
                one = one.also(*place, "linked over HTTPS here");
            }
            found.push(fixed(facts, link, one));
        }
    }
}

/// The hosts that some list links over HTTPS, each with the first place where one does.
fn secure<'a>(lists: &[Asked<'a>]) -> HashMap<Cow<'a, str>, Span> {
    let mut secure: HashMap<Cow<'_, str>, Span> = HashMap::new();
    for Asked { facts, .. } in lists {
        let addresses = facts.addresses();
        let mut first = addresses.of_hosts(|host| (host, None));
        for (link, placed) in facts.list.links.iter().zip(addresses.of_links()) {
            if let Some(one) = placed.filter(|one| is_over(one.address, "https")) {
                first[one.host].1.get_or_insert(link.span);
            }
        }
        let linked = first
            .into_iter()
            .filter_map(|(host, span)| Some((span?, host)));
        let mut linked: Vec<(Span, &str)> = linked.collect();
        linked.sort_unstable();
        for (span, host) in linked {
            secure.entry(without_www(host)).or_insert(span);
        }
    }
    secure
}

/// Whether an address has this scheme and its usual port.
fn is_over(address: Address<'_>, scheme: &str) -> bool {
    address.alone && address.scheme.eq_ignore_ascii_case(scheme)
}

/// What is compared of a host.
fn without_www(host: &str) -> Cow<'_, str> {
    match host_key(host) {
        Cow::Borrowed(host) => Cow::Borrowed(host.strip_prefix("www.").unwrap_or(host)),
        Cow::Owned(host) => Cow::Owned(host.strip_prefix("www.").unwrap_or(&host).to_owned()),
    }
}

/// Whether `host` is or stands below a site of the list.
fn is_known(host: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        include_str!("data/https.txt")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect()
    });
    let mut rest = host;
    loop {
        if KNOWN.contains(rest) {
            return true;
        }
        match rest.split_once('.') {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
}

/// With the fix, where the destination is written out in the text.
fn fixed(facts: &Facts<'_>, link: &Link, one: Diagnostic) -> Diagnostic {
    let place = match link.kind {
        LinkKind::Reference(index) => facts.list.definitions[index as usize].destination,
        _ => link.destination,
    };
    let text = facts.list.slice(place);
    if !text
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("http:"))
    {
        return one;
    }
    let scheme = place.with(place.start, place.start + 4);
    one.fix(Fix::needs_review(
        "Write `https`",
        vec![Edit::replace(scheme, "https")],
    ))
}
