//! What `check` does with the fixes of findings: apply and write them, or show them.

use std::io::Write;
use std::path::Path;

use super::{Trouble, files};
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

/// What became of a list.
pub(super) struct Applied {
    /// The list as it is now.
    pub(super) list: List,
    /// How many findings were mended.
    pub(super) count: usize,
    /// What the fixes would change, as a patch, where they were only to be shown.
    pub(super) patch: String,
    /// Why the fixed list could not be written.
    pub(super) trouble: Option<Trouble>,
}

/// Does with the fixes of `list`, which was read from `path`, what `mode` says.
pub(super) fn apply(
    list: List,
    path: Option<&Path>,
    options: &Options,
    mode: Mode,
    color: bool,
) -> Applied {
    let mut applied = Applied {
        list,
        count: 0,
        patch: String::new(),
        trouble: None,
    };
    let safety = match mode {
        Mode::Off => return applied,
        Mode::Write(safety) | Mode::Show(safety) => safety,
    };
    let before = applied.list.source.clone();
    let fixed = fix(applied.list, options, safety, &|_| true);
    let after = fixed.list.source.text();
    let done = match (mode, path) {
        (Mode::Show(_), _) => {
            let mut patch = Vec::new();
            let done = diff::write(before.name(), before.text(), after, color, &mut patch);
            applied.patch = String::from_utf8_lossy(&patch).into_owned();
            done.map_err(Trouble::from)
        }
        (_, None) => {
            // From the standard input to the standard output, changed or not.
            let bom = if before.bom() { "\u{feff}" } else { "" };
            write!(std::io::stdout().lock(), "{bom}{after}").map_err(Trouble::from)
        }
        (_, Some(_)) if before.text() == after => Ok(()),
        (_, Some(path)) => files::overwrite(path, &before, after),
    };
    match (done, mode) {
        (Ok(()), Mode::Write(_)) => {
            applied.count = fixed.applied.len();
            applied.list = fixed.list;
        }
        (Ok(()), _) => applied.list = List::parse(before),
        (Err(trouble), _) => {
            applied.list = List::parse(before);
            applied.trouble = Some(trouble);
        }
    }
    applied
}
