//! `merge`, `fmt`, `init` and `inspect` as their user meets them.

mod support;

use std::fs;
use support::program::{code, err, out, run};
use support::{markdown_files, project, shared};
use tempfile::TempDir;

const OURS: &str = "# Teas\n\n## Green\n\n- [Sencha](https://tea.example/sencha) - Steamed.\n";
const THEIRS: &str = "# Teas\n\n## Green\n\n* [Sencha](http://www.tea.example/sencha/): From Japan.\n* [Matcha](https://tea.example/matcha): Ground.\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    fs::write(folder.path().join("ours.md"), OURS).expect("it can be written");
    fs::write(folder.path().join("theirs.md"), THEIRS).expect("it can be written");
    folder
}

#[test]
fn without_an_output_the_list_goes_to_stdout_and_the_reasons_beside_it() {
    let folder = folder();
    let output = run(folder.path(), &["merge", "ours.md", "theirs.md"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(
        out(&output),
        format!("{OURS}- [Matcha](https://tea.example/matcha) - Ground.\n")
    );
    assert!(
        err(&output).contains("Merged 3 entries into 2: 1 folded"),
        "{}",
        err(&output)
    );
    assert!(err(&output).contains("theirs.md:5:1"), "{}", err(&output));
    assert!(err(&output).contains("ours.md:5:1"), "{}", err(&output));
}

#[test]
fn the_report_has_every_decision() {
    let folder = folder();
    let arguments = [
        "merge",
        "ours.md",
        "theirs.md",
        "-o",
        "m.md",
        "--report",
        "r.json",
        "--quiet",
    ];
    let output = run(folder.path(), &arguments);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let report = fs::read_to_string(folder.path().join("r.json")).expect("it was written");
    let report: serde_json::Value = serde_json::from_str(&report).expect("it is JSON");
    let decisions = report["decisions"].as_array().expect("it is a list");
    assert_eq!(decisions.len(), 3);
    assert_eq!(decisions[1]["outcome"], "folded");
    assert_eq!(decisions[1]["into"]["list"], "ours.md");
    assert_eq!(decisions[1]["into"]["line"], 5);
    assert_eq!(decisions[2]["outcome"], "kept");
}

#[test]
fn nothing_is_written_where_a_list_cannot_be_read() {
    let folder = folder();
    fs::write(folder.path().join("latin.md"), b"- caf\xe9\n").expect("it can be written");
    fs::create_dir(folder.path().join("empty")).expect("it can be made");
    for (bad, message) in [
        ("missing.md", "cannot read `missing.md`"),
        ("latin.md", "`latin.md`: line 1 is not UTF-8"),
        ("empty", "there is no list in `empty`"),
    ] {
        let output = run(
            folder.path(),
            &["merge", "ours.md", bad, "-o", "m.md", "--report", "r.json"],
        );
        assert_eq!(code(&output), 2);
        assert!(err(&output).contains(message), "{}", err(&output));
        assert!(!folder.path().join("m.md").exists());
        assert!(!folder.path().join("r.json").exists());
    }
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let folder = folder();
    fs::create_dir(folder.path().join("taken")).expect("it can be made");
    for target in ["nowhere/m.md", "taken"] {
        let output = run(
            folder.path(),
            &["merge", "ours.md", "theirs.md", "-o", target],
        );
        assert_eq!(code(&output), 2, "{}", out(&output));
        assert!(
            err(&output).contains(&format!("`{target}`")),
            "{}",
            err(&output)
        );
    }
    let left = fs::read_dir(folder.path()).expect("it can be read").count();
    assert_eq!(left, 3, "something was left behind");
}

#[test]
fn merging_again_changes_nothing() {
    let folder = folder();
    let write = ["merge", "ours.md", "theirs.md", "-o", "m.md", "--quiet"];
    assert_eq!(code(&run(folder.path(), &write)), 0);
    let first = fs::read_to_string(folder.path().join("m.md")).expect("it was written");
    let check = [
        "merge",
        "ours.md",
        "theirs.md",
        "-o",
        "m.md",
        "--quiet",
        "--check",
    ];
    assert_eq!(code(&run(folder.path(), &check)), 0);
    for inputs in [
        vec!["m.md"],
        vec!["m.md", "ours.md", "theirs.md"],
        vec!["m.md", "m.md"],
    ] {
        let mut arguments = vec!["merge"];
        arguments.extend(&inputs);
        let output = run(folder.path(), &arguments);
        assert_eq!(out(&output), first, "{inputs:?}");
    }
    fs::write(folder.path().join("m.md"), "# Other\n").expect("it can be written");
    assert_eq!(code(&run(folder.path(), &check)), 1);
    assert_eq!(
        fs::read_to_string(folder.path().join("m.md")).expect("it is there"),
        "# Other\n"
    );
}

#[test]
fn a_list_is_formatted_once() {
    let folder = folder();
    let messy = "# Teas\n\n## Green\n\n- [Sencha](https://tea.example/sencha) - Steamed.\n- [Matcha](https://tea.example/matcha) - Ground.\n- [Hojicha](https://tea.example/hojicha) - Roasted.\n- [Tencha](https://tea.example/tencha) - Not rolled.\n- [Kukicha](https://tea.example/kukicha) - Stems.\n- [Gyokuro](https://tea.example/gyokuro) - Shaded.\n- [Genmaicha](https://tea.example/genmaicha) - With rice.\n* [Bancha](https://tea.example/bancha) - Coarse.\n";
    fs::write(folder.path().join("a.md"), messy).expect("it can be written");
    let check = run(folder.path(), &["fmt", "--check", "a.md"]);
    assert_eq!(code(&check), 1, "{}", out(&check));
    let diff = run(folder.path(), &["fmt", "--diff", "a.md"]);
    assert_eq!(code(&diff), 1);
    assert!(out(&diff).contains("-* [Bancha]"), "{}", out(&diff));
    assert_eq!(
        fs::read_to_string(folder.path().join("a.md")).expect("it is there"),
        messy
    );
    assert_eq!(code(&run(folder.path(), &["fmt", "a.md"])), 0);
    let text = fs::read_to_string(folder.path().join("a.md")).expect("it is there");
    assert!(text.contains("\n- [Bancha]"), "{text}");
    assert_eq!(code(&run(folder.path(), &["fmt", "--check", "a.md"])), 0);
}

#[test]
fn new_entries_go_into_a_list_and_nothing_else_of_it_changes() {
    let folder = folder();
    let base =
        "# Teas\n## Green\n+   [Sencha](https://tea.example/sencha): Steamed\n\n\n## Black\n";
    fs::write(folder.path().join("base.md"), base).expect("it can be written");
    let check = [
        "merge",
        "--into",
        "base.md",
        "theirs.md",
        "--quiet",
        "--check",
    ];
    assert_eq!(code(&run(folder.path(), &check)), 1);
    let output = run(
        folder.path(),
        &["merge", "--into", "base.md", "theirs.md", "--quiet"],
    );
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = fs::read_to_string(folder.path().join("base.md")).expect("it is there");
    let line = "+   [Matcha](https://tea.example/matcha): Ground";
    assert!(text.contains(line), "{text}");
    let rest: Vec<&str> = text.lines().filter(|one| !one.starts_with(line)).collect();
    assert_eq!(rest, base.lines().collect::<Vec<_>>(), "{text}");
    assert_eq!(
        code(&run(folder.path(), &check)),
        0,
        "nothing new is a change of nothing"
    );
}

#[test]
fn new_entries_end_as_those_of_the_list_do() {
    let folder = folder();
    let base = "# Teas\n\n## Green\n\n- [Sencha](https://tea.example/sencha): Steamed.\n- [Bancha](https://tea.example/bancha): Coarse.\n- [Tencha](https://tea.example/tencha): Not rolled.\n";
    let theirs = "# Teas\n\n## Green\n\n- [Matcha](https://tea.example/matcha) - Ground leaves\n- [Genmaicha](https://tea.example/genmaicha) - With rice!\n- Kukicha - Stems and nothing else\n";
    let into = ["merge", "--into", "base.md", "theirs.md", "--quiet"];
    fs::write(folder.path().join("theirs.md"), theirs).expect("it can be written");
    for (base, ends) in [
        (base.to_owned(), "): Ground leaves.\n"),
        (base.replace(".\n", "\n"), "): Ground leaves\n"),
    ] {
        fs::write(folder.path().join("base.md"), &base).expect("it can be written");
        assert_eq!(code(&run(folder.path(), &into)), 0);
        let text = fs::read_to_string(folder.path().join("base.md")).expect("it is there");
        assert!(text.starts_with(&base), "{text}");
        assert!(
            text.contains(ends) && text.contains("With rice!\n"),
            "{text}"
        );
        assert_eq!(code(&run(folder.path(), &into)), 0);
        let again = fs::read_to_string(folder.path().join("base.md")).expect("it is there");
        assert_eq!(
            again, text,
            "the entries are known though they end otherwise"
        );
    }
}

#[test]
fn comments_tell_where_entries_came_from() {
    let folder = folder();
    let merge = |inputs: &[&str]| {
        let mut arguments = vec!["merge", "--provenance-comments", "--quiet"];
        arguments.extend(inputs);
        out(&run(folder.path(), &arguments))
    };
    let merged = merge(&["ours.md", "theirs.md"]);
    assert_eq!(
        merged,
        "# Teas\n\n## Green\n\n- [Sencha](https://tea.example/sencha) - Steamed. <!-- from ours.md:5, theirs.md:5 -->\n- [Matcha](https://tea.example/matcha) - Ground. <!-- from theirs.md:6 -->\n"
    );
    fs::write(folder.path().join("m--><b>.md"), &merged).expect("it can be written");
    let again = merge(&["m--><b>.md", "theirs.md"]);
    assert_eq!(
        again,
        merged
            .replace("ours.md:5,", "m-__b_.md:5,")
            .replace("from theirs.md:6", "from m-__b_.md:6, theirs.md:6")
    );
}

#[test]
fn what_was_decided_is_not_asked_again() {
    let folder = folder();
    fs::write(
        folder.path().join("theirs.md"),
        "# Teas\n\n## Green\n\n- [The Book of Sencha](https://other.example/book) - Pages.\n",
    )
    .expect("it can be written");
    fs::write(
        folder.path().join("ours.md"),
        "# Teas\n\n## Green\n\n- [The Book of Sencha](https://tea.example/sencha) - Steamed.\n",
    )
    .expect("it can be written");
    let merge = [
        "merge",
        "ours.md",
        "theirs.md",
        "-o",
        "m.md",
        "--quiet",
        "--review",
    ];
    let output = run(folder.path(), &merge);
    assert!(
        out(&output).contains("1 pair to decide"),
        "{}{}",
        out(&output),
        err(&output)
    );
    let path = folder.path().join("listwright.decisions.toml");
    let form = fs::read_to_string(&path).expect("the form was written");
    let answer = form.replacen("  # [\"", "  [\"", 1);
    assert_ne!(form, answer, "{form}");
    fs::write(&path, answer).expect("it can be written");
    let output = run(folder.path(), &merge);
    assert!(
        out(&output).contains("Merged 2 entries into 1: 1 folded"),
        "{}{}",
        out(&output),
        err(&output)
    );
    let form = fs::read_to_string(&path).expect("the form was written");
    assert!(
        form.contains("\n  [\"https://"),
        "what was decided is kept: {form}"
    );
    assert_eq!(code(&run(folder.path(), &merge[..6])), 0);
}

#[test]
fn changes_are_told_by_entries() {
    let folder = folder();
    let output = run(folder.path(), &["diff", "ours.md", "theirs.md"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(
        out(&output).contains("added      Matcha (Teas > Green)"),
        "{}",
        out(&output)
    );
    let output = run(
        folder.path(),
        &["diff", "ours.md", "ours.md", "--exit-code"],
    );
    assert_eq!(code(&output), 0);
    let output = run(
        folder.path(),
        &[
            "diff",
            "ours.md",
            "theirs.md",
            "--exit-code",
            "--output-format",
            "json",
        ],
    );
    assert_eq!(code(&output), 1);
    assert!(serde_json::from_str::<serde_json::Value>(&out(&output)).is_ok());
    assert_eq!(
        code(&run(folder.path(), &["diff", "ours.md", "nowhere.md"])),
        2
    );
}

#[test]
fn a_configuration_is_written_once_and_can_be_read() {
    let folder = folder();
    assert_eq!(code(&run(folder.path(), &["init", "ours.md"])), 0);
    let shown = run(folder.path(), &["config", "ours.md"]);
    assert_eq!(code(&shown), 0, "{}", err(&shown));
    assert!(out(&shown).contains("listwright.toml"), "{}", out(&shown));
    let again = run(folder.path(), &["init", "ours.md"]);
    assert_eq!(code(&again), 2);
    assert!(err(&again).contains("is there already"), "{}", err(&again));
}

#[test]
fn the_configuration_made_for_every_real_list_can_be_read() {
    let mut lists = markdown_files(&project("lists"));
    if let Some(folder) = shared("corpus/lists") {
        lists.extend(markdown_files(&folder).into_iter().step_by(7));
    }
    for list in lists {
        let path = list.to_str().expect("the path is UTF-8");
        let output = run(&project("."), &["init", "--stdout", path]);
        let text = out(&output);
        let read = listwright::config::Config::parse(&text);
        assert!(read.is_ok(), "{path}: {read:?}\n{text}");
    }
}
