//! `refresh`: merges the base branch into a branch with the merge driver, so that a pull request
//! that conflicts becomes mergeable again though no server runs drivers.

use std::io::Write;
use std::path::Path;
use std::process::Output;

use clap::Args;

use super::{CLEAN, FINDINGS, Global, Trouble, git, git_install};
use crate::report::neutral;

/// Arguments of `refresh`.
#[derive(Debug, Args)]
pub struct Refresh {
    /// What is merged; without it, the remote's default branch
    #[arg(value_name = "BASE")]
    base: Option<String>,
    /// The branch to bring up to date; without it, what is checked out
    #[arg(long, value_name = "BRANCH")]
    branch: Option<String>,
    /// Leave what conflicts in the working tree, for a person to finish
    #[arg(long)]
    keep: bool,
}

pub(super) fn run(command: &Refresh, _global: &Global) -> Result<u8, Trouble> {
    let here = Path::new(".");
    git::verify(here, "HEAD")?;
    let base = match &command.base {
        Some(base) => base.clone(),
        None => default_base()?,
    };
    git::verify(here, &base)?;
    refuse_unready()?;
    if let Some(branch) = &command.branch {
        git::verify(here, branch)?;
        told(&["switch", "--quiet", branch])?;
    }
    let before = told(&["rev-parse", "HEAD"])?;
    let merged = merge(&base)?;
    // Where the standard error is gone, nobody is left to be told.
    let _ = write!(std::io::stderr(), "{}", neutral_lines(&merged.stderr));
    if merged.status.success() {
        return tell_merged(&base, &before);
    }
    let left = unmerged()?;
    if left.is_empty() {
        let why = String::from_utf8_lossy(&merged.stdout).trim().to_owned();
        let why = if why.is_empty() {
            why
        } else {
            format!(": {why}")
        };
        return Err(Trouble::new(format!(
            "git could not merge `{}`{}",
            neutral::line(&base),
            neutral::line(&why)
        )));
    }
    // First the tree, then the words: the pipe that takes them may be closed.
    if !command.keep {
        told(&["merge", "--abort"])?;
    }
    let mut out = std::io::stdout();
    for (path, why) in &left {
        writeln!(out, "a person must decide: {}{why}", neutral::path(path))?;
    }
    let end = match command.keep {
        true => "finish in the working tree and commit, or `git merge --abort`",
        false => "nothing was merged; `--keep` leaves the conflicts in the working tree",
    };
    writeln!(out, "{end}")?;
    Ok(FINDINGS)
}

/// That nothing is under way and nothing is changed in the working tree.
///
/// # Errors
/// When it is not so.
fn refuse_unready() -> Result<(), Trouble> {
    let under_way = [
        ("MERGE_HEAD", "merge"),
        ("CHERRY_PICK_HEAD", "cherry-pick"),
        ("REVERT_HEAD", "revert"),
        ("REBASE_HEAD", "rebase"),
    ];
    for (head, what) in under_way {
        let verify = ["rev-parse", "--verify", "--quiet", head];
        if git::run(Path::new("."), &verify)?.status.success() {
            return Err(Trouble::new(format!("a {what} is under way here"))
                .hint(format!("finish it, or undo it with `git {what} --abort`")));
        }
    }
    if !told(&["status", "--porcelain", "--untracked-files=no"])?.is_empty() {
        return Err(
            Trouble::new("the working tree has changes that are not committed")
                .hint("commit or stash them, then run the command again"),
        );
    }
    Ok(())
}

/// Git's merge of `base` into what is checked out, with this program as its driver.
fn merge(base: &str) -> Result<Output, Trouble> {
    let folder = tempfile::tempdir()
        .map_err(|error| Trouble::new(format!("cannot make a temporary folder: {error}")))?;
    let attributes = folder.path().join("attributes");
    std::fs::write(&attributes, git_install::attributes())
        .map_err(|error| Trouble::file("cannot write", &attributes, &error))?;
    let program = std::env::current_exe()
        .map_err(|error| Trouble::new(format!("cannot tell where this program is: {error}")))?;
    let mut arguments = git_install::for_one_call(&program, &attributes);
    arguments.extend(["merge", "--no-edit", "--no-ff", "--quiet", base].map(str::to_owned));
    git::run(Path::new("."), &arguments)
}

/// Tells what was merged since the commit `before`, and where it stands.
fn tell_merged(base: &str, before: &str) -> Result<u8, Trouble> {
    let mut out = std::io::stdout();
    if told(&["rev-parse", "HEAD"])? == before {
        writeln!(
            out,
            "nothing to merge: `{}` is in already",
            neutral::line(base)
        )?;
        return Ok(CLEAN);
    }
    let head = told(&["log", "-1", "--format=%h %s"])?;
    writeln!(out, "merged: {}", neutral::line(head.trim()))?;
    let branch = git::run(Path::new("."), &["symbolic-ref", "--quiet", "HEAD"])?;
    if !branch.status.success() {
        writeln!(out, "no branch is checked out: the merge is on none")?;
    }
    Ok(CLEAN)
}

/// The files that git has in conflict, and why where it is not their lines.
fn unmerged() -> Result<Vec<(String, &'static str)>, Trouble> {
    let status = told(&["status", "--porcelain", "-z", "--untracked-files=no"])?;
    let files = status.split('\0').filter_map(|entry| {
        let (state, path) = entry.split_once(' ')?;
        let why = match state {
            "UU" => "",
            "AA" => ", which both sides added",
            "UD" | "DU" => ", which one side deleted and the other changed",
            "DD" | "AU" | "UA" => ", which the sides moved to different places",
            _ => return None,
        };
        Some((path.to_owned(), why))
    });
    Ok(files.collect())
}

/// What a call of git prints.
///
/// # Errors
/// When it fails.
fn told(arguments: &[&str]) -> Result<String, Trouble> {
    let output = git::run(Path::new("."), arguments)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let text = text.trim().lines().next().unwrap_or_default();
    let text = text.strip_prefix("fatal: ").unwrap_or(text);
    let call = arguments.first().copied().unwrap_or_default();
    Err(Trouble::new(format!(
        "`git {call}` failed: {}",
        neutral::line(text)
    )))
}

/// The default branch of the remote, else `main` or `master`.
fn default_base() -> Result<String, Trouble> {
    let here = Path::new(".");
    let head = [
        "rev-parse",
        "--abbrev-ref",
        "--verify",
        "--quiet",
        "origin/HEAD",
    ];
    if let Ok(base) = told(&head) {
        return Ok(base.trim().to_owned());
    }
    for branch in ["origin/main", "origin/master", "main", "master"] {
        let verify = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            branch,
        ];
        if git::run(here, &verify)?.status.success() {
            return Ok(branch.to_owned());
        }
    }
    Err(Trouble::new("cannot tell which branch to merge")
        .hint("name it: `listwright refresh BRANCH`"))
}

fn neutral_lines(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .map(|line| format!("{}\n", neutral::line(line)))
        .collect()
}
