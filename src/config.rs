//! The configuration file: read, checked, and handed to each engine as the options that it owns.

pub mod decisions;
mod field;
mod merge;
mod page;
mod reader;
mod rules;
mod schema;
mod style;

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::rules::Settings;
use field::{Field, Table, as_texts, specs, texts};
use reader::Reader;

pub use page::page;
pub use rules::PathSettings;
pub use schema::schema;

/// The names that a configuration file may have, relative to the folder that it is for; where a
/// folder has several, the first counts.
pub const FILE_NAMES: [&str; 3] = [
    "listwright.toml",
    ".listwright.toml",
    ".config/listwright.toml",
];

/// What a configuration file says; where it says nothing, the defaults.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Levels and options of the rules.
    pub rules: Settings,
    /// Settings for some lists, the last that matches counts.
    pub overrides: Vec<PathSettings>,
    /// Which files are lists.
    pub files: Files,
    /// The layout that the formatter gives to lists.
    pub style: crate::format::Options,
    /// How lists are merged, and what is known of identity besides.
    pub merge: crate::merge::Options,
}

/// Which files are lists.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Patterns of files that are passed over.
    pub exclude: Vec<String>,
    /// Patterns of files that are lists though their name speaks against it.
    pub include: Vec<String>,
}

/// The keys of `[files]`.
const FILES: &[Field<Files>] = &[
    Field {
        spec: texts(
            "exclude",
            "Patterns, as in `.gitignore`, of files that are passed over",
        ),
        set: |files, value| files.exclude = as_texts(value),
    },
    Field {
        spec: texts(
            "include",
            "Patterns of files that are lists though their name or an ignore file speaks against it",
        ),
        set: |files, value| files.include = as_texts(value),
    },
];

/// The tables of the file, in the order of its page.
fn tables() -> Vec<Table> {
    vec![
        Table {
            name: "",
            help: "At the top of the file",
            keys: || vec![rules::PRESET],
            open: None,
        },
        Table {
            name: "files",
            help: "Which files are lists",
            keys: || specs(FILES),
            open: None,
        },
        Table {
            name: "style",
            help: "The layout that `listwright fmt` gives to lists; `infer` follows most of the list",
            keys: || specs(style::STYLE),
            open: None,
        },
        Table {
            name: "merge",
            help: "How `listwright merge` decides",
            keys: || specs(merge::MERGE),
            open: None,
        },
        Table {
            name: "merge.sections",
            help: "Sections that belong together",
            keys: Vec::new,
            open: Some(
                "Each key is a heading of a later list, or a path of headings joined by ` > `; its \
                 value is the heading or path of the merged list that takes its entries",
            ),
        },
        Table {
            name: "identity",
            help: "What is known of when two entries are the same work, besides what the program knows",
            keys: || specs(merge::IDENTITY),
            open: None,
        },
        Table {
            name: "identity.aliases",
            help: "Repositories and pages that were renamed",
            keys: Vec::new,
            open: Some("Each key is a former address; its value is the present one"),
        },
    ]
}

/// Something wrong in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its place, in bytes.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Config {
    /// Reads the text of a configuration file.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the text: what is no TOML, keys and names
    /// that nobody knows, values of the wrong type.
    pub fn parse(text: &str) -> Result<Config, Vec<Fault>> {
        reader::document(text, read)
    }
}

fn read(reader: &mut Reader, table: &DeTable<'_>) -> Config {
    let mut config = Config::default();
    let mut overrides: Vec<&Spanned<DeValue<'_>>> = Vec::new();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "preset" => {
                config.rules.preset = rules::preset(reader, value).unwrap_or_default();
            }
            "rules" => rules::rules(reader, value, &mut config.rules),
            "files" => {
                if let Some(table) = reader.table("files", value) {
                    reader.fields("files", table, FILES, &mut config.files, |_, _, _, _| false);
                }
            }
            "style" => {
                if let Some(table) = reader.table("style", value) {
                    reader.fields(
                        "style",
                        table,
                        style::STYLE,
                        &mut config.style,
                        |_, _, _, _| false,
                    );
                }
            }
            "merge" => {
                if let Some(table) = reader.table("merge", value) {
                    reader.fields(
                        "merge",
                        table,
                        merge::MERGE,
                        &mut config.merge,
                        merge_sections,
                    );
                }
            }
            "identity" => {
                if let Some(table) = reader.table("identity", value) {
                    let options = &mut config.merge;
                    reader.fields("identity", table, merge::IDENTITY, options, aliases);
                }
            }
            "overrides" => match value.get_ref().as_array() {
                Some(array) => overrides.extend(array.iter()),
                None => reader.fault(value.span(), "overrides are written as `[[overrides]]`"),
            },
            given => reader.unknown(key.span(), "key", given, KEYS),
        }
    }
    // Overrides start from what the rest of the file says, wherever in the file it stands.
    for value in overrides {
        let read = rules::override_table(reader, value, &config.rules);
        config.overrides.extend(read);
    }
    config
}

/// Reads `[merge.sections]`.
fn merge_sections(
    reader: &mut Reader,
    options: &mut crate::merge::Options,
    key: &str,
    value: &Spanned<DeValue<'_>>,
) -> bool {
    if key == "sections" {
        merge::set_sections(options, reader.texts_by_key("merge.sections", value));
    }
    key == "sections"
}

/// Reads `[identity.aliases]`.
fn aliases(
    reader: &mut Reader,
    options: &mut crate::merge::Options,
    key: &str,
    value: &Spanned<DeValue<'_>>,
) -> bool {
    if key == "aliases" {
        merge::set_aliases(options, &reader.texts_by_key("identity.aliases", value));
    }
    key == "aliases"
}

/// The keys at the top of the file.
const KEYS: [&str; 7] = [
    "preset",
    "rules",
    "files",
    "style",
    "merge",
    "identity",
    "overrides",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Level, Preset, WARNING};

    fn faults(text: &str) -> Vec<String> {
        let faults = Config::parse(text).expect_err("the text is wrong");
        faults
            .into_iter()
            .map(|fault| {
                let hint = fault
                    .hint
                    .map(|hint| format!(" ({hint})"))
                    .unwrap_or_default();
                format!("{}: {}{hint}", &text[fault.span], fault.message)
            })
            .collect()
    }

    #[test]
    fn levels_and_options_are_read() {
        let config = Config::parse(
            "preset = \"awesome\"\n[rules]\ntrailing-whitespace = \"off\"\n[[overrides]]\npaths = [\"old/*\"]\nrules.trailing-whitespace.level = \"warning\"\n",
        )
        .expect("the text is right");
        assert_eq!(config.rules.preset, Preset::Awesome);
        assert_eq!(config.rules.levels["trailing-whitespace"], Level::Off);
        let settings = &config.overrides[0].settings;
        assert_eq!(settings.preset, Preset::Awesome);
        assert_eq!(settings.levels["trailing-whitespace"], WARNING);
    }

    #[test]
    fn what_nobody_knows_is_named_with_its_nearest() {
        assert_eq!(
            faults("ruls = 1"),
            ["ruls: there is no key `ruls` (did you mean `rules`?)"]
        );
        assert_eq!(
            faults("[rules]\ntrailing-whitspace = \"off\""),
            [
                "trailing-whitspace: there is no rule `trailing-whitspace` (did you mean `trailing-whitespace`?)"
            ]
        );
        assert_eq!(
            faults("preset = \"awsome\"\n[files]\nexclude = 3"),
            [
                "\"awsome\": there is no `preset` `awsome` (did you mean `awesome`?)",
                "3: `exclude` must be a list of texts, and is of type integer",
            ]
        );
    }
}
