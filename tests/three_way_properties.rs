//! What must hold for every three-way merge: on real merges, on real lists with made changes, on
//! generated lists and on any texts.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use listwright::three_way::{By, Options, Reason, three_way};
use proptest::prelude::*;
use rayon::prelude::*;
use support::merges::{Case, cases, links, merge, same_links, sorted_lines, wrongs};

// Real merges.

#[test]
fn a_side_that_changed_nothing_or_the_same_gives_way() {
    cases("merges").par_iter().for_each(|case| {
        let Case { name, base, .. } = case;
        for side in [&case.ours, &case.theirs] {
            assert!(merge(base, side, base).text == *side, "{name}: identity");
            assert!(merge(base, base, side).text == *side, "{name}: identity");
            assert!(merge(base, side, side).text == *side, "{name}: agreement");
        }
    });
}

#[test]
fn real_merges_are_the_same_twice_and_the_other_way_round() {
    // Every third, for the time that it takes.
    cases("merges").par_iter().step_by(3).for_each(|case| {
        let (name, base) = (&case.name, &case.base);
        let merged = merge(base, &case.ours, &case.theirs);
        let again = merge(base, &case.ours, &case.theirs);
        assert!(merged == again, "{name}: determinism");
        let swapped = merge(base, &case.theirs, &case.ours);
        let complete = merged.conflicts.is_empty();
        assert_eq!(complete, swapped.conflicts.is_empty(), "{name}: symmetry");
        if complete {
            assert!(same_links(&merged.text, &swapped.text), "{name}: symmetry");
        }
    });
}

#[test]
fn a_real_merge_takes_in_a_side_that_it_has_already() {
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
            let same = said(&again.text) == said(&merged.text);
            assert!(same, "{}: absorption", case.name);
        });
}

/// The lines of a text but for blank ones, whose place may depend on what stood there before.
fn said(text: &str) -> Vec<&str> {
    let lines = text.lines();
    lines.filter(|line| !line.trim().is_empty()).collect()
}

/// A list, cut behind its longest list of items.
fn cut(text: &str) -> Option<(String, String)> {
    let list = support::list("text", text);
    let outermost = list.item_lists.iter().filter(|items| items.depth == 0);
    let longest = outermost.max_by_key(|items| items.items.len())?;
    let (before, behind) = text.split_at_checked(longest.span.end as usize)?;
    match before.ends_with('\n') {
        true => Some((before.to_owned(), behind.to_owned())),
        false => Some((format!("{before}\n"), behind.strip_prefix('\n')?.to_owned())),
    }
}

#[test]
fn an_edit_in_one_section_of_a_real_list_changes_only_that_section() {
    let ours = "- [Ours](https://ours.new.example)\n";
    let theirs = "- [Theirs](https://theirs.new.example)\n";
    cases("merges").par_iter().step_by(2).for_each(|case| {
        let base = case
            .base
            .trim_start_matches('\u{feff}')
            .replace("\r\n", "\n");
        let Some((before, behind)) = cut(&base) else {
            return;
        };
        let with = |entries: &str| format!("{before}{entries}{behind}");
        let merged = merge(&base, &with(ours), &with(theirs));
        let expected = with(&format!("{ours}{theirs}"));
        assert!(
            merged.text == expected,
            "{}: stability\n{}",
            case.name,
            merged.text
        );
    });
}

#[test]
fn texts_that_have_nothing_in_common_have_a_result() {
    let cases = cases("merges");
    let next = |number: usize| &cases[number % cases.len()];
    (0..cases.len())
        .into_par_iter()
        .step_by(4)
        .for_each(|number| {
            let (base, ours, theirs) = (
                &next(number).base,
                &next(number + 1).ours,
                &next(number + 2).theirs,
            );
            let merged = merge(base, ours, theirs);
            if merged.by == By::Entries && merged.conflicts.is_empty() {
                let wrongs = wrongs(base, ours, theirs, &merged.text);
                assert!(wrongs.is_empty(), "{}: {wrongs:?}", next(number).name);
            }
        });
}

// Generated lists.

/// What one side does to a list of entries, entry by entry.
#[derive(Clone, Debug)]
enum Act {
    Keep,
    Delete,
    Describe(u8),
    Readdress(u8),
    AddBehind(u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        10 => Just(Act::Keep),
        2 => Just(Act::Delete),
        2 => (0..3u8).prop_map(Act::Describe),
        1 => (0..2u8).prop_map(Act::Readdress),
        4 => (0..6u8).prop_map(Act::AddBehind),
    ];
    prop::collection::vec(act, 8)
}

fn entry(name: &str, words: &str) -> String {
    entry_at(name, &format!("https://{name}.example/"), words)
}

fn entry_at(name: &str, address: &str, words: &str) -> String {
    format!("- [{name}]({address}) - {words}.\n")
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
            Act::Readdress(to) => {
                let address = format!("https://moved{to}.example/{name}");
                text += &entry_at(&name, &address, "What it was called");
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

/// Whether only a person can choose between what two sides did.
fn contradict(ours: &Act, theirs: &Act) -> bool {
    match (ours, theirs) {
        (Act::Describe(x), Act::Describe(y)) | (Act::Readdress(x), Act::Readdress(y)) => x != y,
        (Act::Describe(_), Act::Delete) | (Act::Delete, Act::Describe(_)) => true,
        _ => false,
    }
}

/// The merge that `git merge-file` makes with the algorithm of `git merge`; `None` in a conflict.
fn by_git(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |name: &str, text| {
        std::fs::write(folder.path().join(name), text).expect("the file can be written");
    };
    for (name, text) in [("a", ours), ("o", base), ("b", theirs)] {
        write(name, text);
    }
    let output = git(folder.path());
    (output.status.code() == Some(0)).then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn git(folder: &Path) -> std::process::Output {
    Command::new("git")
        .args([
            "merge-file",
            "-p",
            "-q",
            "--diff-algorithm=histogram",
            "a",
            "o",
            "b",
        ])
        .current_dir(folder)
        .output()
        .expect("git can be run")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn generated_lists_merge_by_the_rules(a in acts(), b in acts()) {
        let (base, ours, theirs) = (written(None), written(Some(&a)), written(Some(&b)));
        prop_assert_eq!(&merge(&base, &ours, &base).text, &ours, "identity");
        prop_assert_eq!(&merge(&base, &base, &theirs).text, &theirs, "identity");
        prop_assert_eq!(&merge(&base, &ours, &ours).text, &ours, "agreement");
        let merged = merge(&base, &ours, &theirs);
        prop_assert_eq!(&merged, &merge(&base, &ours, &theirs), "determinism");
        let swapped = merge(&base, &theirs, &ours);
        prop_assert_eq!(merged.conflicts.len(), swapped.conflicts.len(), "symmetry");
        prop_assert!(merged.text.ends_with(SECOND), "stability: {}", merged.text);
        if merged.by == By::Entries && merged.conflicts.is_empty() {
            let wrongs = wrongs(&base, &ours, &theirs, &merged.text);
            prop_assert!(wrongs.is_empty(), "{:?}\n{}", wrongs, merged.text);
            prop_assert_eq!(sorted_lines(&merged.text), sorted_lines(&swapped.text), "symmetry");
            let again = merge(&base, &merged.text, &theirs);
            prop_assert_eq!(&again.text, &merged.text, "absorption");
            let again = merge(&base, &ours, &merged.text);
            prop_assert_eq!(&again.text, &merged.text, "absorption");
        }
        let contradicts = a.iter().zip(&b).any(|(ours, theirs)| contradict(ours, theirs));
        let twice = merged.conflicts.iter().any(|conflict| conflict.reason == Reason::WouldDouble);
        prop_assert_eq!(contradicts || twice, !merged.conflicts.is_empty(), "{}", merged.text);
    }

    #[test]
    fn what_both_put_at_one_spot_of_a_list_has_one_order(
        x in prop::collection::btree_set("[a-z]{3,6}", 1..4),
        y in prop::collection::btree_set("[a-z]{3,6}", 1..4),
        spot in 0..9usize,
    ) {
        let entries: Vec<String> = (0..8).map(|n| entry(&format!("work{n}"), "What it was called")).collect();
        let put = |new: &BTreeSet<String>| {
            let mut all = entries.clone();
            all.splice(spot..spot, new.iter().map(|name| entry(name, "Added")));
            format!("# List\n\n{}", all.concat())
        };
        let (base, ours, theirs) = (put(&BTreeSet::new()), put(&x), put(&y));
        let merged = merge(&base, &ours, &theirs);
        prop_assert!(merged.conflicts.is_empty());
        prop_assert_eq!(&merged.text, &merge(&base, &theirs, &ours).text);
        prop_assert_eq!(links(&merged.text).len(), 8 + x.union(&y).count());
    }

    #[test]
    fn any_three_texts_have_a_result(
        base in text(), ours in text(), theirs in text(),
    ) {
        let merged = merge(&base, &ours, &theirs);
        prop_assert_eq!(&merged, &merge(&base, &ours, &theirs), "determinism");
        for conflict in &merged.conflicts {
            prop_assert!(merged.text.get(conflict.markers.range()).is_some());
        }
        if merged.by == By::Entries && merged.conflicts.is_empty() {
            let wrongs = wrongs(&base, &ours, &theirs, &merged.text);
            prop_assert!(wrongs.is_empty(), "{:?}\n{}", wrongs, merged.text);
        }
        prop_assert_eq!(&merge(&base, &ours, &base).text, &ours, "identity");
        prop_assert_eq!(&merge(&base, &base, &ours).text, &ours, "identity");
        prop_assert_eq!(&merge(&base, &ours, &ours).text, &ours, "agreement");
    }
}

proptest! {
    // Few, for each starts git.
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn where_git_is_clean_its_bytes_are_the_result(a in acts(), b in acts()) {
        let (base, ours, theirs) = (written(None), written(Some(&a)), written(Some(&b)));
        let Some(text) = by_git(&base, &ours, &theirs) else {
            return Ok(());
        };
        let given = Options { git_clean: Some(text.clone()), ..Options::default() };
        prop_assert_eq!(&three_way(&base, &ours, &theirs, &given).text, &text);
        prop_assert_eq!(&merge(&base, &ours, &theirs).text, &text);
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
