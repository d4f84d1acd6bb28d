//! Every command that a document shows is run, and prints what the document says.
//!
//! In a block marked `console` a line that begins with `$ ` is a command; what follows up to the next
//! one is its output. The blocks of one document run one after the other in a folder of their own,
//! which is their home as well and holds `lists/` and what `fixtures/docs/` has for all. A last line `…` stands for further
//! output. With `LISTWRIGHT_BLESS` set, the output is written into the document.

#![cfg(unix)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{golden, markdown_files, project, read};

/// The documents: all at the top and below `docs`, but for those that other tests print.
fn documents() -> Vec<PathBuf> {
    let mut documents = markdown_files(&project("docs"));
    documents.retain(|path| !path.starts_with(project("docs/rules")));
    documents.push(project("README.md"));
    documents.push(project("CONTRIBUTING.md"));
    documents
}

#[test]
fn every_command_prints_what_the_document_says() {
    let mut commands = 0;
    for document in documents() {
        let text = read(&document);
        if !text.contains("```console") {
            continue;
        }
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        copy(&project("lists"), &folder.path().join("lists"));
        copy(&project("fixtures/docs"), folder.path());
        let (printed, count) = run_all(&text, folder.path());
        commands += count;
        golden(&document, &printed);
    }
    assert!(commands > 0, "no document shows a command");
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from)
        .into_iter()
        .filter_map(Result::ok)
    {
        let inner = entry.path().strip_prefix(from).expect("it is below");
        let target = to.join(inner);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).expect("folders can be made");
        } else {
            std::fs::copy(entry.path(), &target).expect("files can be copied");
        }
    }
}

/// The document with the output of its commands as it is now, and how many commands it has.
fn run_all(text: &str, folder: &Path) -> (String, usize) {
    let mut printed = String::new();
    let mut commands = 0;
    let mut lines = text.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        printed.push_str(line);
        printed.push('\n');
        if line.starts_with("```") {
            inside = line == "```console";
            continue;
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| inside) else {
            continue;
        };
        commands += 1;
        let mut shown = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ") && *line != "```") {
            shown.push(line);
        }
        let output = run(command, folder);
        match shown.last() {
            Some(&"…") => {
                for line in output.lines().take(shown.len() - 1) {
                    printed.push_str(line.trim_end());
                    printed.push('\n');
                }
                printed.push_str("…\n");
            }
            _ => {
                for line in output.lines() {
                    printed.push_str(line.trim_end());
                    printed.push('\n');
                }
            }
        }
    }
    (printed, commands)
}

/// What `command` prints in `folder`, both streams in the order in which they are written.
fn run(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_listwright"));
    let beside = binary.parent().expect("it is in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = vec![beside.to_path_buf()];
    paths.extend(std::env::split_paths(&path));
    let command = command.replace("cargo run --release --", "listwright");
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!("{{ {command}; }} 2>&1"))
        .current_dir(folder)
        .env(
            "PATH",
            std::env::join_paths(paths).expect("they came from a path"),
        )
        .env("LC_ALL", "C.UTF-8")
        .env("COLUMNS", "96")
        .env("HOME", folder)
        .env("NO_COLOR", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env_remove("FORCE_COLOR")
        .output()
        .expect("a shell runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
