//! [`Tree`] to [`List`]: blocks that tile the text, the outline, the items and what they are.

use super::anchor::Slugger;
use super::directive::MarkerKind;
use super::leaf::{Inlines, Leaves, Piece, PieceKind};
use super::link::Definitions;
use super::titled::Candidate;
use super::tree::{Kind, Tree};
use super::{
    Block, BlockKind, Contents, Entry, Heading, HtmlHeading, Item, ItemList, List, Place, Section,
    SectionId, SectionKind, Unread, directive, items, markup, meta, paragraph, parse, rendering,
    table,
};
use crate::source::{Source, Span};
use crate::spaces::single_owned;

/// Reads `source`; keeps what it is rendered as if `with_rendering`.
pub(super) fn list(source: Source, with_rendering: bool) -> List {
    let definitions = Definitions::read(&source);
    let matter = front_matter(&source);
    let (tree, urls) = parse::of_source(&source, matter, &definitions);
    let mut builder = Builder {
        leaves: Leaves {
            source: &source,
            tree: &tree,
            definitions: &definitions,
        },
        inlines: Inlines::sized(&tree, urls),
        parts: Parts::sized(&tree),
        spare: Vec::new(),
        path: Vec::new(),
        slugger: Slugger::default(),
        before: None,
        paragraph_entries: 0,
        candidate: None,
        titled: false,
    };
    builder.titled = builder.has_titled_headings();
    builder.open_top();
    builder.front_matter(matter);
    builder.roots();
    let (inlines, parts) = builder.finish();
    let rendering = with_rendering.then(|| rendering::blocks(&source, &tree));
    List {
        blocks: parts.blocks,
        sections: parts.sections,
        entries: parts.entries,
        links: inlines.links,
        images: inlines.images,
        item_lists: parts.item_lists,
        items: parts.items,
        contents: parts.contents,
        definitions: definitions.into_vec(),
        anchors: inlines.anchors,
        code: parts.code,
        unread: parts.unread,
        html: inlines.html,
        html_headings: parts.html_headings,
        excess: tree.excess,
        rendering,
        source,
    }
}

/// Where the front matter ends that begins in the first line; 0 where there is none.
pub(super) fn front_matter(source: &Source) -> u32 {
    let fence = source.slice(source.line_content(1)).trim_end();
    if fence != "---" && fence != "+++" {
        return 0;
    }
    (2..=source.line_count())
        .find(|&line| source.slice(source.line_content(line)).trim_end() == fence)
        .map_or(0, |line| source.line_content(line).end)
}

/// The parts of the list that are being read.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) blocks: Vec<Block>,
    pub(super) sections: Vec<Section>,
    pub(super) entries: Vec<Entry>,
    pub(super) item_lists: Vec<ItemList>,
    pub(super) items: Vec<Item>,
    pub(super) contents: Vec<Contents>,
    pub(super) code: Vec<Span>,
    pub(super) html_headings: Vec<HtmlHeading>,
    pub(super) unread: Vec<Unread>,
}

impl Parts {
    /// Nothing read yet, with room for what `tree` holds.
    fn sized(tree: &Tree) -> Self {
        let count = |wanted: fn(Kind) -> bool| {
            let nodes = tree.nodes.iter();
            nodes.filter(|node| wanted(node.kind)).count()
        };
        let items = count(|kind| matches!(kind, Kind::Item { .. }));
        let rows = count(|kind| kind == Kind::Row { header: false });
        Parts {
            entries: Vec::with_capacity(items + rows),
            items: Vec::with_capacity(items),
            item_lists: Vec::with_capacity(count(|kind| matches!(kind, Kind::List { .. }))),
            ..Parts::default()
        }
    }
}

/// Builds a list from the roots of its tree, one after the other.
pub(super) struct Builder<'a> {
    pub(super) leaves: Leaves<'a>,
    pub(super) inlines: Inlines,
    pub(super) parts: Parts,
    /// The room of pieces that were read and are no longer needed.
    pub(super) spare: Vec<Piece>,
    /// The sections that the current one is nested in, and itself, with their levels.
    path: Vec<(u8, SectionId)>,
    slugger: Slugger,
    /// The root before the one that is being read.
    pub(super) before: Option<u32>,
    /// How many paragraphs were entries so far.
    pub(super) paragraph_entries: u32,
    /// The heading read last, if it may be an entry.
    pub(super) candidate: Option<Candidate>,
    /// Whether headings that begin with a link may be entries.
    titled: bool,
}

impl Builder<'_> {
    fn open_top(&mut self) {
        self.parts.sections.push(Section {
            heading: None,
            parent: None,
            kind: SectionKind::Entries,
            span: self.leaves.source.whole(),
            entries: 0..0,
        });
    }

    /// The section that is being read.
    pub(super) fn section(&self) -> SectionId {
        SectionId(self.parts.sections.len() as u32 - 1)
    }

    pub(super) fn span_of(&self, node: u32) -> Span {
        let node = self.leaves.tree.node(node);
        self.leaves.source.span(node.start, node.end)
    }

    /// The anchor of the next heading, whose words are `text`.
    pub(super) fn slug(&mut self, text: &str) -> String {
        self.slugger.next(text)
    }

    pub(super) fn unread(&mut self, span: Span, reason: &'static str) {
        self.parts.unread.push(Unread { span, reason });
    }

    fn front_matter(&mut self, end: u32) {
        if end > 0 {
            let span = self.leaves.source.span(0, end);
            self.push_block(BlockKind::FrontMatter, span);
        }
    }

    fn roots(&mut self) {
        if self.leaves.tree.excess.is_some() {
            let whole = self.leaves.source.whole();
            self.unread(whole, "the text is too much for a list");
        }
        for root in self.leaves.tree.roots() {
            self.root(root);
            self.before = Some(root);
        }
        let end = self.leaves.source.whole().end;
        self.fill_gap(end);
    }

    fn root(&mut self, root: u32) {
        let node = *self.leaves.tree.node(root);
        self.fill_gap(self.leaves.source.line_start(node.start));
        let span = self.span_of(root);
        let kind = match node.kind {
            Kind::Heading { .. } => self.heading(root),
            Kind::List { .. } => items::read(self, root),
            Kind::Table => table::read(self, root),
            Kind::Html => markup::read(self, root),
            Kind::Paragraph => paragraph::read(self, root),
            Kind::Code => {
                self.code(root);
                BlockKind::Code
            }
            Kind::ThematicBreak => BlockKind::Break,
            Kind::Quote => {
                self.prose(root);
                BlockKind::Quote
            }
            _ => {
                self.prose(root);
                BlockKind::Text
            }
        };
        self.push_block(kind, span);
    }

    /// Takes in the links of every leaf below `node`, itself included, as links in prose.
    pub(super) fn prose(&mut self, node: u32) {
        let range = node..self.leaves.tree.node(node).next;
        for index in range {
            match self.leaves.tree.node(index).kind {
                kind if kind.is_leaf_block() => self.take_leaf(index, Place::Prose),
                Kind::Code => self.code(index),
                _ => {}
            }
        }
    }

    /// Takes in the code block at `node`.
    pub(super) fn code(&mut self, node: u32) {
        let span = self.span_of(node);
        self.parts.code.push(span);
    }

    /// Takes in the links of the leaf `node`, whose words are of no matter.
    pub(super) fn take_leaf(&mut self, node: u32, place: Place) {
        if let Some(pieces) = self.leaf(node, place) {
            self.spare = pieces;
        }
    }

    /// Takes in the links of the leaf `node`; says where one could not be read.
    pub(super) fn leaf(&mut self, node: u32, place: Place) -> Option<Vec<Piece>> {
        let room = std::mem::take(&mut self.spare);
        let pieces = self.leaves.read(node, place, &mut self.inlines, room);
        if pieces.is_none() {
            let span = self.span_of(node);
            self.unread(span, "the places of its links are not certain");
        }
        pieces
    }

    /// Puts the text between the last block and `end` into blocks of its own.
    fn fill_gap(&mut self, end: u32) {
        let source = self.leaves.source;
        let start = self.parts.blocks.last().map_or(0, |block| block.span.end);
        if start >= end {
            return;
        }
        let text = source.slice(source.span(start, end));
        let Some(first) = text.find(|char: char| !char.is_whitespace()) else {
            if self.parts.blocks.is_empty() {
                self.tile(BlockKind::Blank, source.span(start, end), end);
            } else {
                self.extend_last(end);
            }
            return;
        };
        let from = source.line_start(start + first as u32).max(start);
        if from > start {
            match self.parts.blocks.is_empty() {
                true => self.tile(BlockKind::Blank, source.span(start, from), from),
                false => self.extend_last(from),
            }
        }
        let to = start + text.trim_end().len() as u32;
        let all = source.slice(source.span(from, to));
        let defines = all
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with('['));
        let kind = if defines {
            BlockKind::Definitions
        } else {
            BlockKind::Text
        };
        self.tile(kind, source.span(from, to), end);
    }

    fn extend_last(&mut self, end: u32) {
        if let Some(last) = self.parts.blocks.last_mut() {
            last.span.end = end;
        }
    }

    /// Adds the block of the whole lines that `span` lies in.
    fn push_block(&mut self, kind: BlockKind, span: Span) {
        let source = self.leaves.source;
        let before = self.parts.blocks.last().map_or(0, |block| block.span.end);
        let start = source.line_start(span.start).max(before);
        let last = span.end.max(span.start + 1) - 1;
        let content_end = source.line_end(last).max(start);
        let tile_end = source.line_span(source.line(last)).end.max(content_end);
        if tile_end > start {
            self.tile(kind, source.span(start, content_end), tile_end);
        }
    }

    fn tile(&mut self, kind: BlockKind, content: Span, end: u32) {
        let section = self.section();
        self.parts.blocks.push(Block {
            kind,
            span: content.with(content.start, end),
            content,
            section,
            generated: false,
        });
    }

    fn heading(&mut self, root: u32) -> BlockKind {
        let node = *self.leaves.tree.node(root);
        let Kind::Heading {
            level,
            setext,
            closed,
        } = node.kind
        else {
            return BlockKind::Text;
        };
        self.accept(level);
        let id = SectionId(self.parts.sections.len() as u32);
        while self.path.last().is_some_and(|&(above, _)| above >= level) {
            self.path.pop();
        }
        let parent = self.path.last().map(|&(_, id)| id);
        self.path.push((level, id));
        self.close_section(self.leaves.source.line_start(node.start));
        let pieces = self.leaf(root, Place::Heading(id));
        let text = single_owned(self.leaves.plain(root));
        let title = heading_title(&self.leaves, root, pieces.as_deref());
        let above = parent.map(|id| self.parts.sections[id.index()].kind);
        let kind = match above {
            Some(SectionKind::Meta) => SectionKind::Meta,
            _ => meta::kind_of(&text),
        };
        let entries = self.parts.entries.len() as u32;
        let slug = self.slugger.next(&self.leaves.plain(root));
        self.parts.sections.push(Section {
            heading: Some(Heading {
                level,
                span: self.span_of(root),
                title,
                text,
                setext,
                closed,
                slug,
            }),
            parent,
            kind,
            span: self
                .leaves
                .source
                .span(node.start, self.leaves.source.whole().end),
            entries: entries..entries,
        });
        if self.titled {
            self.propose(root, level, id, pieces);
        }
        BlockKind::Heading
    }

    /// Ends the current section at `end`, where the next one begins.
    fn close_section(&mut self, end: u32) {
        let entries = self.parts.entries.len() as u32;
        if let Some(section) = self.parts.sections.last_mut() {
            section.span.end = end.max(section.span.start);
            section.entries.end = entries;
        }
    }

    fn finish(mut self) -> (Inlines, Parts) {
        self.accept(0);
        self.close_section(self.leaves.source.whole().end);
        mark_generated(self.leaves.source, &self.inlines, &mut self.parts);
        let mut holds = vec![false; self.parts.sections.len()];
        for above in self.parts.sections.iter().filter_map(|one| one.parent) {
            holds[above.index()] = true;
        }
        for contents in &self.parts.contents {
            // A list's own name is no heading of its contents.
            let section = &mut self.parts.sections[contents.section.index()];
            let holds = holds[contents.section.index()];
            if section.heading.is_some() && section.entries.is_empty() && !holds {
                section.kind = SectionKind::Contents;
            }
        }
        (self.inlines, self.parts)
    }
}

/// The words of a heading: without hashes, without anchors before them, trimmed.
fn heading_title(leaves: &Leaves<'_>, root: u32, pieces: Option<&[Piece]>) -> Span {
    let node = leaves.tree.node(root);
    let whole = leaves.source.span(node.start, node.end);
    let Some(pieces) = pieces else { return whole };
    let mut shown = pieces.iter().filter(|piece| {
        !matches!(piece.kind, PieceKind::Tag | PieceKind::Break)
            && !leaves
                .source
                .slice(whole.with(piece.start, piece.end))
                .trim()
                .is_empty()
    });
    let Some(first) = shown.next() else {
        return whole.with(whole.end, whole.end);
    };
    let last = shown.next_back().unwrap_or(first);
    let text = leaves.source.slice(whole.with(first.start, last.end));
    let start = first.start + (text.len() - text.trim_start().len()) as u32;
    whole.with(start, start + text.trim().len() as u32)
}

/// Marks the blocks between comments that open and close a generated region.
fn mark_generated(source: &Source, inlines: &Inlines, parts: &mut Parts) {
    for region in generated_regions(source, inlines) {
        let first = parts
            .blocks
            .partition_point(|block| block.content.start < region.start);
        for block in &mut parts.blocks[first..] {
            if block.content.start >= region.end {
                break;
            }
            block.generated = true;
        }
        for contents in &mut parts.contents {
            contents.generated |= region.contains(contents.span);
        }
    }
}

/// The stretches between a comment that opens a generated region and the one that closes it.
fn generated_regions(source: &Source, inlines: &Inlines) -> Vec<Span> {
    let mut open: Vec<(String, Span)> = Vec::new();
    let mut regions = Vec::new();
    for tag in inlines.html.iter().filter(|tag| tag.comment) {
        let text = super::comment_text(source.slice(tag.span));
        let Some(marker) = directive::generated_marker(text) else {
            continue;
        };
        match marker.kind {
            MarkerKind::Open => open.push((marker.name, tag.span)),
            MarkerKind::Close => {
                if let Some(at) = open.iter().rposition(|(name, _)| *name == marker.name) {
                    regions.push(open[at].1.join(tag.span));
                    open.truncate(at);
                }
            }
        }
    }
    regions
}
