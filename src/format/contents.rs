//! The contents table, brought in step with the headings.

use super::{ContentsMode, Layout};
use crate::edit::Edit;
use crate::list::directive::{self, MarkerKind};
use crate::list::write::{
    ContentsState, LineState, Names, Targets, contents_edits, contents_order, contents_states, link,
};
use crate::list::{
    BlockKind, Contents, ContentsForm, LinkKind, List, SectionId, SectionKind, comment_text,
};
use crate::source::Span;

/// Adds the edits for the contents tables.
pub(super) fn format(layout: &mut Layout<'_>) {
    let list = layout.list;
    let names = Names::of(list);
    match layout.options.contents {
        Some(ContentsMode::Keep) => {}
        Some(ContentsMode::Add) if list.contents.is_empty() => add(layout, &names),
        _ => update(layout, &names),
    }
}

fn update(layout: &mut Layout<'_>, names: &Names) {
    let list = layout.list;
    let targets = Targets::new(list);
    for (index, state) in contents_states(list).iter().enumerate() {
        let Some(contents) = list.contents.get(index) else {
            continue;
        };
        // Tables, HTML and prose are touched only when asked for.
        let asked = layout.options.contents.is_some();
        let is_items = matches!(contents.form, ContentsForm::Items(_));
        let allowed = match contents.generated {
            true => is_plain(list, contents, state) && layout.guard.allows_anew(contents.span),
            false => layout.guard.allows(contents.span),
        };
        if !(is_items || asked) || !allowed {
            continue;
        }
        let mut edits = contents_edits(list, index, state, layout.style, names, &targets);
        if contents.generated {
            edits.extend(titles(list, contents, state, names));
        }
        write(layout, contents, edits);
    }
}

/// Adds the edits that put the lines of contents tables in the order of the headings.
pub(super) fn order(layout: &mut Layout<'_>) {
    let list = layout.list;
    let mode = layout.options.contents;
    if mode == Some(ContentsMode::Keep) {
        return;
    }
    for (index, state) in contents_states(list).iter().enumerate() {
        let Some(contents) = list.contents.get(index) else {
            continue;
        };
        let allowed = match contents.generated {
            true => is_plain(list, contents, state) && layout.guard.allows_anew(contents.span),
            false => layout.guard.allows(contents.span),
        };
        if allowed {
            let edits = contents_order(list, index, state, mode.is_some() || contents.generated);
            write(layout, contents, edits);
        }
    }
}

fn write(layout: &mut Layout<'_>, contents: &Contents, edits: Vec<(Span, String)>) {
    for (span, text) in edits {
        match contents.generated {
            true => layout.edits.push(Edit::replace(span, text)),
            false => layout.replace(span, text),
        }
    }
}

/// Whether the comments of a tool that makes contents tables, and makes nothing else, stand around
/// a table that a tool writes.
pub(super) fn has_its_maker(list: &List, contents: &Contents) -> bool {
    /// How many tags and comments may stand between the opening comment and the table.
    const BETWEEN: usize = 16;
    let before = list
        .html
        .partition_point(|tag| tag.span.end <= contents.span.start);
    let before = list
        .html
        .get(before.saturating_sub(BETWEEN)..before)
        .unwrap_or_default();
    let comments = before.iter().rev().filter(|tag| tag.comment);
    let mut opened = comments
        .filter_map(|tag| directive::generated_marker(comment_text(list.slice(tag.span))))
        .filter(|marker| marker.kind == MarkerKind::Open);
    contents.generated && opened.next().is_some_and(|marker| marker.contents_table)
}

/// Whether a table that a tool writes has the form that nearly all of them write, so that it can be
/// made anew as that tool would: bulleted lines that are one link each, to the anchors that GitHub
/// gives to headings.
fn is_plain(list: &List, contents: &Contents, state: &ContentsState) -> bool {
    let mut items = 0;
    let are_links = contents
        .lines
        .iter()
        .zip(&state.lines)
        .all(|(line, state)| {
            let Some(item) = line.item.map(|item| list.item(item)) else {
                return false;
            };
            items += 1;
            let link = list.link(line.link);
            let line_end = list.source.line_end(item.span.start);
            let behind = link.span.with(link.span.end.min(line_end), line_end);
            !list.item_list(item.list).ordered
                && item.padding.end == link.span.start
                && link.kind == LinkKind::Inline
                && link.fragment().is_some()
                && list.slice(behind).trim().is_empty()
                && *state != LineState::Elsewhere
        });
    let ContentsForm::Items(outer) = contents.form else {
        return false;
    };
    let span = list.item_list(outer).span;
    let first = list
        .items
        .partition_point(|item| item.span.start < span.start);
    let end = list
        .items
        .partition_point(|item| item.span.start < span.end);
    are_links && items == end - first && !state.by_name && has_its_maker(list, contents)
}

/// The titles of the headings that lines were made to lead to.
fn titles(
    list: &List,
    contents: &Contents,
    state: &ContentsState,
    names: &Names,
) -> Vec<(Span, String)> {
    let lines = contents.lines.iter().zip(&state.lines);
    let titles = lines.filter_map(|(line, state)| match *state {
        LineState::Means(section) => {
            let title = names.titles.get(section.index())?;
            Some((list.link(line.link).text, title.clone()))
        }
        _ => None,
    });
    titles.collect()
}

/// Puts a contents table before the first section that holds entries.
fn add(layout: &mut Layout<'_>, names: &Names) {
    let list = layout.list;
    let Some((place, level)) = place(list) else {
        return;
    };
    let bullet = layout.options.marker;
    let bullet = bullet.or(layout.style.list.any_bullet().winner().copied());
    let bullet = bullet.unwrap_or('-');
    let newline = layout.newline();
    let mut table = format!(
        "{} Contents{newline}{newline}",
        "#".repeat(usize::from(level))
    );
    let mut lines = 0;
    for (id, heading) in list.headings() {
        let depth = match heading.level.checked_sub(level) {
            Some(depth @ 0..=1) if list.section(id).kind == SectionKind::Entries => depth,
            _ => continue,
        };
        let (Some(slug), Some(title)) = (names.slugs.get(id.index()), names.titles.get(id.index()))
        else {
            continue;
        };
        let lead = "  ".repeat(usize::from(depth));
        let link = link(title, &format!("#{slug}"));
        table.push_str(&format!("{lead}{bullet} {link}{newline}"));
        lines += 1;
    }
    if lines > 1 {
        table.push_str(newline);
        layout.replace(place, table);
    }
}

/// Where a new contents table goes: before the first heading below the title, and its level.
fn place(list: &List) -> Option<(Span, u8)> {
    let first = list.headings().map(|(id, _)| id).next()?;
    let is_section = |id: &SectionId| {
        *id != first
            || list
                .section(*id)
                .heading
                .as_ref()
                .is_some_and(|of| of.level > 1)
    };
    let (id, heading) = list.headings().find(|(id, _)| is_section(id))?;
    let block = list
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Heading && block.section == id)?;
    Some((
        block.span.with(block.span.start, block.span.start),
        heading.level,
    ))
}
