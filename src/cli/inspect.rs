//! `inspect`: what was understood of lists.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::check::SelectArguments;
use super::progress::Progress;
use super::{CLEAN, Global, TROUBLE, Trouble, merge, tell};
use crate::inspect::inspect;
use crate::report::inspect::{Inspected, write, write_csv, write_json};

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// Lists, or folders that hold lists
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output_format: Form,
    #[command(flatten)]
    select: SelectArguments,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Form {
    /// A table for people
    #[default]
    Full,
    /// The whole model
    Json,
    /// The entries, a row each
    Csv,
}

pub(super) fn run(command: &Inspect, _global: &Global) -> Result<u8, Trouble> {
    let selection = command.select.with(&crate::config::Files::default());
    let (lists, troubles) = merge::read(&command.paths, &selection, &Progress::new());
    let inspections: Vec<_> = lists.iter().map(inspect).collect();
    let inspected: Vec<Inspected<'_>> = lists
        .iter()
        .zip(&inspections)
        .map(|(list, inspection)| Inspected { list, inspection })
        .collect();
    let mut out = std::io::stdout().lock();
    match command.output_format {
        Form::Full => write(&inspected, &mut out)?,
        Form::Json => write_json(&inspected, &mut out)?,
        Form::Csv => write_csv(&inspected, &mut out)?,
    }
    drop(out);
    for trouble in &troubles {
        tell(trouble);
    }
    Ok(if troubles.is_empty() { CLEAN } else { TROUBLE })
}
