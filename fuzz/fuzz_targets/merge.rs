//! Any two texts merged: every link is in the result or told, and every entry is accounted for.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use listwright::list::List;
use listwright::merge::{Merge, Options, into, merge};

mod common;

fuzz_target!(|bytes: &[u8]| {
    let Some(texts) = common::parts::<2>(bytes) else {
        return;
    };
    let options = Options::default();
    let lists = [common::list(0, texts[0]), common::list(1, texts[1])];
    let merged = merge(&lists, &options);
    assert!(merge(&lists, &options).text() == merged.text(), "it is determined");
    accounted(&lists, &merged);
    kept(&lists, &merged);
    accounted(&lists, &into(&lists, &options).merge);
});

/// Every decision is about an entry that there is, and about none twice.
fn accounted(lists: &[List], merged: &Merge) {
    let mut seen = BTreeSet::new();
    for decision in &merged.decisions {
        let place = decision.place;
        assert!(lists[place.list].entries.get(place.entry.index()).is_some());
        assert!(seen.insert(place), "two decisions about {place:?}");
    }
}

/// Every link to elsewhere is in the merged list, or in what is told of the merge.
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
            let written = list.slice(link.destination);
            let kept = links.contains(link.url.as_str())
                || told.contains(&link.url)
                || (!written.is_empty() && told.contains(written));
            assert!(kept, "{:?} is lost\n{}", link.url, merged.text());
        }
    }
}
