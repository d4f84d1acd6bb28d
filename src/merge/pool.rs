//! The entries of all lists in one numbering, and what each of them is to a merge.

use rayon::prelude::*;

use super::judge::Key;
use super::{Options, Place};
use crate::list::{Entry, EntryId, List, Role, Shape};
use crate::source::Span;

/// An entry by its position among those of all lists.
pub(super) type Member = usize;

/// What an entry is to a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Stands for itself: a work at the top of its list or in a group.
    Free,
    /// Belongs to the work that it is nested in and goes where that goes.
    Attached,
    /// Holds others and names no work.
    Group,
    /// Words that are neither; two of them are the same if they are equal.
    Loose,
}

/// The entries of all lists.
pub(super) struct Pool<'l> {
    pub(super) lists: &'l [List],
    /// The first member of each list, and the number of members at the end.
    starts: Vec<Member>,
    /// The position of the list that each member stands in.
    of_list: Vec<u32>,
    /// Whether each member is an item of a list.
    items: Vec<bool>,
    /// What each member is.
    pub(super) parts: Vec<Part>,
    /// What each member is compared by.
    pub(super) keys: Vec<Key>,
}

impl<'l> Pool<'l> {
    pub(super) fn new(lists: &'l [List], options: &Options) -> Self {
        let mut starts = vec![0];
        let entries = lists.iter().map(|list| list.entries.len()).sum();
        let mut parts = Vec::with_capacity(entries);
        let mut of_list = Vec::with_capacity(entries);
        let mut items = Vec::with_capacity(entries);
        for (at, list) in lists.iter().enumerate() {
            read_parts(list, &mut parts);
            of_list.resize(parts.len(), at as u32);
            let is_item = |entry: &Entry| matches!(entry.shape, Shape::Item(_));
            items.extend(list.entries.iter().map(is_item));
            starts.push(parts.len());
        }
        let keys = lists
            .par_iter()
            .flat_map(|list| Key::of_list(list, &options.identity))
            .collect();
        Pool {
            lists,
            starts,
            of_list,
            items,
            parts,
            keys,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// The member that an entry is.
    pub(super) fn member(&self, list: usize, entry: EntryId) -> Member {
        self.starts[list] + entry.index()
    }

    /// The position of the list that a member stands in.
    pub(super) fn list_of(&self, member: Member) -> usize {
        self.of_list[member] as usize
    }

    pub(super) fn place(&self, member: Member) -> Place {
        let list = self.list_of(member);
        Place {
            list,
            entry: EntryId((member - self.starts[list]) as u32),
        }
    }

    pub(super) fn list(&self, member: Member) -> &'l List {
        &self.lists[self.list_of(member)]
    }

    pub(super) fn entry(&self, member: Member) -> &'l Entry {
        let place = self.place(member);
        self.lists[place.list].entry(place.entry)
    }

    pub(super) fn slice(&self, member: Member, span: Span) -> &'l str {
        self.list(member).slice(span)
    }

    /// The members nested directly in one.
    pub(super) fn children(&self, member: Member) -> impl Iterator<Item = Member> + '_ {
        let place = self.place(member);
        self.lists[place.list]
            .children(place.entry)
            .map(move |(id, _)| self.member(place.list, id))
    }

    /// Whether the entry is an item of a list, which can be moved and taken out.
    pub(super) fn is_item(&self, member: Member) -> bool {
        self.items[member]
    }
}

fn read_parts(list: &List, parts: &mut Vec<Part>) {
    let start = parts.len();
    let mut has_children = vec![false; list.entries.len()];
    for entry in &list.entries {
        if let Some(parent) = entry.parent {
            has_children[parent.index()] = true;
        }
    }
    for (id, entry) in list.entries() {
        let above = entry.parent.map(|parent| parts[start + parent.index()]);
        let part = match (above, entry.role) {
            (Some(Part::Free | Part::Attached | Part::Loose), _) => Part::Attached,
            (_, Role::Group) => Part::Group,
            (_, Role::Pointer) if has_children[id.index()] => Part::Group,
            (_, Role::Work) => Part::Free,
            (_, Role::Remark | Role::Pointer) => Part::Loose,
        };
        parts.push(part);
    }
}
