//! Which list each entry of a merged list came from, as JSON.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::super::{Sources, wire};
use crate::merge::{Merge, Outcome, Place};
use crate::source::Span;

#[derive(Serialize)]
struct Entry<'a> {
    /// The title of the entry.
    title: &'a str,
    /// The headings under which it stands.
    section: &'a [String],
    /// Where it came from; the first gave its words.
    from: Vec<At<'a>>,
}

#[derive(Serialize)]
struct At<'a> {
    list: &'a str,
    line: u32,
}

/// Writes the entries of the merged list with the places that they came from.
///
/// # Errors
/// Those of `out`.
pub fn write(merge: &Merge, sources: &Sources<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut folded: BTreeMap<Place, Vec<Span>> = BTreeMap::new();
    for decision in &merge.decisions {
        if let Outcome::Folded { into, .. } = decision.outcome {
            folded.entry(into).or_default().push(decision.span);
        }
    }
    let entries: Vec<Entry<'_>> = merge
        .decisions
        .iter()
        .filter(|decision| !matches!(decision.outcome, Outcome::Folded { .. }))
        .map(|decision| {
            let others = folded.get(&decision.place).map_or(&[][..], Vec::as_slice);
            let spans = std::iter::once(decision.span).chain(others.iter().copied());
            Entry {
                title: &decision.title,
                section: &decision.section,
                from: spans.filter_map(|span| at(sources, span)).collect(),
            }
        })
        .collect();
    wire::write(&entries, out)
}

fn at<'a>(sources: &Sources<'a>, span: Span) -> Option<At<'a>> {
    let source = sources.get(span.file)?;
    Some(At {
        list: source.name(),
        line: source.line(span.start),
    })
}
