//! Applies the fixes of findings until none is left to apply.

use std::collections::{BTreeMap, BTreeSet};

use super::{Options, check};
use crate::diagnostic::Diagnostic;
use crate::edit::{Fix, Safety, apply};
use crate::list::List;
use crate::source::Source;

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
        let mut round = Round::of(&lists[0], &chosen);
        if safety == Safety::Safe && loses(&lists[0], &round.list) {
            round = Round::of(&lists[0], &harmless(&lists[0], &chosen));
            if loses(&lists[0], &round.list) {
                round.done.clear();
            }
        }
        if round.done.is_empty() || round.list.source.text() == lists[0].source.text() {
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
}

impl Round {
    fn of(list: &List, chosen: &[Chosen<'_>]) -> Self {
        let source = &list.source;
        let (text, taken) = apply(source.text(), chosen.iter().map(|(_, fix)| *fix));
        let done = chosen
            .iter()
            .zip(taken)
            .filter(|(_, taken)| *taken)
            .map(|((diagnostic, _), _)| (*diagnostic).clone())
            .collect();
        let fixed = Source::new(source.id(), source.name().to_owned(), text).with_bom(source.bom());
        Round {
            list: List::parse(fixed),
            done,
        }
    }
}

/// Of `chosen` the fixes of those rules that, each alone, lose no link.
///
/// Markdown has places where a character that nobody sees keeps a line from being a heading or a
/// fence: what a rule takes out there is no longer only what it takes out.
fn harmless<'f>(list: &List, chosen: &[Chosen<'f>]) -> Vec<Chosen<'f>> {
    let rules: BTreeSet<&str> = chosen.iter().map(|(found, _)| found.rule).collect();
    let of = |rule: &str| -> Vec<Chosen<'f>> {
        let of_rule = chosen.iter().filter(|(found, _)| found.rule == rule);
        of_rule.copied().collect()
    };
    let kept = rules.into_iter().map(of);
    kept.filter(|fixes| !loses(list, &Round::of(list, fixes).list))
        .flatten()
        .collect()
}

/// Whether a destination of `before` stands less often in `after`. Anchors of the list itself may
/// change with its headings.
fn loses(before: &List, after: &List) -> bool {
    let mut count: BTreeMap<String, i64> = BTreeMap::new();
    for (list, step) in [(before, 1), (after, -1)] {
        for link in list.links.iter().filter(|link| link.fragment().is_none()) {
            *count.entry(seen(&link.url)).or_default() += step;
        }
    }
    count.values().any(|&left| left > 0)
}

/// A destination without the characters that nobody sees, which a safe fix may take out.
fn seen(url: &str) -> String {
    let is_seen =
        |char: &char| !char.is_control() && super::invisible_character::name(*char).is_none();
    url.chars().filter(is_seen).collect()
}
