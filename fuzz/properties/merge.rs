//! Any two texts merged: the result is the same every time and every entry is accounted for once.

use std::collections::BTreeSet;

use listwright::list::{LinkKind, List};
use listwright::merge::{Merge, Options, into, merge};

use super::common;

/// Panics where `bytes` break what is promised.
pub fn holds(bytes: &[u8]) {
    let Some(texts) = common::parts::<2>(bytes) else {
        return;
    };
    let options = Options::default();
    let lists = [common::list(0, texts[0]), common::list(1, texts[1])];
    let merged = merge(&lists, &options);
    assert!(
        merge(&lists, &options).text() == merged.text(),
        "it is determined"
    );
    accounted(&lists, &merged);
    accounted(&lists, &into(&lists, &options).merge);
}

/// Panics where a link or a title's word of the two texts is neither in their merge nor told.
pub fn holds_links(bytes: &[u8]) {
    let Some(texts) = common::parts::<2>(bytes) else {
        return;
    };
    let options = Options::default();
    let lists = [common::list(0, texts[0]), common::list(1, texts[1])];
    kept(&lists, &merge(&lists, &options));
    kept(&lists, &into(&lists, &options).merge);
}

/// Every decision is about an entry that there is, and about none twice.
fn accounted(lists: &[List], merged: &Merge) {
    let mut seen = BTreeSet::new();
    for decision in &merged.decisions {
        let place = decision.place;
        assert!(lists[place.list].entries.get(place.entry.index()).is_some());
        assert!(seen.insert(place), "two decisions about {place:?}");
    }
}

/// Every link to elsewhere and every word of a title is in the merged list, or in what is told of it.
fn kept(lists: &[List], merged: &Merge) {
    let out = common::list(9, merged.text());
    let links: BTreeSet<&str> = out.links.iter().map(|link| link.url.as_str()).collect();
    let mut told = String::new();
    for left in &merged.left_out {
        let list = lists.iter().find(|list| list.source.id() == left.span.file);
        told.push_str(list.map_or("", |list| list.slice(left.span)));
        told.push('\n');
    }
    for dropped in merged.decisions.iter().flat_map(|one| &one.dropped) {
        told.push_str(&dropped.text);
        told.push('\n');
    }
    for list in lists {
        for link in list.links.iter().filter(|link| !link.url.starts_with('#')) {
            let definition = match link.kind {
                LinkKind::Reference(definition) => list.definitions.get(definition as usize),
                _ => None,
            };
            let written = definition.map_or(link.destination, |one| one.destination);
            let written = list.slice(written);
            let kept = links.contains(link.url.as_str())
                || told.contains(&link.url)
                || (!written.is_empty() && told.contains(written));
            assert!(kept, "{:?} is lost\n{}", link.url, merged.text());
        }
    }
    let mut text = format!("{}\n{told}", merged.text()).to_lowercase();
    for title in out.entries.iter().filter_map(|one| one.title.as_ref()) {
        text.push('\n');
        text.push_str(&title.text.to_lowercase());
    }
    let split = |text: &str| -> BTreeSet<String> {
        let words = text.split(|char: char| !char.is_alphanumeric());
        words.map(str::to_owned).collect()
    };
    let words = split(&text);
    for list in lists {
        for title in list.entries.iter().filter_map(|one| one.title.as_ref()) {
            let kept = text.contains(&list.slice(title.span).to_lowercase())
                || split(&title.text.to_lowercase()).is_subset(&words);
            assert!(kept, "{:?} is lost\n{}", title.text, merged.text());
        }
    }
}
