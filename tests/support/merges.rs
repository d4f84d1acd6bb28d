//! Real merges of real lists, and what a merge must not do to links.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use listwright::three_way::{Options, Resolution, three_way};

use super::shared;

/// Merges with the default options.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Resolution {
    three_way(base, ours, theirs, &Options::default())
}

/// A real merge: what three people wrote, and what one of them committed.
pub struct Case {
    pub name: String,
    pub base: String,
    pub ours: String,
    pub theirs: String,
    pub result: String,
}

/// The cases of a set; none where the shared data is absent.
pub fn cases(set: &str) -> Vec<Case> {
    let Some(root) = shared(set) else {
        return Vec::new();
    };
    let text = |folder: &Path, name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect("a case has four files");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let name = |folder: &Path| {
        folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    folders(&root)
        .iter()
        .map(|folder| Case {
            name: name(folder).unwrap_or_default(),
            base: text(folder, "base.md"),
            ours: text(folder, "ours.md"),
            theirs: text(folder, "theirs.md"),
            result: text(folder, "result.md"),
        })
        .collect()
}

/// The folders in a folder, sorted.
pub fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).expect("the folder can be read");
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// The destinations of a text, counted by a rule of the tests' own.
pub fn links(text: &str) -> BTreeMap<String, usize> {
    let link = regex::Regex::new(r"\]\(\s*<?([^)\s>]+)").expect("the pattern is right");
    let mut links = BTreeMap::new();
    for found in link.captures_iter(text) {
        if !found[1].starts_with('#') {
            let link = found[1].trim_end_matches('/').to_lowercase();
            *links
                .entry(link.replace("http://", "https://"))
                .or_default() += 1;
        }
    }
    links
}

/// What a merge did to links that it must not do.
pub fn wrongs(base: &str, ours: &str, theirs: &str, merged: &str) -> Vec<String> {
    let [o, a, b, m] = [base, ours, theirs, merged].map(links);
    let of = |links: &BTreeMap<String, usize>, link: &str| links.get(link).copied().unwrap_or(0);
    let deleted = |link: &str| of(&o, link) > 0 && (of(&a, link) == 0 || of(&b, link) == 0);
    let mut wrongs = Vec::new();
    for (link, &count) in &m {
        if count > of(&a, link).max(of(&b, link)).max(1) {
            wrongs.push(format!("doubled {link}"));
        }
        if deleted(link) {
            wrongs.push(format!("resurrected {link}"));
        }
    }
    for link in a.keys().chain(b.keys()) {
        if !m.contains_key(link) && !deleted(link) {
            wrongs.push(format!("lost {link}"));
        }
    }
    wrongs
}

/// Whether two texts link to the same destinations.
pub fn same_links(one: &str, other: &str) -> bool {
    links(one).into_keys().eq(links(other).into_keys())
}

/// The lines of a text, in alphabetical order.
pub fn sorted_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}
