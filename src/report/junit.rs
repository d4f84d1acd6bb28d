//! Findings as JUnit's XML: a suite for each file, a failed case for each error or warning.

use std::collections::BTreeMap;
use std::io;

use super::place::path_of;
use super::{Findings, neutral, prose};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::FileId;

/// Writes a suite for each file. A file without findings has one case that passed, so that a report
/// is never empty; advice passes and says what it has to say.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut suites: BTreeMap<FileId, Suite<'_>> = BTreeMap::new();
    for source in findings.sources.iter() {
        let suite = suites.entry(source.id()).or_default();
        suite.path = path_of(source);
    }
    for diagnostic in findings.diagnostics {
        let suite = suites.entry(diagnostic.span.file).or_default();
        suite.diagnostics.push(diagnostic);
    }
    let tests: usize = suites.values().map(Suite::tests).sum();
    let failures: usize = suites.values().map(Suite::failures).sum();
    let mut out = io::BufWriter::new(out);
    let out: &mut dyn io::Write = &mut out;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="{}" tests="{tests}" failures="{failures}" errors="0">"#,
        super::TOOL
    )?;
    for suite in suites.values() {
        suite.write(findings, out)?;
    }
    writeln!(out, "</testsuites>")?;
    out.flush()
}

/// The findings of one file.
#[derive(Default)]
struct Suite<'a> {
    path: &'a str,
    diagnostics: Vec<&'a Diagnostic>,
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        self.diagnostics.len().max(1)
    }

    fn failures(&self) -> usize {
        let fails = |diagnostic: &&&Diagnostic| diagnostic.severity > Severity::Advice;
        self.diagnostics.iter().filter(fails).count()
    }

    fn write(&self, findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let path = escaped(self.path);
        let (tests, failures) = (self.tests(), self.failures());
        writeln!(
            out,
            r#"  <testsuite name="{path}" file="{path}" tests="{tests}" failures="{failures}" errors="0" skipped="0">"#,
        )?;
        if self.diagnostics.is_empty() {
            let tool = super::TOOL;
            writeln!(out, r#"    <testcase name="{tool}" classname="{path}"/>"#)?;
        }
        for diagnostic in &self.diagnostics {
            write_case(findings, diagnostic, &path, out)?;
        }
        writeln!(out, "  </testsuite>")
    }
}

fn write_case(
    findings: &Findings<'_>,
    diagnostic: &Diagnostic,
    path: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let place = findings.sources.place(diagnostic.span);
    let (line, column) = place.map_or((1, 1), |place| (place.start.line, place.start.column));
    let rule = escaped(diagnostic.rule);
    let message = escaped(&diagnostic.message);
    writeln!(
        out,
        r#"    <testcase name="{rule} at {line}:{column}" classname="{path}">"#,
    )?;
    let lines: Vec<_> = prose::lines(findings, diagnostic);
    let lines: Vec<_> = lines.iter().map(|line| escaped(line)).collect();
    let text = format!("{path}:{line}:{column}: {}", lines.join("\n"));
    match diagnostic.severity {
        Severity::Advice => writeln!(out, "      <system-out>{text}</system-out>")?,
        severity => writeln!(
            out,
            r#"      <failure type="{}" message="{message}">{text}</failure>"#,
            severity.name()
        )?,
    }
    writeln!(out, "    </testcase>")
}

/// `text` as one line for XML 1.0, in an attribute or between tags.
///
/// Control characters, which XML 1.0 cannot hold in any form, are shown by their number.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in neutral::line(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::Sample;

    #[test]
    fn errors_and_warnings_fail_and_advice_does_not() {
        let mut sample = Sample::new();
        sample.diagnostics[0].message = "a < b".to_owned();
        assert_eq!(
            sample.report(Format::Junit),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"listwright\" tests=\"3\" failures=\"2\" errors=\"0\">
  <testsuite name=\"README.md\" file=\"README.md\" tests=\"2\" failures=\"2\" errors=\"0\" skipped=\"0\">
    <testcase name=\"duplicate-link at 4:3\" classname=\"README.md\">
      <failure type=\"error\" message=\"a &lt; b\">README.md:4:3: a &lt; b
here: again here
README.md:3: first here
docs/more lists.md:1: and in another list
help: Remove one of them</failure>
    </testcase>
    <testcase name=\"numbering at 3:32\" classname=\"README.md\">
      <failure type=\"warning\" message=\"numbers run wrong\">README.md:3:32: numbers run wrong</failure>
    </testcase>
  </testsuite>
  <testsuite name=\"docs/more lists.md\" file=\"docs/more lists.md\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">
    <testcase name=\"missing-title at 1:1\" classname=\"docs/more lists.md\">
      <system-out>docs/more lists.md:1:1: the list has no title</system-out>
    </testcase>
  </testsuite>
</testsuites>
"
        );
    }

    #[test]
    fn a_clean_file_is_a_case_that_passed() {
        let mut sample = Sample::new();
        sample.diagnostics.clear();
        let report = sample.report(Format::Junit);
        assert!(report.contains("tests=\"2\" failures=\"0\""), "{report}");
        let case = "<testcase name=\"listwright\" classname=\"README.md\"/>";
        assert!(report.contains(case), "{report}");
    }

    #[test]
    fn text_of_a_list_ends_no_element() {
        let report = Sample::hostile().report(Format::Junit);
        assert_eq!(report.matches("</testsuite>").count(), 2, "{report}");
        assert!(!report.contains("]]>"), "{report}");
        assert!(!report.contains("<script"), "{report}");
    }
}
