//! The part of the configuration that the formatter takes; what it leaves open is inferred.

use super::field::{Field, as_text, choice};
use crate::format::{ContentsMode, Ending, EntryOrder, HeadingNumbers, Indent, Numbering, Options};
use crate::rules::{OptionKind, OptionSpec};

/// The keys of `[style]`.
pub(super) const STYLE: &[Field<Options>] = &[
    Field {
        spec: choice("marker", &["infer", "-", "*", "+"], "The bullet of items"),
        set: |options, value| {
            let text = as_text(value);
            options.marker = text.chars().next().filter(|_| text != "infer");
        },
    },
    Field {
        spec: choice(
            "indent",
            &["infer", "2", "3", "4", "tab"],
            "How far a nested list is indented from the bullet above it, in spaces",
        ),
        set: |options, value| {
            options.indent = match as_text(value).as_str() {
                "tab" => Some(Indent::Tab),
                width => width.parse().ok().map(Indent::Spaces),
            };
        },
    },
    Field {
        spec: choice(
            "padding",
            &["infer", "1", "2", "3", "4"],
            "The spaces between marker and words",
        ),
        set: |options, value| options.padding = as_text(value).parse().ok(),
    },
    Field {
        spec: choice(
            "numbering",
            &["infer", "sequential", "same"],
            "Whether ordered lists count, or repeat one number",
        ),
        set: |options, value| {
            options.numbering = match as_text(value).as_str() {
                "sequential" => Some(Numbering::Sequential),
                "same" => Some(Numbering::Same),
                _ => None,
            };
        },
    },
    Field {
        spec: OptionSpec {
            name: "separator",
            help: "What divides title and description, white space included; empty to infer it",
            kind: OptionKind::Text(""),
        },
        set: |options, value| {
            options.separator = Some(as_text(value)).filter(|text| !text.is_empty());
        },
    },
    Field {
        spec: choice(
            "final-punctuation",
            &["infer", "period", "none"],
            "Whether descriptions end in a period",
        ),
        set: |options, value| {
            options.final_punctuation = match as_text(value).as_str() {
                "period" => Some(Ending::Period),
                "none" => Some(Ending::None),
                _ => None,
            };
        },
    },
    Field {
        spec: choice(
            "heading-numbers",
            &["infer", "keep", "consistent", "remove"],
            "What becomes of numbers that people wrote into headings",
        ),
        set: |options, value| {
            options.heading_numbers = match as_text(value).as_str() {
                "keep" => Some(HeadingNumbers::Keep),
                "consistent" => Some(HeadingNumbers::Consistent),
                "remove" => Some(HeadingNumbers::Remove),
                _ => None,
            };
        },
    },
    Field {
        spec: choice(
            "heading-levels",
            &["infer", "repair", "keep"],
            "Whether holes in the levels of headings are closed",
        ),
        set: |options, value| {
            options.heading_levels = match as_text(value).as_str() {
                "repair" => Some(true),
                "keep" => Some(false),
                _ => None,
            };
        },
    },
    Field {
        spec: choice(
            "contents",
            &["update", "keep", "add"],
            "What becomes of the table of contents; `add` makes one where there is none",
        ),
        set: |options, value| {
            options.contents = match as_text(value).as_str() {
                "keep" => Some(ContentsMode::Keep),
                "add" => Some(ContentsMode::Add),
                _ => Some(ContentsMode::Update),
            };
        },
    },
    Field {
        spec: choice(
            "blank-lines",
            &["infer", "0", "1", "2"],
            "The blank lines before and behind a heading",
        ),
        set: |options, value| options.blank_lines = as_text(value).parse().ok(),
    },
    Field {
        spec: choice(
            "order",
            &["keep", "alphabetical"],
            "The order of entries within a section",
        ),
        set: |options, value| {
            options.order = match as_text(value).as_str() {
                "alphabetical" => Some(EntryOrder::Alphabetical),
                _ => Some(EntryOrder::Keep),
            };
        },
    },
];
