//! `refresh`: merges the base branch into a branch with the merge driver, so that a pull request
//! that conflicts becomes mergeable again though no server runs drivers.

use std::io::Write;
use std::path::Path;

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
    let base = match &command.base {
        Some(base) => base.clone(),
        None => default_base()?,
    };
    git::verify(here, &base)?;
    if !told(&["status", "--porcelain", "--untracked-files=no"])?.is_empty() {
        return Err(
            Trouble::new("the working tree has changes that are not committed")
                .hint("commit or stash them, then run the command again"),
        );
    }
    if let Some(branch) = &command.branch {
        git::verify(here, branch)?;
        told(&["switch", "--quiet", branch])?;
    }
    let folder = tempfile::tempdir()
        .map_err(|error| Trouble::new(format!("cannot make a temporary folder: {error}")))?;
    let attributes = folder.path().join("attributes");
    std::fs::write(&attributes, git_install::attributes())
        .map_err(|error| Trouble::file("cannot write", &attributes, &error))?;
    let program = std::env::current_exe()
        .map_err(|error| Trouble::new(format!("cannot tell where this program is: {error}")))?;
    let mut arguments = git_install::for_one_call(&program, &attributes);
    arguments.extend(["merge", "--no-edit", "--no-ff", "--quiet", &base].map(str::to_owned));
    let merged = git::run(here, &arguments)?;
    // Where the standard error is gone, nobody is left to be told.
    let _ = write!(std::io::stderr(), "{}", neutral_lines(&merged.stderr));
    let mut out = std::io::stdout();
    if merged.status.success() {
        let head = told(&["log", "-1", "--format=%h %s"])?;
        writeln!(out, "merged: {}", neutral::line(head.trim()))?;
        return Ok(CLEAN);
    }
    let left = told(&["diff", "--name-only", "--diff-filter=U"])?;
    if left.trim().is_empty() {
        return Err(Trouble::new(format!(
            "git could not merge `{}`: {}",
            neutral::line(&base),
            neutral::line(String::from_utf8_lossy(&merged.stdout).trim())
        )));
    }
    // First the tree, then the words: the pipe that takes them may be closed.
    if !command.keep {
        told(&["merge", "--abort"])?;
    }
    for path in left.lines() {
        writeln!(out, "a person must decide: {}", neutral::path(path))?;
    }
    let end = match command.keep {
        true => "finish in the working tree and commit, or `git merge --abort`",
        false => "nothing was merged; `--keep` leaves the conflicts in the working tree",
    };
    writeln!(out, "{end}")?;
    Ok(FINDINGS)
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
