//! Any two texts merged: the result is the same every time and every entry is accounted for once.

#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::merge::holds(bytes));
