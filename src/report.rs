//! Findings told to people and to programs: one [`write`](write()), and a [`Format`] for each
//! reader.
//!
//! Text of lists, names of files included, is hostile until shown otherwise: every format for
//! people passes it through [`neutral`], every format for programs escapes it, so that nothing in a
//! list reaches a terminal as a control character or a CI runner as a command.

use std::fmt;
use std::io;
use std::str::FromStr;

use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::Safety;
use crate::nearest::nearest;
use crate::source::Span;

pub mod baseline;
pub mod catalogue;
pub mod changes;
pub mod concise;
pub mod diff;
mod excerpt;
pub mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod inspect;
pub mod json;
pub mod junit;
mod markdown;
pub mod merge;
pub mod neutral;
pub mod place;
mod prose;
pub mod rdjson;
pub mod sarif;
pub mod statistics;
pub mod summary;
pub mod text;
mod uri;
mod wire;

pub use place::{Place, Position, Sources};

/// The program's name, as reports give it.
const TOOL: &str = env!("CARGO_PKG_NAME");
/// The program's version.
const TOOL_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is reported: the findings in their order, and what is needed to tell them.
#[derive(Clone, Copy)]
pub struct Findings<'a> {
    /// The texts that the findings speak of, and those in which nothing was found.
    pub sources: &'a Sources<'a>,
    /// The findings, in the order in which they are told.
    pub diagnostics: &'a [Diagnostic],
    /// What is known of each rule, in the order in which rules are listed.
    pub rules: &'a [RuleInfo],
    /// How many files were checked, those without findings included.
    pub files: usize,
    /// How many findings were mended in this run and are therefore not among the diagnostics.
    pub fixed: usize,
    /// Tells whether a place was changed by what is being reviewed. Where a format has room for
    /// few findings, those go first.
    pub changed: Option<&'a dyn Fn(Span) -> bool>,
}

/// What a report says of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// The rule's name, kebab-case.
    pub name: &'static str,
    /// What it finds, in one line of plain text.
    pub summary: String,
    /// Its page, Markdown.
    pub page: String,
    /// Where its page can be read.
    pub url: String,
    /// Its severity unless configured; `None` when it is off unless configured.
    pub severity: Option<Severity>,
    /// Whether some of its findings carry a fix.
    pub fixable: bool,
}

/// How a report for people looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour, with ANSI escape sequences.
    pub color: bool,
    /// Whether to draw with characters beyond ASCII. Text of the lists is shown in either case.
    pub unicode: bool,
    /// How many columns there are; fewer than [`Style::MIN_WIDTH`] are taken as that many.
    pub width: u16,
    /// Whether [`Format::Full`] ends in the line that says how many findings there are.
    pub summary: bool,
}

impl Style {
    /// The width below which a report is no longer narrowed.
    pub const MIN_WIDTH: u16 = 40;

    /// No colour, ASCII only, 80 columns, with the last line.
    pub fn plain() -> Self {
        Style {
            color: false,
            unicode: false,
            width: 80,
            summary: true,
        }
    }

    fn columns(&self) -> usize {
        usize::from(self.width.max(Self::MIN_WIDTH))
    }
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// For people: each finding with its source, labels, help and link.
    #[default]
    Full,
    /// One line a finding: `path:line:column: severity[rule] message`.
    Concise,
    /// Everything there is to know, of a form that [`json::json_schema`] describes.
    Json,
    /// Workflow commands of GitHub Actions, which become annotations.
    Github,
    /// SARIF 2.1.0, as GitHub's code scanning takes it.
    Sarif,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML, which most CI systems show as test results.
    Junit,
    /// The form of reviewdog, which comments on changed lines.
    Rdjson,
}

impl Format {
    /// Every format with its name and what it is for, in the order in which help lists them.
    pub const ALL: &'static [(Format, &'static str, &'static str)] = &[
        (
            Format::Full,
            "full",
            "each finding with its source, for people",
        ),
        (Format::Concise, "concise", "one line for each finding"),
        (Format::Json, "json", "everything, for programs"),
        (Format::Github, "github", "annotations of GitHub Actions"),
        (Format::Sarif, "sarif", "SARIF 2.1.0, for code scanning"),
        (Format::Gitlab, "gitlab", "GitLab's code quality report"),
        (Format::Junit, "junit", "JUnit's XML, as test results"),
        (Format::Rdjson, "rdjson", "for reviewdog"),
    ];

    /// The name by which the format is chosen.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(format, ..)| *format == self)
            .map_or("full", |(_, name, _)| name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name given is no format's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat {
    /// What was given.
    pub given: String,
    /// The name of the format that is written most like it, where one is near.
    pub nearest: Option<&'static str>,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no format `{}`", neutral::line(&self.given))?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => {
                let names: Vec<_> = Format::ALL.iter().map(|(_, name, _)| *name).collect();
                write!(f, "; there are {}", names.join(", "))
            }
        }
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(given: &str) -> Result<Self, UnknownFormat> {
        let known = Self::ALL.iter().find(|(_, name, _)| *name == given);
        if let Some((format, ..)) = known {
            return Ok(*format);
        }
        let nearest = nearest(given, Self::ALL.iter().map(|(_, name, _)| *name));
        Err(UnknownFormat {
            given: given.to_owned(),
            nearest,
        })
    }
}

impl Format {
    /// Whether the findings of some lists can be written before those of the others are known.
    pub fn goes_by_portions(self) -> bool {
        matches!(self, Format::Full | Format::Concise)
    }
}

/// Writes `findings` to `out` in `format`.
///
/// `style` matters to the formats for people only.
///
/// # Errors
/// Those of `out`; a closed pipe is one of them.
pub fn write(
    findings: &Findings<'_>,
    format: Format,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write_portion(findings, format, style, out)?;
    write_end(&findings.tally(), format, style, out)
}

/// Writes `findings` without what is said of all of them: those of a portion of the lists, in a
/// format that [goes by portions](Format::goes_by_portions).
///
/// # Errors
/// Those of `out`; a closed pipe is one of them.
pub fn write_portion(
    findings: &Findings<'_>,
    format: Format,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Full => text::write(findings, style, out),
        Format::Concise => concise::write(findings, out),
        Format::Json => json::write(findings, out),
        Format::Github => github::write(findings, out),
        Format::Sarif => sarif::write(findings, out),
        Format::Gitlab => gitlab::write(findings, out),
        Format::Junit => junit::write(findings, out),
        Format::Rdjson => rdjson::write(findings, out),
    }
}

/// Writes what follows the last portion: for people, how much was found in all.
///
/// # Errors
/// Those of `out`; a closed pipe is one of them.
pub fn write_end(
    tally: &Tally,
    format: Format,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Full => text::write_summary(tally, style, out),
        _ => Ok(()),
    }
}

impl<'a> Findings<'a> {
    /// What is known of the rule named `name`.
    pub fn rule(&self, name: &str) -> Option<&'a RuleInfo> {
        self.rules.iter().find(|rule| rule.name == name)
    }

    /// How many findings there are of each kind.
    pub fn counts(&self) -> Counts {
        Counts::of(self.diagnostics)
    }

    /// How much was checked, mended and found.
    pub fn tally(&self) -> Tally {
        Tally {
            counts: self.counts(),
            files: self.files,
            fixed: self.fixed,
        }
    }
}

/// How much was checked, mended and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was found.
    pub counts: Counts,
    /// How many files were checked, those without findings included.
    pub files: usize,
    /// How many findings were mended and are not among those found.
    pub fixed: usize,
}

impl Tally {
    /// Adds what was done with other files.
    pub fn add(&mut self, other: &Tally) {
        let (counts, more) = (&mut self.counts, &other.counts);
        counts.errors += more.errors;
        counts.warnings += more.warnings;
        counts.advice += more.advice;
        counts.safe += more.safe;
        counts.needing_review += more.needing_review;
        counts.files += more.files;
        self.files += other.files;
        self.fixed += other.fixed;
    }
}

impl fmt::Debug for Findings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Findings")
            .field("diagnostics", &self.diagnostics)
            .field("files", &self.files)
            .field("fixed", &self.fixed)
            .finish_non_exhaustive()
    }
}

/// How many findings there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are advice.
    pub advice: usize,
    /// Findings with a safe fix.
    pub safe: usize,
    /// Findings with a fix that a person should look at.
    pub needing_review: usize,
    /// Files in which something was found.
    pub files: usize,
}

impl Counts {
    /// Counts `diagnostics`.
    pub fn of<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut counts = Counts::default();
        let mut files = std::collections::BTreeSet::new();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Advice => counts.advice += 1,
            }
            match diagnostic.fix.as_ref().map(|fix| fix.safety) {
                Some(Safety::Safe) => counts.safe += 1,
                Some(Safety::Unsafe) => counts.needing_review += 1,
                None => {}
            }
            files.insert(diagnostic.span.file);
        }
        counts.files = files.len();
        counts
    }

    /// All findings.
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.advice
    }
}

/// The mark of a finding that `--fix` mends, or `--unsafe-fixes`; empty where neither does.
pub(crate) fn fix_mark(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.fix.as_ref().map(|fix| fix.safety) {
        Some(Safety::Safe) => " [*]",
        Some(Safety::Unsafe) => " [?]",
        None => "",
    }
}

#[cfg(test)]
mod tests;
