//! Any text through every rule: places lie in it, fixes settle, and the safe ones lose no link.

#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::check_fix::holds(bytes));
