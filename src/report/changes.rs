//! What changed between two states of a list, for people, as Markdown and as JSON.

use std::io;

use serde::Serialize;

use super::{markdown, neutral, text::plural, wire};
use crate::diff::{Change, Diff, EntryDiff, Side};

/// The kinds of change with their headings, in the order in which they are told.
const KINDS: [(Change, &str); 6] = [
    (Change::Added, "Added"),
    (Change::Removed, "Removed"),
    (Change::Moved, "Moved"),
    (Change::Renamed, "Renamed"),
    (Change::Retargeted, "Retargeted"),
    (Change::Edited, "Edited"),
];

/// Writes the changes for a person: a line each, then the figures.
///
/// # Errors
/// Those of `out`.
pub fn write(diff: &Diff, out: &mut dyn io::Write) -> io::Result<()> {
    for (change, _) in KINDS {
        for entry in diff.of(change) {
            let detail = neutral::line(&detail(entry, change)).into_owned();
            let title = neutral::line(&entry.title).into_owned();
            writeln!(out, "{:10} {title}{detail}", change.name())?;
        }
    }
    writeln!(out, "{}", summary(diff))
}

/// Writes the changes as Markdown, for release notes or the comment on a pull request.
///
/// # Errors
/// Those of `out`.
pub fn write_markdown(diff: &Diff, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}.", summary(diff))?;
    for (change, heading) in KINDS {
        let mut entries = diff.of(change).peekable();
        if entries.peek().is_none() {
            continue;
        }
        writeln!(out, "\n### {heading}\n")?;
        for entry in entries {
            let title = markdown::escaped(&entry.title);
            writeln!(
                out,
                "- {title}{}",
                markdown::escaped(&detail(entry, change))
            )?;
        }
    }
    Ok(())
}

/// What a line says of a change besides the title.
fn detail(entry: &EntryDiff, change: Change) -> String {
    let (old, new) = (entry.old.as_ref(), entry.new.as_ref());
    let section = |side: Option<&Side>| side.map_or(String::new(), |side| side.section.join(" > "));
    let title = |side: Option<&Side>| side.map_or(String::new(), |side| side.title.clone());
    let url = |side: Option<&Side>| {
        side.and_then(|side| side.url.clone())
            .unwrap_or_else(|| "no link".to_owned())
    };
    match change {
        Change::Added => format!(" ({})", section(new)),
        Change::Removed => format!(" ({})", section(old)),
        Change::Moved => format!(": {} → {}", section(old), section(new)),
        Change::Renamed => format!(": was {}", title(old)),
        Change::Retargeted => format!(": {} → {}", url(old), url(new)),
        Change::Edited => String::new(),
    }
}

/// The figures in one line.
fn summary(diff: &Diff) -> String {
    let counts: Vec<String> = KINDS
        .iter()
        .map(|(change, _)| (diff.of(*change).count(), change.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    let unchanged = plural(diff.unchanged, "entry", "entries");
    match counts.is_empty() {
        true => format!("No entry changed; {unchanged} in all"),
        false => format!("{}; {unchanged} unchanged", counts.join(", ")),
    }
}

#[derive(Serialize)]
struct Row<'a> {
    title: &'a str,
    changes: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Half<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Half<'a>>,
}

#[derive(Serialize)]
struct Half<'a> {
    title: &'a str,
    section: &'a [String],
    url: Option<&'a str>,
}

fn half(side: &Option<Side>) -> Option<Half<'_>> {
    side.as_ref().map(|side| Half {
        title: &side.title,
        section: &side.section,
        url: side.url.as_deref(),
    })
}

/// Writes the changes as a JSON array.
///
/// # Errors
/// Those of `out`.
pub fn write_json(diff: &Diff, out: &mut dyn io::Write) -> io::Result<()> {
    let rows: Vec<Row<'_>> = diff
        .entries
        .iter()
        .map(|entry| Row {
            title: &entry.title,
            changes: entry.changes.iter().map(|change| change.name()).collect(),
            old: half(&entry.old),
            new: half(&entry.new),
        })
        .collect();
    wire::write(&rows, out)
}
