//! Finds lists, reads them, and writes files whole or not at all.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use super::trouble::{Trouble, shown};
use crate::source::{FileId, Source};

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
    let path = folder.join(".gitignore");
    if !path.is_file() {
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

/// Reads the list at `path`.
///
/// # Errors
/// When the file cannot be read, is too long, or is not UTF-8; the message names it.
pub fn read(id: FileId, path: &Path) -> Result<Source, Trouble> {
    let bytes = read_bytes(path).map_err(|error| Trouble::file("cannot read", path, &error))?;
    source(id, &name(path), bytes)
}

/// Reads a file, but not more of it than a list may have: a file that never ends ends there.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = std::fs::File::open(path)?;
    let mut bytes = Vec::new();
    file.take(Source::MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a list called `name` from the standard input.
///
/// # Errors
/// As [`read`].
pub fn read_stdin(id: FileId, name: &str) -> Result<Source, Trouble> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(Source::MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Trouble::new(format!("cannot read the standard input: {error}")))?;
    source(id, name, bytes)
}

fn source(id: FileId, name: &str, bytes: Vec<u8>) -> Result<Source, Trouble> {
    Source::from_bytes(id, name, bytes)
        .map_err(|error| Trouble::new(format!("cannot read `{}`: {error}", shown(Path::new(name)))))
}

/// The name of the list at `path`: the path with `/` between folders and no `./` before it.
pub fn name(path: &Path) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// Writes `text` to the file at `path`, whole or not at all, keeping its permissions; where the
/// path is a link, the file that it leads to is written.
///
/// # Errors
/// When it cannot be written; the file is then as it was.
pub fn write(path: &Path, text: &str, bom: bool) -> Result<(), Trouble> {
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_path_buf(),
        Err(error) => return Err(Trouble::file("cannot write", path, &error)),
    };
    replace(&target, text, bom).map_err(|error| Trouble::file("cannot write", path, &error))
}

fn replace(target: &Path, text: &str, bom: bool) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let old = std::fs::metadata(target).ok();
    if let Some(old) = &old {
        if old.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
        }
        if old.permissions().readonly() {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the file is read-only",
            ));
        }
    }
    let mut file = tempfile::Builder::new()
        .prefix(".listwright-")
        .tempfile_in(folder)?;
    if bom {
        file.write_all("\u{feff}".as_bytes())?;
    }
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?;
    let permissions = match old {
        Some(old) => old.permissions(),
        None => new_file_permissions(folder)?,
    };
    file.as_file().set_permissions(permissions)?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// The permissions that a new file in `folder` gets from the system: those of the process's mask.
fn new_file_permissions(folder: &Path) -> io::Result<std::fs::Permissions> {
    let probe = tempfile::Builder::new()
        .prefix(".listwright-")
        .make_in(folder, |path| std::fs::File::create_new(path))?;
    Ok(probe.as_file().metadata()?.permissions())
}

/// Writes `text` over the list that was read as `source`, if the file still holds what was read.
///
/// # Errors
/// When the file was changed meanwhile, or cannot be written; it is then as it was.
pub fn overwrite(path: &Path, source: &Source, text: &str) -> Result<(), Trouble> {
    let now = read_bytes(path).map_err(|error| Trouble::file("cannot read", path, &error))?;
    let unmarked = now.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&now);
    if unmarked != source.text().as_bytes() {
        return Err(Trouble::new(format!(
            "`{}` was changed by another program meanwhile and is left as it is",
            shown(path)
        ))
        .hint("run the command again"));
    }
    write(path, text, source.bom())
}
