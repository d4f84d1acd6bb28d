//! One line for each finding: `path:line:column: severity[rule] message`.

use std::io;

use super::{Findings, fix_mark, neutral};

/// Writes one line for each finding, with `[*]` behind those that `--fix` mends and `[?]` behind
/// those that `--unsafe-fixes` does. The column counts characters.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for diagnostic in findings.diagnostics {
        if let Some(place) = findings.sources.place(diagnostic.span) {
            let path = neutral::path(place.path);
            write!(out, "{path}:{}:{}: ", place.start.line, place.start.column)?;
        }
        writeln!(
            out,
            "{}[{}] {}{}",
            diagnostic.severity.name(),
            diagnostic.rule,
            neutral::line(&diagnostic.message),
            fix_mark(diagnostic),
        )?;
    }
    Ok(())
}
