//! The flaws of links that the three sample lists are known to have: each is named, on its line,
//! once, and what is no flaw stays quiet.

mod support;

use listwright::diagnostic::Diagnostic;
use listwright::edit::Safety;
use listwright::list::List;
use listwright::rules::fix::fix;
use listwright::rules::{Options, check};
use support::{lines, list, project, read, shared};

/// The rules of links and contents that these lists say something about.
const RULES: &[&str] = &[
    "broken-anchor",
    "contents-out-of-date",
    "duplicate-link",
    "duplicate-title",
    "empty-link",
    "entry-without-link",
    "tracking-parameters",
];

/// The lines on which `rule` was found.
fn on(list: &List, found: &[Diagnostic], rule: &str) -> Vec<u32> {
    found
        .iter()
        .filter(|one| one.rule == rule)
        .map(|one| list.source.line(one.span.start))
        .collect()
}

/// Judges a list that must show flaws of these rules on these lines, and of no other rule of
/// [`RULES`]; both its copies have them.
fn each(ours: &str, theirs: &str, flaws: &[(&str, &[u32])]) {
    let mut paths = vec![project("lists").join(ours)];
    paths.extend(shared("seeds").map(|folder| folder.join(theirs)));
    for path in paths {
        let list = list(&path.display().to_string(), &read(&path));
        let found = check(std::slice::from_ref(&list), &Options::default());
        for rule in RULES {
            let expected = flaws.iter().find(|(name, _)| name == rule);
            let expected = expected.map_or(&[][..], |(_, lines)| lines);
            assert_eq!(
                on(&list, &found, rule),
                expected,
                "{rule} in {}\n{}",
                path.display(),
                lines(&list, &found)
            );
        }
    }
}

#[test]
fn the_links_of_the_systems_list() {
    each(
        "ml-systems.md",
        "000_8158ba2ad2d78539.md",
        &[("broken-anchor", &[9])],
    );
}

#[test]
fn the_links_of_the_operations_list() {
    let without_link: Vec<u32> = [11].into_iter().chain(80..=97).chain([118, 135]).collect();
    each(
        "mlops-references.md",
        "001_317d231398094862.md",
        &[
            ("duplicate-link", &[39]),
            ("empty-link", &[122]),
            ("entry-without-link", &without_link),
            ("tracking-parameters", &[19, 20, 30, 41, 103, 115, 124]),
        ],
    );
}

#[test]
fn the_links_of_the_design_list() {
    each(
        "system-design.md",
        "003_e5f0566785477846.md",
        &[(
            "entry-without-link",
            &[15, 18, 21, 24, 43, 46, 49, 79, 80, 81],
        )],
    );
}

#[test]
fn the_misspelt_anchor_is_mended_safely() {
    let text = read(&project("lists").join("ml-systems.md"));
    let list = list("ml-systems.md", &text);
    let fixed = fix(list, &Options::default(), Safety::Safe, &|one| {
        one.rule == "broken-anchor"
    });
    let changed: Vec<(&str, &str)> = text
        .lines()
        .zip(fixed.list.source.text().lines())
        .filter(|(before, after)| before != after)
        .collect();
    let [(before, after)] = changed.as_slice() else {
        panic!("one line changes, not {changed:?}");
    };
    assert!(before.contains("<a name='confrences'>"));
    assert_eq!(before.replace("confrences", "conferences"), *after);
}

#[test]
fn the_duplicate_shows_both_places() {
    let path = project("lists").join("mlops-references.md");
    let list = list("mlops-references.md", &read(&path));
    let found = check(std::slice::from_ref(&list), &Options::default());
    let duplicate = found.iter().find(|one| one.rule == "duplicate-link");
    let labels = duplicate
        .map(|one| one.labels.as_slice())
        .unwrap_or_default();
    let places: Vec<u32> = labels
        .iter()
        .map(|label| list.source.line(label.span.start))
        .collect();
    assert_eq!(places, [31]);
}
