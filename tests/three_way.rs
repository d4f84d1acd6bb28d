//! The three-way merge: fixtures, real merges of real lists, and conflicts as git writes them.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use listwright::three_way::{By, ConflictStyle, Options, Reason, Resolution, three_way};
use rayon::prelude::*;
use support::merges::{Case, cases, folders, merge, same_links, wrongs};
use support::{golden, project, read};

// Fixtures.

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

// Time.
