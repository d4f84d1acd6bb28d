//! Headings that are entries: `### [Foo](https://…)`, prose below, and no entries of their own.

use super::build::Builder;
use super::leaf::Piece;
use super::tree::Kind;
use super::{BlockKind, SectionId, SectionKind, Shape, entry, paragraph};
use crate::source::Span;

/// A heading that is an entry if no entry and no deeper heading follows below it.
pub(super) struct Candidate {
    node: u32,
    level: u8,
    section: SectionId,
    content: Span,
    pieces: Vec<Piece>,
}

/// How many headings that begin with a link a list has at least if they are entries; a single one
/// names a sponsor.
const HEADINGS: usize = 2;

impl Builder<'_> {
    /// Whether enough headings of the list begin with a link.
    pub(super) fn has_titled_headings(&self) -> bool {
        let tree = self.leaves.tree;
        let linked = tree.roots().filter(|&root| {
            matches!(tree.node(root).kind, Kind::Heading { level: 2.., .. })
                && matches!(tree.nodes.get(root as usize + 1), Some(node) if matches!(node.kind, Kind::Link(_)))
        });
        linked.take(HEADINGS).count() == HEADINGS
    }

    /// Remembers the heading at `node`, which opens `section`, if it may be an entry.
    pub(super) fn propose(
        &mut self,
        node: u32,
        level: u8,
        section: SectionId,
        pieces: Option<Vec<Piece>>,
    ) {
        let pieces = pieces.unwrap_or_default();
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return;
        };
        let content = self.leaves.source.span(first.start, last.end);
        let about = self.section_kind() == SectionKind::Meta;
        if level < 2 || about || !paragraph::begins_with_work(self, content, &pieces) {
            return;
        }
        self.candidate = Some(Candidate {
            node,
            level,
            section,
            content,
            pieces,
        });
    }

    /// Makes an entry of the heading that was proposed last, if the section that ends here has no
    /// entries and the next heading, of `next_level`, does not stand below it.
    pub(super) fn accept(&mut self, next_level: u8) {
        let Some(candidate) = self.candidate.take() else {
            return;
        };
        let section = &self.parts.sections[candidate.section.index()];
        if next_level > candidate.level || section.entries.start < self.parts.entries.len() as u32 {
            return;
        }
        let below = self
            .parts
            .blocks
            .iter()
            .rev()
            .take_while(|block| block.section == candidate.section)
            .filter(|block| block.kind != BlockKind::Heading);
        let mut end = candidate.content.end;
        let mut description = None;
        for block in below {
            end = end.max(block.content.end);
            if block.kind == BlockKind::Paragraph {
                description = Some(self.leaves.trimmed(block.content));
            }
        }
        let heading = self.span_of(candidate.node);
        let span = heading.with(heading.start, end);
        let id = self.push_entry(Shape::Heading, span, candidate.content);
        self.parts.entries[id.index()].section = candidate.section;
        let words = entry::words(
            &self.leaves,
            &self.inlines.links,
            candidate.node,
            candidate.content,
            &candidate.pieces,
        );
        self.claim_between(id, span);
        let entry = &mut self.parts.entries[id.index()];
        words.give_to(entry);
        entry.description = entry.description.or(description);
        self.settle(id, false);
    }
}
