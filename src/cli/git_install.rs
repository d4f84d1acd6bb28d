//! `git install` and `git uninstall`: the merge driver in git's configuration.

use std::io::Write;
use std::path::Path;

use clap::{Args, Subcommand};

use super::{CLEAN, Global, Trouble, git};
use crate::report::neutral;

/// The line that makes git merge Markdown files with the driver.
const ATTRIBUTES: &str = "*.md merge=listwright";

/// The driver, with git's own merge where the program is missing.
const DRIVER: &str = "if command -v listwright >/dev/null 2>&1; then \
listwright merge-driver --path=%P --marker-size=%L --label-base=%S --label-ours=%X --label-theirs=%Y %O %A %B; \
else git merge-file -L %X -L %S -L %Y --marker-size=%L %A %O %B; fi";

/// Arguments of `git`.
#[derive(Debug, Args)]
pub struct Git {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make git merge lists with listwright
    Install(Where),
    /// Take that back
    Uninstall(Where),
}

#[derive(Debug, Args)]
struct Where {
    /// For all repositories of this user, not for this one
    #[arg(long)]
    global: bool,
}

pub(super) fn run(command: &Git, _global: &Global) -> Result<u8, Trouble> {
    match &command.what {
        What::Install(place) => install(place),
        What::Uninstall(place) => uninstall(place),
    }
}

fn install(place: &Where) -> Result<u8, Trouble> {
    let mut out = std::io::stdout();
    let settings = [
        ("merge.listwright.name", "merge lists entry by entry"),
        ("merge.listwright.driver", DRIVER),
        ("merge.listwright.recursive", "binary"),
    ];
    for (key, value) in settings {
        let output = git::run(Path::new("."), &["config", scope(place), key, value])?;
        if !output.status.success() {
            return Err(refused(&output.stderr));
        }
    }
    writeln!(out, "git can now merge lists with listwright.")?;
    writeln!(
        out,
        "Say which files are lists, in `.gitattributes` of the repository:\n"
    )?;
    writeln!(out, "{ATTRIBUTES}")?;
    Ok(CLEAN)
}

fn uninstall(place: &Where) -> Result<u8, Trouble> {
    let mut out = std::io::stdout();
    let arguments = [
        "config",
        scope(place),
        "--remove-section",
        "merge.listwright",
    ];
    let output = git::run(Path::new("."), &arguments)?;
    let text = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        writeln!(out, "git merges lists by itself again.")?;
        writeln!(
            out,
            "The line `{ATTRIBUTES}` in `.gitattributes` has no effect now and can go."
        )?;
    } else if text.contains("o such section") {
        writeln!(out, "The driver was not installed here.")?;
    } else {
        return Err(refused(&output.stderr));
    }
    Ok(CLEAN)
}

fn scope(place: &Where) -> &'static str {
    match place.global {
        true => "--global",
        false => "--local",
    }
}

fn refused(stderr: &[u8]) -> Trouble {
    let text = String::from_utf8_lossy(stderr);
    let text = text.trim().lines().last().unwrap_or_default();
    let text = text.strip_prefix("fatal: ").unwrap_or(text);
    Trouble::new(format!("git refused: {}", neutral::line(text)))
        .hint("run the command in a repository, or with `--global`")
}

/// The settings with which one call of git merges lists with this very program.
pub(super) fn for_one_call(program: &Path, attributes: &Path) -> Vec<String> {
    let program = format!("'{}'", program.to_string_lossy().replace('\'', r"'\''"));
    let driver = format!(
        "{program} merge-driver --path=%P --marker-size=%L --label-base=%S --label-ours=%X --label-theirs=%Y %O %A %B"
    );
    [
        format!("merge.listwright.driver={driver}"),
        "merge.listwright.recursive=binary".to_owned(),
        format!("core.attributesFile={}", attributes.display()),
    ]
    .into_iter()
    .flat_map(|setting| ["-c".to_owned(), setting])
    .collect()
}

/// The contents of an attributes file that gives Markdown files to the driver.
pub(super) fn attributes() -> String {
    format!("{ATTRIBUTES}\n*.markdown merge=listwright\n")
}
