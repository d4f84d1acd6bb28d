//! `resolve`: files that are in conflict in the working tree, resolved as far as can be.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::trouble::shown;
use super::{CLEAN, FINDINGS, Global, TROUBLE, Trouble, color, files, git, merge_driver, tell};
use crate::report::{diff, neutral};
use crate::source::{FileId, Source};
use crate::three_way::markers::{self, Marked};
use crate::three_way::{Labels, Options, Resolution, three_way};

/// Arguments of `resolve`.
#[derive(Debug, Args)]
pub struct Resolve {
    /// Files in conflict; without any, those that git knows in this folder
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; show what would change
    #[arg(long)]
    diff: bool,
    /// Write nothing; exit with 1 if something could be resolved or is left
    #[arg(long)]
    check: bool,
}

pub(super) fn run(command: &Resolve, global: &Global) -> Result<u8, Trouble> {
    let paths = match command.paths.is_empty() {
        true => unmerged()?,
        false => command.paths.clone(),
    };
    if paths.is_empty() {
        writeln!(std::io::stdout(), "no list is in conflict here")?;
        return Ok(CLEAN);
    }
    let mut code = CLEAN;
    for path in &paths {
        match one(command, path, global) {
            Ok(found) => code = code.max(found),
            Err(trouble) if trouble.is_closed_pipe() => return Err(trouble),
            Err(trouble) => {
                tell(&trouble);
                code = TROUBLE;
            }
        }
    }
    Ok(code)
}

/// The Markdown files below this folder that git has in conflict.
fn unmerged() -> Result<Vec<PathBuf>, Trouble> {
    let output = git::run(
        Path::new("."),
        &["diff", "--name-only", "--diff-filter=U", "--relative", "-z"],
    )?;
    if !output.status.success() {
        return Err(Trouble::new("this folder is in no git repository")
            .hint("name the files that are in conflict"));
    }
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut paths: Vec<PathBuf> = names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|path| {
            let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
            ending.is_some_and(|ending| ending == "md" || ending == "markdown")
        })
        .collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}

fn one(command: &Resolve, path: &Path, global: &Global) -> Result<u8, Trouble> {
    if !path.is_file() {
        return Err(Trouble::new(format!("`{}` is no file", shown(path)))
            .hint("name a file that git has in conflict"));
    }
    let source = files::read(FileId(0), path)?;
    let name = files::name(path);
    let Some(marked) = markers::read(source.text()) else {
        writeln!(
            std::io::stdout(),
            "{}: has no conflict markers",
            neutral::path(&name)
        )?;
        return Ok(CLEAN);
    };
    let merged = resolve(path, &source, &marked)?;
    let changed = merged.text != source.text();
    if command.diff {
        let color = color::style(global.color).color;
        let mut out = std::io::stdout().lock();
        diff::write(&name, source.text(), &merged.text, color, &mut out)?;
    } else if changed && !command.check {
        files::overwrite(path, &source, &merged.text)?;
    }
    let mut out = std::io::stdout().lock();
    let total = marked.conflicts();
    let left = merged.conflicts.len();
    let would = if command.diff || command.check {
        "would be "
    } else {
        ""
    };
    match left {
        0 => writeln!(
            out,
            "{}: {would}resolved, {total} of {total} conflicts",
            neutral::path(&name)
        )?,
        _ => writeln!(out, "{}: {left} left to a person", neutral::path(&name))?,
    }
    drop(out);
    merge_driver::tell_conflicts(path, &merged);
    let pending = changed && (command.check || command.diff);
    Ok(if left > 0 || pending { FINDINGS } else { CLEAN })
}

/// The resolution of a file: from the index's three versions where the file is still as git left
/// it, else from what stands between the markers, so that nothing a person wrote is lost.
fn resolve(path: &Path, source: &Source, marked: &Marked) -> Result<Resolution, Trouble> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let options = Options {
        style: merge_driver::conflict_style(folder),
        labels: marked.labels(Labels::default()),
        marker_size: marked.marker_size(),
        ..Options::default()
    };
    if let Some([base, ours, theirs]) = stages(path)?
        && marked.is_as_merged(&base, &ours, &theirs)
    {
        return Ok(three_way(&base, &ours, &theirs, &options));
    }
    if marked.lacks_base() {
        return Err(Trouble::new(format!(
            "`{}` does not say what both sides come from, and was edited since git merged it",
            neutral::path(&source.name().replace('\\', "/"))
        ))
        .hint("`git checkout --conflict=diff3 FILE` brings the conflict back with its base"));
    }
    let [base, ours, theirs] = marked.sides();
    Ok(three_way(&base, &ours, &theirs, &options))
}

/// The versions of a file that git has in its index: base, ours and theirs.
fn stages(path: &Path) -> Result<Option<[String; 3]>, Trouble> {
    let mut texts = [const { String::new() }; 3];
    let mut found = [false; 3];
    for (stage, (text, found)) in (1..).zip(texts.iter_mut().zip(&mut found)) {
        let revision = format!(":{stage}:./{}", file_name(path));
        let folder = path.parent().unwrap_or(Path::new("."));
        let output = git::run(folder, &["show", &revision])?;
        if output.status.success()
            && let Ok(stage) = String::from_utf8(output.stdout)
        {
            (*text, *found) = (stage, true);
        }
    }
    // Without a base both sides added the file.
    Ok((found[1] && found[2]).then_some(texts))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
