//! A section on the licence that is missing, empty or not the last.
//!
//! ## Why
//!
//! The guidelines ask for a section called `License` at the end of the list, so that everyone knows
//! what may be done with it.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
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
//!
//! ## License
//!
//! CC0: do as you like.
//! ```

use super::{Check, Facts, Fixes, Group, Level, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::list::SectionKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "license-section",
    group: Group::Awesome,
    level: Level::Off,
    awesome: WARNING,
    aliases: &[
        "awesome-license",
        "remark-lint:awesome-license",
        "awesome/license",
    ],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("license_section.rs"),
};

/// How headings on the licence begin, in some languages.
const WORDS: &[&str] = &[
    "license",
    "licence",
    "licensing",
    "copyright",
    "lizenz",
    "licencia",
    "licença",
    "licenz",
    "许可",
    "授权",
    "ライセンス",
    "라이선스",
];

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let is_license = |text: &str| {
        let text = text.to_lowercase();
        let text = text.trim_matches(|char: char| !char.is_alphanumeric());
        WORDS.iter().any(|word| text.starts_with(word))
    };
    let license = list
        .headings()
        .find(|(_, heading)| is_license(&heading.text));
    let Some((id, heading)) = license else {
        let message = "the list has no section on its licence";
        found.push(Diagnostic::new(RULE.name, super::title_of(facts), message));
        return;
    };
    let section = list.section(id).span;
    let body = list.slice(section.with(heading.span.end, section.end));
    let after = list.sections.get(id.index() + 1..).unwrap_or_default();
    if body.trim().is_empty() && after.first().is_none_or(|next| next.parent != Some(id)) {
        let message = "the section on the licence is empty";
        found.push(Diagnostic::new(RULE.name, heading.title, message));
    }
    let entries = after.iter().find(|next| {
        next.kind == SectionKind::Entries && !next.entries.is_empty() && next.parent != Some(id)
    });
    if let Some(next) = entries.and_then(|next| next.heading.as_ref()) {
        found.push(
            Diagnostic::new(
                RULE.name,
                heading.title,
                "the section on the licence is not the last",
            )
            .also(next.span, "entries follow here"),
        );
    }
}
