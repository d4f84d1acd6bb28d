//! Which findings are new: since a revision, or beyond a baseline.

use std::collections::BTreeSet;
use std::path::Path;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::trouble::shown;
use super::{Trouble, files, git};
use crate::diagnostic::Diagnostic;
use crate::list::List;
use crate::report::Sources;
use crate::report::baseline::Baseline;
use crate::report::fingerprint::{Fingerprint, fingerprints};
use crate::rules::{Options, check};
use crate::source::{FileId, Source};

/// The findings of a list, and which of its lines were changed where that is known.
pub(super) struct New {
    pub(super) found: Vec<Diagnostic>,
    /// The 1-based lines that the old text does not have.
    pub(super) changed: BTreeSet<u32>,
}

/// The text of the list at `path` in `revision`; `None` if it was not there or cannot be had.
pub(super) fn text_at(revision: &str, path: &Path) -> Option<String> {
    let bytes = git::file_at(revision, path).ok()??;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Of `found`, what the list did not say in `revision`.
///
/// A finding counts by what it says, so one that only moved is not new. Where a finding has several
/// places and only a further one was changed, that one becomes its primary place.
pub(super) fn since(
    revision: &str,
    path: &Path,
    list: &List,
    found: Vec<Diagnostic>,
    options: &Options,
) -> Result<New, Trouble> {
    let old = git::file_at(revision, path)?;
    let source = &list.source;
    let old = match old {
        None => String::new(),
        Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
    };
    let before = List::parse(Source::new(source.id(), source.name(), old));
    let changed = changed_lines(before.source.text(), source.text());
    let known = check(std::slice::from_ref(&before), options);
    let known: BTreeSet<Fingerprint> = fingerprints(&Sources::new([&before.source]), &known)
        .into_iter()
        .collect();
    let prints = fingerprints(&Sources::new([source]), &found);
    let found = found
        .into_iter()
        .zip(prints)
        .filter(|(_, print)| !known.contains(print))
        .map(|(diagnostic, _)| on_changed_line(source, diagnostic, &changed))
        .collect();
    Ok(New { found, changed })
}

/// The 1-based lines of `new` that are not in `old`.
pub(super) fn changed_lines(old: &str, new: &str) -> BTreeSet<u32> {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let mut changed = BTreeSet::new();
    for operation in capture_diff_slices(Algorithm::Histogram, &old, &new) {
        if !matches!(operation, DiffOp::Equal { .. }) {
            changed.extend(operation.new_range().map(|line| line as u32 + 1));
        }
    }
    changed
}

/// The diagnostic with a changed line as its primary place, if it has one.
fn on_changed_line(
    source: &Source,
    mut diagnostic: Diagnostic,
    changed: &BTreeSet<u32>,
) -> Diagnostic {
    let is_changed = |span: crate::source::Span| {
        span.file == source.id() && changed.contains(&source.line(span.start))
    };
    if is_changed(diagnostic.span) {
        return diagnostic;
    }
    let other = diagnostic
        .labels
        .iter()
        .position(|label| is_changed(label.span));
    if let Some(other) = other {
        std::mem::swap(&mut diagnostic.span, &mut diagnostic.labels[other].span);
    }
    diagnostic
}

/// Reads the baseline at `path`.
pub(super) fn read_baseline(path: &Path) -> Result<Baseline, Trouble> {
    const MAKE: &str = "`--write-baseline FILE` makes one";
    let source = files::read(FileId(0), path).map_err(|trouble| trouble.hint(MAKE))?;
    Baseline::from_json(source.text()).map_err(|error| {
        Trouble::new(format!("`{}` is no baseline: {error}", shown(path))).hint(MAKE)
    })
}
