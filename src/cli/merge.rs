//! `merge`: several lists into one.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::configure::{self, ConfigArguments};
use super::progress::Progress;
use super::{CLEAN, FINDINGS, Global, TROUBLE, Trouble, color, files, tell};
use crate::config::decisions::{Decided, FILE_NAME};
use crate::list::List;
use crate::merge::{FurtherLinks, Merge, Options, Stage, Unmatched, into, merge_watched, review};
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
    /// Put the new entries of the other lists into this one, in its own style, and change nothing
    /// else of it
    #[arg(long, value_name = "BASE", conflicts_with = "numbered")]
    into: Option<PathBuf>,
    /// Write every decision, kept entries included, to this file: as JSON, or as a Markdown page
    /// where its name ends in `.md`
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write which list each entry came from to this file, as JSON
    #[arg(long, value_name = "FILE")]
    provenance: Option<PathBuf>,
    /// Write behind each item, as a comment, from which lists it came
    #[arg(long)]
    provenance_comments: bool,
    /// Read what was decided from this file [default: listwright.decisions.toml beside the first
    /// list, where it is there]
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Write the questions that are open into the decisions file, to be answered there
    #[arg(long)]
    review: bool,
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
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change in the output
    #[arg(long)]
    diff: bool,
    /// Show the figures only, not each decision
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    config: ConfigArguments,
}

pub(super) fn run(command: &MergeCommand, global: &Global) -> Result<u8, Trouble> {
    let paths = command.paths();
    let start = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let loaded = configure::load(&command.config, start)?;
    let mut options = options(command, loaded.config.merge.clone());
    let decisions = decide(command, start, &mut options)?;
    let selection = files::Selection {
        exclude: loaded.config.files.exclude.clone(),
        include: loaded.config.files.include.clone(),
        force_exclude: false,
    };
    let progress = Progress::new();
    let (lists, troubles) = read(&paths, &selection, &progress);
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
    let entries: usize = lists.iter().map(|list| list.entries.len()).sum();
    let watch = |stage| progress.say(&told(stage, entries, lists.len()));
    let merged = match command.into {
        Some(_) => into(&lists, &options).merge,
        None => merge_watched(&lists, &options, &watch),
    };
    drop(progress);
    refuse_unmatched(&merged, &options)?;
    let sources = Sources::new(lists.iter().map(|list| &list.source));
    let changed = write(command, &merged, global)?;
    write_reports(command, &merged, &sources)?;
    if command.review {
        files::write(&decisions, &review::form(&merged, &lists, &options), false)?;
    }
    tell_decisions(command, &merged, &sources, global)?;
    let stale = changed && (command.check || command.diff);
    // The system takes the memory back at once; piece by piece that takes seconds for millions.
    drop(sources);
    std::mem::forget((lists, merged));
    Ok(if stale { FINDINGS } else { CLEAN })
}

/// What is said while a stage lasts.
fn told(stage: Stage, entries: usize, lists: usize) -> String {
    match stage {
        Stage::Know => format!("reading entries of {lists} lists"),
        Stage::Compare => format!("comparing {entries} entries"),
        Stage::Place => format!("placing {entries} entries"),
        Stage::Write => "writing the merged list".to_owned(),
        Stage::Tell => "putting the decisions together".to_owned(),
    }
}

/// The options of the configuration, changed by the arguments.
fn options(command: &MergeCommand, mut options: Options) -> Options {
    options.numbered |= command.numbered;
    options.provenance |= command.provenance_comments;
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
pub(super) fn read(
    paths: &[PathBuf],
    selection: &files::Selection,
    progress: &Progress,
) -> (Vec<List>, Vec<Trouble>) {
    let (found, mut troubles) = files::find(paths, selection);
    let read: Vec<Result<List, Trouble>> = found
        .par_iter()
        .enumerate()
        .map(|(index, file)| {
            let mut list = files::list(FileId(index as u32), &file.path)?;
            let_go(&mut list);
            progress.step("reading lists:", found.len());
            Ok(list)
        })
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

/// Gives memory back that a list took while it was read, and that millions of entries would feel.
fn let_go(list: &mut List) {
    list.entries.shrink_to_fit();
    list.links.shrink_to_fit();
    list.items.shrink_to_fit();
    list.blocks.shrink_to_fit();
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

impl MergeCommand {
    /// The lists in their order of precedence.
    fn paths(&self) -> Vec<PathBuf> {
        self.into.iter().chain(&self.lists).cloned().collect()
    }

    /// The file that takes the merged list, if one does.
    fn target(&self) -> Option<&PathBuf> {
        self.output.as_ref().or(self.into.as_ref())
    }
}

/// Reads what was decided into `options`; gives the file that decisions are kept in.
fn decide(command: &MergeCommand, start: &Path, options: &mut Options) -> Result<PathBuf, Trouble> {
    let beside = || start.parent().unwrap_or(Path::new("")).join(FILE_NAME);
    let path = command.decisions.clone().unwrap_or_else(beside);
    if command.decisions.is_none() && !path.is_file() || command.review && !path.exists() {
        return Ok(path);
    }
    let source = files::read(FileId(0), &path)?;
    let decided =
        Decided::parse(source.text()).map_err(|faults| configure::refuse(&source, &faults))?;
    options.decisions = decided.decisions;
    options.sections.extend(decided.sections);
    Ok(path)
}

/// Writes the report and the provenance where they were asked for.
fn write_reports(
    command: &MergeCommand,
    merged: &Merge,
    sources: &Sources<'_>,
) -> Result<(), Trouble> {
    if let Some(path) = &command.report {
        let mut text = Vec::new();
        match path.extension().is_some_and(|ending| ending == "md") {
            true => report::markdown::write(merged, sources, &mut text)?,
            false => report::json::write(merged, sources, &mut text)?,
        }
        files::write(path, &String::from_utf8_lossy(&text), false)?;
    }
    if let Some(path) = &command.provenance {
        let mut text = Vec::new();
        report::provenance::write(merged, sources, &mut text)?;
        files::write(path, &String::from_utf8_lossy(&text), false)?;
    }
    Ok(())
}

/// Writes the merged list where it was asked for; whether it differs from what was there.
fn write(command: &MergeCommand, merged: &Merge, global: &Global) -> Result<bool, Trouble> {
    let Some(path) = command.target() else {
        if command.check || command.diff {
            return Err(
                Trouble::new("there is nothing to compare the merged list with")
                    .hint("name the file with `--output`"),
            );
        }
        std::io::stdout()
            .lock()
            .write_all(merged.text().as_bytes())?;
        return Ok(true);
    };
    // A pipe or a device is written to, and never read.
    let old = match path.is_file() {
        true => Some(files::read_before(merged.text(), path)?),
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
    let beside = command.target().is_none() || command.diff;
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
