//! What the rules find in real lists: every finding in the well-kept ones, which were read one by one,
//! the counts by rule over all, and what their fixes make of them.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use listwright::diagnostic::{Diagnostic, Severity};
use listwright::edit::Safety;
use listwright::list::List;
use listwright::rules::fix::fix;
use listwright::rules::{Level, Options, Preset, RULES, check};
use support::{golden, links, lost, project, read, real_lists, shared};

/// The settings of `preset`. Which files stood beside the lists is not known.
fn options(preset: Preset) -> Options {
    let mut options = Options::default();
    options.settings.preset = preset;
    options
}

fn found(list: &List, options: &Options) -> Vec<Diagnostic> {
    check(std::slice::from_ref(list), options)
}

/// A finding in a line of its own, without the text of the list beyond what its message has of it.
fn line(list: &List, one: &Diagnostic) -> String {
    const LONGEST: usize = 96;
    let place = list.source.line_column(one.span.start);
    let mut message: String = one.message.chars().take(LONGEST).collect();
    if message.len() < one.message.len() {
        message.push('…');
    }
    format!(
        "{}:{} {} {}: {message}\n",
        place.line,
        place.column,
        one.severity.name(),
        one.rule
    )
}

#[test]
fn every_finding_in_the_well_kept_lists_was_read_and_is_true() {
    let Some(names) = shared("corpus/wellkept.txt") else {
        return;
    };
    let names = read(&names);
    let names: BTreeSet<&str> = names.lines().filter(|name| !name.is_empty()).collect();
    let mut seen = 0;
    for (name, bytes) in real_lists() {
        if !names.contains(name.as_str()) {
            continue;
        }
        seen += 1;
        let list = support::parse(&name, bytes);
        let found = found(&list, &options(Preset::Default));
        let lines: String = found.iter().map(|one| line(&list, one)).collect();
        let file = format!("tests/data/well_kept/{name}");
        golden(&project(&file).with_extension("txt"), &lines);
    }
    assert_eq!(seen, names.len(), "some of the well-kept lists are missing");
}

/// How many findings a rule has.
#[derive(Clone, Copy, Default)]
struct Count {
    errors: usize,
    warnings: usize,
    advice: usize,
    lists: usize,
}

/// The findings by rule over all real lists with the settings that `options` gives.
fn counts(options: &Options) -> BTreeMap<&'static str, Count> {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for (name, bytes) in real_lists() {
        let list = support::parse(&name, bytes);
        let mut rules = BTreeSet::new();
        for one in found(&list, options) {
            let count = counts.entry(one.rule).or_default();
            match one.severity {
                Severity::Error => count.errors += 1,
                Severity::Warning => count.warnings += 1,
                Severity::Advice => count.advice += 1,
            }
            rules.insert(one.rule);
        }
        for rule in rules {
            counts.entry(rule).or_default().lists += 1;
        }
    }
    counts
}

#[test]
fn findings_by_rule_are_as_many_as_they_were() {
    if shared("corpus/lists").is_none() {
        return;
    }
    let default = counts(&options(Preset::Default));
    // As if no file stood beside the lists, so that rules about files are asked; only links to files
    // would then all be broken.
    let mut strict = options(Preset::Strict);
    strict.surroundings.has_file = Some(Box::new(|_, _| false));
    let levels = &mut strict.settings.levels;
    levels.insert("broken-path".to_owned(), Level::Off);
    let strict = counts(&strict);
    let mut table = format!(
        "{:24} {:>7} {:>8} {:>6} {:>5}   {:>8} {:>5}\n",
        "default and strict", "errors", "warnings", "advice", "lists", "findings", "lists"
    );
    for rule in RULES {
        let count = |counts: &BTreeMap<&str, Count>| counts.get(rule.name).copied();
        let (default, strict) = (
            count(&default).unwrap_or_default(),
            count(&strict).unwrap_or_default(),
        );
        writeln!(
            table,
            "{:24} {:>7} {:>8} {:>6} {:>5}   {:>8} {:>5}",
            rule.name,
            default.errors,
            default.warnings,
            default.advice,
            default.lists,
            strict.errors + strict.warnings + strict.advice,
            strict.lists
        )
        .expect("a text takes any text");
    }
    golden(&project("tests/data/findings_by_rule.txt"), &table);
}

/// All words of a text, those inside tags and destinations included; not the numbers of ordered
/// lists, and without characters that nobody sees, which may stand inside words.
fn all_words(text: &str) -> BTreeMap<String, usize> {
    let unseen = |char: &char| !matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}');
    let mut count = BTreeMap::new();
    for line in text.lines() {
        let line: String = line.chars().filter(unseen).collect();
        // Where words are written without spaces, an address may follow one.
        let line = line.replace("http", " http");
        let words = line.trim_start();
        let rest = words.trim_start_matches(|char: char| char.is_ascii_digit());
        let numbered = rest.len() < words.len() && rest.starts_with(['.', ')']);
        let words = if numbered { rest } else { words };
        for word in words.split(|char: char| !char.is_alphanumeric()) {
            if !word.is_empty() {
                *count.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    count
}

/// Safe fixes in every real list: they converge, and keep links and words.
fn safe_fixes_lose_nothing(preset: Preset) -> Vec<(String, List)> {
    let options = options(preset);
    let mut mended = 0;
    let mut after = Vec::new();
    for (name, bytes) in real_lists() {
        let before = support::parse(&name, bytes.clone());
        let fixed = fix(
            support::parse(&name, bytes),
            &options,
            Safety::Safe,
            &|_| true,
        );
        assert!(fixed.settled, "{name}: the fixes do not converge");
        assert_eq!(
            lost(&links(&before), &links(&fixed.list)),
            Vec::<&String>::new(),
            "{name}: links are lost"
        );
        let (had, has) = (
            all_words(before.source.text()),
            all_words(fixed.list.source.text()),
        );
        assert_eq!(
            lost(&had, &has),
            Vec::<&String>::new(),
            "{name}: words are lost"
        );
        mended += fixed.applied.len();
        after.push((name, fixed.list));
    }
    println!("{} mends {mended} findings", preset.name());
    after
}

#[test]
fn safe_fixes_of_the_default_preset_lose_nothing_and_leave_nothing() {
    for (name, list) in safe_fixes_lose_nothing(Preset::Default) {
        let text = list.source.text().to_owned();
        let again = fix(list, &options(Preset::Default), Safety::Safe, &|_| true);
        assert_eq!(
            text,
            again.list.source.text(),
            "{name}: a second run changes it"
        );
    }
}

#[test]
fn safe_fixes_of_every_rule_lose_nothing() {
    safe_fixes_lose_nothing(Preset::Strict);
}

#[test]
fn all_fixes_of_every_rule_converge() {
    let options = options(Preset::Strict);
    for (name, bytes) in real_lists() {
        let fixed = fix(
            support::parse(&name, bytes),
            &options,
            Safety::Unsafe,
            &|_| true,
        );
        assert!(fixed.settled, "{name}: the fixes do not converge");
    }
}
