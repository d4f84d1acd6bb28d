//! More than one heading of level 1.
//!
//! ## Why
//!
//! A heading of level 1 is the title of the whole page: search engines, screen readers and the
//! outline beside the text on GitHub take it for that. Sections of a list stand one level below.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! - [Tea Wiki](https://example.com/wiki)
//!
//! # Green
//!
//! - [Sencha](https://example.com/sencha)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! - [Tea Wiki](https://example.com/wiki)
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha)
//! ```
//!
//! ## Fix
//!
//! Puts the further titles, and all that stands below them, one level down. That changes what a
//! reader sees, so it is done only when asked for.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::List;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "several-titles",
    group: Group::Structure,
    level: WARNING,
    awesome: ERROR,
    aliases: &[
        "MD025",
        "single-title",
        "single-h1",
        "no-multiple-toplevel-headings",
        "awesome-heading",
    ],
    options: &[],
    fixes: Fixes::Unsafe,
    check: Check::List(check),
    source: include_str!("several_titles.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let headings = list
        .headings()
        .map(|(_, heading)| (heading.level, heading.span));
    let html = list.html_headings.iter();
    let mut titles: Vec<(u8, Span)> = headings
        .chain(html.map(|heading| (heading.level, heading.span)))
        .filter(|(level, _)| *level == 1)
        .collect();
    titles.sort_unstable_by_key(|(_, span)| span.start);
    let titles: Vec<Span> = titles.into_iter().map(|(_, span)| span).collect();
    let [title, further @ ..] = titles.as_slice() else {
        return;
    };
    let Some(second) = further.first() else {
        return;
    };
    let mut diagnostic = Diagnostic::new(
        RULE.name,
        *title,
        format!("the list has {} titles", titles.len()),
    )
    .label("the title");
    for &span in further {
        diagnostic = diagnostic.also(span, "a further heading of level 1");
    }
    if let Some(edits) = lowered(list, second.start) {
        let fix = Fix::needs_review("Put the further titles one level down", edits);
        diagnostic = diagnostic.fix(fix);
    }
    found.push(diagnostic);
}

/// The edits that put every heading from `start` on one level down; `None` where one cannot be.
fn lowered(list: &List, start: u32) -> Option<Vec<Edit>> {
    if list
        .html_headings
        .iter()
        .any(|heading| heading.span.start >= start)
    {
        return None;
    }
    let headings = list.headings().map(|(_, heading)| heading);
    headings
        .filter(|heading| heading.span.start >= start)
        .map(|heading| {
            let text = list.slice(heading.span);
            let hash = heading.span.start + text.find('#')? as u32;
            let leads = text.trim_start_matches(' ').starts_with('#');
            (leads && !heading.setext && heading.level < 6)
                .then(|| Edit::insert(heading.span, hash, "#"))
        })
        .collect()
}
