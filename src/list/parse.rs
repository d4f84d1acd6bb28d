//! Markdown to [`Tree`]: the only file that names comrak, and the one that distrusts its positions.
//!
//! comrak's positions are right on nearly all real text and wrong on some (a link definition right
//! before text, a destination on the next line, an escaped bar in a table cell, the ends of items).
//! So each place is compared with the source before it is believed; a leaf in which any inline node
//! is elsewhere keeps its own place and loses its inline nodes.

use std::sync::Arc;

use comrak::nodes::{AstNode, ListDelimType, ListType, NodeValue, Sourcepos};
use comrak::options::BrokenLinkReference;
use comrak::{Arena, Options, ResolvedReference, try_parse_document};

use super::html;
use super::limits::{self, Excess, Watch};
use super::link::Definitions;
use super::tree::{Kind, Node, Tree};

/// Parses `text` from the byte offset `base` on; `lines` are the offsets of its lines' first bytes,
/// of which the first `skipped` lie before `base`.
pub(super) fn tree(
    text: &str,
    base: u32,
    lines: &[u32],
    skipped: usize,
    definitions: &Definitions,
) -> Tree {
    let body = text.get(base as usize..).unwrap_or_default();
    let options = options(definitions);
    let arena = Arena::new();
    let watch = Watch::new(body.len());
    let stops = || watch.stops(arena.len());
    let Ok(root) = try_parse_document(&arena, body, &options, &stops) else {
        return Tree {
            excess: watch.excess(),
            ..Tree::default()
        };
    };
    let mut reader = Reader {
        text,
        lines,
        skipped,
        tree: Tree::default(),
        open: Vec::new(),
        floor: base,
        cell: 0,
        escapes: Vec::new(),
    };
    match reader.walk(root) {
        None => reader.tree,
        excess => Tree {
            excess,
            ..Tree::default()
        },
    }
}

fn options(definitions: &Definitions) -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.parse.leave_footnote_definitions = true;
    if !definitions.is_empty() {
        let urls = definitions.urls();
        // comrak stops resolving references after a share of the file's size; the answers that it
        // would have given come from our own reading of the definitions.
        options.parse.broken_link_callback =
            Some(Arc::new(move |reference: BrokenLinkReference<'_>| {
                let url = urls.get(&super::link::normalize_label(reference.original))?;
                Some(ResolvedReference {
                    url: url.clone(),
                    title: String::new(),
                })
            }));
    }
    options
}

/// Turns comrak's tree into ours.
struct Reader<'s> {
    text: &'s str,
    lines: &'s [u32],
    skipped: usize,
    tree: Tree,
    /// The nodes whose subtree is being read, outermost first.
    open: Vec<Open>,
    /// Where the last node at the top ends.
    floor: u32,
    /// Where the last cell of a table begins.
    cell: u32,
    /// Where the bars of `\|` in the last cell stand, from its beginning on, backslashes not counted.
    escapes: Vec<u32>,
}

/// A node whose subtree is being read.
struct Open {
    /// Its index.
    index: u32,
    /// The leaf block that it is or stands in, by index.
    leaf: Option<u32>,
    /// Where its last child ends; its own start while it has none.
    floor: u32,
    /// Whether a child was taken in.
    has_child: bool,
}

impl<'s> Reader<'s> {
    /// Walks the tree without recursion; gives back what of it is too much.
    fn walk<'a>(&mut self, root: &'a AstNode<'a>) -> Option<Excess> {
        let mut next = root.first_child();
        while let Some(node) = next {
            if self.enter(node) {
                let line = || (node.data().sourcepos.start.line + self.skipped) as u32;
                if let Some(excess) = limits::depth(self.open.len(), line) {
                    return Some(excess);
                }
                if let Some(child) = node.first_child() {
                    next = Some(child);
                    continue;
                }
                self.leave();
            }
            next = self.after(node, root);
        }
        None
    }

    /// The node that follows `node`'s subtree; closes the parents that end on the way.
    fn after<'a>(
        &mut self,
        node: &'a AstNode<'a>,
        root: &'a AstNode<'a>,
    ) -> Option<&'a AstNode<'a>> {
        let mut node = node;
        loop {
            if let Some(sibling) = node.next_sibling() {
                return Some(sibling);
            }
            let parent = node.parent()?;
            if std::ptr::eq(parent, root) {
                return None;
            }
            self.leave();
            node = parent;
        }
    }

    /// Takes `node` in if it stands where it should, or else passes it and its subtree over.
    fn enter<'a>(&mut self, node: &'a AstNode<'a>) -> bool {
        let data = node.data();
        let leaf = self.open.last().and_then(|open| open.leaf);
        if leaf.is_some_and(|leaf| !self.tree.node(leaf).trusted) {
            return false;
        }
        let Some((start, end)) = self.place(&data.value, data.sourcepos, leaf.is_some()) else {
            match leaf {
                Some(leaf) => self.distrust(leaf),
                None => self.distrust_block(),
            }
            return false;
        };
        let kind = self.kind(&data.value);
        if kind == Kind::Cell {
            self.cell = start;
            self.escapes.clear();
            let cell = self.slice(start, end);
            self.escapes
                .extend(cell.match_indices("\\|").map(|(at, _)| at as u32));
        }
        let index = self.tree.nodes.len() as u32;
        self.open.push(Open {
            index,
            leaf: leaf.or(kind.is_leaf_block().then_some(index)),
            floor: start,
            has_child: false,
        });
        self.tree.nodes.push(Node {
            kind,
            start,
            end,
            next: index + 1,
            trusted: true,
        });
        true
    }

    /// The offsets of a node, if they lie behind its elder sibling, inside its parent, and hold
    /// what the node is said to be.
    fn place(&self, value: &NodeValue, place: Sourcepos, inline: bool) -> Option<(u32, u32)> {
        let (start, end) = self.span(place)?;
        let (start, end) = match inline {
            true => self.past_escapes(start, end),
            false => (start, end),
        };
        let (floor, ceiling) = match self.open.last() {
            None => (self.floor, None),
            Some(open) => {
                let parent = self.tree.node(open.index);
                let closed = !parent.kind.is_container();
                (open.floor, closed.then_some(parent.end))
            }
        };
        if start < floor || ceiling.is_some_and(|ceiling| end > ceiling) {
            return None;
        }
        let slice = self.slice(start, end);
        let there = if inline {
            inline_stands_there(value, slice)
        } else {
            block_stands_there(value, slice)
        };
        there.then_some((start, end))
    }

    /// Closes the innermost open node.
    fn leave(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let next = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[open.index as usize];
        node.next = next;
        if node.kind.is_container() {
            // The parser lets the last item of a list swallow what follows; it ends with its last
            // block, or with its marker where it has none.
            node.end = match open.has_child {
                true => open.floor,
                false => {
                    let task = matches!(node.kind, Kind::Item { task: true, .. });
                    marker_end(self.text, node.start, task)
                }
            };
        }
        let end = node.end;
        match self.open.last_mut() {
            Some(parent) => {
                parent.floor = parent.floor.max(end);
                parent.has_child = true;
            }
            None => self.floor = self.floor.max(end),
        }
    }

    /// Drops the inline nodes of the leaf at `index`, because one of them is not where it was said.
    fn distrust(&mut self, index: u32) {
        self.tree.nodes.truncate(index as usize + 1);
        self.tree.nodes[index as usize].trusted = false;
        let mut children = 0;
        while self.open.last().is_some_and(|open| open.index > index) {
            self.open.pop();
            children += 1;
        }
        // The walk will leave each of the children that were open; their places are held by
        // copies of the leaf's own frame, whose closing changes nothing.
        let floor = self.tree.node(index).end;
        for _ in 0..children {
            self.open.push(Open {
                index,
                leaf: Some(index),
                floor,
                has_child: false,
            });
        }
    }

    /// Notes that a block is not where it was said, in the block around it.
    fn distrust_block(&mut self) {
        if let Some(open) = self.open.last() {
            self.tree.nodes[open.index as usize].trusted = false;
        }
    }

    /// `start` and `end` where the text has them, for an inline node of a table's cell.
    ///
    /// The parser counts the bytes of a cell after it took the backslashes of `\|` out.
    fn past_escapes(&self, start: u32, end: u32) -> (u32, u32) {
        let in_cell = self
            .open
            .last()
            .and_then(|open| open.leaf)
            .is_some_and(|leaf| self.tree.node(leaf).kind == Kind::Cell);
        if !in_cell || self.escapes.is_empty() || start < self.cell {
            return (start, end);
        }
        let shift = |offset: u32| {
            let within = offset - self.cell;
            offset + self.escapes.partition_point(|&bar| bar < within) as u32
        };
        (shift(start), shift(end))
    }

    fn slice(&self, start: u32, end: u32) -> &'s str {
        self.text
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// comrak's place (1-based lines, 1-based byte columns, the end inclusive) as offsets.
    fn span(&self, place: Sourcepos) -> Option<(u32, u32)> {
        let line = |line: usize| self.lines.get((line + self.skipped).checked_sub(1)?);
        let start = line(place.start.line)? + place.start.column.checked_sub(1)? as u32;
        let end = (line(place.end.line)? + place.end.column as u32).max(start);
        self.text.get(start as usize..end as usize)?;
        Some((start, end))
    }

    fn kind(&mut self, value: &NodeValue) -> Kind {
        match value {
            NodeValue::Paragraph => Kind::Paragraph,
            NodeValue::Heading(heading) => Kind::Heading {
                level: heading.level,
                setext: heading.setext,
                closed: heading.closed,
            },
            NodeValue::List(list) => Kind::List {
                ordered: list.list_type == ListType::Ordered,
                marker: match (list.list_type, list.delimiter) {
                    (ListType::Bullet, _) => list.bullet_char as char,
                    (ListType::Ordered, ListDelimType::Period) => '.',
                    (ListType::Ordered, ListDelimType::Paren) => ')',
                },
                tight: list.tight,
            },
            NodeValue::Item(item) => Kind::Item {
                number: (item.list_type == ListType::Ordered).then_some(item.start as u64),
                task: false,
            },
            NodeValue::TaskItem(_) => Kind::Item {
                number: None,
                task: true,
            },
            NodeValue::BlockQuote => Kind::Quote,
            NodeValue::CodeBlock(_) => Kind::Code,
            NodeValue::HtmlBlock(_) => Kind::Html,
            NodeValue::ThematicBreak => Kind::ThematicBreak,
            NodeValue::Table(_) => Kind::Table,
            NodeValue::TableRow(header) => Kind::Row { header: *header },
            NodeValue::TableCell => Kind::Cell,
            NodeValue::Text(_) => Kind::Text,
            NodeValue::SoftBreak => Kind::SoftBreak,
            NodeValue::LineBreak => Kind::LineBreak,
            NodeValue::Code(_) => Kind::CodeSpan,
            NodeValue::HtmlInline(_) => Kind::Tag,
            NodeValue::Emph => Kind::Emphasis,
            NodeValue::Strong => Kind::Strong,
            NodeValue::Strikethrough => Kind::Strikethrough,
            NodeValue::Link(link) => Kind::Link(self.url(&link.url)),
            NodeValue::Image(image) => Kind::Image(self.url(&image.url)),
            _ => Kind::Other,
        }
    }

    fn url(&mut self, url: &str) -> u32 {
        self.tree.urls.push(url)
    }
}

/// Whether `slice` can be the inline node that it is said to be.
fn inline_stands_there(value: &NodeValue, slice: &str) -> bool {
    let framed = |open: &str, close: &str| {
        slice.len() > open.len() && slice.starts_with(open) && slice.ends_with(close)
    };
    match value {
        NodeValue::Text(text) => slice == text || html::unescape(slice) == text.as_ref(),
        NodeValue::Code(_) => framed("`", "`"),
        NodeValue::HtmlInline(tag) => slice == tag,
        NodeValue::Emph => framed("*", "*") || framed("_", "_"),
        NodeValue::Strong => framed("**", "**") || framed("__", "__"),
        NodeValue::Strikethrough => framed("~", "~"),
        NodeValue::Image(_) => framed("![", ")") || framed("![", "]"),
        NodeValue::Link(_) => {
            framed("[", ")")
                || framed("[", "]")
                || framed("<", ">")
                || !slice.starts_with(['[', '<'])
        }
        _ => true,
    }
}

/// Whether `slice` can be the block that it is said to be.
fn block_stands_there(value: &NodeValue, slice: &str) -> bool {
    match value {
        NodeValue::Item(_) | NodeValue::TaskItem(_) => slice
            .starts_with(|first: char| matches!(first, '-' | '*' | '+') || first.is_ascii_digit()),
        NodeValue::Heading(heading) if !heading.setext => slice.starts_with('#'),
        NodeValue::Paragraph => !slice.is_empty(),
        _ => true,
    }
}

/// Where the list marker ends that begins at `start`, with the box of a task behind it; `start`
/// where there is none.
fn marker_end(text: &str, start: u32, task: bool) -> u32 {
    let rest = text.as_bytes().get(start as usize..).unwrap_or_default();
    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let line = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let marker = matches!(line.get(digits), Some(b'-' | b'*' | b'+' | b'.' | b')'));
    let end = digits + usize::from(marker);
    let closing = line.iter().skip(end).position(|&byte| byte == b']');
    let end = match closing.filter(|_| task) {
        Some(at) => end + at + 1,
        None => end,
    };
    start + end as u32
}
