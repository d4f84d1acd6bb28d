//! Links: the labelled pairs, the vectors of other tools, the corpus.

use std::collections::{BTreeMap, BTreeSet};

use listwright::identity::Options;
use listwright::identity::url::{LinkKey, Target, Tier};
use listwright::list::List;
use listwright::source::{FileId, Source};
use serde_json::Value;

use super::{shared, shared_path, text};

/// The labelled pairs: links that are the same, that may be, and that must not be called so.
#[test]
fn labelled_pairs_of_links_are_judged_as_their_readers_did() {
    let Some(data) = shared("acceptance/url_pairs.json") else {
        return;
    };
    let options = Options::default();
    let mut table: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut missed = Vec::new();
    let mut wrong = Vec::new();
    let pairs = data["pairs"].as_array().expect("a list of pairs");
    for pair in pairs {
        let [label, a, b] = ["verdict", "a", "b"].map(|key| text(pair, key));
        let [left, right] = [a, b].map(|link| LinkKey::new(link, &options));
        let evidence = left.compare(&right, &options);
        let found = match &evidence {
            Some(evidence) if evidence.tier < Tier::Likely => "same",
            Some(_) => "likely",
            None => "none",
        };
        *table.entry((label, found)).or_default() += 1;
        let said = evidence.map(|e| e.to_string()).unwrap_or_default();
        match (label, found) {
            ("same", "same") | (_, "none") if label != "same" && label != "likely" => {}
            ("same", "same") | ("likely", "likely") => {}
            ("same" | "likely", _) => missed.push(format!("{label} {found}: {a} {b} {said}")),
            (_, "same" | "likely") => wrong.push(format!("{label} {found}: {a} {b} {said}")),
            _ => {}
        }
    }
    println!("{table:?}");
    println!("missed:\n  {}", missed.join("\n  "));
    println!("suggested or worse:\n  {}", wrong.join("\n  "));
    let count = |label| -> usize {
        table
            .iter()
            .filter(|((l, _), _)| *l == label)
            .map(|(_, n)| n)
            .sum()
    };
    let same = table[&("same", "same")];
    println!("same: {same} of {} found", count("same"));
    assert!(same * 100 >= count("same") * 95);
    for label in ["different", "likely", "moved", "related"] {
        assert_eq!(table.get(&(label, "same")), None, "{label} called the same");
    }
}

/// The vectors of other tools, read as relations: an input and what the tool makes of it are one
/// address. Where we do not agree, `tests/data/url_vectors_exceptions.txt` says why.
#[test]
fn vectors_of_other_tools_are_agreed_with_or_excepted_with_a_reason() {
    let Some(data) = shared("acceptance/url_vectors.json") else {
        return;
    };
    let exceptions = Exceptions::read(include_str!("../data/url_vectors_exceptions.txt"));
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut table: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut wrong = Vec::new();
    let vectors = data["vectors"].as_array().expect("a list of vectors");
    let mut inputs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for vector in vectors {
        inputs
            .entry(class(vector))
            .or_default()
            .insert(text(vector, "input").to_owned());
    }
    for vector in vectors {
        let source = text(vector, "source");
        let number = numbers.entry(source).or_default();
        *number += 1;
        let agreed = agrees(vector, &inputs[&class(vector)]);
        table.entry(source).or_default()[usize::from(!agreed)] += 1;
        if agreed == exceptions.reason(source, *number).is_some() {
            let said = if agreed {
                "agreed, yet excepted"
            } else {
                "not agreed, and not excepted"
            };
            let (input, expected) = (&vector["input"], &vector["expected"]);
            wrong.push(format!(
                "{source} {number} {said}: {input} {expected} {}",
                vector["options"]
            ));
        }
    }
    println!("agreed and excepted: {table:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether we relate an input to its expected output as the other tool does: both are one address,
/// or all inputs with that output are.
fn agrees(vector: &Value, alike: &BTreeSet<String>) -> bool {
    let options = Options::default();
    let key = LinkKey::new(text(vector, "input"), &options);
    match &vector["expected"] {
        // The tool refuses the input: no page.
        Value::Null => key.target() != Target::Web,
        Value::String(expected) => {
            // Some tools leave the scheme out of what they compare.
            [expected.clone(), format!("https://{expected}")]
                .iter()
                .any(|expected| {
                    let expected = LinkKey::new(expected, &options);
                    let both_empty = [&key, &expected]
                        .iter()
                        .all(|k| k.target() == Target::Empty);
                    let web = key.target() == expected.target();
                    let same = key.certain() == expected.certain();
                    both_empty || web && same && !expected.certain().is_empty()
                })
                || alike.len() > 1
                    && alike
                        .iter()
                        .all(|other| LinkKey::new(other, &options).certain() == key.certain())
        }
        _ => false,
    }
}

/// What the inputs of a vector have in common: the tool, its options and the output.
fn class(vector: &Value) -> String {
    format!(
        "{} {} {} {}",
        vector["source"], vector["fn"], vector["options"], vector["expected"]
    )
}

/// The vectors that we do not agree with, each with its reason.
struct Exceptions<'a> {
    by_vector: BTreeMap<(&'a str, usize), &'a str>,
}

impl<'a> Exceptions<'a> {
    /// Reads lines `REASON: words` and, below it, `SOURCE NUMBERS…`, where `5-9` is a range.
    fn read(text: &'a str) -> Exceptions<'a> {
        let mut by_vector = BTreeMap::new();
        let mut reason = "";
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let Some(vectors) = line.strip_prefix("  ") else {
                reason = line;
                continue;
            };
            assert!(!reason.is_empty(), "an exception without a reason: {line}");
            let mut words = vectors.split(' ');
            let source = words.next().expect("a line has a word");
            for word in words {
                let (first, last) = word.split_once('-').unwrap_or((word, word));
                let number = |text: &str| text.parse::<usize>().expect("a number");
                for number in number(first)..=number(last) {
                    let twice = by_vector.insert((source, number), reason);
                    assert_eq!(twice, None, "{source} {number} is excepted twice");
                }
            }
        }
        Exceptions { by_vector }
    }

    fn reason(&self, source: &str, number: usize) -> Option<&str> {
        self.by_vector.get(&(source, number)).copied()
    }
}

/// What is cut out of a plain address by hand is what the WHATWG parser gives, for every link of
/// the corpus; and no two of its tiers contradict each other.
#[test]
fn the_short_way_gives_what_the_parser_gives() {
    let Some(links) = corpus_links() else { return };
    let options = Options::default();
    let mut plain = 0;
    for link in &links {
        let key = LinkKey::new(link, &options);
        if key.target() != Target::Web {
            continue;
        }
        // A tab inside keeps the address out of the short way, and every parser drops it.
        let (start, end) = link.split_at(link.char_indices().nth(9).map_or(0, |(at, _)| at));
        let spelled = LinkKey::new(&format!("{start}\t{end}"), &options);
        assert_eq!(key.certain(), spelled.certain(), "{link}");
        assert_eq!(key.likely(), spelled.likely(), "{link}");
        plain += 1;
    }
    println!("{plain} web addresses of {} links", links.len());
    assert!(plain > 40_000);
}

/// A key is the key of itself: what was normalized stays as it is.
#[test]
fn keys_are_normal_forms() {
    let Some(links) = corpus_links() else { return };
    let options = Options::default();
    let mut moved = Vec::new();
    for link in &links {
        let key = LinkKey::new(link, &options);
        if key.target() == Target::Web {
            let again = LinkKey::new(&format!("https://{}", key.certain()), &options);
            if again.certain() != key.certain() {
                moved.push(format!("{link}: {} {}", key.certain(), again.certain()));
            }
        }
    }
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}

/// Every different destination of the corpus.
fn corpus_links() -> Option<BTreeSet<String>> {
    let Ok(files) = std::fs::read_dir(shared_path("corpus/lists")) else {
        println!("skipped: the corpus is missing");
        return None;
    };
    let mut links = BTreeSet::new();
    for file in files {
        let path = file.expect("a file of the corpus").path();
        let bytes = std::fs::read(&path).expect("a file of the corpus can be read");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let list = List::parse(Source::new(FileId(0), "list.md", text));
        links.extend(list.links.iter().map(|link| link.url.clone()));
    }
    Some(links)
}
