//! Entries: their separators, the white space before these, and how their descriptions end.

use super::Layout;
use crate::list::style::{Ending, SeparatorForm, tail};
use crate::list::{Entry, Role, SectionId, SeparatorKind, Shape};

/// How the entries of a section are to be written.
struct Form {
    separator: Option<String>,
    ending: Option<Ending>,
}

/// Adds the edits for the words of entries.
pub(super) fn format(layout: &mut Layout<'_>) {
    let list = layout.list;
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
            form = Some((entry.section, form_of(layout, entry.section)));
        }
        if let Some((_, form)) = &form {
            separator(layout, entry, form.separator.as_deref());
            ending(layout, entry, form.ending);
        }
        spaces(layout, entry);
    }
}

fn form_of(layout: &Layout<'_>, section: SectionId) -> Form {
    let style = layout.style.section(section);
    let separator = layout.options.separator.clone();
    let usual = || {
        let form = style.usual(|of| &of.separator);
        form.filter(|form| is_plain(form))
            .map(|form| form.text.clone())
    };
    Form {
        separator: separator.or_else(usual),
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
    {
        layout.replace(separator.span, usual);
    }
}

/// Gives the description the usual end.
fn ending(layout: &mut Layout<'_>, entry: &Entry, usual: Option<Ending>) {
    let list = layout.list;
    // Without a separator the words may go on from the title, and be no description; without a link
    // the entry may be prose.
    let reads = entry.separator.is_some() && entry.link.is_some();
    let Some((usual, tail)) = usual.zip(tail(list, entry)).filter(|_| reads) else {
        return;
    };
    let Some(description) = entry.description.filter(|_| tail.ending != usual) else {
        return;
    };
    match usual {
        Ending::Period => {
            let words = list.slice(description.with(description.start, tail.span.start));
            let last = words.rsplit(' ').next().unwrap_or_default();
            // An address that is no link.
            if last.contains("://") && !last.contains("](") {
                return;
            }
            if words.ends_with(|last: char| {
                last.is_ascii_alphanumeric() || matches!(last, ')' | '"' | '”')
            }) || words
                .chars()
                .next_back()
                .is_some_and(|last| last.is_lowercase())
            {
                layout.replace(tail.span, ".");
            }
        }
        // The period of the last of several sentences, and that of an abbreviation, stays.
        Ending::None => {
            let words = list.slice(description.with(description.start, tail.span.start));
            let last = words.rsplit(' ').next().unwrap_or_default();
            let sentences = words.contains(". ")
                || words.contains("! ")
                || words.contains("? ")
                || words.contains('。');
            if !sentences && !last.contains('.') && last.chars().count() > 3 {
                layout.replace(tail.span, "");
            }
        }
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
