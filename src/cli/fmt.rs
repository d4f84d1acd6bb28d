//! `fmt`: lists in their canonical layout.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::check::SelectArguments;
use super::configure::{self, ConfigArguments};
use super::{CLEAN, FINDINGS, Global, TROUBLE, Trouble, color, files, tell};
use crate::format::{EntryOrder, Options, formatted};
use crate::list::List;
use crate::report::diff;
use crate::source::FileId;

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct Fmt {
    /// Lists, or folders that hold lists; `-` reads the standard input and writes the standard output
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Write nothing; exit with 1 if a list is not in its layout
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    diff: bool,
    /// Sort the entries of each section
    #[arg(long)]
    sort: bool,
    /// Exit with 1 if a list was changed
    #[arg(long)]
    exit_non_zero_on_format: bool,
    /// The name of the list that is read from the standard input
    #[arg(long, value_name = "PATH", default_value = "stdin.md")]
    stdin_filename: String,
    #[command(flatten)]
    config: ConfigArguments,
    #[command(flatten)]
    select: SelectArguments,
}

/// What became of one list.
struct Done {
    name: String,
    changed: bool,
    patch: String,
}

pub(super) fn run(command: &Fmt, global: &Global) -> Result<u8, Trouble> {
    let stdin = command.paths.iter().any(|path| path.as_os_str() == "-");
    let start = match stdin {
        true => Path::new(&command.stdin_filename),
        false => command
            .paths
            .first()
            .map_or(Path::new("."), PathBuf::as_path),
    };
    let loaded = configure::load(&command.config, start)?;
    let mut options = loaded.config.style.clone();
    if command.sort {
        options.order = Some(EntryOrder::Alphabetical);
    }
    if stdin {
        return standard_input(command, &options, global);
    }
    let selection = command.select.with(&loaded.config.files);
    let (found, mut troubles) = files::find(&command.paths, &selection);
    let color = color::style(global.color).color;
    let results: Vec<Result<Option<Done>, Trouble>> = found
        .par_iter()
        .enumerate()
        .map(|(index, file)| one(command, &options, FileId(index as u32), file, color))
        .collect();
    let mut done = Vec::new();
    for result in results {
        match result {
            Ok(one) => done.extend(one),
            Err(trouble) => troubles.push(trouble),
        }
    }
    let changed = report(command, &done, !troubles.is_empty())?;
    for trouble in &troubles {
        tell(trouble);
    }
    let fails = changed && (command.check || command.diff || command.exit_non_zero_on_format);
    Ok(match (troubles.is_empty(), fails) {
        (false, _) => TROUBLE,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    })
}

fn one(
    command: &Fmt,
    options: &Options,
    id: FileId,
    file: &files::Found,
    color: bool,
) -> Result<Option<Done>, Trouble> {
    let list = files::within_limits(List::parse_with_rendering(files::read(id, &file.path)?))?;
    if !file.named && list.entries.is_empty() {
        return Ok(None);
    }
    let text = text(&list, options)?;
    let mut done = Done {
        name: list.source.name().to_owned(),
        changed: text.is_some(),
        patch: String::new(),
    };
    let Some(text) = text else {
        return Ok(Some(done));
    };
    if command.diff {
        let mut patch = Vec::new();
        diff::write(&done.name, list.source.text(), &text, color, &mut patch)?;
        done.patch = String::from_utf8_lossy(&patch).into_owned();
    } else if !command.check {
        files::overwrite(&file.path, &list.source, &text)?;
    }
    Ok(Some(done))
}

/// The list in its layout, where that differs.
fn text(list: &List, options: &Options) -> Result<Option<String>, Trouble> {
    formatted(list, options).map_err(|loss| {
        let name = super::trouble::shown(Path::new(list.source.name()));
        Trouble::new(format!("`{name}`: {loss}"))
            .hint("https://github.com/listwright/listwright/issues")
    })
}

fn standard_input(command: &Fmt, options: &Options, global: &Global) -> Result<u8, Trouble> {
    let source = files::read_stdin(FileId(0), &command.stdin_filename)?;
    let list = files::within_limits(List::parse_with_rendering(source))?;
    let text = text(&list, options)?;
    let before = list.source.text();
    let after = text.as_deref().unwrap_or(before);
    let mut out = std::io::stdout().lock();
    if command.diff {
        let color = color::style(global.color).color;
        diff::write(list.source.name(), before, after, color, &mut out)?;
    } else if !command.check {
        let bom = if list.source.bom() { "\u{feff}" } else { "" };
        write!(out, "{bom}{after}")?;
    }
    let fails = text.is_some() && (command.check || command.diff);
    Ok(if fails { FINDINGS } else { CLEAN })
}

/// Tells what was done; whether any list was changed or would be. `in_trouble` says that some files
/// could not be formatted.
fn report(command: &Fmt, done: &[Done], in_trouble: bool) -> Result<bool, Trouble> {
    let mut out = std::io::stdout().lock();
    let changed: Vec<&Done> = done.iter().filter(|one| one.changed).collect();
    if command.diff {
        for one in &changed {
            write!(out, "{}", one.patch)?;
        }
        return Ok(!changed.is_empty());
    }
    let verb = if command.check {
        "Would format"
    } else {
        "Formatted"
    };
    for one in &changed {
        writeln!(
            out,
            "{verb} {}",
            super::trouble::shown(Path::new(&one.name))
        )?;
    }
    let count = match (changed.len(), done.len()) {
        // What was wrong with all of them is told beside this.
        (0, 0) if in_trouble => return Ok(false),
        (0, 0) => "No file holds a list".to_owned(),
        (0, 1) => "The list is in its layout".to_owned(),
        (0, lists) => format!("All {lists} lists are in their layout"),
        (changed, lists) => format!("{verb} {changed} of {lists} lists"),
    };
    writeln!(out, "{count}")?;
    Ok(!changed.is_empty())
}
