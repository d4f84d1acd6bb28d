//! An entry that names a work and does not lead to it.
//!
//! ## Why
//!
//! A list is there to lead its readers on. Where a work has no page of its own, a page about it (a
//! library's, a publisher's, a review) still helps. Bullets that hold prose are no entries. Some lists
//! name works on purpose without leading to them (those that they warn of, companies that use a
//! tool), so all but entries as of a bibliography is advice.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Books
//!
//! - "The Book of Tea" by Kakuzo Okakura
//! - ["Tea Life, Tea Mind" by Soshitsu Sen](https://example.com/tea-life)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Books
//!
//! - ["The Book of Tea" by Kakuzo Okakura](https://example.com/book-of-tea)
//! - ["Tea Life, Tea Mind" by Soshitsu Sen](https://example.com/tea-life)
//! ```

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::{Diagnostic, Severity};
use crate::list::{Entry, EntryId, NoteKind, Role, SectionKind, Shape, Title};

/// The rule.
pub static RULE: Rule = Rule {
    name: "entry-without-link",
    group: Group::Links,
    level: WARNING,
    awesome: ERROR,
    aliases: &["awesome-list-item", "list-item"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("entry_without_link.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let linked_below = linked_below(facts);
    for (id, entry) in list.entries() {
        let Some(title) = &entry.title else {
            continue;
        };
        if entry.role != Role::Work
            || !entry.links.is_empty()
            || linked_below[id.index()]
            || list.section(entry.section).kind != SectionKind::Entries
            || !names_a_work(facts, entry, title)
            || holds_a_broken_link(facts, entry)
        {
            continue;
        }
        let name = title.text.trim_end_matches(['.', ':']);
        let mut one = Diagnostic::new(RULE.name, title.span, format!("`{name}` has no link"));
        if !is_bibliographic(facts, entry, title) {
            // It may be meant so.
            one.severity = Severity::Advice;
        }
        found.push(one);
    }
}

/// Whether a title names something that could be linked: no task, code, figure or sentence.
fn names_a_work(facts: &Facts<'_>, entry: &Entry, title: &Title) -> bool {
    let list = facts.list;
    let task = match entry.shape {
        Shape::Item(item) => list.item(item).checkbox.is_some(),
        _ => false,
    };
    let text = title.text.trim();
    let prose = text.ends_with(['.', '!', '?', '。', ':', '：', ',']) || text.contains(". ");
    let sentence = prose && !is_bibliographic(facts, entry, title) || text.ends_with([':', '：']);
    let code = list.slice(title.span).starts_with('`') || quotation(facts, title) == Some('`');
    let figure = !text.chars().any(char::is_alphabetic);
    let unfinished = matches!(text.to_ascii_lowercase().as_str(), "todo" | "tbd" | "wip");
    !task && !sentence && !code && !figure && !unfinished
}

/// Whether a link was meant, and is not read as one; that is another rule's finding.
fn holds_a_broken_link(facts: &Facts<'_>, entry: &Entry) -> bool {
    let text = facts.list.slice(entry.content);
    text.contains("](") || text.contains(")[http")
}

/// Whether a work is named as bibliographies do: its title marked, and who made it.
fn is_bibliographic(facts: &Facts<'_>, entry: &Entry, title: &Title) -> bool {
    quotation(facts, title).is_some()
        && entry
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Authors)
}

/// The mark of quotation or emphasis right before a title.
fn quotation(facts: &Facts<'_>, title: &Title) -> Option<char> {
    let text = facts.list.source.text();
    let before = text.get(..title.span.start as usize)?.chars().next_back()?;
    matches!(
        before,
        '"' | '“' | '”' | '«' | '„' | '「' | '『' | '《' | '*' | '_' | '`' | '\'' | '‘'
    )
    .then_some(before)
}

/// For each entry, whether one that is nested in it has a link.
fn linked_below(facts: &Facts<'_>) -> Vec<bool> {
    let mut linked = vec![false; facts.list.entries.len()];
    // Children follow their parent, so that going backwards each is complete before its parent.
    for (index, entry) in facts.list.entries.iter().enumerate().rev() {
        if let Some(EntryId(parent)) = entry.parent
            && (linked[index] || !entry.links.is_empty())
        {
            linked[parent as usize] = true;
        }
    }
    linked
}
