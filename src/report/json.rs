//! Everything that is known of the findings, as JSON, and the schema of that.
//!
//! Text stands here as it is in the lists, whatever it contains; only its escaping makes it safe to
//! print. A program that shows it must neutralize it itself.

use std::io;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::fingerprint::fingerprints;
use super::{Counts, Findings, Place, Position, wire};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Fix, Safety};
use crate::source::Span;

/// The version of the format. It rises when a field goes or changes its meaning; fields may come
/// without that.
pub const VERSION: u32 = 1;

/// Writes the findings as one JSON document.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    wire::write(&Report::new(findings), out)
}

/// The JSON Schema (draft-07) of what [`write()`] writes, without a newline at its end.
pub fn json_schema() -> String {
    let generator = SchemaSettings::draft07().into_generator();
    let schema = generator.into_root_schema_for::<Report<'static>>();
    serde_json::to_string_pretty(&schema).expect("a schema has only string keys")
}

/// The findings of `listwright check`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Listwright report")]
struct Report<'a> {
    /// Version of this format: 1.
    version: u32,
    /// The program that wrote the report.
    tool: Tool,
    /// How much was found.
    summary: Summary,
    /// The files that were read.
    files: Vec<File<'a>>,
    /// The findings, in the order in which a person is shown them.
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Tool {
    /// The program's name.
    name: &'static str,
    /// The program's version.
    version: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Summary {
    /// How many files were checked.
    files: usize,
    /// In how many of them something was found.
    files_with_findings: usize,
    /// Findings that are errors.
    errors: usize,
    /// Findings that are warnings.
    warnings: usize,
    /// Findings that are advice.
    advice: usize,
    /// Findings that a safe fix would mend.
    fixable: usize,
    /// Findings that a fix would mend which a person should look at.
    fixable_unsafely: usize,
    /// Findings that were mended in this run and are not listed.
    fixed: usize,
}

#[derive(Serialize, JsonSchema)]
struct File<'a> {
    /// The file's path, with `/` between folders.
    path: &'a str,
    /// Whether the file begins with a byte order mark. Offsets and columns do not count it.
    byte_order_mark: bool,
}

#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// The name of the rule.
    rule: &'a str,
    /// How much the finding matters.
    severity: Level,
    /// What is wrong.
    message: &'a str,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Area<'a>>,
    /// What the place is, where the message does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    /// Further places.
    labels: Vec<Related<'a>>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    /// Where the rule's page can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    /// The change that mends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Change<'a>>,
    /// The finding by what it says, the same in later runs wherever its line has moved: 32
    /// hexadecimal digits.
    fingerprint: String,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// Is wrong.
    Error,
    /// Should be mended.
    Warning,
    /// Worth a look; never fails a check.
    Advice,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
struct Area<'a> {
    /// The file's path.
    path: &'a str,
    /// Where it begins.
    start: Point,
    /// Where it ends: behind its last character.
    end: Point,
}

/// A position between two characters.
#[derive(Serialize, JsonSchema)]
struct Point {
    /// Bytes of UTF-8 before it, the byte order mark not counted.
    byte: u32,
    /// The line, counted from 1.
    line: u32,
    /// The column in Unicode characters, counted from 1.
    column: u32,
}

#[derive(Serialize, JsonSchema)]
struct Related<'a> {
    /// What stands there.
    message: &'a str,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Area<'a>>,
}

/// Edits that belong together: all are to be applied or none.
#[derive(Serialize, JsonSchema)]
struct Change<'a> {
    /// What the change does.
    title: &'a str,
    /// `safe` keeps every word and every link; `unsafe` may not and wants to be looked at.
    safety: Trust,
    /// The edits, none overlapping another.
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Trust {
    Safe,
    Unsafe,
}

#[derive(Serialize, JsonSchema)]
struct Replacement<'a> {
    /// The text that goes; empty for an insertion.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Area<'a>>,
    /// The text that comes.
    text: &'a str,
}

impl<'a> Report<'a> {
    fn new(findings: &Findings<'a>) -> Self {
        let names = fingerprints(findings.sources, findings.diagnostics);
        let with_names = findings.diagnostics.iter().zip(names);
        Report {
            version: VERSION,
            tool: Tool {
                name: super::TOOL,
                version: super::TOOL_VERSION,
            },
            summary: Summary::new(findings.counts(), findings),
            files: findings
                .sources
                .iter()
                .map(|source| File {
                    path: super::place::path_of(source),
                    byte_order_mark: source.bom(),
                })
                .collect(),
            findings: with_names
                .map(|(diagnostic, name)| Finding::new(findings, diagnostic, name.to_string()))
                .collect(),
        }
    }
}

impl Summary {
    fn new(counts: Counts, findings: &Findings<'_>) -> Self {
        Summary {
            files: findings.files,
            files_with_findings: counts.files,
            errors: counts.errors,
            warnings: counts.warnings,
            advice: counts.advice,
            fixable: counts.safe,
            fixable_unsafely: counts.needing_review,
            fixed: findings.fixed,
        }
    }
}

impl<'a> Finding<'a> {
    fn new(findings: &Findings<'a>, diagnostic: &'a Diagnostic, fingerprint: String) -> Self {
        let rule = findings.rule(diagnostic.rule);
        Finding {
            rule: diagnostic.rule,
            severity: match diagnostic.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
                Severity::Advice => Level::Advice,
            },
            message: &diagnostic.message,
            place: area(findings, diagnostic.span),
            label: diagnostic.label.as_deref(),
            labels: diagnostic
                .labels
                .iter()
                .map(|label| Related {
                    message: &label.message,
                    place: area(findings, label.span),
                })
                .collect(),
            help: diagnostic.help.as_deref(),
            url: rule.map(|rule| rule.url.as_str()),
            fix: diagnostic
                .fix
                .as_ref()
                .map(|fix| Change::new(findings, fix)),
            fingerprint,
        }
    }
}

impl<'a> Change<'a> {
    fn new(findings: &Findings<'a>, fix: &'a Fix) -> Self {
        Change {
            title: &fix.title,
            safety: match fix.safety {
                Safety::Safe => Trust::Safe,
                Safety::Unsafe => Trust::Unsafe,
            },
            edits: fix
                .edits
                .iter()
                .map(|edit| Replacement {
                    place: area(findings, edit.span),
                    text: &edit.replacement,
                })
                .collect(),
        }
    }
}

fn area<'a>(findings: &Findings<'a>, span: Span) -> Option<Area<'a>> {
    let Place { path, start, end } = findings.sources.extent(span)?;
    let point = |position: Position| Point {
        byte: position.byte,
        line: position.line,
        column: position.column,
    };
    Some(Area {
        path,
        start: point(start),
        end: point(end),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{HOSTILE, Sample};
    use super::*;
    use serde_json::{Value, json};

    fn parsed(sample: &Sample) -> Value {
        serde_json::from_str(&sample.report(Format::Json)).expect("it is JSON")
    }

    #[test]
    fn every_field_is_told() {
        let report = parsed(&Sample::new());
        assert_eq!(report["version"], 1);
        assert_eq!(report["summary"]["fixable_unsafely"], 1);
        assert_eq!(report["files"][1]["path"], "docs/more lists.md");
        let place = |path: &str, start: [u32; 3], end: [u32; 3]| {
            let point = |[byte, line, column]: [u32; 3]| json!({ "byte": byte, "line": line, "column": column });
            json!({ "path": path, "start": point(start), "end": point(end) })
        };
        let duplicate = place("README.md", [47, 4, 3], [69, 4, 25]);
        let mut finding = report["findings"][0].clone();
        let fingerprint = finding["fingerprint"].take();
        assert_eq!(fingerprint.as_str().map(str::len), Some(32));
        assert_eq!(
            finding,
            json!({
                "rule": "duplicate-link",
                "severity": "error",
                "message": "`Übung` is listed twice",
                "place": duplicate,
                "label": "again here",
                "labels": [
                    { "message": "first here", "place": place("README.md", [10, 3, 3], [37, 3, 29]) },
                    { "message": "and in another list", "place": place("docs/more lists.md", [2, 1, 3], [24, 1, 25]) },
                ],
                "help": "Remove one of them",
                "url": "https://example.org/docs/rules/duplicate-link.md",
                "fix": {
                    "title": "Remove the second",
                    "safety": "unsafe",
                    "edits": [{ "place": duplicate, "text": "" }],
                },
                "fingerprint": null,
            })
        );
    }

    #[test]
    fn text_is_told_as_it_is() {
        let report = parsed(&Sample::hostile());
        assert_eq!(report["findings"][0]["message"], HOSTILE);
        assert_eq!(report["findings"][0]["labels"][0]["message"], HOSTILE);
        assert_eq!(report["findings"][0]["fix"]["edits"][0]["text"], HOSTILE);
    }

    #[test]
    fn the_schema_names_every_field_of_a_report() {
        let schema: Value = serde_json::from_str(&json_schema()).expect("it is JSON");
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let finding = &schema["definitions"]["Finding"]["properties"];
        let report = parsed(&Sample::new());
        for field in report["findings"][0].as_object().expect("an object").keys() {
            let described = finding[field]["description"].is_string();
            assert!(described, "{field} has no description in the schema");
        }
    }
}
