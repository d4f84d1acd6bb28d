//! HTML elements and comments that are never closed.
//!
//! ## Why
//!
//! Everything behind an open element belongs to it: an anchor swallows the heading that it was put
//! before, an open `<details>` hides the rest of the list, and an open comment takes it out. GitHub
//! mends some of it and other sites do not, so the same list looks different in each place.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## <a name="green"> Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## <a name="green"></a> Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Closes an anchor right where it is opened: it marks a place and holds nothing. Where another
//! element should end is for a person to say.

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::BlockKind;
use crate::list::html::{Tag, TagKind, tags};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unclosed-html",
    group: Group::Structure,
    level: ERROR,
    awesome: ERROR,
    aliases: &[],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("unclosed_html.rs"),
};

/// The elements that must be closed and that lists use. Those that HTML lets end by themselves,
/// such as `<p>` and `<li>`, and those that hold nothing, such as `<br>`, are not among them.
const ELEMENTS: &[&str] = &[
    "b",
    "blockquote",
    "center",
    "code",
    "details",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "kbd",
    "ol",
    "picture",
    "pre",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "u",
    "ul",
];

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    anchors(facts, found);
    elements(facts, found);
    comments(facts, found);
}

fn anchors(facts: &Facts<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for anchor in list.anchors.iter().filter(|anchor| !anchor.closed) {
        let fix = Fix::safe(
            "Close the anchor",
            vec![Edit::insert(anchor.span, anchor.span.end, "</a>")],
        );
        let name = list.slice(anchor.name);
        found.push(
            Diagnostic::new(
                RULE.name,
                anchor.span,
                format!("the anchor `{name}` is never closed"),
            )
            .fix(fix),
        );
    }
}

/// Elements that stay open, each to be closed anywhere behind: HTML blocks hold Markdown between
/// their tags.
fn elements(facts: &Facts<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let mut open: Vec<Vec<Span>> = vec![Vec::new(); ELEMENTS.len()];
    for html in list.html.iter().filter(|html| !html.comment) {
        let Some(tag) = tags(list.slice(html.span), html.span.start).next() else {
            continue;
        };
        let Some(element) = ELEMENTS.iter().position(|name| tag.is(name)) else {
            continue;
        };
        match tag.kind {
            TagKind::Open => open[element].push(html.span),
            TagKind::Close => drop(open[element].pop()),
            TagKind::SelfClosing | TagKind::Comment => {}
        }
    }
    for (name, spans) in ELEMENTS.iter().zip(open) {
        let mut spans = spans.into_iter().peekable();
        while let Some(span) = spans.next() {
            let message = format!("the element `<{name}>` is never closed");
            let mut diagnostic = Diagnostic::new(RULE.name, span, message);
            // `<div>` … `<div>`: the second was meant to close the first.
            let bare = |next: &Span| next.len() as usize == name.len() + 2;
            if let Some(next) = spans.next_if(bare) {
                let message = format!("perhaps `</{name}>` was meant here");
                diagnostic = diagnostic.also(next, message);
            }
            found.push(diagnostic);
        }
    }
}

/// A comment that takes in the rest of the list.
fn comments(facts: &Facts<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let Some(block) = list.blocks.last() else {
        return;
    };
    let text = list.slice(block.content);
    if !matches!(
        block.kind,
        BlockKind::Html | BlockKind::Comment | BlockKind::Text
    ) {
        return;
    }
    let closed = tags(text, block.content.start)
        .last()
        .map(|tag: Tag<'_>| tag.end);
    let from = closed.unwrap_or(block.content.start);
    let rest = list.slice(block.content.with(from, block.content.end));
    if let Some(at) = rest.find("<!--") {
        let start = from + at as u32;
        let span = block.content.with(start, start + 4);
        found.push(
            Diagnostic::new(RULE.name, span, "the comment is never closed")
                .help("write `-->` where the comment ends; without it nothing behind is shown"),
        );
    }
}
