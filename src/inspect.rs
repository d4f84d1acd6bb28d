//! What the tool understood of a list: its outline, its entries, its conventions, and what of its
//! external links is left over.

use std::fmt::Display;

use crate::list::style::{self, Conventions, Ending, Indent, Majority, Numbering};
use crate::list::{List, Place, Role, SectionId, SectionKind, Shape};
use crate::source::Span;

/// What was understood of one list.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// The list's name for itself: its first heading of the first level, in Markdown or HTML.
    pub title: Option<String>,
    /// The sections in the order of the text, those without heading and entries left out.
    pub sections: Vec<SectionCount>,
    /// What its entries are.
    pub entries: EntryCount,
    /// The ways in which it is written, those that it shows at all.
    pub conventions: Vec<Convention>,
    /// Where its external links stand.
    pub coverage: Coverage,
}

/// One section and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionCount {
    /// The section.
    pub section: SectionId,
    /// How many sections it stands in.
    pub depth: u16,
    /// The words of its heading; empty before the first heading.
    pub title: String,
    /// What it is for.
    pub kind: SectionKind,
    /// The line of its heading, counted from 1.
    pub line: u32,
    /// Its own entries that name works, nested ones included.
    pub works: u32,
    /// How deep its entries are nested: 0 where none is.
    pub nesting: u16,
}

/// Entries, counted by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryCount {
    /// Those that name a work.
    pub works: u32,
    /// Those that name a group of the entries below them.
    pub groups: u32,
    /// Those that say something about the entry that they are nested in.
    pub remarks: u32,
    /// Those that lead to another place in the list.
    pub pointers: u32,
    /// Of all of them: items of bulleted and ordered lists.
    pub items: u32,
    /// Rows of tables.
    pub rows: u32,
    /// Pieces of HTML.
    pub html: u32,
    /// Headings.
    pub headings: u32,
    /// Paragraphs.
    pub paragraphs: u32,
    /// Those with a description.
    pub described: u32,
    /// How deep they are nested at most.
    pub nesting: u16,
}

impl EntryCount {
    /// How many entries there are.
    pub fn total(&self) -> u32 {
        self.works + self.groups + self.remarks + self.pointers
    }
}

/// A way in which most of a list is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convention {
    /// What it is about, in a few words.
    pub name: &'static str,
    /// What most places do.
    pub way: String,
    /// How many places do it.
    pub count: u32,
    /// How many places show one way or another.
    pub total: u32,
}

impl Convention {
    /// The part of the places that follow it, from 0 to 1.
    pub fn share(&self) -> f64 {
        f64::from(self.count) / f64::from(self.total.max(1))
    }
}

/// Where the external links of a list stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All of them, those in places not understood included.
    pub external: u32,
    /// In entries.
    pub in_entries: u32,
    /// Around nothing but images, outside entries: mostly badges.
    pub badges: u32,
    /// In headings.
    pub in_headings: u32,
    /// In tables of contents.
    pub in_contents: u32,
    /// In other text.
    pub in_prose: u32,
    /// The places that were not understood, each with the addresses in it.
    pub unread: Vec<UnreadPlace>,
}

/// A place that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadPlace {
    /// The place.
    pub span: Span,
    /// Its first line, counted from 1.
    pub line: u32,
    /// Why it was left alone.
    pub reason: &'static str,
    /// How many external addresses stand in it.
    pub addresses: u32,
}

impl Coverage {
    /// How many external links stand in places that were not understood.
    pub fn not_understood(&self) -> u32 {
        self.unread.iter().map(|place| place.addresses).sum()
    }
}

/// Tells what was understood of `list`.
pub fn inspect(list: &List) -> Inspection {
    Inspection {
        title: title(list),
        sections: sections(list),
        entries: entries(list),
        conventions: conventions(list),
        coverage: coverage(list),
    }
}

fn title(list: &List) -> Option<String> {
    let heading = list
        .headings()
        .find(|(_, heading)| heading.level == 1 && !heading.text.is_empty())
        .map(|(_, heading)| (heading.span.start, &heading.text));
    let html = list
        .html_headings
        .iter()
        .find(|heading| heading.level == 1 && !heading.text.is_empty())
        .map(|heading| (heading.span.start, &heading.text));
    let first = heading.into_iter().chain(html).min();
    first.map(|(_, text)| text.clone())
}

fn sections(list: &List) -> Vec<SectionCount> {
    let mut depths: Vec<u16> = Vec::with_capacity(list.sections.len());
    let mut counts = Vec::new();
    for (id, section) in list.sections() {
        let above = section.parent.and_then(|id| depths.get(id.index()));
        let depth = above.map_or(0, |above| above + 1);
        depths.push(depth);
        let range = section.entries.start as usize..section.entries.end as usize;
        let entries = list.entries.get(range).unwrap_or_default();
        let works = entries.iter().filter(|entry| entry.role == Role::Work);
        let Some(heading) = section.heading.as_ref() else {
            if !entries.is_empty() {
                counts.push(SectionCount {
                    section: id,
                    depth,
                    title: String::new(),
                    kind: section.kind,
                    line: 1,
                    works: works.count() as u32,
                    nesting: nesting(entries),
                });
            }
            continue;
        };
        counts.push(SectionCount {
            section: id,
            depth,
            title: heading.text.clone(),
            kind: section.kind,
            line: list.source.line(heading.span.start),
            works: works.count() as u32,
            nesting: nesting(entries),
        });
    }
    counts
}

fn nesting(entries: &[crate::list::Entry]) -> u16 {
    entries.iter().map(|entry| entry.depth).max().unwrap_or(0)
}

fn entries(list: &List) -> EntryCount {
    let mut count = EntryCount {
        nesting: nesting(&list.entries),
        ..EntryCount::default()
    };
    for (_, entry) in list.entries() {
        *match entry.role {
            Role::Work => &mut count.works,
            Role::Group => &mut count.groups,
            Role::Remark => &mut count.remarks,
            Role::Pointer => &mut count.pointers,
        } += 1;
        *match entry.shape {
            Shape::Item(_) => &mut count.items,
            Shape::Row => &mut count.rows,
            Shape::Html => &mut count.html,
            Shape::Heading => &mut count.headings,
            Shape::Paragraph => &mut count.paragraphs,
        } += 1;
        count.described += u32::from(entry.description.is_some());
    }
    count
}

fn conventions(list: &List) -> Vec<Convention> {
    let style = style::style(list);
    let Conventions {
        indent,
        padding,
        numbering,
        separator,
        ending,
        first_letter,
        emphasis,
        quotes,
        sorted,
        tight,
        heading,
        blank_before_heading,
        blank_after_heading,
        ..
    } = &style.list;
    let found = [
        told("bullet", &style.list.any_bullet(), |bullet| {
            format!("`{bullet}`")
        }),
        told("spaces behind the bullet", padding, u32::to_string),
        told("indent of nested items", indent, |indent| match indent {
            Indent::Spaces(columns) => format!("{columns} spaces"),
            Indent::Tab => "a tab".to_owned(),
        }),
        told("numbers", numbering, |numbering| match numbering {
            Numbering::Sequential => "one by one".to_owned(),
            Numbering::Same => "all the same".to_owned(),
        }),
        told("separator", separator, |form| format!("{:?}", form.text)),
        told("end of descriptions", ending, |ending| match ending {
            Ending::Period => "a period".to_owned(),
            Ending::None => "no period".to_owned(),
        }),
        told("first letter of descriptions", first_letter, debug),
        told("emphasis of titles", emphasis, debug),
        told("quotation marks", quotes, debug),
        told("order of entries", sorted, |&sorted| {
            either(sorted, "sorted", "unsorted")
        }),
        told("blank lines between items", tight, |&tight| {
            either(tight, "none", "some")
        }),
        told("headings", heading, debug),
        told(
            "blank lines before a heading",
            blank_before_heading,
            u32::to_string,
        ),
        told(
            "blank lines behind a heading",
            blank_after_heading,
            u32::to_string,
        ),
        told("line endings", &style.newline, |newline| {
            newline.as_str().escape_debug().to_string()
        }),
    ];
    found.into_iter().flatten().collect()
}

/// The convention called `name`, its way told by `tell`; `None` where nothing shows one.
fn told<T>(
    name: &'static str,
    majority: &Majority<T>,
    tell: impl Fn(&T) -> String,
) -> Option<Convention> {
    majority.winner().map(|way| Convention {
        name,
        way: tell(way),
        count: majority.count(),
        total: majority.total(),
    })
}

/// The name of a variant as words in lower case.
fn debug(way: &impl std::fmt::Debug) -> String {
    format!("{way:?}").to_lowercase()
}

fn either(condition: bool, yes: impl Display, no: impl Display) -> String {
    match condition {
        true => yes.to_string(),
        false => no.to_string(),
    }
}

fn coverage(list: &List) -> Coverage {
    let mut coverage = Coverage::default();
    for link in list.links.iter().filter(|link| link.is_external()) {
        coverage.external += 1;
        *match link.place {
            Place::Entry(_) => &mut coverage.in_entries,
            _ if link.image_only => &mut coverage.badges,
            Place::Heading(_) => &mut coverage.in_headings,
            Place::Contents => &mut coverage.in_contents,
            Place::BackToTop | Place::Prose => &mut coverage.in_prose,
        } += 1;
    }
    for unread in &list.unread {
        let addresses = addresses(list.slice(unread.span));
        coverage.external += addresses;
        coverage.unread.push(UnreadPlace {
            span: unread.span,
            line: list.source.line(unread.span.start),
            reason: unread.reason,
            addresses,
        });
    }
    coverage
}

/// How many addresses stand in a text that was not understood.
fn addresses(text: &str) -> u32 {
    ["http://", "https://"]
        .iter()
        .map(|scheme| text.matches(scheme).count() as u32)
        .sum()
}
