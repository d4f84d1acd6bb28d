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
    let mut to_add = false;
    for path in &paths {
        match one(command, path, global) {
            Ok(Outcome { code: found, ready }) => {
                code = code.max(found);
                to_add |= ready;
            }
            Err(trouble) if trouble.is_closed_pipe() => return Err(trouble),
            Err(trouble) => {
                tell(&trouble);
                code = TROUBLE;
            }
        }
    }
    if to_add {
        writeln!(
            std::io::stdout(),
            "`git add` what reads well; then it counts as resolved"
        )?;
    }
    Ok(code)
}

/// What became of one file.
struct Outcome {
    code: u8,
    /// Whether git has it in conflict and nothing is left to decide in it.
    ready: bool,
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

fn one(command: &Resolve, path: &Path, global: &Global) -> Result<Outcome, Trouble> {
    let stages = stages(path)?;
    if stages.deleted() {
        let name = files::name(path);
        let name = neutral::path(&name);
        writeln!(
            std::io::stdout(),
            "{name}: one side deleted it, the other changed it: `git add` keeps it, `git rm` does not"
        )?;
        return Ok(Outcome {
            code: FINDINGS,
            ready: false,
        });
    }
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
        return Ok(Outcome {
            code: CLEAN,
            ready: stages.all().is_some(),
        });
    };
    let merged = resolve(path, &source, &marked, stages.all())?;
    let changed = merged.text != source.text();
    if command.diff {
        let color = color::style(global.color).color;
        let mut out = std::io::stdout().lock();
        diff::write(&name, source.text(), &merged.text, color, &mut out)?;
    } else if changed && !command.check {
        files::overwrite(path, &source, &merged.text)?;
    }
    let dry = command.check || command.diff;
    let mut out = std::io::stdout().lock();
    let name = neutral::path(&name);
    let would = if dry { "would be " } else { "" };
    match (merged.conflicts.len(), marked.conflicts()) {
        (0, 1) => writeln!(out, "{name}: the conflict {would}resolved")?,
        (0, total) => writeln!(out, "{name}: all {total} conflicts {would}resolved")?,
        (left, total) => {
            let places = if left == 1 { "place" } else { "places" };
            let conflicts = if total == 1 { "conflict" } else { "conflicts" };
            let lines = if dry { "; lines as they would be" } else { "" };
            writeln!(
                out,
                "{name}: {left} {places} {would}left to a person, of {total} {conflicts}{lines}"
            )?;
        }
    }
    drop(out);
    merge_driver::tell_conflicts(path, &merged);
    let pending = changed && dry;
    let code = match !merged.conflicts.is_empty() || pending {
        true => FINDINGS,
        false => CLEAN,
    };
    let ready = merged.conflicts.is_empty() && !dry && stages.all().is_some();
    Ok(Outcome { code, ready })
}

/// The resolution of a file: from the index's three versions where the file is still as git left
/// it, else from what stands between the markers, so that nothing a person wrote is lost.
fn resolve(
    path: &Path,
    source: &Source,
    marked: &Marked,
    stages: Option<[&str; 3]>,
) -> Result<Resolution, Trouble> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let options = Options {
        style: merge_driver::conflict_style(folder),
        labels: marked.labels(Labels::default()),
        marker_size: marked.marker_size(),
        ..Options::default()
    };
    if let Some([base, ours, theirs]) = stages
        && marked.is_as_merged(base, ours, theirs)
    {
        return Ok(three_way(base, ours, theirs, &options));
    }
    if marked.lacks_base() {
        let name = source.name().replace('\\', "/");
        let name = neutral::path(&name);
        return Err(Trouble::new(format!(
            "`{name}` does not say what both sides come from, and was edited since git merged it"
        ))
        .hint(format!(
            "`git checkout --conflict=diff3 {name}` brings the conflict back with its base; keep a \
             copy, for it drops the edit"
        )));
    }
    let [base, ours, theirs] = marked.sides();
    Ok(three_way(&base, &ours, &theirs, &options))
}

/// The versions of a file that git has in its index where it is in conflict: base, ours and theirs.
#[derive(Default)]
struct Stages {
    there: [bool; 3],
    /// Those of them that are texts.
    texts: [Option<String>; 3],
}

impl Stages {
    /// All three; without a base both sides added the file.
    fn all(&self) -> Option<[&str; 3]> {
        let [base, ours, theirs] = self.texts.each_ref().map(Option::as_deref);
        Some([base.unwrap_or_default(), ours?, theirs?])
    }

    /// Whether one side deleted what the other changed.
    fn deleted(&self) -> bool {
        let [base, ours, theirs] = self.there;
        base && ours != theirs
    }
}

fn stages(path: &Path) -> Result<Stages, Trouble> {
    let mut stages = Stages::default();
    let folder = path.parent().unwrap_or(Path::new("."));
    let places = stages.there.iter_mut().zip(&mut stages.texts);
    for (stage, (there, text)) in (1..).zip(places) {
        let revision = format!(":{stage}:./{}", file_name(path));
        let output = git::run(folder, &["show", &revision])?;
        *there = output.status.success();
        if *there {
            *text = String::from_utf8(output.stdout).ok();
        }
    }
    Ok(stages)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
