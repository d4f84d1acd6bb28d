//! Lists of entries while they fill: each new entry behind its neighbour, or in sorted place.

use std::num::NonZeroU32;

use rustc_hash::FxHashMap;

use super::Place;
use super::outline::{Container, ContainerId, NodeId, Slot};
use super::pool::{Member, Pool};
use crate::list::ItemListId;
use crate::list::style::{Order, SortKey, entry_key, misplaced};

/// The lists of entries of a merged list.
pub(super) struct Shelves {
    shelves: Vec<Shelf>,
    /// Where each member stands, if it does: the list and the slot.
    slots: Vec<Option<(NonZeroU32, u32)>>,
}

/// One list of entries: slots in the order in which they came, and the order in which they stand.
struct Shelf {
    origin: (usize, ItemListId),
    node: NodeId,
    slots: Vec<Slot>,
    /// The slot behind each slot.
    next: Vec<Option<usize>>,
    first: Option<usize>,
    last: Option<usize>,
    /// Words that stand here, by list and text.
    loose: FxHashMap<String, usize>,
    /// The groups here, by title and how many of that title stand before it.
    groups: FxHashMap<(String, u32), (usize, ContainerId)>,
    /// How many groups of one title the list that is being read has had here.
    seen: FxHashMap<(usize, String), u32>,
}

impl Shelves {
    /// No lists yet for so many members.
    pub(super) fn new(members: usize) -> Self {
        Shelves {
            shelves: Vec::new(),
            slots: vec![None; members],
        }
    }

    /// A new list of entries in the section `node`, begun from an item list.
    pub(super) fn open(&mut self, list: usize, items: ItemListId, node: NodeId) -> ContainerId {
        self.shelves.push(Shelf {
            origin: (list, items),
            node,
            slots: Vec::new(),
            next: Vec::new(),
            first: None,
            last: None,
            loose: FxHashMap::default(),
            groups: FxHashMap::default(),
            seen: FxHashMap::default(),
        });
        ContainerId(self.shelves.len() - 1)
    }

    /// The slot of `home` if it stands in `container`.
    pub(super) fn slot_of(&self, home: Member, container: ContainerId) -> Option<usize> {
        let (at, slot) = self.slots.get(home).copied()??;
        (at == number(container)?).then_some(slot as usize)
    }

    /// Puts a work behind its neighbour, or at the end if it has none.
    pub(super) fn entry(
        &mut self,
        container: ContainerId,
        member: Member,
        place: Place,
        neighbour: Option<usize>,
    ) -> usize {
        let slot = self.shelves[container.0].put(Slot::Entry(place), neighbour);
        if let Some(at) = self.slots.get_mut(member) {
            *at = number(container).map(|container| (container, slot as u32));
        }
        slot
    }

    /// Puts words behind their neighbour unless an earlier list has the same words here.
    pub(super) fn loose(
        &mut self,
        container: ContainerId,
        place: Place,
        text: &str,
        neighbour: Option<usize>,
    ) -> usize {
        let shelf = &mut self.shelves[container.0];
        if place.list > 0
            && let Some(&slot) = shelf.loose.get(text)
        {
            return slot;
        }
        let slot = shelf.put(Slot::Loose(place), neighbour);
        shelf.loose.insert(text.to_owned(), slot);
        slot
    }

    /// The group with the same title, or a new one; gives its slot and the list nested in it.
    pub(super) fn group(
        &mut self,
        container: ContainerId,
        place: Place,
        key: String,
        items: ItemListId,
        neighbour: Option<usize>,
    ) -> (usize, ContainerId) {
        let shelf = &mut self.shelves[container.0];
        let seen = shelf.seen.entry((place.list, key.clone())).or_insert(0);
        let name = (key, *seen);
        *seen += 1;
        if let Some(&found) = shelf.groups.get(&name) {
            return found;
        }
        let node = shelf.node;
        let inner = self.open(place.list, items, node);
        let shelf = &mut self.shelves[container.0];
        let slot = shelf.put(Slot::Group(place, inner), neighbour);
        shelf.groups.insert(name, (slot, inner));
        (slot, inner)
    }

    /// The lists with their entries in order.
    pub(super) fn finish(self, pool: &Pool<'_>) -> Vec<Container> {
        self.shelves
            .into_iter()
            .map(|shelf| shelf.finish(pool))
            .collect()
    }
}

/// The number of a list, counted from 1.
fn number(container: ContainerId) -> Option<NonZeroU32> {
    NonZeroU32::new(container.0 as u32 + 1)
}

impl Shelf {
    fn put(&mut self, slot: Slot, neighbour: Option<usize>) -> usize {
        let id = self.slots.len();
        self.slots.push(slot);
        let before = neighbour.or(self.last);
        let after = match before {
            Some(before) => self.next[before].replace(id),
            None => self.first.replace(id),
        };
        self.next.push(after);
        if self.last == before {
            self.last = Some(id);
        }
        id
    }

    fn finish(self, pool: &Pool<'_>) -> Container {
        let mut order = Vec::with_capacity(self.slots.len());
        let mut at = self.first;
        while let Some(slot) = at {
            order.push(self.slots[slot]);
            at = self.next[slot];
        }
        let list = self.origin.0;
        if order.iter().any(|slot| slot.place().list != list) {
            order = sorted_in(pool, list, order);
        }
        Container {
            origin: self.origin,
            node: self.node,
            slots: order,
        }
    }
}

/// `slots` with those of other lists in sorted place, if those of `list` are sorted.
fn sorted_in(pool: &Pool<'_>, list: usize, slots: Vec<Slot>) -> Vec<Slot> {
    let key = |slot: &Slot| -> SortKey {
        let place = slot.place();
        entry_key(&pool.lists[place.list], place.entry)
    };
    let (own, mut other): (Vec<Slot>, Vec<Slot>) =
        slots.iter().partition(|slot| slot.place().list == list);
    let keys: Vec<SortKey> = own.iter().map(key).collect();
    let out_of_order = misplaced(&keys);
    if (own.len() as u32) < Order::FEWEST || out_of_order.len() * 10 > own.len() {
        return slots;
    }
    other.sort_by_cached_key(key);
    let mut merged = Vec::with_capacity(slots.len());
    let mut other = other.into_iter().peekable();
    let mut out_of_order = out_of_order.into_iter().peekable();
    for (at, (slot, own_key)) in own.into_iter().zip(&keys).enumerate() {
        if out_of_order.next_if_eq(&at).is_none() {
            while let Some(before) = other.next_if(|slot| key(slot) < *own_key) {
                merged.push(before);
            }
        }
        merged.push(slot);
    }
    merged.extend(other);
    merged
}

impl Slot {
    /// The entry that names what stands here.
    pub fn place(self) -> Place {
        match self {
            Slot::Entry(place) | Slot::Loose(place) | Slot::Group(place, _) => place,
        }
    }
}
