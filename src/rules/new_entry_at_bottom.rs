//! A new entry that does not stand at the bottom of its section.
//!
//! ## Why
//!
//! Some lists keep the order in which entries came in: who adds one puts it at the bottom. That is
//! a policy of the list, like the alphabet, so the rule is off until it is asked for. It compares
//! the list with what it was before, and so finds something with `--since` only.
//!
//! ## Before
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! ```
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
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
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! - [Matcha](https://example.com/matcha) - Ground leaves.
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! ```

use std::collections::HashSet;

use super::{Check, Facts, Fixes, Group, Level, OptionKind, OptionSpec, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::list::{Entry, EntryId, List};

/// The rule.
pub static RULE: Rule = Rule {
    name: "new-entry-at-bottom",
    group: Group::Entries,
    level: Level::Off,
    awesome: Level::Off,
    aliases: &[],
    options: &[OptionSpec {
        name: "place",
        help: "Where new entries stand: at the bottom of their section, or at the top",
        kind: OptionKind::Choice(&["bottom", "top"]),
    }],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("new_entry_at_bottom.rs"),
};

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let Some(earlier) = facts.earlier() else {
        return;
    };
    let known: HashSet<String> = earlier
        .entries
        .iter()
        .flat_map(|entry| names(earlier, entry))
        .collect();
    let is_new = |id: EntryId| {
        let names = names(list, list.entry(id));
        !names.is_empty() && !names.iter().any(|name| known.contains(name))
    };
    let top = settings.text("place") == "top";
    for run in &facts.style().runs {
        let mut entries = run.entries.clone();
        // From here on new entries come first.
        if !top {
            entries.reverse();
        }
        let old = entries.iter().position(|&id| !is_new(id));
        let Some(old) = old else {
            continue;
        };
        for &id in entries[old..].iter().filter(|&&id| is_new(id)) {
            let entry = list.entry(id);
            let name = entry
                .title
                .as_ref()
                .map_or("the entry", |title| title.text.as_str());
            let place = if top { "top" } else { "bottom" };
            let message =
                format!("`{name}` is new and does not stand at the {place} of its section");
            found.push(Diagnostic::new(RULE.name, entry.content, message));
        }
    }
}

/// What an entry is known by: its link and its title.
fn names(list: &List, entry: &Entry) -> Vec<String> {
    let link = list.primary_link(entry).map(|link| link.url.to_lowercase());
    let title = entry.title.as_ref().map(|title| title.text.to_lowercase());
    [link, title]
        .into_iter()
        .flatten()
        .filter(|name| !name.is_empty())
        .collect()
}
