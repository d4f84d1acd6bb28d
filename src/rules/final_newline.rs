//! A list whose last line does not end.
//!
//! ## Why
//!
//! A line is what ends in a line ending. Without it the next entry that is appended changes two
//! lines, and two people who each append one have a conflict that nobody can read.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.⌁
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
//! (`⌁` marks the end of a file whose last line does not end.)
//!
//! ## Fix
//!
//! Ends the line, as the other lines of the list are ended.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};

/// The rule.
pub static RULE: Rule = Rule {
    name: "final-newline",
    group: Group::Text,
    level: WARNING,
    awesome: ERROR,
    aliases: &["MD047", "single-trailing-newline"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("final_newline.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let source = &facts.list.source;
    let text = source.text();
    let Some(last) = text.chars().next_back() else {
        return;
    };
    if matches!(last, '\n' | '\r') {
        return;
    }
    let end = text.len() as u32;
    let first_line = source.line_span(1);
    let content = source.line_content(1);
    let newline = match source.slice(first_line.with(content.end, first_line.end)) {
        "" => "\n",
        newline => newline,
    };
    let place = source.span(end - last.len_utf8() as u32, end);
    found.push(
        Diagnostic::new(RULE.name, place, "the last line does not end").fix(Fix::safe(
            "End the line",
            vec![Edit::insert(place, end, newline)],
        )),
    );
}
