//! The editor's names of documents, and the paths that they stand for.

use std::path::{Path, PathBuf};

use lsp_types::Uri;

/// The path of `uri`, if it names a file.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let url = url::Url::parse(uri.as_str()).ok()?;
    match url.scheme() {
        "file" => url.to_file_path().ok(),
        _ => None,
    }
}

/// The path under which a document is judged: its own, or a name in `root` where it is not stored.
pub(super) fn path_in(root: Option<&Path>, uri: &Uri) -> PathBuf {
    path(uri).unwrap_or_else(|| root.unwrap_or(Path::new("")).join("untitled.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_paths_and_other_documents_a_name() {
        let uri = |text: &str| text.parse::<Uri>().expect("the name is right");
        #[cfg(unix)]
        assert_eq!(
            path(&uri("file:///a%20b/c.md")),
            Some(PathBuf::from("/a b/c.md"))
        );
        assert_eq!(path(&uri("untitled:Untitled-1")), None);
        assert_eq!(
            path(&uri("file://host/share/../x")).is_some(),
            cfg!(windows)
        );
        let root = Path::new("root");
        assert_eq!(
            path_in(Some(root), &uri("untitled:x")),
            root.join("untitled.md")
        );
    }
}
