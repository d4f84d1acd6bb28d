//! A link to a file beside the list that is not there.
//!
//! ## Why
//!
//! Files are moved and renamed, and nobody notices that the list still leads to their old place.
//! Paths that leave the repository, as `../../issues`, are not looked at.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](sencha-and-more.md) - Steamed leaves.
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

use super::address::{Address, ends_in_known_domain};
use super::{Check, ERROR, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::list::anchor::decode_fragment;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "broken-path",
    group: Group::Links,
    level: ERROR,
    awesome: ERROR,
    aliases: &["relative-links", "MD057", "no-dead-relative-links"],
    options: &[OptionSpec {
        name: "allow",
        help: "Beginnings of paths that exist elsewhere, as on the site made from the list.",
        kind: OptionKind::Texts(&[]),
    }],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("broken_path.rs"),
};

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let allowed = settings.texts("allow");
    // A link whose text is an address is swapped, which is another rule's finding.
    let links = list
        .links
        .iter()
        .filter(|link| !link.is_external() && Address::of_web(list.slice(link.text)).is_none());
    let links = links.map(|link| {
        let own = link.span.contains(link.destination) && !link.destination.is_empty();
        (
            link.url.as_str(),
            if own { link.destination } else { link.span },
            "link",
        )
    });
    let images = list
        .images
        .iter()
        .map(|image| (image.url.as_str(), image.span, "image"));
    let mut all: Vec<(&str, Span, &str)> = links.chain(images).collect();
    all.sort_by_key(|(_, span, _)| *span);
    for (url, span, what) in all {
        let Some(path) = path(url) else {
            continue;
        };
        if allowed.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        if facts.has_file(&path) == Some(false) {
            let message = format!("there is no file `{path}` for the {what}");
            found.push(Diagnostic::new(RULE.name, span, message));
        }
    }
}

/// The path of a file beside the list that `url` leads to.
fn path(url: &str) -> Option<String> {
    if Address::of_web(url).is_some() {
        return None;
    }
    let path = url.split(['?', '#']).next()?;
    let path = path.strip_prefix("./").unwrap_or(path);
    // A scheme, a site's own root, and a place above the repository are not beside the list.
    let elsewhere = path.is_empty()
        || path.starts_with(['/', '\\', '~', '<', '[', '(', '{'])
        || path.starts_with("../..")
        || path.contains(':')
        || path.contains('@');
    if elsewhere {
        return None;
    }
    let host = Address::read("", path).host_key();
    if host.starts_with("www.") || !host.ends_with(".md") && ends_in_known_domain(&host) {
        return None;
    }
    Some(decode_fragment(path).into_owned())
}
