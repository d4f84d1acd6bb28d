//! Runs the program as its user does.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program in `folder`, without colour and with nothing to read.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_listwright"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("FORCE_COLOR")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// What it wrote to its standard output.
pub fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it wrote to its standard error.
pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Its exit code.
pub fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}
