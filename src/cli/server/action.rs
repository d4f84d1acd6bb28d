//! What an editor offers to do: the fix of one finding, and all safe fixes at once.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionTriggerKind,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    WorkspaceEdit,
};

use super::Client;
use super::diagnose;
use super::document::Document;
use crate::diagnostic::Diagnostic;
use crate::edit::Safety;
use crate::list::List;
use crate::report::neutral;
use crate::rules::fix::fix;

/// All safe fixes of a document; editors run `source.fixAll` when they save.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.listwright");

/// Fixes that are offered for one place at most: a menu that no one can read helps no one.
const MOST: usize = 32;

/// What can be done at the range of `params`.
pub(super) fn actions(
    document: &Document,
    client: &Client,
    params: &CodeActionParams,
) -> Vec<CodeActionOrCommand> {
    let context = &params.context;
    let mut actions = Vec::new();
    if wants(&context.only, &CodeActionKind::QUICKFIX) {
        actions.extend(quick_fixes(document, client, params));
    }
    // Without being asked for, all fixes are tried only when a person opens the menu.
    let asked =
        context.only.is_some() || context.trigger_kind != Some(CodeActionTriggerKind::AUTOMATIC);
    if asked && wants(&context.only, &FIX_ALL) {
        actions.extend(fix_all(document, client));
    }
    actions
        .into_iter()
        .map(CodeActionOrCommand::CodeAction)
        .collect()
}

/// Whether an editor that asks for `only` these kinds, or for those below them, wants `kind`.
fn wants(only: &Option<Vec<CodeActionKind>>, kind: &CodeActionKind) -> bool {
    let Some(only) = only else {
        return true;
    };
    only.iter().any(|wanted| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty()
        })
    })
}

/// The fixes of the findings at the range, then of the others on its lines.
fn quick_fixes(document: &Document, client: &Client, params: &CodeActionParams) -> Vec<CodeAction> {
    let source = document.source();
    let start = document.offset(params.range.start);
    let end = document.offset(params.range.end).max(start);
    let lines = source.line_start(start)..=source.line_end(end);
    let mut near: Vec<&Diagnostic> = document
        .findings()
        .iter()
        .filter(|one| one.span.start <= *lines.end() && *lines.start() <= one.span.end)
        .filter(|one| one.fix.is_some())
        .collect();
    near.sort_by_key(|one| !(one.span.start <= end && start <= one.span.end));
    near.into_iter()
        .take(MOST)
        .filter_map(|diagnostic| {
            let fix = diagnostic.fix.as_ref()?;
            let edits = fix.edits.iter().map(|edit| document.text_edit(edit));
            Some(CodeAction {
                title: neutral::line(&fix.title).into_owned(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnose::shown(
                    document,
                    diagnostic,
                    client.related_information,
                )]),
                edit: Some(workspace_edit(document, client, edits.collect())),
                is_preferred: Some(fix.safety == Safety::Safe),
                ..CodeAction::default()
            })
        })
        .collect()
}

/// All safe fixes together, if there are any.
fn fix_all(document: &Document, client: &Client) -> Option<CodeAction> {
    let safe = |one: &Diagnostic| {
        let fix = one.fix.as_ref();
        fix.is_some_and(|fix| fix.safety == Safety::Safe)
    };
    if !document.findings().iter().any(safe) {
        return None;
    }
    let list = List::parse(document.source().clone());
    let fixed = fix(list, document.rules(), Safety::Safe, &|_| true);
    let edits = document.edits_to(fixed.list.source.text());
    (!edits.is_empty()).then(|| CodeAction {
        title: "Apply all safe fixes".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(workspace_edit(document, client, edits)),
        ..CodeAction::default()
    })
}

/// The edits of one document, bound to its version where the editor can check that.
fn workspace_edit(document: &Document, client: &Client, edits: Vec<TextEdit>) -> WorkspaceEdit {
    if !client.document_changes {
        return WorkspaceEdit {
            changes: Some(HashMap::from([(document.uri.clone(), edits)])),
            ..WorkspaceEdit::default()
        };
    }
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: document.uri.clone(),
            version: Some(document.version),
        },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(vec![edit])),
        ..WorkspaceEdit::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_wanted_by_its_name_or_one_above_it() {
        let only = |kind: &'static str| Some(vec![CodeActionKind::new(kind)]);
        assert!(wants(&None, &FIX_ALL));
        for above in ["", "source", "source.fixAll", "source.fixAll.listwright"] {
            assert!(wants(&only(above), &FIX_ALL), "{above}");
        }
        for other in ["quickfix", "source.fix", "source.fixAll.listwright.x"] {
            assert!(!wants(&only(other), &FIX_ALL), "{other}");
        }
        assert!(!wants(&Some(Vec::new()), &FIX_ALL));
    }
}
