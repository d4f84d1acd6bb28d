//! Bulleted and ordered lists: their items, and whether these are entries, contents or prose.

use super::build::Builder;
use super::leaf::{Piece, PieceKind};
use super::tree::Kind;
use super::{
    BlockKind, Contents, ContentsForm, ContentsLine, Entry, EntryId, Item, ItemId, ItemList,
    ItemListId, NoteKind, Place, Role, SectionKind, Shape, entry, html, work,
};
use crate::source::Span;
use crate::spaces::single;

/// What the items of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matter {
    Entries,
    Contents,
    Prose,
}

/// Reads the list at `root`.
pub(super) fn read(builder: &mut Builder<'_>, root: u32) -> BlockKind {
    let matter = matter(builder, root);
    let first = ItemListId(builder.parts.item_lists.len() as u32);
    let contents = builder.parts.contents.len() as u32;
    if matter == Matter::Contents {
        let span = builder.span_of(root);
        let section = builder.section();
        builder.parts.contents.push(Contents {
            span,
            form: ContentsForm::Items(first),
            section,
            lines: Vec::new(),
            generated: false,
        });
    }
    Reader {
        builder,
        matter,
        open: Vec::new(),
    }
    .walk(root);
    match matter {
        Matter::Entries => BlockKind::Entries(first),
        Matter::Contents => BlockKind::Contents(contents),
        Matter::Prose => BlockKind::Bullets(first),
    }
}

/// What the links of an outermost list say about its items.
#[derive(Default)]
struct Count {
    items: u32,
    /// Items whose first link leads to an anchor of this list.
    to_anchors: u32,
    /// Items whose first link leads to a file beside this list.
    beside: u32,
    /// Items whose first link leads anywhere else.
    elsewhere: u32,
    /// Whether a link behind the first of an item leads out of this list.
    elsewhere_later: bool,
}

fn count(builder: &Builder<'_>, root: u32) -> Count {
    let tree = builder.leaves.tree;
    let mut count = Count::default();
    let mut linked = true;
    for index in tree.below(root) {
        match tree.node(index).kind {
            Kind::Item { .. } => {
                count.items += 1;
                linked = false;
            }
            Kind::Link(url) => {
                count.take(builder.inlines.urls.get(url), linked);
                linked = true;
            }
            Kind::Html | Kind::Tag => {
                let span = builder.span_of(index);
                for tag in html::tags(builder.leaves.source.slice(span), span.start) {
                    if let Some(href) = tag.attribute("href").filter(|_| tag.is("a")) {
                        count.take(href.value, linked);
                        linked = true;
                    }
                }
            }
            _ => {}
        }
    }
    count
}

impl Count {
    /// Takes in a link to `url`; `later` says that it is not the first of its item.
    fn take(&mut self, url: &str, later: bool) {
        let anchor = url.starts_with('#');
        if later {
            self.elsewhere_later |= !anchor;
        } else if anchor {
            self.to_anchors += 1;
        } else if url.contains(':') || url.starts_with("//") {
            self.elsewhere += 1;
        } else {
            self.beside += 1;
        }
    }
}

fn matter(builder: &Builder<'_>, root: u32) -> Matter {
    let count = count(builder, root);
    let section = &builder.parts.sections[builder.section().index()];
    if count.to_anchors >= 2
        && count.to_anchors * 10 >= (count.to_anchors + count.elsewhere) * 8
        && count.to_anchors >= count.beside
        && (count.to_anchors + count.beside) * 2 >= count.items
    {
        return Matter::Contents;
    }
    if section.kind == SectionKind::Meta {
        return Matter::Prose;
    }
    if count.elsewhere + count.beside > 0
        || (section.parent.is_some() && names_works(builder, root))
    {
        return Matter::Entries;
    }
    Matter::Prose
}

/// How many words the name of a work has at most where it has no link and no quotation marks.
const NAME_LENGTH: usize = 12;

/// Whether the outermost items of a list without links read as names and not as sentences.
fn names_works(builder: &Builder<'_>, root: u32) -> bool {
    let tree = builder.leaves.tree;
    tree.children(root).all(|item| {
        let Some(leaf) = tree.children(item).next() else {
            return false;
        };
        let text = builder.leaves.source.slice(builder.span_of(leaf)).trim();
        if tree.node(leaf).kind != Kind::Paragraph || text.is_empty() {
            return false;
        }
        work::quoted(text).is_some()
            || text.starts_with('*')
            || (text.split_whitespace().count() <= NAME_LENGTH
                && !text.ends_with(['.', ':', '!', '?', ';']))
    })
}

/// An open list or item.
struct Open {
    next: u32,
    list: ItemListId,
    item: Option<ItemId>,
    entry: Option<EntryId>,
    /// Whether the item's own words were read.
    has_words: bool,
    /// Whether a linked work is nested in it.
    holds_works: bool,
}

struct Reader<'b, 'a> {
    builder: &'b mut Builder<'a>,
    matter: Matter,
    open: Vec<Open>,
}

impl Reader<'_, '_> {
    /// Reads the nodes below `root` in the order of the text, without recursion.
    fn walk(&mut self, root: u32) {
        let end = self.builder.leaves.tree.node(root).next;
        let mut index = root;
        while index < end {
            self.close(index);
            let node = *self.builder.leaves.tree.node(index);
            index = match node.kind {
                Kind::List {
                    ordered,
                    marker,
                    tight,
                } => {
                    self.open_list(index, ordered, marker, tight);
                    index + 1
                }
                Kind::Item { number, task } => {
                    self.open_item(index, number, task);
                    index + 1
                }
                Kind::Quote => index + 1,
                _ => {
                    self.block(index);
                    node.next
                }
            };
        }
        self.close(end);
    }

    /// Closes what ends before the node at `index`.
    fn close(&mut self, index: u32) {
        while let Some(open) = self.open.pop_if(|open| open.next <= index) {
            let Some(entry) = open.entry else {
                // A list hands on what its items hold.
                if let Some(above) = self.open.last_mut() {
                    above.holds_works |= open.holds_works;
                }
                continue;
            };
            let works = self.builder.settle(entry, open.holds_works);
            if let Some(above) = self.open.last_mut() {
                above.holds_works |= works;
            }
        }
    }

    fn open_list(&mut self, index: u32, ordered: bool, marker: char, tight: bool) {
        let span = self.builder.span_of(index);
        let section = self.builder.section();
        let parts = &mut self.builder.parts;
        let list = ItemListId(parts.item_lists.len() as u32);
        let above = self.open.last();
        let depth = above.map_or(0, |open| parts.item_lists[open.list.index()].depth + 1);
        parts.item_lists.push(ItemList {
            span,
            ordered,
            marker,
            tight,
            depth,
            parent: above.and_then(|open| open.item),
            items: Vec::new(),
            section,
        });
        let frame = Open {
            next: self.builder.leaves.tree.node(index).next,
            list,
            item: None,
            entry: None,
            has_words: true,
            holds_works: false,
        };
        self.open.push(frame);
    }

    fn open_item(&mut self, index: u32, number: Option<u32>, task: bool) {
        let Some(list) = self.open.last().map(|open| open.list) else {
            return;
        };
        let span = self.builder.span_of(index);
        let (marker, padding, checkbox) = marker(self.builder, span, task);
        let id = ItemId(self.builder.parts.items.len() as u32);
        let entry = (self.matter == Matter::Entries).then(|| self.open_entry(id, span));
        let ordered = self.builder.parts.item_lists[list.index()].ordered;
        let number = match ordered {
            true => number.map(u64::from).or_else(|| self.number_of(marker)),
            false => None,
        };
        let parts = &mut self.builder.parts;
        parts.item_lists[list.index()].items.push(id);
        parts.items.push(Item {
            list,
            span,
            marker,
            number,
            padding,
            checkbox,
            entry,
        });
        self.open.push(Open {
            next: self.builder.leaves.tree.node(index).next,
            list,
            item: Some(id),
            entry,
            has_words: false,
            holds_works: false,
        });
    }

    fn number_of(&self, marker: Span) -> Option<u64> {
        let text = self.builder.leaves.source.slice(marker);
        text.trim_end_matches(['.', ')']).parse().ok()
    }

    fn open_entry(&mut self, item: ItemId, span: Span) -> EntryId {
        let parent = self.open.iter().rev().find_map(|open| open.entry);
        let section = self.builder.section();
        let parts = &mut self.builder.parts;
        let depth = parent.map_or(0, |id| parts.entries[id.index()].depth + 1);
        let content = span.with(span.end, span.end);
        parts.entries.push(Entry {
            parent,
            depth,
            ..Entry::blank(Shape::Item(item), section, span, content)
        });
        EntryId(parts.entries.len() as u32 - 1)
    }

    /// Reads a block of the innermost item.
    fn block(&mut self, index: u32) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let kind = self.builder.leaves.tree.node(index).kind;
        let own_words = !open.has_words && kind.is_leaf_block();
        open.has_words = true;
        let (item, entry) = (open.item, open.entry);
        let place = match (self.matter, entry) {
            (Matter::Contents, _) => Place::Contents,
            (_, Some(entry)) => Place::Entry(entry),
            _ => Place::Prose,
        };
        let first_link = self.builder.inlines.links.len();
        match (own_words, entry) {
            (true, Some(entry)) => self.own_words(index, entry, place),
            (true, None) => self.builder.take_leaf(index, place),
            (false, _) => self.further(index, place),
        }
        if let Some(entry) = entry {
            let links = first_link..self.builder.inlines.links.len();
            let entry = &mut self.builder.parts.entries[entry.index()];
            entry
                .links
                .extend(links.map(|link| super::LinkId(link as u32)));
        } else if self.matter == Matter::Contents && own_words {
            self.contents_lines(first_link, item);
        }
    }

    /// Reads a block of an item behind its own words.
    fn further(&mut self, index: u32, place: Place) {
        if self.builder.leaves.tree.node(index).kind == Kind::Html {
            super::markup::take_tags(self.builder, index, place);
            return;
        }
        for below in index..self.builder.leaves.tree.node(index).next {
            match self.builder.leaves.tree.node(below).kind {
                kind if kind.is_leaf_block() => self.builder.take_leaf(below, place),
                Kind::Code => self.builder.code(below),
                _ => {}
            }
        }
    }

    fn own_words(&mut self, index: u32, id: EntryId, place: Place) {
        let content = self.builder.span_of(index);
        let content = self.without_box(id, content);
        let pieces = self.builder.leaf(index, place);
        let words = pieces.map(|pieces: Vec<Piece>| {
            let words = entry::words(
                &self.builder.leaves,
                &self.builder.inlines.links,
                index,
                content,
                &pieces,
            );
            self.builder.spare = pieces;
            words
        });
        let entry = &mut self.builder.parts.entries[id.index()];
        entry.content = content;
        if let Some(words) = words {
            words.give_to(entry);
        }
    }

    /// The words of an item without its task list box.
    fn without_box(&self, id: EntryId, content: Span) -> Span {
        let Shape::Item(item) = self.builder.parts.entries[id.index()].shape else {
            return content;
        };
        match self.builder.parts.items[item.index()].checkbox {
            Some(checkbox) if checkbox.end > content.start => {
                content.with(checkbox.end.min(content.end), content.end)
            }
            _ => content,
        }
    }

    fn contents_lines(&mut self, first_link: usize, item: Option<ItemId>) {
        let depth = item.map_or(0, |item| {
            let list = self.builder.parts.items[item.index()].list;
            self.builder.parts.item_lists[list.index()].depth
        });
        let leaves = &self.builder.leaves;
        let lines: Vec<ContentsLine> = (first_link..self.builder.inlines.links.len())
            .filter(|&link| self.builder.inlines.links[link].url.starts_with('#'))
            .map(|link| ContentsLine {
                link: super::LinkId(link as u32),
                item,
                depth,
                text: single(leaves.source.slice(self.builder.inlines.links[link].text))
                    .into_owned(),
            })
            .collect();
        if let Some(contents) = self.builder.parts.contents.last_mut() {
            contents.lines.extend(lines);
        }
    }
}

/// Whether an entry without a link says who made it or what kind of work it is, as no group does.
fn names_a_work(entry: &Entry) -> bool {
    entry.title.is_some()
        && entry
            .notes
            .iter()
            .any(|note| matches!(note.kind, NoteKind::Authors | NoteKind::Kind))
}

impl Builder<'_> {
    /// Decides what an entry is, all that is nested in it being read; `holds_works` says whether a
    /// linked work is among that. Gives whether it is, or holds, a linked work.
    pub(super) fn settle(&mut self, id: EntryId, holds_works: bool) -> bool {
        let entry = &self.parts.entries[id.index()];
        let url = entry
            .link
            .map(|link| self.inlines.links[link.index()].url.as_str());
        let role = match url {
            Some(url) if url.starts_with('#') => Role::Pointer,
            Some(_) if self.tells_forms(entry) => Role::Remark,
            Some(_) => Role::Work,
            None if holds_works && !names_a_work(entry) => Role::Group,
            None if entry.parent.is_some() || entry.title.is_none() => Role::Remark,
            None => Role::Work,
        };
        let linked = entry.link.is_some();
        self.parts.entries[id.index()].role = role;
        holds_works || (linked && role == Role::Work)
    }
}

impl Builder<'_> {
    /// Whether an entry, nested in a work, says no more than where else to find that:
    /// `[App Store](…) [Screenshot 1](…)`.
    fn tells_forms(&self, entry: &Entry) -> bool {
        let source = self.leaves.source;
        let above = entry.parent.map(|id| &self.parts.entries[id.index()]);
        above.is_some_and(|above| above.link.is_some())
            && entry.description.is_none()
            && entry.links.iter().all(|link| {
                let link = &self.inlines.links[link.index()];
                link.image_only || work::names_a_form(source.slice(link.text))
            })
            && entry.link.is_some_and(|link| {
                let text = source.slice(self.inlines.links[link.index()].text);
                let title = entry.title.as_ref();
                title.is_some_and(|title| text.contains(source.slice(title.span)))
            })
    }
}

/// The marker of an item, the white space behind it and its task list box.
fn marker(builder: &Builder<'_>, span: Span, task: bool) -> (Span, Span, Option<Span>) {
    let text = builder.leaves.source.slice(span);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marker_end = (digits + 1).min(text.len());
    let after = text.get(marker_end..).unwrap_or_default();
    let padding = after.len() - after.trim_start_matches([' ', '\t']).len();
    let start = span.start + marker_end as u32;
    let words = start + padding as u32;
    // The box of an item that begins with an empty line stands on the next one, and is none of ours.
    let found = after.get(padding..padding + 3);
    let checkbox = found
        .filter(|found| task && found.starts_with('[') && found.ends_with(']'))
        .map(|found| span.with(words, words + found.len() as u32));
    (
        span.with(span.start, start),
        span.with(start, words),
        checkbox,
    )
}

/// Whether the pieces of a leaf are links to anchors and nothing else.
pub(super) fn only_pointers(builder: &Builder<'_>, pieces: &[Piece]) -> bool {
    let mut pointers = 0;
    for piece in pieces {
        match piece.kind {
            PieceKind::Link(id) if builder.inlines.links[id.index()].url.starts_with('#') => {
                pointers += 1;
            }
            PieceKind::Link(_) | PieceKind::Code => return false,
            PieceKind::Text | PieceKind::Emphasis | PieceKind::Strong => {
                let span = builder.leaves.source.span(piece.start, piece.end);
                let text = builder.leaves.source.slice(span);
                if text.chars().any(char::is_alphanumeric) {
                    return false;
                }
            }
            _ => {}
        }
    }
    pointers > 0
}
