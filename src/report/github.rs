//! Findings as GitHub's workflow commands, which the runner turns into annotations.
//!
//! The form and its escaping are those of `@actions/core`. The runner shows ten annotations of each
//! level and drops the rest unsaid; so the most important go first, and a notice says how many more
//! there are.

use std::cmp::Reverse;
use std::fmt;
use std::io;

use super::{Findings, Place, neutral, prose};
use crate::diagnostic::{Diagnostic, Severity};

/// Annotations of one level that the runner shows.
pub const MOST: usize = 10;
/// UTF-16 units of a message that the runner shows.
const LONGEST_MESSAGE: usize = 4096;

/// Writes the commands: errors first, then warnings, then advice as notices; of each level those on
/// changed lines first.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut diagnostics: Vec<&Diagnostic> = findings.diagnostics.iter().collect();
    let is_unchanged = |diagnostic: &Diagnostic| {
        let is_changed = findings.changed.map(|changed| changed(diagnostic.span));
        is_changed == Some(false)
    };
    diagnostics.sort_by_key(|diagnostic| (Reverse(diagnostic.severity), is_unchanged(diagnostic)));

    let counts = findings.counts();
    let fits = [counts.errors, counts.warnings, counts.advice]
        .into_iter()
        .all(|count| count <= MOST);
    // The notice that says how many more there are is itself one of ten.
    let most_notices = if fits { MOST } else { MOST - 1 };
    let (mut errors, mut warnings, mut notices) = (0, 0, 0);
    let mut omitted = 0;
    for diagnostic in diagnostics {
        let (shown, most) = match diagnostic.severity {
            Severity::Error => (&mut errors, MOST),
            Severity::Warning => (&mut warnings, MOST),
            Severity::Advice => (&mut notices, most_notices),
        };
        if *shown == most {
            omitted += 1;
            continue;
        }
        *shown += 1;
        writeln!(out, "{}", command(findings, diagnostic))?;
    }
    if omitted > 0 {
        let more = super::text::plural(omitted, "more finding", "more findings");
        let command = Command {
            name: "notice",
            properties: vec![("title", super::TOOL.to_owned())],
            message: format!("{more}, see the job summary"),
        };
        writeln!(out, "{command}")?;
    }
    Ok(())
}

fn command(findings: &Findings<'_>, diagnostic: &Diagnostic) -> Command {
    let mut properties = vec![("title", diagnostic.rule.to_owned())];
    if let Some(place) = findings.sources.place(diagnostic.span) {
        properties.extend(place_properties(&place));
    }
    Command {
        name: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        },
        properties,
        message: cut(&prose::lines(findings, diagnostic).join("\n")),
    }
}

/// The file and the lines; the columns only within one line, since GitHub refuses them otherwise.
fn place_properties(place: &Place<'_>) -> Vec<(&'static str, String)> {
    let mut properties = vec![
        ("file", visible(place.path)),
        ("line", place.start.line.to_string()),
        ("endLine", place.end.line.to_string()),
    ];
    if place.start.line == place.end.line {
        properties.push(("col", place.start.column.to_string()));
        properties.push(("endColumn", place.end.column.to_string()));
    }
    properties
}

/// `text` without what the runner would cut off.
fn cut(text: &str) -> String {
    const ELLIPSIS: &str = "...";
    let mut units = 0;
    let mut end_with_ellipsis = 0;
    for (index, character) in text.char_indices() {
        units += character.len_utf16();
        if units <= LONGEST_MESSAGE - ELLIPSIS.len() {
            end_with_ellipsis = index + character.len_utf8();
        }
        if units > LONGEST_MESSAGE {
            let kept = text.get(..end_with_ellipsis).unwrap_or_default();
            return format!("{kept}{ELLIPSIS}");
        }
    }
    text.to_owned()
}

/// A path as it is, so that GitHub finds the file; only what would steer a terminal is replaced.
/// Line endings are left to the escaping.
fn visible(path: &str) -> String {
    let parts: Vec<_> = path.split('\n').map(|part| neutral::line(part)).collect();
    parts.join("\n")
}

/// One workflow command, with at least one property.
struct Command {
    name: &'static str,
    properties: Vec<(&'static str, String)>,
    message: String,
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let properties: Vec<String> = self
            .properties
            .iter()
            .map(|(name, value)| format!("{name}={}", escape_property(value)))
            .collect();
        let (name, properties) = (self.name, properties.join(","));
        write!(f, "::{name} {properties}::{}", escape_data(&self.message))
    }
}

/// A message as `@actions/core` escapes it.
fn escape_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property as `@actions/core` escapes it.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{Sample, assert_harmless, written};
    use super::*;
    use crate::source::Span;

    fn is_own(line: &str) -> bool {
        ["::error title=", "::warning title=", "::notice title="]
            .iter()
            .any(|own| line.starts_with(own))
    }

    #[test]
    fn a_finding_is_a_command() {
        assert_eq!(
            Sample::new().report(Format::Github),
            "::error title=duplicate-link,file=README.md,line=4,endLine=4,col=3,endColumn=25::\
             `Übung` is listed twice%0Ahere: again here%0AREADME.md:3: first here%0A\
             docs/more lists.md:1: and in another list%0Ahelp: Remove one of them\n\
             ::warning title=numbering,file=README.md,line=3,endLine=3,col=32,endColumn=35::\
             numbers run wrong\n\
             ::notice title=missing-title,file=docs/more lists.md,line=1,endLine=1,col=1,\
             endColumn=1::the list has no title\n"
        );
    }

    #[test]
    fn a_list_adds_no_command_of_its_own() {
        let text = Sample::hostile().report(Format::Github);
        assert_harmless("github", &text, is_own);
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("file=%3A%3Aerror%3A%3A"), "{text}");
        let over_lines = text.lines().next().expect("the first of two");
        assert!(
            over_lines.contains(",endLine=6::"),
            "no columns: {over_lines}"
        );
    }

    #[test]
    fn escaping_is_that_of_the_toolkit() {
        assert_eq!(escape_data("100%\r\na,b:c"), "100%25%0D%0Aa,b:c");
        assert_eq!(escape_property("100%\r\na,b:c"), "100%25%0D%0Aa%2Cb%3Ac");
    }

    #[test]
    fn ten_of_each_level_are_shown_and_the_rest_is_counted() {
        let mut sample = Sample::new();
        let [error, warning, advice] = [0, 1, 2].map(|index| sample.diagnostics[index].clone());
        let many = |diagnostic: &Diagnostic, count| vec![diagnostic.clone(); count];
        sample.diagnostics = [many(&advice, 12), many(&warning, 3), many(&error, 11)].concat();
        let text = sample.report(Format::Github);
        let levels: Vec<_> = text.lines().map(|line| &line[..7]).collect();
        let expected = [vec!["::error"; 10], vec!["::warni"; 3], vec!["::notic"; 10]].concat();
        assert_eq!(levels, expected);
        let last = "::notice title=listwright::4 more findings, see the job summary\n";
        assert!(text.ends_with(last), "{text}");
    }

    #[test]
    fn changed_lines_go_first() {
        let mut sample = Sample::new();
        for diagnostic in &mut sample.diagnostics {
            diagnostic.severity = Severity::Warning;
        }
        let text = sample.with(|findings| {
            let changed = |span: Span| span.file.0 == 1;
            let findings = Findings {
                changed: Some(&changed),
                ..*findings
            };
            written(|out| write(&findings, out))
        });
        assert!(text.starts_with("::warning title=missing-title"), "{text}");
    }

    #[test]
    fn messages_end_where_the_runner_would_cut_them() {
        let exact = "é".repeat(4096);
        assert_eq!(cut(&exact), exact);
        let long = cut(&"😀".repeat(4096));
        assert_eq!(long.encode_utf16().count(), 4095);
        assert!(long.ends_with("😀..."));
    }
}
