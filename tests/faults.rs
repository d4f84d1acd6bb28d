//! What goes wrong around the program: no room, no right, another program, no end, no reader. Each
//! file is then the old one or the new one, whole, and a person is told.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use listwright::cli::files;
use listwright::source::FileId;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_listwright");

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("FORCE_COLOR")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments)
        .output()
        .expect("the program runs")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("the file can be written");
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

/// A list of so many entries that `fmt --sort` and `check --fix` both change.
fn list(entries: usize) -> String {
    let line = |at: usize| {
        format!(
            "- [Tea {}](https://example.com/{at}) - Leaves and water. \n",
            entries - at
        )
    };
    format!(
        "# Tea\n\n## All\n\n{}",
        (0..entries).map(line).collect::<String>()
    )
}

/// Runs `script` where a small file system can be mounted; `None`, and a line that says so, where
/// this is not allowed.
fn in_own_mounts(folder: &Path, script: &str) -> Option<Output> {
    let run = |script: &str| {
        Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", script])
            .current_dir(folder)
            .env("PROGRAM", PROGRAM)
            .output()
            .ok()
    };
    let probe = run("mkdir -p probe && mount -t tmpfs -o size=64k tmpfs probe");
    if !probe.is_some_and(|output| output.status.success()) {
        eprintln!("skipped: no file system can be mounted here");
        return None;
    }
    run(script)
}

#[test]
fn a_full_disk_leaves_the_old_file_and_is_told() {
    let folder = folder();
    let old = list(1_000);
    write(&folder.path().join("old.md"), &old);
    // Room for the list and not for a second one.
    let script = "mkdir small && mount -t tmpfs -o size=84k tmpfs small && cp old.md small/list.md && \
         cd small && \"$PROGRAM\" fmt --sort list.md; echo \"code $?\"; \
         \"$PROGRAM\" check list.md --output-format json --output-file found.json; echo \"code $?\"; \
         cmp ../old.md list.md && echo whole; ls -A";
    let Some(output) = in_own_mounts(folder.path(), script) else {
        return;
    };
    let shown = text(&output);
    assert_eq!(shown.matches("code 2").count(), 2, "{shown}");
    assert!(
        shown.contains("cannot write `list.md`: no space left on device"),
        "{shown}"
    );
    assert!(shown.contains("cannot write `found.json`"), "{shown}");
    assert!(shown.contains("make room"), "{shown}");
    assert!(
        shown.contains("whole\nlist.md\n"),
        "nothing else is left: {shown}"
    );
}

#[test]
fn a_file_too_large_for_its_owner_leaves_the_old_one() {
    let folder = folder();
    let old = list(1_000);
    let path = folder.path().join("list.md");
    // With the signal passed over, the call fails; without, the program is killed by it.
    for (before, told) in [("trap '' XFSZ; ", true), ("", false)] {
        write(&path, &old);
        let script = format!("{before}ulimit -f 32; exec \"$PROGRAM\" fmt --sort list.md");
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path())
            .env("PROGRAM", PROGRAM)
            .output()
            .expect("there is a shell");
        assert!(!output.status.success(), "{}", text(&output));
        assert_eq!(read(&path), old);
        if told {
            assert_eq!(output.status.code(), Some(2));
            let shown = text(&output);
            assert!(
                shown.contains("cannot write `list.md`: file too large"),
                "{shown}"
            );
            assert!(shown.contains("make room"), "{shown}");
        }
    }
}

#[test]
fn a_folder_that_takes_no_file_is_told() {
    let folder = folder();
    write(&folder.path().join("old.md"), &list(3));
    let script = "mkdir fixed && mount -t tmpfs tmpfs fixed && cp old.md fixed/list.md && \
         mount -o remount,ro fixed && cd fixed && \
         \"$PROGRAM\" fmt --sort list.md; echo \"code $?\"; \
         \"$PROGRAM\" merge list.md -o new.md; echo \"code $?\"; cmp ../old.md list.md && echo whole";
    let Some(output) = in_own_mounts(folder.path(), script) else {
        return;
    };
    let shown = text(&output);
    assert_eq!(shown.matches("code 2").count(), 2, "{shown}");
    for name in ["list.md", "new.md"] {
        let told = format!(
            "cannot write `{name}`: no file can be made in its folder: read-only filesystem"
        );
        assert!(shown.contains(&told), "{told} is not in {shown}");
    }
    assert!(shown.contains("\nwhole\n"), "{shown}");
}

#[test]
fn a_file_that_was_changed_meanwhile_is_left_alone() {
    let folder = folder();
    let path = folder.path().join("list.md");
    write(&path, &list(3));
    let source = files::read(FileId(0), &path).expect("it can be read");
    write(&path, "# Somebody wrote this just now\n");
    let trouble = files::overwrite(&path, &source, "# New\n").expect_err("it was changed");
    assert!(
        trouble
            .to_string()
            .contains("was changed by another program"),
        "{trouble}"
    );
    assert_eq!(read(&path), "# Somebody wrote this just now\n");
    // Gone is changed too, and it does not come back.
    fs::remove_file(&path).expect("it can be removed");
    assert!(files::overwrite(&path, &source, "# New\n").is_err());
    assert!(!path.exists());
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_old_file_or_the_new_one() {
    const KILLS: u32 = 100;
    let folder = folder();
    let path = folder.path().join("list.md");
    let old = list(300);
    write(&path, &old);
    let started = Instant::now();
    let output = run(folder.path(), &["fmt", "--sort", "list.md"]);
    let whole = started.elapsed();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let new = read(&path);
    assert_ne!(old, new);
    let (mut as_old, mut as_new) = (0, 0);
    for at in 0..KILLS {
        write(&path, &old);
        let mut child = command(folder.path(), &["fmt", "--sort", "list.md"])
            .spawn()
            .expect("the program runs");
        std::thread::sleep(whole.mul_f64(f64::from(at) * 1.2 / f64::from(KILLS)));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        match read(&path) {
            text if text == old => as_old += 1,
            text if text == new => as_new += 1,
            text => panic!("neither old nor new after kill {at}: {} bytes", text.len()),
        }
    }
    println!("{KILLS} kills: {as_old} times the old file, {as_new} times the new one");
    assert!(as_old > 0, "no run was killed before it was done");
    // What a killed run leaves is hidden and no list; the next run is not disturbed by it.
    let output = run(folder.path(), &["fmt", "--check", "."]);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        text(&output)
    );
    let shown = fs::read_dir(folder.path()).expect("it can be read");
    let names: Vec<String> = shown
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name != "list.md" && !name.starts_with(".listwright-"))
        .collect();
    assert_eq!(names, Vec::<String>::new());
}

#[test]
fn two_runs_at_once_do_not_undo_each_other() {
    let folder = folder();
    let path = folder.path().join("list.md");
    let old = list(60);
    let sort = ["fmt", "--sort", "list.md"];
    let fix = ["check", "--fix", "--exit-zero", "list.md"];
    let after = |steps: &[&[&str]]| {
        write(&path, &old);
        for step in steps {
            run(folder.path(), step);
        }
        read(&path)
    };
    let expected: BTreeSet<String> = [
        after(&[&sort]),
        after(&[&fix]),
        after(&[&sort, &fix]),
        after(&[&fix, &sort]),
    ]
    .into();
    for round in 0..20 {
        write(&path, &old);
        let both: Vec<Child> = [&sort[..], &fix[..]]
            .iter()
            .map(|arguments| command(folder.path(), arguments).spawn().expect("it runs"))
            .collect();
        let outputs: Vec<Output> = both
            .into_iter()
            .map(|child| child.wait_with_output().expect("it ends"))
            .collect();
        let now = read(&path);
        assert!(expected.contains(&now), "round {round}: {now}");
        let done: Vec<bool> = outputs
            .iter()
            .map(|output| output.status.success())
            .collect();
        for output in outputs.iter().filter(|output| !output.status.success()) {
            assert!(
                text(output).contains("was changed by another program"),
                "{}",
                text(output)
            );
        }
        // Whoever said that it was done, was: nothing that was written is gone.
        match done[..] {
            [true, false] => assert_eq!(now, after(&[&sort]), "round {round}"),
            [false, true] => assert_eq!(now, after(&[&fix]), "round {round}"),
            [true, true] => assert!(now == after(&[&sort, &fix]) || now == after(&[&fix, &sort])),
            _ => panic!("round {round}: neither was done"),
        }
    }
}

#[test]
fn a_closed_pipe_ends_the_work_in_silence() {
    let folder = folder();
    let folder = folder.path();
    write(&folder.join("a.md"), &list(3_000));
    write(&folder.join("b.md"), &list(10));
    for arguments in [
        &["check", "a.md"][..],
        &["check", "a.md", "--output-format", "json"],
        &["check", "--fix", "--diff", "a.md"],
        &["fmt", "--diff", "--sort", "a.md"],
        &["inspect", "a.md", "--output-format", "json"],
        &["inspect", "a.md", "--output-format", "csv"],
        &["diff", "b.md", "a.md"],
        &["merge", "a.md", "b.md"],
        &["merge", "a.md", "b.md", "-o", "out.md"],
        &["rules"],
        &["explain", "duplicate-link"],
        &["config"],
        &["config", "--schema"],
        &["resolve", "b.md"],
        &["completions", "bash"],
        &["--help"],
    ] {
        for closed in ["stdout", "stderr", "both"] {
            let mut child = command(folder, arguments)
                .spawn()
                .expect("the program runs");
            if closed != "stderr" {
                drop(child.stdout.take());
            }
            if closed != "stdout" {
                drop(child.stderr.take());
            }
            let output = child.wait_with_output().expect("it ends");
            let code = output.status.code();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(
                matches!(code, Some(0 | 1)),
                "{arguments:?} {closed}: {code:?} {said}"
            );
            assert!(!said.contains("panicked"), "{arguments:?} {closed}: {said}");
            assert!(
                !said.contains("error: cannot write"),
                "{arguments:?} {closed}: {said}"
            );
        }
    }
}

#[test]
fn an_output_without_room_is_told() {
    if !Path::new("/dev/full").exists() {
        eprintln!("skipped: there is no /dev/full");
        return;
    }
    let folder = folder();
    write(&folder.path().join("a.md"), &list(100));
    for arguments in [
        &["check", "a.md"][..],
        &["fmt", "--diff", "--sort", "a.md"],
        &["inspect", "a.md"],
        &["merge", "a.md"],
        &["resolve", "a.md"],
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("it is there");
        let output = command(folder.path(), arguments)
            .stdout(full)
            .output()
            .expect("it runs");
        let shown = text(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {shown}");
        assert!(
            shown.contains("cannot write the output: no space left"),
            "{arguments:?}: {shown}"
        );
    }
}

#[test]
fn a_broken_terminal_breaks_nothing() {
    let folder = folder();
    write(&folder.path().join("a.md"), &list(5));
    let plain = run(folder.path(), &["check", "a.md"]);
    for (name, value) in [
        ("TERM", "dumb"),
        ("TERM", ""),
        ("TERM", "no-such-terminal"),
        ("COLUMNS", "0"),
        ("COLUMNS", "1"),
        ("COLUMNS", "-7"),
        ("COLUMNS", "99999999999999"),
        ("COLUMNS", "x"),
        ("LANG", "C"),
        ("LC_ALL", "nonsense"),
        ("NO_COLOR", "1"),
        ("FORCE_COLOR", "1"),
    ] {
        for arguments in [
            &["check", "a.md"][..],
            &["fmt", "--diff", "a.md"],
            &["inspect", "a.md"],
            &["help"],
        ] {
            let output = command(folder.path(), arguments)
                .env(name, value)
                .output()
                .expect("it runs");
            let shown = text(&output);
            assert!(
                matches!(output.status.code(), Some(0 | 1)),
                "{name}={value}: {shown}"
            );
            assert!(!shown.contains("panicked"), "{name}={value}: {shown}");
            if arguments == ["check", "a.md"] {
                assert_eq!(output.status.code(), plain.status.code());
                assert!(
                    shown.contains("trailing-whitespace"),
                    "{name}={value}: {shown}"
                );
            }
        }
    }
    // A pseudo terminal without a size, as hooks and containers have it.
    let script = Command::new("script")
        .args([
            "--quiet",
            "--return",
            "--command",
            &format!("stty cols 0 rows 0; '{PROGRAM}' check a.md"),
            "/dev/null",
        ])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output();
    match script {
        Ok(output) if text(&output).contains("trailing-whitespace") => {
            assert_eq!(
                output.status.code(),
                plain.status.code(),
                "{}",
                text(&output)
            );
        }
        Ok(output) => panic!("{}", text(&output)),
        Err(_) => eprintln!("skipped: there is no `script` to make a pseudo terminal"),
    }
}

#[test]
fn a_closed_input_is_an_empty_list() {
    let folder = folder();
    let mut child = command(folder.path(), &["check", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(b"# T\n").expect("it is read");
    drop(stdin);
    let started = Instant::now();
    let output = child.wait_with_output().expect("it ends");
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}",
        text(&output)
    );
    assert!(started.elapsed() < Duration::from_secs(60));
}
