//! The findings of an old list that nobody wants to hear of again, as a file.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Sources;
use super::fingerprint::fingerprints;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// The version of the form that is written and read.
const VERSION: u32 = 1;

/// Findings by the name of their list and their fingerprint.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    findings: BTreeMap<String, BTreeSet<String>>,
}

impl Baseline {
    /// A baseline of what was found.
    pub fn of(sources: &Sources<'_>, found: &[Diagnostic]) -> Self {
        let mut baseline = Baseline {
            version: VERSION,
            ..Baseline::default()
        };
        for (diagnostic, print) in found.iter().zip(fingerprints(sources, found)) {
            let Some(source) = sources.get(diagnostic.span.file) else {
                continue;
            };
            let of_file = baseline
                .findings
                .entry(source.name().to_owned())
                .or_default();
            of_file.insert(print.to_string());
        }
        baseline
    }

    /// Reads what [`Baseline::to_json`] wrote.
    ///
    /// # Errors
    /// What is wrong with the text, in words.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let baseline: Baseline = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match baseline.version {
            VERSION => Ok(baseline),
            other => Err(format!(
                "its version is {other}, and this program reads {VERSION}"
            )),
        }
    }

    /// The baseline as JSON with a line ending, sorted, so that versions of it compare by line.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("texts and numbers are JSON");
        format!("{text}\n")
    }

    /// Of `found`, what the baseline does not hold.
    pub fn beyond(&self, sources: &Sources<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let prints = fingerprints(sources, &found);
        found
            .into_iter()
            .zip(prints)
            .filter(|(diagnostic, print)| {
                let name = sources.get(diagnostic.span.file).map_or("", Source::name);
                let known = self.findings.get(name);
                known.is_none_or(|known| !known.contains(&print.to_string()))
            })
            .map(|(diagnostic, _)| diagnostic)
            .collect()
    }
}
