//! Bulleted lists right beside each other: for Markdown they are several because their bullets
//! differ, for a reader they are one.

use super::markers::has_words_like_marks;
use crate::format::Layout;
use crate::list::{Block, BlockKind, ContentsForm, List};

/// What lists beside each other show of the spaces between their items.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Spacing {
    /// For each list how many items it has, and whether their words are no paragraphs.
    pub(in crate::format) lists: Vec<(usize, bool)>,
    /// How many of the lists follow the one before them without a blank line between.
    pub(in crate::format) touching: usize,
}

impl Spacing {
    /// Whether the lists are tight as one list; `None` where one of them would be rendered
    /// otherwise. One item alone is neither tight nor loose: it goes with the others.
    pub(in crate::format) fn together(&self) -> Option<bool> {
        let gaps = self.lists.len().saturating_sub(1);
        let mut several = self
            .lists
            .iter()
            .filter(|(items, tight)| *items > 1 || !tight);
        match several.next() {
            None => (self.touching == gaps || self.touching == 0).then_some(self.touching == gaps),
            Some(&(_, tight)) => {
                let alike = several.all(|&(_, other)| other == tight);
                (alike && (!tight || self.touching == gaps)).then_some(tight)
            }
        }
    }
}

/// For each block whether it is a list that must keep its bullet: an equal one would join it to a
/// list beside it and change more than that.
pub(super) fn fixed(layout: &Layout<'_>) -> Vec<bool> {
    let list = layout.list;
    let mut fixed = vec![false; list.blocks.len()];
    let mut start = 0;
    let stretches = list
        .blocks
        .chunk_by(|one, other| bullets(list, one).is_some() && bullets(list, other).is_some());
    for stretch in stretches {
        let places = fixed.get_mut(start..start + stretch.len());
        start += stretch.len();
        let Some(places) = places.filter(|places| places.len() > 1) else {
            continue;
        };
        let may_change = stretch.iter().all(|block| may_change(layout, block));
        match spacing(list, stretch).together() {
            Some(_) if may_change => {}
            Some(false) => places.fill(true),
            _ => {
                for (at, pair) in stretch.windows(2).enumerate() {
                    let entries = pair
                        .iter()
                        .all(|of| matches!(of.kind, BlockKind::Entries(_)));
                    if !entries || spacing(list, pair).together() != Some(true) {
                        places[at..at + 2].fill(true);
                    }
                }
            }
        }
    }
    fixed
}

/// Whether a block is a list that can get another bullet.
fn may_change(layout: &Layout<'_>, block: &Block) -> bool {
    match block.kind {
        BlockKind::Entries(id) => {
            let words = has_words_like_marks(layout.list, layout.list.item_list(id));
            !words && layout.guard.allows(block.span)
        }
        _ => false,
    }
}

/// The spaces that blocks, all of them lists, show.
fn spacing(list: &List, blocks: &[Block]) -> Spacing {
    let touch = |pair: &&[Block]| {
        let between = pair[0]
            .span
            .with(pair[0].content.end, pair[1].content.start);
        let between = list.slice(between).trim_end_matches([' ', '\t']);
        between.lines().count() <= 1
    };
    Spacing {
        lists: blocks
            .iter()
            .filter_map(|block| bullets(list, block))
            .collect(),
        touching: blocks.windows(2).filter(touch).count(),
    }
}

/// How many items a bulleted list has, of whatever, and whether it is tight; `None` for any other
/// block.
fn bullets(list: &List, block: &Block) -> Option<(usize, bool)> {
    let id = match block.kind {
        BlockKind::Entries(id) | BlockKind::Bullets(id) => id,
        BlockKind::Contents(index) => match list.contents.get(index as usize)?.form {
            ContentsForm::Items(id) => id,
            ContentsForm::Other => return None,
        },
        _ => return None,
    };
    let own = list.item_list(id);
    (!own.ordered).then_some((own.items.len(), own.tight))
}
