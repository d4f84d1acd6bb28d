//! A list without a title.
//!
//! ## Why
//!
//! The heading of level 1 says what the list is: to readers, to search engines, and to the tools
//! that show many lists side by side. An HTML `<h1>` counts, and so does a `title` in front matter
//! or a banner at the top, an image that stands where the title would.
//!
//! ## Bad
//!
//! ```markdown
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
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

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::list::html::tags;
use crate::list::{BlockKind, List, Place};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-title",
    group: Group::Structure,
    level: WARNING,
    awesome: ERROR,
    aliases: &[
        "MD041",
        "first-line-heading",
        "first-line-h1",
        "awesome-heading",
    ],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("missing_title.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    if list.entries.is_empty() || has_title(list) || has_banner(list) {
        return;
    }
    let first = list
        .blocks
        .iter()
        .find(|block| !matches!(block.kind, BlockKind::FrontMatter | BlockKind::Blank));
    let Some(first) = first else {
        return;
    };
    let line = list.source.line(first.content.start);
    found.push(
        Diagnostic::new(
            RULE.name,
            list.source.line_content(line),
            "the list has no title",
        )
        .help("begin it with a heading of level 1: `# What this is a list of`"),
    );
}

/// Whether a heading, the front matter or an HTML tag gives the list a title.
fn has_title(list: &List) -> bool {
    let heading = list.headings().any(|(_, heading)| heading.level == 1);
    let data = list
        .blocks
        .first()
        .filter(|block| block.kind == BlockKind::FrontMatter)
        .is_some_and(|block| names_a_title(list.slice(block.span)));
    heading || data || list.html_headings.iter().any(|heading| heading.level == 1)
}

/// Whether front matter has a line `title:` with something behind it.
fn names_a_title(data: &str) -> bool {
    data.lines().any(|line| {
        let key = line.get(..6).unwrap_or_default();
        let value = line.get(6..).unwrap_or_default().trim();
        key.eq_ignore_ascii_case("title:") && !value.is_empty()
    })
}

/// Whether an image stands before the first section, where a reader looks for the title. The badges
/// of a build are images too, so one that is a link's text does not count unless it stands alone.
fn has_banner(list: &List) -> bool {
    let start = list
        .headings()
        .next()
        .map_or(u32::MAX, |(_, heading)| heading.span.start);
    let first_entry = list
        .entries
        .first()
        .map_or(u32::MAX, |entry| entry.span.start);
    let end = start.min(first_entry);
    let image = list
        .images
        .iter()
        .take_while(|image| image.span.start < end)
        .any(|image| image.place == Place::Prose && !image.url.contains("badge"));
    let mut html = list.html.iter().take_while(|html| html.span.start < end);
    image || html.any(|html| is_tag(list, html.span, "img"))
}

/// Whether the piece of HTML at `span` is a tag called `name`.
fn is_tag(list: &List, span: Span, name: &str) -> bool {
    let tag = tags(list.slice(span), span.start).next();
    tag.is_some_and(|tag| tag.is(name))
}
