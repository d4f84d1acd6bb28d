//! Entries: the seeds, the labelled pairs, the duplicates that maintainers removed.

use std::collections::BTreeMap;

use listwright::identity::{Identity, Judgement, Options, Scope, Verdict, judge};
use listwright::list::List;
use listwright::source::{FileId, Source};
use serde_json::Value;

use super::{shared, shared_path, text};

/// A line of a list as an entry of its own: rows of tables and lines without a marker are put into
/// a bullet.
fn bullet(line: &str) -> String {
    let line = line.trim();
    let cells = line.starts_with('|').then(|| {
        let cells = line.trim_matches('|').split('|').map(str::trim);
        cells
            .filter(|cell| !cell.is_empty())
            .collect::<Vec<_>>()
            .join(" - ")
    });
    let line = cells.as_deref().unwrap_or(line);
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let unmarked = match digits.strip_prefix(['.', ')']) {
        Some(rest) if digits.len() < line.len() => rest,
        _ => line
            .strip_prefix(['-', '*', '+'])
            .filter(|r| r.starts_with(' '))
            .unwrap_or(line),
    };
    format!("- {}", unmarked.trim_start())
}

/// The identity of the only entry of a list.
fn identity(line: &str) -> Option<Identity> {
    let source = format!("# List\n\n## Section\n\n{}\n", bullet(line));
    let list = List::parse(Source::new(FileId(0), "list.md", source));
    let (id, _) = list.entries().next()?;
    Some(Identity::of(&list, id, &Options::default()))
}

fn shown(judgement: &Judgement) -> String {
    let evidence: Vec<_> = judgement.evidence.iter().map(ToString::to_string).collect();
    let against = judgement
        .contradiction
        .as_ref()
        .map(|c| format!("; against: {c}"));
    format!(
        "{:?}: {}{}",
        judgement.verdict,
        evidence.join(", "),
        against.unwrap_or_default()
    )
}

/// How often each verdict fell, by label and kind of pair.
type Table = BTreeMap<(String, String), [usize; 4]>;

fn print(table: &Table) {
    println!(
        "{:60} {:>9} {:>9} {:>9} {:>9}",
        "", "different", "possible", "likely", "certain"
    );
    for ((label, kind), [different, possible, likely, certain]) in table {
        let row = format!("{label} {kind}");
        println!("{row:60} {different:>9} {possible:>9} {likely:>9} {certain:>9}");
    }
}

/// Of all pairs with one of these labels: how many there are, and how many verdicts reach a level.
fn reach(table: &Table, labels: &[&str], verdict: Verdict) -> (usize, usize) {
    let rows = table
        .iter()
        .filter(|((label, _), _)| labels.contains(&label.as_str()));
    rows.fold((0, 0), |(all, reached), (_, counts)| {
        let reaching: usize = counts.iter().skip(verdict as usize).sum();
        (all + counts.iter().sum::<usize>(), reached + reaching)
    })
}

/// The labelled pairs: what differs never folds, what is the same folds or is suggested.
#[test]
fn labelled_pairs_are_judged_as_their_reader_did() {
    let Some(pairs) = shared("acceptance/pairs.json") else {
        return;
    };
    let mut table = Table::new();
    let mut errors = Vec::new();
    for pair in pairs.as_array().expect("a list of pairs") {
        if pair["unsure"] == true {
            continue;
        }
        let [a, b] = ["a", "b"].map(|side| identity(text(&pair[side], "text")));
        let (Some(a), Some(b)) = (a, b) else {
            errors.push(format!("{} has a side without an entry", text(pair, "id")));
            continue;
        };
        let scope = match pair["a"]["list"] == pair["b"]["list"] {
            true => Scope::SameList {
                same_section: pair["a"]["section"] == pair["b"]["section"],
            },
            false => Scope::AcrossLists,
        };
        let judgement = judge(&a, &b, scope, &Options::default());
        let label = text(pair, "label");
        let key = (label.to_owned(), text(pair, "stratum").to_owned());
        table.entry(key).or_default()[judgement.verdict as usize] += 1;
        let wrong = match label {
            "not" => judgement.verdict.folds(),
            "duplicate" => !judgement.verdict.folds(),
            _ => judgement.verdict == Verdict::Different,
        };
        if wrong {
            let [a, b] = ["a", "b"].map(|side| text(&pair[side], "text").trim());
            errors.push(format!(
                "{} {label}: {}\n    {a}\n    {b}",
                text(pair, "id"),
                shown(&judgement)
            ));
        }
    }
    print(&table);
    println!("{}", errors.join("\n"));
    let (differing, folded) = reach(&table, &["not"], Verdict::Likely);
    let (duplicates, found) = reach(&table, &["duplicate"], Verdict::Likely);
    let (same, suggested) = reach(
        &table,
        &["duplicate", "same-work-different-link"],
        Verdict::Possible,
    );
    println!("folded {folded} of {differing} that differ, {found} of {duplicates} duplicates");
    println!("possible or better: {suggested} of {same} that are the same");
    assert_eq!(folded, 0);
    assert!(found * 100 >= duplicates * 95);
    assert!(suggested * 100 >= same * 97);
}

/// What maintainers removed as duplicates of another entry of the same list.
#[test]
fn removed_duplicates_are_found() {
    let Some(duplicates) = shared("acceptance/duplicates.json") else {
        return;
    };
    let mut table = Table::new();
    let mut missed = Vec::new();
    for duplicate in duplicates.as_array().expect("a list of duplicates") {
        let [a, b] = ["removed_line", "kept_line"].map(|key| text(duplicate, key));
        let (Some(known_a), Some(known_b)) = (identity(a), identity(b)) else {
            missed.push(format!(
                "{} has a side without an entry",
                text(duplicate, "id")
            ));
            continue;
        };
        let scope = Scope::SameList {
            same_section: duplicate["same_section"] == true,
        };
        let judgement = judge(&known_a, &known_b, scope, &Options::default());
        let title = if duplicate["same_title"] == true {
            "same title"
        } else {
            "other title"
        };
        let key = (text(duplicate, "kind").to_owned(), title.to_owned());
        table.entry(key).or_default()[judgement.verdict as usize] += 1;
        if judgement.verdict == Verdict::Different
            || !judgement.verdict.folds() && duplicate["same_title"] == true
        {
            missed.push(format!(
                "{} {}\n    {a}\n    {b}",
                text(duplicate, "id"),
                shown(&judgement)
            ));
        }
    }
    print(&table);
    println!("{}", missed.join("\n"));
}

/// The seeds: exactly the clusters that a careful reader found, and no other.
#[test]
fn the_seeds_fold_as_a_careful_reader_folds_them() {
    let Some(expected) = shared("acceptance/seeds.json") else {
        return;
    };
    let options = Options::default();
    let seeds = seeds(&options);
    let mut folded = Vec::new();
    let mut advised = Vec::new();
    for (at, (list, place, known)) in seeds.iter().enumerate() {
        for (other_list, other, other_known) in seeds.iter().skip(at + 1) {
            let scope = match list == other_list {
                true => Scope::SameList {
                    same_section: false,
                },
                false => Scope::AcrossLists,
            };
            let judgement = judge(known, other_known, scope, &options);
            let pair = (place.clone(), other.clone());
            match judgement.verdict {
                Verdict::Different => continue,
                Verdict::Possible => advised.push(pair),
                Verdict::Likely | Verdict::Certain => folded.push(pair),
            }
            println!("{place} {other} {}", shown(&judgement));
        }
    }
    folded.sort();
    assert_eq!(folded, pairs_of(&expected["merge"]["folded"]));
    for pair in pairs_of(&expected["merge"]["advised_not_folded"]) {
        assert!(advised.contains(&pair), "{pair:?} is not advised");
    }
    for pair in pairs_of(&expected["merge"]["never_folded"]) {
        assert!(!folded.contains(&pair), "{pair:?} is folded");
    }
}

/// The works of the seeds: the letter of the list, letter and line, and what is known.
fn seeds(options: &Options) -> Vec<(char, String, Identity)> {
    let files = [
        ('A', "seeds/000_8158ba2ad2d78539.md"),
        ('B', "seeds/001_317d231398094862.md"),
        ('C', "seeds/003_e5f0566785477846.md"),
    ];
    let mut works = Vec::new();
    for (letter, file) in files {
        let source = std::fs::read_to_string(shared_path(file)).expect("the seeds are there");
        let list = List::parse(Source::new(FileId(0), file, source));
        for (id, known) in Identity::of_works(&list, options) {
            let line = list.source.line(list.entry(id).span.start);
            works.push((letter, format!("{letter}:{line}"), known));
        }
    }
    works
}

/// Every two members of each group, in order.
fn pairs_of(groups: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for group in groups.as_array().expect("groups") {
        let members = group["members"].as_array().expect("members");
        let members: Vec<_> = members.iter().filter_map(Value::as_str).collect();
        for (at, a) in members.iter().enumerate() {
            let others = members.iter().skip(at + 1);
            pairs.extend(others.map(|b| ((*a).to_owned(), (*b).to_owned())));
        }
    }
    pairs.sort();
    pairs
}
