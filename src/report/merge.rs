//! What a merge decided, told to people: each fold and each open question with both places, then the
//! figures.

pub mod json;
pub mod markdown;
pub mod provenance;

use std::io;

use super::text::{Renderer, plural};
use super::{Sources, Style, neutral};
use crate::diagnostic::{Diagnostic, Severity};
use crate::merge::{Field, Merge, Outcome};

/// How many decisions are shown one by one; the rest is counted.
const MOST: usize = 200;

/// Writes the decisions that a person should see, and the figures.
///
/// # Errors
/// Those of `out`.
pub fn write(
    merge: &Merge,
    sources: &Sources<'_>,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let told = diagnostics(merge);
    let renderer = Renderer::new(sources, &[], style);
    for diagnostic in told.iter().take(MOST) {
        let mut text = String::new();
        renderer.render(diagnostic, &mut text);
        writeln!(out, "{text}")?;
    }
    if told.len() > MOST {
        let more = plural(told.len() - MOST, "more decision", "more decisions");
        writeln!(out, "and {more}; `--report FILE` writes them all")?;
    }
    for line in suggestions(merge) {
        writeln!(out, "{}", neutral::line(&line))?;
    }
    writeln!(out, "{}", summary(merge))
}

/// The decisions that a person should see, as findings: what was folded, then what was left open.
pub fn diagnostics(merge: &Merge) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for decision in &merge.decisions {
        let Outcome::Folded {
            span,
            reason,
            certain,
            ..
        } = &decision.outcome
        else {
            continue;
        };
        let likely = if *certain { "" } else { "likely " };
        let mut diagnostic = Diagnostic::new(
            "folded",
            decision.span,
            format!(
                "`{}` is {likely}one work with another entry: {reason}",
                decision.title
            ),
        )
        .label("folded")
        .also(*span, "into this one");
        let dropped: Vec<String> = decision
            .dropped
            .iter()
            .map(|dropped| format!("the {} `{}`", field(dropped.what), shortened(&dropped.text)))
            .collect();
        if !dropped.is_empty() {
            diagnostic = diagnostic.help(format!("not in the merged list: {}", dropped.join(", ")));
        }
        diagnostic.severity = Severity::Advice;
        told.push(diagnostic);
    }
    for pair in &merge.possible {
        let mut diagnostic = Diagnostic::new(
            "possible-duplicate",
            pair.span_a,
            format!("two entries may be one work: {}", pair.reason),
        )
        .label("both are kept")
        .also(pair.span_b, "this may be the same work");
        diagnostic.severity = Severity::Warning;
        told.push(diagnostic);
    }
    told
}

/// Lines about sections that could be aligned, and about licences that differ.
fn suggestions(merge: &Merge) -> Vec<String> {
    let mut lines: Vec<String> = merge
        .suggestions
        .iter()
        .map(|pair| {
            format!(
                "suggestion: the sections `{}` and `{}` share {} of {} works; to align them, put \
                 this under [merge.sections]: {:?} = {:?}",
                pair.a.join(" > "),
                pair.b.join(" > "),
                pair.shared,
                pair.smaller,
                pair.b.join(" > "),
                pair.a.join(" > "),
            )
        })
        .collect();
    let mut licences: Vec<&str> = merge.licences.iter().map(|one| one.name).collect();
    licences.sort_unstable();
    licences.dedup();
    if licences.len() > 1 {
        lines.push(format!(
            "note: the lists stand under different licences: {}",
            licences.join(", ")
        ));
    }
    lines
}

/// The figures in one line.
pub fn summary(merge: &Merge) -> String {
    let figures = &merge.summary;
    let mut parts = vec![format!("{} folded", figures.folded)];
    if figures.moved > 0 {
        parts.push(format!("{} moved", figures.moved));
    }
    if figures.possible > 0 {
        parts.push(format!(
            "{} to decide",
            plural(figures.possible, "pair", "pairs")
        ));
    }
    if figures.sections_added > 0 {
        parts.push(format!(
            "{} added",
            plural(figures.sections_added, "section", "sections")
        ));
    }
    format!(
        "Merged {} into {}: {}",
        plural(figures.entries_in, "entry", "entries"),
        figures.entries_out,
        parts.join(", ")
    )
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Link => "link",
        Field::Description => "description",
        Field::Note => "note",
    }
}

/// A text short enough for a line of help.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
