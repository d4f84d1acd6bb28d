//! The program as its user meets it: messages, exit codes, files.

mod support;

use std::fs;
use std::process::{Command, Stdio};

use support::program::{code, err, folder, out, read, run, write};
use support::project;

const LIST: &str =
    "# Awesome Tea\n\n## Green\n\n- [Sencha](https://example.com/sencha) - Steamed leaves. \n";

#[test]
fn findings_make_exit_code_1_and_a_clean_list_0() {
    let folder = folder();
    write(&folder, "bad.md", LIST);
    write(&folder, "good.md", &LIST.replace(" \n", "\n"));
    let bad = run(folder.path(), &["check", "bad.md"]);
    assert_eq!(code(&bad), 1, "{}{}", out(&bad), err(&bad));
    assert!(out(&bad).contains("bad.md:5:57"), "{}", out(&bad));
    let good = run(folder.path(), &["check", "good.md"]);
    assert_eq!(code(&good), 0, "{}{}", out(&good), err(&good));
}

#[test]
fn the_findings_of_many_lists_are_told_in_order_and_counted_together() {
    let folder = folder();
    let names: Vec<String> = (0..200).map(|at| format!("list-{at:03}.md")).collect();
    for name in &names {
        write(&folder, name, LIST);
    }
    let all = run(folder.path(), &["check"]);
    assert_eq!(code(&all), 1);
    let told = out(&all);
    let places: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split_once("[list-")?.1.split_once(":5:"))
        .map(|(name, _)| name)
        .collect();
    let wanted: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_prefix("list-"))
        .collect();
    assert_eq!(places, wanted);
    let last = told.lines().last();
    let counted = "Found 200 warnings in 200 files; 200 can be fixed with --fix [*]";
    assert_eq!(last, Some(counted));
    // What needs all findings at once says the same.
    let file = run(folder.path(), &["check", "--output-file", "found.txt"]);
    assert_eq!(code(&file), 1);
    assert_eq!(read(&folder, "found.txt"), told);
}

#[test]
fn fixes_are_shown_or_written() {
    let folder = folder();
    write(&folder, "a.md", LIST);
    let shown = run(folder.path(), &["check", "--diff", "a.md"]);
    assert!(out(&shown).contains("-- [Sencha]"), "{}", out(&shown));
    assert_eq!(code(&shown), 1);
    assert_eq!(read(&folder, "a.md"), LIST);
    let fixed = run(folder.path(), &["check", "--fix", "a.md"]);
    assert_eq!(code(&fixed), 0, "{}", out(&fixed));
    assert_eq!(read(&folder, "a.md"), LIST.replace(" \n", "\n"));
}

#[test]
fn bad_input_is_named_and_the_rest_still_checked() {
    let folder = folder();
    write(&folder, "bad.md", LIST);
    fs::write(folder.path().join("latin.md"), b"# T\n\n- caf\xe9\n").expect("it can be written");
    let output = run(
        folder.path(),
        &["check", "missing.md", "latin.md", "bad.md"],
    );
    assert_eq!(code(&output), 2);
    assert!(out(&output).contains("bad.md:5"), "{}", out(&output));
    let errors = err(&output);
    assert!(errors.contains("`missing.md`"), "{errors}");
    assert!(
        errors.contains("`latin.md`: line 3 is not UTF-8"),
        "{errors}"
    );
}

#[test]
fn a_list_that_cannot_be_formatted_is_not_said_to_be_in_its_layout() {
    let folder = folder();
    fs::write(folder.path().join("latin.md"), b"# T\n\n- caf\xe9\n").expect("it can be written");
    let output = run(folder.path(), &["fmt", "latin.md"]);
    assert_eq!((code(&output), out(&output).as_str()), (2, ""));
    assert!(err(&output).contains("`latin.md`"), "{}", err(&output));
    write(&folder, "prose.md", "# Prose\n\nNothing is listed.\n");
    fs::remove_file(folder.path().join("latin.md")).expect("it was there");
    let output = run(folder.path(), &["fmt"]);
    assert_eq!(
        (code(&output), out(&output).as_str()),
        (0, "No file holds a list\n")
    );
}

#[test]
fn a_folder_without_lists_is_said() {
    let folder = folder();
    write(&folder, "empty/notes.txt", "nothing");
    let output = run(folder.path(), &["check", "empty"]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("there is no list in `empty`"),
        "{}",
        err(&output)
    );
}

#[test]
fn overrides_by_path_reach_rules_over_several_lists() {
    let folder = folder();
    let list = "# Teas\n\n- [Sencha](https://example.com/sencha) - Steamed leaves.\n";
    write(&folder, "a.md", list);
    write(&folder, "b.md", list);
    write(&folder, "old/c.md", list);
    let found = |configuration: &str| {
        write(&folder, "listwright.toml", configuration);
        let output = run(folder.path(), &["check", "--output-format", "concise"]);
        let text = out(&output);
        let found = text.lines().filter(|line| line.contains("duplicate-link"));
        let words = found.filter_map(|line| {
            let (place, rest) = line.split_once(": ")?;
            let file = place.split(':').next()?;
            Some(format!("{file} {}", rest.split([' ', '[', ':']).next()?))
        });
        words.collect::<Vec<_>>()
    };
    let project = "[rules.duplicate-link]\nscope = \"project\"\n";
    assert_eq!(found(project), ["b.md warning", "old/c.md warning"]);
    // Off: the list takes no part. Another level: its findings matter as much.
    let off = "[[overrides]]\npaths = [\"old/\"]\nrules.duplicate-link = \"off\"\n";
    assert_eq!(found(&format!("{project}{off}")), ["b.md warning"]);
    let error = "[[overrides]]\npaths = [\"old/\"]\nrules.duplicate-link.level = \"error\"\n";
    assert_eq!(
        found(&format!("{project}{error}")),
        ["b.md warning", "old/c.md error"]
    );
    // Another scope: for some lists only.
    let some = "[[overrides]]\npaths = [\"old/\"]\nrules.duplicate-link.scope = \"project\"\n";
    assert_eq!(found(some), ["old/c.md warning"]);
    // An argument counts for all lists and more than the configuration.
    for (scope, files) in [("project", 2), ("list", 0)] {
        let arguments = ["check", "--scope", scope, "--only", "duplicate-link"];
        let output = run(folder.path(), &arguments);
        assert_eq!(out(&output).matches("is listed already").count(), files);
    }
}

#[test]
fn a_new_entry_is_told_to_stand_at_the_bottom_since_a_revision() {
    let folder = folder();
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .args([
                "-c",
                "user.name=Tester",
                "-c",
                "user.email=tester@tea.example",
            ])
            .args(arguments)
            .current_dir(folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .status();
        assert!(status.expect("git runs").success(), "git {arguments:?}");
    };
    let (bancha, matcha) = (
        "- [Bancha](https://example.com/bancha) - Late leaves.\n",
        "- [Matcha](https://example.com/matcha) - Ground leaves.\n",
    );
    let sencha = "- [Sencha](https://example.com/sencha) - Steamed leaves.\n";
    let list = |entries: &[&str]| format!("# Teas\n\n{}", entries.concat());
    write(
        &folder,
        "listwright.toml",
        "[rules]\nnew-entry-at-bottom = \"error\"\n",
    );
    write(&folder, "teas.md", &list(&[sencha, matcha]));
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "teas"]);
    let check = |since: &[&str]| {
        let arguments = [&["check", "--output-format", "concise", "teas.md"], since].concat();
        let output = run(folder.path(), &arguments);
        (code(&output), out(&output))
    };
    write(&folder, "teas.md", &list(&[sencha, bancha, matcha]));
    let (code, text) = check(&["--since", "HEAD"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.starts_with("teas.md:4:"), "{text}");
    assert!(
        text.contains("`Bancha` is new and does not stand at the bottom"),
        "{text}"
    );
    // Without a revision nothing is new, and at the bottom it stands right.
    assert_eq!(check(&[]).0, 0);
    write(&folder, "teas.md", &list(&[sencha, matcha, bancha]));
    assert_eq!(check(&["--since", "HEAD"]), (0, String::new()));
}

#[test]
fn the_nearest_configuration_counts_and_its_faults_are_placed() {
    let folder = folder();
    write(
        &folder,
        "listwright.toml",
        "[rules]\ntrailing-whitespace = \"off\"\n",
    );
    write(&folder, "a.md", LIST);
    write(
        &folder,
        "inner/.listwright.toml",
        "[rules]\ntrailing-whitespce = \"off\"\n",
    );
    write(&folder, "inner/b.md", LIST);
    assert_eq!(code(&run(folder.path(), &["check", "a.md"])), 0);
    assert_eq!(
        code(&run(folder.path(), &["check", "--isolated", "a.md"])),
        1
    );
    let output = run(folder.path(), &["check", "inner/b.md"]);
    assert_eq!(code(&output), 2);
    let errors = err(&output);
    assert!(errors.contains("inner/.listwright.toml:2:1"), "{errors}");
    assert!(
        errors.contains("did you mean `trailing-whitespace`?"),
        "{errors}"
    );
}

#[test]
fn ignored_files_and_pages_that_are_no_lists_are_passed_over() {
    let folder = folder();
    for name in [
        "a.md",
        "CONTRIBUTING.md",
        "node_modules/x/b.md",
        "built/c.md",
        "docs/d.md",
    ] {
        write(&folder, name, LIST);
    }
    write(
        &folder,
        "docs/prose.md",
        "# Words\n\nNothing is listed here. \n",
    );
    write(&folder, ".gitignore", "built/\n");
    let output = run(folder.path(), &["check", "--output-format", "concise"]);
    let files: Vec<String> = out(&output)
        .lines()
        .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
        .collect();
    assert_eq!(files, ["a.md", "docs/d.md"]);
    let output = run(
        folder.path(),
        &[
            "check",
            "--output-format",
            "concise",
            "--include",
            "CONTRIBUTING.md",
            "--exclude",
            "docs",
        ],
    );
    assert!(
        out(&output).contains("CONTRIBUTING.md:5"),
        "{}",
        out(&output)
    );
    assert!(!out(&output).contains("docs/d.md"), "{}", out(&output));
}

#[test]
fn only_what_is_new_is_reported() {
    let folder = folder();
    write(&folder, "a.md", LIST);
    let baseline = run(
        folder.path(),
        &["check", "a.md", "--write-baseline", "known.json"],
    );
    assert_eq!(code(&baseline), 0, "{}", err(&baseline));
    write(
        &folder,
        "a.md",
        &format!(
            "{}- [Matcha](https://example.com/matcha) - Ground leaves. \n",
            LIST.replace("## Green", "More.\n\n## Green")
        ),
    );
    let output = run(
        folder.path(),
        &[
            "check",
            "a.md",
            "--baseline",
            "known.json",
            "--output-format",
            "concise",
        ],
    );
    let lines: Vec<String> = out(&output).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("a.md:8:"), "{lines:?}");
}

#[test]
fn the_standard_input_is_a_list_too() {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_listwright"))
        .args(["check", "-", "--fix", "--stdin-filename", "tea.md"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(LIST.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(out(&output), LIST.replace(" \n", "\n"));
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    write(&folder, "a.md", LIST);
    let path = folder.path().join("a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("they can be set");
    let output = run(folder.path(), &["check", "--fix", "a.md"]);
    assert_eq!(code(&output), 2, "{}", out(&output));
    assert!(
        err(&output).contains("cannot write `a.md`"),
        "{}",
        err(&output)
    );
    assert_eq!(read(&folder, "a.md"), LIST);
    let left = fs::read_dir(folder.path()).expect("it can be read").count();
    assert_eq!(left, 1, "a temporary file was left behind");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    write(
        &folder,
        "real/a.md",
        &format!("\u{feff}{}", LIST.replace('\n', "\r\n")),
    );
    let real = folder.path().join("real/a.md");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("they can be set");
    std::os::unix::fs::symlink("real/a.md", folder.path().join("link.md")).expect("links are made");
    let output = run(folder.path(), &["check", "--fix", "link.md"]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    let link = fs::symlink_metadata(folder.path().join("link.md")).expect("it is there");
    assert!(link.file_type().is_symlink());
    let mode = fs::metadata(&real)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    let text = read(&folder, "real/a.md");
    assert_eq!(
        text,
        format!(
            "\u{feff}{}",
            LIST.replace(" \n", "\n").replace('\n', "\r\n")
        )
    );
}

#[test]
fn text_of_a_list_steers_neither_terminal_nor_runner() {
    let folder = folder();
    write(
        &folder,
        "a.md",
        "# T\n\n## \u{1b}[31mS\u{202e} ##[error]x \n\n::error::boo\u{7} \n- [a](https://a.example) ::set-output name=x::y \n",
    );
    for format in [
        "full", "concise", "json", "github", "sarif", "gitlab", "junit", "rdjson",
    ] {
        let output = run(folder.path(), &["check", "a.md", "--output-format", format]);
        let text = out(&output) + &err(&output);
        assert!(
            !text.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{format}: {text:?}"
        );
        assert!(!text.contains("##["), "{format}: {text}");
        for line in text.lines() {
            let command = line.trim_start().starts_with("::");
            let ours = format == "github"
                && ["::error ", "::warning ", "::notice "]
                    .iter()
                    .any(|known| line.starts_with(known));
            assert!(!command || ours, "{format}: {line}");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let list = project("lists");
    let mut child = Command::new(env!("CARGO_BIN_EXE_listwright"))
        .arg("check")
        .arg(list)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(!err(&output).contains("panicked"), "{}", err(&output));
}
