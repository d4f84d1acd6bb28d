//! White space at the end or at the start of the text of a link.
//!
//! ## Why
//!
//! It is underlined with the link and stands before the next word as a second space.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha ](https://example.com/sencha) - Steamed leaves.
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
//!
//! ## Fix
//!
//! Takes the white space out, or puts it outside where it parts two words.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Link, LinkKind, List};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "space-in-link-text",
    group: Group::Entries,
    level: WARNING,
    awesome: ERROR,
    aliases: &["MD039", "no-space-in-links", "no-inline-padding"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("space_in_link_text.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for link in &list.links {
        let written = matches!(link.kind, LinkKind::Inline | LinkKind::Reference(_));
        let text = list.slice(link.text);
        // Around images it cannot be seen.
        if !written || link.image_only || text.trim().is_empty() {
            continue;
        }
        let before = text.len() - text.trim_start_matches([' ', '\t']).len();
        let behind = text.len() - text.trim_end_matches([' ', '\t']).len();
        if before + behind == 0 || facts.is_generated(link.span.start) {
            continue;
        }
        let lead = link
            .text
            .with(link.text.start, link.text.start + before as u32);
        let tail = link.text.with(link.text.end - behind as u32, link.text.end);
        let (place, words) = if before == 0 {
            (tail, "at the end")
        } else if behind == 0 {
            (lead, "at the start")
        } else {
            (link.text, "around")
        };
        let message =
            format!("white space {words} of the text of a link").replace("around of", "around");
        found.push(Diagnostic::new(RULE.name, place, message).fix(Fix::safe(
            "Take the white space out",
            edits(list, link, lead, tail),
        )));
    }
}

/// Takes `lead` and `tail` out, and puts a space outside where words would run together.
fn edits(list: &List, link: &Link, lead: Span, tail: Span) -> Vec<Edit> {
    let text = list.source.text();
    let before = text
        .get(..link.span.start as usize)
        .and_then(|text| text.chars().next_back());
    let after = text
        .get(link.span.end as usize..)
        .and_then(|text| text.chars().next());
    let mut edits = Vec::new();
    if !lead.is_empty() {
        edits.push(Edit::delete(lead));
        if before.is_some_and(char::is_alphanumeric) {
            edits.push(Edit::insert(link.span, link.span.start, " "));
        }
    }
    if !tail.is_empty() {
        edits.push(Edit::delete(tail));
        if after.is_some_and(char::is_alphanumeric) {
            edits.push(Edit::insert(link.span, link.span.end, " "));
        }
    }
    edits
}
