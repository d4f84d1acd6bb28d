//! Any text as a decisions file: faults have places in it, and what is read can be used.

#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::decisions::holds(bytes));
