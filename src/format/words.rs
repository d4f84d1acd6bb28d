//! Entries: their separators, the white space before these, and how their descriptions end.

use super::Layout;
use crate::list::style::{Ending, SeparatorForm, to_end};
use crate::list::{Entry, List, Role, SectionId, SeparatorKind, Shape};
use crate::source::{FileId, Source, Span};

/// How the entries of a section are to be written.
struct Form {
    separator: Option<String>,
    ending: Option<Ending>,
}

/// Adds the edits for the words of entries.
pub(super) fn format(layout: &mut Layout<'_>) {
    let list = layout.list;
    let set = layout.options.separator.clone();
    let set = set.filter(|text| is_separator(text));
    let mut form: Option<(SectionId, Form)> = None;
    for entry in &list.entries {
        if !matches!(entry.shape, Shape::Item(_)) {
            continue;
        }
        trailing_space(layout, entry);
        if entry.role != Role::Work {
            continue;
        }
        if form
            .as_ref()
            .is_none_or(|(section, _)| *section != entry.section)
        {
            form = Some((entry.section, form_of(layout, entry.section, set.as_ref())));
        }
        if let Some((_, form)) = &form {
            separator(layout, entry, form.separator.as_deref());
            ending(layout, entry, form.ending);
        }
        spaces(layout, entry);
    }
}

/// Whether `text` is read as a separator: white space alone, or words, would join the description to
/// the title.
fn is_separator(text: &str) -> bool {
    let line = format!("- [a](https://a.org){text}b c d\n");
    let list = List::parse(Source::new(FileId(0), "", line));
    let entry = list.entries.first();
    let separator = entry.and_then(|entry| entry.separator);
    separator.is_some_and(|separator| list.slice(separator.span) == text)
}

fn form_of(layout: &Layout<'_>, section: SectionId, set: Option<&String>) -> Form {
    let style = layout.style.section(section);
    let usual = || {
        let form = style.usual(|of| &of.separator);
        form.filter(|form| is_plain(form))
            .map(|form| form.text.clone())
    };
    Form {
        separator: set.cloned().or_else(usual),
        ending: layout
            .options
            .final_punctuation
            .or_else(|| style.usual(|of| &of.ending).copied()),
    }
}

/// Whether a separator is one that others may be replaced by.
fn is_plain(form: &SeparatorForm) -> bool {
    is_exchangeable(form.kind) && form.text.trim().chars().count() == 1
}

/// Whether a separator of this kind says nothing but that a description follows.
fn is_exchangeable(kind: SeparatorKind) -> bool {
    use SeparatorKind::{Colon, EmDash, EnDash, Hyphen};
    matches!(kind, Hyphen | EnDash | EmDash | Colon)
}

/// Gives the entry the usual separator.
fn separator(layout: &mut Layout<'_>, entry: &Entry, usual: Option<&str>) {
    let (Some(usual), Some(separator)) = (usual, entry.separator) else {
        return;
    };
    let text = layout.list.slice(separator.span);
    // `:` right before a letter begins an emoji: `:camera:`.
    let one_sign = text.trim().chars().count() == 1;
    let follows_link = entry
        .link
        .is_some_and(|id| layout.list.link(id).span.end <= separator.span.start);
    if entry.description.is_some()
        && follows_link
        && one_sign
        && is_exchangeable(separator.kind)
        && (separator.kind != SeparatorKind::Colon || !text.ends_with(':'))
        && !text.contains(['\n', '\r'])
        && !may_define(layout.list, separator.span)
    {
        layout.replace(separator.span, usual);
    }
}

/// Whether the colon at `separator` may be that of a definition, `[a]: b` on a line of its own: a link
/// that is written by its name would lead nowhere without it.
fn may_define(list: &List, separator: Span) -> bool {
    let line = list.source.line_span(list.source.line(separator.start));
    let before = list.slice(separator.with(line.start, separator.start));
    list.slice(separator).starts_with(':')
        && before.trim_start().starts_with('[')
        && before.ends_with(']')
}

/// Gives the description the usual end.
fn ending(layout: &mut Layout<'_>, entry: &Entry, usual: Option<Ending>) {
    if let Some((span, end)) = usual.and_then(|usual| to_end(layout.list, entry, usual)) {
        layout.replace(span, end);
    }
}

/// Makes one space of several between the title and what follows it, up to the separator.
fn spaces(layout: &mut Layout<'_>, entry: &Entry) {
    let list = layout.list;
    let Some(link) = entry.link.map(|id| list.link(id).span) else {
        return;
    };
    let end = entry
        .separator
        .map_or(entry.content.end, |separator| separator.span.start);
    let mut from = link.end;
    for note in &entry.notes {
        if note.span.start < from || note.span.start > end {
            continue;
        }
        let gap = link.with(from, note.span.start);
        let text = list.slice(gap);
        let space = text.len() - text.trim_start_matches(' ').len();
        if space > 1 {
            layout.replace(gap.with(from, from + space as u32), " ");
        }
        let closes = list
            .slice(link.with(note.span.end, end))
            .starts_with([')', ']']);
        from = note.span.end + u32::from(closes);
    }
}

/// Takes the white space away that stands behind an entry's words at the end of their line.
fn trailing_space(layout: &mut Layout<'_>, entry: &Entry) {
    let list = layout.list;
    let end = entry.content.end;
    let words = list.slice(entry.content);
    if end == entry.span.start || words.trim().is_empty() {
        return;
    }
    let end = entry.content.start + words.trim_end().len() as u32;
    let rest = entry.content.with(end, list.source.line_end(end));
    if list
        .slice(rest)
        .bytes()
        .all(|byte| byte == b' ' || byte == b'\t')
    {
        layout.replace(rest, "");
    }
}
