//! White space at the end of a line.
//!
//! ## Why
//!
//! Nobody sees it, every editor treats it differently, and it makes changes of lines that look the
//! same. Two spaces that break a line (a hard line break) are left alone. More than ten such lines
//! in a list have one cause and are one finding.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.␠
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
//! Takes the white space out.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::BlockKind;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "trailing-whitespace",
    group: Group::Text,
    level: WARNING,
    awesome: ERROR,
    aliases: &["MD009", "no-trailing-spaces", "hard-break-spaces"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("trailing_whitespace.rs"),
};

/// How many lines are told one by one. More have one cause, an editor that leaves them, and are one
/// finding.
const MOST: usize = 10;

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let spaces = spaces(facts);
    let fix = |spaces: &[Span]| {
        let edits = spaces.iter().map(|&space| Edit::delete(space)).collect();
        Fix::safe("Take the white space out", edits)
    };
    match spaces.as_slice() {
        [first, others @ ..] if spaces.len() > MOST => {
            let message = format!("white space at the end of lines: {} of them", spaces.len());
            let mut diagnostic = Diagnostic::new(RULE.name, *first, message).fix(fix(&spaces));
            for space in &others[..MOST - 1] {
                diagnostic = diagnostic.also(*space, "here too");
            }
            found.push(diagnostic);
        }
        few => found.extend(few.iter().map(|&space| {
            Diagnostic::new(RULE.name, space, "white space at the end of the line")
                .fix(fix(&[space]))
        })),
    }
}

/// The white space at the ends of lines that means nothing, in the order of the text.
fn spaces(facts: &Facts<'_>) -> Vec<Span> {
    let list = facts.list;
    let mut spaces = Vec::new();
    for block in &list.blocks {
        if block.generated || matches!(block.kind, BlockKind::FrontMatter | BlockKind::Code) {
            continue;
        }
        let first = list.source.line(block.span.start);
        let last = list.source.line(block.span.end.max(1) - 1);
        for line in first..=last {
            let span = list.source.line_content(line);
            let text = list.slice(span);
            let kept = text.trim_end_matches([' ', '\t']).len() as u32;
            let space = span.with(span.start + kept, span.end);
            let means_something = || breaks_line(facts, line, list.slice(space));
            if !space.is_empty() && !means_something() && !facts.in_code(span.start) {
                spaces.push(space);
            }
        }
    }
    spaces
}

/// Whether `space` at the end of `line` is a hard line break: two spaces or more before a line that
/// goes on with the same text.
fn breaks_line(facts: &Facts<'_>, line: u32, space: &str) -> bool {
    let source = &facts.list.source;
    let next = source.slice(source.line_content(line + 1)).trim_start();
    let here = source.slice(source.line_content(line)).trim();
    let goes_on = !here.is_empty()
        && !here.starts_with('#')
        && next.starts_with(|first: char| !matches!(first, '-' | '*' | '+' | '#' | '|' | '>'))
        && !next.starts_with(|first: char| first.is_ascii_digit());
    space.len() >= 2 && space.bytes().all(|byte| byte == b' ') && goes_on
}
