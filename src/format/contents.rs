//! The contents table, brought in step with the headings.

use super::{ContentsMode, Layout};
use crate::list::write::{Names, Targets, contents_edits, contents_states, link};
use crate::list::{BlockKind, ContentsForm, List, SectionId, SectionKind};
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
        if !(is_items || asked) || !layout.guard.allows(contents.span) {
            continue;
        }
        for (span, text) in contents_edits(list, index, state, layout.style, names, &targets) {
            layout.replace(span, text);
        }
    }
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
