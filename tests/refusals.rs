//! Bad invocations: exit code 2, what was probably meant, and nothing written.

mod support;

use std::fs;

use support::program::{code, err, folder, out, read, run, write};
use tempfile::TempDir;

const LIST: &str =
    "# Awesome Tea\n\n## Green\n\n- [Sencha](https://example.com/sencha) - Steamed leaves. \n";

/// The files of a folder with their texts.
fn files(folder: &TempDir) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder.path()).expect("it can be read");
    let mut files: Vec<(String, String)> = entries
        .map(|entry| {
            let entry = entry.expect("it can be read");
            let name = entry.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(entry.path()).expect("it can be read");
            (name, text)
        })
        .collect();
    files.sort();
    files
}

/// Asserts that `arguments` end with 2, say `expected`, and leave every file as it is.
fn refuses(folder: &TempDir, arguments: &[&str], expected: &str) {
    let before = files(folder);
    let output = run(folder.path(), arguments);
    assert_eq!(code(&output), 2, "{arguments:?}: {}", out(&output));
    let errors = err(&output);
    assert!(errors.contains(expected), "{arguments:?}: {errors}");
    assert_eq!(files(folder), before, "{arguments:?} wrote something");
}

#[test]
fn flags_rules_presets_and_paths_that_nobody_knows_are_told_with_the_nearest() {
    let folder = folder();
    write(&folder, "teas.md", LIST);
    write(&folder, "more.md", LIST);
    for (arguments, expected) in [
        // Commands and flags.
        ("chek teas.md", "'check'"),
        ("check --fxi teas.md", "'--fix'"),
        ("check --fix --statistic teas.md", "'--statistics'"),
        ("fmt --chek teas.md", "'--check'"),
        ("merge --ouput all.md teas.md more.md", "'--output'"),
        // Values of flags.
        (
            "check --fix --preset awsome teas.md",
            "did you mean `awesome`?",
        ),
        (
            "check --fix --output-format jsn teas.md",
            "did you mean `json`?",
        ),
        // Rules.
        (
            "check --fix --only trailing-whitspace teas.md",
            "did you mean `trailing-whitespace`?",
        ),
        (
            "check --fix --allow duplicat-link teas.md",
            "did you mean `duplicate-link`?",
        ),
        (
            "explain trailing-white-space",
            "did you mean `trailing-whitespace`?",
        ),
        // Paths.
        ("check --fix tea.md", "did you mean `teas.md`?"),
        ("fmt ./tea.md", "did you mean `./teas.md`?"),
        ("merge teas.md moer.md -o all.md", "did you mean `more.md`?"),
        (
            "check --fix --baseline mre.md teas.md",
            "cannot read `mre.md`",
        ),
        (
            "check --fix --config mor.md teas.md",
            "did you mean `more.md`?",
        ),
        (
            "check --since nowhere teas.md",
            "`.` is in no git repository",
        ),
    ] {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        refuses(&folder, &arguments, expected);
    }
}

#[test]
fn a_bad_path_keeps_no_good_one_from_being_mended() {
    let folder = folder();
    write(&folder, "teas.md", LIST);
    let output = run(folder.path(), &["check", "--fix", "tea.md", "teas.md"]);
    assert_eq!(code(&output), 2);
    assert_eq!(read(&folder, "teas.md"), LIST.replace(" \n", "\n"));
}

#[test]
fn keys_that_nobody_knows_are_told_with_place_and_nearest() {
    for (configuration, place, expected) in [
        ("presett = \"awesome\"\n", "1:1", "`preset`"),
        ("preset = \"awsome\"\n", "1:10", "`awesome`"),
        ("[rulse]\n", "1:2", "`rules`"),
        (
            "[rules]\nduplicate-lnk = \"off\"\n",
            "2:1",
            "`duplicate-link`",
        ),
        (
            "[rules]\nduplicate-link = \"warnin\"\n",
            "2:18",
            "`warning`",
        ),
        (
            "[rules.duplicate-link]\nscop = \"list\"\n",
            "2:1",
            "`scope`",
        ),
        (
            "[rules.duplicate-link]\nscope = \"projct\"\n",
            "2:9",
            "`project`",
        ),
        (
            "[rules.unsorted-section]\nlocale = \"svx\"\n",
            "2:10",
            "`sv`",
        ),
        ("[[overrides]]\npath = [\"a\"]\n", "2:1", "`paths`"),
        ("[style]\nmarkr = \"-\"\n", "2:1", "`marker`"),
    ] {
        let folder = folder();
        write(&folder, "teas.md", LIST);
        write(&folder, "listwright.toml", configuration);
        for command in ["check --fix teas.md", "fmt teas.md"] {
            let arguments: Vec<&str> = command.split(' ').collect();
            refuses(&folder, &arguments, &format!("listwright.toml:{place}"));
            refuses(&folder, &arguments, expected);
        }
    }
}
