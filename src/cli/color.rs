//! Whether output is coloured and how wide it is.

use std::io::IsTerminal;

use crate::report::Style;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set; elsewhere when `FORCE_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColorChoice {
    /// Whether to colour what goes to a stream that is a terminal or not.
    pub fn applies(self, terminal: bool) -> bool {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if set("NO_COLOR") => false,
            ColorChoice::Auto if set("FORCE_COLOR") => true,
            ColorChoice::Auto => {
                terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// How a report on the standard output looks.
pub(super) fn style(color: ColorChoice) -> Style {
    style_of(color, false)
}

/// How a report looks on the standard error, or on the standard output.
pub(super) fn style_of(color: ColorChoice, error: bool) -> Style {
    let terminal = match error {
        true => std::io::stderr().is_terminal(),
        false => std::io::stdout().is_terminal(),
    };
    Style {
        color: color.applies(terminal),
        unicode: unicode(),
        width: width(),
        summary: true,
    }
}

/// The width of the terminal, or 100 where there is none to ask. A pseudo terminal without a size,
/// as hooks run in, says 0; then 80.
fn width() -> u16 {
    match terminal_columns() {
        None => 100,
        Some(0) => 80,
        Some(columns) => columns.min(140),
    }
}

fn terminal_columns() -> Option<u16> {
    std::env::var("COLUMNS").ok()?.trim().parse().ok()
}

/// Whether the locale can show characters beyond ASCII.
fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match locale {
        Some(locale) => {
            let locale = locale.to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        None => cfg!(any(windows, target_os = "macos")),
    }
}
