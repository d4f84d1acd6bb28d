//! Any three texts have a result: markers are where they are said to be, a clean merge loses no
//! link, and where git is done its bytes are the result.

#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::three_way::holds(bytes));
