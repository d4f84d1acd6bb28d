//! An HTML block as a flow of segments: list items, cells and lines, each in pieces.
//!
//! HTML inside Markdown is seldom well formed and often cut by blank lines, so that no tree is
//! built: a tag that begins a block ends the segment before it, whatever was open.

use super::build::Builder;
use super::html::{self, Tag, TagKind};
use super::leaf::{Piece, PieceKind};
use super::{Anchor, HtmlHeading, HtmlTag, Image, Link, LinkId, LinkKind, Place};
use crate::source::Span;
use crate::spaces::single_owned;

/// A stretch of HTML that is one thing to a reader.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) kind: SegmentKind,
    /// From its first piece to its last.
    pub(super) span: Span,
    pub(super) pieces: Vec<Piece>,
    /// How many `<li>` are open around it, itself included.
    pub(super) depth: u16,
    /// The row of a table that it stands in, counted from 1 within the block.
    pub(super) row: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SegmentKind {
    /// The words of a `<li>` or `<dt>`.
    Item,
    /// A `<td>` or `<th>`.
    Cell,
    /// A `<dd>`.
    Definition,
    /// Words in a heading or a `<summary>`.
    Title,
    /// What stands between `<br>`s or in a `<p>` or `<div>` of its own.
    Line,
}

/// What an HTML block consists of.
pub(super) struct Flow {
    pub(super) segments: Vec<Segment>,
    /// Whether the block is nothing but comments.
    pub(super) only_comments: bool,
    /// Whether the block centres what it holds, as the face of a list does.
    pub(super) centred: bool,
    /// The first of its links in the list's links.
    pub(super) first_link: usize,
}

/// Reads the HTML block at `node`, whose links and images stand in `place`.
pub(super) fn read(builder: &mut Builder<'_>, node: u32, place: Place) -> Flow {
    let span = builder.span_of(node);
    let first_link = builder.inlines.links.len();
    let mut reader = Reader {
        builder,
        node,
        place,
        whole: span,
        at: span.start,
        flow: Flow {
            segments: Vec::new(),
            only_comments: true,
            centred: false,
            first_link,
        },
        kind: SegmentKind::Line,
        pieces: Vec::new(),
        nest: Vec::new(),
        depth: 0,
        row: 0,
        link: None,
        heading: None,
        code: None,
    };
    reader.run();
    reader.flow
}

struct Reader<'b, 'a> {
    builder: &'b mut Builder<'a>,
    node: u32,
    place: Place,
    whole: Span,
    /// Where the text begins that no piece holds yet.
    at: u32,
    flow: Flow,
    /// What the segment is that is being read.
    kind: SegmentKind,
    pieces: Vec<Piece>,
    /// The lists and items that are open, outermost first; an item is `true`.
    nest: Vec<bool>,
    /// How many of these are items.
    depth: u16,
    row: u32,
    link: Option<OpenLink>,
    /// The level of the heading that is open, and where its words begin.
    heading: Option<(u8, u32, u32)>,
    /// Where the `<code>` that is open begins.
    code: Option<u32>,
}

/// An `<a href>` that is open.
struct OpenLink {
    start: u32,
    text: u32,
    destination: Span,
    url: String,
}

impl Reader<'_, '_> {
    fn run(&mut self) {
        let source = self.builder.leaves.source;
        for tag in html::tags(source.slice(self.whole), self.whole.start) {
            self.tag(&tag);
        }
        self.text(self.whole.end);
        self.flow.only_comments &= self.flow.segments.is_empty() && self.pieces.is_empty();
        self.close_heading(self.whole.end);
        self.lose_link(self.whole.end);
        self.flush();
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        let span = self.whole.with(tag.start, tag.end);
        let comment = tag.kind == TagKind::Comment;
        self.text(tag.start);
        self.at = tag.end;
        self.builder.inlines.html.push(HtmlTag { span, comment });
        if comment {
            return;
        }
        self.flow.only_comments = false;
        if tag.kind != TagKind::Close {
            self.anchor(tag, span);
            let align = tag.attribute("align");
            self.flow.centred |= align.is_some_and(|align| align.value == "center");
        }
        let name = tag.name.to_ascii_lowercase();
        match name.as_str() {
            "a" => self.link_tag(tag),
            "img" => self.image(tag, span),
            "code" => self.code_tag(tag),
            "br" => self.line_break(span, self.holds_lines()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading_tag(tag, &name),
            "center" => {
                self.flow.centred = true;
                self.boundary(SegmentKind::Line);
            }
            "li" | "dt" | "dd" | "td" | "th" | "tr" | "summary" => self.part(tag, &name),
            "ul" | "ol" => {
                self.boundary(SegmentKind::Line);
                match tag.kind {
                    TagKind::Close => self.leave_list(),
                    _ => self.nest.push(false),
                }
            }
            "dl" | "table" | "tbody" | "thead" | "details" | "blockquote" | "hr" | "section" => {
                self.boundary(SegmentKind::Line);
            }
            "p" | "div" => self.line_break(span, self.holds_lines()),
            _ => self.push(PieceKind::Mark, span),
        }
    }

    /// Whether a new line inside the current segment does not end it.
    fn holds_lines(&self) -> bool {
        self.kind != SegmentKind::Line
    }

    fn anchor(&mut self, tag: &Tag<'_>, span: Span) {
        if let Some(name) = tag.attribute("name").or_else(|| tag.attribute("id")) {
            self.builder.inlines.anchors.push(Anchor {
                span,
                name: self.whole.with(name.start, name.end),
                closed: true,
            });
        }
    }

    /// Begins or ends an item, a cell or a row.
    fn part(&mut self, tag: &Tag<'_>, name: &str) {
        let opens = tag.kind != TagKind::Close;
        self.flush();
        self.kind = match name {
            "li" | "dt" if opens => SegmentKind::Item,
            "td" | "th" if opens => SegmentKind::Cell,
            "dd" if opens => SegmentKind::Definition,
            "summary" if opens => SegmentKind::Title,
            _ => SegmentKind::Line,
        };
        match (name, opens) {
            ("li", true) => {
                // An item ends where its neighbour begins, closed or not.
                self.leave_item();
                self.nest.push(true);
                self.depth = self.depth.saturating_add(1);
            }
            ("li", false) => self.leave_item(),
            ("tr", true) => self.row += 1,
            _ => {}
        }
    }

    fn leave_item(&mut self) {
        if self.nest.pop_if(|item| *item).is_some() {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    fn leave_list(&mut self) {
        self.leave_item();
        self.nest.pop();
    }

    fn boundary(&mut self, kind: SegmentKind) {
        self.flush();
        self.kind = kind;
    }

    fn line_break(&mut self, span: Span, inside: bool) {
        if inside || self.link.is_some() {
            if !self.pieces.is_empty() && self.link.is_none() {
                self.push(PieceKind::Break, span);
            }
        } else {
            self.flush();
        }
    }

    fn heading_tag(&mut self, tag: &Tag<'_>, name: &str) {
        if tag.kind == TagKind::Close {
            self.close_heading(tag.end);
            return;
        }
        self.close_heading(tag.start);
        if !matches!(self.kind, SegmentKind::Cell | SegmentKind::Item) {
            self.boundary(SegmentKind::Title);
        }
        let level = name.as_bytes()[1] - b'0';
        self.heading = Some((level, tag.start, tag.end));
    }

    fn close_heading(&mut self, end: u32) {
        let Some((level, start, words)) = self.heading.take() else {
            return;
        };
        let source = self.builder.leaves.source;
        let inside = source.slice(self.whole.with(words, end));
        let text = html::text(inside);
        let slug = self.builder.slug(&html::text_content(inside));
        self.builder.parts.html_headings.push(HtmlHeading {
            level,
            span: self.whole.with(start, end),
            text: single_owned(text),
            slug,
        });
        if self.kind == SegmentKind::Title {
            self.boundary(SegmentKind::Line);
        }
    }

    fn link_tag(&mut self, tag: &Tag<'_>) {
        if tag.kind == TagKind::Close {
            self.close_link(tag);
            return;
        }
        self.lose_link(tag.start);
        if let Some(href) = tag.attribute("href") {
            self.link = Some(OpenLink {
                start: tag.start,
                text: tag.end,
                destination: self.whole.with(href.start, href.end),
                url: html::address(href.value).into_owned(),
            });
        }
    }

    fn close_link(&mut self, tag: &Tag<'_>) {
        let Some(open) = self.link.take() else { return };
        let source = self.builder.leaves.source;
        let text = self.whole.with(open.text, tag.start);
        let words = html::text(source.slice(text));
        let span = self.whole.with(open.start, tag.end);
        let id = LinkId(self.builder.inlines.links.len() as u32);
        self.builder.inlines.links.push(Link {
            kind: LinkKind::Html,
            span,
            text,
            destination: open.destination,
            url: open.url,
            place: self.place,
            image_only: words.trim().is_empty() && !text.is_empty(),
        });
        self.push(PieceKind::Link(id), span);
    }

    /// Gives up the `<a href>` that is open: nothing closes it before `end`.
    fn lose_link(&mut self, end: u32) {
        if let Some(open) = self.link.take() {
            let span = self.whole.with(open.start, end);
            self.builder
                .unread(span, "the link is not closed in its HTML block");
        }
    }

    fn image(&mut self, tag: &Tag<'_>, span: Span) {
        let place = |name| tag.attribute(name).map(|value| (value.start, value.end));
        let (start, end) = place("alt").unwrap_or((tag.end, tag.end));
        let url = tag.attribute("src").map_or("", |source| source.value);
        self.builder.inlines.images.push(Image {
            span,
            alt: self.whole.with(start, end),
            url: html::address(url).into_owned(),
            place: self.place,
        });
        if self.link.is_none() {
            self.push(PieceKind::Image, span);
        }
    }

    fn code_tag(&mut self, tag: &Tag<'_>) {
        if self.link.is_some() {
            return;
        }
        match (tag.kind, self.code.take()) {
            (TagKind::Close, Some(start)) => {
                while self.pieces.pop_if(|piece| piece.start >= start).is_some() {}
                self.push(PieceKind::Code, self.whole.with(start, tag.end));
            }
            (TagKind::Open, _) => self.code = Some(tag.start),
            _ => {}
        }
    }

    /// Takes the text up to `end` in.
    fn text(&mut self, end: u32) {
        if self.link.is_some() {
            return;
        }
        let mut start = self.at;
        let source = self.builder.leaves.source;
        let text = source.slice(self.whole.with(start, end));
        let mut rest = text.trim_start();
        while let Some(after) = rest.strip_prefix("&nbsp;") {
            rest = after.trim_start();
        }
        if rest.is_empty() {
            return;
        }
        let skipped = (text.len() - rest.len()) as u32;
        if !text[..skipped as usize].trim().is_empty() || self.pieces.is_empty() {
            start += skipped;
        }
        self.push(PieceKind::Text, self.whole.with(start, end));
    }

    fn push(&mut self, kind: PieceKind, span: Span) {
        if self.link.is_some() {
            return;
        }
        self.pieces.push(Piece {
            kind,
            start: span.start,
            end: span.end,
            node: self.node,
        });
    }

    /// Ends the current segment.
    fn flush(&mut self) {
        self.code = None;
        let mut pieces = std::mem::take(&mut self.pieces);
        while pieces
            .pop_if(|piece| matches!(piece.kind, PieceKind::Break | PieceKind::Mark))
            .is_some()
        {}
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return;
        };
        let span = self.whole.with(first.start, last.end);
        let text = self.builder.leaves.source.slice(span);
        let end = span.start + text.trim_end().len() as u32;
        self.flow.segments.push(Segment {
            kind: self.kind,
            span: span.with(span.start, end),
            pieces,
            depth: self.depth,
            row: self.row,
        });
    }
}
