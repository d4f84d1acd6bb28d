//! A text in units, the smallest things that a merge moves: an entry's own lines, a row, a heading,
//! a line of anything else.

use super::key;
use super::lines::Lines;
use crate::list::{BlockKind, Entry, EntryId, List, Shape};
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;

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
    /// What it is known by, as a number of [`Keys`].
    pub(super) key: u32,
    /// The link that it is known by or begins with, as a number of [`Keys`]; 0 if it has none.
    pub(super) link: u32,
    /// Its title as a number of [`Keys`]; 0 if it has none.
    pub(super) title: u32,
    /// What it says, white space aside, as a number of [`Keys`].
    pub(super) says: u32,
    /// What it says without the list marker, as a number of [`Keys`].
    pub(super) body: u32,
    /// The path of headings that it stands under, as a number of [`Keys`].
    pub(super) path: u32,
    /// By what it is sorted: its title, else its words; folded.
    pub(super) sort: String,
    /// Whether `key` names it wherever it stands.
    pub(super) named: bool,
    /// The entry that it is.
    pub(super) entry: Option<EntryId>,
}

/// Gives equal keys equal numbers, from 1.
#[derive(Default)]
pub(super) struct Keys {
    numbers: FxHashMap<String, u32>,
}

impl Keys {
    fn number(&mut self, text: String) -> u32 {
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry(text).or_insert(next)
    }
}

/// One of the three texts, understood.
pub(super) struct Side<'t> {
    pub(super) lines: Lines<'t>,
    pub(super) list: List,
    pub(super) units: Vec<Unit>,
    /// For each line the unit that it belongs to, blank lines within a unit included.
    pub(super) unit_at: Vec<Option<u32>>,
    /// For each unit whether the entries around it are sorted.
    sorted: Vec<bool>,
}

impl<'t> Side<'t> {
    /// Reads `lines`, of which `list` is the model.
    pub(super) fn new(lines: Lines<'t>, list: List, keys: &mut Keys) -> Self {
        let units = Reader::new(&lines, &list, keys).units();
        let mut unit_at = vec![None; lines.len()];
        for (number, unit) in (0..).zip(&units) {
            for line in unit.lines.clone() {
                unit_at[line] = Some(number);
            }
        }
        Side {
            sorted: sorted(&units),
            lines,
            list,
            units,
            unit_at,
        }
    }

    /// Whether the entries around `unit`, of its depth under its heading, are sorted.
    pub(super) fn is_sorted_around(&self, unit: u32) -> bool {
        self.sorted.get(unit as usize) == Some(&true)
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
    keys: &'r mut Keys,
    things: Vec<Thing>,
    owners: Vec<Owner>,
    /// Offsets of links out of the list, in the order of the text, with their index.
    links: Vec<(u32, usize)>,
    identity: crate::identity::Options,
}

impl<'r, 't> Reader<'r, 't> {
    fn new(lines: &'r Lines<'t>, list: &'r List, keys: &'r mut Keys) -> Self {
        let mut links: Vec<_> = list
            .links
            .iter()
            .enumerate()
            .filter(|(_, link)| !link.image_only)
            .map(|(index, link)| (link.span.start, index))
            .collect();
        links.sort_unstable();
        Reader {
            lines,
            list,
            keys,
            things: Vec::new(),
            owners: vec![Owner::Nobody; lines.len()],
            links,
            identity: crate::identity::Options::default(),
        }
    }

    fn units(mut self) -> Vec<Unit> {
        self.claim_blocks();
        self.claim_items();
        self.claim_other_entries();
        let paths = self.paths();
        let mut units = Vec::new();
        let mut line = 0;
        while line < self.lines.len() {
            if self.lines.is_blank(line) {
                line += 1;
                continue;
            }
            let end = self.end_of_unit(line);
            let unit = self.unit(line..end, &paths);
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

    /// For each section the number of its path of headings.
    fn paths(&mut self) -> Vec<(u32, u32)> {
        let mut paths: Vec<(u32, String)> = Vec::with_capacity(self.list.sections.len());
        for section in &self.list.sections {
            let mut path = match section.parent {
                Some(parent) => paths.get(parent.index()).map(|(_, p)| p.clone()),
                None => None,
            }
            .unwrap_or_default();
            if let Some(heading) = &section.heading
                && path.len() < 1000
            {
                path.push('\u{1f}');
                path.push_str(&key::of_words(&heading.text));
            }
            paths.push((section.span.start, path));
        }
        paths
            .into_iter()
            .map(|(start, path)| (start, self.keys.number(path)))
            .collect()
    }

    fn unit(&mut self, lines: Range<usize>, paths: &[(u32, u32)]) -> Unit {
        let bytes = self.lines.bytes(&lines);
        let section = paths.partition_point(|(start, _)| *start as usize <= bytes.start);
        let path = section
            .checked_sub(1)
            .and_then(|at| paths.get(at))
            .map_or(0, |(_, path)| *path);
        let text = self.lines.raw_range(lines.clone());
        let says = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (kind, depth, entry) = self.owner(lines.start, &bytes);
        let link = self.link(&bytes, entry);
        let title = key::of_words(self.title_text(link, entry));
        let url = link.map(|link| self.list.links[link].url.as_str());
        let link_key = url.map(|url| format!("l{}", key::of_link(url, &self.identity)));
        let (key, named) = match (kind, url) {
            (Kind::Heading, _) => (format!("h{}", key::of_words(&says)), false),
            (Kind::Line, _) => (format!("t{says}"), false),
            (Kind::Contents, Some(url)) => (format!("c{url}"), true),
            (_, Some(_)) => (link_key.clone().unwrap_or_default(), true),
            (_, None) if title.len() > 1 => (format!("n{title}"), true),
            (_, None) => (format!("t{says}"), false),
        };
        let body = match kind {
            Kind::Item | Kind::Contents => without_marker(&says).to_owned(),
            _ => says.clone(),
        };
        let sort = match self.title_text(link, entry) {
            "" => key::of_order(without_marker(&says)),
            title => key::of_order(title),
        };
        Unit {
            kind,
            lines,
            sort,
            depth,
            key: self.keys.number(key),
            link: link_key.map_or(0, |key| self.keys.number(key)),
            title: if title.is_empty() {
                0
            } else {
                self.keys.number(title)
            },
            says: self.keys.number(says),
            body: self.keys.number(body),
            path,
            named,
            entry,
        }
    }

    /// What the unit that begins at `line` and fills `bytes` is, how deep it is nested, and the entry
    /// that begins in it.
    fn owner(&self, line: usize, bytes: &Range<usize>) -> (Kind, u16, Option<EntryId>) {
        let Owner::Thing(number) = self.owners[line] else {
            return (Kind::Line, 0, None);
        };
        let thing = &self.things[number as usize];
        let begins = |id: &EntryId| bytes.contains(&(self.list.entry(*id).span.start as usize));
        (thing.kind, thing.depth, thing.entry.filter(begins))
    }

    /// The link that a unit is known by: its entry's, or the first in it.
    fn link(&self, bytes: &Range<usize>, entry: Option<EntryId>) -> Option<usize> {
        if let Some(entry) = entry.map(|id| self.list.entry(id))
            && let Some(link) = entry.link
        {
            return Some(link.index());
        }
        let first = self
            .links
            .partition_point(|(start, _)| (*start as usize) < bytes.start);
        let (start, index) = self.links.get(first)?;
        ((*start as usize) < bytes.end).then_some(*index)
    }

    fn title_text(&self, link: Option<usize>, entry: Option<EntryId>) -> &str {
        let entry = entry.map(|id| self.list.entry(id));
        match (entry.and_then(|entry| entry.title.as_ref()), link) {
            (Some(title), _) => title.text.as_str(),
            (None, Some(link)) => self.list.slice(self.list.links[link].text),
            (None, None) => "",
        }
    }
}

/// The words of an item without bullet or number.
fn without_marker(item: &str) -> &str {
    let rest = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['-', '*', '+', '.', ')']).unwrap_or(item);
    rest.trim_start()
}

/// For each unit whether the entries of its depth under its heading are sorted.
fn sorted(units: &[Unit]) -> Vec<bool> {
    const FEWEST: usize = 4;
    let mut sorted = vec![false; units.len()];
    let mut runs: Vec<Run> = Vec::new();
    struct Run {
        like: (Kind, u16),
        members: Vec<usize>,
        rising: bool,
    }
    let mut close = |runs: &mut Vec<Run>| {
        for run in runs.drain(..) {
            if run.rising && run.members.len() >= FEWEST {
                run.members.iter().for_each(|&unit| sorted[unit] = true);
            }
        }
    };
    for (number, unit) in units.iter().enumerate() {
        if unit.kind == Kind::Heading {
            close(&mut runs);
            continue;
        }
        if unit.kind == Kind::Line {
            continue;
        }
        let like = (unit.kind, unit.depth);
        match runs.iter_mut().find(|run| run.like == like) {
            Some(run) => {
                let last = run.members.last().map(|&last| units[last].sort.as_str());
                run.rising &= last <= Some(unit.sort.as_str());
                run.members.push(number);
            }
            None => runs.push(Run {
                like,
                members: vec![number],
                rising: true,
            }),
        }
    }
    close(&mut runs);
    sorted
}
