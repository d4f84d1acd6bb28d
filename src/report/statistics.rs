//! How many findings there are of each rule.

use std::collections::BTreeMap;
use std::io;

use super::{Counts, Findings, text};
use crate::diagnostic::Diagnostic;

/// The findings of one rule, counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleCounts {
    /// The rule's name.
    pub rule: &'static str,
    /// How many findings there are of each kind.
    pub counts: Counts,
}

/// The counts of every rule that found something: the most first, equals by name.
pub fn by_rule(diagnostics: &[Diagnostic]) -> Vec<RuleCounts> {
    let mut rules: BTreeMap<&'static str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        rules.entry(diagnostic.rule).or_default().push(diagnostic);
    }
    let mut rules: Vec<RuleCounts> = rules
        .into_iter()
        .map(|(rule, diagnostics)| RuleCounts {
            rule,
            counts: Counts::of(diagnostics),
        })
        .collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.counts.total()));
    rules
}

/// Writes one line for each rule, `12  numbering  in 3 files, 10 can be fixed [*]`, and the line
/// that counts all.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let rules = by_rule(findings.diagnostics);
    let count_width = rules
        .first()
        .map_or(0, |most| most.counts.total().to_string().len());
    let name_width = rules.iter().map(|rule| rule.rule.len()).max().unwrap_or(0);
    for RuleCounts { rule, counts } in rules {
        let count = counts.total();
        let files = text::plural(counts.files, "file", "files");
        let safe = match counts.safe {
            0 => String::new(),
            safe => format!(", {safe} can be fixed [*]"),
        };
        let review = match counts.needing_review {
            0 => String::new(),
            review => format!(", {review} can be fixed unsafely [?]"),
        };
        writeln!(
            out,
            "{count:>count_width$}  {rule:<name_width$}  in {files}{safe}{review}"
        )?;
    }
    writeln!(out, "{}", text::summary(&findings.tally()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Sample, written};
    use super::*;

    #[test]
    fn rules_are_counted_the_most_first() {
        let mut sample = Sample::new();
        let more = sample.diagnostics[1].clone();
        sample.diagnostics.extend([more.clone(), more]);
        let report = sample.with(|findings| written(|out| write(findings, out)));
        assert_eq!(
            report,
            "3  numbering       in 1 file, 3 can be fixed [*]\n\
             1  duplicate-link  in 1 file, 1 can be fixed unsafely [?]\n\
             1  missing-title   in 1 file\n\
             Found 1 error, 3 warnings and 1 piece of advice in 2 files; \
             3 can be fixed with --fix [*], 1 more with --unsafe-fixes [?]\n"
        );
    }
}
