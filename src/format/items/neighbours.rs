//! Bulleted lists right beside each other: for Markdown they are several because their bullets
//! differ, for a reader they are one.

use crate::list::{Block, BlockKind, List};

/// What a list shows of the spaces between its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) struct Spacing {
    /// How many items it has.
    pub(in crate::format) items: usize,
    /// Whether the words of its items are no paragraphs.
    pub(in crate::format) tight: bool,
}

/// Whether lists beside each other are tight as one list; `None` where one of them would be
/// rendered otherwise. `touch` says that no blank line stands between any two of them.
///
/// One item alone is neither: it goes with the others.
pub(in crate::format) fn together(lists: &[Spacing], touch: bool) -> Option<bool> {
    let mut several = lists.iter().filter(|of| of.items > 1 || !of.tight);
    let Some(first) = several.next() else {
        return Some(touch);
    };
    let alike = several.all(|other| other.tight == first.tight);
    (alike && (touch || !first.tight)).then_some(first.tight)
}

/// For each block whether it is a list that must keep its bullet: an equal one would join it to a
/// list beside it and change more than that.
pub(super) fn fixed(list: &List) -> Vec<bool> {
    let mut fixed = vec![false; list.blocks.len()];
    let mut start = 0;
    for stretch in list
        .blocks
        .chunk_by(|one, other| is_bullets(list, one) && is_bullets(list, other))
    {
        let places = fixed
            .get_mut(start..start + stretch.len())
            .unwrap_or_default();
        start += stretch.len();
        if stretch.len() < 2 || joins(list, stretch) {
            continue;
        }
        for (at, pair) in stretch.windows(2).enumerate() {
            if !joins(list, pair) {
                places[at..at + 2].fill(true);
            }
        }
    }
    fixed
}

/// Whether lists may become one.
fn joins(list: &List, blocks: &[Block]) -> bool {
    let spacings = blocks.iter().map(|block| match block.kind {
        BlockKind::Entries(id) => {
            let own = list.item_list(id);
            let items = own.items.len();
            Some(Spacing {
                items,
                tight: own.tight,
            })
        }
        _ => None,
    });
    let Some(spacings) = spacings.collect::<Option<Vec<Spacing>>>() else {
        return false;
    };
    let touch = blocks.windows(2).all(|pair| {
        let between = pair[0]
            .span
            .with(pair[0].content.end, pair[1].content.start);
        list.slice(between)
            .trim_end_matches([' ', '\t'])
            .lines()
            .count()
            <= 1
    });
    together(&spacings, touch).is_some()
}

/// Whether a block is a bulleted list, of whatever.
fn is_bullets(list: &List, block: &Block) -> bool {
    match block.kind {
        BlockKind::Entries(id) | BlockKind::Bullets(id) => !list.item_list(id).ordered,
        BlockKind::Contents(_) => true,
        _ => false,
    }
}
