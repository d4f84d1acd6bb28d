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

use std::collections::HashSet;

use super::address::Address;
use super::{Check, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;

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
    let known = include_str!("data/shorteners.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let mut hosts: HashSet<&str> = known.chain(settings.texts("hosts")).collect();
    for host in settings.texts("allow") {
        hosts.remove(host);
    }
    for link in &facts.list.links {
        let Some(address) = Address::of_web(&link.url) else {
            continue;
        };
        let host = address.host_key();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        // A page about the service itself is named after it.
        let own = facts.list.slice(link.text).to_lowercase().contains(host)
            && link.text != link.destination;
        if hosts.contains(host) && address.rest.len() > 1 && !own {
            let message = format!("`{host}` hides where the link leads");
            found.push(
                Diagnostic::new(RULE.name, link.span, message)
                    .help("open it and write the address that it leads to"),
            );
        }
    }
}
