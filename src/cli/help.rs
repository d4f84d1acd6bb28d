//! What the program says of its commands: the reference page, completions and manual pages.

use clap::{Command, CommandFactory};

use super::Arguments;

/// The reference page of all commands, as Markdown.
pub fn commands_page() -> String {
    let mut command = Arguments::command().term_width(96);
    command.build();
    let mut page = String::from(
        "# Commands\n\nWhat `listwright COMMAND --help` prints. Exit codes: 0 clean, 1 something was found or would change,\n2 the work could not be done.\n",
    );
    for command in visible(&mut command) {
        describe(command, &mut page);
    }
    page
}

fn visible(command: &mut Command) -> impl Iterator<Item = &mut Command> {
    command
        .get_subcommands_mut()
        .filter(|command| !command.is_hide_set() && command.get_name() != "help")
}

fn describe(command: &mut Command, page: &mut String) {
    let name = command.get_bin_name().unwrap_or_default().to_owned();
    let help: String = command
        .render_long_help()
        .to_string()
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect();
    page.push_str(&format!(
        "\n## `{name}`\n\n```text\n{}\n```\n",
        help.trim_end()
    ));
    for inner in visible(command) {
        describe(inner, page);
    }
}
