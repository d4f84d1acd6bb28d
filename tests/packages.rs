//! What packages are made of: one version everywhere, completions, manual pages, names of hooks.

mod support;

use std::process::{Command, Output};

use serde_json::Value;
use support::{project, read};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_listwright"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(&project(path))).expect("the file is JSON")
}

#[test]
fn every_package_has_the_version_of_the_crate() {
    let version = env!("CARGO_PKG_VERSION");
    let main = json("npm/listwright/package.json");
    assert_eq!(main["version"], version, "run scripts/version.sh {version}");
    let platforms = main["optionalDependencies"].as_object().expect("platforms");
    assert!(!platforms.is_empty());
    for (name, wanted) in platforms {
        assert_eq!(wanted, version, "{name}: run scripts/version.sh {version}");
    }
    // The wheel takes the crate's version, and the action installs what its own `Cargo.toml` says.
    assert!(read(&project("pyproject.toml")).contains("dynamic = [\"version\"]"));
    let lock = read(&project("Cargo.lock"));
    let entry = format!("name = \"listwright\"\nversion = \"{version}\"\n");
    assert!(lock.contains(&entry), "run cargo check");
    for page in [
        "docs/pre-commit.md",
        "docs/github-action.md",
        "docs/installing.md",
    ] {
        let text = read(&project(page));
        let named = text
            .match_indices("listwright@v")
            .chain(text.match_indices("rev: v"));
        for (at, marker) in named {
            let rest = &text[at + marker.len()..];
            assert!(
                rest.starts_with(version),
                "{page}: run scripts/version.sh {version}"
            );
        }
    }
}

#[test]
fn each_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&["completions", shell]);
        assert!(output.status.success(), "{shell}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            text.contains("listwright") && text.contains("check"),
            "{shell}"
        );
    }
    assert_eq!(run(&["completions", "tcsh"]).status.code(), Some(2));
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let pages = folder.path().join("share/man1");
    let output = run(&["man", &pages.to_string_lossy()]);
    assert!(output.status.success());
    for line in listwright::cli::commands_page().lines() {
        let Some(command) = line.strip_prefix("## `") else {
            continue;
        };
        let name = command.trim_end_matches('`').replace(' ', "-");
        let page = read(&pages.join(format!("{name}.1")));
        assert!(page.contains(".SH SYNOPSIS"), "{name}");
    }
    assert!(read(&pages.join("listwright.1")).contains("listwright"));
}

#[test]
fn hooks_name_commands_that_there_are() {
    let hooks = read(&project(".pre-commit-hooks.yaml"));
    let entries = hooks
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: listwright "));
    let mut count = 0;
    for entry in entries {
        count += 1;
        let arguments: Vec<&str> = entry.split(' ').chain(["--help"]).collect();
        let output = run(&arguments);
        assert!(output.status.success(), "{entry}");
        assert!(entry.contains("--force-exclude"), "{entry}");
    }
    assert_eq!(count, hooks.matches("- id: ").count());
}

#[test]
fn workflows_in_the_documents_call_what_there_is() {
    let page = read(&project("docs/github-action.md"));
    let mut count = 0;
    for line in page.lines() {
        let Some((_, call)) = line.split_once("\"$LISTWRIGHT\" ") else {
            continue;
        };
        let words: Vec<&str> = call.split_whitespace().collect();
        let help = run(&[words[0], "--help"]);
        assert!(help.status.success(), "there is no command for: {line}");
        let help = String::from_utf8_lossy(&help.stdout).into_owned();
        let options = words.iter().take_while(|word| **word != "--");
        for option in options.filter(|word| word.starts_with("--")) {
            assert!(
                help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")),
                "{option}: {line}"
            );
        }
        count += 1;
    }
    assert!(count >= 3, "the page calls the program {count} times");
}
