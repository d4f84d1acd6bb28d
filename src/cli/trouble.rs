//! Why the work could not be done: messages that name the place and say what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::nearest::nearest;
use crate::report::neutral;

/// Something that kept a command from doing its work.
#[derive(Debug)]
pub struct Trouble {
    message: String,
    hint: Option<String>,
    closed_pipe: bool,
}

impl Trouble {
    /// Trouble that `message` tells.
    pub fn new(message: impl Into<String>) -> Self {
        Trouble {
            message: message.into(),
            hint: None,
            closed_pipe: false,
        }
    }

    /// With what to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The file at `path` could not be used: `doing` says for what, as in `cannot read`.
    pub fn file(doing: &str, given: &Path, error: &io::Error) -> Self {
        let path = shown(given);
        let trouble = Trouble::new(format!("{doing} `{path}`: {}", reason(error)));
        match error.kind() {
            io::ErrorKind::NotFound if doing.contains("read") => {
                trouble.hint(match neighbour(given) {
                    Some(near) => format!("did you mean `{}`?", shown(&near)),
                    None => "check the spelling of the path".to_owned(),
                })
            }
            io::ErrorKind::PermissionDenied => {
                trouble.hint("check the permissions of the file and of its folder")
            }
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => {
                trouble.hint("make room and try again; the file is as it was")
            }
            _ => trouble,
        }
    }

    /// Whether the reader of our output went away, which is no fault.
    pub fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }
}

/// The file or folder beside a missing one whose name is written most like its.
fn neighbour(missing: &Path) -> Option<PathBuf> {
    let name = missing.file_name()?.to_str()?;
    let folder = missing.parent()?;
    let here = folder.as_os_str().is_empty();
    let entries = std::fs::read_dir(if here { Path::new(".") } else { folder }).ok()?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    let near = nearest(name, names.iter().map(String::as_str))?;
    Some(folder.join(near))
}

/// A path as it can be shown to a person.
pub fn shown(path: &Path) -> String {
    neutral::path(&path.to_string_lossy()).into_owned()
}

/// The words of an error, without the number that the system gives it.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let mut words = text[..end].to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    words
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble {
            closed_pipe: error.kind() == io::ErrorKind::BrokenPipe,
            ..Trouble::new(format!("cannot write the output: {}", reason(&error)))
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  help: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Trouble {}
