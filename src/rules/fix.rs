//! Applies the fixes of findings until none is left to apply.

use std::collections::{BTreeMap, BTreeSet};

use super::{Options, check};
use crate::diagnostic::Diagnostic;
use crate::edit::{Fix, Safety, apply};
use crate::list::List;
use crate::source::{Source, Span};

/// How often a list is fixed and checked again at most. Fixes that lead to further fixes are few;
/// a list that takes more rounds has two rules that undo each other, which is a bug in them.
const ROUNDS: usize = 10;

/// What [`fix`] made of a list.
#[derive(Debug)]
pub struct Fixed {
    /// The list after the fixes.
    pub list: List,
    /// The findings that were mended, as they stood in the text of their round.
    pub applied: Vec<Diagnostic>,
    /// Whether nothing is left to apply. If not, the fixes did not converge.
    pub settled: bool,
}

/// Applies to `list` the fixes of all findings that are at least as safe as `safety` asks, and of
/// those only the ones for which `wanted` holds; checks again, and goes on until nothing changes.
pub fn fix(
    list: List,
    options: &Options,
    safety: Safety,
    wanted: &dyn Fn(&Diagnostic) -> bool,
) -> Fixed {
    let mut lists = vec![list];
    let mut applied = Vec::new();
    for _ in 0..ROUNDS {
        let found = check(&lists, options);
        let chosen: Vec<(&Diagnostic, &Fix)> = found
            .iter()
            .filter(|diagnostic| wanted(diagnostic))
            .filter_map(|diagnostic| Some((diagnostic, diagnostic.fix.as_ref()?)))
            .filter(|(_, fix)| fix.safety <= safety)
            .collect();
        if chosen.is_empty() {
            return Fixed {
                list: lists.remove(0),
                applied,
                settled: true,
            };
        }
        let round = match safety {
            Safety::Safe => Round::of(&lists[0], &harmless(&lists[0], chosen)),
            Safety::Unsafe => Round::of(&lists[0], &chosen),
        };
        // What is harmless by itself may not be so together.
        let loses = safety == Safety::Safe && round.loses(&lists[0]);
        if loses || round.done.is_empty() || round.list.source.text() == lists[0].source.text() {
            return Fixed {
                list: lists.remove(0),
                applied,
                settled: true,
            };
        }
        applied.extend(round.done);
        lists = vec![round.list];
    }
    Fixed {
        list: lists.remove(0),
        applied,
        settled: false,
    }
}

/// A finding and its fix.
type Chosen<'f> = (&'f Diagnostic, &'f Fix);

/// What some fixes make of a list.
struct Round {
    list: List,
    /// The findings that were mended.
    done: Vec<Diagnostic>,
    /// What was edited in the text before, in order.
    edited: Vec<Span>,
}

impl Round {
    fn of(list: &List, chosen: &[Chosen<'_>]) -> Self {
        let source = &list.source;
        let (text, taken) = apply(source.text(), chosen.iter().map(|(_, fix)| *fix));
        let taken = || chosen.iter().zip(&taken).filter(|(_, taken)| **taken);
        let done = taken().map(|((diagnostic, _), _)| (*diagnostic).clone());
        let edits = taken().flat_map(|((_, fix), _)| &fix.edits);
        let mut edited: Vec<Span> = edits.map(|edit| edit.span).collect();
        edited.sort_unstable();
        let fixed = Source::new(source.id(), source.name().to_owned(), text).with_bom(source.bom());
        Round {
            list: List::parse(fixed),
            done: done.collect(),
            edited,
        }
    }

    /// Whether a destination of `before`, of which the round was made, stands less often afterwards.
    /// Links to anchors of the list itself that were edited may lead elsewhere.
    fn loses(&self, before: &List) -> bool {
        let mut count: BTreeMap<String, i64> = BTreeMap::new();
        for link in &before.links {
            if link.fragment().is_none() || !self.edits(link.destination) {
                *count.entry(seen(&link.url)).or_default() += 1;
            }
        }
        for link in &self.list.links {
            *count.entry(seen(&link.url)).or_default() -= 1;
        }
        count.values().any(|&left| left > 0)
    }

    /// Whether something in `span` was edited.
    fn edits(&self, span: Span) -> bool {
        let behind = self.edited.partition_point(|one| one.start < span.end);
        let before = self.edited.get(..behind).unwrap_or_default();
        before.last().is_some_and(|last| last.end > span.start)
    }
}

/// Of `chosen` the fixes of those rules that, each alone, lose no link.
///
/// Markdown has places where a character that nobody sees keeps a line from being a heading or a
/// fence: what a rule takes out there is no longer only what it takes out.
fn harmless<'f>(list: &List, chosen: Vec<Chosen<'f>>) -> Vec<Chosen<'f>> {
    let rules: BTreeSet<&str> = chosen.iter().map(|(found, _)| found.rule).collect();
    if rules.len() == 1 {
        return chosen;
    }
    let of = |rule: &str| -> Vec<Chosen<'f>> {
        let of_rule = chosen.iter().filter(|(found, _)| found.rule == rule);
        of_rule.copied().collect()
    };
    let kept = rules.into_iter().map(of);
    kept.filter(|fixes| !Round::of(list, fixes).loses(list))
        .flatten()
        .collect()
}

/// A destination without the characters that nobody sees, which a safe fix may take out.
fn seen(url: &str) -> String {
    let is_seen =
        |char: &char| !char.is_control() && super::invisible_character::name(*char).is_none();
    url.chars().filter(is_seen).collect()
}
