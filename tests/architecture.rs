//! Who may import whom. The table is the plan of the house; a test fails on an arrow that runs up.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;
use support::{project, read};

/// Each module at the top of the crate and the ones that it may import.
const TABLE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("nearest", &[]),
    ("spaces", &[]),
    ("edit", &["source"]),
    ("diagnostic", &["source", "edit"]),
    ("list", &["source", "spaces"]),
    ("identity", &["list", "source"]),
    (
        "rules",
        &[
            "source",
            "edit",
            "diagnostic",
            "list",
            "identity",
            "nearest",
        ],
    ),
    ("format", &["source", "spaces", "edit", "list"]),
    ("inspect", &["source", "list"]),
    (
        "merge",
        &["source", "spaces", "edit", "diagnostic", "list", "identity"],
    ),
    (
        "three_way",
        &["source", "spaces", "edit", "diagnostic", "list", "identity"],
    ),
    ("diff", &["source", "spaces", "list", "identity"]),
    (
        "config",
        &["nearest", "rules", "format", "merge", "identity"],
    ),
    (
        "report",
        &[
            "source",
            "edit",
            "diagnostic",
            "nearest",
            "list",
            "inspect",
            "merge",
            "diff",
            "identity",
        ],
    ),
];

/// Crates that stand behind certain files only.
const CRATES: &[(&str, &[&str])] = &[
    ("comrak", &["list/parse.rs"]),
    ("icu_collator", &["rules/unsorted_section/collation.rs"]),
    ("clap", &["cli"]),
    ("serde", &["config", "report"]),
    ("serde_json", &["config", "report", "cli/server"]),
    ("schemars", &["report"]),
    ("toml", &["config"]),
    ("miette", &["report"]),
    ("walkdir", &["cli"]),
    ("ignore", &["cli"]),
    ("tempfile", &["cli"]),
    ("lsp_server", &["cli"]),
    ("lsp_types", &["cli"]),
];

/// The code of every source file by its path below `src`, without comments and unit tests.
fn sources() -> BTreeMap<String, String> {
    let root = project("src");
    let mut sources = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&root)
        .into_iter()
        .filter_map(Result::ok)
    {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            let name = path
                .strip_prefix(&root)
                .expect("the file is below the root");
            sources.insert(name.to_string_lossy().replace('\\', "/"), code(path));
        }
    }
    sources
}

fn code(path: &Path) -> String {
    let text = read(path);
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The module at the top of the crate that a file belongs to.
fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn imports_run_down() {
    let import = Regex::new(r"\bcrate::(?:\{([^}]*)\}|(\w+))").expect("the pattern is right");
    let mut wrong = BTreeSet::new();
    for (file, code) in sources() {
        let module = module(&file);
        if matches!(module, "main" | "lib" | "cli") {
            continue;
        }
        let row = TABLE.iter().find(|(name, _)| *name == module);
        let (_, allowed) = row.unwrap_or_else(|| panic!("{module} is not in the table"));
        for found in import.captures_iter(&code) {
            let names = found
                .get(1)
                .or(found.get(2))
                .map_or("", |names| names.as_str());
            for name in names.split(',') {
                let name = name.trim().split("::").next().unwrap_or_default();
                if !name.is_empty() && name != module && !allowed.contains(&name) {
                    wrong.insert(format!("{file} imports {name}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_stand_behind_their_files() {
    let mut wrong = BTreeSet::new();
    for (file, code) in sources() {
        for (name, places) in CRATES {
            let used = Regex::new(&format!(r"\b{name}::")).expect("the pattern is right");
            let allowed = places.iter().any(|place| file.starts_with(place));
            if !allowed && used.is_match(&code) {
                wrong.insert(format!("{file} uses {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_command_line_reads_writes_and_prints() {
    let effect = Regex::new(
        r"std::(fs|process|env)\b|std::net::(Tcp|Udp)|\b(e?print(ln)?|dbg)!|std::io::std",
    )
    .expect("the pattern is right");
    let mut wrong = BTreeSet::new();
    for (file, code) in sources() {
        // The name and version of the program are constants that the compiler puts in.
        if !matches!(module(&file), "cli" | "main") && effect.is_match(&code) {
            wrong.insert(file);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_unwraps() {
    for (file, code) in sources() {
        assert!(!code.contains(".unwrap()"), "{file} unwraps");
        assert!(!code.contains("unsafe "), "{file} is unsafe");
    }
}
