//! Any text through the formatter: its own proof holds, and a second run changes nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use listwright::format::{EntryOrder, Options, formatted};

mod common;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for order in [None, Some(EntryOrder::Alphabetical)] {
        let options = Options {
            order,
            ..Options::default()
        };
        let made = match formatted(&common::list(0, text), &options) {
            Ok(made) => made,
            Err(loss) => panic!("{loss}"),
        };
        if let Some(made) = made {
            let again = formatted(&common::list(0, &made), &options);
            assert_eq!(again, Ok(None), "the second run of {made:?}");
        }
    }
});
