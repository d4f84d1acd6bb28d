//! Any bytes through the parser: the blocks tile the text and every place lies in it.

#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::parse::holds(bytes));
