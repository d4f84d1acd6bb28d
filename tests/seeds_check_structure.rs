//! The flaws of structure, entries and text that the three sample lists are known to have: each is
//! named, on its line, once, and what is no flaw stays quiet.

mod support;

use listwright::diagnostic::Diagnostic;
use listwright::list::List;
use listwright::rules::{Options, check};
use support::{lines, list, project, read, shared};

/// The findings of `rule` in `list`.
fn of<'d>(found: &'d [Diagnostic], rule: &str) -> Vec<&'d Diagnostic> {
    found.iter().filter(|one| one.rule == rule).collect()
}

/// The lines on which `rule` was found.
fn on(list: &List, found: &[Diagnostic], rule: &str) -> Vec<u32> {
    let of_rule = of(found, rule);
    let line = |one: &&Diagnostic| list.source.line(one.span.start);
    of_rule.iter().map(line).collect()
}

/// A list that must show certain flaws, which both its copies have.
fn each(ours: &str, theirs: &str, judge: impl Fn(&List, &[Diagnostic])) {
    let mut paths = vec![project("lists").join(ours)];
    paths.extend(shared("seeds").map(|folder| folder.join(theirs)));
    for path in paths {
        let list = list(&path.display().to_string(), &read(&path));
        let found = check(std::slice::from_ref(&list), &Options::default());
        judge(&list, &found);
    }
}

#[test]
fn the_flaws_of_the_systems_list() {
    each("ml-systems.md", "000_8158ba2ad2d78539.md", |list, found| {
        assert_eq!(on(list, found, "unclosed-html"), [12, 18, 24, 32, 42]);
        assert_eq!(on(list, found, "missing-space"), [16, 37]);
        assert_eq!(on(list, found, "description-in-link"), [43, 44]);
        assert_eq!(on(list, found, "final-newline"), [44]);
        for rule in [
            "numbering",
            "several-titles",
            "empty-section",
            "missing-title",
        ] {
            assert_eq!(on(list, found, rule), [0; 0], "{rule}");
        }
    });
}

#[test]
fn the_flaws_of_the_operations_list() {
    each(
        "mlops-references.md",
        "001_317d231398094862.md",
        |list, found| {
            assert_eq!(on(list, found, "numbering"), [8, 72, 118, 138]);
            assert_eq!(on(list, found, "trailing-whitespace"), [54, 60, 117, 129]);
            assert_eq!(on(list, found, "space-in-link-text"), [56]);
            assert_eq!(on(list, found, "repeated-space"), [8]);
            assert_eq!(on(list, found, "mixed-quotes"), [10, 21]);
            let titles = of(found, "several-titles");
            assert_eq!(titles.len(), 1);
            let line = |label: &listwright::diagnostic::Label| list.source.line(label.span.start);
            let further: Vec<u32> = titles[0].labels.iter().map(line).collect();
            assert_eq!(further, [71, 101, 107, 117, 132, 137]);
            let above = found
                .iter()
                .filter(|one| list.source.line(one.span.start) <= 4);
            assert_eq!(above.count(), 0, "front matter is left alone");
        },
    );
}

#[test]
fn the_flaws_of_the_design_list() {
    each(
        "system-design.md",
        "003_e5f0566785477846.md",
        |list, found| {
            assert_eq!(on(list, found, "break-under-heading"), [8, 11]);
            for rule in [
                "empty-section",
                "numbering",
                "trailing-whitespace",
                "several-titles",
            ] {
                assert_eq!(
                    on(list, found, rule),
                    [0; 0],
                    "{rule}: {}",
                    lines(list, found)
                );
            }
            let above = found
                .iter()
                .filter(|one| list.source.line(one.span.start) <= 6);
            assert_eq!(above.count(), 0, "front matter is left alone");
        },
    );
}
