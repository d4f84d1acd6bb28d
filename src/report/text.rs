//! Findings for people: each with its source, labels, help and link, drawn by miette.

use std::error::Error;
use std::fmt;
use std::io;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters};
use miette::{Severity as MietteSeverity, ThemeStyles};
use unicode_width::UnicodeWidthStr;

use super::excerpt::{CONTEXT, Excerpt, cut};
use super::{Counts, Findings, RuleInfo, Sources, Style, Tally, fix_mark, neutral};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::Safety;

/// Columns that miette takes for line numbers and gutter.
const GUTTER: usize = 12;
/// Characters of a message or of help that are shown; a list can quote itself at any length.
const LONGEST_TEXT: usize = 2_000;

/// Writes every finding.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let renderer = Renderer::new(findings.sources, findings.rules, style);
    let mut text = String::new();
    for diagnostic in findings.diagnostics {
        text.clear();
        renderer.render(diagnostic, &mut text);
        text.push('\n');
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// Writes, where `style` says so, the line that counts the findings.
///
/// # Errors
/// Those of `out`.
pub fn write_summary(tally: &Tally, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match style.summary {
        true => writeln!(out, "{}", summary(tally)),
        false => Ok(()),
    }
}

/// Draws single findings, for reports that consist of more than findings.
#[derive(Debug)]
pub struct Renderer<'a> {
    sources: &'a Sources<'a>,
    rules: &'a [RuleInfo],
    handler: GraphicalReportHandler,
    width: usize,
}

impl<'a> Renderer<'a> {
    /// A renderer for findings in `sources`. Findings of rules that `rules` does not name are shown
    /// without link.
    pub fn new(sources: &'a Sources<'a>, rules: &'a [RuleInfo], style: &Style) -> Self {
        let theme = GraphicalTheme {
            characters: match style.unicode {
                true => ThemeCharacters::unicode(),
                false => ThemeCharacters::ascii(),
            },
            styles: match style.color {
                true => ThemeStyles::ansi(),
                false => ThemeStyles::none(),
            },
        };
        let width = style.columns();
        // Lines are wrapped here and not by miette, which may begin a line with any word: one that
        // begins with `::` would be a workflow command.
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_wrap_lines(false)
            .with_width(width)
            .with_context_lines(CONTEXT as usize)
            .without_syntax_highlighting();
        Renderer {
            sources,
            rules,
            handler,
            width,
        }
    }

    /// Appends `diagnostic` to `text`, ending in a newline. Every line begins with something of
    /// ours, never with text of a list.
    pub fn render(&self, diagnostic: &Diagnostic, text: &mut String) {
        let excerpt = Excerpt::new(self.sources, diagnostic, self.width - GUTTER);
        let rule = self.rules.iter().find(|rule| rule.name == diagnostic.rule);
        let view = View {
            code: format!(
                "{}[{}]{}",
                diagnostic.severity.name(),
                diagnostic.rule,
                fix_mark(diagnostic)
            ),
            message: self.wrapped(&diagnostic.message),
            help: self.help(diagnostic, excerpt.omitted),
            url: rule
                .map(|rule| rule.url.clone())
                .filter(|url| !url.is_empty()),
            severity: diagnostic.severity,
            excerpt,
        };
        self.handler
            .render_report(text, &view)
            .expect("a string takes any text and every label lies in the excerpt");
    }

    fn help(&self, diagnostic: &Diagnostic, omitted: usize) -> Option<String> {
        let mut lines = Vec::new();
        if let Some(help) = &diagnostic.help {
            lines.push(self.wrapped(help));
        }
        if let Some(fix) = &diagnostic.fix {
            let option = match fix.safety {
                Safety::Safe => "--fix",
                Safety::Unsafe => "--unsafe-fixes",
            };
            lines.push(self.wrapped(&format!("Fix with `{option}`: {}", fix.title)));
        }
        if omitted > 0 {
            let places = plural(omitted, "place", "places");
            lines.push(format!("and {places} more"));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn wrapped(&self, text: &str) -> String {
        wrap(
            &cut(&neutral::line(text), LONGEST_TEXT),
            self.width - GUTTER,
        )
    }
}

/// What miette asks of a finding.
#[derive(Debug)]
struct View {
    code: String,
    message: String,
    help: Option<String>,
    url: Option<String>,
    severity: Severity,
    excerpt: Excerpt,
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for View {}

impl miette::Diagnostic for View {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<MietteSeverity> {
        Some(match self.severity {
            Severity::Error => MietteSeverity::Error,
            Severity::Warning => MietteSeverity::Warning,
            Severity::Advice => MietteSeverity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display + 'a>)
    }

    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.url
            .as_ref()
            .map(|url| Box::new(url) as Box<dyn fmt::Display + 'a>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}

/// The last line: how many findings there are, in how many files, and how many can be fixed.
///
/// `Found 3 errors and 2 warnings in 2 of 12 files; 4 can be fixed with --fix [*]`
pub fn summary(tally: &Tally) -> String {
    let counts = &tally.counts;
    let files = plural(tally.files, "file", "files");
    let fixed = match tally.fixed {
        0 => String::new(),
        fixed => format!("Fixed {}. ", plural(fixed, "finding", "findings")),
    };
    if counts.total() == 0 {
        let left = if tally.fixed > 0 {
            "None left"
        } else {
            "No findings"
        };
        return format!("{fixed}{left} in {files}");
    }
    let found = found(counts);
    let fixable = match (counts.safe, counts.needing_review) {
        (0, 0) => String::new(),
        (safe, 0) => format!("; {safe} can be fixed with --fix [*]"),
        (0, review) => format!("; {review} can be fixed with --unsafe-fixes [?]"),
        (safe, review) => {
            format!("; {safe} can be fixed with --fix [*], {review} more with --unsafe-fixes [?]")
        }
    };
    // Findings can lie in files that were only read for comparison.
    let of_files = match counts.files {
        some if some < tally.files => format!("{some} of {files}"),
        some => plural(some, "file", "files"),
    };
    format!("{fixed}Found {found} in {of_files}{fixable}")
}

fn found(counts: &Counts) -> String {
    let kinds: Vec<String> = [
        (counts.errors, "error", "errors"),
        (counts.warnings, "warning", "warnings"),
        (counts.advice, "piece of advice", "pieces of advice"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| plural(count, one, many))
    .collect();
    match kinds.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `text` in lines of at most `width` columns, broken at spaces; a longer word stays whole.
///
/// No line begins with a word that begins with `::`, since a CI runner would obey it.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut column = 0;
    for (index, word) in text.split(' ').enumerate() {
        let columns = word.width();
        let is_first = index == 0;
        if !is_first && column + 1 + columns > width && !word.is_empty() && !word.starts_with("::")
        {
            wrapped.push('\n');
            column = 0;
        } else if !is_first {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += columns;
    }
    wrapped
}

#[cfg(test)]
mod tests;
