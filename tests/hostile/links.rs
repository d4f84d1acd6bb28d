//! Symbolic links that lead out of a repository, into `.git` or in circles.

use super::*;
use std::os::unix::fs::symlink;

#[track_caller]
fn link(target: &str, at: &Path) {
    fs::remove_file(at).ok();
    symlink(target, at).expect("links can be made");
}

#[track_caller]
fn assert_refused(folder: &Path, arguments: &[&str]) {
    let output = run(folder, arguments);
    let shown = text(&output);
    assert!(
        !shown.contains("swordfish"),
        "{arguments:?} shows it: {shown}"
    );
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {shown}");
    assert!(
        shown.contains("is a link that leads out of"),
        "{arguments:?}: {shown}"
    );
}

/// The link is not the repository's, so that nobody who writes to it chose where it leads.
#[test]
fn a_link_beside_the_repository_is_followed() {
    let (around, inside) = repository();
    let lists = around.path().join("lists");
    fs::create_dir(&lists).expect("a folder can be made");
    write(
        &lists,
        "other.md",
        "# O\n\n- [a](https://a.example) - A. \n",
    );
    link("lists", &around.path().join("shared"));
    let output = run(&inside, &["check", "../shared/other.md"]);
    let shown = text(&output);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("trailing-whitespace"), "{shown}");
}

#[test]
fn a_link_that_leaves_the_repository_is_neither_read_nor_written() {
    for target in ["../secret.md", ".git/config"] {
        let (around, inside) = repository();
        link(target, &inside.join("README.md"));
        write(
            &inside,
            "other.md",
            "# O\n\n- [a](https://a.example) - A.\n",
        );
        for arguments in [
            &["check", "README.md"][..],
            &["check", "."],
            &["check", "--fix", "README.md"],
            &["check", "--unsafe-fixes"],
            &["fmt", "README.md"],
            &["fmt", "--diff", "."],
            &["inspect", "README.md"],
            &["merge", "README.md", "other.md"],
            &["merge", "other.md", "-o", "README.md"],
            &["merge", "other.md", "-o", "out.md", "--report", "README.md"],
            &[
                "merge",
                "other.md",
                "-o",
                "out.md",
                "--decisions",
                "README.md",
            ],
            &["merge", "other.md", "-o", "out.md", "--into", "README.md"],
            &["diff", "README.md", "other.md"],
            &["resolve", "README.md"],
            &["init", "README.md"],
            &["check", "other.md", "--config", "README.md"],
            &["check", "other.md", "--baseline", "README.md"],
            &["check", "other.md", "--write-baseline", "README.md"],
            &["check", "other.md", "--output-file", "README.md"],
            &["check", "other.md", "--summary", "README.md"],
        ] {
            assert_refused(&inside, arguments);
            let secret = fs::read_to_string(around.path().join("secret.md"));
            assert_eq!(secret.ok().as_deref(), Some(SECRET), "{arguments:?}");
            let config = fs::read_to_string(inside.join(".git/config"));
            assert_eq!(config.ok().as_deref(), Some(SECRET), "{arguments:?}");
        }
    }
}

#[test]
fn a_configuration_or_decisions_file_that_is_such_a_link_is_refused() {
    for name in [
        "listwright.toml",
        ".config/listwright.toml",
        "listwright.decisions.toml",
    ] {
        let (around, inside) = repository();
        fs::create_dir_all(inside.join(".config")).expect("folders can be made");
        let target = around.path().join("secret.md");
        link(&target.to_string_lossy(), &inside.join(name));
        assert_refused(&inside, &["merge", "README.md", "-o", "out.md"]);
    }
}

#[test]
fn a_link_of_a_folder_or_to_what_is_not_there_leaves_neither() {
    let (around, inside) = repository();
    link("..", &inside.join("docs"));
    assert_refused(&inside, &["check", "docs/secret.md"]);
    link("../new.md", &inside.join("out.md"));
    assert_refused(&inside, &["merge", "README.md", "-o", "out.md"]);
    assert!(!around.path().join("new.md").exists());
}

#[test]
fn links_within_a_repository_and_from_outside_into_it_are_followed() {
    let (around, inside) = repository();
    let list = "# T\n\n## S\n\n- [a](https://a.example) - A.\n";
    write(&inside, "docs/list.md", list);
    link("docs/list.md", &inside.join("README.md"));
    let output = run(&inside, &["check", "README.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    link("repository", &around.path().join("short"));
    let output = run(around.path(), &["check", "short/docs/list.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    // Where there is no repository, a person made the link.
    let free = folder();
    write(free.path(), "a/list.md", list);
    fs::create_dir(free.path().join("b")).expect("folders can be made");
    link("../a/list.md", &free.path().join("b/list.md"));
    let output = run(free.path(), &["check", "b/list.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

#[test]
fn loops_end() {
    let (_around, inside) = repository();
    link("b.md", &inside.join("a.md"));
    link("a.md", &inside.join("b.md"));
    fs::create_dir(inside.join("docs")).expect("folders can be made");
    link("..", &inside.join("docs/up"));
    let output = run(&inside, &["check", "--output-format", "concise", "."]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(!text(&output).contains("docs/up"), "{}", text(&output));
    let output = run(&inside, &["check", "a.md"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("`a.md`"), "{}", text(&output));
    let output = run(&inside, &["merge", "README.md", "-o", "a.md"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
}
