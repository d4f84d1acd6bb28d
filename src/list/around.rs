//! What stands around the entries of a list: tables of contents, definitions, anchors, HTML.

use super::{ItemId, ItemListId, LinkId, SectionId};
use crate::source::Span;

/// A heading written in HTML: `<h1 align="center">…</h1>`.
///
/// The title of a list often is one. GitHub gives it an anchor like any other heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlHeading {
    /// The level, 1 to 6.
    pub level: u8,
    /// From the opening tag to the closing one.
    pub span: Span,
    /// The words as a reader sees them.
    pub text: String,
    /// The anchor that GitHub gives to it, made different from equal ones before it.
    pub slug: String,
}

/// A table of contents.
#[derive(Clone, Debug)]
pub struct Contents {
    /// From its first link to its last, whole lines.
    pub span: Span,
    /// How it is written.
    pub form: ContentsForm,
    /// The section that it stands in.
    pub section: SectionId,
    /// Its lines, in order.
    pub lines: Vec<ContentsLine>,
    /// Whether a tool writes it, as comments around it say.
    pub generated: bool,
}

/// How a [`Contents`] is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentsForm {
    /// As a bulleted or ordered list.
    Items(ItemListId),
    /// As a table, a paragraph or HTML.
    Other,
}

/// One link of a [`Contents`].
#[derive(Clone, Debug)]
pub struct ContentsLine {
    /// The link.
    pub link: LinkId,
    /// The item that it stands in.
    pub item: Option<ItemId>,
    /// How deep the item is nested, from 0.
    pub depth: u16,
    /// The words as a reader sees them.
    pub text: String,
}

/// A link reference definition.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The whole definition.
    pub span: Span,
    /// The label, normalized as CommonMark compares labels.
    pub label: String,
    /// The destination as written.
    pub destination: Span,
    /// The destination with escapes and entities resolved.
    pub url: String,
}

/// An anchor that the text sets by itself.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The opening tag.
    pub span: Span,
    /// The name.
    pub name: Span,
    /// Whether it is an `<a>` that is closed, or an element that needs no closing for the anchor.
    pub closed: bool,
}

/// A piece of HTML inside Markdown.
#[derive(Clone, Debug)]
pub struct HtmlTag {
    /// The tag or comment.
    pub span: Span,
    /// Whether it is a comment.
    pub comment: bool,
}

/// A place that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The place.
    pub span: Span,
    /// Why it was left alone, in a reader's words.
    pub reason: &'static str,
}
