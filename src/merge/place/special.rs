//! What is neither entries of a list nor plain text, brought into its section: tables, tables of
//! contents, definitions of links.

use super::{Cursor, Placing};
use crate::list::{ContentsForm, EntryId, Shape};
use crate::merge::LeftOut;
use crate::merge::outline::Piece;
use crate::merge::pool::Part;

impl Placing<'_, '_> {
    /// Brings a table into its section: its rows into a table with the same head or into the list
    /// of entries that stands there, else the whole of it.
    pub(super) fn table(
        &mut self,
        at: usize,
        block: usize,
        inside: &std::ops::Range<EntryId>,
        cursor: &mut Cursor,
    ) {
        let list = &self.pool.lists[at];
        let mut fresh = Vec::new();
        for id in inside.start.0..inside.end.0 {
            let member = self.pool.member(at, EntryId(id));
            if self.pool.parts[member] != Part::Free {
                continue;
            }
            if self.home.get(self.clusters.first(member)).is_some() {
                let row = self.pool.entry(member).shape == Shape::Row;
                if row {
                    self.cut.insert(member);
                }
            } else {
                fresh.push(member);
                self.home.settle(self.clusters.first(member), member);
            }
        }
        let head = head_of(list.slice(list.blocks[block].content));
        let key = (cursor.node, head);
        let is_rows = fresh
            .iter()
            .all(|&member| self.pool.entry(member).shape == Shape::Row);
        let has_entries = inside.start < inside.end;
        if at > 0 && has_entries && is_rows {
            if let Some(&table) = self.tables.get(&key) {
                self.rows.entry(table).or_default().extend(fresh);
                return;
            }
            let room = &self.rooms[cursor.node.0];
            let shelf = room.rest.iter().find_map(|piece| match piece {
                Piece::Items(container) => Some(*container),
                _ => None,
            });
            if fresh.is_empty() || shelf.is_some() {
                self.leave_out(at, block, "the rows of the table stand elsewhere");
                if let Some(shelf) = shelf {
                    let mut neighbour = None;
                    for member in fresh {
                        let place = self.pool.place(member);
                        neighbour = Some(self.shelves.entry(shelf, member, place, neighbour));
                    }
                }
                return;
            }
        }
        if has_entries {
            self.tables.entry(key).or_insert((at, block));
        }
        self.text_of_table(at, block, cursor);
    }

    fn text_of_table(&mut self, at: usize, block: usize, cursor: &mut Cursor) {
        let none = EntryId(0)..EntryId(0);
        self.text(at, block, &none, cursor);
    }

    pub(super) fn contents(&mut self, at: usize, block: usize, contents: u32, cursor: &mut Cursor) {
        let list = &self.pool.lists[at];
        let form = list.contents[contents as usize].form;
        if matches!(form, ContentsForm::Other) && at == 0 {
            self.has_contents = true;
            self.rooms[cursor.node.0].push(Piece::Block { list: at, block });
        } else if matches!(form, ContentsForm::Items(_)) && !self.has_contents {
            self.has_contents = true;
            let contents = contents as usize;
            let dead = crate::merge::contents::dead_lines(list, contents);
            let reason = "the line of the table of contents leads nowhere";
            self.left_out
                .extend(dead.into_iter().map(|span| LeftOut { span, reason }));
            self.rooms[cursor.node.0].push(Piece::Contents { list: at, contents });
        } else {
            self.leave_out(at, block, "the table of contents is made anew");
        }
        cursor.current = None;
    }

    /// Brings what a later list defines and no earlier one does into its section; links by the other
    /// labels are written out where they mean something else.
    pub(super) fn definitions(&mut self, at: usize, block: usize, cursor: &mut Cursor) {
        let list = &self.pool.lists[at];
        let content = list.blocks[block].content;
        let inside = list
            .definitions
            .iter()
            .filter(|definition| content.contains(definition.span));
        let (fresh, known): (Vec<_>, Vec<_>) =
            inside.partition(|definition| !self.labels.contains(definition.label.as_str()));
        let reason = "an earlier list defines the label";
        self.left_out.extend(known.iter().map(|definition| LeftOut {
            span: definition.span,
            reason,
        }));
        if !fresh.is_empty() {
            let spans = fresh.iter().map(|definition| definition.span).collect();
            self.definitions.insert((at, block), spans);
            self.text(at, block, &(EntryId(0)..EntryId(0)), cursor);
        }
    }
}

/// The head of a table, white space and case made even.
fn head_of(table: &str) -> String {
    let head = table.lines().next().unwrap_or_default();
    let cells = head.trim().trim_matches('|').split('|');
    let cells: Vec<String> = cells.map(|cell| cell.trim().to_lowercase()).collect();
    cells.join("|")
}
