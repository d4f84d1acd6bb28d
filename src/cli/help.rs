//! What the program says of its commands: the reference page, completions and manual pages.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::Arguments;
use crate::nearest::nearest;

/// Adds to the error of an option that nobody knows the option that was likely meant.
pub(super) fn suggest(error: &mut clap::Error) {
    if error.kind() != ErrorKind::UnknownArgument {
        return;
    }
    let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidArg) else {
        return;
    };
    let given = given.trim_start_matches('-').to_owned();
    let command = Arguments::command();
    let options: Vec<&str> = command
        .get_subcommands()
        .flat_map(Command::get_arguments)
        .chain(command.get_arguments())
        .filter_map(clap::Arg::get_long)
        .collect();
    if let Some(near) = nearest(&given, options) {
        error.remove(ContextKind::Suggested);
        error.insert(
            ContextKind::SuggestedArg,
            ContextValue::String(format!("--{near}")),
        );
    }
}

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
