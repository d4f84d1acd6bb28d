//! Where a path leads: symbolic links are followed, but not out of the repository that they are in.
//!
//! A pull request can bring links. Whoever runs this program on it must not find the contents of
//! another file of the machine in a log, or written over, because `README.md` led there.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::super::trouble::{Trouble, shown};

/// The file that `path` leads to. What does not exist leads to itself.
///
/// # Errors
/// When a link on the way leaves the repository that it is in, or leads to git's own files.
pub(super) fn end(path: &Path) -> Result<PathBuf, Trouble> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let real = match absolute.canonicalize() {
        Ok(real) => real,
        // A link to what is not there is followed as far as it goes.
        Err(error) if error.kind() == io::ErrorKind::NotFound => loose_end(&absolute),
        Err(error) => return Err(Trouble::file("cannot follow", path, &error)),
    };
    if real == absolute || stays_inside(&absolute, &real) {
        return Ok(real);
    }
    Err(Trouble::new(format!(
        "`{}` is a link that leads out of its repository, to `{}`",
        shown(path),
        shown(&real)
    ))
    .hint("name the file that is meant"))
}

/// Whether a link found below the folder `root` may be followed: it stays in the repository of the
/// folder, or, where it is in none, in the folder.
pub(super) fn is_inside(root: &Path, link: &Path) -> bool {
    let (Ok(root), Ok(real)) = (root.canonicalize(), link.canonicalize()) else {
        return false;
    };
    let root = repository(&root).unwrap_or(root);
    real.strip_prefix(&root)
        .is_ok_and(|below| !is_of_git(below))
}

/// Whether no link on the way along `path`, which ends at `real`, leaves a repository.
fn stays_inside(path: &Path, real: &Path) -> bool {
    let mut root: Option<PathBuf> = None;
    let mut way = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            // No link is left on the way so far, so that what stands above it is known.
            way.pop();
            root = repository(&way);
            continue;
        }
        way.push(part);
        let is_link = way.symlink_metadata().is_ok_and(|it| it.is_symlink());
        if is_link {
            let target = way.canonicalize().unwrap_or_else(|_| loose_end(&way));
            if let Some(root) = &root {
                let below = target.strip_prefix(root);
                if below.is_err() || below.is_ok_and(is_of_git) {
                    return false;
                }
            } else {
                root = repository(&target);
            }
            way = target;
        }
        if way.join(".git").exists() {
            root = Some(way.clone());
        }
    }
    match root {
        Some(root) => real
            .strip_prefix(&root)
            .is_ok_and(|below| !is_of_git(below)),
        None => true,
    }
}

/// The root of the repository that the real path `path` lies in.
fn repository(path: &Path) -> Option<PathBuf> {
    let mut folders = path.ancestors();
    folders
        .find(|folder| folder.join(".git").exists())
        .map(Path::to_path_buf)
}

/// Whether a path below the root of a repository is one of git's own files.
fn is_of_git(below: &Path) -> bool {
    below
        .components()
        .any(|part| matches!(part, Component::Normal(name) if name.eq_ignore_ascii_case(".git")))
}

/// Where a path leads whose end does not exist: the folders that exist are followed, and so is a
/// link at its end, once; what it names then is taken as it is.
fn loose_end(path: &Path) -> PathBuf {
    let follow = |path: &Path| match (path.parent().map(Path::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path.to_path_buf(),
    };
    let path = follow(path);
    match (path.read_link(), path.parent()) {
        (Ok(target), Some(folder)) => follow(&folder.join(target)),
        _ => path,
    }
}
