//! A list of entries with another bullet than most.
//!
//! ## Why
//!
//! Where the bullet changes in the middle, Markdown begins a new list, with a gap between the two;
//! elsewhere it is only uneven. Which bullet is right is for the list to say: the one that clearly
//! most entries of the same depth have. The table of contents may have another.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
//! * [Kukicha](https://example.com/kukicha) - Twigs.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Contents
//!
//! * [Green](#green)
//!
//! ## Green
//!
//! - [Bancha](https://example.com/bancha) - Late leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Shaded leaves.
//! - [Hojicha](https://example.com/hojicha) - Roasted leaves.
//! - [Kukicha](https://example.com/kukicha) - Twigs.
//! ```
//!
//! ## Fix
//!
//! Writes the bullet that the list uses.

use std::collections::BTreeMap;

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::style::Majority;
use crate::list::{ItemList, List, Role};

/// The rule.
pub static RULE: Rule = Rule {
    name: "entry-marker",
    group: Group::Entries,
    level: WARNING,
    awesome: ERROR,
    aliases: &["MD004", "ul-style", "unordered-list-marker-style"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("entry_marker.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let lists: Vec<&ItemList> = list
        .item_lists
        .iter()
        .filter(|one| {
            !one.ordered && holds_entries(list, one) && !facts.is_generated(one.span.start)
        })
        .collect();
    let mut counts: BTreeMap<u16, BTreeMap<char, usize>> = BTreeMap::new();
    for one in &lists {
        let markers = counts.entry(one.depth).or_default();
        *markers.entry(one.marker).or_default() += one.items.len();
    }
    for one in lists {
        let Some(usual) = counts.get(&one.depth).and_then(clear) else {
            continue;
        };
        if one.marker == usual {
            continue;
        }
        let markers = one.items.iter().map(|&item| list.item(item).marker);
        let edits: Vec<Edit> = markers.map(|span| Edit::replace(span, usual)).collect();
        let Some(first) = one.items.first() else {
            continue;
        };
        let entries = match one.items.len() {
            1 => "this entry has".to_owned(),
            count => format!("these {count} entries have"),
        };
        let message = format!(
            "{entries} the bullet `{}`, the others `{usual}`",
            one.marker
        );
        let mut diagnostic = Diagnostic::new(RULE.name, list.item(*first).marker, message);
        if can_change(list, one) {
            let fix = Fix::safe(format!("Write `{usual}`"), edits);
            diagnostic = diagnostic.fix(fix);
        }
        found.push(diagnostic);
    }
}

/// Whether a list's items are works, and no table of contents.
fn holds_entries(list: &List, one: &ItemList) -> bool {
    let entries = one.items.iter().filter_map(|&item| list.item(item).entry);
    let mut roles = entries.map(|id| list.entry(id).role);
    roles.any(|role| role == Role::Work)
}

/// The bullet that clearly most items have.
fn clear(markers: &BTreeMap<char, usize>) -> Option<char> {
    let total: usize = markers.values().sum();
    let (&marker, &count) = markers.iter().max_by_key(|(_, count)| **count)?;
    (count * 100 >= total * Majority::<char>::CLEAR as usize).then_some(marker)
}

/// Whether another bullet leaves every item what it is: an empty one could become the line under a
/// heading, and one of nothing but signs a break.
fn can_change(list: &List, one: &ItemList) -> bool {
    one.items.iter().all(|&item| {
        let item = list.item(item);
        let words = list.slice(item.span.with(item.marker.end, item.span.end));
        words.contains(char::is_alphanumeric)
    })
}
