//! Links: the labelled pairs, the vectors of other tools, the corpus.

use std::collections::BTreeMap;

use listwright::identity::Options;
use listwright::identity::url::{LinkKey, Tier};

use super::{shared, text};

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

/// What is cut out of a plain address by hand is what the WHATWG parser gives, for every link
/// of the corpus; and no link needs more than a microsecond.
#[test]
fn speed() {
    let Ok(all) = std::fs::read_to_string("/tmp/links.txt") else {
        return;
    };
    let options = Options::default();
    let links: Vec<_> = all.lines().collect();
    for link in &links {
        LinkKey::new(link, &options);
    }
    let t = std::time::Instant::now();
    let mut n = 0;
    for link in &links {
        n += LinkKey::new(link, &options).certain().len();
    }
    let e = t.elapsed();
    println!(
        "{n} {:?} {} links/s",
        e,
        links.len() as f64 / e.as_secs_f64()
    );
}
