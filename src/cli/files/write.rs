//! Writes files whole or not at all: every command that writes one writes it here.
//!
//! The text goes to a new file beside the old one, to the disk, and then takes the old one's place
//! in one step. Whoever reads, and whatever ends the program, the file is the old or the new one.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::super::trouble::{Trouble, reason, shown};
use super::{read_bytes, way};
use crate::source::Source;

/// Writes `text` to the file at `path`, whole or not at all, keeping its permissions and its owner;
/// where the path is a link, the file that it leads to is written.
///
/// # Errors
/// When it cannot be written; the file is then as it was.
pub fn write(path: &Path, text: &str, bom: bool) -> Result<(), Trouble> {
    let mark = if bom { "\u{feff}" } else { "" };
    write_parts(path, &[mark.as_bytes(), text.as_bytes()])
}

/// Writes `bytes` as [`write()`] does.
///
/// # Errors
/// As [`write()`].
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    write_parts(path, &[bytes])
}

fn write_parts(path: &Path, parts: &[&[u8]]) -> Result<(), Trouble> {
    let target = way::end(path)?;
    let old = std::fs::metadata(path).ok();
    let written = match &old {
        // A pipe, a terminal or `/dev/null` has nothing to keep, and must not be replaced.
        Some(old) if !old.is_file() && !old.is_dir() => into(path, parts),
        _ => replace(&target, old.as_ref(), parts),
    };
    written.map_err(|error| Trouble::file("cannot write", path, &error))
}

fn into(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    parts.iter().try_for_each(|part| file.write_all(part))
}

fn replace(target: &Path, old: Option<&Metadata>, parts: &[&[u8]]) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if let Some(old) = old {
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
        .tempfile_in(folder)
        .map_err(|error| in_folder(&error))?;
    for part in parts {
        file.write_all(part)?;
    }
    let permissions = match old {
        Some(old) => {
            keep_owner(file.as_file(), old);
            old.permissions()
        }
        None => new_file_permissions(folder)?,
    };
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// Why no file can be made in the folder of a file that is to be replaced.
fn in_folder(error: &io::Error) -> io::Error {
    // `tempfile` adds the name of its file, which says nothing to anyone.
    let cause = io::Error::from(error.kind());
    io::Error::new(
        error.kind(),
        format!("no file can be made in its folder: {}", reason(&cause)),
    )
}

/// Gives the new file to the owner of the old one, where this user may do that.
#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_ours = new
        .metadata()
        .is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid()));
    if !is_ours {
        // Only the administrator may; for all others the text counts for more.
        let _ = fchown(new, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_new: &File, _old: &Metadata) {}

/// The permissions that a new file in `folder` gets from the system: those of the process's mask.
fn new_file_permissions(folder: &Path) -> io::Result<std::fs::Permissions> {
    let probe = tempfile::Builder::new()
        .prefix(".listwright-")
        .make_in(folder, |path| File::create_new(path))?;
    Ok(probe.as_file().metadata()?.permissions())
}

/// Writes `text` over the list that was read as `source`, if the file still holds what was read.
///
/// # Errors
/// When the file was changed meanwhile, or cannot be written; it is then as it was.
pub fn overwrite(path: &Path, source: &Source, text: &str) -> Result<(), Trouble> {
    let _held = hold(path);
    let now = read_bytes(path)?;
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

/// Holds the file at `path` against other runs of this program until the result is dropped: the
/// second to come finds it changed. Where the system has no such locks, the comparison must do.
#[cfg(unix)]
fn hold(path: &Path) -> Option<File> {
    let file = File::open(path).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// A lock on Windows would keep this program itself from reading the file.
#[cfg(not(unix))]
fn hold(_path: &Path) {}

/// Appends `page` to a file that a CI runner reads; where it does not fit, the file is as it was.
///
/// # Errors
/// When it cannot be written.
pub fn append(path: &Path, page: &[u8]) -> Result<(), Trouble> {
    let target = way::end(path)?;
    let append = || -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&target)?;
        let before = file.metadata()?;
        let written = file.write_all(page);
        if written.is_err() && before.is_file() {
            file.set_len(before.len())?;
        }
        written
    };
    append().map_err(|error| Trouble::file("cannot write", path, &error))
}
