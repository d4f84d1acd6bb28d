//! A list that does not say how to contribute.
//!
//! ## Why
//!
//! A list lives from those who add to it, and they need to know what belongs in it and how an entry
//! is written. That stands in a file `contributing.md` beside the list (or under `.github` or
//! `docs`), wherever a link of the list called `contributing` leads, in a section of the list, or in words
//! that speak of contributing by pull request.
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
use crate::list::{Block, BlockKind, List, SectionKind};

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
    let list = facts.list;
    let linked = || list.links.iter().any(|link| is_guide(&link.url));
    let said = || list.blocks.iter().any(|block| invites(list, block));
    if section || super::has_one_of(facts, FILES) != Some(false) || linked() || said() {
        return;
    }
    let message = "nothing says how to contribute to the list";
    found.push(
        Diagnostic::new(RULE.name, super::title_of(facts), message)
            .help("add a file `contributing.md` beside it"),
    );
}

/// Whether a block outside of the entries says how to send a change.
fn invites(list: &List, block: &Block) -> bool {
    use BlockKind::{Bullets, Html, Paragraph, Quote};
    let prose = matches!(block.kind, Paragraph | Quote | Html | Bullets(_));
    prose && {
        let words = list.slice(block.span).to_lowercase();
        words.contains("contribut") && words.contains("pull request")
    }
}

/// Whether a link leads to such a file, as `docs/CONTRIBUTING.md` and
/// `https://github.com/owner/list/blob/main/contributing.fr.md` do.
fn is_guide(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
    matches!(stem, "contributing" | "contribution" | "contribute")
        && (ending.ends_with("md") || ending.ends_with("rst") || ending.ends_with("txt"))
}
