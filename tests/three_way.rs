//! The three-way merge: fixtures, real merges of real lists, and what must hold for any three texts.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use listwright::three_way::{By, ConflictStyle, Options, Reason, Resolution, three_way};
use proptest::prelude::*;
use rayon::prelude::*;
use support::{golden, project, read, shared};

fn merge(base: &str, ours: &str, theirs: &str) -> Resolution {
    three_way(base, ours, theirs, &Options::default())
}

// Fixtures.

fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).expect("the folder can be read");
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

#[test]
fn fixtures_merge_as_expected() {
    for folder in folders(&project("fixtures/three_way")) {
        let text = |name: &str| read(&folder.join(name));
        let merged = merge(&text("base.md"), &text("ours.md"), &text("theirs.md"));
        golden(&folder.join("expected.md"), &merged.text);
        let conflicts = merged.text.matches("<<<<<<< ours\n").count();
        assert_eq!(merged.conflicts.len(), conflicts, "{}", folder.display());
    }
}

// Real merges.

/// A real merge: what three people wrote, and what one of them committed.
struct Case {
    name: String,
    base: String,
    ours: String,
    theirs: String,
    result: String,
}

fn cases(set: &str) -> Vec<Case> {
    let Some(root) = shared(set) else {
        return Vec::new();
    };
    let text = |folder: &Path, name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect("a case has four files");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    folders(&root)
        .iter()
        .map(|folder| Case {
            name: folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            base: text(folder, "base.md"),
            ours: text(folder, "ours.md"),
            theirs: text(folder, "theirs.md"),
            result: text(folder, "result.md"),
        })
        .collect()
}

/// The destinations of a text, counted by a rule of the tests' own.
fn links(text: &str) -> BTreeMap<String, usize> {
    let link = regex::Regex::new(r"\]\(\s*<?([^)\s>]+)").expect("the pattern is right");
    let mut links = BTreeMap::new();
    for found in link.captures_iter(text) {
        if !found[1].starts_with('#') {
            let link = found[1].trim_end_matches('/').to_lowercase();
            *links
                .entry(link.replace("http://", "https://"))
                .or_default() += 1;
        }
    }
    links
}

/// What a merge did to links that it must not do.
fn wrongs(base: &str, ours: &str, theirs: &str, merged: &str) -> Vec<String> {
    let [o, a, b, m] = [base, ours, theirs, merged].map(links);
    let of = |links: &BTreeMap<String, usize>, link: &str| links.get(link).copied().unwrap_or(0);
    let deleted = |link: &str| of(&o, link) > 0 && (of(&a, link) == 0 || of(&b, link) == 0);
    let mut wrongs = Vec::new();
    for (link, &count) in &m {
        if count > of(&a, link).max(of(&b, link)).max(1) {
            wrongs.push(format!("doubled {link}"));
        }
        if deleted(link) {
            wrongs.push(format!("resurrected {link}"));
        }
    }
    for link in a.keys().chain(b.keys()) {
        if !m.contains_key(link) && !deleted(link) {
            wrongs.push(format!("lost {link}"));
        }
    }
    wrongs
}

fn same_links(one: &str, other: &str) -> bool {
    links(one).into_keys().eq(links(other).into_keys())
}

#[test]
fn real_merges_are_resolved_and_do_no_wrong() {
    let cases = cases("merges");
    if cases.is_empty() {
        return;
    }
    let known = read(&project("tests/data/three_way_differences.txt"));
    let known: BTreeSet<&str> = known
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once(": ")?.0))
        .collect();
    let results: Vec<(&Case, Resolution)> = cases
        .par_iter()
        .map(|case| (case, merge(&case.base, &case.ours, &case.theirs)))
        .collect();
    let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
    let mut resolved = 0;
    let mut different = BTreeSet::new();
    for (case, merged) in &results {
        if let Some(conflict) = merged.conflicts.first() {
            *reasons.entry(conflict.reason).or_default() += 1;
            continue;
        }
        resolved += 1;
        let wrongs = wrongs(&case.base, &case.ours, &case.theirs, &merged.text);
        assert!(wrongs.is_empty(), "{}: {wrongs:?}", case.name);
        if !same_links(&merged.text, &case.result) {
            different.insert(case.name.as_str());
        }
    }
    println!(
        "{resolved} of {} resolved, {} not as the person did; left: {reasons:?}",
        cases.len(),
        different.len()
    );
    assert!(
        resolved * 100 >= cases.len() * 88,
        "{resolved} of {}",
        cases.len()
    );
    assert_eq!(
        different, known,
        "tests/data/three_way_differences.txt explains each"
    );
}

#[test]
fn where_git_merges_cleanly_its_bytes_are_the_result() {
    for case in cases("merges_clean") {
        let merged = merge(&case.base, &case.ours, &case.theirs);
        assert_eq!(merged.by, By::Lines, "{}", case.name);
        assert!(merged.text == case.result, "{}", case.name);
        let doubled = case.name.starts_with("clean-but-duplicate");
        assert_eq!(!merged.duplicates.is_empty(), doubled, "{}", case.name);
        let given = Options {
            git_clean: Some("git's".to_owned()),
            ..Options::default()
        };
        let merged = three_way(&case.base, &case.ours, &case.theirs, &given);
        assert_eq!(merged.text, "git's");
    }
}

#[test]
fn properties_hold_on_real_merges() {
    // Every third, for the time that it takes.
    cases("merges").par_iter().step_by(3).for_each(|case| {
        let Case {
            name,
            base,
            ours,
            theirs,
            ..
        } = case;
        for side in [ours, theirs] {
            assert!(merge(base, side, base).text == *side, "{name}: identity");
            assert!(merge(base, base, side).text == *side, "{name}: identity");
            assert!(merge(base, side, side).text == *side, "{name}: agreement");
        }
        let merged = merge(base, ours, theirs);
        assert!(merged == merge(base, ours, theirs), "{name}: determinism");
        let swapped = merge(base, theirs, ours);
        assert_eq!(
            merged.conflicts.is_empty(),
            swapped.conflicts.is_empty(),
            "{name}: symmetry"
        );
        if merged.conflicts.is_empty() {
            assert!(same_links(&merged.text, &swapped.text), "{name}: symmetry");
        }
    });
}

#[test]
fn a_merge_takes_in_a_side_that_it_has_already() {
    cases("merges")
        .par_iter()
        .skip(1)
        .step_by(3)
        .for_each(|case| {
            let merged = merge(&case.base, &case.ours, &case.theirs);
            if !merged.conflicts.is_empty() {
                return;
            }
            let again = merge(&case.base, &merged.text, &case.theirs);
            if again.conflicts.is_empty() {
                assert!(same_links(&again.text, &merged.text), "{}", case.name);
            }
        });
}

// Conflicts as git writes them.

const BASE: &str = "# T\n\n- [A](https://a.example) - Old words.\n";
const OURS: &str = "# T\n\n- [A](https://a.example) - Our words.\n";
const THEIRS: &str = "# T\n\n- [A](https://a.example) - Quite other ones.\n";

#[test]
fn conflicts_are_written_in_the_style_that_is_asked_for() {
    let options = |style| Options {
        style,
        marker_size: 10,
        ..Options::default()
    };
    let merged = three_way(BASE, OURS, THEIRS, &options(ConflictStyle::Merge));
    assert_eq!(
        merged.text,
        "# T\n\n<<<<<<<<<< ours\n- [A](https://a.example) - Our words.\n==========\n\
         - [A](https://a.example) - Quite other ones.\n>>>>>>>>>> theirs\n"
    );
    assert_eq!(merged.conflicts[0].reason, Reason::SameField);
    for style in [ConflictStyle::Diff3, ConflictStyle::Zdiff3] {
        let merged = three_way(BASE, OURS, THEIRS, &options(style));
        assert!(
            merged
                .text
                .contains("|||||||||| base\n- [A](https://a.example) - Old words.\n")
        );
    }
}

#[test]
fn markers_stand_around_what_collides_and_nothing_else() {
    let ours = format!("{OURS}- [B](https://b.example)\n");
    let theirs = format!("{THEIRS}- [C](https://c.example)\n");
    let merged = merge(BASE, &ours, &theirs);
    assert_eq!(merged.conflicts.len(), 1);
    assert!(
        merged
            .text
            .ends_with(">>>>>>> theirs\n- [B](https://b.example)\n- [C](https://c.example)\n")
    );
}

#[test]
fn line_endings_and_byte_order_mark_stay_as_ours_has_them() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let base = "- [A](https://a.example)\n";
    let ours = format!(
        "\u{feff}{}",
        crlf("- [A](https://a.example)\n- [B](https://b.example)\n")
    );
    let theirs = "- [A](https://a.example)\n- [C](https://c.example)\n";
    let merged = merge(&format!("\u{feff}{}", crlf(base)), &ours, theirs);
    assert!(merged.conflicts.is_empty(), "{}", merged.text);
    let lines = "- [A](https://a.example)\n- [B](https://b.example)\n- [C](https://c.example)\n";
    assert_eq!(merged.text, format!("\u{feff}{}", crlf(lines)));
}

#[test]
fn a_last_line_without_ending_stays_without() {
    let merged = merge(
        "- [A](https://a.example)",
        "- [A](https://a.example)\n- [B](https://b.example)",
        "- [A](https://a.example)\n- [C](https://c.example)",
    );
    assert!(
        merged.text.ends_with("- [C](https://c.example)"),
        "{}",
        merged.text
    );
}

// Generated lists.

/// What one side does to a list of entries, entry by entry.
#[derive(Clone, Debug)]
enum Act {
    Keep,
    Delete,
    Describe(u8),
    AddBehind(u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        5 => Just(Act::Keep),
        1 => Just(Act::Delete),
        1 => (0..3u8).prop_map(Act::Describe),
        2 => (0..6u8).prop_map(Act::AddBehind),
    ];
    prop::collection::vec(act, 8)
}

fn entry(name: &str, words: &str) -> String {
    format!("- [{name}](https://{name}.example/) - {words}.\n")
}

/// A list of two sections; `acts` touch the first one only.
fn written(acts: Option<&[Act]>) -> String {
    let mut text = "# List\n\n## First\n\n".to_owned();
    let mut added = BTreeSet::new();
    for number in 0..8usize {
        let name = format!("work{number}");
        let act = acts.and_then(|acts| acts.get(number)).unwrap_or(&Act::Keep);
        match act {
            Act::Delete => continue,
            Act::Describe(words) => {
                text += &entry(&name, &format!("Description {words} by a side"))
            }
            Act::Keep | Act::AddBehind(_) => text += &entry(&name, "What it was called"),
        }
        if let Act::AddBehind(new) = act
            && added.insert(*new)
        {
            text += &entry(&format!("new{new}"), "Added");
        }
    }
    text + "\n" + SECOND
}

const SECOND: &str = "## Second\n\nSome words.\n\n- [last](https://last.example)\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn generated_lists_merge_by_the_rules(a in acts(), b in acts()) {
        let (base, ours, theirs) = (written(None), written(Some(&a)), written(Some(&b)));
        prop_assert_eq!(&merge(&base, &ours, &base).text, &ours);
        prop_assert_eq!(&merge(&base, &ours, &ours).text, &ours);
        let merged = merge(&base, &ours, &theirs);
        let swapped = merge(&base, &theirs, &ours);
        prop_assert_eq!(merged.conflicts.len(), swapped.conflicts.len());
        prop_assert!(merged.text.ends_with(SECOND), "stability: {}", merged.text);
        if merged.by == By::Entries && merged.conflicts.is_empty() {
            let wrongs = wrongs(&base, &ours, &theirs, &merged.text);
            prop_assert!(wrongs.is_empty(), "{:?}\n{}", wrongs, merged.text);
            let sorted = |text: &str| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            prop_assert_eq!(sorted(&merged.text), sorted(&swapped.text));
            let again = merge(&base, &merged.text, &theirs);
            prop_assert!(again.conflicts.is_empty(), "absorption: {}", again.text);
            prop_assert!(same_links(&again.text, &merged.text));
        }
        let contradicts = a.iter().zip(&b).any(|pair| match pair {
            (Act::Describe(x), Act::Describe(y)) => x != y,
            (Act::Describe(_), Act::Delete) | (Act::Delete, Act::Describe(_)) => true,
            _ => false,
        });
        let twice = merged.conflicts.iter().any(|conflict| conflict.reason == Reason::WouldDouble);
        prop_assert_eq!(contradicts || twice, !merged.conflicts.is_empty(), "{}", merged.text);
    }

    #[test]
    fn any_three_texts_have_a_result(
        base in text(), ours in text(), theirs in text(),
    ) {
        let merged = merge(&base, &ours, &theirs);
        prop_assert_eq!(&merged, &merge(&base, &ours, &theirs));
        for conflict in &merged.conflicts {
            prop_assert!(merged.text.get(conflict.markers.range()).is_some());
        }
        prop_assert_eq!(&merge(&base, &ours, &base).text, &ours);
    }
}

/// Texts of pieces that mean something in Markdown, in any order.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "- [a](https://a.example)", "- [b](https://b.example) - words", "* x", "1. [c](c)", "2. d",
            "## H", "# T", "  - [n](https://n.example)", "| a | b |", "|---|---|", "```", "<!--", "-->",
            "- [H](#h)", "text", "", "\n", "\r\n", "\r", "\u{feff}", "<div>", "    ", "\t", "---", "===",
            "[r]: https://r.example", "<<<<<<< x", "=======", ">>>>>>> y", "\u{0}", "é中",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec((piece, prop::bool::weighted(0.8)), 0..14).prop_map(|pieces| {
        let mut text = String::new();
        for (piece, ends) in pieces {
            text += &piece;
            if ends {
                text.push('\n');
            }
        }
        text
    })
}

// Beside others.

/// Merges with `git merge-file`; `None` where it leaves a conflict.
fn by_git(case: &Case, arguments: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().ok()?;
    for (name, text) in [("a", &case.ours), ("o", &case.base), ("b", &case.theirs)] {
        std::fs::write(folder.path().join(name), text).ok()?;
    }
    let output = Command::new("git")
        .args(["merge-file", "-p", "-q"])
        .args(arguments)
        .args(["a", "o", "b"])
        .current_dir(folder.path())
        .output()
        .ok()?;
    (output.status.code() == Some(0)).then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Merges with mergiraf; `None` where it leaves a conflict or is not installed.
fn by_mergiraf(case: &Case) -> Option<String> {
    let folder = tempfile::tempdir().ok()?;
    for (name, text) in [
        ("a.md", &case.ours),
        ("o.md", &case.base),
        ("b.md", &case.theirs),
    ] {
        std::fs::write(folder.path().join(name), text).ok()?;
    }
    let output = Command::new("mergiraf")
        .args(["merge", "o.md", "a.md", "b.md"])
        .current_dir(folder.path())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// One way to merge a case; `None` where it leaves a conflict.
type Way<'w> = (&'w str, &'w dyn Fn(&Case) -> Option<String>);

#[test]
#[ignore = "prints a table and takes a minute: cargo test --test three_way -- --ignored --nocapture"]
fn comparison_with_other_ways_to_merge() {
    let cases = cases("merges");
    let ours = |case: &Case| {
        let merged = merge(&case.base, &case.ours, &case.theirs);
        merged.conflicts.is_empty().then_some(merged.text)
    };
    let ways: [Way<'_>; 5] = [
        ("git, myers", &|case| {
            by_git(case, &["--diff-algorithm=myers"])
        }),
        ("git, histogram", &|case| {
            by_git(case, &["--diff-algorithm=histogram"])
        }),
        ("merge=union", &|case| by_git(case, &["--union"])),
        ("mergiraf", &by_mergiraf),
        ("listwright", &ours),
    ];
    let mut table = "| way | resolved | as the person did | doubles | resurrects | loses |\n|---|---|---|---|---|---|\n".to_owned();
    for (name, way) in ways {
        let mut counts = [0; 5];
        for case in &cases {
            let Some(merged) = way(case) else { continue };
            let wrongs = wrongs(&case.base, &case.ours, &case.theirs, &merged);
            let has = |what: &str| wrongs.iter().any(|wrong| wrong.starts_with(what));
            let found = [
                true,
                same_links(&merged, &case.result),
                has("doubled"),
                has("resurrected"),
                has("lost"),
            ];
            for (count, found) in counts.iter_mut().zip(found) {
                *count += usize::from(found);
            }
        }
        let [resolved, same, doubled, resurrected, lost] = counts;
        let _ = writeln!(
            table,
            "| {name} | {resolved} of {} | {same} | {doubled} | {resurrected} | {lost} |",
            cases.len()
        );
    }
    println!("{table}");
}
