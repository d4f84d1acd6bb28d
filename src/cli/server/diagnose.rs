//! Findings as an editor shows them.

use lsp_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity,
    Location, NumberOrString,
};

use super::document::Document;
use crate::cli::explain;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::neutral;

/// The name under which an editor shows who found something.
const TOOL: &str = "listwright";

/// `diagnostic` of `document`; with its further places where the editor can show them.
pub(super) fn shown(document: &Document, diagnostic: &Diagnostic, related: bool) -> Shown {
    Shown {
        range: document.range(diagnostic.span),
        severity: Some(match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Advice => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(diagnostic.rule.to_owned())),
        code_description: explain::page_url(diagnostic.rule)
            .parse()
            .ok()
            .map(|href| CodeDescription { href }),
        source: Some(TOOL.to_owned()),
        message: message(diagnostic),
        related_information: related.then(|| further_places(document, diagnostic)),
        tags: None,
        data: None,
    }
}

/// What is wrong, and in a second line what to do about it.
fn message(diagnostic: &Diagnostic) -> String {
    let mut message = neutral::line(&diagnostic.message).into_owned();
    if let Some(help) = &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(&neutral::line(help));
    }
    message
}

fn further_places(
    document: &Document,
    diagnostic: &Diagnostic,
) -> Vec<DiagnosticRelatedInformation> {
    diagnostic
        .labels
        .iter()
        .filter(|label| label.span.file == document.source().id())
        .map(|label| DiagnosticRelatedInformation {
            location: Location {
                uri: document.uri.clone(),
                range: document.range(label.span),
            },
            message: neutral::line(&label.message).into_owned(),
        })
        .collect()
}
