//! A key of the configuration as a value: its name, type, default, meaning, and where it goes.
//!
//! The reader, the schema and the page are functions over these values, so that none of them can
//! know a key that another does not.

use crate::rules::{OptionKind, OptionSpec, Value};

/// A key that sets something in a `T`.
pub(super) struct Field<T> {
    /// Name, help, type and default.
    pub(super) spec: OptionSpec,
    /// Puts a value of the right type in its place.
    pub(super) set: fn(&mut T, Value),
}

/// A table of the configuration: its name and its keys.
pub(super) struct Table {
    /// The name, as in `[name]`; empty for the keys at the top.
    pub(super) name: &'static str,
    /// What it is for, one sentence.
    pub(super) help: &'static str,
    /// The descriptions of its keys.
    pub(super) keys: fn() -> Vec<OptionSpec>,
    /// What further keys, chosen by the user, stand for; `None` where there are none.
    pub(super) open: Option<&'static str>,
}

/// The descriptions of `fields`.
pub(super) fn specs<T>(fields: &[Field<T>]) -> Vec<OptionSpec> {
    fields.iter().map(|field| field.spec).collect()
}

/// A flag.
pub(super) const fn flag(name: &'static str, default: bool, help: &'static str) -> OptionSpec {
    OptionSpec {
        name,
        help,
        kind: OptionKind::Flag(default),
    }
}

/// One of some words.
pub(super) const fn choice(
    name: &'static str,
    words: &'static [&'static str],
    help: &'static str,
) -> OptionSpec {
    OptionSpec {
        name,
        help,
        kind: OptionKind::Choice(words),
    }
}

/// A list of texts.
pub(super) const fn texts(name: &'static str, help: &'static str) -> OptionSpec {
    OptionSpec {
        name,
        help,
        kind: OptionKind::Texts(&[]),
    }
}

/// The text of a value of a choice or text.
pub(super) fn as_text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        _ => String::new(),
    }
}

/// The texts of a value of a list of texts.
pub(super) fn as_texts(value: Value) -> Vec<String> {
    match value {
        Value::Texts(texts) => texts,
        _ => Vec::new(),
    }
}

/// The value of a flag.
pub(super) fn as_flag(value: Value) -> bool {
    value == Value::Flag(true)
}
