//! `merge`: several lists into one.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::configure::{self, ConfigArguments};
use super::{CLEAN, FINDINGS, Global, TROUBLE, Trouble, color, files, tell};
use crate::list::List;
use crate::merge::{FurtherLinks, Merge, Options, Unmatched, merge};
use crate::report::merge as report;
use crate::report::{Sources, diff};
use crate::source::FileId;

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeCommand {
    /// Lists, or folders that hold lists; their order is their precedence
    #[arg(required = true, value_name = "LIST")]
    lists: Vec<PathBuf>,
    /// Write the merged list to this file, whole or not at all; without it, to the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write every decision, kept entries included, to this file as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Number the entries, whatever the first list does
    #[arg(long)]
    numbered: bool,
    /// What becomes of sections that match none: append, inbox or error
    #[arg(long, value_name = "HOW", value_parser = ["append", "inbox", "error"])]
    unmatched: Option<String>,
    /// What becomes of further links of folded entries: keep or drop
    #[arg(long, value_name = "HOW", value_parser = ["keep", "drop"])]
    further_links: Option<String>,
    /// Write nothing; exit with 1 if the output is not what the merge would write
    #[arg(long, requires = "output")]
    check: bool,
    /// Write nothing; show what would change in the output
    #[arg(long, requires = "output")]
    diff: bool,
    /// Show the figures only, not each decision
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    config: ConfigArguments,
}

pub(super) fn run(command: &MergeCommand, global: &Global) -> Result<u8, Trouble> {
    let start = command
        .lists
        .first()
        .map_or(Path::new("."), PathBuf::as_path);
    let loaded = configure::load(&command.config, start)?;
    let options = options(command, loaded.config.merge.clone());
    let selection = files::Selection {
        exclude: loaded.config.files.exclude.clone(),
        include: loaded.config.files.include.clone(),
        force_exclude: false,
    };
    let (lists, troubles) = read(&command.lists, &selection);
    if !troubles.is_empty() {
        // A merge of some of the lists would lose the others in silence.
        for trouble in &troubles {
            tell(trouble);
        }
        tell(&Trouble::new(
            "nothing was merged, because not every list could be read",
        ));
        return Ok(TROUBLE);
    }
    let merged = merge(&lists, &options);
    refuse_unmatched(&merged, &options)?;
    let sources = Sources::new(lists.iter().map(|list| &list.source));
    let changed = write(command, &merged, global)?;
    if let Some(path) = &command.report {
        let mut text = Vec::new();
        report::json::write(&merged, &sources, &mut text)?;
        files::write(path, &String::from_utf8_lossy(&text), false)?;
    }
    tell_decisions(command, &merged, &sources, global)?;
    let stale = changed && (command.check || command.diff);
    Ok(if stale { FINDINGS } else { CLEAN })
}

/// The options of the configuration, changed by the arguments.
fn options(command: &MergeCommand, mut options: Options) -> Options {
    options.numbered |= command.numbered;
    match command.unmatched.as_deref() {
        Some("append") => options.unmatched = Unmatched::Append,
        Some("inbox") => options.unmatched = Unmatched::Inbox,
        Some("error") => options.unmatched = Unmatched::Error,
        _ => {}
    }
    match command.further_links.as_deref() {
        Some("keep") => options.further_links = FurtherLinks::Keep,
        Some("drop") => options.further_links = FurtherLinks::Drop,
        _ => {}
    }
    options
}

/// Reads the lists at `paths`.
pub(super) fn read(paths: &[PathBuf], selection: &files::Selection) -> (Vec<List>, Vec<Trouble>) {
    let (found, mut troubles) = files::find(paths, selection);
    let read: Vec<Result<List, Trouble>> = found
        .par_iter()
        .enumerate()
        .map(|(index, file)| Ok(List::parse(files::read(FileId(index as u32), &file.path)?)))
        .collect();
    let mut lists = Vec::new();
    for result in read {
        match result {
            Ok(list) => lists.push(list),
            Err(trouble) => troubles.push(trouble),
        }
    }
    (lists, troubles)
}

/// Stops where sections match none and the options ask to stop there.
fn refuse_unmatched(merged: &Merge, options: &Options) -> Result<(), Trouble> {
    if options.unmatched != Unmatched::Error {
        return Ok(());
    }
    let names: Vec<String> = merged
        .unmatched()
        .map(|section| format!("`{}`", section.from.join(" > ")))
        .collect();
    match names.is_empty() {
        true => Ok(()),
        false => Err(Trouble::new(format!(
            "no list before has these sections: {}",
            names.join(", ")
        ))
        .hint("name theirs under [merge.sections], or use `--unmatched append`")),
    }
}

/// Writes the merged list where it was asked for; whether it differs from what was there.
fn write(command: &MergeCommand, merged: &Merge, global: &Global) -> Result<bool, Trouble> {
    let Some(path) = &command.output else {
        std::io::stdout()
            .lock()
            .write_all(merged.text().as_bytes())?;
        return Ok(true);
    };
    let old = match path.exists() {
        true => Some(files::read(FileId(u32::MAX), path)?),
        false => None,
    };
    let before = old.as_ref().map_or("", |old| old.text());
    let changed = before != merged.text();
    if command.diff {
        let color = color::style(global.color).color;
        let mut out = std::io::stdout().lock();
        diff::write(&files::name(path), before, merged.text(), color, &mut out)?;
    } else if changed && !command.check {
        files::write(path, merged.text(), old.is_some_and(|old| old.bom()))?;
    }
    Ok(changed)
}

/// Tells the decisions: on the standard output, or beside it where that has the list.
fn tell_decisions(
    command: &MergeCommand,
    merged: &Merge,
    sources: &Sources<'_>,
    global: &Global,
) -> Result<(), Trouble> {
    let beside = command.output.is_none() || command.diff;
    let style = color::style_of(global.color, beside);
    let mut text = Vec::new();
    match command.quiet {
        true => writeln!(text, "{}", report::summary(merged))?,
        false => report::write(merged, sources, &style, &mut text)?,
    }
    match beside {
        true => std::io::stderr().lock().write_all(&text)?,
        false => std::io::stdout().lock().write_all(&text)?,
    }
    Ok(())
}
