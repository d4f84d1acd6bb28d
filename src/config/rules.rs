//! The part of the configuration that rules take: preset, levels, options, overrides by path.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::field::choice;
use super::reader::Reader;
use crate::rules::{Level, OptionKind, OptionSpec, Preset, RULES, Rule, Settings, Value, rule};

/// Settings for the lists whose path one of the patterns matches.
#[derive(Clone, Debug)]
pub struct PathSettings {
    /// Patterns as in `.gitignore`.
    pub paths: Vec<String>,
    /// What they change.
    pub settings: Settings,
}

/// The option that names the level of a rule.
pub(super) const LEVEL: OptionSpec = choice(
    "level",
    &["off", "advice", "warning", "error"],
    "How much the findings of the rule matter",
);

/// The key that names the preset.
pub(super) const PRESET: OptionSpec = choice(
    "preset",
    &["default", "awesome", "strict"],
    "The set of rules to start from",
);

/// The preset that `value` names.
pub(super) fn preset(reader: &mut Reader, value: &Spanned<DeValue<'_>>) -> Option<Preset> {
    let Some(Value::Text(name)) = reader.value(&PRESET, value) else {
        return None;
    };
    Preset::ALL.into_iter().find(|preset| preset.name() == name)
}

/// Reads the table `[rules]` into `settings`.
pub(super) fn rules(reader: &mut Reader, value: &Spanned<DeValue<'_>>, settings: &mut Settings) {
    let Some(table) = reader.table("rules", value) else {
        return;
    };
    for (key, value) in table {
        let Some(rule) = rule(key.get_ref()) else {
            let known = RULES.iter().map(|rule| rule.name);
            reader.unknown(key.span(), "rule", key.get_ref(), known);
            continue;
        };
        match value.get_ref() {
            DeValue::Table(options) => rule_table(reader, rule, options, settings),
            _ => set_level(reader, rule, value, settings),
        }
    }
}

fn set_level(
    reader: &mut Reader,
    rule: &Rule,
    value: &Spanned<DeValue<'_>>,
    settings: &mut Settings,
) {
    if let Some(Value::Text(name)) = reader.value(&LEVEL, value)
        && let Some(level) = Level::ALL.into_iter().find(|level| level.name() == name)
    {
        settings.levels.insert(rule.name.to_owned(), level);
    }
}

fn rule_table(reader: &mut Reader, rule: &Rule, table: &DeTable<'_>, settings: &mut Settings) {
    for (key, value) in table {
        if key.get_ref() == LEVEL.name {
            set_level(reader, rule, value, settings);
            continue;
        }
        let Some(spec) = rule.options.iter().find(|spec| spec.name == key.get_ref()) else {
            let known: Vec<&str> = std::iter::once(LEVEL.name)
                .chain(rule.options.iter().map(|spec| spec.name))
                .collect();
            reader.unknown(
                key.span(),
                &format!("option of `{}`", rule.name),
                key.get_ref(),
                known,
            );
            continue;
        };
        if let Some(value) = reader.value(spec, value) {
            let of_rule = settings.values.entry(rule.name.to_owned()).or_default();
            of_rule.insert(spec.name.to_owned(), value);
        }
    }
}

/// Reads one `[[overrides]]` table; its settings start from `base`.
pub(super) fn override_table(
    reader: &mut Reader,
    value: &Spanned<DeValue<'_>>,
    base: &Settings,
) -> Option<PathSettings> {
    let table = reader.table("overrides", value)?;
    let mut settings = base.clone();
    let mut paths = Vec::new();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "paths" => {
                if let Some(Value::Texts(given)) = reader.value(&PATHS, value) {
                    paths = given;
                }
            }
            "preset" => settings.preset = preset(reader, value).unwrap_or(settings.preset),
            "rules" => rules(reader, value, &mut settings),
            given => reader.unknown(
                key.span(),
                "key in `[[overrides]]`",
                given,
                ["paths", "preset", "rules"],
            ),
        }
    }
    if paths.is_empty() {
        reader.fault(
            value.span(),
            "an override needs `paths` to say for which lists it is",
        );
        return None;
    }
    Some(PathSettings { paths, settings })
}

/// The key that says which lists an override is for.
pub(super) const PATHS: OptionSpec = OptionSpec {
    name: "paths",
    help: "Patterns, as in `.gitignore`, of the lists that the override is for",
    kind: OptionKind::Texts(&[]),
};
