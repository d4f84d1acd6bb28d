//! A link that carries what only tells its site where the reader comes from.
//!
//! ## Why
//!
//! Parameters like `utm_source` and `fbclid` are left by newsletters and shares. They follow the
//! readers of the list, make the link long, and hide that two links lead to the same page. Outside
//! entries, where sponsors are thanked, they are advice.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha?id=7&utm_source=news&utm_medium=mail) - Steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha?id=7) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Takes the parameters out. The link then is another, so a person should look at it.

use std::collections::HashSet;

use super::address::is_below;
use super::{Check, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings, WARNING};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Edit, Fix};
use crate::identity::url::{Parameters, is_tracking};
use crate::list::{LinkId, LinkKind, Place};

/// The rule.
pub static RULE: Rule = Rule {
    name: "tracking-parameters",
    group: Group::Links,
    level: WARNING,
    awesome: WARNING,
    aliases: &[],
    options: &[
        OptionSpec {
            name: "allow",
            help: "Hosts whose links may carry them, with all hosts below them.",
            kind: OptionKind::Texts(&[]),
        },
        OptionSpec {
            name: "parameters",
            help: "Further parameters that only track, a `*` at the end standing for anything.",
            kind: OptionKind::Texts(&[]),
        },
    ],
    fixes: Fixes::Unsafe,
    check: Check::List(check),
    source: include_str!("tracking_parameters.rs"),
};

/// How many parameters are named.
const SHOWN: usize = 3;

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let allowed = settings.texts("allow");
    let further = Parameters::new(settings.texts("parameters"));
    let mut seen = HashSet::new();
    for (id, link) in (0..).map(LinkId).zip(&facts.list.links) {
        let place = match link.kind {
            LinkKind::Reference(index) => facts.list.definitions[index as usize].destination,
            _ => link.destination,
        };
        let text = facts.list.slice(place);
        let has_query = memchr::memchr(b'?', text.as_bytes()).is_some();
        if !has_query || !link.is_external() || !seen.insert(place) {
            continue;
        }
        let host = facts.key(id).host().unwrap_or_default();
        if allowed.iter().any(|domain| is_below(host, domain)) {
            continue;
        }
        let Some(cleaned) = Cleaned::of(text, &further) else {
            continue;
        };
        let names: Vec<String> = cleaned
            .names
            .iter()
            .take(SHOWN)
            .map(|name| format!("`{name}`"))
            .collect();
        let more = match cleaned.names.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "the link carries {}{more}, which only track readers",
            names.join(", ")
        );
        let edits = vec![Edit::replace(place, cleaned.text)];
        let mut one = Diagnostic::new(RULE.name, place, message)
            .fix(Fix::needs_review("Take the parameters out", edits));
        if !matches!(link.place, Place::Entry(_)) {
            // Links around the entries are mostly those of sponsors, who asked for them.
            one.severity = Severity::Advice;
        }
        found.push(one);
    }
}

/// A destination without its tracking parameters.
struct Cleaned<'t> {
    text: String,
    /// The names of the parameters taken out.
    names: Vec<&'t str>,
}

impl<'t> Cleaned<'t> {
    /// `None` where `destination`, as written, carries none.
    fn of(destination: &'t str, further: &Parameters) -> Option<Self> {
        let (before, fragment) = match destination.find('#') {
            // `&#38;` is a reference, no fragment.
            Some(at) if !destination[..at].ends_with('&') => destination.split_at(at),
            _ => (destination, ""),
        };
        let (address, query) = before.split_once('?')?;
        let mut names = Vec::new();
        let mut kept: Vec<&str> = Vec::new();
        for (position, pair) in query.split('&').enumerate() {
            // Between parameters `&` may be written as a reference.
            let pair = match position {
                0 => pair,
                _ => pair
                    .strip_prefix("amp;")
                    .or(pair.strip_prefix("#38;"))
                    .unwrap_or(pair),
            };
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match is_tracking(name, value, further) {
                true => names.push(name),
                false => kept.push(pair),
            }
        }
        if names.is_empty() {
            return None;
        }
        let joint = if query.contains("&amp;") {
            "&amp;"
        } else {
            "&"
        };
        let query = match kept.is_empty() {
            true => String::new(),
            false => format!("?{}", kept.join(joint)),
        };
        Some(Cleaned {
            text: format!("{address}{query}{fragment}"),
            names,
        })
    }
}
