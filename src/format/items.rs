//! Items of bulleted and ordered lists: markers, numbers, the white space around them, and the
//! indent of what hangs below them.

mod columns;
mod markers;
mod neighbours;

pub(super) use columns::columns_of;
pub(super) use neighbours::Spacing;

use super::Layout;
use crate::list::{BlockKind, ItemId, ItemListId};

/// One outermost list with all that is nested in it.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The lists, outer before inner.
    lists: std::ops::Range<u32>,
    /// The items, in the order of the text.
    items: std::ops::Range<u32>,
    /// The block.
    block: usize,
    /// Whether its outermost list must keep its bullet.
    fixed: bool,
    /// Whether it is a table of contents, which may be written otherwise than the entries.
    contents: bool,
}

impl Group {
    fn lists(&self) -> impl Iterator<Item = ItemListId> + use<> {
        self.lists.clone().map(ItemListId)
    }

    fn items(&self) -> impl Iterator<Item = ItemId> + use<> {
        self.items.clone().map(ItemId)
    }
}

/// Adds the edits for items.
pub(super) fn format(layout: &mut Layout<'_>) {
    let groups = groups(layout);
    let mut counter = markers::Counter::default();
    for group in &groups {
        let block = &layout.list.blocks[group.block];
        if !layout.guard.allows(block.span) {
            partly(layout, group, &mut counter);
            continue;
        }
        let markers = markers::of(layout, group, &mut counter);
        columns::write(layout, group, &markers);
    }
}

/// Formats a list of which parts are protected: only what keeps every column.
fn partly(layout: &mut Layout<'_>, group: &Group, counter: &mut markers::Counter) {
    let list = layout.list;
    let markers = markers::of(layout, group, counter);
    for (item, marker) in group.items().zip(&markers) {
        let place = list.item(item).marker;
        if place.len() as usize == marker.len() {
            layout.replace(place, marker);
        }
    }
}

/// The outermost lists of entries and the contents tables.
fn groups(layout: &Layout<'_>) -> Vec<Group> {
    let list = layout.list;
    let mut groups: Vec<Group> = Vec::new();
    let fixed = neighbours::fixed(layout);
    for (at, block) in list.blocks.iter().enumerate() {
        let (id, contents) = match block.kind {
            BlockKind::Entries(id) => (id, false),
            BlockKind::Contents(index) => match list.contents.get(index as usize).map(|of| of.form)
            {
                Some(crate::list::ContentsForm::Items(id)) => (id, true),
                _ => continue,
            },
            _ => continue,
        };
        let end = |start: u32| {
            let rest = list
                .item_lists
                .get(start as usize + 1..)
                .unwrap_or_default();
            let nested = rest.iter().take_while(|of| of.parent.is_some()).count();
            start + 1 + nested as u32
        };
        let lists = id.0..end(id.0);
        let Some(first) = list.item_list(id).items.first().map(|item| item.0) else {
            continue;
        };
        let span = list.item_list(id).span;
        let behind = list.items.get(first as usize..).unwrap_or_default();
        let count = behind
            .iter()
            .take_while(|item| item.span.start < span.end)
            .count();
        groups.push(Group {
            lists,
            items: first..first + count as u32,
            block: at,
            fixed: fixed.get(at).is_some_and(|&fixed| fixed),
            contents,
        });
    }
    groups
}
