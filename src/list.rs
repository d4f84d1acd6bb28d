//! The model of one list: [`List`] and its blocks, sections, entries and links, read-only.
//!
//! Every place is a byte [`Span`] of the source that was compared with the text it stands for
//! before it came in here, and the blocks tile the text: joined, they are the file. What could not
//! be understood is a block of text that nobody touches, named in [`List::unread`].

pub mod anchor;
mod around;
mod build;
mod columns;
pub mod directive;
mod entry;
mod flow;
pub mod html;
mod items;
mod leaf;
mod limits;
mod link;
mod markup;
mod meta;
mod named;
mod outline;
mod paragraph;
mod parse;
mod rendering;
mod step;
pub mod style;
mod table;
mod titled;
mod tree;
mod work;
pub mod write;

use crate::source::{Source, Span};

pub use around::{
    Anchor, Contents, ContentsForm, ContentsLine, Definition, HtmlHeading, HtmlTag, Unread,
};
pub use limits::Excess;
pub(crate) use link::normalize_label;
pub use outline::{Block, BlockKind, Heading, Section, SectionKind};
pub use rendering::{Rendered, RenderedKind, rendering};
pub use work::KINDS;

/// Declares an index into one of the vectors of [`List`].
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The id as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// Names a [`Section`] of one list.
    SectionId
}
id! {
    /// Names an [`Entry`] of one list.
    EntryId
}
id! {
    /// Names a [`Link`] of one list.
    LinkId
}
id! {
    /// Names an [`ItemList`] of one list.
    ItemListId
}
id! {
    /// Names an [`Item`] of one list.
    ItemId
}

/// One parsed file.
#[derive(Debug)]
pub struct List {
    /// The text that every span points into.
    pub source: Source,
    /// The text in stretches that are one thing to a reader, in order, without gap or overlap.
    pub blocks: Vec<Block>,
    /// The outline. The first section is what stands before the first heading; it is always there.
    pub sections: Vec<Section>,
    /// The works listed, in the order of the text; nested ones follow their parent.
    pub entries: Vec<Entry>,
    /// Every link that was understood, in the order of the text.
    pub links: Vec<Link>,
    /// Every image that was understood, in the order of the text.
    pub images: Vec<Image>,
    /// The bulleted and ordered lists, whatever their items are; outer before inner.
    pub item_lists: Vec<ItemList>,
    /// The items of these lists, in the order of the text.
    pub items: Vec<Item>,
    /// The tables of contents.
    pub contents: Vec<Contents>,
    /// The link reference definitions, `[label]: destination`.
    pub definitions: Vec<Definition>,
    /// The anchors that the text sets by itself: `<a name="x">`, `id="x"`.
    pub anchors: Vec<Anchor>,
    /// Inline HTML and HTML comments, in the order of the text.
    pub html: Vec<HtmlTag>,
    /// The code blocks, wherever they stand, in the order of the text.
    pub code: Vec<Span>,
    /// The headings written in HTML, in the order of the text; they open no section.
    pub html_headings: Vec<HtmlHeading>,
    /// Places that were not understood, and why.
    pub unread: Vec<Unread>,
    /// Why the text was left alone as a whole: reading it would have cost too much.
    pub excess: Option<Excess>,
    /// What the text is rendered as, where it was asked for.
    rendering: Option<Vec<Rendered>>,
}

/// Where a [`Link`] or [`Image`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the words of an entry.
    Entry(EntryId),
    /// In a table of contents.
    Contents,
    /// In a heading.
    Heading(SectionId),
    /// In a link back to the top of the list.
    BackToTop,
    /// In any other text.
    Prose,
}

/// How a [`Link`] is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[text](destination)`
    Inline,
    /// `[text][label]`, `[label][]` or `[label]`, with the definition's index in [`List::definitions`].
    Reference(u32),
    /// `<https://…>`
    Autolink,
    /// A bare `https://…` that GitHub links.
    Bare,
    /// `<a href="…">`
    Html,
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// The whole link.
    pub span: Span,
    /// What a reader clicks on; for autolinks and bare links the destination.
    pub text: Span,
    /// The destination as written; for a reference it stands in the definition.
    pub destination: Span,
    /// The destination with escapes and entities resolved.
    pub url: String,
    /// Where it stands.
    pub place: Place,
    /// Whether the text is nothing but images.
    pub image_only: bool,
}

/// An image.
#[derive(Clone, Debug)]
pub struct Image {
    /// The whole image.
    pub span: Span,
    /// The alternative text.
    pub alt: Span,
    /// The destination with escapes and entities resolved.
    pub url: String,
    /// Where it stands.
    pub place: Place,
}

/// A bulleted or ordered list.
#[derive(Clone, Debug)]
pub struct ItemList {
    /// From the first marker to the end of the last item.
    pub span: Span,
    /// Whether its items are numbered.
    pub ordered: bool,
    /// The bullet (`-`, `*`, `+`) or the delimiter after the number (`.`, `)`).
    pub marker: char,
    /// Whether no blank line stands between its items.
    pub tight: bool,
    /// How many lists it is nested in.
    pub depth: u16,
    /// The item that it is nested in.
    pub parent: Option<ItemId>,
    /// Its items.
    pub items: Vec<ItemId>,
    /// The section that it stands in.
    pub section: SectionId,
}

/// An item of an [`ItemList`].
#[derive(Clone, Debug)]
pub struct Item {
    /// The list that it belongs to.
    pub list: ItemListId,
    /// From the marker to the end of what belongs to the item.
    pub span: Span,
    /// The marker: `-`, `12.`
    pub marker: Span,
    /// Its number as written, in ordered lists.
    pub number: Option<u64>,
    /// The white space between the marker and the words.
    pub padding: Span,
    /// The task list box, `[ ]` or `[x]`.
    pub checkbox: Option<Span>,
    /// The entry that the item is, if it is one.
    pub entry: Option<EntryId>,
}

/// How an [`Entry`] is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// An item of a bulleted or ordered list.
    Item(ItemId),
    /// A row of a table.
    Row,
    /// A piece of an HTML block.
    Html,
    /// A heading that links to the work.
    Heading,
    /// A paragraph of its own.
    Paragraph,
}

/// What an [`Entry`] is for its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Names a work.
    Work,
    /// Names no work but a group of the entries nested below it.
    Group,
    /// Says something about the entry that it is nested in.
    Remark,
    /// Leads to another place in the same list.
    Pointer,
}

/// One listed work.
#[derive(Clone, Debug)]
pub struct Entry {
    /// How it is written.
    pub shape: Shape,
    /// What it is for.
    pub role: Role,
    /// The section that it stands in.
    pub section: SectionId,
    /// The entry that it is nested in.
    pub parent: Option<EntryId>,
    /// How many entries it is nested in.
    pub depth: u16,
    /// All of it, nested entries included; of an item from its marker on.
    pub span: Span,
    /// Its own words: without marker and box, without what is nested.
    pub content: Span,
    /// What stands before the title: an emoji, a badge, some words.
    pub lead: Option<Span>,
    /// The work's title.
    pub title: Option<Title>,
    /// The primary link.
    pub link: Option<LinkId>,
    /// All its own links, the primary one included, in the order of the text.
    pub links: Vec<LinkId>,
    /// What stands with the title and is neither title nor description.
    pub notes: Vec<Note>,
    /// What divides title and notes from the description.
    pub separator: Option<Separator>,
    /// The description.
    pub description: Option<Span>,
}

impl Entry {
    /// An entry at the top of its section whose words were not read yet.
    fn blank(shape: Shape, section: SectionId, span: Span, content: Span) -> Entry {
        Entry {
            shape,
            role: Role::Work,
            section,
            parent: None,
            depth: 0,
            span,
            content,
            lead: None,
            title: None,
            link: None,
            links: Vec::new(),
            notes: Vec::new(),
            separator: None,
            description: None,
        }
    }
}

/// The title of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Where it stands, quotation marks and emphasis marks not included.
    pub span: Span,
    /// The words as a reader sees them.
    pub text: String,
}

/// What stands with a title and is neither title nor description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// Where it stands, without the brackets around it.
    pub span: Span,
}

/// What a [`Note`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// A year: `(2017)`.
    Year,
    /// Who made the work: `by Chip Huyen`.
    Authors,
    /// Where it is offered: `on Coursera`, `from Stanford`.
    Venue,
    /// What kind of work it is: `Book`.
    Kind,
    /// An image, mostly a badge.
    Badge,
    /// An emoji or other sign.
    Sign,
    /// A tag in code or brackets: `` `MIT` ``.
    Tag,
    /// Any other words, mostly in parentheses.
    Other,
}

/// What divides the title from the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separator {
    /// Where it stands, white space around it included.
    pub span: Span,
    /// What it is.
    pub kind: SeparatorKind,
}

/// The kinds of [`Separator`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SeparatorKind {
    /// `-`
    Hyphen,
    /// `–`
    EnDash,
    /// `—`
    EmDash,
    /// `:` or `：`
    Colon,
    /// `|`
    Bar,
    /// `,`
    Comma,
    /// `<br>`
    Break,
    /// Any other sign: `=`, `~`, `->`.
    Other,
}

impl List {
    /// Reads `source`. Every text is a list, if only one of text left alone.
    pub fn parse(source: Source) -> List {
        build::list(source, false)
    }

    /// Reads `source` and keeps what it is rendered as, for [`rendering`].
    pub fn parse_with_rendering(source: Source) -> List {
        build::list(source, true)
    }

    /// The text of `span`.
    pub fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    /// The section that `id` names.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.index()]
    }

    /// The entry that `id` names.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The link that `id` names.
    pub fn link(&self, id: LinkId) -> &Link {
        &self.links[id.index()]
    }

    /// The item that `id` names.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }

    /// The bulleted or ordered list that `id` names.
    pub fn item_list(&self, id: ItemListId) -> &ItemList {
        &self.item_lists[id.index()]
    }

    /// The entries with their ids, in the order of the text.
    pub fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        (0..).map(EntryId).zip(&self.entries)
    }

    /// The sections with their ids, in the order of the text.
    pub fn sections(&self) -> impl Iterator<Item = (SectionId, &Section)> {
        (0..).map(SectionId).zip(&self.sections)
    }

    /// The entries nested directly in `id`, in the order of the text.
    pub fn children(&self, id: EntryId) -> impl Iterator<Item = (EntryId, &Entry)> {
        let end = self.entry(id).span.end;
        self.entries()
            .skip(id.index() + 1)
            .take_while(move |(_, entry)| entry.span.start < end)
            .filter(move |(_, entry)| entry.parent == Some(id))
    }

    /// The primary link of an entry.
    pub fn primary_link(&self, entry: &Entry) -> Option<&Link> {
        entry.link.map(|id| self.link(id))
    }

    /// The titles of the headings from the top of the outline down to `section`.
    pub fn path(&self, section: SectionId) -> Vec<&str> {
        let mut path = Vec::new();
        let mut next = Some(section);
        while let Some(id) = next {
            let section = self.section(id);
            path.extend(
                section
                    .heading
                    .as_ref()
                    .map(|heading| heading.text.as_str()),
            );
            next = section.parent;
        }
        path.reverse();
        path
    }

    /// The headings with the sections that they open.
    pub fn headings(&self) -> impl Iterator<Item = (SectionId, &Heading)> {
        self.sections()
            .filter_map(|(id, section)| Some((id, section.heading.as_ref()?)))
    }
}

impl List {
    /// The HTML comments, each with the text between `<!--` and `-->`, in the order of the text.
    pub fn comments(&self) -> impl Iterator<Item = (Span, &str)> {
        self.html
            .iter()
            .filter(|tag| tag.comment)
            .map(|tag| (tag.span, comment_text(self.slice(tag.span))))
    }
}

/// What a comment says: the text between `<!--` and `-->`.
pub(crate) fn comment_text(comment: &str) -> &str {
    let inner = comment.strip_prefix("<!--").unwrap_or(comment);
    inner.strip_suffix("-->").unwrap_or(inner)
}

impl Link {
    /// Whether the link leads out of the list: to a page, not to an anchor or a file beside it.
    pub fn is_external(&self) -> bool {
        let url = self.url.as_bytes();
        starts_with_ignore_case(url, b"http://")
            || starts_with_ignore_case(url, b"https://")
            || url.starts_with(b"//")
    }

    /// The anchor that the link leads to in its own list.
    pub fn fragment(&self) -> Option<&str> {
        self.url.strip_prefix('#')
    }
}

fn starts_with_ignore_case(text: &[u8], prefix: &[u8]) -> bool {
    text.len() >= prefix.len() && text[..prefix.len()].eq_ignore_ascii_case(prefix)
}
