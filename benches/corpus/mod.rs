//! The real lists, and the Markdown parser that all else is measured by.

use std::path::PathBuf;

/// The data that is shared beside the project.
pub fn shared() -> PathBuf {
    std::env::var_os("LISTWRIGHT_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    )
}

/// The real lists; none where they are not there.
pub fn texts() -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(shared().join("corpus/lists")) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = folder.filter_map(|one| Some(one.ok()?.path())).collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect()
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
    divan::black_box(comrak::parse_document(&arena, text, &options));
}
