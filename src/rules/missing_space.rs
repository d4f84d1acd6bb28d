//! No space where one belongs: behind a link, around a dash, behind a bullet or a `#`.
//!
//! ## Why
//!
//! `[Sencha](…)(2019)` is read as one word. And without the space behind it a bullet is no bullet
//! and a `#` makes no heading: `-[Sencha](…)` is shown as text in the middle of a paragraph.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha)(2019)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) (2019)
//! ```
//!
//! ## Fix
//!
//! Puts the space in. Behind a bullet or a `#` that makes an item or a heading of what was text, so
//! there it is done only when asked for.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{BlockKind, Entry, Link, LinkKind, List, Place, SeparatorKind, Shape};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-space",
    group: Group::Entries,
    level: WARNING,
    awesome: ERROR,
    aliases: &["MD018", "no-missing-space-atx", "no-heading-content-indent"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("missing_space.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for link in &list.links {
        if !facts.is_generated(link.span.start) {
            behind(list, link, found);
        }
    }
    for entry in &list.entries {
        if matches!(entry.shape, Shape::Item(_)) && !facts.is_generated(entry.span.start) {
            around_dash(list, entry, found);
        }
    }
    for block in &list.blocks {
        if block.kind == BlockKind::Paragraph && !block.generated {
            let first = list.source.line(block.content.start);
            let last = list.source.line(block.content.end);
            for line in first..=last {
                marker(list, list.source.line_content(line), found);
            }
        }
    }
}

/// How many characters a note in brackets may have.
const NEAR: usize = 300;

/// A bracket right behind a link of an entry.
fn behind(list: &List, link: &Link, found: &mut Vec<Diagnostic>) {
    let written = matches!(link.kind, LinkKind::Inline | LinkKind::Reference(_));
    if !written || link.image_only || !matches!(link.place, Place::Entry(_)) {
        return;
    }
    let text = list.source.text();
    let rest = text.get(link.span.end as usize..).unwrap_or_default();
    let Some(after) = rest.strip_prefix('(') else {
        return;
    };
    // `[a](b)(c)` where the second bracket closes soon.
    let near = after
        .char_indices()
        .nth(NEAR)
        .map_or(after.len(), |(at, _)| at);
    if !after.get(..near).is_some_and(|near| near.contains(')')) || after.starts_with(')') {
        return;
    }
    let place = link.span.with(link.span.end, link.span.end + 1);
    found.push(spaced(place, link.span.end, "behind the link"));
}

/// A dash between title and description with a space on one side only.
fn around_dash(list: &List, entry: &Entry, found: &mut Vec<Diagnostic>) {
    let Some(separator) = entry.separator else {
        return;
    };
    if !matches!(
        separator.kind,
        SeparatorKind::Hyphen | SeparatorKind::EnDash
    ) {
        return;
    }
    let text = list.slice(separator.span);
    let dash = text.trim();
    let start = separator.span.start + (text.len() - text.trim_start().len()) as u32;
    let end = start + dash.len() as u32;
    let before = list.source.text().get(..start as usize).unwrap_or_default();
    let after = list.source.text().get(end as usize..).unwrap_or_default();
    let parted = |char: Option<char>| char.is_none_or(char::is_whitespace);
    let place = separator.span.with(start, end);
    let (lacks_before, lacks_after) = (
        !parted(before.chars().next_back()),
        !parted(after.chars().next()),
    );
    match (lacks_before, lacks_after) {
        (true, false) => found.push(spaced(place, start, "before the dash")),
        (false, true) => found.push(spaced(place, end, "behind the dash")),
        _ => {}
    }
}

/// A line of a paragraph that was meant to be an item or a heading.
fn marker(list: &List, line: Span, found: &mut Vec<Diagnostic>) {
    let text = list.slice(line);
    let words = text.trim_start_matches(' ');
    let indent = text.len() - words.len();
    let (length, what) = match words.as_bytes() {
        [b'-' | b'*' | b'+', b'[', ..] if words.contains("](") && !words[1..].contains("*[") => {
            (1, "bullet")
        }
        [b'#', ..] => {
            let length = words.len() - words.trim_start_matches('#').len();
            let next = words[length..].chars().next();
            if length > 6 || length == 1 || !next.is_some_and(char::is_alphabetic) {
                return;
            }
            (length, "`#`")
        }
        _ => return,
    };
    if indent > 3 || (what == "bullet" && emphasized(words)) {
        return;
    }
    let start = line.start + indent as u32;
    let end = start + length as u32;
    found.push(
        Diagnostic::new(
            RULE.name,
            line.with(start, end),
            format!("no space behind the {what}"),
        )
        .fix(Fix::needs_review(
            "Put a space in",
            vec![Edit::insert(line, end, " ")],
        )),
    );
}

/// Whether the sign at the start of `words` opens emphasis that ends on the line.
fn emphasized(words: &str) -> bool {
    words.starts_with('*') && words.matches('*').count().is_multiple_of(2)
}

fn spaced(place: Span, offset: u32, whereabouts: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, place, format!("no space {whereabouts}")).fix(Fix::safe(
        "Put a space in",
        vec![Edit::insert(place, offset, " ")],
    ))
}
