//! A section with nothing in it.
//!
//! ## Why
//!
//! A reader who follows the contents to an empty section has been sent for nothing. Mostly its
//! entries were moved or deleted and the heading was forgotten. A section that holds only further
//! sections is not empty.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Leaves
//!
//! ### Black
//!
//! - [Assam](https://example.com/assam)
//! ```

use super::{Check, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::list::directive::generated_marker;
use crate::list::html::tags;
use crate::list::{Block, BlockKind, HtmlTag, Link, List, Place, Section};

/// The rule.
pub static RULE: Rule = Rule {
    name: "empty-section",
    group: Group::Structure,
    level: WARNING,
    awesome: WARNING,
    aliases: &["no-empty-sections"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("empty_section.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let mut holds: Vec<bool> = list
        .sections
        .iter()
        .map(|one| !one.entries.is_empty())
        .collect();
    for section in &list.sections {
        if let Some(parent) = section.parent {
            holds[parent.index()] = true;
        }
    }
    for block in &list.blocks {
        if block.generated || !says_nothing(list, block) {
            holds[block.section.index()] = true;
        }
    }
    let title = list.headings().next().map(|(id, _)| id);
    for (id, section) in list.sections() {
        let Some(heading) = &section.heading else {
            continue;
        };
        if holds[id.index()] || Some(id) == title || is_a_link(list, section) {
            continue;
        }
        let message = format!("the section `{}` is empty", heading.text);
        found.push(Diagnostic::new(RULE.name, heading.span, message));
    }
}

/// Whether a reader finds nothing in `block`: a break, a comment, a link back to the top.
fn says_nothing(list: &List, block: &Block) -> bool {
    match block.kind {
        BlockKind::Heading | BlockKind::Break | BlockKind::Blank | BlockKind::Definitions => true,
        BlockKind::Comment => {
            let from = list
                .html
                .partition_point(|html| html.span.start < block.span.start);
            let within = |html: &&HtmlTag| html.span.start < block.span.end;
            let mut comments = list.html[from..].iter().take_while(within);
            !comments.any(|html| {
                let tag = tags(list.slice(html.span), html.span.start).next();
                let words = tag.and_then(|tag| tag.comment());
                words.is_some_and(|words| generated_marker(words).is_some())
            })
        }
        BlockKind::Paragraph | BlockKind::Html => {
            let mut links = links_in(list, block).peekable();
            links.peek().is_some() && links.all(|link| link.place == Place::BackToTop)
        }
        _ => false,
    }
}

/// The links that stand in `block`.
fn links_in<'l>(list: &'l List, block: &Block) -> impl Iterator<Item = &'l Link> {
    let from = list
        .links
        .partition_point(|link| link.span.start < block.span.start);
    let end = block.span.end;
    list.links[from..]
        .iter()
        .take_while(move |link| link.span.start < end)
}

/// Whether the heading itself leads to what the section is about, or shows it.
fn is_a_link(list: &List, section: &Section) -> bool {
    let Some(heading) = &section.heading else {
        return false;
    };
    let inside = |start: u32| heading.span.start <= start && start < heading.span.end;
    let link = list
        .links
        .partition_point(|link| link.span.start < heading.span.start);
    let image = list
        .images
        .partition_point(|image| image.span.start < heading.span.start);
    list.links
        .get(link)
        .is_some_and(|link| inside(link.span.start))
        || list
            .images
            .get(image)
            .is_some_and(|image| inside(image.span.start))
}
