//! Findings as GitLab's code quality report.

use std::io;

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::{Findings, neutral, wire};
use crate::diagnostic::Severity;

/// Writes one object for each finding. A finding without a known file is placed in line 1 of no
/// path, since GitLab asks for a place.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let names = fingerprints(findings.sources, findings.diagnostics);
    let with_names = findings.diagnostics.iter().zip(names);
    let issues: Vec<Value> = with_names
        .map(|(diagnostic, name)| {
            let place = findings.sources.place(diagnostic.span);
            let (path, begin, end) = place.map_or(("", 1, 1), |place| {
                (place.path, place.start.line, place.end.line)
            });
            json!({
                "description": neutral::line(&diagnostic.message),
                "check_name": diagnostic.rule,
                "fingerprint": name.to_string(),
                "severity": match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Advice => "info",
                },
                "location": { "path": path, "lines": { "begin": begin, "end": end } },
            })
        })
        .collect();
    wire::write(&issues, out)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::Sample;
    use super::*;

    #[test]
    fn a_finding_has_a_place_and_a_fingerprint() {
        let text = Sample::new().report(Format::Gitlab);
        let mut issues: Value = serde_json::from_str(&text).expect("JSON");
        let fingerprints: Vec<Value> = (0..3)
            .map(|index| issues[index]["fingerprint"].take())
            .collect();
        assert_ne!(fingerprints[0], fingerprints[1]);
        assert_eq!(
            issues[2],
            json!({
                "description": "the list has no title",
                "check_name": "missing-title",
                "fingerprint": null,
                "severity": "info",
                "location": { "path": "docs/more lists.md", "lines": { "begin": 1, "end": 1 } },
            })
        );
    }
}
