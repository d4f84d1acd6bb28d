//! `completions` and `man`: what packages put beside the program.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, CLEAN, Global, Trouble};

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell that is to complete the program's arguments
    #[arg(value_enum)]
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct Man {
    /// The folder that the pages are written to; it is made where it is missing
    folder: PathBuf,
}

/// Prints the completions of a shell.
pub(super) fn completions(command: &Completions, _global: &Global) -> Result<u8, Trouble> {
    let mut text = Vec::new();
    let mut program = Arguments::command();
    let name = program.get_name().to_owned();
    clap_complete::generate(command.shell, &mut program, name, &mut text);
    std::io::stdout().lock().write_all(&text)?;
    Ok(CLEAN)
}

/// Writes a manual page for the program and one for each of its commands: `listwright check` is read
/// by `man listwright-check`, as git has it.
pub(super) fn man(command: &Man, _global: &Global) -> Result<u8, Trouble> {
    let folder = &command.folder;
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder))
        .map_err(|error| Trouble::file("cannot write to", folder, &error))?;
    Ok(CLEAN)
}
