//! A link through a service that hides where it leads.
//!
//! ## Why
//!
//! Readers cannot see where such a link leads, it may be turned elsewhere, it dies with its service
//! (`git.io` and `goo.gl` did), and no tool can see that two of them lead to the same page.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://bit.ly/2Tea4U) - Steamed leaves.
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
//! ```

use super::address::{host_key, is_below, is_plain_host};
use super::{Check, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::identity::{is_shortener, is_shortening_host};
use crate::list::LinkId;

/// The rule.
pub static RULE: Rule = Rule {
    name: "link-shortener",
    group: Group::Links,
    level: WARNING,
    awesome: WARNING,
    aliases: &["no-shortened-url"],
    options: &[
        OptionSpec {
            name: "allow",
            help: "Hosts that may be used all the same.",
            kind: OptionKind::Texts(&[]),
        },
        OptionSpec {
            name: "hosts",
            help: "Further hosts that only lead on.",
            kind: OptionKind::Texts(&[]),
        },
    ],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("link_shortener.rs"),
};

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let (allowed, further) = (settings.texts("allow"), settings.texts("hosts"));
    let names = |hosts: &[&str], host: &str| hosts.iter().any(|one| is_below(host, one));
    let addresses = facts.addresses();
    let may_shorten = addresses.of_hosts(|host| {
        let host = host_key(host);
        !is_plain_host(&host) || is_shortening_host(&host) || names(&further, &host)
    });
    let links = (0..).map(LinkId).zip(&facts.list.links);
    for ((id, link), placed) in links.zip(addresses.of_links()) {
        // What begins with `//` is external as well, and no address as it is written.
        if !link.is_external() || placed.is_some_and(|one| !may_shorten[one.host]) {
            continue;
        }
        let key = facts.key(id);
        let Some(host) = key.host() else {
            continue;
        };
        if !(is_shortener(key) || names(&further, host))
            || names(&allowed, host)
            || key.path().len() < 2
            || is_about(facts.list.slice(link.text), host)
        {
            continue;
        }
        let message = format!("`{host}` hides where the link leads");
        found.push(
            Diagnostic::new(RULE.name, link.span, message)
                .help("open it and write the address that it leads to"),
        );
    }
}

/// Whether a link with this text is about the service at `host` itself: it is named after it.
fn is_about(text: &str, host: &str) -> bool {
    let text = text.to_lowercase();
    let name = host.split('.').next().unwrap_or_default();
    !text.contains('/') && (text.contains(host) || text.trim() == name)
}
