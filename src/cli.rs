//! The command line: the arguments, and which command they call.

mod check;
mod color;
mod configure;
mod diff;
mod explain;
pub mod files;
mod fix;
mod fmt;
mod git;
mod git_install;
mod help;
mod init;
mod inspect;
mod install;
mod merge;
mod merge_driver;
mod news;
mod refresh;
mod resolve;
mod server;
mod trouble;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

pub use color::ColorChoice;
pub use explain::{rule_page, rules_index};
pub use help::commands_page;
pub use trouble::Trouble;

/// Everything was in order.
const CLEAN: u8 = 0;
/// Something was found, or would change.
const FINDINGS: u8 = 1;
/// The work could not be done, or not all of it.
const TROUBLE: u8 = 2;

/// Lints, formats and merges curated Markdown lists.
#[derive(Debug, Parser)]
#[command(name = "listwright", version, about, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 clean, 1 something was found or would change, 2 the work could not be done."
)]
pub struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Clone, Debug, Args)]
pub(crate) struct Global {
    /// When to use colour
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    color: ColorChoice,
    /// Read files of any size, with any number of entries
    #[arg(long, global = true)]
    no_limits: bool,
}

#[derive(Debug, Subcommand)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one, and it is made once"
)]
enum Command {
    /// Check lists and say what is wrong with them
    Check(check::Check),
    /// Give lists their canonical layout
    Fmt(fmt::Fmt),
    /// Merge several lists into one
    Merge(merge::MergeCommand),
    /// Merge three versions of a list, as git calls it
    MergeDriver(merge_driver::MergeDriver),
    /// Resolve lists that are in conflict in the working tree
    Resolve(resolve::Resolve),
    /// Merge the base branch into a branch, so that its pull request can be merged again
    Refresh(refresh::Refresh),
    /// Make git merge lists with listwright, or no longer
    Git(git_install::Git),
    /// Tell what changed between two states of a list, by entries
    Diff(diff::DiffCommand),
    /// Tell what was understood of lists
    Inspect(inspect::Inspect),
    /// Show the page of a rule
    Explain(explain::Explain),
    /// List the rules
    Rules(explain::Rules),
    /// Write a configuration from what a list's own style shows
    Init(init::Init),
    /// Show the configuration in force
    Config(configure::ShowConfig),
    /// Serve an editor: the language server protocol over the standard streams
    Server(server::Server),
    /// Print completions for a shell
    Completions(install::Completions),
    /// Write manual pages to a folder
    Man(install::Man),
}

/// Runs the program with `arguments`, the program's name first; gives its exit code.
///
/// # Panics
/// Never on any arguments or files; a panic is a bug.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Git would take any other code for a merge that left conflicts.
    let failed = match arguments.get(1).is_some_and(|name| name == "merge-driver") {
        true => merge_driver::FAILED,
        false => TROUBLE,
    };
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(mut error) => {
            help::suggest(&mut error);
            // A closed pipe on the way out is no reason for another exit code.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { failed } else { CLEAN });
        }
    };
    let global = &arguments.global;
    if global.no_limits {
        files::lift_limits();
    }
    let result = match &arguments.command {
        Command::Check(command) => check::run(command, global),
        Command::Fmt(command) => fmt::run(command, global),
        Command::Merge(command) => merge::run(command, global),
        Command::MergeDriver(command) => merge_driver::run(command, global),
        Command::Resolve(command) => resolve::run(command, global),
        Command::Refresh(command) => refresh::run(command, global),
        Command::Git(command) => git_install::run(command, global),
        Command::Diff(command) => diff::run(command, global),
        Command::Inspect(command) => inspect::run(command, global),
        Command::Explain(command) => explain::explain(command, global),
        Command::Rules(command) => explain::rules(command, global),
        Command::Init(command) => init::run(command, global),
        Command::Config(command) => configure::show(command, global),
        Command::Server(command) => server::run(command, global),
        Command::Completions(command) => install::completions(command, global),
        Command::Man(command) => install::man(command, global),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(trouble) if trouble.is_closed_pipe() => ExitCode::from(CLEAN),
        Err(trouble) => {
            tell(&trouble);
            ExitCode::from(TROUBLE)
        }
    }
}

/// Tells a person about `trouble` on the standard error.
pub(crate) fn tell(trouble: &Trouble) {
    let mut err = std::io::stderr().lock();
    // Where the standard error is gone, nobody is left to be told.
    let _ = writeln!(err, "{trouble}");
}
