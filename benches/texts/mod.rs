//! The texts that are measured, and the floor that every figure stands beside.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::path::PathBuf;

/// Where a part of the shared data is, if it is there at all.
pub fn shared(path: &str) -> PathBuf {
    let root = std::env::var_os("LISTWRIGHT_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    root.join(path)
}

/// The real lists, or one made up where they are not there.
pub fn texts() -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(shared("corpus/lists")) else {
        return vec![grown(20_000)];
    };
    let mut paths: Vec<PathBuf> = folder.filter_map(|one| Some(one.ok()?.path())).collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect()
}

/// A list of about `entries` entries.
pub fn grown(entries: usize) -> String {
    let mut text = String::from("# Grown\n\n## Contents\n\n- [One](#one)\n- [Two](#two)\n");
    for at in 0..entries {
        if at % 50 == 0 {
            text.push_str(&format!("\n## Section {at}\n\n"));
        }
        text.push_str(&format!(
            "- [Work {at}](https://example.org/{at}) - Does *thing* {at}.\n"
        ));
    }
    text
}

/// comrak alone, with the extensions that lists are read with.
pub fn bare(text: &str) {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    let arena = comrak::Arena::new();
    std::hint::black_box(comrak::parse_document(&arena, text, &options));
}
