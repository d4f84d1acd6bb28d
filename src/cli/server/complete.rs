//! Anchors for links into the list, as one types `](#`.

use std::collections::BTreeSet;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Position, Range, TextEdit,
};

use super::document::Document;
use super::words;
use crate::list::List;

/// What opens a link into the list.
const OPENINGS: &[&str] = &["](#", "](<#", "href=\"#", "href='#"];
/// What cannot stand in an anchor as it is written.
const CLOSING: &[char] = &[')', '(', '<', '>', '"', '\'', '[', ']', ' ', '\t'];

/// The anchors that may be meant at `position`; none where no link into the list is being written.
pub(super) fn anchors(document: &Document, position: Position) -> Vec<CompletionItem> {
    let list = document.list();
    let offset = document.offset(position);
    let Some(range) = typed(document, offset) else {
        return Vec::new();
    };
    known(list)
        .into_iter()
        .enumerate()
        .map(|(number, (anchor, heading))| CompletionItem {
            label: format!("#{anchor}"),
            kind: Some(CompletionItemKind::REFERENCE),
            detail: Some(words::short(heading)),
            // In the order of the text, whatever the editor would sort by.
            sort_text: Some(format!("{number:06}")),
            filter_text: Some(anchor.to_owned()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range,
                new_text: anchor.to_owned(),
            })),
            ..CompletionItem::default()
        })
        .collect()
}

/// What is replaced: the part of the anchor that is written already, behind its `#`.
fn typed(document: &Document, offset: u32) -> Option<Range> {
    let source = document.source();
    let start = source.line_start(offset);
    let before = source.slice(source.span(start, offset));
    let hash = before.rfind('#')?;
    let written = before.get(hash + 1..)?;
    let opens = before
        .get(..=hash)
        .is_some_and(|before| OPENINGS.iter().any(|opening| before.ends_with(opening)));
    if !opens || written.contains(CLOSING) {
        return None;
    }
    let behind = source.slice(source.span(offset, source.line_end(offset)));
    let rest = match behind.find(CLOSING) {
        Some(end) if behind.get(end..).is_some_and(closes) => end as u32,
        _ => 0,
    };
    Some(document.range(source.span(start + hash as u32 + 1, offset + rest)))
}

/// Whether `rest` begins with what closes a link, so that what stands before it is its anchor.
fn closes(rest: &str) -> bool {
    rest.starts_with([')', '>', '"', '\''])
}

/// The anchors of the list with the words that they stand for, in the order of the text.
fn known(list: &List) -> Vec<(&str, &str)> {
    let headings = list.headings().map(|(_, heading)| {
        let start = heading.span.start;
        (start, heading.slug.as_str(), heading.text.as_str())
    });
    let html = list.html_headings.iter().map(|heading| {
        let start = heading.span.start;
        (start, heading.slug.as_str(), heading.text.as_str())
    });
    let set = list.anchors.iter().map(|anchor| {
        let name = list.slice(anchor.name);
        (anchor.name.start, name, name)
    });
    let mut known: Vec<(u32, &str, &str)> = headings.chain(html).chain(set).collect();
    known.sort_unstable();
    let mut seen = BTreeSet::new();
    known
        .into_iter()
        .map(|(_, anchor, words)| (anchor, words))
        .filter(|(anchor, _)| !anchor.is_empty() && seen.insert(*anchor))
        .collect()
}
