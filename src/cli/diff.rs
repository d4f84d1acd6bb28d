//! `diff`: what changed between two states of a list, told by entries.

use std::path::Path;

use clap::{Args, ValueEnum};

use super::trouble::shown;
use super::{CLEAN, FINDINGS, Global, Trouble, files, git};
use crate::diff::diff;
use crate::list::List;
use crate::report::changes;
use crate::source::FileId;

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffCommand {
    /// The old state: a file, or `REV:PATH` of git
    old: String,
    /// The new state: a file, or `REV:PATH` of git
    new: String,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output_format: Form,
    /// Exit with 1 if anything changed
    #[arg(long)]
    exit_code: bool,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Form {
    /// A line for each change
    #[default]
    Full,
    /// Markdown, for release notes or a comment
    Markdown,
    /// JSON
    Json,
}

pub(super) fn run(command: &DiffCommand, _global: &Global) -> Result<u8, Trouble> {
    let old = read(FileId(0), &command.old)?;
    let new = read(FileId(1), &command.new)?;
    let diff = diff(&old, &new);
    let mut out = std::io::stdout().lock();
    match command.output_format {
        Form::Full => changes::write(&diff, &mut out)?,
        Form::Markdown => changes::write_markdown(&diff, &mut out)?,
        Form::Json => changes::write_json(&diff, &mut out)?,
    }
    let fails = command.exit_code && !diff.entries.is_empty();
    Ok(if fails { FINDINGS } else { CLEAN })
}

/// A file, or the file of a revision.
fn read(id: FileId, given: &str) -> Result<List, Trouble> {
    let path = Path::new(given);
    if let Some((revision, path)) = given.split_once(':')
        && !Path::new(given).exists()
    {
        let path = Path::new(path);
        let bytes = git::file_at(revision, path)?.ok_or_else(|| {
            Trouble::new(format!(
                "`{}` is not in the revision `{revision}`",
                shown(path)
            ))
        })?;
        return files::parse(files::text(id, given, bytes)?);
    }
    files::list(id, path)
}
