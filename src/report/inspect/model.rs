//! The model of a list in the form in which JSON has it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Inspected;
use crate::inspect::Coverage;
use crate::list::{
    BlockKind, Contents, Entry, EntryId, Link, LinkKind, List, NoteKind, Place, Role, Section,
    SectionId, SectionKind, SeparatorKind, Shape,
};
use crate::source::Span;

/// One list.
#[derive(Serialize, JsonSchema)]
pub(super) struct ListModel<'a> {
    /// The file's path.
    path: &'a str,
    /// The list's name for itself: its first heading of level 1.
    title: Option<&'a str>,
    /// How many lines the file has.
    lines: u32,
    /// Where the external links stand.
    coverage: CoverageModel<'a>,
    /// The ways in which it is written.
    conventions: Vec<ConventionModel<'a>>,
    /// The outline; the first section is what stands before the first heading.
    sections: Vec<SectionModel<'a>>,
    /// The entries, in the order of the text; nested ones follow their parent.
    entries: Vec<EntryModel<'a>>,
    /// The tables of contents.
    contents: Vec<ContentsModel<'a>>,
    /// The links that stand in no entry and no table of contents.
    links: Vec<LinkModel<'a>>,
    /// The images.
    images: Vec<ImageModel<'a>>,
    /// The file in stretches that are one thing to a reader; joined, they are the file.
    blocks: Vec<BlockModel>,
}

/// A stretch of the text.
#[derive(Clone, Copy, Serialize, JsonSchema)]
struct Area {
    /// The line that it begins in.
    line: u32,
    /// The line that it ends in.
    end_line: u32,
    /// The offset of its first byte.
    start: u32,
    /// The offset behind its last byte.
    end: u32,
}

impl Area {
    fn new(list: &List, span: Span) -> Self {
        Area {
            line: list.source.line(span.start),
            end_line: list.source.line(span.end.max(span.start + 1) - 1),
            start: span.start,
            end: span.end,
        }
    }
}

/// Where the external links of a list stand.
#[derive(Serialize, JsonSchema)]
struct CoverageModel<'a> {
    /// All of them.
    external: u32,
    /// In entries.
    in_entries: u32,
    /// Around nothing but images, outside entries.
    badges: u32,
    /// In headings.
    in_headings: u32,
    /// In tables of contents.
    in_contents: u32,
    /// In other text.
    in_prose: u32,
    /// In places that were not understood.
    not_understood: u32,
    /// The places that were not understood.
    unread: Vec<UnreadModel<'a>>,
}

/// A place that was not understood.
#[derive(Serialize, JsonSchema)]
struct UnreadModel<'a> {
    /// The place.
    #[serde(flatten)]
    area: Area,
    /// Why it was left alone.
    reason: &'a str,
    /// How many external addresses stand in it.
    addresses: u32,
}

/// A way in which most of the list is written.
#[derive(Serialize, JsonSchema)]
struct ConventionModel<'a> {
    /// What it is about.
    name: &'a str,
    /// What most places do.
    way: &'a str,
    /// How many places do it.
    count: u32,
    /// How many places show one way or another.
    total: u32,
}

/// A section.
#[derive(Serialize, JsonSchema)]
struct SectionModel<'a> {
    /// Its index among the sections.
    id: u32,
    /// The index of the section that it stands in.
    parent: Option<u32>,
    /// What it is for: `entries`, `contents` or `meta`.
    kind: &'static str,
    /// The level of its heading, 1 to 6; 0 before the first heading.
    level: u8,
    /// The words of its heading.
    title: &'a str,
    /// The anchor that GitHub gives to its heading.
    anchor: &'a str,
    /// Its place, up to the next heading of any level.
    #[serde(flatten)]
    area: Area,
}

/// An entry.
#[derive(Serialize, JsonSchema)]
struct EntryModel<'a> {
    /// Its index among the entries.
    id: u32,
    /// The index of the entry that it is nested in.
    parent: Option<u32>,
    /// The index of its section.
    section: u32,
    /// How it is written: `item`, `row`, `html`, `heading` or `paragraph`.
    shape: &'static str,
    /// What it is: `work`, `group`, `remark` or `pointer`.
    role: &'static str,
    /// How many entries it is nested in.
    depth: u16,
    /// The title as a reader sees it.
    title: Option<&'a str>,
    /// The destination of its primary link.
    url: Option<&'a str>,
    /// What stands before the title.
    lead: Option<&'a str>,
    /// The sign between title and description.
    separator: Option<SeparatorModel<'a>>,
    /// The description, in Markdown.
    description: Option<&'a str>,
    /// What stands with the title and is neither title nor description.
    notes: Vec<NoteModel<'a>>,
    /// All its links.
    links: Vec<LinkModel<'a>>,
    /// Its place, with the entries nested in it.
    #[serde(flatten)]
    area: Area,
}

/// What divides title and description.
#[derive(Serialize, JsonSchema)]
struct SeparatorModel<'a> {
    /// `hyphen`, `en-dash`, `em-dash`, `colon`, `bar`, `comma`, `break` or `other`.
    kind: &'static str,
    /// As written, with the white space around it.
    text: &'a str,
}

/// A note.
#[derive(Serialize, JsonSchema)]
struct NoteModel<'a> {
    /// `year`, `authors`, `venue`, `kind`, `badge`, `sign`, `tag` or `other`.
    kind: &'static str,
    /// As written.
    text: &'a str,
}

/// A link.
#[derive(Serialize, JsonSchema)]
struct LinkModel<'a> {
    /// How it is written: `inline`, `reference`, `autolink`, `bare` or `html`.
    kind: &'static str,
    /// Where it stands: `entry`, `contents`, `heading`, `back-to-top` or `prose`.
    place: &'static str,
    /// What a reader clicks on, in Markdown.
    text: &'a str,
    /// The destination.
    url: &'a str,
    /// Whether it shows nothing but images.
    image_only: bool,
    /// Its place.
    #[serde(flatten)]
    area: Area,
}

/// An image.
#[derive(Serialize, JsonSchema)]
struct ImageModel<'a> {
    /// The alternative text.
    alt: &'a str,
    /// Where it is.
    url: &'a str,
    /// Its place.
    #[serde(flatten)]
    area: Area,
}

/// A table of contents.
#[derive(Serialize, JsonSchema)]
struct ContentsModel<'a> {
    /// The index of its section.
    section: u32,
    /// Whether a tool writes it.
    generated: bool,
    /// Its lines.
    lines: Vec<ContentsLineModel<'a>>,
    /// Its place.
    #[serde(flatten)]
    area: Area,
}

/// A line of a table of contents.
#[derive(Serialize, JsonSchema)]
struct ContentsLineModel<'a> {
    /// The words.
    text: &'a str,
    /// The destination.
    url: &'a str,
    /// How deep it is nested.
    depth: u16,
}

/// A block.
#[derive(Serialize, JsonSchema)]
struct BlockModel {
    /// What it is, `paragraph` for instance.
    kind: &'static str,
    /// The index of its section.
    section: u32,
    /// Whether a tool writes it.
    generated: bool,
    /// Its place.
    #[serde(flatten)]
    area: Area,
}

impl<'a> ListModel<'a> {
    pub(super) fn new(inspected: &Inspected<'a>) -> Self {
        let Inspected { list, inspection } = *inspected;
        let free = |link: &&Link| !matches!(link.place, Place::Entry(_) | Place::Contents);
        ListModel {
            path: list.source.name(),
            title: inspection.title.as_deref(),
            lines: list.source.line_count(),
            coverage: coverage(list, &inspection.coverage),
            conventions: inspection
                .conventions
                .iter()
                .map(|one| ConventionModel {
                    name: one.name,
                    way: &one.way,
                    count: one.count,
                    total: one.total,
                })
                .collect(),
            sections: list
                .sections()
                .map(|(id, one)| section(list, id, one))
                .collect(),
            entries: list
                .entries()
                .map(|(id, one)| entry(list, id, one))
                .collect(),
            contents: list
                .contents
                .iter()
                .map(|one| contents(list, one))
                .collect(),
            links: list
                .links
                .iter()
                .filter(free)
                .map(|one| link(list, one))
                .collect(),
            images: list
                .images
                .iter()
                .map(|image| ImageModel {
                    alt: list.slice(image.alt),
                    url: &image.url,
                    area: Area::new(list, image.span),
                })
                .collect(),
            blocks: list
                .blocks
                .iter()
                .map(|block| BlockModel {
                    kind: block_kind(block.kind),
                    section: block.section.0,
                    generated: block.generated,
                    area: Area::new(list, block.span),
                })
                .collect(),
        }
    }
}

fn coverage<'a>(list: &'a List, coverage: &'a Coverage) -> CoverageModel<'a> {
    CoverageModel {
        external: coverage.external,
        in_entries: coverage.in_entries,
        badges: coverage.badges,
        in_headings: coverage.in_headings,
        in_contents: coverage.in_contents,
        in_prose: coverage.in_prose,
        not_understood: coverage.not_understood(),
        unread: coverage
            .unread
            .iter()
            .map(|place| UnreadModel {
                area: Area::new(list, place.span),
                reason: place.reason,
                addresses: place.addresses,
            })
            .collect(),
    }
}

fn section<'a>(list: &List, id: SectionId, section: &'a Section) -> SectionModel<'a> {
    let heading = section.heading.as_ref();
    SectionModel {
        id: id.0,
        parent: section.parent.map(|parent| parent.0),
        kind: match section.kind {
            SectionKind::Entries => "entries",
            SectionKind::Contents => "contents",
            SectionKind::Meta => "meta",
        },
        level: heading.map_or(0, |heading| heading.level),
        title: heading.map_or("", |heading| &heading.text),
        anchor: heading.map_or("", |heading| &heading.slug),
        area: Area::new(list, section.span),
    }
}

fn entry<'a>(list: &'a List, id: EntryId, entry: &'a Entry) -> EntryModel<'a> {
    EntryModel {
        id: id.0,
        parent: entry.parent.map(|parent| parent.0),
        section: entry.section.0,
        shape: match entry.shape {
            Shape::Item(_) => "item",
            Shape::Row => "row",
            Shape::Html => "html",
            Shape::Heading => "heading",
            Shape::Paragraph => "paragraph",
        },
        role: role_name(entry.role),
        depth: entry.depth,
        title: entry.title.as_ref().map(|title| title.text.as_str()),
        url: list.primary_link(entry).map(|link| link.url.as_str()),
        lead: entry.lead.map(|lead| list.slice(lead)),
        separator: entry.separator.map(|separator| SeparatorModel {
            kind: separator_kind(separator.kind),
            text: list.slice(separator.span),
        }),
        description: entry.description.map(|span| list.slice(span)),
        notes: entry
            .notes
            .iter()
            .map(|note| NoteModel {
                kind: note_kind(note.kind),
                text: list.slice(note.span),
            })
            .collect(),
        links: entry
            .links
            .iter()
            .map(|&id| link(list, list.link(id)))
            .collect(),
        area: Area::new(list, entry.span),
    }
}

fn link<'a>(list: &'a List, link: &'a Link) -> LinkModel<'a> {
    LinkModel {
        kind: match link.kind {
            LinkKind::Inline => "inline",
            LinkKind::Reference(_) => "reference",
            LinkKind::Autolink => "autolink",
            LinkKind::Bare => "bare",
            LinkKind::Html => "html",
        },
        place: match link.place {
            Place::Entry(_) => "entry",
            Place::Contents => "contents",
            Place::Heading(_) => "heading",
            Place::BackToTop => "back-to-top",
            Place::Prose => "prose",
        },
        text: list.slice(link.text),
        url: &link.url,
        image_only: link.image_only,
        area: Area::new(list, link.span),
    }
}

fn contents<'a>(list: &'a List, contents: &'a Contents) -> ContentsModel<'a> {
    ContentsModel {
        section: contents.section.0,
        generated: contents.generated,
        lines: contents
            .lines
            .iter()
            .map(|line| ContentsLineModel {
                text: &line.text,
                url: &list.link(line.link).url,
                depth: line.depth,
            })
            .collect(),
        area: Area::new(list, contents.span),
    }
}

pub(super) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Work => "work",
        Role::Group => "group",
        Role::Remark => "remark",
        Role::Pointer => "pointer",
    }
}

pub(super) fn note_kind(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Year => "year",
        NoteKind::Authors => "authors",
        NoteKind::Venue => "venue",
        NoteKind::Kind => "kind",
        NoteKind::Badge => "badge",
        NoteKind::Sign => "sign",
        NoteKind::Tag => "tag",
        NoteKind::Other => "other",
    }
}

pub(super) fn separator_kind(kind: SeparatorKind) -> &'static str {
    match kind {
        SeparatorKind::Hyphen => "hyphen",
        SeparatorKind::EnDash => "en-dash",
        SeparatorKind::EmDash => "em-dash",
        SeparatorKind::Colon => "colon",
        SeparatorKind::Bar => "bar",
        SeparatorKind::Comma => "comma",
        SeparatorKind::Break => "break",
        SeparatorKind::Other => "other",
    }
}

fn block_kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::FrontMatter => "front-matter",
        BlockKind::Heading => "heading",
        BlockKind::Entries(_) => "entries",
        BlockKind::Bullets(_) => "bullets",
        BlockKind::Contents(_) => "contents",
        BlockKind::Table => "table",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Html => "html",
        BlockKind::Comment => "comment",
        BlockKind::Code => "code",
        BlockKind::Quote => "quote",
        BlockKind::Break => "break",
        BlockKind::Definitions => "definitions",
        BlockKind::Blank => "blank",
        BlockKind::Text => "text",
    }
}
