//! Finds lists; the one door through which files are read and written.

mod read;
mod way;
mod write;

use std::io;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use super::trouble::{Trouble, shown};

pub use read::{
    lift_limits, list, parse, read, read_before, read_bytes, read_settings, read_stdin, text,
    within_limits,
};
pub use write::{append, overwrite, write, write_over};

/// Files of a repository that have the ending of a list and are none, lower case, without ending.
const NO_LISTS: &[&str] = &[
    "contributing",
    "contributors",
    "contribution",
    "contribute",
    "changelog",
    "changes",
    "history",
    "code_of_conduct",
    "code-of-conduct",
    "conduct",
    "license",
    "licence",
    "copying",
    "notice",
    "security",
    "support",
    "governance",
    "maintainers",
    "authors",
    "pull_request_template",
    "issue_template",
    "codeowners",
    "guidelines",
    "agents",
    "claude",
    "gemini",
];

/// Which files of a folder are lists.
#[derive(Debug, Default)]
pub struct Selection {
    /// Patterns, as in `.gitignore`, of files that are passed over.
    pub exclude: Vec<String>,
    /// Patterns of files that are taken though their name or an ignore file speaks against it.
    pub include: Vec<String>,
    /// Whether `exclude` counts for files that are named one by one as well.
    pub force_exclude: bool,
}

/// A file that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was named itself, and not found in a folder.
    pub named: bool,
}

/// The lists at `paths`, folders walked in the order of names, each file once.
pub fn find(paths: &[PathBuf], selection: &Selection) -> (Vec<Found>, Vec<Trouble>) {
    let mut found: Vec<Found> = Vec::new();
    let mut troubles = Vec::new();
    let patterns = match Patterns::new(selection) {
        Ok(patterns) => patterns,
        Err(trouble) => return (found, vec![trouble]),
    };
    for path in paths {
        let before = found.len();
        match std::fs::metadata(path) {
            Err(error) => troubles.push(Trouble::file("cannot read", path, &error)),
            Ok(metadata) if metadata.is_dir() => {
                walk(path, &patterns, &mut found, &mut troubles);
                if found.len() == before {
                    troubles.push(
                        Trouble::new(format!("there is no list in `{}`", shown(path)))
                            .hint("name a Markdown file, or a folder that holds one"),
                    );
                }
            }
            Ok(metadata) if !metadata.is_file() => troubles.push(
                Trouble::new(format!("`{}` is no file and no folder", shown(path)))
                    .hint("name a Markdown file, or `-` to read the standard input"),
            ),
            Ok(_) if selection.force_exclude && patterns.excludes(path) => {}
            Ok(_) => found.push(Found {
                path: path.clone(),
                named: true,
            }),
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|file| seen.insert(file.path.clone()));
    (found, troubles)
}

/// The patterns of a [`Selection`], compiled.
struct Patterns {
    exclude: Gitignore,
    include: Gitignore,
}

impl Patterns {
    fn new(selection: &Selection) -> Result<Self, Trouble> {
        Ok(Patterns {
            exclude: patterns(&selection.exclude)?,
            include: patterns(&selection.include)?,
        })
    }

    fn excludes(&self, path: &Path) -> bool {
        let path = path.strip_prefix("./").unwrap_or(path);
        self.exclude
            .matched_path_or_any_parents(relative(path), false)
            .is_ignore()
    }

    fn includes(&self, path: &Path) -> bool {
        let path = path.strip_prefix("./").unwrap_or(path);
        self.include
            .matched_path_or_any_parents(relative(path), false)
            .is_ignore()
    }
}

/// `path` without a root, as the matcher asks for.
fn relative(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| matches!(part, std::path::Component::Normal(_)))
        .collect()
}

fn patterns(lines: &[String]) -> Result<Gitignore, Trouble> {
    let mut builder = GitignoreBuilder::new("");
    for line in lines {
        builder.add_line(None, line).map_err(|error| {
            Trouble::new(format!("the pattern `{line}` cannot be read: {error}"))
                .hint("patterns are written as in `.gitignore`")
        })?;
    }
    builder
        .build()
        .map_err(|error| Trouble::new(format!("the patterns cannot be read: {error}")))
}

fn walk(root: &Path, patterns: &Patterns, found: &mut Vec<Found>, troubles: &mut Vec<Trouble>) {
    // Each with the depth from which on it counts; those of the folders above count from 0 on.
    let mut ignores: Vec<(usize, Gitignore)> = above(root);
    let mut walker = WalkDir::new(root)
        .sort_by_file_name()
        .follow_links(false)
        .into_iter();
    while let Some(entry) = walker.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_path_buf();
                let cause = error
                    .into_io_error()
                    .unwrap_or_else(|| io::Error::other("the folder leads back into itself"));
                troubles.push(Trouble::file("cannot read", &path, &cause));
                continue;
            }
        };
        let depth = entry.depth();
        ignores.retain(|(from, _)| *from <= depth);
        let folder = entry.file_type().is_dir();
        if depth > 0 && passed_over(&entry, folder, &ignores, patterns) {
            if folder {
                walker.skip_current_dir();
            }
            continue;
        }
        if folder {
            ignores.extend(gitignore_in(entry.path()).map(|ignore| (depth + 1, ignore)));
        } else if is_list(&entry, patterns) {
            if entry.path_is_symlink() && !way::is_inside(root, entry.path()) {
                troubles.push(
                    Trouble::new(format!(
                        "`{}` is a link that leads out of `{}`",
                        shown(entry.path()),
                        shown(root)
                    ))
                    .hint("name the file that is meant, or exclude the link"),
                );
                continue;
            }
            found.push(Found {
                path: entry.into_path(),
                named: false,
            });
        }
    }
}

/// The ignore files of the folders above `root`, up to the root of its repository.
fn above(root: &Path) -> Vec<(usize, Gitignore)> {
    let Ok(root) = root.canonicalize() else {
        return Vec::new();
    };
    if root.join(".git").exists() {
        return Vec::new();
    }
    let mut ignores = Vec::new();
    for folder in root.ancestors().skip(1) {
        ignores.extend(gitignore_in(folder).map(|ignore| (0, ignore)));
        if folder.join(".git").exists() {
            ignores.reverse();
            return ignores;
        }
    }
    Vec::new()
}

/// The `.gitignore` of `folder`, if it has one that can be read.
fn gitignore_in(folder: &Path) -> Option<Gitignore> {
    /// Bytes; what is longer was not written by a person.
    const LONGEST: u64 = 1 << 20;
    let path = folder.join(".gitignore");
    let is_read = |it: std::fs::Metadata| it.is_file() && it.len() <= LONGEST;
    if !path.metadata().is_ok_and(is_read) {
        return None;
    }
    let mut builder = GitignoreBuilder::new(folder);
    // Lines that cannot be read are passed over, as git does.
    let _ = builder.add(path);
    builder.build().ok()
}

fn passed_over(
    entry: &DirEntry,
    folder: bool,
    ignores: &[(usize, Gitignore)],
    patterns: &Patterns,
) -> bool {
    let path = entry.path();
    if patterns.includes(path) {
        return false;
    }
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    if hidden || entry.file_name() == "node_modules" || patterns.excludes(path) {
        return true;
    }
    let absolute;
    let path = match ignores.iter().any(|(at, _)| *at == 0) {
        true => {
            absolute = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
            absolute.as_path()
        }
        false => path,
    };
    ignores
        .iter()
        .rev()
        .map(|(at, ignore)| match at {
            0 => ignore.matched(path, folder),
            _ => ignore.matched(entry.path(), folder),
        })
        .find(|matched| !matched.is_none())
        .is_some_and(|matched| matched.is_ignore())
}

/// Whether a file found in a folder is a list by its name.
fn is_list(entry: &DirEntry, patterns: &Patterns) -> bool {
    let path = entry.path();
    let is_file = match entry.file_type().is_symlink() {
        true => path.is_file(),
        false => entry.file_type().is_file(),
    };
    let ending = path.extension().and_then(|ending| ending.to_str());
    let markdown = ending.is_some_and(|ending| {
        ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
    });
    is_file && (patterns.includes(path) || markdown && !is_no_list(path))
}

/// Whether a Markdown file is something else than a list, as its name says.
fn is_no_list(path: &Path) -> bool {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().to_lowercase());
    stem.is_none_or(|stem| NO_LISTS.contains(&stem.as_str()))
}

/// Whether the Markdown document at `path`, which need not be stored, is a list by its name and by
/// `selection`.
///
/// # Errors
/// When a pattern of `selection` cannot be read.
pub fn is_list_by_name(path: &Path, selection: &Selection) -> Result<bool, Trouble> {
    let patterns = Patterns::new(selection)?;
    Ok(patterns.includes(path) || !patterns.excludes(path) && !is_no_list(path))
}

/// The name of the list at `path`: the path with `/` between folders and no `./` before it.
pub fn name(path: &Path) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}
