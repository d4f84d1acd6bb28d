//! An entry whose description stands in the text of its link.
//!
//! ## Why
//!
//! The text of a link names the work. With the description in it the whole line is a link, the
//! title cannot be told from what is said about it, and tools that read the list take both for the
//! name. A list in which most entries are written so means it, and is left alone.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha: *Leaves that are steamed and then rolled.*](https://example.com/sencha)
//! - [Matcha](https://example.com/matcha): *Leaves that are ground to powder.*
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha): *Leaves that are steamed and then rolled.*
//! - [Matcha](https://example.com/matcha): *Leaves that are ground to powder.*
//! ```
//!
//! ## Fix
//!
//! Puts the description behind the link.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{Link, LinkKind, List, Title};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "description-in-link",
    group: Group::Entries,
    level: WARNING,
    awesome: ERROR,
    aliases: &["awesome-list-item"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("description_in_link.rs"),
};

/// From how many entries on a form that most entries have is taken for the list's own.
const CONVENTION: usize = 8;

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let before = found.len();
    let mut linked = 0;
    for (entry, link) in facts.linked_items() {
        let written = matches!(link.kind, LinkKind::Inline | LinkKind::Reference(_));
        let Some(title) = entry.title.as_ref().filter(|_| written) else {
            continue;
        };
        linked += 1;
        let inside = |description: &Span| link.text.contains(*description);
        let Some(description) = entry.description.filter(inside) else {
            continue;
        };
        let words = "stands in the text of its link";
        let message = format!("the description of `{}` {words}", title.text);
        let mut diagnostic = Diagnostic::new(RULE.name, description, message);
        if let Some(edits) = moved(list, link, title) {
            diagnostic = diagnostic.fix(Fix::safe("Put the description behind the link", edits));
        }
        found.push(diagnostic);
    }
    let those = found.len() - before;
    if those >= CONVENTION && those * 2 > linked {
        found.truncate(before);
    }
}

/// The edits that close the link behind its title; `None` where that is no simple cut.
fn moved(list: &List, link: &Link, title: &Title) -> Option<Vec<Edit>> {
    let cut = link.text.with(title.span.end, link.text.end);
    let rest = list.slice(cut);
    let whole = link.kind == LinkKind::Inline && link.text.contains(title.span);
    let balanced = |mark: &str| rest.matches(mark).count().is_multiple_of(2);
    // A mark that opens in the title and closes in the description cannot be cut.
    if !whole || !balanced("*") || !balanced("_") || !balanced("`") || rest.contains(['[', ']']) {
        return None;
    }
    let end = link.span.with(link.span.end, link.span.end);
    Some(vec![Edit::delete(cut), Edit::replace(end, rest.trim_end())])
}
