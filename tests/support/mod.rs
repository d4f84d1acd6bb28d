//! What several test files need: lists from text, golden files, the shared data where it is.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod places;
pub mod program;
pub mod scan;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use listwright::diagnostic::Diagnostic;
use listwright::list::List;
use listwright::source::{FileId, Source};

/// The list that `text` holds.
pub fn list(name: &str, text: &str) -> List {
    List::parse(Source::new(FileId(0), name, text))
}

/// A path inside the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A path inside the data that all tests share, which stands beside the project; `None`, and a line
/// that says so, where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let root =
        std::env::var_os("LISTWRIGHT_SHARED").map_or_else(|| project("../shared"), PathBuf::from);
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// The files below `folder` with the ending `.md`, sorted.
pub fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    files
}

/// The text of a file.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares `actual` with the golden file at `path`; with `LISTWRIGHT_BLESS` set, writes it.
pub fn golden(path: &Path, actual: &str) {
    if std::env::var_os("LISTWRIGHT_BLESS").is_some() {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("the folder can be made");
        }
        std::fs::write(path, actual).expect("the golden file can be written");
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} differs; read the change, then run with LISTWRIGHT_BLESS=1\n--- expected\n{expected}\n+++ actual\n{actual}",
        path.display()
    );
}

/// Findings as plain lines: `line:column severity rule: message`, with the further places.
pub fn lines(list: &List, found: &[Diagnostic]) -> String {
    let mut lines = String::new();
    for diagnostic in found {
        let place = list.source.line_column(diagnostic.span.start);
        let mark = if diagnostic.fix.is_some() {
            " [fix]"
        } else {
            ""
        };
        lines.push_str(&format!(
            "{}:{} {} {}: {}{mark}\n",
            place.line,
            place.column,
            diagnostic.severity.name(),
            diagnostic.rule,
            diagnostic.message
        ));
        for label in &diagnostic.labels {
            let place = list.source.line_column(label.span.start);
            lines.push_str(&format!(
                "  {}:{} {}\n",
                place.line, place.column, label.message
            ));
        }
        if let Some(help) = &diagnostic.help {
            lines.push_str(&format!("  help: {help}\n"));
        }
    }
    lines
}

/// How often each destination of a link stands in a list.
pub fn links(list: &List) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for link in &list.links {
        *count.entry(link.url.clone()).or_default() += 1;
    }
    count
}

/// What stands less often in `after` than in `before`.
pub fn lost<'a>(
    before: &'a BTreeMap<String, usize>,
    after: &BTreeMap<String, usize>,
) -> Vec<&'a String> {
    let count = |what: &String| after.get(what).copied().unwrap_or_default();
    before
        .iter()
        .filter(|(what, times)| count(what) < **times)
        .map(|(what, _)| what)
        .collect()
}

/// A line without what stands inside its HTML tags: that is markup, except for destinations, which
/// [`links`] counts.
fn without_tags(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        kept.push_str(before);
        kept.push(' ');
        let tag = after.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/');
        let address = after
            .split('>')
            .next()
            .is_some_and(|inside| inside.contains("://"));
        rest = match after.split_once('>') {
            Some((_, after)) if tag && !address => after,
            _ => after,
        };
    }
    kept + rest
}

/// How often each word stands in a text; markup and punctuation are no words, and neither are the
/// numbers of ordered lists.
pub fn words(text: &str) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for line in text.lines() {
        let digits = line.trim_start();
        let rest = digits.trim_start_matches(|char: char| char.is_ascii_digit());
        let numbered = rest.len() < digits.len() && rest.starts_with(['.', ')']);
        let line = without_tags(if numbered { rest } else { line });
        for word in line.split(|char: char| !char.is_alphanumeric()) {
            if !word.is_empty() {
                *count.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    count
}

/// The real lists, name and bytes, in the order of their names; none where they are not there.
pub fn real_lists() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = shared("corpus/lists") else {
        return Vec::new();
    };
    markdown_files(&folder)
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
