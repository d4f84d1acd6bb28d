//! A finding in words, for readers that have no place for labels.

use super::{Findings, neutral, text};
use crate::diagnostic::Diagnostic;

/// Further places that are named.
const MOST_PLACES: usize = 10;

/// What is wrong, where else it shows, what to do: a line each, harmless to show.
pub(super) fn lines(findings: &Findings<'_>, diagnostic: &Diagnostic) -> Vec<String> {
    let mut lines = vec![neutral::line(&diagnostic.message).into_owned()];
    if let Some(label) = &diagnostic.label {
        lines.push(format!("here: {}", neutral::line(label)));
    }
    for label in diagnostic.labels.iter().take(MOST_PLACES) {
        if let Some(place) = findings.sources.place(label.span) {
            let (path, line) = (neutral::path(place.path), place.start.line);
            lines.push(format!("{path}:{line}: {}", neutral::line(&label.message)));
        }
    }
    let more = diagnostic.labels.len().saturating_sub(MOST_PLACES);
    if more > 0 {
        let places = text::plural(more, "more place", "more places");
        lines.push(format!("and {places}"));
    }
    if let Some(help) = &diagnostic.help {
        lines.push(format!("help: {}", neutral::line(help)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::tests::Sample;
    use super::*;

    #[test]
    fn places_beyond_the_tenth_are_counted() {
        let mut sample = Sample::new();
        let label = sample.diagnostics[0].labels[0].clone();
        sample.diagnostics[0].labels = vec![label; 11];
        let lines = sample.with(|findings| lines(findings, &findings.diagnostics[0]));
        assert_eq!(lines.len(), 14);
        assert_eq!(lines[2], "README.md:3: first here");
        assert_eq!(
            lines[12..],
            ["and 1 more place", "help: Remove one of them"]
        );
    }
}
