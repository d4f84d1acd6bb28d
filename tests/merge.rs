//! Merging: the sample lists as a careful person merges them, and what holds for every list.

mod support;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use listwright::list::{List, Role};
use listwright::merge::{
    Alignment, Decisions, FurtherLinks, Merge, Options, Outcome, Place, into, merge,
};
use listwright::merge::{Unmatched, review};
use listwright::source::{FileId, Source};
use proptest::prelude::*;

fn parse(id: usize, text: &str) -> List {
    List::parse(Source::new(FileId(id as u32), format!("{id}.md"), text))
}

fn merged(texts: &[&str]) -> (Vec<List>, Merge) {
    let lists: Vec<List> = texts
        .iter()
        .enumerate()
        .map(|(id, text)| parse(id, text))
        .collect();
    let merge = merge(&lists, &Options::default());
    (lists, merge)
}

fn text_of(texts: &[&str]) -> String {
    merged(texts).1.text().to_owned()
}

/// The place of an entry as `A:13`: the list and the line.
fn at(lists: &[List], place: Place) -> String {
    let list = &lists[place.list];
    let line = list.source.line(list.entry(place.entry).span.start);
    let letter = char::from(b'A' + place.list as u8);
    format!("{letter}:{line}")
}

/// The clusters that a person finds in the three sample lists, as the data beside the project say.
const FOLDED: &[&[&str]] = &[
    &["A:13", "B:74", "C:43"],
    &["A:14", "B:76"],
    &["A:20", "B:109"],
    &["A:21", "B:111"],
    &["B:10", "C:18"],
    &["B:18", "C:74"],
    &["B:31", "B:39"],
    &["B:8", "C:21"],
];
const ADVISED: &[(&str, &str)] = &[("A:43", "B:27"), ("B:46", "C:29")];

fn clusters(lists: &[List], merge: &Merge) -> Vec<Vec<String>> {
    let mut clusters: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for decision in &merge.decisions {
        if let Outcome::Folded { into, reason, .. } = &decision.outcome {
            assert!(
                !reason.is_empty(),
                "{} is folded without a reason",
                decision.title
            );
            let cluster = clusters
                .entry(*into)
                .or_insert_with(|| vec![at(lists, *into)]);
            cluster.push(at(lists, decision.place));
        }
    }
    let mut clusters: Vec<Vec<String>> = clusters.into_values().collect();
    clusters.iter_mut().for_each(|cluster| cluster.sort());
    clusters.sort();
    clusters
}

fn samples(folder: &Path) -> Vec<String> {
    let files = support::markdown_files(folder);
    assert_eq!(files.len(), 3, "three lists stand in {}", folder.display());
    files.iter().map(|file| support::read(file)).collect()
}

fn check_samples(folder: &Path) {
    let samples = samples(folder);
    let texts: Vec<&str> = samples.iter().map(String::as_str).collect();
    let (lists, merge) = merged(&texts);
    assert_eq!(clusters(&lists, &merge), FOLDED);
    let possible: Vec<(String, String)> = merge
        .possible
        .iter()
        .map(|pair| (at(&lists, pair.a), at(&lists, pair.b)))
        .collect();
    let possible: Vec<(&str, &str)> = possible.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(possible, ADVISED);
    assert_eq!(
        (merge.summary.entries_in, merge.summary.entries_out),
        (175, 166)
    );
    let out = parse(9, merge.text());
    let top = out
        .entries
        .iter()
        .filter(|entry| entry.depth == 0 && entry.role == Role::Work);
    assert_eq!(top.count(), 166);
    assert_nothing_lost(&lists, &merge);
    let again = merge.text().to_owned();
    assert_eq!(text_of(&[&again]), again, "merged alone again");
    for text in &texts {
        assert_eq!(
            text_of(&[&again, text]),
            again,
            "merged with an input again"
        );
    }
    assert_eq!(text_of(&[&again, texts[0], texts[1], texts[2]]), again);
}

#[test]
fn the_sample_lists_merge_as_a_person_merges_them() {
    check_samples(&support::project("lists"));
}

#[test]
fn the_seed_lists_merge_as_a_person_merges_them() {
    if let Some(folder) = support::shared("seeds") {
        check_samples(&folder);
    }
}

/// Every link, image and word of a title is in the merged list or in what is told of the merge.
fn assert_nothing_lost(lists: &[List], merge: &Merge) {
    let out = parse(99, merge.text());
    let links: HashSet<&str> = out.links.iter().map(|link| link.url.as_str()).collect();
    let images: HashSet<&str> = out.images.iter().map(|image| image.url.as_str()).collect();
    let dropped = merge
        .decisions
        .iter()
        .flat_map(|decision| &decision.dropped);
    let left_out = merge.left_out.iter();
    let mut told = String::new();
    for list in lists {
        for left in left_out
            .clone()
            .filter(|left| left.span.file == list.source.id())
        {
            told.push_str(list.slice(left.span));
            told.push('\n');
        }
    }
    dropped.for_each(|dropped| told.push_str(&format!("{}\n", dropped.text)));
    let has = |url: &str| links.contains(url) || told.contains(url);
    let known: BTreeSet<String> = words(merge.text()).chain(words(&told)).collect();
    // Marks inside a word divide it in the text and not in the title.
    let letters: String = words(merge.text()).chain(words(&told)).collect();
    for list in lists {
        for link in list.links.iter().filter(|link| !link.url.starts_with('#')) {
            let destination = list.slice(link.destination);
            let kept = has(&link.url) || (!destination.is_empty() && told.contains(destination));
            assert!(kept, "{} is lost of {}", link.url, list.source.name());
        }
        for image in &list.images {
            let kept = images.contains(image.url.as_str()) || told.contains(list.slice(image.span));
            assert!(kept, "{} is lost", image.url);
        }
        for entry in &list.entries {
            let title = entry.title.as_ref().map_or("", |title| title.text.as_str());
            for word in words(title) {
                let kept = known.contains(&word) || letters.contains(&word);
                assert!(kept, "`{word}` of `{title}` is lost");
            }
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[test]
fn each_case_merges_as_its_golden_file_shows() {
    let folder = support::project("fixtures/merge");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 10, "the cases were found");
    for case in cases {
        let inputs = ["a.md", "b.md", "c.md"].map(|name| case.join(name));
        let texts: Vec<String> = inputs
            .iter()
            .filter(|path| path.exists())
            .map(|path| support::read(path))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (lists, merge) = merged(&texts);
        support::golden(&case.join("expected.md"), merge.text());
        support::golden(&case.join("decisions.txt"), &told(&lists, &merge));
        assert_nothing_lost(&lists, &merge);
        let again = merge.text().to_owned();
        assert_eq!(text_of(&[&again]), again, "{} again", case.display());
        for text in &texts {
            assert_eq!(
                text_of(&[&again, text]),
                again,
                "{} with an input",
                case.display()
            );
        }
        let into = into(&lists, &Options::default());
        support::golden(&case.join("into.md"), into.merge.text());
    }
}

/// The decisions, one a line.
fn told(lists: &[List], merge: &Merge) -> String {
    let mut lines = Vec::new();
    for decision in &merge.decisions {
        let place = at(lists, decision.place);
        let title = &decision.title;
        if let Outcome::Folded { into, reason, .. } = &decision.outcome {
            lines.push(format!(
                "{place} {title}: folded into {}: {reason}",
                at(lists, *into)
            ));
        }
        if let Some(from) = decision
            .moved_from
            .as_ref()
            .filter(|_| decision.outcome == Outcome::Kept)
        {
            let (from, to) = (from.join(" > "), decision.section.join(" > "));
            lines.push(format!("{place} {title}: moved from `{from}` to `{to}`"));
        }
        for dropped in &decision.dropped {
            lines.push(format!(
                "{place} {title}: {:?} `{}` dropped",
                dropped.what, dropped.text
            ));
        }
    }
    for pair in &merge.possible {
        let (a, b) = (at(lists, pair.a), at(lists, pair.b));
        lines.push(format!("{a} and {b} may be one: {}", pair.reason));
    }
    for section in merge
        .sections
        .iter()
        .filter(|section| section.how != Alignment::Path)
    {
        let (from, to) = (section.from.join(" > "), section.to.join(" > "));
        lines.push(format!("section `{from}`: {:?} `{to}`", section.how));
    }
    for left in &merge.left_out {
        let list = lists.iter().find(|list| list.source.id() == left.span.file);
        let text = list.map_or("", |list| list.slice(left.span));
        lines.push(format!("left out: {:?}: {}", text, left.reason));
    }
    lines.join("\n") + "\n"
}

/// The real lists that are read in a test: all up to this size in bytes.
const SIZE: usize = 60_000;

#[test]
fn real_lists_merge_without_loss_and_stay_when_merged_again() {
    let Some(folder) = support::shared("corpus/lists") else {
        return;
    };
    let mut checked = 0;
    for file in support::markdown_files(&folder) {
        let text = support::read(&file);
        if text.len() > SIZE {
            continue;
        }
        let (lists, alone) = merged(&[&text]);
        assert_nothing_lost(&lists, &alone);
        let canonical = alone.text();
        assert_eq!(text_of(&[canonical]), canonical, "{} again", file.display());
        assert_eq!(
            text_of(&[&text, &text]),
            canonical,
            "{} with itself",
            file.display()
        );
        let itself = [parse(0, &text), parse(1, &text)];
        assert_eq!(
            into(&itself, &Options::default()).edits,
            [],
            "{} into itself",
            file.display()
        );
        checked += 1;
    }
    assert!(checked > 100, "the lists were found");
}

/// Titles and links that meet now and then.
fn entry() -> impl Strategy<Value = String> {
    let title = prop::sample::select(vec![
        "Alpha",
        "Beta tool",
        "Gamma",
        "Designing Data Intensive Applications",
        "delta",
        "Epsilon 2",
        "A Survey of Deep Learning for Tables",
        "Zeta",
    ]);
    let link = prop::sample::select(vec![
        "https://a.org/x",
        "http://a.org/x/",
        "https://b.org",
        "https://github.com/o/r",
        "",
        "https://github.com/O/r#readme",
        "https://arxiv.org/abs/1706.03762",
        "https://c.org/?utm_source=z",
        "https://arxiv.org/pdf/1706.03762.pdf",
        "https://c.org/",
    ]);
    let tail = prop::sample::select(vec![
        "",
        " - A thing.",
        ": Another thing",
        " (2017)",
        " (2018) - Old",
        " by Ann Lee",
        " – Dash.",
        " ([PDF](https://p.org/z.pdf))",
        "\n  - [Part](https://part.org)",
        "\n  - A remark.",
    ]);
    (title, link, tail).prop_map(|(title, link, tail)| match link {
        // A list that names one title with a link and again without leaves open which work of
        // another list the second is; such a list is not made here.
        "" => format!(
            "\"On {title} and Other Things\" by Kim Falk{}",
            tail.trim_start_matches(" by Ann Lee")
        ),
        link => format!("[{title}]({link}){tail}"),
    })
}

fn section() -> impl Strategy<Value = String> {
    let heading = prop::sample::select(vec!["Tools", "Books", "Papers", "Sub > x", "Misc"]);
    let marker = prop::sample::select(vec!["-", "*", "1."]);
    let prose = prop::sample::select(vec!["", "", "Some words.\n\n", "<!-- note -->\n\n"]);
    (
        2..4usize,
        heading,
        marker,
        prose,
        prop::collection::vec(entry(), 0..6),
    )
        .prop_map(|(level, heading, marker, prose, entries)| {
            let mut text = format!("{} {heading}\n\n{prose}", "#".repeat(level));
            for entry in entries {
                let indent = " ".repeat(marker.len() + 1);
                let entry = entry.replace("\n  ", &format!("\n{indent}"));
                text.push_str(&format!("{marker} {entry}\n"));
            }
            text + "\n"
        })
}

fn list() -> impl Strategy<Value = String> {
    // Without a title a list that names works without links is read as prose.
    let title = prop::sample::select(vec!["# One", "# Two"]);
    (title, prop::collection::vec(section(), 0..4))
        .prop_map(|(title, sections)| format!("{title}\n\n{}", sections.concat()))
}

/// How many works each title has in a merged list.
fn kept(merge: &Merge) -> usize {
    merge.summary.entries_out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn merging_again_changes_nothing(a in list(), b in list()) {
        let (lists, merge) = merged(&[&a, &b]);
        assert_nothing_lost(&lists, &merge);
        let text = merge.text();
        prop_assert_eq!(text_of(&[text]), text);
        prop_assert_eq!(text_of(&[text, &a]), text);
        prop_assert_eq!(text_of(&[text, &b]), text);
        prop_assert_eq!(text_of(&[&a, &a]), text_of(&[&a]));
    }

    #[test]
    fn the_works_do_not_depend_on_the_order_of_the_lists(a in list(), b in list(), c in list()) {
        let (_, one) = merged(&[&a, &b, &c]);
        let (_, other) = merged(&[&c, &a, &b]);
        prop_assert_eq!(kept(&one), kept(&other));
    }

    #[test]
    fn what_was_put_in_is_not_put_in_again(a in list(), b in list()) {
        let lists = [parse(0, &a), parse(1, &b)];
        let put = into(&lists, &Options::default());
        let again = [parse(0, put.merge.text()), parse(1, &b)];
        let again = into(&again, &Options::default());
        prop_assert_eq!(again.merge.text(), put.merge.text());
    }
}

#[test]
fn options_are_heeded() {
    let a = "# A\n\n## Systems\n\n- [One](https://one.org)\n";
    let b = "# B\n\n## Existing Systems\n\n- [Two](https://two.org)\n";
    let lists = [parse(0, a), parse(1, b)];
    let with = |change: &dyn Fn(&mut Options)| {
        let mut options = Options::default();
        change(&mut options);
        merge(&lists, &options).text().to_owned()
    };
    let mapped = with(&|options| {
        options.sections = vec![("Existing Systems".to_owned(), "Systems".to_owned())];
    });
    assert_eq!(
        mapped,
        "# A\n\n## Systems\n\n- [One](https://one.org)\n- [Two](https://two.org)\n"
    );
    let inbox = with(&|options| options.unmatched = Unmatched::Inbox);
    assert!(inbox.ends_with("## Inbox\n\n- [Two](https://two.org)\n"));
    let numbered = with(&|options| options.numbered = true);
    assert!(numbered.contains("1. [One](https://one.org)"));
    let decided = with(&|options| {
        options.decisions = Decisions {
            same: vec![vec![
                "https://one.org".to_owned(),
                "https://two.org".to_owned(),
            ]],
            keep: vec!["https://two.org".to_owned()],
            ..Decisions::default()
        };
    });
    assert!(
        decided.contains("- [Two](https://two.org) (also [One](https://one.org))"),
        "{decided}"
    );
    let dropped = with(&|options| {
        options.further_links = FurtherLinks::Drop;
        options.decisions.same = vec![vec![
            "https://one.org".to_owned(),
            "https://two.org".to_owned(),
        ]];
    });
    assert!(!dropped.contains("two.org"));
}

#[test]
fn works_that_are_decided_to_be_different_stay_apart() {
    let a = "# A\n\n## S\n\n- [One](https://one.org)\n";
    let b = "# B\n\n## S\n\n- [Uno](https://one.org)\n";
    let lists = [parse(0, a), parse(1, b)];
    let mut options = Options::default();
    assert_eq!(merge(&lists, &options).summary.entries_out, 1);
    options.decisions.different = vec![vec!["https://one.org".to_owned(), "Uno".to_owned()]];
    let apart = merge(&lists, &options);
    assert_eq!((apart.summary.entries_out, apart.possible.len()), (2, 0));
}

#[test]
fn the_review_asks_what_is_open_and_is_read_as_toml() {
    let samples = samples(&support::project("lists"));
    let texts: Vec<&str> = samples.iter().map(String::as_str).collect();
    let (lists, merge) = merged(&texts);
    let form = review::form(&merge, &lists, &Options::default());
    assert!(
        form.contains("0.md:43") && form.contains("1.md:27"),
        "{form}"
    );
    let uncommented: String = form
        .lines()
        .map(|line| line.replacen("# [", "[", 1) + "\n")
        .collect();
    for text in [form.as_str(), uncommented.as_str()] {
        let table: toml::Table = text.parse().expect("the form is TOML");
        assert!(table.contains_key("same") && table.contains_key("sections"));
    }
    let table: toml::Table = uncommented.parse().expect("it was just read");
    assert_eq!(table["same"].as_array().map(Vec::len), Some(2));
}
