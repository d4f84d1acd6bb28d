//! What the anchors of a list lead to.

use rustc_hash::FxHashMap;

use crate::list::{BlockKind, List, SectionId, anchor};

/// What an anchor leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A heading, by the anchor that GitHub gives it.
    Heading(SectionId),
    /// An anchor set by hand, by its index in [`List::anchors`], in or right before the heading of
    /// this section.
    Named(SectionId, u32),
    /// An anchor set by hand elsewhere, by its index in [`List::anchors`].
    Elsewhere(u32),
}

impl Target {
    /// The section whose heading the anchor leads to.
    pub fn section(self) -> Option<SectionId> {
        match self {
            Target::Heading(section) | Target::Named(section, _) => Some(section),
            Target::Elsewhere(_) => None,
        }
    }
}

/// The anchors of a list, made and set by hand.
#[derive(Clone, Debug)]
pub struct Targets {
    by_name: FxHashMap<String, Target>,
    /// The first anchor set by hand for each section.
    named: FxHashMap<SectionId, u32>,
}

impl Targets {
    /// The anchors of `list`. Of equal ones the first counts; headings count before other anchors.
    pub fn new(list: &List) -> Targets {
        let mut targets = Targets {
            by_name: FxHashMap::default(),
            named: FxHashMap::default(),
        };
        for (id, heading) in list.headings() {
            let entry = targets.by_name.entry(heading.slug.clone());
            entry.or_insert(Target::Heading(id));
        }
        for (at, anchor) in (0..).zip(&list.anchors) {
            let target = match heading_at(list, anchor.span.start) {
                Some(section) => {
                    targets.named.entry(section).or_insert(at);
                    Target::Named(section, at)
                }
                None => Target::Elsewhere(at),
            };
            let name = list.slice(anchor.name).to_owned();
            targets.by_name.entry(name).or_insert(target);
        }
        targets
    }

    /// What a link to `fragment` (without `#`, as written) leads to, as GitHub resolves it.
    pub fn resolve(&self, fragment: &str) -> Option<Target> {
        anchor::spellings(fragment).find_map(|name| self.by_name.get(&name).copied())
    }

    /// The anchor set by hand for the heading of `section`, by its index in [`List::anchors`].
    pub fn named(&self, section: SectionId) -> Option<u32> {
        self.named.get(&section).copied()
    }
}

/// The section whose heading the anchor at `offset` stands in or right before.
fn heading_at(list: &List, offset: u32) -> Option<SectionId> {
    let at = list
        .blocks
        .partition_point(|block| block.span.end <= offset);
    let block = list.blocks.get(at)?;
    if block.kind == BlockKind::Heading {
        return Some(block.section);
    }
    let next = list.blocks.get(at + 1)?;
    let alone = matches!(block.kind, BlockKind::Html | BlockKind::Paragraph)
        && holds_nothing_but_tags(list.slice(block.content));
    (alone && next.kind == BlockKind::Heading).then_some(next.section)
}

/// Whether `text` shows a reader nothing.
fn holds_nothing_but_tags(text: &str) -> bool {
    let mut inside = false;
    text.chars().all(|char| match char {
        '<' => {
            inside = true;
            true
        }
        '>' => {
            inside = false;
            true
        }
        _ => inside || char.is_whitespace(),
    })
}
