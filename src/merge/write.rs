//! The text of a merged list: its headings, contents, prose and entries, in the first list's form.

mod entry;

use rustc_hash::FxHashMap;

use super::item::{self, Touch};
use super::outline::{ContainerId, Headline, NodeId, Outline, Piece, Slot};
use super::place::Placed;
use super::pool::{Member, Pool};
use super::style::{House, Labels, is_loose};
use super::words::Plans;
use super::{Options, contents};
use crate::edit::Edit;
use crate::list::{BlockKind, List, SectionId};
use crate::spaces::single;

/// Writes the merged list.
pub(super) fn text(pool: &Pool<'_>, placed: &Placed, plans: &Plans, options: &Options) -> String {
    let house = House::read(pool.lists, options);
    let mut writer = Writer::new(pool, placed, plans, house);
    writer.write();
    let text = writer.text;
    match writer.house.newline {
        "\n" => text,
        newline => text.replace("\r\n", "\n").replace('\n', newline),
    }
}

pub(super) struct Writer<'p, 'l> {
    pub(super) pool: &'p Pool<'l>,
    pub(super) placed: &'p Placed,
    plans: &'p Plans,
    pub(super) house: House,
    touch: Vec<Touch>,
    text: String,
    /// The last number written of the first list's numbers, and the number there that it stood for.
    number: Option<(u64, u64)>,
}

/// A list that is being written.
pub(super) struct Open {
    /// What is still to be written, the first at the end.
    pub(super) slots: Vec<Slot>,
    /// Whether an item was written.
    pub(super) begun: bool,
    pub(super) indent: usize,
    pub(super) number: u64,
    pub(super) step: u64,
    pub(super) ordered: bool,
    pub(super) loose: bool,
    pub(super) marker: char,
    /// The spaces between marker and words.
    pub(super) padding: usize,
    /// Text of the group that this list is nested in, to be written behind it.
    behind: String,
}

impl<'p, 'l> Writer<'p, 'l> {
    pub(super) fn new(
        pool: &'p Pool<'l>,
        placed: &'p Placed,
        plans: &'p Plans,
        house: House,
    ) -> Self {
        let labels = Labels::read(pool.lists);
        let touch = (0..pool.lists.len()).map(|at| house.touch(pool.lists, &labels, at));
        Writer {
            pool,
            placed,
            plans,
            touch: touch.collect(),
            house,
            text: String::new(),
            number: None,
        }
    }

    fn outline(&self) -> &Outline {
        &self.placed.outline
    }

    fn write(&mut self) {
        let order = self.outline().in_order();
        let headings: Vec<String> = order.iter().map(|&node| self.heading(node)).collect();
        let slugs = slugs(&headings);
        for (&node, heading) in order.iter().zip(&headings) {
            self.piece(heading);
            self.pieces(node, &order, &slugs);
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Writes what stands in a section.
    fn pieces(&mut self, node: NodeId, order: &[NodeId], slugs: &[String]) {
        let placed = self.placed;
        let mut before = None;
        for &piece in &placed.outline.node(node).pieces {
            self.keep_apart(before, piece);
            match piece {
                Piece::Block { list, block } => self.block(list, block),
                Piece::Items(container) => {
                    let open = self.opened(container, 0, false);
                    let items = self.items(open);
                    self.piece(&items);
                }
                Piece::Contents { list, contents } => {
                    let table = contents::table(self, list, contents, order, slugs);
                    self.piece(&table);
                }
            }
            before = Some(piece);
        }
    }

    /// The text of a section and of what stands below it.
    pub(super) fn section(&mut self, top: NodeId) -> String {
        let written = std::mem::take(&mut self.text);
        let placed = self.placed;
        let mut open = vec![top];
        while let Some(node) = open.pop() {
            let heading = self.heading(node);
            self.piece(&heading);
            self.pieces(node, &[], &[]);
            open.extend(placed.outline.node(node).children.iter().rev());
        }
        std::mem::replace(&mut self.text, written)
    }

    /// Writes a piece behind a blank line.
    fn piece(&mut self, piece: &str) {
        let piece = piece.trim_end();
        let piece = piece.trim_start_matches(['\n', '\r']);
        if piece.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(&piece.replace("\r\n", "\n"));
    }

    /// Writes an empty comment between pieces that would else be read as one.
    fn keep_apart(&mut self, before: Option<Piece>, piece: Piece) {
        let kind = |piece: Piece| match piece {
            Piece::Block { list, block } => Some(self.pool.lists[list].blocks[block].kind),
            Piece::Items(_) | Piece::Contents { .. } => None,
        };
        let Some(before) = before else {
            return;
        };
        let is_list = |kind| {
            matches!(
                kind,
                None | Some(BlockKind::Bullets(_) | BlockKind::Entries(_))
            )
        };
        let both_lists = is_list(kind(before)) && is_list(kind(piece));
        let own = |piece: Piece| match piece {
            Piece::Block { list, block } => Some((list, block)),
            _ => None,
        };
        let neighbours = match (own(before), own(piece)) {
            (Some((a, at)), Some((b, next))) => a == b && at + 1 == next,
            _ => false,
        };
        let code_behind_list = is_list(kind(before))
            && matches!(kind(piece), Some(BlockKind::Code))
            && own(piece).is_some_and(|(list, block)| {
                let list = &self.pool.lists[list];
                list.slice(list.blocks[block].content)
                    .starts_with(['\t', ' '])
            });
        if !neighbours && (both_lists || code_behind_list) {
            self.piece("<!-- -->");
        }
    }

    /// The heading of a section as one line; empty where there is none.
    pub(super) fn heading(&self, node: NodeId) -> String {
        let node = self.outline().node(node);
        let words = match &node.headline {
            Headline::None => return String::new(),
            Headline::Named(name) => name.clone(),
            Headline::Section(list, section) => self.heading_words(*list, *section),
        };
        let marks = "#".repeat(node.level.clamp(1, 6).into());
        format!("{marks} {words}").trim_end().to_owned()
    }

    fn heading_words(&self, at: usize, section: SectionId) -> String {
        let list = &self.pool.lists[at];
        let Some(heading) = &list.section(section).heading else {
            return String::new();
        };
        let mut closing = Vec::new();
        for anchor in &list.anchors {
            // The white space behind an anchor that is closed would become part of GitHub's own.
            if heading.span.contains(anchor.span) && !anchor.closed {
                let rest = list.slice(heading.span.with(anchor.span.end, heading.span.end));
                let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
                let span = anchor
                    .span
                    .with(anchor.span.end, anchor.span.end + blank as u32);
                closing.push(Edit::replace(span, "</a>"));
            }
        }
        let text = self.touch[at].text(list, heading.span, &closing);
        let text = text.trim();
        let words = if heading.setext {
            let end = text.rfind('\n').unwrap_or(text.len());
            text.get(..end).unwrap_or_default()
        } else {
            let words = text.trim_start_matches('#').trim();
            match heading.closed {
                true => words.trim_end_matches('#'),
                false => words,
            }
        };
        single(words).into_owned()
    }

    /// Writes a block as it stands, with what was folded into it or taken out of it.
    fn block(&mut self, at: usize, block: usize) {
        let list = &self.pool.lists[at];
        let content = list.blocks[block].content;
        if let Some(fresh) = self.placed.definitions.get(&(at, block)) {
            let lines: Vec<&str> = fresh.iter().map(|&span| list.slice(span).trim()).collect();
            self.piece(&lines.join("\n"));
            return;
        }
        let from = list
            .entries
            .partition_point(|entry| entry.span.start < content.start);
        let to = list
            .entries
            .partition_point(|entry| entry.span.start < content.end);
        let mut edits = Vec::new();
        for id in from..to {
            let member = self.pool.member(at, crate::list::EntryId(id as u32));
            let entry = &list.entries[id];
            if self.placed.cut.contains(&member) {
                let line = list.source.line(entry.span.start);
                let span = list.source.line_span(line);
                let span = span.with(span.start, span.end.min(content.end));
                edits.push(Edit::delete(span));
            } else if let Some(plan) = self.plans.by_home.get(&member) {
                edits.extend(plan.edits.iter().cloned());
            }
        }
        edits.dedup_by(|a, b| a.span == b.span && a.replacement.is_empty());
        let mut text = self.touch[at].text(list, content, &edits);
        if let Some(rows) = self.placed.rows.get(&(at, block)) {
            let end = text.trim_end().len();
            text.truncate(end);
            for &row in rows {
                text.push('\n');
                text.push_str(&self.row(row));
            }
        }
        self.piece(&text);
    }

    /// The line of a row of a table.
    pub(super) fn row(&self, row: Member) -> String {
        let list = self.pool.list(row);
        let line = list.source.line(self.pool.entry(row).span.start);
        let touch = &self.touch[self.pool.list_of(row)];
        touch.text(list, list.source.line_content(line), self.edits_of(row))
    }

    fn edits_of(&self, home: Member) -> &[Edit] {
        let plan = self.plans.by_home.get(&home);
        plan.map(|plan| plan.edits.as_slice()).unwrap_or_default()
    }

    /// How the list `container` is begun.
    pub(super) fn opened(&mut self, container: ContainerId, indent: usize, nested: bool) -> Open {
        let (at, items) = self.outline().containers[container.0].origin;
        let list = &self.pool.lists[at];
        let own = list.item_list(items);
        let ordered = match (at, nested) {
            (0, _) => own.ordered || (self.house.numbered && !nested),
            (_, true) => false,
            (_, false) => self.house.ordered,
        };
        let mut number = 1;
        let mut step = 1;
        if at == 0 && own.ordered {
            let numbers = own.items.iter().filter_map(|&item| list.item(item).number);
            let numbers: Vec<u64> = numbers.collect();
            number = numbers.first().copied().unwrap_or(1);
            if numbers.len() > 1 && numbers.iter().all(|&other| other == number) {
                step = 0;
            }
            if let Some((was, is)) = self.number.filter(|&(was, _)| number == was + 1 && !nested) {
                number = is + (number - was);
            }
        }
        let slots = self.outline().containers[container.0].slots.len() as u64;
        if !nested && at == 0 && own.ordered {
            let last = own
                .items
                .iter()
                .rev()
                .find_map(|&item| list.item(item).number);
            let is = number + step * slots.saturating_sub(1);
            self.number = last.map(|was| (was, is));
        }
        let mut slots = self.outline().containers[container.0].slots.clone();
        slots.reverse();
        Open {
            slots,
            begun: false,
            indent,
            number,
            step,
            ordered,
            loose: is_loose(list, items),
            marker: match (ordered, at == 0 && !nested, at == 0) {
                (true, _, true) if own.ordered => own.marker,
                (true, ..) => self.house.delimiter,
                (false, false, true) if !own.ordered => own.marker,
                (false, ..) => self.house.bullet,
            },
            padding: 1,
            behind: String::new(),
        }
    }

    /// The lines of a list with the lists of its groups.
    pub(super) fn items(&mut self, open: Open) -> String {
        let mut text = String::new();
        let mut open = vec![open];
        while let Some(list) = open.last_mut() {
            let Some(slot) = list.slots.pop() else {
                text.push_str(&list.behind);
                open.pop();
                continue;
            };
            if !text.is_empty() {
                text.push('\n');
                if list.loose && list.begun {
                    text.push('\n');
                }
            }
            list.begun = true;
            let marker = match list.ordered {
                true => format!("{}{}", list.number, list.marker),
                false => list.marker.to_string(),
            };
            // One space stands behind every marker.
            let marker = format!("{marker}{}", " ".repeat(list.padding - 1));
            list.number += list.step;
            let indent = list.indent;
            match slot {
                Slot::Entry(place) => text.push_str(&self.entry(place, &marker, indent)),
                Slot::Loose(place) => {
                    let list = &self.pool.lists[place.list];
                    let touch = &self.touch[place.list];
                    text.push_str(&item::lines(
                        list,
                        touch,
                        place.entry,
                        &marker,
                        indent,
                        None,
                    ));
                }
                Slot::Group(place, inner) => {
                    let (before, behind) = self.group(place, &marker, indent);
                    text.push_str(&before);
                    let deeper = indent + marker.chars().count() + 1;
                    let mut inner = self.opened(inner, deeper, true);
                    inner.behind = behind;
                    open.push(inner);
                }
            }
        }
        text
    }
}

/// The anchors of the headings, in order, as the page gets them.
pub(super) fn slugs(headings: &[String]) -> Vec<String> {
    let lines: Vec<&str> = headings
        .iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    let source = crate::source::Source::new(crate::source::FileId(0), "", lines.join("\n\n"));
    let list = List::parse(source);
    let mut known: FxHashMap<u32, &str> = FxHashMap::default();
    for (_, heading) in list.headings() {
        known.insert(list.source.line(heading.span.start), &heading.slug);
    }
    let mut line = 1;
    headings
        .iter()
        .map(|heading| {
            if heading.is_empty() {
                return String::new();
            }
            line += 2;
            known
                .get(&(line - 2))
                .map(|slug| (*slug).to_owned())
                .unwrap_or_default()
        })
        .collect()
}
