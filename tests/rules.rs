//! What every rule owes: a page whose examples are true, fixes that converge and lose nothing, and
//! fixtures in which every rule says what it said before.

mod support;

use std::path::PathBuf;

use listwright::diagnostic::Diagnostic;
use listwright::edit::Safety;
use listwright::list::List;
use listwright::rules::fix::fix;
use listwright::rules::{Check, ERROR, Fixes, Level, Options, RULES, Rule, Value, check};
use support::{golden, lines, links, list, lost, markdown_files, project, read, words};

/// The files that stand beside every list of these tests.
const FILES: &[&str] = &["guide.md", "list.md"];

/// The default settings, with the files known.
fn default_options() -> Options {
    let mut options = Options::default();
    options.surroundings.has_file = Some(Box::new(|_, path| FILES.contains(&path)));
    options
}

/// The default settings, with `rule` switched on if it is off there.
fn options_for(rule: &Rule) -> Options {
    let mut options = default_options();
    if options.settings.level(rule) == Level::Off {
        options.settings.levels.insert(rule.name.to_owned(), ERROR);
    }
    options
}

fn of_rule<'d>(found: &'d [Diagnostic], rule: &Rule) -> Vec<&'d Diagnostic> {
    found.iter().filter(|one| one.rule == rule.name).collect()
}

fn fixed(text: &str, options: &Options, safety: Safety) -> (List, bool) {
    let fixed = fix(list("list.md", text), options, safety, &|_| true);
    (fixed.list, fixed.settled)
}

#[test]
fn names_are_kebab_case_and_unique_and_in_group_order() {
    for pair in RULES.windows(2) {
        assert!(
            pair[0].group <= pair[1].group,
            "{} is out of its group",
            pair[1].name
        );
    }
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(count, names.len());
    for name in names {
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{name}"
        );
    }
}

#[test]
fn every_page_says_why_and_shows_bad_and_good() {
    for rule in RULES {
        let page = rule.page();
        assert!(!page.summary.is_empty(), "{} has no summary", rule.name);
        assert!(
            page.text.contains("\n## Why\n"),
            "{} does not say why",
            rule.name
        );
        assert!(
            page.examples().iter().any(|one| one.bad),
            "{} shows nothing bad",
            rule.name
        );
        assert!(
            page.examples().iter().any(|one| !one.bad),
            "{} shows nothing good",
            rule.name
        );
        let fixes = page.text.contains("\n## Fix\n");
        assert_eq!(
            fixes,
            rule.fixes != Fixes::Never,
            "the page of {} on its fix",
            rule.name
        );
    }
}

#[test]
fn the_examples_of_every_page_are_true() {
    for rule in RULES {
        for example in rule.page().examples() {
            let mut options = options_for(rule);
            let earlier = example.earlier.clone();
            options.surroundings.earlier = Some(Box::new(move |_| earlier.clone()));
            let list = list("list.md", &example.text);
            let found = check(std::slice::from_ref(&list), &options);
            if example.bad {
                let of_rule = of_rule(&found, rule);
                assert!(
                    !of_rule.is_empty(),
                    "{}: nothing found in\n{}",
                    rule.name,
                    example.text
                );
                let fixes = of_rule.iter().any(|one| one.fix.is_some());
                assert!(
                    !fixes || rule.fixes != Fixes::Never,
                    "{} says that it has no fix",
                    rule.name
                );
            } else {
                assert!(
                    found.is_empty(),
                    "the good example of {} raises\n{}in\n{}",
                    rule.name,
                    lines(&list, &found),
                    example.text
                );
            }
        }
    }
}

#[test]
fn fixes_converge_and_safe_ones_lose_nothing() {
    let mut texts: Vec<(String, String)> = Vec::new();
    for rule in RULES {
        for example in rule.page().examples() {
            texts.push((rule.name.to_owned(), example.text));
        }
    }
    for file in fixtures() {
        texts.push((file.display().to_string(), read(&file)));
    }
    // Those that are on anyway are asked together, and once.
    let default = Options::default();
    let is_on = |rule: &Rule| default.settings.level(rule) != Level::Off;
    let first = RULES.iter().find(|rule| is_on(rule));
    let off = RULES.iter().filter(|rule| !is_on(rule));
    let asked: Vec<&Rule> = first.into_iter().chain(off).copied().collect();
    for (name, text) in texts {
        for rule in &asked {
            let options = options_for(rule);
            let (safe, settled) = fixed(&text, &options, Safety::Safe);
            assert!(
                settled,
                "{name}: the safe fixes do not converge with {}",
                rule.name
            );
            assert_eq!(
                lost(&links(&list("list.md", &text)), &links(&safe)),
                Vec::<&String>::new(),
                "{name}: links are lost with {}",
                rule.name
            );
            assert_eq!(
                lost(&words(&text), &words(safe.source.text())),
                Vec::<&String>::new(),
                "{name}: words are lost with {}",
                rule.name
            );
            let (_, settled) = fixed(&text, &options, Safety::Unsafe);
            assert!(
                settled,
                "{name}: the fixes do not converge with {}",
                rule.name
            );
        }
    }
}

#[test]
fn what_a_fix_mends_is_not_found_again() {
    for rule in RULES {
        let options = options_for(rule);
        for example in rule.page().examples().into_iter().filter(|one| one.bad) {
            let before = list("list.md", &example.text);
            let found = check(std::slice::from_ref(&before), &options);
            let fixable = of_rule(&found, rule)
                .iter()
                .filter(|one| one.fix.is_some())
                .count();
            let all = of_rule(&found, rule).len();
            let (after, _) = fixed(&example.text, &options, Safety::Unsafe);
            let left = check(std::slice::from_ref(&after), &options);
            assert!(
                of_rule(&left, rule).len() <= all - fixable,
                "{}: still found after its fix in\n{}",
                rule.name,
                after.source.text()
            );
        }
    }
}

#[test]
fn titles_stand_in_the_order_of_the_language_that_is_asked_for() {
    let entry = |title: &str| format!("- [{title}](https://example.com/{title})\n");
    let titles = [
        "Apa", "Boda", "Cykel", "Dal", "Eld", "Fisk", "Gata", "Hav", "Ljus", "Zebra", "Ål", "Ö",
    ];
    let swedish: String = titles.into_iter().map(entry).collect();
    let french = swedish.replace("Fisk", "Été");
    let wrong = |text: &str, locale: &str| {
        let mut options = Options::default();
        let values = options.settings.values.entry("unsorted-section".to_owned());
        let locale = Value::Text(locale.to_owned());
        values.or_default().insert("locale".to_owned(), locale);
        let found = check(&[list("list.md", &format!("# T\n\n{text}"))], &options);
        let messages = found.into_iter().map(|one| one.message);
        messages
            .filter(|message| message.contains("out of order"))
            .collect::<Vec<_>>()
    };
    assert_eq!(wrong(&swedish, "sv"), Vec::<String>::new());
    assert_eq!(wrong(&swedish, "any"), Vec::<String>::new());
    assert_eq!(
        wrong(&swedish.replace(&entry("Ö"), ""), "de"),
        ["`Ål` stands out of order; it belongs before `Apa`"]
    );
    assert_eq!(
        wrong(
            &french.replace(&entry("Ål"), "").replace(&entry("Ö"), ""),
            "fr"
        ),
        Vec::<String>::new()
    );
}

#[test]
fn rules_know_the_names_by_which_awesome_lint_has_them() {
    let page = read(&project("docs/coming-from-awesome-lint.md"));
    let names = |cell: &str| -> Vec<String> {
        cell.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let mut mapped = 0;
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').collect();
        let (theirs, ours) = (names(cells[1]), names(cells[2]));
        let rules: Vec<&&Rule> = RULES
            .iter()
            .filter(|rule| ours.iter().any(|name| name == rule.name))
            .collect();
        let instead = cells[2..].concat();
        let reason = instead
            .trim()
            .trim_start_matches("none")
            .trim_matches([':', ' ']);
        assert!(
            !rules.is_empty() || reason.len() > 10,
            "no rule and no reason in {row}"
        );
        for name in theirs.iter().filter(|_| !rules.is_empty()) {
            let known = |rule: &&&Rule| rule.name == name || rule.aliases.contains(&name.as_str());
            assert!(
                rules.iter().any(known),
                "no rule of {ours:?} knows itself as {name}"
            );
            mapped += 1;
        }
    }
    assert!(mapped > 20, "the tables were not read");
}

/// The lists under `fixtures/rules`, each in the folder of the rule that it is about.
fn fixtures() -> Vec<PathBuf> {
    let mut files = markdown_files(&project("fixtures/rules"));
    files.retain(|path| !path.to_string_lossy().ends_with(".fixed.md"));
    files
}

#[test]
fn fixtures_say_what_they_said() {
    for path in fixtures() {
        let text = read(&path);
        let folder = path.parent().and_then(|folder| folder.file_name());
        let name = folder
            .and_then(|name| name.to_str())
            .expect("a folder with a name");
        let mut options = default_options();
        if let Some(rule) = RULES.iter().find(|rule| rule.name == name) {
            options = options_for(rule);
        } else {
            assert_eq!(
                path.file_name().and_then(|name| name.to_str()),
                Some("clean.md"),
                "no rule is called {name}"
            );
        }
        let list = list("list.md", &text);
        let found = check(std::slice::from_ref(&list), &options);
        golden(&path.with_extension("txt"), &lines(&list, &found));
        let (after, _) = fixed(&text, &options, Safety::Safe);
        let fixed_path = path.with_extension("fixed.md");
        if after.source.text() != text {
            golden(&fixed_path, after.source.text());
        } else {
            assert!(
                !fixed_path.exists(),
                "{} is no longer needed",
                fixed_path.display()
            );
        }
    }
}

#[test]
fn every_rule_has_fixtures() {
    for rule in RULES {
        if matches!(rule.check, Check::Suppressions) {
            continue;
        }
        let folder = project("fixtures/rules").join(rule.name);
        assert!(
            !markdown_files(&folder).is_empty(),
            "{} is empty",
            folder.display()
        );
    }
}
