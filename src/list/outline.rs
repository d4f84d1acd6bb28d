//! The text in blocks, and its sections with their headings.

use super::{ItemListId, SectionId};
use crate::source::Span;

/// A stretch of the text that is one thing to a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The tile: from the first byte of its first line up to the next block, blank lines included.
    pub span: Span,
    /// The tile without the blank lines behind it and without the last line ending.
    pub content: Span,
    /// The section that the block stands in; a heading belongs to the section that it opens.
    pub section: SectionId,
    /// Whether a tool writes this block, as comments around it say; such text is left alone.
    pub generated: bool,
}

/// What a [`Block`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Data between `---` lines at the top of the file.
    FrontMatter,
    /// The heading of the block's section.
    Heading,
    /// A bulleted or ordered list of entries.
    Entries(ItemListId),
    /// A bulleted or ordered list that holds no entries: prose in bullets.
    Bullets(ItemListId),
    /// A table of contents, by its index in [`super::List::contents`].
    Contents(u32),
    /// A GFM table.
    Table,
    /// A paragraph.
    Paragraph,
    /// An HTML block that is no comment.
    Html,
    /// An HTML block of comments only.
    Comment,
    /// A fenced or indented code block.
    Code,
    /// A block quotation.
    Quote,
    /// A thematic break.
    Break,
    /// Link reference definitions.
    Definitions,
    /// Blank lines at the top of the file.
    Blank,
    /// Text that was not understood and that nobody touches.
    Text,
}

/// A heading and what stands below it up to the next heading of any level.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading; `None` for the part before the first heading.
    pub heading: Option<Heading>,
    /// The section in whose outline this one stands; `None` at the top.
    pub parent: Option<SectionId>,
    /// What the section is for.
    pub kind: SectionKind,
    /// From the heading up to the next heading of any level.
    pub span: Span,
    /// The section's own entries, nested ones included: a range of [`super::List::entries`].
    pub entries: std::ops::Range<u32>,
}

/// What a [`Section`] is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// Holds entries, or sections that do.
    Entries,
    /// Holds the table of contents.
    Contents,
    /// Speaks about the list: contributing, licence, acknowledgements.
    Meta,
}

/// The heading of a section.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The level, 1 to 6.
    pub level: u8,
    /// The whole heading, without its line ending.
    pub span: Span,
    /// The words: without `#`s, without anchors before them and without white space around them.
    pub title: Span,
    /// The words as a reader sees them: no markup, no images.
    pub text: String,
    /// Underlined by `===` or `---` instead of led by `#`.
    pub setext: bool,
    /// Closed by further `#`s.
    pub closed: bool,
    /// The anchor that GitHub gives to the heading, made different from equal ones before it.
    pub slug: String,
}
