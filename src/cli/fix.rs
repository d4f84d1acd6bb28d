//! What `check` does with the fixes of findings: apply and write them, or show them.

use std::io::Write;
use std::path::Path;

use super::{Trouble, files};
use crate::diagnostic::Diagnostic;
use crate::edit::Safety;
use crate::list::List;
use crate::report::diff;
use crate::rules::{Options, fix::fix};

/// What is done with fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Nothing.
    Off,
    /// They are applied and the file is written.
    Write(Safety),
    /// What applying them would change is shown.
    Show(Safety),
}

/// Applies the fixes of `list`, which was read from `path`; gives the list as it is then and how
/// many findings were mended.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn apply(
    list: List,
    path: Option<&Path>,
    options: &Options,
    mode: Mode,
    wanted: &dyn Fn(&Diagnostic) -> bool,
    color: bool,
) -> Result<(List, usize), (Trouble, List)> {
    let safety = match mode {
        Mode::Off => return Ok((list, 0)),
        Mode::Write(safety) | Mode::Show(safety) => safety,
    };
    let before = list.source.clone();
    let fixed = fix(list, options, safety, wanted);
    let after = &fixed.list.source;
    if before.text() == after.text() {
        return Ok((fixed.list, 0));
    }
    let count = fixed.applied.len();
    let done = match (mode, path) {
        (Mode::Write(_), Some(path)) => files::overwrite(path, &before, after.text()),
        (Mode::Write(_), None) => {
            // From the standard input to the standard output.
            let mut out = std::io::stdout().lock();
            let bom = if before.bom() { "\u{feff}" } else { "" };
            write!(out, "{bom}{}", after.text()).map_err(Trouble::from)
        }
        _ => {
            let mut out = std::io::stdout().lock();
            diff::write(before.name(), before.text(), after.text(), color, &mut out)
                .map_err(Trouble::from)
        }
    };
    match done {
        Ok(()) => Ok((fixed.list, count)),
        Err(trouble) => Err((trouble, List::parse(before))),
    }
}
