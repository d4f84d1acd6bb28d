//! What the targets share: lists from bytes, the parts of an input, and what must not be lost.

#![allow(dead_code, reason = "each target uses a part of it")]

use std::collections::BTreeMap;

use listwright::list::List;
use listwright::source::{FileId, Source};

/// Stands between the parts of an input: the record separator of ASCII.
const SEPARATOR: char = '\u{1e}';

/// The list that `text` holds, called `id`.
pub fn list(id: u32, text: &str) -> List {
    List::parse(Source::new(FileId(id), format!("{id}.md"), text))
}

/// The `N` texts that an input holds; those that it has not are empty. `None` where it is no UTF-8.
pub fn parts<const N: usize>(bytes: &[u8]) -> Option<[&str; N]> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut parts = [""; N];
    for (part, text) in parts.iter_mut().zip(text.splitn(N, SEPARATOR)) {
        *part = text;
    }
    Some(parts)
}

/// How often each destination stands in a list.
pub fn links(list: &List) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for link in &list.links {
        *count.entry(link.url.clone()).or_default() += 1;
    }
    count
}

/// What stands less often in `after` than in `before`.
pub fn lost(before: &BTreeMap<String, usize>, after: &BTreeMap<String, usize>) -> Vec<String> {
    let count = |what: &String| after.get(what).copied().unwrap_or_default();
    let lost = before.iter().filter(|(what, times)| count(what) < **times);
    lost.map(|(what, _)| what.clone()).collect()
}
