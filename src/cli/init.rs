//! `init`: a configuration from what a list's own style shows.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::trouble::shown;
use super::{CLEAN, Global, Trouble, configure, files};
use crate::config::FILE_NAMES;
use crate::list::List;
use crate::list::style::{Ending, Indent, Majority, Numbering, Style, style};
use crate::rules::Preset;
use crate::source::FileId;

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The list whose style is read
    #[arg(default_value = "README.md")]
    list: PathBuf,
    /// The set of rules to start from: default, awesome, strict
    #[arg(long, value_name = "PRESET", value_parser = configure::preset, default_value = "default")]
    preset: Preset,
    /// Print the configuration instead of writing it
    #[arg(long)]
    stdout: bool,
    /// Write over a configuration that is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(command: &Init, _global: &Global) -> Result<u8, Trouble> {
    let list = files::list(FileId(0), &command.list)?;
    let text = configuration(&list, command.preset);
    if command.stdout {
        write!(std::io::stdout().lock(), "{text}")?;
        return Ok(CLEAN);
    }
    let folder = command.list.parent().unwrap_or(Path::new(""));
    let known = FILE_NAMES.iter().map(|name| folder.join(name));
    if let Some(known) = known.into_iter().find(|path| path.exists())
        && !command.force
    {
        return Err(
            Trouble::new(format!("`{}` is there already", shown(&known)))
                .hint("`--force` writes over it, `--stdout` only shows what would be written"),
        );
    }
    let path = folder.join(FILE_NAMES[0]);
    files::write(&path, &text, false)?;
    writeln!(std::io::stdout().lock(), "Wrote {}", shown(&path))?;
    Ok(CLEAN)
}

/// The configuration that says what `list` does, with the counts that say so.
fn configuration(list: &List, preset: Preset) -> String {
    let style = style(list);
    let mut text = format!(
        "# Configuration of Listwright: https://github.com/listwright/listwright/blob/main/docs/configuration.md\n\
         preset = {:?}\n",
        preset.name()
    );
    text.push_str("\n# What most of the list does. Without these lines, Listwright finds it out each time.\n[style]\n");
    for line in lines(&style) {
        text.push_str(&line);
    }
    text.push_str(
        "\n[rules]\n# Each rule can be \"off\", \"advice\", \"warning\" or \"error\"; `listwright rules` lists them.\n",
    );
    if style.list.sorted.clear() == Some(&true) {
        text.push_str("unsorted-section = \"warning\"\n");
    }
    text
}

fn lines(style: &Style) -> impl Iterator<Item = String> {
    let list = &style.list;
    [
        line("marker", &list.any_bullet(), |marker| {
            format!("{:?}", marker.to_string())
        }),
        line("indent", &list.indent, |indent| match indent {
            Indent::Spaces(width @ 2..=4) => format!("\"{width}\""),
            Indent::Tab => "\"tab\"".to_owned(),
            Indent::Spaces(_) => "\"infer\"".to_owned(),
        }),
        line("numbering", &list.numbering, |numbering| match numbering {
            Numbering::Sequential => "\"sequential\"".to_owned(),
            Numbering::Same => "\"same\"".to_owned(),
        }),
        line("separator", &list.separator, |form| {
            format!("{:?}", form.text)
        }),
        line("final-punctuation", &list.ending, |ending| match ending {
            Ending::Period => "\"period\"".to_owned(),
            Ending::None => "\"none\"".to_owned(),
        }),
    ]
    .into_iter()
    .flatten()
}

/// A key and what most places do, where that is clear.
fn line<T>(key: &str, majority: &Majority<T>, write: impl Fn(&T) -> String) -> Option<String>
where
    T: Clone,
{
    let way = majority.clear()?;
    Some(format!(
        "{key} = {} # {} of {}\n",
        write(way),
        majority.count(),
        majority.total()
    ))
}
