//! The summary of a GitHub job: a table by rule and all findings, as Markdown.
//!
//! Text of lists is written in character references, so that it is neither markup nor HTML, links
//! nowhere and mentions no one.

use std::io;

use super::markdown::escaped;
use super::statistics::{RuleCounts, by_rule};
use super::uri::percent_encoded;
use super::{Findings, RuleInfo, fix_mark, text};
use crate::diagnostic::Diagnostic;

/// Bytes that are written at most; GitHub refuses a summary of more than 1 MiB.
pub const MOST_BYTES: usize = 1_000_000;
/// Bytes that a patch may take of them.
const LONGEST_PATCH: usize = 400_000;
/// Characters of a message that are shown.
const LONGEST_MESSAGE: usize = 1_000;

/// What a summary shows besides the findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// Where the files can be seen, up to their paths:
    /// `https://github.com/owner/name/blob/commit`.
    pub files_url: Option<&'a str>,
    /// What the safe fixes would change, as [`super::diff`] writes it.
    pub patch: Option<&'a str>,
}

/// Writes the summary, at most [`MOST_BYTES`] long; findings that do not fit are counted.
///
/// # Errors
/// Those of `out`.
pub fn write(
    findings: &Findings<'_>,
    extras: &Extras<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut page = format!(
        "## Listwright\n\n{}\n",
        escaped(&text::summary(&findings.tally()))
    );
    if !findings.diagnostics.is_empty() {
        page.push_str("\n| Rule | Errors | Warnings | Advice | Can be fixed | What it finds |\n");
        page.push_str("|:--|--:|--:|--:|--:|:--|\n");
        for counts in by_rule(findings.diagnostics) {
            page.push_str(&rule_row(findings.rule(counts.rule), &counts));
        }
    }
    if let Some(patch) = extras.patch.filter(|patch| !patch.is_empty()) {
        page.push_str(&patch_block(patch));
    }
    if !findings.diagnostics.is_empty() {
        push_findings(findings, extras, &mut page);
    }
    out.write_all(page.as_bytes())
}

fn rule_row(rule: Option<&RuleInfo>, RuleCounts { rule: name, counts }: &RuleCounts) -> String {
    let (link, summary) = match rule {
        Some(rule) => (format!("[{name}]({})", rule.url), escaped(&rule.summary)),
        None => ((*name).to_owned(), String::new()),
    };
    let fixable = counts.safe + counts.needing_review;
    let (errors, warnings, advice) = (counts.errors, counts.warnings, counts.advice);
    format!("| {link} | {errors} | {warnings} | {advice} | {fixable} | {summary} |\n")
}

fn push_findings(findings: &Findings<'_>, extras: &Extras<'_>, page: &mut String) {
    const ROOM_FOR_THE_REST: usize = 200;
    page.push_str("\n### Findings\n\n| Place | Severity | Rule | Message |\n|:--|:--|:--|:--|\n");
    let mut left = findings.diagnostics.len();
    for diagnostic in findings.diagnostics {
        let row = finding_row(findings, extras, diagnostic);
        if page.len() + row.len() + ROOM_FOR_THE_REST > MOST_BYTES {
            break;
        }
        page.push_str(&row);
        left -= 1;
    }
    if left > 0 {
        let more = text::plural(left, "more finding", "more findings");
        page.push_str(&format!("\n{more} found no room here; the log has them.\n"));
    }
}

fn finding_row(findings: &Findings<'_>, extras: &Extras<'_>, diagnostic: &Diagnostic) -> String {
    let place = match findings.sources.place(diagnostic.span) {
        None => String::new(),
        Some(place) => {
            let line = place.start.line;
            let shown = escaped(&format!("{}:{line}", place.path));
            match extras.files_url {
                None => shown,
                Some(base) => {
                    let path = percent_encoded(place.path);
                    let base = base.trim_end_matches('/');
                    format!("[{shown}]({base}/{path}?plain=1#L{line})")
                }
            }
        }
    };
    let message = super::excerpt::cut(&diagnostic.message, LONGEST_MESSAGE);
    let mark = escaped(fix_mark(diagnostic));
    let (severity, rule) = (diagnostic.severity.name(), diagnostic.rule);
    format!(
        "| {place} | {severity} | {rule} | {}{mark} |\n",
        escaped(&message)
    )
}

/// The patch in a fence longer than any in it.
fn patch_block(patch: &str) -> String {
    if patch.len() > LONGEST_PATCH {
        return "\nThe patch with the safe fixes is too long for this page.\n".to_owned();
    }
    let mut longest = 0;
    let mut run = 0;
    for character in patch.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if patch.ends_with('\n') { "" } else { "\n" };
    format!(
        "\n<details><summary>What the safe fixes would change</summary>\n\n\
         {fence}diff\n{patch}{end}{fence}\n\n</details>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{HOSTILE, Sample, assert_harmless, written};
    use super::*;

    fn summary(sample: &Sample, extras: &Extras<'_>) -> String {
        sample.with(|findings| written(|out| write(findings, extras, out)))
    }

    #[test]
    fn rules_and_findings_are_tables() {
        let extras = Extras {
            files_url: Some("https://github.com/o/r/blob/abc/"),
            patch: Some("--- a\n+++ b\n+````\n"),
        };
        let page = summary(&Sample::new(), &extras);
        for part in [
            "| [duplicate-link](https://example.org/docs/rules/duplicate-link.md) | 1 | 0 | 0 | 1 | What duplicate-link finds |\n",
            "| [docs/more lists&#46;md&#58;1](https://github.com/o/r/blob/abc/docs/more%20lists.md?plain=1#L1) | advice | missing-title | the list has no title |\n",
            "`````diff\n--- a\n+++ b\n+````\n`````\n",
            "| warning | numbering | numbers run wrong &#91;&#42;&#93; |\n",
        ] {
            assert!(page.contains(part), "{part} is not in\n{page}");
        }
    }

    #[test]
    fn a_list_adds_no_markup() {
        let page = summary(&Sample::hostile(), &Extras::default());
        assert_harmless("summary", &page, |_| false);
        for markup in [
            "<script",
            "</details",
            "[link]",
            "@someone",
            "https://evil",
            "`",
        ] {
            assert!(!page.contains(markup), "{markup} is in\n{page}");
        }
        let rows = page.lines().filter(|line| line.contains("stop-commands"));
        assert_eq!(rows.count(), 2, "{page}");
        for line in page.lines().filter(|line| line.contains("stop-commands")) {
            assert_eq!(line.matches('|').count(), 5, "{line}");
        }
        assert!(escaped(HOSTILE).contains("&#60;script&#62;"));
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let mut sample = Sample::new();
        let mut finding = sample.diagnostics[1].clone();
        finding.message = "<".repeat(2_000);
        sample.diagnostics = vec![finding; 400];
        let page = summary(&sample, &Extras::default());
        assert!(page.len() <= MOST_BYTES);
        let rows = page.matches("| warning |").count();
        let rest = format!("{} more findings found no room here", 400 - rows);
        assert!(page.contains(&rest), "{rows} rows");
    }
}
