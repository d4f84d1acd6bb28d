//! Any text as a configuration: faults have places in it, and what is read can be used.

use listwright::config::Config;
use listwright::format::formatted;
use listwright::merge::merge;
use listwright::rules::{Options, check};

use super::common;

const LIST: &str = "# Tea\n\n## Green\n\n* [Sencha](https://a.example/?utm_source=x) - Steamed.\n\
    * [sencha](http://a.example) - steamed\n\n## Black\n\n1. [Keemun](https://b.example): Wine.\n";

/// Panics where `bytes` break what is promised.
pub fn holds(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Config::parse(text) {
        Ok(config) => {
            let mut options = Options {
                settings: config.rules,
                ..Options::default()
            };
            options.surroundings.identity = config.merge.identity.clone();
            let list = common::list(0, LIST);
            let _found = check(std::slice::from_ref(&list), &options);
            if let Err(loss) = formatted(&list, &config.style) {
                panic!("{loss}");
            }
            let lists = [list, common::list(1, LIST)];
            let _merged = merge(&lists, &config.merge);
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(text.get(fault.span.clone()).is_some(), "{fault:?}");
            }
        }
    }
}
