//! Any bytes through the parser: the blocks tile the text and every place lies in it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use listwright::list::List;
use listwright::source::{FileId, Source};

#[path = "../../tests/support/places.rs"]
mod places;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::from_bytes(FileId(0), "fuzz.md", bytes.to_vec()) else {
        return;
    };
    let list = List::parse(source);
    let joined: String = list.blocks.iter().map(|block| list.slice(block.span)).collect();
    assert_eq!(joined, list.source.text());
    let wrong = places::wrong(&list);
    assert!(wrong.is_empty(), "{wrong:?}");
});
