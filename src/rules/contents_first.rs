//! A contents table that is missing or stands behind other sections.
//!
//! ## Why
//!
//! The guidelines ask for a contents table as the first section, so that readers see at once what the
//! list holds. Short lists need none.
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
//! ## Contents
//!
//! - [Green](#green)
//! - [Black](#black)
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam) - From Assam.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Contents
//!
//! - [Green](#green)
//! - [Black](#black)
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//!
//! ## Black
//!
//! - [Assam](https://example.com/assam) - From Assam.
//! ```

use super::{
    Check, Facts, Fixes, Group, Level, OptionKind, OptionSpec, Rule, RuleSettings, WARNING,
};
use crate::diagnostic::Diagnostic;
use crate::list::SectionKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "contents-first",
    group: Group::Awesome,
    level: Level::Off,
    awesome: WARNING,
    aliases: &["awesome-toc", "remark-lint:awesome-toc"],
    options: &[OptionSpec {
        name: "sections",
        help: "From how many sections with entries on a list must have a contents table.",
        kind: OptionKind::Number(5),
    }],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("contents_first.rs"),
};

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let holds_entries = || {
        list.sections
            .iter()
            .filter(|section| section.kind == SectionKind::Entries && !section.entries.is_empty())
    };
    let Some(contents) = list.contents.first() else {
        if holds_entries().count() as u64 >= settings.number("sections") {
            let message = "the list has no contents table";
            found.push(Diagnostic::new(RULE.name, super::title_of(facts), message));
        }
        return;
    };
    let before = holds_entries().find(|section| section.span.start < contents.span.start);
    let heading = before.filter(|section| section.span.end <= contents.span.start);
    if let Some(heading) = heading.and_then(|section| section.heading.as_ref()) {
        let line = list
            .source
            .line_content(list.source.line(contents.span.start));
        found.push(
            Diagnostic::new(
                RULE.name,
                line,
                "the contents table is not the first section",
            )
            .also(heading.span, "this section stands before it"),
        );
    }
}
