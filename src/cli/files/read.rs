//! Reads files, and not more of them than anyone needs.

use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::trouble::{Trouble, shown};
use super::{name, way};
use crate::list::List;
use crate::source::{FileId, Source, SourceError};

/// The most entries of a list that are read, 250 times those of the longest list known; each takes
/// about a kilobyte of memory.
const MOST_ENTRIES: usize = 1_000_000;

/// What to do about a list that is too long.
const SPLIT: &str = "split it, or read it with `--no-limits`";

/// The longest configuration that is read, in bytes. It may come with a pull request, and those
/// that people write have a few hundred.
const LONGEST_SETTINGS: usize = 1 << 20;

/// Whether whoever started the program wants files of any size read.
static UNLIMITED: AtomicBool = AtomicBool::new(false);

/// Reads files of any size and any number of entries from now on. Only an argument may ask for it:
/// a configuration comes with the files that it would let in.
pub fn lift_limits() {
    UNLIMITED.store(true, Ordering::Relaxed);
}

fn most_bytes() -> usize {
    match UNLIMITED.load(Ordering::Relaxed) {
        true => Source::ADDRESSABLE,
        false => Source::MAX_BYTES,
    }
}

/// Reads the list at `path`.
///
/// # Errors
/// As [`text`] and [`parse`].
pub fn list(id: FileId, path: &Path) -> Result<List, Trouble> {
    parse(read(id, path)?)
}

/// The list that `source` holds.
///
/// # Errors
/// When it takes too long, nests too deep or has too many entries; the message names it.
pub fn parse(source: Source) -> Result<List, Trouble> {
    within_limits(List::parse(source))
}

/// `list`, if it is not too much.
///
/// # Errors
/// As [`parse`].
pub fn within_limits(list: List) -> Result<List, Trouble> {
    let name = || shown(Path::new(list.source.name()));
    if let Some(excess) = list.excess {
        return Err(Trouble::new(format!("cannot read `{}`: {excess}", name())));
    }
    match crowded(list.entries.len()) {
        Some(why) if !UNLIMITED.load(Ordering::Relaxed) => {
            Err(Trouble::new(format!("cannot read `{}`: {why}", name())).hint(SPLIT))
        }
        _ => Ok(list),
    }
}

/// Why a list of so many entries is too long.
fn crowded(entries: usize) -> Option<String> {
    (entries > MOST_ENTRIES).then(|| {
        format!("it has {entries} entries, more than the {MOST_ENTRIES} that are read at most")
    })
}

/// Reads the file at `path`, without looking at what it holds.
///
/// # Errors
/// When the file cannot be read, is too long, or is not UTF-8; the message names it.
pub fn read(id: FileId, path: &Path) -> Result<Source, Trouble> {
    text(id, &name(path), read_bytes(path)?)
}

/// Reads the file at `path` that is about to get `text`, which it may hold already.
///
/// # Errors
/// As [`read`]; what may be as long as `text` is not too long.
pub fn read_before(text: &str, path: &Path) -> Result<Source, Trouble> {
    let most = most_bytes()
        .max(text.len().saturating_mul(2))
        .min(Source::ADDRESSABLE);
    text_up_to(most, FileId(u32::MAX), &name(path), at_most(path, most)?)
}

/// Reads the configuration at `path`.
///
/// # Errors
/// As [`read`], and when it is longer than any configuration.
pub fn read_settings(path: &Path) -> Result<Source, Trouble> {
    let bytes = at_most(path, LONGEST_SETTINGS)?;
    if bytes.len() > LONGEST_SETTINGS {
        return Err(Trouble::new(format!(
            "cannot read `{}`: a configuration has at most {LONGEST_SETTINGS} bytes",
            shown(path)
        ))
        .hint("name the right file with `--config`, or read none with `--isolated`"));
    }
    text(FileId(0), &name(path), bytes)
}

/// Reads a file, but not more of it than a list may have: a file that never ends ends there.
///
/// # Errors
/// When it cannot be read, or a link on the way to it leaves its repository.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Trouble> {
    at_most(path, most_bytes())
}

/// Reads a file, of one that is longer a byte more than `most`.
fn at_most(path: &Path, most: usize) -> Result<Vec<u8>, Trouble> {
    let end = way::end(path)?;
    let read = || -> io::Result<Vec<u8>> {
        let file = std::fs::File::open(&end)?;
        let mut bytes = Vec::new();
        file.take(most as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| Trouble::file("cannot read", path, &error))
}

/// Reads a list called `name` from the standard input.
///
/// # Errors
/// As [`read`].
pub fn read_stdin(id: FileId, name: &str) -> Result<Source, Trouble> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(most_bytes() as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Trouble::new(format!("cannot read the standard input: {error}")))?;
    text(id, name, bytes)
}

/// The text called `name` that `bytes` are.
///
/// # Errors
/// When they are too many, or not UTF-8.
pub fn text(id: FileId, name: &str, bytes: Vec<u8>) -> Result<Source, Trouble> {
    text_up_to(most_bytes(), id, name, bytes)
}

fn text_up_to(most: usize, id: FileId, name: &str, bytes: Vec<u8>) -> Result<Source, Trouble> {
    Source::from_bytes_up_to(most, id, name, bytes).map_err(|error| {
        let trouble = Trouble::new(format!("cannot read `{}`: {error}", shown(Path::new(name))));
        match error {
            SourceError::TooLarge { most } if most < Source::ADDRESSABLE => trouble.hint(SPLIT),
            _ => trouble,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_entries_are_read_and_no_more() {
        assert_eq!(crowded(MOST_ENTRIES), None);
        let why = crowded(MOST_ENTRIES + 1).expect("it is too many");
        assert!(
            why.contains("1000001 entries, more than the 1000000"),
            "{why}"
        );
    }
}
