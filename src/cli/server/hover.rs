//! What is known of the entry under the cursor.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::document::Document;
use super::{same, target, words};
use crate::list::{EntryId, Role};

/// Further places of a work that are listed.
const MOST: usize = 10;

/// What is known of the entry at `position`, as Markdown where the editor can show it.
pub(super) fn hover(document: &Document, position: Position, markdown: bool) -> Option<Hover> {
    let list = document.list();
    let id = target::entry_at(list, document.offset(position))?;
    let entry = list.entry(id);
    if entry.role != Role::Work {
        return None;
    }
    let text = Text { markdown };
    let mut lines = vec![text.strong(&words::name(list, entry))];
    lines.extend(
        list.primary_link(entry)
            .map(|link| text.code(&words::short(&link.url))),
    );
    lines.extend(text.known_as(document, id));
    lines.extend(text.elsewhere(document, id));
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: match markdown {
                true => MarkupKind::Markdown,
                false => MarkupKind::PlainText,
            },
            value: lines.join("\n\n"),
        }),
        range: Some(document.range(entry.content)),
    })
}

/// How text of the list is written.
struct Text {
    markdown: bool,
}

impl Text {
    fn plain(&self, text: &str) -> String {
        match self.markdown {
            true => words::escaped(text),
            false => text.to_owned(),
        }
    }

    fn strong(&self, text: &str) -> String {
        match self.markdown {
            true => format!("**{}**", words::escaped(text)),
            false => text.to_owned(),
        }
    }

    fn code(&self, text: &str) -> String {
        match self.markdown {
            true => words::code(text),
            false => text.to_owned(),
        }
    }

    /// By what other lists' entries would be known to be the same work.
    fn known_as(&self, document: &Document, id: EntryId) -> Option<String> {
        let keys = same::keys(document, id);
        let keys: Vec<String> = keys
            .iter()
            .map(|key| self.code(&words::short(key)))
            .collect();
        (!keys.is_empty()).then(|| format!("Known as {}", keys.join(", ")))
    }

    /// Where else in the list the work stands.
    fn elsewhere(&self, document: &Document, id: EntryId) -> Option<String> {
        let list = document.list();
        let places = same::elsewhere(document, id);
        if places.is_empty() {
            return None;
        }
        let mut lines = vec!["Stands again:".to_owned()];
        for id in places.iter().take(MOST) {
            let entry = list.entry(*id);
            let line = list.source.line(entry.content.start);
            let section = list.path(entry.section);
            let section = section.last().copied().unwrap_or_default();
            let name = self.plain(&words::name(list, entry));
            let place = match section.is_empty() {
                true => format!("line {line}"),
                false => format!("line {line}, in {}", self.plain(&words::short(section))),
            };
            let place = match self.markdown {
                true => format!("[{place}]({}#L{line})", document.uri.as_str()),
                false => place,
            };
            lines.push(format!("- {name}, {place}"));
        }
        if let Some(more) = places.len().checked_sub(MOST).filter(|more| *more > 0) {
            lines.push(format!("- and {more} more"));
        }
        let heading = lines.remove(0);
        Some(format!("{heading}\n\n{}", lines.join("\n")))
    }
}
