//! The inline nodes of one leaf block, flattened into [`Piece`]s, with its links taken in.

use super::html::{self, Tag, TagKind};
use super::link::{self, Definitions};
use super::step::trimmed;
use super::tree::{Kind, Tree, Urls};
use super::{Anchor, HtmlTag, Image, Link, LinkId, LinkKind, Place};
use crate::source::{Source, Span};

/// A stretch of a leaf that the grammar of entries sees as one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The node that it was made from.
    pub(super) node: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Text,
    Link(LinkId),
    Image,
    Code,
    Emphasis,
    Strong,
    /// The opening or closing mark of emphasis that has a link inside.
    Mark,
    /// `<br>`
    Break,
    /// Any other inline HTML.
    Tag,
    /// A line ending.
    LineEnd,
}

/// The inline matter of a text, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Inlines {
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<Image>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) html: Vec<HtmlTag>,
    /// The destinations that links and images will be given.
    pub(super) urls: Urls,
}

impl Inlines {
    /// Nothing taken in yet, with room for what `tree` holds.
    pub(super) fn sized(tree: &Tree, urls: Urls) -> Self {
        let count = |wanted: fn(Kind) -> bool| {
            let nodes = tree.nodes.iter();
            nodes.filter(|node| wanted(node.kind)).count()
        };
        Inlines {
            links: Vec::with_capacity(count(|kind| matches!(kind, Kind::Link(_)))),
            images: Vec::with_capacity(count(|kind| matches!(kind, Kind::Image(_)))),
            urls,
            ..Inlines::default()
        }
    }
}

/// Reads leaves: what it needs of the text.
pub(super) struct Leaves<'a> {
    pub(super) source: &'a Source,
    pub(super) tree: &'a Tree,
    pub(super) definitions: &'a Definitions,
}

impl Leaves<'_> {
    /// Takes in the links, images and tags below `node` as standing in `place`, and gives the
    /// pieces of the leaf, in the room of `pieces`. Gives `None`, and takes nothing in, where a
    /// link does not read as one.
    pub(super) fn read(
        &self,
        node: u32,
        place: Place,
        inlines: &mut Inlines,
        mut pieces: Vec<Piece>,
    ) -> Option<Vec<Piece>> {
        if !self.tree.node(node).trusted {
            return None;
        }
        pieces.clear();
        let before = inlines.links.len();
        let images = inlines.images.len();
        let mut tags = Vec::new();
        // Marks that close once the walk has passed a node.
        let mut closing: Vec<Piece> = Vec::new();
        let mut index = node + 1;
        let end = self.tree.node(node).next;
        while index < end {
            while closing.last().is_some_and(|mark| mark.node <= index) {
                pieces.extend(closing.pop());
            }
            let current = *self.tree.node(index);
            let piece = |kind| Piece {
                kind,
                start: current.start,
                end: current.end,
                node: index,
            };
            let mut next = current.next;
            match current.kind {
                Kind::Text => pieces.push(piece(PieceKind::Text)),
                Kind::CodeSpan => pieces.push(piece(PieceKind::Code)),
                Kind::SoftBreak | Kind::LineBreak => pieces.push(piece(PieceKind::LineEnd)),
                Kind::Tag => {
                    tags.push(index);
                    let breaks = html::tags(self.slice(current.start, current.end), 0)
                        .next()
                        .is_some_and(|tag| tag.is("br"));
                    pieces.push(piece(if breaks {
                        PieceKind::Break
                    } else {
                        PieceKind::Tag
                    }));
                }
                Kind::Link(url) => {
                    let Some(id) = self.take_link(index, url, place, inlines) else {
                        inlines.links.truncate(before);
                        inlines.images.truncate(images);
                        return None;
                    };
                    pieces.push(piece(PieceKind::Link(id)));
                }
                Kind::Image(url) => {
                    self.take_image(index, url, place, inlines);
                    pieces.push(piece(PieceKind::Image));
                }
                Kind::Emphasis | Kind::Strong | Kind::Strikethrough if self.holds_link(index) => {
                    let (inner_start, inner_end) = self.inner(index);
                    pieces.push(Piece {
                        end: inner_start,
                        ..piece(PieceKind::Mark)
                    });
                    closing.push(Piece {
                        kind: PieceKind::Mark,
                        start: inner_end,
                        end: current.end,
                        node: current.next,
                    });
                    next = index + 1;
                }
                Kind::Emphasis => pieces.push(piece(PieceKind::Emphasis)),
                Kind::Strong => pieces.push(piece(PieceKind::Strong)),
                _ => pieces.push(piece(PieceKind::Text)),
            }
            index = next;
        }
        while let Some(mark) = closing.pop() {
            pieces.push(mark);
        }
        let joins = self.take_tags(node, &tags, place, inlines);
        if inlines.images.len() > images + 1 {
            inlines.images[images..].sort_by_key(|image| image.span.start);
        }
        if !joins.is_empty() {
            pieces = join(pieces, &joins);
            sort_links(&mut inlines.links, before, &mut pieces);
        }
        Some(pieces)
    }

    /// `span` without white space at its ends.
    pub(super) fn trimmed(&self, span: Span) -> Span {
        let (at, text) = trimmed(self.source.slice(span));
        let start = span.start + at as u32;
        span.with(start, start + text.len() as u32)
    }

    /// The words below `node` as a reader sees them: markup, images and tags taken out.
    pub(super) fn plain(&self, node: u32) -> String {
        let whole = self.tree.node(node);
        self.plain_between(node, self.source.span(whole.start, whole.end))
    }

    /// The words of `span`, part of the leaf `node`, as a reader sees them.
    pub(super) fn plain_between(&self, node: u32, span: Span) -> String {
        let mut text = String::new();
        let end = self.tree.node(node).next;
        // In preorder the starts only grow: what stands before `span` is passed over at once, but
        // for the last node, which may reach into it.
        let inside = &self.tree.nodes[node as usize + 1..end as usize];
        let before = inside.partition_point(|node| node.start < span.start) as u32;
        let mut index = node + 1 + before.saturating_sub(1);
        while index < end {
            let node = self.tree.node(index);
            if node.start >= span.end {
                break;
            }
            if node.end <= span.start {
                index = node.next;
                continue;
            }
            index += 1;
            match node.kind {
                Kind::Text => {
                    let (start, end) = (node.start.max(span.start), node.end.min(span.end));
                    text.push_str(&html::unescape(self.slice(start, end)));
                }
                Kind::CodeSpan => {
                    let code = self.slice(node.start, node.end).trim_matches('`');
                    text.push_str(code.trim_matches(' '));
                }
                Kind::SoftBreak | Kind::LineBreak => text.push(' '),
                Kind::Image(_) => index = node.next,
                _ => {}
            }
        }
        text
    }

    fn holds_link(&self, index: u32) -> bool {
        self.tree
            .below(index)
            .any(|below| matches!(self.tree.node(below).kind, Kind::Link(_)))
    }

    /// Where the children of a node begin and end.
    fn inner(&self, index: u32) -> (u32, u32) {
        let node = self.tree.node(index);
        let first = self.tree.children(index).next();
        let last = self.tree.children(index).last();
        match (first, last) {
            (Some(first), Some(last)) => (self.tree.node(first).start, self.tree.node(last).end),
            _ => (node.start, node.end),
        }
    }

    fn slice(&self, start: u32, end: u32) -> &str {
        self.source.slice(self.source.span(start, end))
    }

    fn take_link(
        &self,
        index: u32,
        url: u32,
        place: Place,
        inlines: &mut Inlines,
    ) -> Option<LinkId> {
        let node = self.tree.node(index);
        let slice = self.slice(node.start, node.end);
        let inner_end = self
            .tree
            .children(index)
            .last()
            .map_or(1, |last| self.tree.node(last).end - node.start);
        let decoded = inlines.urls.get(url);
        let parts = link::parts(slice, inner_end as usize, decoded, self.definitions)?;
        let at = |(start, end): (usize, usize)| {
            self.source
                .span(node.start + start as u32, node.start + end as u32)
        };
        let destination = match parts.kind {
            LinkKind::Reference(index) => self.definitions.get(index)?.destination,
            _ => at(parts.destination),
        };
        let id = LinkId(inlines.links.len() as u32);
        inlines.links.push(Link {
            kind: parts.kind,
            span: self.source.span(node.start, node.end),
            text: at(parts.text),
            destination,
            url: inlines.urls.take(url),
            place,
            image_only: self.only_images(index),
        });
        for below in self.tree.below(index) {
            if let Kind::Image(url) = self.tree.node(below).kind {
                self.take_image(below, url, place, inlines);
            }
        }
        Some(id)
    }

    /// Whether a link shows nothing but images.
    fn only_images(&self, index: u32) -> bool {
        let mut images = 0;
        for child in self.tree.children(index) {
            let node = self.tree.node(child);
            match node.kind {
                Kind::Image(_) => images += 1,
                Kind::SoftBreak | Kind::LineBreak | Kind::Tag => {}
                Kind::Text if self.slice(node.start, node.end).trim().is_empty() => {}
                _ => return false,
            }
        }
        images > 0
    }

    fn take_image(&self, index: u32, url: u32, place: Place, inlines: &mut Inlines) {
        let node = self.tree.node(index);
        let (start, end) = match self.tree.children(index).next() {
            Some(_) => self.inner(index),
            None => (node.start + 2, node.start + 2),
        };
        inlines.images.push(Image {
            span: self.source.span(node.start, node.end),
            alt: self.source.span(start, end),
            url: inlines.urls.take(url),
            place,
        });
    }

    /// Takes in the inline HTML of a leaf. Gives the links written as `<a href>…</a>`, each as
    /// the piece that it makes of all inside it.
    fn take_tags(
        &self,
        leaf: u32,
        tags: &[u32],
        place: Place,
        inlines: &mut Inlines,
    ) -> Vec<Piece> {
        let mut joins = Vec::new();
        for (position, &index) in tags.iter().enumerate() {
            let node = self.tree.node(index);
            let span = self.source.span(node.start, node.end);
            let Some(tag) = html::tags(self.source.slice(span), node.start).next() else {
                continue;
            };
            inlines.html.push(HtmlTag {
                span,
                comment: tag.kind == TagKind::Comment,
            });
            if matches!(tag.kind, TagKind::Close | TagKind::Comment) {
                continue;
            }
            if tag.is("img") {
                self.take_html_image(&tag, span, place, inlines);
            }
            let closer = tag
                .is("a")
                .then(|| self.closer(&tags[position + 1..]))
                .flatten();
            if let Some(name) = tag.attribute("name").or_else(|| tag.attribute("id")) {
                inlines.anchors.push(Anchor {
                    span,
                    name: self.source.span(name.start, name.end),
                    closed: closer.is_some() || !tag.is("a") || tag.kind == TagKind::SelfClosing,
                });
            }
            if let (Some(href), Some(closer)) = (tag.attribute("href"), closer) {
                let close = self.tree.node(closer);
                joins.push(Piece {
                    kind: PieceKind::Link(LinkId(inlines.links.len() as u32)),
                    start: node.start,
                    end: close.end,
                    node: index,
                });
                inlines.links.push(Link {
                    kind: LinkKind::Html,
                    span: self.source.span(node.start, close.end),
                    text: self.source.span(node.end, close.start),
                    destination: self.source.span(href.start, href.end),
                    url: html::address(href.value).into_owned(),
                    place,
                    image_only: self
                        .plain_between(leaf, self.source.span(node.end, close.start))
                        .trim()
                        .is_empty(),
                });
            }
        }
        joins
    }

    fn take_html_image(&self, tag: &Tag<'_>, span: Span, place: Place, inlines: &mut Inlines) {
        let value = |name| tag.attribute(name);
        let (start, end) = value("alt").map_or((tag.end, tag.end), |alt| (alt.start, alt.end));
        inlines.images.push(Image {
            span,
            alt: self.source.span(start, end),
            url: value("src").map_or(String::new(), |src| html::address(src.value).into_owned()),
            place,
        });
    }

    /// The `</a>` that closes an `<a>`, if it comes before the next `<a>`.
    fn closer(&self, tags: &[u32]) -> Option<u32> {
        for &index in tags {
            let node = self.tree.node(index);
            let tag = html::tags(self.slice(node.start, node.end), node.start).next()?;
            if tag.is("a") {
                return (tag.kind == TagKind::Close).then_some(index);
            }
        }
        None
    }
}

/// Puts each of `joins` in the place of the pieces inside it.
fn join(pieces: Vec<Piece>, joins: &[Piece]) -> Vec<Piece> {
    let mut joined = Vec::with_capacity(pieces.len());
    let mut joins = joins.iter().copied().peekable();
    let mut inside_until = 0;
    for piece in pieces {
        if let Some(join) = joins.next_if(|join| join.start <= piece.start) {
            inside_until = join.end;
            joined.push(join);
        }
        if piece.start >= inside_until {
            joined.push(piece);
        }
    }
    joined
}

/// Puts the links from `first` on in the order of the text, and tells the pieces.
fn sort_links(links: &mut [Link], first: usize, pieces: &mut [Piece]) {
    links[first..].sort_by_key(|link| (link.span.start, link.span.end));
    for piece in pieces {
        if let PieceKind::Link(id) = &mut piece.kind
            && let Ok(place) = links[first..]
                .binary_search_by_key(&(piece.start, piece.end), |link| {
                    (link.span.start, link.span.end)
                })
        {
            *id = LinkId((first + place) as u32);
        }
    }
}
