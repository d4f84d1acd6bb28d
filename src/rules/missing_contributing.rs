//! A list that does not say how to contribute.
//!
//! ## Why
//!
//! A list lives from those who add to it, and they need to know what belongs in it and how an entry
//! is written. That stands in a file `contributing.md` beside the list (or under `.github` or
//! `docs`), or in a section of the list.
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
//! ## Contributing
//!
//! Open an issue and name the tea.
//! ```

use super::{Check, Facts, Fixes, Group, Level, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::list::SectionKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-contributing",
    group: Group::Awesome,
    level: Level::Off,
    awesome: WARNING,
    aliases: &["awesome-contributing", "remark-lint:awesome-contributing"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("missing_contributing.rs"),
};

/// What the files are called, without their folder.
const FILES: &[&str] = &[
    "contributing.md",
    "CONTRIBUTING.md",
    "Contributing.md",
    "CONTRIBUTING",
    "CONTRIBUTING.rst",
];

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let section = facts.list.headings().any(|(id, heading)| {
        let words = heading.text.to_lowercase();
        facts.list.section(id).kind == SectionKind::Meta && words.contains("contribut")
    });
    if section || super::has_one_of(facts, FILES) != Some(false) {
        return;
    }
    let message = "nothing says how to contribute to the list";
    found.push(
        Diagnostic::new(RULE.name, super::title_of(facts), message)
            .help("add a file `contributing.md` beside it"),
    );
}
