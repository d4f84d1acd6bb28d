//! Any bytes through the parser: the blocks tile the text and every place lies in it.

use listwright::list::List;
use listwright::source::{FileId, Source};

use super::places;

/// Panics where `bytes` break what is promised.
pub fn holds(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes(FileId(0), "fuzz.md", bytes.to_vec()) else {
        return;
    };
    let list = List::parse(source);
    let joined: String = list
        .blocks
        .iter()
        .map(|block| list.slice(block.span))
        .collect();
    assert_eq!(joined, list.source.text());
    let wrong = places::wrong(&list);
    assert!(wrong.is_empty(), "{wrong:?}");
}
