//! Applies the fixes of findings until none is left to apply.

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
        let source = &lists[0].source;
        let (text, taken) = apply(source.text(), chosen.iter().map(|(_, fix)| *fix));
        let done: Vec<Diagnostic> = chosen
            .iter()
            .zip(taken)
            .filter(|(_, taken)| *taken)
            .map(|((diagnostic, _), _)| (*diagnostic).clone())
            .collect();
        if done.is_empty() || text == source.text() {
            return Fixed {
                list: lists.remove(0),
                applied,
                settled: true,
            };
        }
        applied.extend(done);
        let fixed = Source::new(source.id(), source.name().to_owned(), text).with_bom(source.bom());
        lists = vec![List::parse(fixed)];
    }
    Fixed {
        list: lists.remove(0),
        applied,
        settled: false,
    }
}
