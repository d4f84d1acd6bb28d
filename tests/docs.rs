//! Documents that the program can print are printed by it: pages of rules, configuration, schemas.

mod support;

use std::path::PathBuf;

use listwright::rules::RULES;
use support::{golden, project};

#[test]
fn the_pages_of_rules_are_printed_from_the_code() {
    let folder = project("docs/rules");
    for rule in RULES {
        let page = listwright::cli::rule_page(rule);
        golden(&folder.join(format!("{}.md", rule.name)), &page);
    }
    golden(&folder.join("README.md"), &listwright::cli::rules_index());
    let mut known: Vec<String> = RULES
        .iter()
        .map(|rule| format!("{}.md", rule.name))
        .collect();
    known.push("README.md".to_owned());
    let stray: Vec<PathBuf> = support::markdown_files(&folder)
        .into_iter()
        .filter(|path| {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            !known.iter().any(|known| known == name)
        })
        .collect();
    assert!(stray.is_empty(), "pages of no rule: {stray:?}");
}

#[test]
fn the_page_and_schema_of_the_configuration_are_printed_from_the_code() {
    golden(
        &project("docs/configuration.md"),
        &listwright::config::page(),
    );
    golden(
        &project("docs/schema/config.schema.json"),
        &listwright::config::schema(),
    );
}

#[test]
fn the_schema_of_json_output_is_printed_from_the_code() {
    golden(
        &project("docs/schema/check.schema.json"),
        &listwright::report::json::json_schema(),
    );
}

#[test]
fn the_help_of_every_command_is_printed_from_the_code() {
    golden(
        &project("docs/commands.md"),
        &listwright::cli::commands_page(),
    );
}
