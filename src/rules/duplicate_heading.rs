//! Two sections of one parent with the same heading.
//!
//! ## Why
//!
//! A reader who looks for green teas finds the first of two sections `Green` and never the second.
//! GitHub gives the second the anchor `#green-1`, and links to `#green` lead to the first. Equal
//! headings under different parents (`Books` in every chapter) are common and fine.
//!
//! Advice, unless the two clash: then a heading has the anchor that another one was given by hand.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam) - Malty leaves.
//!
//! ## Green
//!
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! ### Books
//!
//! - [The Book of Green Tea](https://example.com/green)
//!
//! ## Black
//!
//! ### Books
//!
//! - [The Book of Black Tea](https://example.com/black)
//! ```

use std::collections::BTreeMap;

use super::{Check, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, RuleSettings, WARNING};
use crate::diagnostic::{Diagnostic, Severity};
use crate::list::{Anchor, Heading, SectionId};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-heading",
    group: Group::Structure,
    level: WARNING,
    awesome: WARNING,
    aliases: &[
        "MD024",
        "no-duplicate-heading",
        "no-duplicate-headings",
        "no-duplicate-headings-in-section",
    ],
    options: &[OptionSpec {
        name: "scope",
        help: "Which headings must differ: those of sections with the same parent, or all",
        kind: OptionKind::Choice(&["siblings", "list"]),
    }],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("duplicate_heading.rs"),
};

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let everywhere = settings.text("scope") == "list";
    let mut groups: BTreeMap<(Option<SectionId>, String), Vec<&Heading>> = BTreeMap::new();
    for (id, heading) in list.headings() {
        let parent = list.section(id).parent.filter(|_| !everywhere);
        let words = heading.text.trim().to_lowercase();
        if !words.is_empty() && !facts.is_generated(heading.span.start) {
            groups.entry((parent, words)).or_default().push(heading);
        }
    }
    for headings in groups.values() {
        let [first, rest @ ..] = headings.as_slice() else {
            continue;
        };
        let Some(second) = rest.first() else {
            continue;
        };
        let message = format!("{} sections are called `{}`", headings.len(), first.text);
        let mut diagnostic = Diagnostic::new(RULE.name, second.span, message);
        diagnostic.severity = Severity::Advice;
        diagnostic = diagnostic.also(first.span, "the first of them");
        for heading in &rest[1..] {
            diagnostic = diagnostic.also(heading.span, "another one");
        }
        found.push(diagnostic);
    }
    clashes(facts, found);
}

/// Headings whose anchor another place has been given by hand.
fn clashes(facts: &Facts<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let mut slugs: BTreeMap<&str, &Heading> = BTreeMap::new();
    for (_, heading) in list.headings() {
        slugs.entry(heading.slug.as_str()).or_insert(heading);
    }
    for anchor in &list.anchors {
        let Some(heading) = slugs.get(list.slice(anchor.name)) else {
            continue;
        };
        if !belong_together(facts, anchor, heading) {
            let message = format!("the anchor `{}` stands at two places", heading.slug);
            found.push(
                Diagnostic::new(RULE.name, anchor.span, message)
                    .also(heading.span, "GitHub gives this heading the same anchor"),
            );
        }
    }
}

/// Whether `anchor` marks the place of `heading`: it stands in it, or right before it, or in the
/// section that it opens.
fn belong_together(facts: &Facts<'_>, anchor: &Anchor, heading: &Heading) -> bool {
    let list = facts.list;
    if anchor.span.start >= heading.span.start {
        let sections = &list.sections;
        let section = sections.partition_point(|one| one.span.start <= heading.span.start);
        let own = section.checked_sub(1).and_then(|place| sections.get(place));
        return own.is_some_and(|own| anchor.span.start < own.span.end);
    }
    // `</a>`, `</div>`
    let gap = heading.span.with(anchor.span.end, heading.span.start);
    list.slice(gap).trim().len() <= 16
}
