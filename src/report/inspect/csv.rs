//! The entries as CSV (RFC 4180), one line each, for spreadsheets and scripts.

use std::io::{self, BufWriter, Write};

use super::super::neutral;
use super::Inspected;
use super::model::{note_kind, role_name, separator_kind};
use crate::list::{Entry, List, NoteKind};

/// The names of the columns, in their order.
const COLUMNS: &[&str] = &[
    "list",
    "line",
    "section",
    "role",
    "depth",
    "title",
    "url",
    "separator",
    "description",
    "year",
    "authors",
    "notes",
];

/// Writes the entries of all lists, the names of the columns first.
///
/// A field that a spreadsheet would take for a formula gets an apostrophe before it.
///
/// # Errors
/// Those of `out`.
pub fn write(lists: &[Inspected<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    row(COLUMNS.iter().copied(), &mut out)?;
    for Inspected { list, .. } in lists {
        for (_, entry) in list.entries() {
            let fields = fields(list, entry);
            row(fields.iter().map(String::as_str), &mut out)?;
        }
    }
    out.flush()
}

fn fields(list: &List, entry: &Entry) -> Vec<String> {
    let slice = |span| list.slice(span).to_owned();
    let noted = |wanted: NoteKind| {
        let notes = entry.notes.iter().filter(|note| note.kind == wanted);
        let texts: Vec<&str> = notes.map(|note| list.slice(note.span)).collect();
        texts.join("; ")
    };
    let others: Vec<String> = entry
        .notes
        .iter()
        .filter(|note| !matches!(note.kind, NoteKind::Year | NoteKind::Authors))
        .map(|note| format!("{}: {}", note_kind(note.kind), list.slice(note.span)))
        .collect();
    vec![
        list.source.name().to_owned(),
        list.source.line(entry.span.start).to_string(),
        list.path(entry.section).join(" > "),
        role_name(entry.role).to_owned(),
        entry.depth.to_string(),
        entry
            .title
            .as_ref()
            .map_or(String::new(), |title| title.text.clone()),
        list.primary_link(entry)
            .map_or(String::new(), |link| link.url.clone()),
        entry
            .separator
            .map_or("", |separator| separator_kind(separator.kind))
            .to_owned(),
        entry.description.map(slice).unwrap_or_default(),
        noted(NoteKind::Year),
        noted(NoteKind::Authors),
        others.join("; "),
    ]
}

fn row<'f>(fields: impl Iterator<Item = &'f str>, out: &mut dyn Write) -> io::Result<()> {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        out.write_all(escaped(field).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// A field as CSV has it: harmless to spreadsheets, and quoted where it must be.
fn escaped(field: &str) -> String {
    // OWASP's rule for CSV injection: these begin a formula, also behind white space.
    let formula =
        field.trim_start().starts_with(['=', '+', '-', '@']) || field.starts_with(['\t', '\r']);
    // A line that is looked at in a terminal or a log must not steer it.
    let shown = neutral::line(field);
    let safe = match formula {
        true => format!("'{shown}"),
        false => shown.into_owned(),
    };
    match safe.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", safe.replace('"', "\"\"")),
        false => safe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless() {
        assert_eq!(escaped("=1+2"), "'=1+2");
        assert_eq!(escaped(" @SUM(A1)"), "' @SUM(A1)");
        assert_eq!(escaped("-a, \"b\""), "\"'-a, \"\"b\"\"\"");
        assert_eq!(escaped("a-b"), "a-b");
    }
}
