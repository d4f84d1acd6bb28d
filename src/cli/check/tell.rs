//! What a check found, told: as it goes where the format lets it, so that a run over many lists
//! holds the texts of few, and else at its end.

use std::io::Write;

use super::{Check, Checked, Mode};
use crate::cli::{Global, Trouble, color, explain, files};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::baseline::Baseline;
use crate::report::{self, Findings, RuleInfo, Sources, Style, Tally, statistics, summary};
use crate::source::Span;

/// Tells the findings of one run.
pub(super) struct Teller<'r> {
    command: &'r Check,
    baseline: Option<Baseline>,
    rules: Vec<RuleInfo>,
    style: Style,
    /// Whether findings are told as the run goes.
    as_it_goes: bool,
    /// What is to be told at the end.
    held: Vec<Checked>,
    /// How much was told.
    tally: Tally,
    /// Whether some of it fails the check.
    failed: bool,
}

impl<'r> Teller<'r> {
    pub(super) fn new(command: &'r Check, global: &Global, baseline: Option<Baseline>) -> Self {
        let mut style = color::style(global.color);
        style.color &= command.output.output_file.is_none();
        let as_it_goes = goes_by_portions(command) && baseline.is_none();
        Teller {
            command,
            baseline,
            rules: explain::rule_infos(),
            style,
            as_it_goes,
            held: Vec::new(),
            tally: Tally::default(),
            failed: false,
        }
    }

    /// Whether findings are told as the run goes.
    pub(super) fn goes_along(&self) -> bool {
        self.as_it_goes
    }

    /// Takes what was found in some lists, which follow those taken before.
    pub(super) fn take(&mut self, mut checked: Vec<Checked>) -> Result<(), Trouble> {
        match self.as_it_goes {
            true => self.tell(&mut checked),
            false => {
                self.held.append(&mut checked);
                Ok(())
            }
        }
    }

    /// Tells what is left to tell; whether the check failed.
    pub(super) fn end(mut self) -> Result<bool, Trouble> {
        if self.as_it_goes {
            let mut text = Vec::new();
            let format = self.command.output.output_format;
            report::write_end(&self.tally, format, &self.style, &mut text)?;
            self.write(&text)?;
        } else {
            let mut held = std::mem::take(&mut self.held);
            self.tell(&mut held)?;
        }
        let fixed = self.tally.fixed > 0 && self.command.fixes.exit_non_zero_on_fix;
        Ok(self.failed || fixed)
    }

    fn tell(&mut self, checked: &mut [Checked]) -> Result<(), Trouble> {
        let mut found: Vec<Diagnostic> = Vec::new();
        for one in checked.iter_mut() {
            found.append(&mut one.found);
        }
        let sources = Sources::new(checked.iter().map(|one| &one.source));
        if let Some(path) = &self.command.news.write_baseline {
            let text = Baseline::of(&sources, &found).to_json();
            return files::write(path, &text, false);
        }
        if let Some(baseline) = &self.baseline {
            found = baseline.beyond(&sources, found);
        }
        let changed = |span: Span| is_changed(checked, span);
        let findings = Findings {
            sources: &sources,
            diagnostics: &found,
            rules: &self.rules,
            files: checked.len(),
            fixed: checked.iter().map(|one| one.fixed).sum(),
            changed: self.command.news.since.is_some().then_some(&changed),
        };
        let patch: String = checked.iter().map(|one| one.patch.as_str()).collect();
        self.report(&findings, &patch)?;
        let would_change = self.command.fixes.diff && !patch.is_empty();
        let fails = found.iter().any(|one| one.severity > Severity::Advice);
        self.tally.add(&findings.tally());
        self.failed |= fails || would_change;
        Ok(())
    }

    fn report(&self, findings: &Findings<'_>, patch: &str) -> Result<(), Trouble> {
        let output = &self.command.output;
        if let Some(path) = &output.summary {
            let mut page = Vec::new();
            let extras = summary::Extras {
                files_url: None,
                patch: Some(patch),
            };
            summary::write(findings, &extras, &mut page)?;
            files::append(path, &page)?;
        }
        let mut text = Vec::new();
        if self.command.fixes.diff {
            text.extend_from_slice(patch.as_bytes());
        } else if output.statistics {
            statistics::write(findings, &mut text)?;
        } else if self.as_it_goes {
            report::write_portion(findings, output.output_format, &self.style, &mut text)?;
        } else {
            report::write(findings, output.output_format, &self.style, &mut text)?;
        }
        self.write(&text)
    }

    fn write(&self, text: &[u8]) -> Result<(), Trouble> {
        match &self.command.output.output_file {
            Some(path) => files::write(path, &String::from_utf8_lossy(text), false),
            None if writes_list_to_stdout(self.command) => {
                Ok(std::io::stderr().lock().write_all(text)?)
            }
            None => Ok(std::io::stdout().lock().write_all(text)?),
        }
    }
}

/// Whether nothing is asked of the findings that needs all of them.
fn goes_by_portions(command: &Check) -> bool {
    let (output, news) = (&command.output, &command.news);
    output.output_format.goes_by_portions()
        && output.output_file.is_none()
        && output.summary.is_none()
        && !output.statistics
        && !command.fixes.diff
        && news.since.is_none()
        && news.write_baseline.is_none()
}

/// Whether the fixed list goes to the standard output, so that findings must not.
fn writes_list_to_stdout(command: &Check) -> bool {
    matches!(command.fixes.mode(), Mode::Write(_))
        && command.paths.iter().any(|path| path.as_os_str() == "-")
}

/// Whether `span` stands on a line that `--since` found changed.
fn is_changed(checked: &[Checked], span: Span) -> bool {
    checked
        .binary_search_by_key(&span.file, |one| one.source.id())
        .is_ok_and(|at| {
            let one = &checked[at];
            one.changed.contains(&one.source.line(span.start))
        })
}
