//! All decisions of a merge as JSON, kept entries included.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Sources, wire};
use crate::merge::{Alignment, Field, Merge, Outcome};
use crate::source::Span;

/// The version of the form; it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// The report of a merge.
#[derive(Serialize, JsonSchema)]
struct Report<'a> {
    /// The version of this form.
    version: u32,
    /// The figures.
    summary: Summary,
    /// What became of each entry of each list, in their order.
    decisions: Vec<Decision<'a>>,
    /// Pairs of entries that may be one work and were left apart.
    possible: Vec<Pair<'a>>,
    /// Where the sections of the later lists went.
    sections: Vec<Section<'a>>,
    /// Sections that share entries and could be aligned.
    suggestions: Vec<Suggestion<'a>>,
    /// Text that did not come into the merged list.
    left_out: Vec<LeftOut<'a>>,
    /// The licences that the lists name.
    licences: Vec<Licence<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Summary {
    /// Top-level entries in.
    entries_in: usize,
    /// Top-level entries out.
    entries_out: usize,
    /// Entries folded into another.
    folded: usize,
    /// Entries under another heading than in their own list.
    moved: usize,
    /// Nested entries, which stay with the entry that they are nested in.
    nested: usize,
    /// Pairs that may be one work.
    possible: usize,
    /// Sections that were added.
    sections_added: usize,
}

/// A place in a list.
#[derive(Serialize, JsonSchema)]
struct At<'a> {
    /// The list.
    list: &'a str,
    /// The line, counted from 1.
    line: u32,
}

#[derive(Serialize, JsonSchema)]
struct Decision<'a> {
    /// The entry's place.
    #[serde(flatten)]
    at: At<'a>,
    /// Its title.
    title: &'a str,
    /// `kept`, `kept-nested` or `folded`.
    outcome: &'static str,
    /// The entry that it was folded into.
    #[serde(skip_serializing_if = "Option::is_none")]
    into: Option<At<'a>>,
    /// Why the two are one work.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    /// Whether the reason is certain; if not, it is likely.
    #[serde(skip_serializing_if = "Option::is_none")]
    certain: Option<bool>,
    /// The headings under which it stands in the merged list.
    section: &'a [String],
    /// The headings under which it stood, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<&'a [String]>,
    /// What it has that did not come into the merged list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dropped: Vec<Dropped<'a>>,
    /// All of its text, where it was folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct Dropped<'a> {
    /// `title`, `link`, `description` or `note`.
    what: &'static str,
    /// Its text.
    text: &'a str,
    /// The line on which it stands.
    line: u32,
}

#[derive(Serialize, JsonSchema)]
struct Pair<'a> {
    /// The one that stands first.
    a: At<'a>,
    /// The other.
    b: At<'a>,
    /// What speaks for it, and what against.
    reason: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Section<'a> {
    /// The heading's place.
    #[serde(flatten)]
    at: At<'a>,
    /// Its headings down from the top.
    from: &'a [String],
    /// The headings of the section of the merged list.
    to: &'a [String],
    /// `path`, `heading`, `title`, `map`, `added` or `emptied`.
    how: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Suggestion<'a> {
    /// The headings of the section that stands first.
    a: &'a [String],
    /// The headings of the other.
    b: &'a [String],
    /// How many works they share.
    shared: usize,
    /// How many works the smaller of them has.
    smaller: usize,
}

#[derive(Serialize, JsonSchema)]
struct LeftOut<'a> {
    /// Its place.
    #[serde(flatten)]
    at: At<'a>,
    /// The text.
    text: &'a str,
    /// Why.
    reason: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Licence<'a> {
    /// The place that says so.
    #[serde(flatten)]
    at: At<'a>,
    /// The licence's usual short name.
    name: &'static str,
}

/// Writes all decisions of `merge`.
///
/// # Errors
/// Those of `out`.
pub fn write(merge: &Merge, sources: &Sources<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    wire::write(&report(merge, sources), out)
}

/// The JSON Schema of what [`write()`] writes, with a line ending.
pub fn schema() -> String {
    let settings = schemars::generate::SchemaSettings::draft07();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<Report<'_>>();
    let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    format!("{text}\n")
}

fn report<'a>(merge: &'a Merge, sources: &Sources<'a>) -> Report<'a> {
    let at = |span: Span| at(sources, span);
    let figures = &merge.summary;
    Report {
        version: VERSION,
        summary: Summary {
            entries_in: figures.entries_in,
            entries_out: figures.entries_out,
            folded: figures.folded,
            moved: figures.moved,
            nested: figures.nested,
            possible: figures.possible,
            sections_added: figures.sections_added,
        },
        decisions: merge
            .decisions
            .iter()
            .map(|decision| of_decision(decision, sources))
            .collect(),
        possible: merge
            .possible
            .iter()
            .map(|pair| Pair {
                a: at(pair.span_a),
                b: at(pair.span_b),
                reason: &pair.reason,
            })
            .collect(),
        sections: merge
            .sections
            .iter()
            .map(|section| Section {
                at: at(section.span),
                from: &section.from,
                to: &section.to,
                how: alignment(section.how),
            })
            .collect(),
        suggestions: merge
            .suggestions
            .iter()
            .map(|pair| Suggestion {
                a: &pair.a,
                b: &pair.b,
                shared: pair.shared,
                smaller: pair.smaller,
            })
            .collect(),
        left_out: merge
            .left_out
            .iter()
            .map(|left| LeftOut {
                at: at(left.span),
                text: slice(sources, left.span),
                reason: left.reason,
            })
            .collect(),
        licences: merge
            .licences
            .iter()
            .map(|licence| Licence {
                at: at(licence.span),
                name: licence.name,
            })
            .collect(),
    }
}

fn of_decision<'a>(decision: &'a crate::merge::Decision, sources: &Sources<'a>) -> Decision<'a> {
    let folded = match &decision.outcome {
        Outcome::Folded {
            span,
            reason,
            certain,
            ..
        } => Some((*span, reason.as_str(), *certain)),
        _ => None,
    };
    Decision {
        at: at(sources, decision.span),
        title: &decision.title,
        outcome: match decision.outcome {
            Outcome::Kept => "kept",
            Outcome::KeptNested => "kept-nested",
            Outcome::Folded { .. } => "folded",
        },
        into: folded.map(|(span, ..)| at(sources, span)),
        reason: folded.map(|(_, reason, _)| reason),
        certain: folded.map(|(.., certain)| certain),
        section: &decision.section,
        moved_from: decision.moved_from.as_deref(),
        dropped: decision
            .dropped
            .iter()
            .map(|dropped| Dropped {
                what: match dropped.what {
                    Field::Title => "title",
                    Field::Link => "link",
                    Field::Description => "description",
                    Field::Note => "note",
                },
                text: &dropped.text,
                line: at(sources, dropped.span).line,
            })
            .collect(),
        text: folded.map(|_| slice(sources, decision.span)),
    }
}

fn at<'a>(sources: &Sources<'a>, span: Span) -> At<'a> {
    match sources.get(span.file) {
        Some(source) => At {
            list: source.name(),
            line: source.line(span.start),
        },
        None => At { list: "", line: 1 },
    }
}

fn slice<'a>(sources: &Sources<'a>, span: Span) -> &'a str {
    sources
        .get(span.file)
        .map_or("", |source| source.slice(span))
}

fn alignment(how: Alignment) -> &'static str {
    match how {
        Alignment::Path => "path",
        Alignment::Heading => "heading",
        Alignment::Title => "title",
        Alignment::Map => "map",
        Alignment::Added => "added",
        Alignment::Emptied => "emptied",
    }
}
