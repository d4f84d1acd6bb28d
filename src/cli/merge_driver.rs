//! `merge-driver`: what git calls to merge a list.
//!
//! Git takes exit code 0 as merged and 1 to 128 as a conflict with the file as it then is; so
//! markers are written before 1 is given, and everything that goes wrong gives 129, upon which git
//! refuses the merge and touches nothing.

use std::ffi::OsString;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use super::{CLEAN, FINDINGS, Global, Trouble, files, git, tell};
use crate::report::neutral;
use crate::source::Source;
use crate::three_way::{ConflictStyle, Labels, Options, Resolution, three_way};

/// The driver failed; git stops the merge and leaves the working tree alone.
pub(super) const FAILED: u8 = 129;

/// Arguments of `merge-driver`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 merged, 1 merged with conflicts between markers, 129 nothing was merged."
)]
pub struct MergeDriver {
    /// What both sides come from: git's `%O`
    #[arg(value_name = "BASE")]
    base: PathBuf,
    /// Our side, which the result is written over: git's `%A`
    #[arg(value_name = "OURS")]
    ours: PathBuf,
    /// Their side: git's `%B`
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,
    /// The path of the list, for messages: git's `%P`
    #[arg(long, value_name = "PATH")]
    path: Option<PathBuf>,
    /// How many signs a conflict marker has: git's `%L`
    #[arg(long, value_name = "SIZE", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=1000))]
    marker_size: u16,
    /// Names what both sides come from, in markers: git's `%S`
    #[arg(long, value_name = "LABEL")]
    label_base: Option<String>,
    /// Names our side, in markers: git's `%X`
    #[arg(long, value_name = "LABEL")]
    label_ours: Option<String>,
    /// Names their side, in markers: git's `%Y`
    #[arg(long, value_name = "LABEL")]
    label_theirs: Option<String>,
}

/// Runs the driver; every failure and every panic is [`FAILED`].
pub(super) fn run(command: &MergeDriver, _global: &Global) -> Result<u8, Trouble> {
    // Nothing outlives a panic that could be left half changed: values in, bytes out.
    let result = catch_unwind(AssertUnwindSafe(|| merge(command)));
    Ok(match result {
        Ok(Ok(code)) => code,
        Ok(Err(trouble)) => {
            tell(&trouble);
            FAILED
        }
        Err(_) => {
            tell(&Trouble::new("the merge driver has a bug; git's merge stops here").hint(
                "report it with the three versions of the file; `git merge-file` merges without listwright",
            ));
            FAILED
        }
    })
}

fn merge(command: &MergeDriver) -> Result<u8, Trouble> {
    #[cfg(debug_assertions)]
    if std::env::var_os("LISTWRIGHT_TEST_PANIC").is_some() {
        panic!("asked to");
    }
    let sides = Sides {
        base: &command.base,
        ours: &command.ours,
        theirs: &command.theirs,
    };
    let mut options = Options {
        labels: labels(command),
        marker_size: usize::from(command.marker_size),
        ..Options::default()
    };
    let name = command.path.as_deref().unwrap_or(&command.ours);
    if let Some(clean) = sides.merged_by_git(&options)?.filter(|git| git.clean) {
        tell_duplicates(&sides, name, &clean.bytes, options)?;
        files::write_bytes(&command.ours, &clean.bytes)?;
        return Ok(CLEAN);
    }
    options.style = conflict_style(Path::new("."));
    let Some(texts) = sides.texts()? else {
        return sides.as_git(&options);
    };
    let [base, ours, theirs] = &texts;
    let merged = three_way(base, ours, theirs, &options);
    files::write_bytes(&command.ours, merged.text.as_bytes())?;
    tell_conflicts(name, &merged);
    Ok(if merged.conflicts.is_empty() {
        CLEAN
    } else {
        FINDINGS
    })
}

/// The files of a merge.
pub(super) struct Sides<'p> {
    pub(super) base: &'p Path,
    pub(super) ours: &'p Path,
    pub(super) theirs: &'p Path,
}

/// What git made of a file.
pub(super) struct ByGit {
    pub(super) bytes: Vec<u8>,
    pub(super) clean: bool,
}

impl Sides<'_> {
    /// Git's own merge, with the algorithm that `git merge` uses; `None` where there is no git, or
    /// one that does not know it.
    pub(super) fn merged_by_git(&self, options: &Options) -> Result<Option<ByGit>, Trouble> {
        let mut arguments: Vec<OsString> = ["merge-file", "-p", "-q", "--diff-algorithm=histogram"]
            .map(OsString::from)
            .to_vec();
        match options.style {
            ConflictStyle::Merge => {}
            ConflictStyle::Diff3 => arguments.push("--diff3".into()),
            ConflictStyle::Zdiff3 => arguments.push("--zdiff3".into()),
        }
        arguments.push(format!("--marker-size={}", options.marker_size).into());
        for label in [
            &options.labels.ours,
            &options.labels.base,
            &options.labels.theirs,
        ] {
            arguments.extend(["-L".into(), label.into()]);
        }
        arguments.push("--".into());
        arguments.extend([self.ours, self.base, self.theirs].map(|path| path.into()));
        let Ok(output) = Command::new("git")
            .args(&arguments)
            .env("LC_ALL", "C")
            .output()
        else {
            return Ok(None);
        };
        // The exit code is the number of conflicts, at most 127; above that git failed.
        Ok(match output.status.code() {
            Some(code @ 0..=127) => Some(ByGit {
                bytes: output.stdout,
                clean: code == 0,
            }),
            _ => None,
        })
    }

    /// Base, ours and theirs as texts; `None` where one is no text that is read.
    fn texts(&self) -> Result<Option<[String; 3]>, Trouble> {
        let mut texts = [const { String::new() }; 3];
        for (text, path) in texts.iter_mut().zip([self.base, self.ours, self.theirs]) {
            let bytes = files::read_bytes(path)?;
            match String::from_utf8(bytes) {
                Ok(read) if read.len() <= Source::MAX_BYTES => *text = read,
                _ => return Ok(None),
            }
        }
        Ok(Some(texts))
    }

    /// Git's own result, for files that are no texts.
    fn as_git(&self, options: &Options) -> Result<u8, Trouble> {
        let Some(merged) = self.merged_by_git(options)? else {
            return Err(Trouble::new(format!(
                "`{}` is no UTF-8 text, and git merges no such file",
                neutral::line(&self.ours.to_string_lossy())
            )));
        };
        files::write_bytes(self.ours, &merged.bytes)?;
        Ok(if merged.clean { CLEAN } else { FINDINGS })
    }
}

/// The labels given; git before 2.45 leaves `%S`, `%X` and `%Y` as they are.
fn labels(command: &MergeDriver) -> Labels {
    let given = |label: &Option<String>, otherwise: String| match label {
        Some(label) if !label.is_empty() && !label.starts_with('%') => label.clone(),
        _ => otherwise,
    };
    let default = Labels::default();
    Labels {
        ours: given(&command.label_ours, default.ours),
        base: given(&command.label_base, default.base),
        theirs: given(&command.label_theirs, default.theirs),
    }
}

/// The style of conflicts that git's configuration asks for in `folder`.
pub(super) fn conflict_style(folder: &Path) -> ConflictStyle {
    let asked = git::run(folder, &["config", "--get", "merge.conflictStyle"]);
    let asked = asked.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    match asked.as_deref() {
        Ok("diff3") => ConflictStyle::Diff3,
        Ok("zdiff3") => ConflictStyle::Zdiff3,
        _ => ConflictStyle::Merge,
    }
}

/// Tells what a clean merge of git's now lists twice.
fn tell_duplicates(
    sides: &Sides<'_>,
    name: &Path,
    clean: &[u8],
    mut options: Options,
) -> Result<(), Trouble> {
    let (Some([base, ours, theirs]), Ok(text)) = (sides.texts()?, std::str::from_utf8(clean))
    else {
        return Ok(());
    };
    options.git_clean = Some(text.to_owned());
    for link in three_way(&base, &ours, &theirs, &options).duplicates {
        tell_line(format_args!(
            "{}: both sides bring in `{}`; it is listed twice now",
            neutral::path(&name.to_string_lossy()),
            neutral::line(&link)
        ));
    }
    Ok(())
}

/// Tells what is left to a person, with its line.
pub(super) fn tell_conflicts(name: &Path, merged: &Resolution) {
    for conflict in &merged.conflicts {
        let before = merged.text.get(..conflict.markers.start as usize);
        let line = before.unwrap_or_default().matches('\n').count() + 1;
        tell_line(format_args!(
            "{}:{line}: {}",
            neutral::path(&name.to_string_lossy()),
            conflict.reason.message()
        ));
    }
}

/// A line on the standard error. Where that is gone, nobody is left to be told; the merge goes on.
fn tell_line(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
