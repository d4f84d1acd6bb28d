//! Entries and prose of all lists brought into the aligned sections, each once.

mod homes;
mod room;
mod special;

use rustc_hash::{FxHashMap, FxHashSet};

use super::LeftOut;
use super::align::Aligned;
use super::cluster::Clusters;
use super::outline::{ContainerId, NodeId, Outline, Piece};
use super::pool::{Member, Part, Pool};
use super::shelf::Shelves;
use crate::list::{BlockKind, EntryId, ItemId, ItemListId, List, Shape};
use crate::source::Span;
use crate::spaces::single;
use homes::Homes;
use room::Room;

/// The merged list before it is text, and what did not come into it.
pub(super) struct Placed {
    pub(super) outline: Outline,
    /// The entry of each cluster that stands in the merged list, by the cluster's first member.
    pub(super) home: Homes,
    /// Entries that are written in a block of text and are taken out of it.
    pub(super) cut: FxHashSet<Member>,
    /// Rows of later lists that are added to a table, by list and block.
    pub(super) rows: FxHashMap<(usize, usize), Vec<Member>>,
    /// What a block of definitions of a later list defines that no earlier list does.
    pub(super) definitions: FxHashMap<(usize, usize), Vec<Span>>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Placed {
    /// Whether an entry stands where it stood, in text that was brought over as it is, even if
    /// another stands for its work.
    pub(super) fn stays_in_text(&self, pool: &Pool<'_>, member: Member) -> bool {
        match pool.entry(member).shape {
            Shape::Heading => true,
            Shape::Html | Shape::Paragraph => !self.cut.contains(&member),
            Shape::Item(_) | Shape::Row => false,
        }
    }
}

/// Brings everything of the lists of `pool` into the sections of `aligned`.
pub(super) fn place(pool: &Pool<'_>, aligned: &mut Aligned, clusters: &Clusters) -> Placed {
    let mut placing = Placing {
        pool,
        aligned,
        clusters,
        shelves: Shelves::new(pool.len()),
        rooms: Vec::new(),
        home: Homes::new(pool.len()),
        cut: FxHashSet::default(),
        rows: FxHashMap::default(),
        labels: FxHashSet::default(),
        definitions: FxHashMap::default(),
        tables: FxHashMap::default(),
        left_out: Vec::new(),
        told: FxHashSet::default(),
        has_contents: false,
    };
    placing
        .rooms
        .resize_with(placing.aligned.nodes.len(), Room::default);
    for list in 0..pool.lists.len() {
        placing.list(list);
        let labels = pool.lists[list].definitions.iter();
        placing
            .labels
            .extend(labels.map(|definition| definition.label.as_str()));
    }
    placing.finish()
}

struct Placing<'p, 'l> {
    pool: &'p Pool<'l>,
    aligned: &'p mut Aligned,
    clusters: &'p Clusters,
    shelves: Shelves,
    rooms: Vec<Room>,
    home: Homes,
    cut: FxHashSet<Member>,
    rows: FxHashMap<(usize, usize), Vec<Member>>,
    /// The labels that the lists before define.
    labels: FxHashSet<&'l str>,
    definitions: FxHashMap<(usize, usize), Vec<Span>>,
    /// Tables by section and head.
    tables: FxHashMap<(NodeId, String), (usize, usize)>,
    left_out: Vec<LeftOut>,
    /// The texts of sections that have one path of headings, by the first of these.
    told: FxHashSet<(NodeId, String)>,
    has_contents: bool,
}

/// Where the next entries of a section of a list go.
struct Cursor {
    node: NodeId,
    /// The list of entries that was written to last, if no text stands between.
    current: Option<ContainerId>,
    /// The text that was met last, by its position in the rest; `None` in front.
    after: Option<usize>,
    /// What followed each piece when the section of the list was begun.
    following: Vec<Option<ContainerId>>,
    /// Whether a list of entries was met.
    past_entries: bool,
}

impl<'l> Placing<'_, 'l> {
    fn list(&mut self, at: usize) {
        let list: &'l List = &self.pool.lists[at];
        let nested = nested_lists(list);
        let mut entries = 0;
        let mut cursor: Option<(u32, Cursor)> = None;
        for (index, block) in list.blocks.iter().enumerate() {
            let section = block.section;
            if cursor.as_ref().is_none_or(|(of, _)| *of != section.0) {
                let node = self.aligned.node_of[at][section.index()];
                cursor = Some((section.0, self.cursor(node)));
            }
            let Some((_, cursor)) = &mut cursor else {
                continue;
            };
            let first = entries;
            while list
                .entries
                .get(entries)
                .is_some_and(|entry| entry.span.start < block.span.end)
            {
                entries += 1;
            }
            let inside = EntryId(first as u32)..EntryId(entries as u32);
            match block.kind {
                BlockKind::Heading => self.heading(at, index, &inside),
                BlockKind::Entries(items) => self.items(at, items, &nested, cursor),
                BlockKind::Contents(contents) => self.contents(at, index, contents, cursor),
                BlockKind::Table => self.table(at, index, &inside, cursor),
                BlockKind::Blank => {}
                BlockKind::FrontMatter if at > 0 => self.leave_out(at, index, "front matter"),
                BlockKind::Break if at > 0 => {}
                BlockKind::Definitions if at > 0 => self.definitions(at, index, cursor),
                _ => self.text(at, index, &inside, cursor),
            }
        }
    }

    fn cursor(&self, node: NodeId) -> Cursor {
        Cursor {
            node,
            current: None,
            after: None,
            following: self.rooms[node.0].following(),
            past_entries: false,
        }
    }

    fn leave_out(&mut self, list: usize, block: usize, reason: &'static str) {
        let span = self.pool.lists[list].blocks[block].content;
        self.left_out.push(LeftOut { span, reason });
    }

    /// Notes what a heading that gives way to another one says beyond it.
    fn heading(&mut self, at: usize, block: usize, inside: &std::ops::Range<EntryId>) {
        let list = &self.pool.lists[at];
        let section = list.blocks[block].section;
        let node = self.aligned.node_of[at][section.index()];
        let stays =
            self.aligned.nodes[node.0].headline == super::outline::Headline::Section(at, section);
        for id in inside.start.0..inside.end.0 {
            let member = self.pool.member(at, EntryId(id));
            if stays {
                self.home.settle(self.clusters.first(member), member);
            }
        }
        let own = list
            .section(section)
            .heading
            .as_ref()
            .map(|heading| &heading.text);
        if !stays && own != self.aligned.heading(self.pool, node).as_ref() {
            self.leave_out(at, block, "another heading stands in its place");
        } else if !stays && inside.start < inside.end {
            self.leave_out(
                at,
                block,
                "the same heading of another list stands in its place",
            );
        }
    }

    /// Brings a block of text into its section, unless an earlier list has it there.
    fn text(
        &mut self,
        at: usize,
        block: usize,
        inside: &std::ops::Range<EntryId>,
        cursor: &mut Cursor,
    ) {
        let list = &self.pool.lists[at];
        cursor.current = None;
        let mut folded = 0;
        let members: Vec<Member> = (inside.start.0..inside.end.0)
            .map(|id| self.pool.member(at, EntryId(id)))
            .collect();
        for &member in &members {
            let first = self.clusters.first(member);
            if !self.home.settle(first, member) {
                folded += 1;
            }
        }
        let content = list.blocks[block].content;
        if let [member] = members[..]
            && folded == 1
            && self.pool.entry(member).shape == Shape::Paragraph
        {
            self.cut.insert(member);
            return;
        }
        let html = |&member: &Member| self.pool.entry(member).shape == Shape::Html;
        if at > 0 && !members.is_empty() && folded == members.len() && members.iter().all(html) {
            self.cut.extend(members);
            self.leave_out(at, block, "its works stand elsewhere");
            return;
        }
        let key = single(list.slice(content)).into_owned();
        // A section that fell away as nothing stood in it moves up those with its heading.
        let namesake = self.aligned.namesakes.get(&cursor.node).copied();
        let elsewhere = namesake.is_some_and(|first| !self.told.insert((first, key.clone())));
        let rooms = [cursor.node, self.aligned.front(), super::align::ROOT];
        let rooms = if cursor.node == self.aligned.front() {
            &rooms[..]
        } else {
            &rooms[..1]
        };
        if at > 0 {
            if elsewhere && !self.rooms[cursor.node.0].texts.contains_key(&key) {
                cursor.after = None;
                return;
            }
            for &node in rooms {
                if let Some(&found) = self.rooms[node.0].texts.get(&key) {
                    cursor.after = found.filter(|_| node == cursor.node);
                    return;
                }
            }
        }
        let piece = Piece::Block { list: at, block };
        let room = &mut self.rooms[cursor.node.0];
        let position = match at > 0 && !cursor.past_entries {
            true => {
                room.front.push(piece);
                None
            }
            false => room.push(piece),
        };
        room.texts.insert(key, position);
        cursor.after = position;
    }

    /// The list of entries that entries at the cursor go to.
    fn shelf(&mut self, at: usize, items: ItemListId, cursor: &mut Cursor) -> ContainerId {
        let room = &self.rooms[cursor.node.0];
        let first = room.rest.iter().find_map(|piece| match piece {
            Piece::Items(container) => Some(*container),
            _ => None,
        });
        let last = match room.rest.last() {
            Some(Piece::Items(container)) => Some(*container),
            _ => None,
        };
        let found = match (at, cursor.current, cursor.after) {
            (_, Some(current), _) => Some(current),
            (0, None, _) => last,
            (_, None, None) => first,
            (_, None, Some(after)) => match cursor.following.get(after) {
                Some(following) => *following,
                None => last,
            },
        };
        let container = match found {
            Some(container) => container,
            None => {
                let container = self.shelves.open(at, items, cursor.node);
                self.rooms[cursor.node.0].rest.push(Piece::Items(container));
                container
            }
        };
        cursor.current = Some(container);
        cursor.past_entries = true;
        container
    }

    /// Brings a bulleted or ordered list into its section, entry by entry.
    fn items(
        &mut self,
        at: usize,
        items: ItemListId,
        nested: &FxHashMap<ItemId, Vec<ItemListId>>,
        cursor: &mut Cursor,
    ) {
        let list = &self.pool.lists[at];
        let container = self.shelf(at, items, cursor);
        let mut open = vec![(container, items, 0, None)];
        while let Some((container, items, next, neighbour)) = open.pop() {
            let Some(&item) = list.item_list(items).items.get(next) else {
                continue;
            };
            let Some(entry) = list.item(item).entry else {
                open.push((container, items, next + 1, neighbour));
                continue;
            };
            let member = self.pool.member(at, entry);
            let slot = match self.pool.parts[member] {
                Part::Free => self.work(member, container, neighbour),
                Part::Group => {
                    let below = nested.get(&item).map(Vec::as_slice).unwrap_or_default();
                    let (slot, inner) = self.group(member, below, container, neighbour);
                    open.push((container, items, next + 1, Some(slot)));
                    open.extend(below.iter().rev().map(|&below| (inner, below, 0, None)));
                    continue;
                }
                Part::Loose | Part::Attached => {
                    // The marker is the list's, not the words'.
                    let span = list.item(item).span;
                    let words = list.item(item).padding.end.min(span.end);
                    let text = list.slice(span.with(words, span.end));
                    let place = self.pool.place(member);
                    Some(
                        self.shelves
                            .loose(container, place, &single(text), neighbour),
                    )
                }
            };
            open.push((container, items, next + 1, slot.or(neighbour)));
        }
    }

    /// Puts a work on a shelf unless it stands somewhere; gives its slot if it is on this shelf.
    fn work(
        &mut self,
        member: Member,
        container: ContainerId,
        neighbour: Option<usize>,
    ) -> Option<usize> {
        let first = self.clusters.first(member);
        if let Some(home) = self.home.get(first) {
            return self.shelves.slot_of(home, container);
        }
        self.home.settle(first, member);
        let place = self.pool.place(member);
        Some(self.shelves.entry(container, member, place, neighbour))
    }

    fn group(
        &mut self,
        member: Member,
        below: &[ItemListId],
        container: ContainerId,
        neighbour: Option<usize>,
    ) -> (usize, ContainerId) {
        let entry = self.pool.entry(member);
        let words = match &entry.title {
            Some(title) => title.text.as_str(),
            None => self.pool.slice(member, entry.content),
        };
        let place = self.pool.place(member);
        let items = below.first().copied().unwrap_or(ItemListId(0));
        let key = super::heading::heading_key(words);
        self.shelves.group(container, place, key, items, neighbour)
    }

    fn finish(self) -> Placed {
        let Placing {
            pool,
            aligned,
            shelves,
            rooms,
            ..
        } = self;
        let mut outline = Outline {
            nodes: std::mem::take(&mut aligned.nodes),
            containers: shelves.finish(pool),
        };
        for (node, room) in outline.nodes.iter_mut().zip(rooms) {
            node.pieces = room.front.into_iter().chain(room.rest).collect();
            let containers = &outline.containers;
            node.pieces.retain(|piece| match piece {
                Piece::Items(container) => !containers[container.0].slots.is_empty(),
                _ => true,
            });
        }
        drop_empty(&mut outline);
        Placed {
            outline,
            home: self.home,
            cut: self.cut,
            rows: self.rows,
            definitions: self.definitions,
            left_out: self.left_out,
        }
    }
}

/// Takes sections out that came from later lists and in which nothing stands.
fn drop_empty(outline: &mut Outline) {
    let mut filled = vec![false; outline.nodes.len()];
    for at in (0..outline.nodes.len()).rev() {
        let node = &outline.nodes[at];
        let own = node.origins.iter().any(|&(list, _)| list == 0);
        filled[at] |= own || !node.pieces.is_empty();
        if let Some(parent) = node.parent.filter(|_| filled[at]) {
            filled[parent.0] = true;
        }
    }
    for node in &mut outline.nodes {
        node.children.retain(|child| filled[child.0]);
    }
}

/// The bulleted and ordered lists that are nested directly in each item.
fn nested_lists(list: &List) -> FxHashMap<ItemId, Vec<ItemListId>> {
    let mut nested: FxHashMap<ItemId, Vec<ItemListId>> = FxHashMap::default();
    for (id, item_list) in (0..).map(ItemListId).zip(&list.item_lists) {
        if let Some(parent) = item_list.parent {
            nested.entry(parent).or_default().push(id);
        }
    }
    nested
}
