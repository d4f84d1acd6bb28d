//! Any text through the formatter: its own proof holds, and a second run changes nothing.

#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::fmt::holds(bytes));
