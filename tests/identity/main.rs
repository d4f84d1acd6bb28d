//! Identity against labelled data: links and entries that careful readers judged.
//!
//! The data stands outside the project (`../shared`, or `LISTWRIGHT_SHARED`); where it is missing,
//! each test says so and returns.

mod entries;
mod links;

use std::path::PathBuf;

/// Where the shared data stands.
fn shared_path(path: &str) -> PathBuf {
    let root = std::env::var_os("LISTWRIGHT_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    root.join(path)
}

/// A file of the shared data, or `None` after saying that it is missing.
fn shared(path: &str) -> Option<serde_json::Value> {
    let path = shared_path(path);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is missing", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).expect("the data is JSON"))
}

/// A text of a record; empty if it has none.
fn text<'a>(record: &'a serde_json::Value, key: &str) -> &'a str {
    record[key].as_str().unwrap_or_default()
}
