//! Any text as a decisions file: faults have places in it, and what is read can be used.

#![no_main]

use libfuzzer_sys::fuzz_target;
use listwright::config::decisions::Decided;
use listwright::merge::{Options, merge, review};

mod common;

const ONE: &str = "# Tea\n\n## Green\n\n- [Sencha](https://a.example) - Steamed.\n\
    - [Matcha](https://m.example) - Ground.\n- *Gyokuro* by A. Person\n";
const OTHER: &str = "# Teas\n\n## Green tea\n\n- [Sencha](https://b.example) - Leaves.\n\
    - [Matcha](https://m.example/) - Powder.\n- *Gyokuro* by A. Person and B. Other\n";

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Decided::parse(text) {
        Ok(decided) => {
            let options = Options {
                decisions: decided.decisions,
                sections: decided.sections,
                ..Options::default()
            };
            let lists = [common::list(0, ONE), common::list(1, OTHER)];
            let merged = merge(&lists, &options);
            // What is asked next is a decisions file itself.
            let form = review::form(&merged, &lists, &options);
            if let Err(faults) = Decided::parse(&form) {
                panic!("{faults:?} in {form}");
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(text.get(fault.span.clone()).is_some(), "{fault:?}");
            }
        }
    }
});
