//! The rules themselves, as JSON, for tools that show or choose them.

use std::io;

use serde::Serialize;

use super::{RuleInfo, wire};

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    summary: &'a str,
    /// `off` when the rule is off unless configured.
    level: &'a str,
    fixable: bool,
    url: &'a str,
}

/// Writes `rules` as a JSON array.
///
/// # Errors
/// Those of `out`.
pub fn write(rules: &[RuleInfo], out: &mut dyn io::Write) -> io::Result<()> {
    let rows: Vec<Row<'_>> = rules
        .iter()
        .map(|rule| Row {
            name: rule.name,
            summary: &rule.summary,
            level: rule.severity.map_or("off", |severity| severity.name()),
            fixable: rule.fixable,
            url: &rule.url,
        })
        .collect();
    wire::write(&rows, out)
}
