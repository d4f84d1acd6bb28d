//! Lines that end in different ways.
//!
//! ## Why
//!
//! A list that mixes the line endings of Unix and Windows shows changes in lines that nobody
//! touched, and git cannot merge it well. One editor wrote some of the lines in its own way.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.␍
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! ```
//!
//! (`␍` marks a line that ends as on Windows.)
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! ```
//!
//! ## Fix
//!
//! Ends all lines as most of them end.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "mixed-newlines",
    group: Group::Text,
    level: WARNING,
    awesome: ERROR,
    aliases: &["linebreak-style"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("mixed_newlines.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let newlines = &facts.style().newline;
    let Some(usual) = newlines.winner() else {
        return;
    };
    if newlines.counts.len() < 2 {
        return;
    }
    let source = &facts.list.source;
    let others: Vec<Span> = (1..=source.line_count())
        .map(|line| {
            let content = source.line_content(line);
            content.with(content.end, source.line_span(line).end)
        })
        .filter(|ending| !ending.is_empty() && source.slice(*ending) != usual.as_str())
        .collect();
    let Some(first) = others.first() else {
        return;
    };
    let edits = others
        .iter()
        .map(|&span| Edit::replace(span, usual.as_str()));
    let lines = if others.len() == 1 {
        "line ends"
    } else {
        "lines end"
    };
    found.push(
        Diagnostic::new(
            RULE.name,
            source.line_content(source.line(first.start)),
            format!("{} {lines} otherwise than the rest", others.len()),
        )
        .fix(Fix::safe("End all lines alike", edits.collect())),
    );
}
