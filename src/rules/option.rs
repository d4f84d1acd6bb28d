//! Levels and options of rules as values: what a configuration sets and a rule reads.

use std::collections::BTreeMap;

use super::{Level, Preset, Rule};

/// An option of a rule.
#[derive(Clone, Copy, Debug)]
pub struct OptionSpec {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// What it does, one sentence.
    pub help: &'static str,
    /// Its type and default.
    pub kind: OptionKind,
}

/// The type of an option, with its default.
#[derive(Clone, Copy, Debug)]
pub enum OptionKind {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(u64),
    /// One of some words; the first is the default.
    Choice(&'static [&'static str]),
    /// Any text.
    Text(&'static str),
    /// A list of texts.
    Texts(&'static [&'static str]),
}

impl OptionKind {
    /// The default as a configuration would write it.
    pub fn default_as_toml(self) -> String {
        match self {
            OptionKind::Flag(default) => default.to_string(),
            OptionKind::Number(default) => default.to_string(),
            OptionKind::Choice(words) => format!("{:?}", words.first().unwrap_or(&"")),
            OptionKind::Text(default) => format!("{default:?}"),
            OptionKind::Texts(default) => format!("{default:?}"),
        }
    }
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a flag.
    Flag(bool),
    /// Of a number.
    Number(u64),
    /// Of a choice or text.
    Text(String),
    /// Of a list of texts.
    Texts(Vec<String>),
}

impl Value {
    /// The value as a configuration would write it.
    pub fn as_toml(&self) -> String {
        match self {
            Value::Flag(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
            Value::Text(value) => format!("{value:?}"),
            Value::Texts(values) => format!("{values:?}"),
        }
    }
}

/// Levels and options of all rules.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where the levels start from.
    pub preset: Preset,
    /// The levels that differ from the preset's, by rule name.
    pub levels: BTreeMap<String, Level>,
    /// The options that differ from their default, by rule name and option name. Each is of the
    /// type that the rule's [`OptionSpec`] asks for.
    pub values: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Settings {
    /// The level of `rule`.
    pub fn level(&self, rule: &Rule) -> Level {
        self.levels
            .get(rule.name)
            .copied()
            .unwrap_or_else(|| rule.level_in(self.preset))
    }

    /// The options of `rule`.
    pub fn of<'s>(&'s self, rule: &'s Rule) -> RuleSettings<'s> {
        RuleSettings {
            specs: rule.options,
            values: self.values.get(rule.name),
        }
    }
}

/// The options of one rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleSettings<'s> {
    specs: &'s [OptionSpec],
    values: Option<&'s BTreeMap<String, Value>>,
}

impl<'s> RuleSettings<'s> {
    fn set(&self, name: &str) -> Option<&'s Value> {
        self.values?.get(name)
    }

    fn default(&self, name: &str) -> Option<OptionKind> {
        let spec = self.specs.iter().find(|spec| spec.name == name);
        debug_assert!(spec.is_some(), "the rule has no option `{name}`");
        Some(spec?.kind)
    }

    /// The value of the flag `name`.
    pub fn flag(&self, name: &str) -> bool {
        match (self.set(name), self.default(name)) {
            (Some(Value::Flag(value)), _) => *value,
            (_, Some(OptionKind::Flag(default))) => default,
            _ => false,
        }
    }

    /// The value of the number `name`.
    pub fn number(&self, name: &str) -> u64 {
        match (self.set(name), self.default(name)) {
            (Some(Value::Number(value)), _) => *value,
            (_, Some(OptionKind::Number(default))) => default,
            _ => 0,
        }
    }

    /// The value of the choice or text `name`.
    pub fn text(&self, name: &str) -> &'s str {
        match (self.set(name), self.default(name)) {
            (Some(Value::Text(value)), _) => value,
            (_, Some(OptionKind::Text(default))) => default,
            (_, Some(OptionKind::Choice(words))) => words.first().copied().unwrap_or_default(),
            _ => "",
        }
    }

    /// The values of the list of texts `name`.
    pub fn texts(&self, name: &str) -> Vec<&'s str> {
        match (self.set(name), self.default(name)) {
            (Some(Value::Texts(values)), _) => values.iter().map(String::as_str).collect(),
            (_, Some(OptionKind::Texts(default))) => default.to_vec(),
            _ => Vec::new(),
        }
    }
}
