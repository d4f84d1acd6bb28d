//! A text in units, the smallest things that a merge moves: an entry's own lines, a row, a heading,
//! a line of anything else.

use super::facts::Facts;
use super::lines::Lines;
use super::sorted::Sorted;
use crate::list::{BlockKind, Entry, EntryId, Link, List, Shape};
use crate::source::Span;
use std::ops::{Deref, Range};
use std::rc::Rc;

/// What a [`Unit`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// An item of a list, or an entry in another shape.
    Item,
    /// A line of a table of contents.
    Contents,
    /// A row of a table.
    Row,
    /// A heading.
    Heading,
    /// A line of anything else.
    Line,
}

/// The smallest thing that a merge moves.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) kind: Kind,
    /// From its first line to its last; blank lines only within.
    pub(super) lines: Range<usize>,
    /// How many items it is nested in; of a heading its level.
    pub(super) depth: u16,
    /// What it is known and compared by.
    pub(super) facts: Facts,
    /// The entry that it is.
    pub(super) entry: Option<EntryId>,
    /// Where it begins in the text that [`Side::list`] is the model of.
    pub(super) start: u32,
}

impl Deref for Unit {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

/// One of the three texts, understood.
pub(super) struct Side<'t> {
    pub(super) lines: Lines<'t>,
    /// The model that the units were read from: of this text or, for base, of a side that has all of
    /// its lines.
    pub(super) list: Rc<List>,
    pub(super) units: Vec<Unit>,
    /// For each line the unit that it belongs to, blank lines within a unit included.
    pub(super) unit_at: Vec<Option<u32>>,
    /// Which of its entries are sorted.
    pub(super) sorted: Sorted,
    /// Offsets of links out of the list, in the order of the text, with their index.
    links: Vec<(u32, usize)>,
}

impl<'t> Side<'t> {
    /// Reads `lines`, of which `list` is the model; the facts of the units are not read yet.
    pub(super) fn new(lines: Lines<'t>, list: List) -> Self {
        let units = Reader::new(&lines, &list).units();
        Side::with_units(lines, Rc::new(list), units)
    }

    /// The text of `lines`, with units of `list`.
    pub(super) fn with_units(lines: Lines<'t>, list: Rc<List>, units: Vec<Unit>) -> Self {
        let mut unit_at = vec![None; lines.len()];
        for (number, unit) in (0..).zip(&units) {
            for at in unit_at
                .iter_mut()
                .take(unit.lines.end)
                .skip(unit.lines.start)
            {
                *at = Some(number);
            }
        }
        let out_of_list = list.links.iter().enumerate();
        let mut links: Vec<_> = out_of_list
            .filter(|(_, link)| !link.image_only)
            .map(|(index, link)| (link.span.start, index))
            .collect();
        links.sort_unstable();
        Side {
            sorted: Sorted::new(&units),
            lines,
            list,
            units,
            unit_at,
            links,
        }
    }

    /// The link that a unit is known by: its entry's, or the first in it.
    pub(super) fn link(&self, unit: u32) -> Option<&Link> {
        let unit = self.unit(unit);
        if let Some(entry) = unit.entry.map(|id| self.list.entry(id))
            && let Some(link) = entry.link
        {
            return Some(self.list.link(link));
        }
        let length = self.lines.bytes(&unit.lines).len() as u32;
        let first = self.links.partition_point(|(start, _)| *start < unit.start);
        let (start, index) = self.links.get(first)?;
        let begins_here = *start < unit.start + length;
        begins_here.then(|| self.list.links.get(*index)).flatten()
    }

    /// What a unit is called: the title of its entry, else the text of its link.
    pub(super) fn title<'s>(&'s self, unit: u32, link: Option<&Link>) -> &'s str {
        let entry = self.unit(unit).entry.map(|id| self.list.entry(id));
        match (entry.and_then(|entry| entry.title.as_ref()), link) {
            (Some(title), _) => title.text.as_str(),
            (None, Some(link)) => self.list.slice(link.text),
            (None, None) => "",
        }
    }

    pub(super) fn unit(&self, unit: u32) -> &Unit {
        &self.units[unit as usize]
    }

    /// The text of a unit, with its line endings.
    pub(super) fn text(&self, unit: u32) -> &'t str {
        self.lines.raw_range(self.unit(unit).lines.clone())
    }

    /// The units that begin in `lines`, as a range of their numbers.
    pub(super) fn units_in(&self, lines: &Range<usize>) -> Range<u32> {
        let at = |line: usize| self.units.partition_point(|unit| unit.lines.start < line) as u32;
        at(lines.start)..at(lines.end)
    }

    /// Whether a unit begins before `line` and goes on in it.
    pub(super) fn cuts_unit(&self, line: usize) -> bool {
        match self.unit_at.get(line) {
            Some(Some(unit)) => self.unit(*unit).lines.start < line,
            _ => false,
        }
    }
}

/// What a line was found to belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Nobody,
    /// A thing of [`Reader::things`].
    Thing(u32),
}

/// A thing of the model that fills lines.
struct Thing {
    kind: Kind,
    depth: u16,
    entry: Option<EntryId>,
}

struct Reader<'r, 't> {
    lines: &'r Lines<'t>,
    list: &'r List,
    things: Vec<Thing>,
    owners: Vec<Owner>,
}

impl<'r, 't> Reader<'r, 't> {
    fn new(lines: &'r Lines<'t>, list: &'r List) -> Self {
        Reader {
            lines,
            list,
            things: Vec::new(),
            owners: vec![Owner::Nobody; lines.len()],
        }
    }

    fn units(mut self) -> Vec<Unit> {
        self.claim_blocks();
        self.claim_items();
        self.claim_other_entries();
        let mut units = Vec::new();
        let mut line = 0;
        while line < self.lines.len() {
            if self.lines.is_blank(line) {
                line += 1;
                continue;
            }
            let end = self.end_of_unit(line);
            let unit = self.unit(line..end);
            units.push(unit);
            line = end;
        }
        units
    }

    /// The line after the unit that begins at `line`.
    fn end_of_unit(&self, line: usize) -> usize {
        let owner = self.owners[line];
        let mut end = line + 1;
        if owner == Owner::Nobody {
            return end;
        }
        let mut next = end;
        while self.owners.get(next) == Some(&owner) && !self.reads_as_item(next) {
            next += 1;
            if !self.lines.is_blank(next - 1) {
                end = next;
            }
        }
        end
    }

    /// Whether a line that continues an item was meant as an item: `-[title](link)`.
    fn reads_as_item(&self, line: usize) -> bool {
        let line = self.lines.words(line).trim_start();
        line.strip_prefix(['-', '*', '+'])
            .is_some_and(|rest| rest.starts_with('['))
    }

    fn claim(&mut self, span: Span, thing: Thing) {
        let number = self.things.len() as u32;
        self.things.push(thing);
        if span.is_empty() || self.owners.is_empty() {
            return;
        }
        let first = self.lines.line_of(span.start as usize);
        let last = self.lines.line_of(span.end as usize - 1);
        for owner in self.owners.iter_mut().take(last + 1).skip(first) {
            *owner = Owner::Thing(number);
        }
    }

    /// Headings are one unit each, and what must stay in one piece is.
    fn claim_blocks(&mut self) {
        for block in &self.list.blocks {
            let kind = match block.kind {
                BlockKind::Heading => Kind::Heading,
                BlockKind::Table => {
                    self.claim_rows(block.content);
                    continue;
                }
                BlockKind::Contents(_) if self.list.slice(block.content).starts_with('|') => {
                    self.claim_rows(block.content);
                    continue;
                }
                _ => continue,
            };
            let section = self.list.section(block.section);
            let depth = section.heading.as_ref().map_or(0, |h| u16::from(h.level));
            let span = section.heading.as_ref().map_or(block.content, |h| h.span);
            self.claim(
                span,
                Thing {
                    kind,
                    depth,
                    entry: None,
                },
            );
        }
    }

    fn claim_rows(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let first = self.lines.line_of(span.start as usize);
        let last = self.lines.line_of(span.end as usize - 1);
        for line in first..=last {
            let bytes = self.lines.bytes(&(line..line + 1));
            self.claim(
                self.list.source.span(bytes.start as u32, bytes.end as u32),
                Thing {
                    kind: Kind::Row,
                    depth: 0,
                    entry: None,
                },
            );
        }
    }

    /// Items; the lines of a nested one are its own, for it comes later.
    fn claim_items(&mut self) {
        let tables: Vec<_> = (self.list.blocks.iter())
            .filter(|block| matches!(block.kind, BlockKind::Contents(_)))
            .map(|block| block.span)
            .collect();
        let in_contents = |span: Span| {
            let at = tables.partition_point(|table| table.end < span.end);
            tables.get(at).is_some_and(|table| table.contains(span))
        };
        let in_contents: Vec<bool> = (self.list.item_lists.iter())
            .map(|list| in_contents(list.span))
            .collect();
        for item in &self.list.items {
            let list = self.list.item_list(item.list);
            let contents = in_contents.get(item.list.index()) == Some(&true);
            self.claim(
                item.span,
                Thing {
                    kind: if contents { Kind::Contents } else { Kind::Item },
                    depth: list.depth,
                    entry: item.entry,
                },
            );
        }
    }

    /// Entries that are no items: paragraphs, rows, pieces of HTML.
    fn claim_other_entries(&mut self) {
        for (id, entry) in self.list.entries() {
            let kind = match entry.shape {
                Shape::Item(_) | Shape::Heading => continue,
                Shape::Row => Kind::Row,
                Shape::Html | Shape::Paragraph => Kind::Item,
            };
            if entry.parent.is_some() || self.shares_a_line(entry) {
                continue;
            }
            self.claim(
                entry.span,
                Thing {
                    kind,
                    depth: entry.depth,
                    entry: Some(id),
                },
            );
        }
    }

    /// Whether something else stands in the first or last line of `entry`.
    fn shares_a_line(&self, entry: &Entry) -> bool {
        let (start, end) = (entry.span.start as usize, entry.span.end as usize);
        let first = self.lines.line_of(start);
        let last = self.lines.line_of(end.saturating_sub(1));
        let bytes = self.lines.bytes(&(first..last + 1));
        let text = self.list.source.text();
        let before = text.get(bytes.start..start).unwrap_or("?");
        let after = text.get(end..bytes.end).unwrap_or("?");
        let nothing = |text: &str| text.chars().all(|c| c.is_whitespace() || c == '|');
        !(nothing(before) && nothing(after))
    }

    fn unit(&self, lines: Range<usize>) -> Unit {
        let (kind, depth, entry) = self.owner(&lines);
        Unit {
            kind,
            start: self.lines.bytes(&lines).start as u32,
            lines,
            depth,
            facts: Facts::default(),
            entry,
        }
    }

    /// What the unit that fills `lines` is, how deep it is nested, and the entry that begins in it.
    fn owner(&self, lines: &Range<usize>) -> (Kind, u16, Option<EntryId>) {
        let Owner::Thing(number) = self.owners[lines.start] else {
            return (Kind::Line, 0, None);
        };
        let thing = &self.things[number as usize];
        let bytes = self.lines.bytes(lines);
        let begins = |id: &EntryId| bytes.contains(&(self.list.entry(*id).span.start as usize));
        (thing.kind, thing.depth, thing.entry.filter(begins))
    }
}
