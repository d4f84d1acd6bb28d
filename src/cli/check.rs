//! `check`: what is wrong with lists.

use std::path::PathBuf;

use clap::Args;

use super::fix::{self, Mode};
use super::{CLEAN, FINDINGS, Global, TROUBLE, Trouble, color, explain, files, tell};
use crate::diagnostic::Severity;
use crate::edit::Safety;
use crate::list::List;
use crate::report::{self, Findings, Format, Sources};
use crate::rules::{Options, Preset, check};
use crate::source::FileId;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Lists, or folders that hold lists; `-` reads the standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Mend what can be mended without losing a word or a link
    #[arg(long)]
    fix: bool,
    /// Mend what can be mended, and look at the result afterwards
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what the fixes would change, and change nothing
    #[arg(long)]
    diff: bool,
    /// Form of the output
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    output_format: Format,
    /// Which set of rules to start from: default, awesome, strict
    #[arg(long, value_name = "PRESET", value_parser = preset)]
    preset: Option<Preset>,
    /// The name of the list that is read from the standard input
    #[arg(long, value_name = "PATH", default_value = "stdin.md")]
    stdin_filename: String,
}

fn preset(name: &str) -> Result<Preset, String> {
    Preset::ALL
        .into_iter()
        .find(|preset| preset.name() == name)
        .ok_or_else(|| "the presets are default, awesome and strict".to_owned())
}

impl Check {
    fn mode(&self) -> Mode {
        let safety = match self.unsafe_fixes {
            true => Safety::Unsafe,
            false => Safety::Safe,
        };
        match (self.diff, self.fix || self.unsafe_fixes) {
            (true, _) => Mode::Show(safety),
            (false, true) => Mode::Write(safety),
            (false, false) => Mode::Off,
        }
    }
}

pub(super) fn run(command: &Check, global: &Global) -> Result<u8, Trouble> {
    let mut options = Options::default();
    options.settings.preset = command.preset.unwrap_or_default();
    let style = color::style(global.color);
    let (lists, mut troubles) = read(command);
    if command.output_format == Format::Full {
        // Nothing stands between a diff and the findings that are left.
    }
    let mut fixed = 0;
    let mut after = Vec::new();
    for (path, list) in lists {
        match fix::apply(
            list,
            path.as_deref(),
            &options,
            command.mode(),
            &|_| true,
            style.color,
        ) {
            Ok((list, count)) => {
                fixed += count;
                after.push(list);
            }
            Err((trouble, list)) => {
                troubles.push(trouble);
                after.push(list);
            }
        }
    }
    let found = check(&after, &options);
    let sources = Sources::new(after.iter().map(|list| &list.source));
    let rules = explain::rule_infos();
    let findings = Findings {
        sources: &sources,
        diagnostics: &found,
        rules: &rules,
        files: after.len(),
        fixed,
        changed: None,
    };
    let mut out = std::io::stdout().lock();
    report::write(&findings, command.output_format, &style, &mut out)?;
    for trouble in &troubles {
        tell(trouble);
    }
    let fails = found.iter().any(|one| one.severity > Severity::Advice);
    Ok(match (troubles.is_empty(), fails) {
        (false, _) => TROUBLE,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    })
}

/// The lists that the command names, each with its path unless it came from the standard input.
fn read(command: &Check) -> (Vec<(Option<PathBuf>, List)>, Vec<Trouble>) {
    if command.paths.iter().any(|path| path.as_os_str() == "-") {
        return match files::read_stdin(FileId(0), &command.stdin_filename) {
            Ok(source) => (vec![(None, List::parse(source))], Vec::new()),
            Err(trouble) => (Vec::new(), vec![trouble]),
        };
    }
    let (found, mut troubles) = files::find(&command.paths, &files::Selection::default());
    let mut lists = Vec::new();
    for (index, file) in found.into_iter().enumerate() {
        match files::read(FileId(index as u32), &file.path) {
            Ok(source) => lists.push((Some(file.path), List::parse(source))),
            Err(trouble) => troubles.push(trouble),
        }
    }
    (lists, troubles)
}
