//! What was understood of lists: a table for people, the entries as CSV, and the whole model as
//! JSON.

mod csv;
mod json;
mod model;

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{neutral, text};
use crate::inspect::{Convention, Inspection, SectionCount};
use crate::list::{List, SectionKind};

pub use csv::write as write_csv;
pub use json::{json_schema, write as write_json};

/// One list and what was understood of it.
#[derive(Clone, Copy)]
pub struct Inspected<'a> {
    /// The list.
    pub list: &'a List,
    /// What was understood.
    pub inspection: &'a Inspection,
}

/// Writes a table for people: sections, entries, conventions, and where the external links stand.
///
/// # Errors
/// Those of `out`.
pub fn write(lists: &[Inspected<'_>], out: &mut dyn Write) -> io::Result<()> {
    for (at, Inspected { list, inspection }) in lists.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let path = neutral::path(list.source.name());
        match &inspection.title {
            Some(title) => writeln!(out, "{path}: {}", neutral::line(title))?,
            None => writeln!(out, "{path}")?,
        }
        entries(inspection, out)?;
        sections(&inspection.sections, out)?;
        conventions(&inspection.conventions, out)?;
        coverage(list, inspection, out)?;
    }
    Ok(())
}

fn entries(inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    let count = &inspection.entries;
    let named = |count: u32, one: &str, many: &str| text::plural(count as usize, one, many);
    let mut parts = vec![named(count.works, "work", "works")];
    for (count, one, many) in [
        (count.groups, "group", "groups"),
        (count.remarks, "remark", "remarks"),
        (
            count.pointers,
            "pointer to other places",
            "pointers to other places",
        ),
    ] {
        if count > 0 {
            parts.push(named(count, one, many));
        }
    }
    writeln!(out, "\nEntries: {}", parts.join(", "))?;
    let shapes: Vec<String> = [
        (count.items, "in items"),
        (count.rows, "in table rows"),
        (count.html, "in HTML"),
        (count.headings, "in headings"),
        (count.paragraphs, "in paragraphs"),
    ]
    .iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, place)| format!("{count} {place}"))
    .collect();
    if !shapes.is_empty() {
        writeln!(out, "         {}", shapes.join(", "))?;
    }
    writeln!(
        out,
        "         {} with a description, nested {} deep",
        count.described, count.nesting
    )
}

fn sections(sections: &[SectionCount], out: &mut dyn Write) -> io::Result<()> {
    if sections.is_empty() {
        return Ok(());
    }
    let rows: Vec<[String; 4]> = sections
        .iter()
        .map(|section| {
            let indent = "  ".repeat(usize::from(section.depth.min(8)));
            let title = match section.title.as_str() {
                "" => "(before the first heading)",
                title => title,
            };
            let kind = match section.kind {
                SectionKind::Entries => "",
                SectionKind::Contents => "contents",
                SectionKind::Meta => "about the list",
            };
            [
                format!("{indent}{}", neutral::line(title)),
                section.works.to_string(),
                section.nesting.to_string(),
                format!("{}\t{kind}", section.line),
            ]
        })
        .collect();
    let heads = ["Section", "Works", "Depth"];
    let widths: Vec<usize> = (0..3)
        .map(|column| {
            let cells = rows.iter().map(|row| row[column].width());
            cells.max().unwrap_or(0).max(heads[column].width())
        })
        .collect();
    writeln!(
        out,
        "\n{}  {:>w1$}  {:>w2$}  Line",
        pad(heads[0], widths[0]),
        heads[1],
        heads[2],
        w1 = widths[1],
        w2 = widths[2]
    )?;
    for [title, works, nesting, rest] in &rows {
        let (line, kind) = rest.split_once('\t').unwrap_or((rest, ""));
        let row = format!(
            "{}  {works:>w1$}  {nesting:>w2$}  {line:>4}  {kind}",
            pad(title, widths[0]),
            w1 = widths[1],
            w2 = widths[2]
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}

/// `text` with spaces behind it up to `width` columns.
fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn conventions(conventions: &[Convention], out: &mut dyn Write) -> io::Result<()> {
    if conventions.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nConventions")?;
    let names = conventions.iter().map(|one| one.name.width());
    let ways = conventions
        .iter()
        .map(|one| neutral::line(&one.way).width());
    let (name_width, way_width) = (names.max().unwrap_or(0), ways.max().unwrap_or(0));
    for convention in conventions {
        writeln!(
            out,
            "  {}  {}  {:>3} % of {}",
            pad(convention.name, name_width),
            pad(&neutral::line(&convention.way), way_width),
            (convention.share() * 100.0).floor(),
            convention.total
        )?;
    }
    Ok(())
}

fn coverage(list: &List, inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    let coverage = &inspection.coverage;
    let total = text::plural(
        coverage.external as usize,
        "external link",
        "external links",
    );
    writeln!(out, "\n{total}")?;
    for (count, place) in [
        (coverage.in_entries, "in entries"),
        (coverage.badges, "around badges and other images"),
        (coverage.in_headings, "in headings"),
        (coverage.in_contents, "in tables of contents"),
        (coverage.in_prose, "in prose"),
        (coverage.not_understood(), "in places not understood"),
    ] {
        if count > 0 {
            let share = f64::from(count) * 100.0 / f64::from(coverage.external.max(1));
            writeln!(out, "  {count:>6}  {share:>5.1} %  {place}")?;
        }
    }
    let path = neutral::path(list.source.name());
    for place in &coverage.unread {
        let shown = neutral::line(list.slice(place.span).trim());
        let short: String = shown.chars().take(60).collect();
        writeln!(out, "  {path}:{}: {}: {short}", place.line, place.reason)?;
    }
    Ok(())
}
