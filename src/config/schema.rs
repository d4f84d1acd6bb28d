//! The JSON Schema (draft-07) of the configuration file, for editors.

use serde_json::{Map, Value as Json, json};

use super::rules::{LEVEL, PATHS, PRESET};
use super::tables;
use crate::rules::{OptionKind, OptionSpec, RULES, Rule};

/// The schema as JSON, with a line ending.
pub fn schema() -> String {
    let mut properties = Map::new();
    for table in tables() {
        let keys = (table.keys)();
        if table.name.is_empty() {
            properties.extend(keys.iter().map(named));
            continue;
        }
        let mut object = object(keys.iter().map(named), table.help);
        if table.open.is_some() {
            object["additionalProperties"] = json!({ "type": "string" });
        }
        insert(&mut properties, table.name, object);
    }
    let rules = rules();
    let overrides = json!({
        "description": "Settings for some lists; the last override that matches a list counts",
        "type": "array",
        "items": {
            "type": "object",
            "properties": { "paths": of(&PATHS), "preset": of(&PRESET), "rules": rules },
            "required": ["paths"],
            "additionalProperties": false,
        },
    });
    properties.insert("rules".to_owned(), rules);
    properties.insert("overrides".to_owned(), overrides);
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of Listwright",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    format!("{schema:#}\n")
}

/// Puts the object of a table in its place; `merge.sections` goes into `merge`.
fn insert(properties: &mut Map<String, Json>, name: &str, object: Json) {
    match name.split_once('.') {
        None => {
            properties.insert(name.to_owned(), object);
        }
        Some((outer, inner)) => properties[outer]["properties"][inner] = object,
    }
}

fn rules() -> Json {
    let properties = RULES
        .iter()
        .map(|rule| (rule.name.to_owned(), of_rule(rule)));
    object(properties, "Levels and options of the rules")
}

fn of_rule(rule: &Rule) -> Json {
    let options = std::iter::once(&LEVEL).chain(rule.options).map(named);
    json!({
        "description": rule.page().summary,
        "anyOf": [of(&LEVEL), object(options, "Level and options")],
    })
}

fn object(properties: impl Iterator<Item = (String, Json)>, help: &str) -> Json {
    json!({
        "description": help,
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "additionalProperties": false,
    })
}

fn named(spec: &OptionSpec) -> (String, Json) {
    (spec.name.to_owned(), of(spec))
}

fn of(spec: &OptionSpec) -> Json {
    let mut schema = match spec.kind {
        OptionKind::Flag(default) => json!({ "type": "boolean", "default": default }),
        OptionKind::Number(default) => {
            json!({ "type": "integer", "minimum": 0, "default": default })
        }
        OptionKind::Text(default) => json!({ "type": "string", "default": default }),
        OptionKind::Choice(words) => json!({ "enum": words }),
        OptionKind::Texts(default) => {
            json!({ "type": "array", "items": { "type": "string" }, "default": default })
        }
    };
    schema["description"] = json!(spec.help);
    schema
}
