//! Any text through every rule: places lie in it, fixes settle, and the safe ones lose no link.

#![no_main]

use libfuzzer_sys::fuzz_target;
use listwright::edit::Safety;
use listwright::rules::fix::fix;
use listwright::rules::{Options, Preset, check};

mod common;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut options = Options::default();
    options.settings.preset = Preset::Strict;
    options.surroundings.has_file = Some(Box::new(|_, path| path.len() % 2 == 0));
    let list = common::list(0, text);
    let before = common::links(&list);
    for found in check(std::slice::from_ref(&list), &options) {
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        let labels = found.labels.iter().map(|label| label.span);
        for span in edits.map(|edit| edit.span).chain(labels).chain([found.span]) {
            let slice = list.source.text().get(span.range());
            assert!(slice.is_some(), "{}: {span:?} is no text", found.rule);
        }
    }
    for safety in [Safety::Safe, Safety::Unsafe] {
        let fixed = fix(common::list(0, text), &options, safety, &|_| true);
        assert!(fixed.settled, "{safety:?} fixes do not settle");
        if safety == Safety::Safe {
            let lost = common::lost(&before, &common::links(&fixed.list));
            assert!(lost.is_empty(), "lost {lost:?}");
        }
    }
});
