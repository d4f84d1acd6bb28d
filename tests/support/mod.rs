//! What several test files need: the real lists, and a second reading of them.

#![allow(dead_code, reason = "each test file uses a part of this")]

pub mod scan;

use std::path::PathBuf;

use listwright::list::List;
use listwright::source::{FileId, Source};

/// The folder of shared data, or `None`, said on standard error, where it is not there.
pub fn shared() -> Option<PathBuf> {
    let folder = match std::env::var_os("LISTWRIGHT_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
    };
    if folder.join("corpus/lists").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} has no corpus/lists", folder.display());
    None
}

/// The real lists, name and bytes, in the order of their names; none where they are not there.
pub fn lists() -> Vec<(String, Vec<u8>)> {
    let Some(shared) = shared() else {
        return Vec::new();
    };
    let folder = shared.join("corpus/lists");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder was just seen")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|path| {
            let name = path.file_name().expect("it came from a folder");
            let bytes = std::fs::read(&path).expect("the file was just seen");
            (name.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

/// `bytes` as a list.
pub fn parse(name: &str, bytes: Vec<u8>) -> List {
    let source = Source::from_bytes(FileId(0), name, bytes).expect("the real lists are UTF-8");
    List::parse(source)
}

/// `text` as a list.
pub fn parse_text(text: &str) -> List {
    List::parse(Source::new(FileId(0), "test.md", text))
}
