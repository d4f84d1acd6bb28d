//! Calls git: what it knows of other versions of a file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::Trouble;
use super::trouble::shown;
use crate::report::neutral;

/// Runs git in `folder`.
///
/// # Errors
/// When there is no git.
pub(super) fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Result<Output, Trouble> {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| {
            Trouble::new(format!("cannot run git: {error}"))
                .hint("install git, or leave the option out")
        })
}

/// The text of the file at `path` in the revision `revision`; `None` where it did not exist.
///
/// # Errors
/// When `revision` is none, or `path` is in no repository.
pub(super) fn file_at(revision: &str, path: &Path) -> Result<Option<Vec<u8>>, Trouble> {
    let (folder, name) = split(path);
    verify(&folder, revision)?;
    let object = format!("{revision}:./{}", name.to_string_lossy());
    let output = run(&folder, &["show".to_owned(), object])?;
    Ok(output.status.success().then_some(output.stdout))
}

/// That `revision` names a commit of the repository that `folder` is in.
///
/// # Errors
/// When it does not.
pub(super) fn verify(folder: &Path, revision: &str) -> Result<(), Trouble> {
    let commit = format!("{revision}^{{commit}}");
    let output = run(
        folder,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ],
    )?;
    if output.status.success() {
        return Ok(());
    }
    let inside = run(folder, &["rev-parse", "--git-dir"])?;
    Err(match inside.status.success() {
        true if revision == "HEAD" => Trouble::new("this repository has no commit yet"),
        true => Trouble::new(format!(
            "git knows no revision `{}`",
            neutral::line(revision)
        ))
        .hint("a shallow clone does not have it: fetch more, or name another"),
        false => {
            let here = folder.as_os_str().is_empty();
            let folder = if here { Path::new(".") } else { folder };
            Trouble::new(format!("`{}` is in no git repository", shown(folder)))
        }
    })
}

fn split(path: &Path) -> (PathBuf, PathBuf) {
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    (folder, name)
}
