//! The outline of a document: its sections, and in them its entries.

use lsp_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, Position, SymbolInformation, SymbolKind,
};

use super::document::Document;
use super::words;
use crate::list::{Entry, List, Role, SectionId};
use crate::source::Span;

/// What is nested deeper stands beside its parent: an outline is written by recursion, on both
/// sides, and no list for people is so deep.
const DEEPEST: usize = 48;

/// The outline, as a tree where the editor can show one.
pub(super) fn outline(document: &Document, tree: bool) -> DocumentSymbolResponse {
    let symbols = symbols(document);
    match tree {
        true => DocumentSymbolResponse::Nested(nested(symbols)),
        false => DocumentSymbolResponse::Flat(
            symbols
                .into_iter()
                .map(|(_, symbol)| flat(document, symbol))
                .collect(),
        ),
    }
}

/// The sections and entries in the order of the text, each with its depth.
fn symbols(document: &Document) -> Vec<(usize, DocumentSymbol)> {
    let list = document.list();
    let mut symbols = Vec::new();
    for (id, section) in list.sections() {
        let depth = depth(list, id);
        if let Some(heading) = &section.heading {
            let name = words::short(&heading.text);
            let whole = section.span;
            let kind = SymbolKind::NAMESPACE;
            symbols.push((depth, symbol(document, name, kind, whole, heading.span)));
        }
        let below = depth + usize::from(section.heading.is_some());
        let entries = section.entries.start as usize..section.entries.end as usize;
        for entry in list.entries.get(entries).unwrap_or_default() {
            if matches!(entry.role, Role::Work | Role::Group) {
                let depth = (below + usize::from(entry.depth)).min(DEEPEST);
                symbols.push((depth, entry_symbol(document, entry)));
            }
        }
    }
    symbols
}

/// How many sections `id` stands in.
fn depth(list: &List, id: SectionId) -> usize {
    let parents = std::iter::successors(list.section(id).parent, |id| list.section(*id).parent);
    parents.take(DEEPEST).count()
}

fn entry_symbol(document: &Document, entry: &Entry) -> DocumentSymbol {
    let list = document.list();
    let kind = match entry.role {
        Role::Group => SymbolKind::ARRAY,
        _ => SymbolKind::OBJECT,
    };
    let title = entry
        .title
        .as_ref()
        .map_or(entry.content, |title| title.span);
    let selected = match entry.span.contains(title) {
        true => title,
        false => entry.span,
    };
    let name = words::name(list, entry);
    let mut symbol = symbol(document, name, kind, entry.span, selected);
    symbol.detail = list.primary_link(entry).map(|link| words::short(&link.url));
    symbol
}

#[allow(deprecated, reason = "the field must be given, if only as absent")]
fn symbol(
    document: &Document,
    name: String,
    kind: SymbolKind,
    whole: Span,
    selected: Span,
) -> DocumentSymbol {
    DocumentSymbol {
        name,
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range: document.range(whole.join(selected)),
        selection_range: document.range(selected),
        children: None,
    }
}

/// The symbols as a tree: each stands in the nearest one before it that is less deep.
fn nested(symbols: Vec<(usize, DocumentSymbol)>) -> Vec<DocumentSymbol> {
    let mut tree: Vec<DocumentSymbol> = Vec::new();
    let mut open: Vec<(usize, DocumentSymbol)> = Vec::new();
    for (depth, symbol) in symbols {
        close(&mut open, depth, &mut tree);
        open.push((depth, symbol));
    }
    close(&mut open, 0, &mut tree);
    tree
}

/// Closes what is open and not less deep than `depth`. A parent reaches to the end of its children.
fn close(open: &mut Vec<(usize, DocumentSymbol)>, depth: usize, tree: &mut Vec<DocumentSymbol>) {
    while let Some((_, symbol)) = open.pop_if(|(at, _)| *at >= depth) {
        match open.last_mut() {
            Some((_, parent)) => {
                parent.range.end = later(parent.range.end, symbol.range.end);
                parent.children.get_or_insert_default().push(symbol);
            }
            None => tree.push(symbol),
        }
    }
}

fn later(one: Position, other: Position) -> Position {
    one.max(other)
}

#[allow(
    deprecated,
    reason = "editors that want a flat outline know no other form"
)]
fn flat(document: &Document, symbol: DocumentSymbol) -> SymbolInformation {
    SymbolInformation {
        name: symbol.name,
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: Location {
            uri: document.uri.clone(),
            range: symbol.range,
        },
        container_name: None,
    }
}
