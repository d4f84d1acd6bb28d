//! Reads the Markdown files below a folder and parses each with the bare parser: the floor that
//! `tools/performance.py` measures the program against.

#[path = "../benches/texts/mod.rs"]
mod texts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: bare_parse FILE-OR-FOLDER");
        return ExitCode::from(2);
    };
    let mut bytes = 0;
    let files = files(Path::new(&path));
    for file in &files {
        match std::fs::read_to_string(file) {
            Ok(text) => {
                bytes += text.len();
                texts::bare(&text);
            }
            Err(error) => eprintln!("{}: {error}", file.display()),
        }
    }
    println!("{} files, {bytes} bytes", files.len());
    ExitCode::SUCCESS
}

/// The file itself, or the Markdown files that stand in the folder, in the order of their names.
fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(folder) = std::fs::read_dir(path) else {
        return vec![path.to_owned()];
    };
    let mut files: Vec<PathBuf> = folder
        .filter_map(|one| Some(one.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    files
}
