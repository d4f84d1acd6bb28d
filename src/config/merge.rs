//! The part of the configuration that merging and identity take.

use std::collections::BTreeMap;

use super::field::{Field, as_flag, as_text, as_texts, choice, flag, texts};
use crate::identity::Aliases;
use crate::identity::url::Parameters;
use crate::merge::{FurtherLinks, Options, Unmatched};

/// The keys of `[merge]`.
pub(super) const MERGE: &[Field<Options>] = &[
    Field {
        spec: choice(
            "unmatched",
            &["append", "inbox", "error"],
            "What becomes of sections that match none of the lists before",
        ),
        set: |options, value| {
            options.unmatched = match as_text(value).as_str() {
                "inbox" => Unmatched::Inbox,
                "error" => Unmatched::Error,
                _ => Unmatched::Append,
            };
        },
    },
    Field {
        spec: choice(
            "further-links",
            &["keep", "drop"],
            "Whether links of folded entries that lead elsewhere stay with the kept entry",
        ),
        set: |options, value| {
            options.further_links = match as_text(value).as_str() {
                "drop" => FurtherLinks::Drop,
                _ => FurtherLinks::Keep,
            };
        },
    },
    Field {
        spec: flag("numbered", false, "Whether the merged entries are numbered"),
        set: |options, value| options.numbered = as_flag(value),
    },
];

/// The keys of `[identity]`.
pub(super) const IDENTITY: &[Field<Options>] = &[
    Field {
        spec: texts(
            "tracking-parameters",
            "Query parameters that only track, besides those that are known to",
        ),
        set: |options, value| {
            let names = as_texts(value);
            options.identity.tracking = Parameters::new(names.iter().map(String::as_str));
        },
    },
    Field {
        spec: texts(
            "generic-titles",
            "Titles that stand for many works, besides those that are known to",
        ),
        set: |options, value| options.identity.generic_titles = as_texts(value),
    },
];

/// Puts `[merge.sections]` in its place.
pub(super) fn set_sections(options: &mut Options, sections: BTreeMap<String, String>) {
    options.sections = sections.into_iter().collect();
}

/// Puts `[identity.aliases]` in its place.
pub(super) fn set_aliases(options: &mut Options, aliases: &BTreeMap<String, String>) {
    let pairs = aliases
        .iter()
        .map(|(from, to)| (from.as_str(), to.as_str()));
    options.identity.aliases = Aliases::new(pairs);
}
