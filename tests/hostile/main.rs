//! Lists, paths and configurations made to do harm: each thing that was tried, and that it fails.

#[cfg(unix)]
mod links;
#[cfg(unix)]
mod special;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Everything that has been used to mislead a terminal, a log, a page, a spreadsheet or a reader.
const LIST: &str = "# Tea \u{1b}]0;title\u{7} \u{202e}evil\u{2066}\n\n\
    ::error::boo\n  ::warning::indented\n\n\
    ## Green \u{1b}[31m ##[error]x ##vso[task.setvariable]y \n\n\
    - [=cmd|'/C calc'!A0](https://a.example/?utm_source=x) - ::add-mask::secret %0A::error::x \n\
    - [@SUM(1)](https://a.example) - <script>alert(1)</script> <img src=x onerror=alert(1)> \n\
    - [+1](http://a.example/) - \u{9b}31m \u{202e}gpj.exe | `x` [click](javascript:alert(1)) @someone \n\
    - [-1](https://b.example/%0A::error::x) - zero\u{200b}width\u{feff} \r::stop-commands::x \n\
    - [Same](https://c.example/\u{202e}) - ]]> </details> </testsuite> & \" ' $x$ #1 \n\
    - [same](https://c.example/\u{202e}) - -->\n\
    - *Title* by ::group::x\n";

/// A name that a repository on Linux can have.
const NAME: &str = "::error::%0A=x,\u{202e}\u{1b}[31m.md";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_listwright"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("FORCE_COLOR")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments)
        .output()
        .expect("the program runs")
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it is below the folder"))
        .expect("folders can be made");
    fs::write(path, text).expect("the file can be written");
}

/// A folder that is a repository to this program, beside a file that is none of its business.
fn repository() -> (TempDir, PathBuf) {
    let around = folder();
    write(around.path(), "secret.md", SECRET);
    let inside = around.path().join("repository");
    write(&inside, ".git/config", SECRET);
    write(&inside, "README.md", LIST);
    (around, inside)
}

const SECRET: &str = "# Secret \n\n- [swordfish](https://swordfish.example/ ) - swordfish \n";

fn text(output: &Output) -> String {
    let both = [output.stdout.clone(), output.stderr.clone()].concat();
    String::from_utf8(both).expect("the output is UTF-8")
}

/// What is wrong with `text` as something that a terminal or a runner is given.
fn harm(text: &str, is_own: impl Fn(&str) -> bool) -> Vec<String> {
    let mut harm = Vec::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let steers = |character: &char| {
            matches!(u32::from(*character), 0..=8 | 0xb..=0x1f | 0x7f..=0x9f | 0x200b..=0x200f
                | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff)
        };
        if let Some(character) = line.chars().find(steers) {
            harm.push(format!("{character:?} in {line:?}"));
        }
        if line.trim_start().starts_with("::") && !is_own(line) {
            harm.push(format!("a command: {line:?}"));
        }
        if line.contains("##[") || line.contains("##vso[") {
            harm.push(format!("a command: {line:?}"));
        }
    }
    harm
}

#[track_caller]
fn assert_harmless(what: &str, text: &str) {
    let harm = harm(text, |_| false);
    assert!(harm.is_empty(), "{what}: {harm:#?}");
}

#[cfg(unix)]
#[test]
fn every_form_of_output_is_harmless() {
    let folder = folder();
    let folder = folder.path();
    write(folder, NAME, LIST);
    write(
        folder,
        "other.md",
        "# Tea\n\n## Green\n\n- [Same](https://c.example) - One.\n",
    );
    write(folder, "known.json", "{}\u{1b}[31m");
    for format in [
        "full", "concise", "json", "github", "sarif", "gitlab", "junit", "rdjson",
    ] {
        let output = run(
            folder,
            &[
                "check",
                NAME,
                "--preset",
                "strict",
                "--output-format",
                format,
            ],
        );
        assert_eq!(output.status.code(), Some(1), "{format}: {}", text(&output));
        let is_own = |line: &str| {
            let known = ["::error title=", "::warning title=", "::notice title="];
            format == "github" && known.iter().any(|known| line.starts_with(known))
        };
        let shown = text(&output);
        assert_eq!(harm(&shown, is_own), Vec::<String>::new(), "{format}");
        if format == "github" {
            // What a runner reads: a command ends at the line's end, its properties at `::`.
            for line in shown.lines().filter(|line| line.starts_with("::")) {
                let (properties, _) = line[2..].split_once("::").expect("a command has a message");
                assert!(!properties.contains("::"), "{line}");
                assert!(properties.contains("title="), "{line}");
                assert!(!properties.contains(":error"), "{line}");
            }
        }
    }
    for arguments in [
        &["check", NAME, "--statistics"][..],
        &["check", NAME, "--unsafe-fixes", "--diff"],
        &["fmt", NAME, "--diff"],
        &["fmt", NAME, "--check"],
        &["fmt", NAME, "--sort", "--diff"],
        &["inspect", NAME],
        &["inspect", NAME, "--output-format", "json"],
        &["inspect", NAME, "--output-format", "csv"],
        &["diff", NAME, "other.md"],
        &["diff", NAME, "other.md", "--output-format", "markdown"],
        &["diff", NAME, "other.md", "--output-format", "json"],
        &["merge", NAME, "other.md", "-o", "out.md"],
        &["merge", NAME, "other.md", "-o", "old.md", "--diff"],
        &["resolve", NAME],
        &["init", NAME, "--stdout"],
        &["check", "missing \u{1b}[31m\n::error::x.md"],
        &[
            "check",
            NAME,
            "--config",
            "missing \u{1b}[31m\n::error::x.toml",
        ],
        &["check", NAME, "--baseline", "known.json"],
        &["check", NAME, "--since", "\u{1b}[31m::error::"],
        &["check", NAME, "--only", "\u{1b}[31m\n::error::x"],
        &["explain", "\u{1b}[31m\n::error::x"],
    ] {
        let output = run(folder, arguments);
        assert!(output.status.code().is_some(), "{arguments:?}");
        assert_harmless(&format!("{arguments:?}"), &text(&output));
    }
}

#[test]
fn a_table_of_entries_holds_no_formula() {
    let folder = folder();
    write(folder.path(), "list.md", LIST);
    let output = run(
        folder.path(),
        &["inspect", "list.md", "--output-format", "csv"],
    );
    let text = String::from_utf8(output.stdout).expect("it is UTF-8");
    let mut fields = 0;
    for line in text.lines() {
        // No field of the sample has a quotation mark before a comma of its own.
        for field in line.split(',') {
            let field = field.trim_start_matches(['"', ' ']);
            assert!(
                !field.starts_with(['=', '+', '-', '@']),
                "{field:?} in {line}"
            );
            fields += 1;
        }
    }
    assert!(text.contains("'=cmd") && text.contains("'@SUM"), "{text}");
    assert!(fields > 50, "{text}");
}

#[test]
fn pages_hold_no_markup_of_a_list() {
    let folder = folder();
    let folder = folder.path();
    write(folder, "list.md", LIST);
    write(
        folder,
        "other.md",
        "# Tea\n\n## Green\n\n- [Same](https://c.example) - One.\n",
    );
    run(folder, &["check", "list.md", "--summary", "summary.md"]);
    run(
        folder,
        &[
            "merge",
            "list.md",
            "other.md",
            "-o",
            "out.md",
            "--report",
            "report.md",
        ],
    );
    let changes = run(
        folder,
        &["diff", "list.md", "other.md", "--output-format", "markdown"],
    );
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("it was written");
    for (what, page) in [
        ("summary", read("summary.md")),
        ("report", read("report.md")),
        ("changes", text(&changes)),
    ] {
        assert!(
            page.contains("a&#46;example") || page.contains("SUM"),
            "{what}: {page}"
        );
        assert_harmless(what, &page);
        for markup in [
            "<script",
            "<img",
            "](javascript:",
            "](https://a.",
            " @someone",
            "</details>\n\n-",
        ] {
            assert!(!page.contains(markup), "{what} has {markup}: {page}");
        }
    }
}

#[test]
fn the_report_and_the_questions_of_a_merge_can_be_read_again() {
    let folder = folder();
    let folder = folder.path();
    write(folder, "list.md", LIST);
    write(
        folder,
        "other.md",
        &LIST.replace("https", "http").replace("same", "Same 2"),
    );
    let merge = ["merge", "list.md", "other.md", "-o", "out.md"];
    let asked = run(
        folder,
        &[
            &merge[..],
            &["--review", "--report", "r.json", "--provenance", "p.json"],
        ]
        .concat(),
    );
    assert_eq!(asked.status.code(), Some(0), "{}", text(&asked));
    for name in ["r.json", "p.json", "listwright.decisions.toml"] {
        let text = fs::read_to_string(folder.join(name)).expect("it was written");
        assert_harmless(name, &text);
    }
    let again = run(folder, &merge);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again));
}

#[test]
fn paths_that_leave_the_repository_are_not_looked_at() {
    let links: String = [
        "../secret.md",
        "../../secret.md",
        "../../../../../../etc/passwd",
        "%2e%2e/secret.md",
        "%2e%2e/%2e%2e/etc/passwd",
        "docs/../../secret.md",
        "docs/%2e%2e/%2e%2e/secret.md",
        "/../secret.md",
        "/../../../../../../etc/passwd",
        "..%2fsecret.md",
    ]
    .iter()
    .map(|path| format!("- [T]({path}) - Words.\n"))
    .collect();
    let (around, inside) = repository();
    write(
        &inside,
        "README.md",
        &format!("# T\n\n## S\n\n{links}- [M](missing.md) - M.\n"),
    );
    let check = || {
        let output = run(&inside, &["check", "--only", "broken-path", "README.md"]);
        text(&output)
    };
    let there = check();
    fs::remove_file(around.path().join("secret.md")).expect("it can be removed");
    assert_eq!(
        there,
        check(),
        "the answer tells whether a file outside exists"
    );
    assert!(there.contains("`missing.md`"), "{there}");
    let shown = there.matches("there is no file").count();
    assert_eq!(shown, 1, "{there}");
}

/// Every file below `folder` with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok);
    all.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let bytes = fs::read(entry.path()).expect("it can be read");
            (entry.into_path(), bytes)
        })
        .collect()
}

/// The keys of the configuration, from its schema, as paths, with the types of their values.
fn keys(schema: &serde_json::Value, path: &str, found: &mut Vec<(String, String)>) {
    let Some(properties) = schema["properties"].as_object() else {
        return;
    };
    for (key, value) in properties {
        let path = match path {
            "" => key.clone(),
            _ => format!("{path}.{key}"),
        };
        keys(value, &path, found);
        keys(&value["items"], &format!("[[{path}]]"), found);
        for any in value["anyOf"]
            .as_array()
            .or(value["oneOf"].as_array())
            .into_iter()
            .flatten()
        {
            keys(any, &path, found);
        }
        let kind = value["type"].as_str().unwrap_or("any").to_owned();
        found.push((path, kind));
    }
}

/// A configuration that comes with a pull request can run nothing and write nowhere: every key that
/// the schema knows is given values that a program could be led astray by.
#[cfg(unix)]
#[test]
fn a_configuration_runs_nothing_and_writes_nowhere() {
    use std::os::unix::fs::PermissionsExt;
    let schema: serde_json::Value =
        serde_json::from_str(&listwright::config::schema()).expect("the schema is JSON");
    let mut known = Vec::new();
    keys(&schema, "", &mut known);
    assert!(known.len() > 60, "{known:?}");
    let around = folder();
    let tools = around.path().join("tools");
    for tool in ["git", "sh", "bash", "env", "touch"] {
        let called = around.path().join("called");
        let script = format!("#!/bin/sh\necho {tool} >> '{}'\nexit 1\n", called.display());
        write(&tools, tool, &script);
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(tools.join(tool), executable).expect("they can be set");
    }
    let inside = around.path().join("inside");
    write(&inside, "list.md", LIST);
    write(
        &inside,
        "other.md",
        "# T\n\n## S\n\n- [a](https://a.example) - A.\n",
    );
    let values = [
        "\"$(touch pwned)\"",
        "[\"../../pwned\", \"/etc/passwd\", \"`touch pwned`\", \"!sh\"]",
        "{ \"../pwned\" = \"$(touch pwned)\" }",
        "true",
        "7",
    ];
    let (mut taken, mut refused) = (0, 0);
    for (at, (path, kind)) in known.iter().enumerate() {
        let fitting = match kind.as_str() {
            "string" => 0,
            "array" => 1,
            "object" => 2,
            "boolean" => 3,
            _ => 4,
        };
        // A value of the key's own type, and one of another, in turn.
        for value in [values[fitting], values[(fitting + 1 + at) % values.len()]] {
            let line = match path
                .strip_prefix("[[")
                .and_then(|path| path.split_once("]]."))
            {
                Some((table, key)) => format!("[[{table}]]\npaths = [\"*\"]\n{key} = {value}\n"),
                None => format!("{path} = {value}\n"),
            };
            write(&inside, "listwright.toml", &line);
            let before = files(around.path());
            let mut codes = Vec::new();
            for arguments in [
                &["check", "--preset", "strict", "."][..],
                &["fmt", "--check", "."],
                &["merge", "list.md", "other.md", "--quiet"],
                &["config"],
            ] {
                let output = command(&inside, arguments)
                    .env("PATH", &tools)
                    .output()
                    .expect("the program runs");
                codes.push(output.status.code().expect("it ends by itself"));
                let shown = String::from_utf8_lossy(&output.stderr);
                assert!(!shown.contains("panicked"), "{line}: {shown}");
            }
            assert_eq!(
                files(around.path()),
                before,
                "{line} wrote or ran something"
            );
            match codes[3] {
                0 => taken += 1,
                _ => refused += 1,
            }
            // One value of the right type is enough for keys that differ in nothing but their name.
            if path.starts_with("rules.") && at % 4 != 0 {
                break;
            }
        }
    }
    println!(
        "{} keys: {taken} values taken, {refused} refused",
        known.len()
    );
    assert!(
        taken > 20 && refused > 20,
        "{taken} taken, {refused} refused"
    );
}

#[test]
fn a_configuration_that_never_ends_or_nests_forever_is_refused() {
    let folder = folder();
    let folder = folder.path();
    write(folder, "list.md", LIST);
    for (name, text) in [
        ("arrays", format!("preset = {}", "[".repeat(500_000))),
        ("tables", format!("a = {}", "{ a = ".repeat(100_000))),
        ("dots", format!("{} = 1", ["a"; 200_000].join("."))),
        (
            "keys",
            (0..40_000).map(|at| format!("k{at} = 1\n")).collect(),
        ),
        (
            "pattern",
            format!("files.exclude = [\"{}\"]", "{a,b}*[a-z]?**/".repeat(20_000)),
        ),
        (
            "patterns",
            format!("files.exclude = [{}]", "\"**/a*b*c*d\", ".repeat(50_000)),
        ),
        ("long", "#".repeat(2 << 20)),
    ] {
        write(folder, "listwright.toml", &text);
        let output = run(folder, &["check", "list.md"]);
        let code = output.status.code();
        assert!(matches!(code, Some(0..=2)), "{name}: {:?}", output.status);
        assert!(
            output.stderr.len() < 100_000,
            "{name}: {} bytes",
            output.stderr.len()
        );
    }
}

#[test]
fn files_beyond_the_limits_are_named_with_the_limit_and_what_to_do() {
    let folder = folder();
    let folder = folder.path();
    let long = fs::File::create(folder.join("long.md")).expect("it can be made");
    long.set_len((64 << 20) + 1)
        .expect("a file with a hole can be made");
    write(
        folder,
        "deep.md",
        &format!("# T\n\n{}a\n", "> ".repeat(5_000)),
    );
    write(folder, "good.md", LIST);
    for (name, parts) in [
        ("long.md", &["`long.md`", "64 MiB", "--no-limits"][..]),
        ("deep.md", &["`deep.md`", "line 3", "1000 levels"]),
    ] {
        for command in ["check", "fmt", "inspect", "merge", "init"] {
            let output = run(folder, &[command, name]);
            let shown = text(&output);
            assert_eq!(output.status.code(), Some(2), "{command} {name}: {shown}");
            for part in parts {
                assert!(
                    shown.contains(part),
                    "{command} {name}: {part} is not in {shown}"
                );
            }
        }
    }
    // The others are checked all the same.
    let output = run(folder, &["check", "--output-format", "concise", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("good.md:"), "{}", text(&output));
}
