//! New entries of other lists put into a list by the fewest edits, in its own style.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::align;
use super::outline::{Container, ContainerId, Headline, NodeId, Outline, Piece, Slot};
use super::place::Placed;
use super::pool::Pool;
use super::style::House;
use super::words::{self, Frozen};
use super::write::{Writer, slugs};
use super::{LeftOut, Merge, Options, cluster, contents, decide, item, place, pool};
use crate::edit::{Edit, apply_edits};
use crate::list::{ContentsForm, Item, List, SectionId, SectionKind, Shape};

/// What comes of putting lists into another.
#[derive(Clone, Debug)]
pub struct Into {
    /// The changes to the first list; none where the others have nothing new.
    pub edits: Vec<Edit>,
    /// The decisions; its text is the first list with the edits made.
    pub merge: Merge,
}

/// Puts the entries of `lists` that the first of them lacks into the first.
///
/// What the first list holds stays byte for byte, duplicates included; what the others say about
/// its own entries stands in the decisions.
///
/// ```
/// use listwright::list::List;
/// use listwright::merge::{into, Options};
/// use listwright::source::{FileId, Source};
///
/// let read = |id, text: &str| List::parse(Source::new(FileId(id), format!("{id}.md"), text));
/// let base = read(0, "# A\n## Tools\n+   [One](https://one.org): First\n");
/// let new = read(1, "# B\n\n## Tools\n\n- [One](https://one.org)\n- [Two](https://two.org) - Second\n");
/// let result = into(&[base, new], &Options::default());
/// assert_eq!(
///     result.merge.text(),
///     "# A\n## Tools\n+   [One](https://one.org): First\n+   [Two](https://two.org): Second\n"
/// );
/// ```
pub fn into(lists: &[List], options: &Options) -> Into {
    let pool = pool::Pool::new(lists, options);
    let mut aligned = align::align(&pool, options);
    let clusters = cluster::cluster(&pool, &aligned, options);
    let mut placed = place::place(&pool, &mut aligned, &clusters);
    let plans = words::plan(&pool, &clusters, &placed, options, Frozen::FirstList);
    let left_out = foreign_text(&pool, &placed.outline);
    placed.left_out.extend(left_out);
    let mut inserting = Inserting {
        pool: &pool,
        placed: &placed,
        writer: Writer::new(&pool, &placed, &plans, House::of_base(lists, options)),
        written: written(&pool, &placed.outline),
        insertions: BTreeMap::new(),
        edits: Vec::new(),
    };
    let edits = inserting.edits();
    let text = lists.first().map_or(String::new(), |base| {
        apply_edits(base.source.text(), &edits)
    });
    Into {
        edits,
        merge: decide::decide(&pool, aligned, clusters, options, placed, plans, text),
    }
}

/// Text of other lists in sections of the first and in sections without entries, which is not
/// brought there.
fn foreign_text(pool: &Pool<'_>, outline: &Outline) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    let written = written(pool, outline);
    for (at, node) in outline.nodes.iter().enumerate() {
        if written.contains(&NodeId(at)) {
            continue;
        }
        for piece in &node.pieces {
            if let Piece::Block { list, block } = *piece
                && list > 0
            {
                left_out.push(LeftOut {
                    span: pool.lists[list].blocks[block].content,
                    reason: "only entries are put into the list",
                });
            }
        }
    }
    left_out
}

/// The sections that are put into the first list: new ones, whole, that hold entries.
fn written(pool: &Pool<'_>, outline: &Outline) -> FxHashSet<NodeId> {
    let mut written = FxHashSet::default();
    for node in outline.nodes.iter().filter(|node| is_base(&node.headline)) {
        for &child in &node.children {
            let whole = tree(outline, child);
            let new = !is_base(&outline.node(child).headline);
            if new && whole.iter().any(|&id| has_entries(pool, outline, id)) {
                written.extend(whole);
            }
        }
    }
    written
}

/// A section and all below it.
fn tree(outline: &Outline, id: NodeId) -> Vec<NodeId> {
    let mut whole = vec![id];
    let mut at = 0;
    while let Some(&id) = whole.get(at) {
        whole.extend(&outline.node(id).children);
        at += 1;
    }
    whole
}

/// Whether entries stand in a section itself.
fn has_entries(pool: &Pool<'_>, outline: &Outline, id: NodeId) -> bool {
    outline.node(id).pieces.iter().any(|piece| match *piece {
        Piece::Items(_) => true,
        Piece::Contents { .. } => false,
        Piece::Block { list, block } => {
            let list = &pool.lists[list];
            let content = list.blocks[block].content;
            let from = list
                .entries
                .partition_point(|entry| entry.span.start < content.start);
            let first = list.entries.get(from);
            first.is_some_and(|entry| entry.span.start < content.end)
        }
    })
}

/// Whether a heading is the first list's.
fn is_base(headline: &Headline) -> bool {
    matches!(headline, Headline::None | Headline::Section(0, _))
}

struct Inserting<'p, 'l> {
    pool: &'p Pool<'l>,
    placed: &'p Placed,
    writer: Writer<'p, 'l>,
    /// The sections that are put in.
    written: FxHashSet<NodeId>,
    /// Text to put in, by the offset where it goes.
    insertions: BTreeMap<u32, String>,
    /// Numbers that change.
    edits: Vec<Edit>,
}

impl Inserting<'_, '_> {
    fn edits(&mut self) -> Vec<Edit> {
        let Some(base) = self.pool.lists.first() else {
            return Vec::new();
        };
        let placed = self.placed;
        // Inner lists were begun after outer ones, and come first where both go to one place.
        for (at, container) in placed.outline.containers.iter().enumerate().rev() {
            if container.origin.0 == 0 {
                self.container(base, ContainerId(at), container);
            }
        }
        self.rows(base);
        // What is deeper comes first where several things go to one place.
        for id in placed.outline.in_order().into_iter().rev() {
            let node = placed.outline.node(id);
            if is_base(&node.headline) {
                self.new_lists(base, id);
                self.new_sections(base, id);
            }
        }
        self.contents(base);
        let newline = self.writer.house.newline;
        let mut edits = std::mem::take(&mut self.edits);
        for (offset, text) in std::mem::take(&mut self.insertions) {
            let text = match newline {
                "\n" => text,
                newline => text.replace('\n', newline),
            };
            edits.push(Edit::insert(base.source.whole(), offset, text));
        }
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits
    }

    fn insert(&mut self, offset: u32, text: &str) {
        self.insertions.entry(offset).or_default().push_str(text);
    }

    /// Puts new entries into a list of the first list, each behind what it stands behind.
    fn container(&mut self, base: &List, id: ContainerId, container: &Container) {
        let mut new: Vec<Slot> = Vec::new();
        let mut before: Option<&Item> = None;
        let mut shift = 0;
        for &slot in &container.slots {
            let place = slot.place();
            if place.list > 0 {
                new.push(slot);
                continue;
            }
            let Shape::Item(item) = base.entry(place.entry).shape else {
                continue;
            };
            let item = base.item(item);
            if !new.is_empty() {
                shift += new.len() as u64;
                self.flush(base, id, std::mem::take(&mut new), before, Some(item));
            }
            self.renumber(base, item, shift);
            before = Some(item);
        }
        if !new.is_empty() {
            self.flush(base, id, new, before, None);
        }
    }

    /// Writes new items behind `before`, or in front of `next` where they come first.
    fn flush(
        &mut self,
        base: &List,
        container: ContainerId,
        new: Vec<Slot>,
        before: Option<&Item>,
        next: Option<&Item>,
    ) {
        let Some(model) = before.or(next) else {
            return;
        };
        let indent = item::column(base, model.span.start);
        let mut open = self.writer.opened(container, indent, true);
        let own = base.item_list(model.list);
        open.ordered = own.ordered;
        open.marker = own.marker;
        open.step = self.step(base, model);
        open.number = model.number.unwrap_or(1) + if before.is_some() { open.step } else { 0 };
        let padding = base.slice(model.padding).chars().count();
        open.padding = if (1..=4).contains(&padding) {
            padding
        } else {
            1
        };
        open.slots = new.into_iter().rev().collect();
        let gap = if open.loose { "\n\n" } else { "\n" };
        let text = self.writer.items(open);
        match before {
            Some(before) => {
                let end = trimmed_end(base, before.span.start, before.span.end);
                self.insert(end, &format!("{gap}{text}"));
            }
            None => {
                let start = base.source.line_start(model.span.start);
                self.insert(start, &format!("{text}{gap}"));
            }
        }
    }

    /// By how much the numbers of the list of `item` grow from item to item.
    fn step(&self, base: &List, item: &Item) -> u64 {
        let items = &base.item_list(item.list).items;
        let numbers: Vec<u64> = items
            .iter()
            .filter_map(|&item| base.item(item).number)
            .collect();
        let same = numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0] == pair[1]);
        u64::from(!same)
    }

    /// Moves the number of an item behind new ones, where the list counts.
    fn renumber(&mut self, base: &List, item: &Item, shift: u64) {
        let (Some(number), 1..) = (item.number, shift) else {
            return;
        };
        if self.step(base, item) == 0 {
            return;
        }
        let width = number.to_string().len() as u32;
        let written = item
            .marker
            .with(item.marker.start, item.marker.end.saturating_sub(1));
        if written.len() >= width {
            self.edits
                .push(Edit::replace(written, (number + shift).to_string()));
        }
    }

    /// Puts rows of other lists behind the last row of the first list's tables.
    fn rows(&mut self, base: &List) {
        let placed = self.placed;
        let mut tables: Vec<_> = placed
            .rows
            .iter()
            .filter(|((list, _), _)| *list == 0)
            .collect();
        tables.sort_by_key(|(table, _)| **table);
        for (&(_, block), rows) in tables {
            let content = base.blocks[block].content;
            let end = trimmed_end(base, content.start, content.end);
            for &row in rows {
                let line = format!("\n{}", self.writer.row(row));
                self.insert(end, &line);
            }
        }
    }

    /// Puts lists of entries into sections of the first list that had none.
    fn new_lists(&mut self, base: &List, id: NodeId) {
        let placed = self.placed;
        for piece in &placed.outline.node(id).pieces {
            let Piece::Items(container) = *piece else {
                continue;
            };
            if placed.outline.containers[container.0].origin.0 == 0 {
                continue;
            }
            let open = self.writer.opened(container, 0, false);
            let text = self.writer.items(open);
            let end = self.end_of_own(base, id);
            self.insert(end, &separated(end, &text));
        }
    }

    /// Puts sections that the first list lacks behind their elder brothers.
    fn new_sections(&mut self, base: &List, id: NodeId) {
        let placed = self.placed;
        let mut end = self.end_of_own(base, id);
        for &child in &placed.outline.node(id).children {
            if is_base(&placed.outline.node(child).headline) {
                end = self.end_of_tree(base, child);
            } else if self.written.contains(&child) {
                let text = self.writer.section(child);
                self.insert(end, &separated(end, &text));
            }
        }
    }

    fn section_of(&self, id: NodeId) -> Option<SectionId> {
        match self.placed.outline.node(id).headline {
            Headline::None => Some(SectionId(0)),
            Headline::Section(0, section) => Some(section),
            _ => None,
        }
    }

    /// Where the text of a section of the first list ends, without what is below it.
    fn end_of_own(&self, base: &List, id: NodeId) -> u32 {
        let Some(section) = self.section_of(id) else {
            return base.source.whole().end;
        };
        let start = base.section(section).span.start;
        let next = base.sections.get(section.index() + 1);
        let end = next.map_or(base.source.whole().end, |next| next.span.start);
        trimmed_end(base, start, end)
    }

    /// Where the last section below a section of the first list ends.
    fn end_of_tree(&self, base: &List, id: NodeId) -> u32 {
        let mut open = vec![id];
        let mut last = id;
        while let Some(at) = open.pop() {
            let children = &self.placed.outline.node(at).children;
            open.extend(
                children
                    .iter()
                    .filter(|child| self.section_of(**child).is_some()),
            );
            if self.section_of(at) > self.section_of(last) {
                last = at;
            }
        }
        self.end_of_own(base, last)
    }

    /// Gives new sections their lines in the table of contents.
    fn contents(&mut self, base: &List) {
        let form = |(_, table): &(usize, &crate::list::Contents)| {
            matches!(table.form, ContentsForm::Items(_))
        };
        let Some((_, table)) = base.contents.iter().enumerate().find(form) else {
            return;
        };
        let placed = self.placed;
        let order = placed.outline.in_order();
        let headings: Vec<String> = order
            .iter()
            .map(|&node| self.writer.heading(node))
            .collect();
        let slugs = slugs(&headings);
        let known = contents::resolve(base, table);
        let mut above: Option<u32> = None;
        let mut prefixes: FxHashMap<usize, String> = FxHashMap::default();
        for (&id, slug) in order.iter().zip(&slugs) {
            let node = placed.outline.node(id);
            let depth = self.depth(id);
            if let Some(&line) = self.section_of(id).and_then(|section| known.get(&section)) {
                let link = base.link(table.lines[line].link);
                let whole = base.source.line_content(base.source.line(link.span.start));
                let own = base.slice(whole);
                let start = own.find('[').unwrap_or(0);
                prefixes.insert(depth, own.get(..start).unwrap_or_default().to_owned());
                above = Some(whole.end);
                continue;
            }
            let new = !is_base(&node.headline) && node.kind == SectionKind::Entries;
            let (Some(end), Some(prefix)) = (above, prefixes.get(&depth)) else {
                continue;
            };
            if new {
                let words = align::words_of(self.pool.lists, &node.headline);
                let line = format!("\n{prefix}[{}](#{slug})", contents::plain(&words));
                self.insert(end, &line);
            }
        }
    }

    /// How many sections a section stands in, the title not counted.
    fn depth(&self, id: NodeId) -> usize {
        let parents = std::iter::successors(self.placed.outline.node(id).parent, |&parent| {
            self.placed.outline.node(parent).parent
        });
        parents.count()
    }
}

/// The end of the text from `start` to `end` without the white space at its end.
fn trimmed_end(base: &List, start: u32, end: u32) -> u32 {
    let text = base.slice(base.source.span(start, end));
    start + text.trim_end().len() as u32
}

/// `text` with a blank line before it, unless it is the first of all.
fn separated(offset: u32, text: &str) -> String {
    match offset {
        0 => format!("{text}\n\n"),
        _ => format!("\n\n{text}"),
    }
}
