//! Findings in reviewdog's diagnostic format (RDFormat), as one JSON object.
//!
//! reviewdog refuses a document with a field that its version does not know, so only those stand
//! here that all versions do; further places go into the message.

use std::io;

use serde_json::{Value, json};

use super::{Findings, Place, Position, prose, wire};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Fix, apply_edits};
use crate::source::{FileId, Span};

/// The longest text that a suggestion replaces, in bytes.
const LONGEST_SUGGESTION: usize = 4_000;

/// Writes the findings. Columns count UTF-8 bytes of the file, its byte order mark included.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let diagnostics: Vec<Value> = findings
        .diagnostics
        .iter()
        .map(|it| diagnostic(findings, it))
        .collect();
    let mut source = json!({ "name": super::TOOL });
    let home = env!("CARGO_PKG_REPOSITORY");
    if !home.is_empty() {
        source["url"] = json!(home);
    }
    let report = json!({
        "source": source,
        "severity": "WARNING",
        "diagnostics": diagnostics,
    });
    wire::write(&report, out)
}

fn diagnostic(findings: &Findings<'_>, diagnostic: &Diagnostic) -> Value {
    let mut code = json!({ "value": diagnostic.rule });
    if let Some(rule) = findings.rule(diagnostic.rule) {
        code["url"] = json!(rule.url);
    }
    let place = findings.sources.place(diagnostic.span);
    let mut value = json!({
        "message": prose::lines(findings, diagnostic).join("\n"),
        "location": place.map_or(json!({ "path": "" }), |place| {
            location(findings, diagnostic.span.file, &place)
        }),
        "severity": match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Advice => "INFO",
        },
        "code": code,
    });
    let suggestion = diagnostic.fix.as_ref();
    if let Some(suggestion) = suggestion.and_then(|fix| suggestion_of(findings, fix)) {
        value["suggestions"] = json!([suggestion]);
    }
    value
}

/// The fix as one replacement, or none where its edits lie too far apart to be one.
///
/// Several suggestions of one finding are offered one by one, but edits of a fix belong together.
fn suggestion_of(findings: &Findings<'_>, fix: &Fix) -> Option<Value> {
    let first = fix.edits.first()?.span;
    let source = findings.sources.get(first.file)?;
    let start = fix.edits.iter().map(|edit| edit.span.start).min()?;
    let end = fix.edits.iter().map(|edit| edit.span.end).max()?;
    let hull = first.with(start, end);
    if hull.len() as usize > LONGEST_SUGGESTION {
        return None;
    }
    let old = source.text().get(hull.range())?;
    let mut edits = fix.edits.clone();
    for edit in &mut edits {
        let Span {
            start: from,
            end: to,
            ..
        } = edit.span;
        edit.span = edit.span.with(from - start, to - start);
    }
    let place = findings.sources.extent(hull)?;
    Some(json!({
        "range": range(findings, first.file, &place),
        "text": apply_edits(old, &edits),
    }))
}

fn location(findings: &Findings<'_>, file: FileId, place: &Place<'_>) -> Value {
    json!({ "path": place.path, "range": range(findings, file, place) })
}

fn range(findings: &Findings<'_>, file: FileId, place: &Place<'_>) -> Value {
    let bom = findings
        .sources
        .get(file)
        .is_some_and(|source| source.bom());
    let position = |position: Position| {
        let mark = match position.line {
            1 if bom => '\u{feff}'.len_utf8() as u32,
            _ => 0,
        };
        json!({ "line": position.line, "column": position.byte_column + mark })
    };
    json!({ "start": position(place.start), "end": position(place.end) })
}

#[cfg(test)]
mod tests {
    use super::super::tests::Sample;
    use super::super::{Format, Sources};
    use super::*;
    use crate::edit::Edit;
    use crate::source::Source;

    fn diagnostics(sample: &Sample) -> Value {
        let report: Value = serde_json::from_str(&sample.report(Format::Rdjson)).expect("JSON");
        report["diagnostics"].clone()
    }

    fn range(start: (u32, u32), end: (u32, u32)) -> Value {
        let position = |(line, column)| json!({ "line": line, "column": column });
        json!({ "start": position(start), "end": position(end) })
    }

    #[test]
    fn columns_count_bytes() {
        let diagnostics = diagnostics(&Sample::new());
        assert_eq!(diagnostics[1]["location"]["path"], "README.md");
        assert_eq!(diagnostics[1]["location"]["range"], range((3, 33), (3, 36)));
        let message = diagnostics[0]["message"].as_str().expect("a text");
        assert!(message.contains("\nREADME.md:3: first here\n"), "{message}");
    }

    #[test]
    fn the_edits_of_a_fix_are_one_suggestion() {
        let diagnostics = diagnostics(&Sample::new());
        let suggestion = json!({ "range": range((3, 33), (3, 36)), "text": "1. Two\n" });
        assert_eq!(diagnostics[1]["suggestions"], json!([suggestion]));
    }

    #[test]
    fn edits_far_apart_are_no_suggestion() {
        let source = Source::new(FileId(0), "a", "x".repeat(5_000));
        let edits = vec![
            Edit::delete(source.span(0, 1)),
            Edit::delete(source.span(4_500, 4_501)),
        ];
        let diagnostic = Diagnostic::new("r", source.whole(), "m").fix(Fix::safe("t", edits));
        let findings = Findings {
            sources: &Sources::new([&source]),
            diagnostics: &[diagnostic],
            rules: &[],
            files: 1,
            fixed: 0,
            changed: None,
        };
        let value = super::diagnostic(&findings, &findings.diagnostics[0]);
        assert_eq!(value["suggestions"], Value::Null);
    }

    #[test]
    fn a_byte_order_mark_moves_the_first_line() {
        let mut sample = Sample::new();
        let [list, other] = &sample.lists;
        let text = format!("\u{feff}{}", other.text());
        let marked = Source::new(other.id(), other.name(), text);
        sample.lists = [list.clone(), marked];
        let diagnostics = diagnostics(&sample);
        assert_eq!(diagnostics[2]["location"]["range"], range((1, 4), (1, 4)));
    }
}
