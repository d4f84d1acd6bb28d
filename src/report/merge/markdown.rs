//! What a merge decided as a Markdown page, to be pasted into a pull request.

use std::io;

use super::super::{Sources, markdown, neutral, text::plural};
use super::summary;
use crate::merge::{Merge, Outcome};
use crate::source::Span;

/// Writes the page: figures, what needs a decision, what was folded with both texts.
///
/// # Errors
/// Those of `out`.
pub fn write(merge: &Merge, sources: &Sources<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "## Merge\n\n{}.", summary(merge))?;
    if !merge.possible.is_empty() {
        let count = plural(merge.possible.len(), "pair", "pairs");
        writeln!(out, "\n### To decide: {count}\n")?;
        writeln!(
            out,
            "| One entry | Another | Why they may be one work |\n|:--|:--|:--|"
        )?;
        for pair in &merge.possible {
            let (a, b) = (cell(sources, pair.span_a), cell(sources, pair.span_b));
            writeln!(out, "| {a} | {b} | {} |", markdown::escaped(&pair.reason))?;
        }
    }
    let folded: Vec<_> = merge
        .decisions
        .iter()
        .filter_map(|decision| match &decision.outcome {
            Outcome::Folded { span, reason, .. } => Some((decision.span, *span, reason)),
            _ => None,
        })
        .collect();
    if !folded.is_empty() {
        let count = plural(folded.len(), "entry", "entries");
        writeln!(
            out,
            "\n### Folded: {count}\n\n| Entry | Kept | Why |\n|:--|:--|:--|"
        )?;
        for (entry, kept, reason) in folded {
            let (entry, kept) = (cell(sources, entry), cell(sources, kept));
            writeln!(out, "| {entry} | {kept} | {} |", markdown::escaped(reason))?;
        }
    }
    for section in &merge.suggestions {
        let (a, b) = (section.a.join(" > "), section.b.join(" > "));
        writeln!(
            out,
            "\nThe sections {} and {} share {} of {} works.",
            markdown::escaped(&a),
            markdown::escaped(&b),
            section.shared,
            section.smaller
        )?;
    }
    Ok(())
}

/// Place and first line of an entry.
fn cell(sources: &Sources<'_>, span: Span) -> String {
    let Some(source) = sources.get(span.file) else {
        return String::new();
    };
    let first = source.slice(span).lines().next().unwrap_or_default();
    format!(
        "{}:{} {}",
        markdown::escaped(&neutral::path(source.name())),
        source.line(span.start),
        markdown::escaped(first)
    )
}
