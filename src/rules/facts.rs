//! What the rules know of one list, each thing computed once and only when asked for.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use super::address::Addresses;
use super::words;
use crate::identity::url::{Certain, CertainKey};
use crate::identity::{self, Identity};
use crate::list::style::{self, Style};
use crate::list::write::{ContentsState, contents_states};
use crate::list::{Block, Entry, EntryId, Link, LinkId, List, Role, Shape};
use crate::list::{anchor, html};
use crate::source::{Source, Span};

/// Answers whether a path, relative to the folder of the list whose name is given first, exists.
pub type HasFile = dyn Fn(&str, &str) -> bool + Send + Sync;

/// Answers what text a list of a name had before.
pub type Earlier = dyn Fn(&str) -> Option<String> + Send + Sync;

/// What rules may know of the files around a list; engines read none themselves.
#[derive(Default)]
pub struct Surroundings {
    /// Tells whether a path, relative to the folder of the list whose name is given first, exists.
    pub has_file: Option<Box<HasFile>>,
    /// Gives the text that the list of this name had before the change that is checked.
    pub earlier: Option<Box<Earlier>>,
    /// What a user adds to the knowledge about identity.
    pub identity: identity::Options,
}

/// A list and what is known of it.
pub struct Facts<'a> {
    /// The list.
    pub list: &'a List,
    /// What is known of the files around it.
    pub surroundings: &'a Surroundings,
    anchors: OnceCell<HashSet<String>>,
    hidden: OnceCell<Vec<Span>>,
    style: OnceCell<Style>,
    earlier: OnceCell<Option<List>>,
    contents: OnceCell<Vec<ContentsState>>,
    works: OnceCell<Vec<Work>>,
    addresses: OnceCell<Addresses<'a>>,
    /// By link.
    keys: OnceCell<Vec<OnceCell<CertainKey>>>,
    /// Whether a tool writes any of it.
    generates: OnceCell<bool>,
}

/// An entry that names a work, and what is known of it.
pub(super) struct Work {
    /// The entry.
    pub(super) entry: EntryId,
    /// The link that says which work it is.
    pub(super) link: Option<LinkId>,
    identity: OnceCell<Identity>,
}

impl<'a> Facts<'a> {
    /// What is known of `list`.
    pub fn new(list: &'a List, surroundings: &'a Surroundings) -> Self {
        Facts {
            list,
            surroundings,
            anchors: OnceCell::new(),
            hidden: OnceCell::new(),
            style: OnceCell::new(),
            earlier: OnceCell::new(),
            contents: OnceCell::new(),
            works: OnceCell::new(),
            addresses: OnceCell::new(),
            keys: OnceCell::new(),
            generates: OnceCell::new(),
        }
    }

    /// The anchors of the list: its headings' and those that it sets by itself.
    pub fn anchors(&self) -> &HashSet<String> {
        self.anchors.get_or_init(|| {
            let list = self.list;
            let headings = list.headings().map(|(_, heading)| heading.slug.clone());
            let explicit = list
                .anchors
                .iter()
                .map(|anchor| list.slice(anchor.name).to_owned());
            let html = html_headings(list.source.text());
            headings.chain(explicit).chain(html).collect()
        })
    }

    /// Whether a link to `fragment` leads to an anchor of the list.
    pub fn has_anchor(&self, fragment: &str) -> bool {
        anchor::spellings(fragment).any(|spelling| self.anchors().contains(&spelling))
    }

    /// Whether the byte at `offset` stands in a code block.
    pub fn in_code(&self, offset: u32) -> bool {
        let code = &self.list.code;
        let after = code.partition_point(|span| span.start <= offset);
        after > 0 && offset < code[after - 1].end
    }

    /// Whether the file at `path` exists beside the list; `None` where that cannot be known.
    pub fn has_file(&self, path: &str) -> Option<bool> {
        let has_file = self.surroundings.has_file.as_ref()?;
        Some(has_file(self.list.source.name(), path))
    }

    /// The anchors in the order of the text, each once.
    pub fn anchors_in_order(&self) -> Vec<&str> {
        let list = self.list;
        let mut places: BTreeMap<u32, &str> = BTreeMap::new();
        for (_, heading) in list.headings() {
            places.insert(heading.span.start, &heading.slug);
        }
        for anchor in &list.anchors {
            places.insert(anchor.name.start, list.slice(anchor.name));
        }
        places.into_values().collect()
    }

    /// The list as it was before the change that is checked; `None` where that is not known.
    pub fn earlier(&self) -> Option<&List> {
        let read = || {
            let source = &self.list.source;
            let text = self.surroundings.earlier.as_ref()?(source.name())?;
            Some(List::parse(Source::new(source.id(), source.name(), text)))
        };
        self.earlier.get_or_init(read).as_ref()
    }

    /// The conventions that the list follows.
    pub fn style(&self) -> &Style {
        self.style.get_or_init(|| style::style(self.list))
    }

    /// How each contents table of the list stands to its headings.
    pub fn contents(&self) -> &[ContentsState] {
        self.contents.get_or_init(|| contents_states(self.list))
    }

    /// The entries that name works, in the order of the text; those that a tool writes are left out.
    pub(super) fn works(&self) -> &[Work] {
        self.works.get_or_init(|| {
            let list = self.list;
            let named = list.entries().filter(|(_, entry)| {
                entry.role == Role::Work && !self.is_generated(entry.span.start)
            });
            named
                .map(|(id, entry)| Work {
                    entry: id,
                    link: identity::primary_link(list, entry, &self.surroundings.identity),
                    identity: OnceCell::new(),
                })
                .collect()
        })
    }

    /// The entries of bulleted and ordered lists that lead somewhere, with their primary links; those
    /// that a tool writes are left out.
    pub(super) fn linked_items(&self) -> impl Iterator<Item = (&'a Entry, &'a Link)> {
        let list = self.list;
        let items = list.entries.iter().filter(|entry| {
            matches!(entry.shape, Shape::Item(_)) && !self.is_generated(entry.span.start)
        });
        items.filter_map(move |entry| Some((entry, list.primary_link(entry)?)))
    }

    /// What says which work `work`, one of [`Facts::works`], is.
    ///
    /// It costs much and most entries resemble no other: ask for it where something cheaper says
    /// that two may be the same.
    pub(super) fn identity<'w>(&self, work: &'w Work) -> &'w Identity {
        let read = || Identity::of(self.list, work.entry, &self.surroundings.identity);
        work.identity.get_or_init(read)
    }

    /// The web addresses of the links as they are written.
    pub(super) fn addresses(&self) -> &Addresses<'a> {
        let list = self.list;
        self.addresses.get_or_init(|| Addresses::new(&list.links))
    }

    /// What the links that lead to the same page as the link `id` have in common.
    pub(super) fn key(&self, id: LinkId) -> Certain<'_> {
        let links = &self.list.links;
        let keys = self.keys.get_or_init(|| vec![OnceCell::new(); links.len()]);
        let url = &self.list.link(id).url;
        let read = || CertainKey::new(url, &self.surroundings.identity);
        keys[id.index()].get_or_init(read).of(url)
    }

    /// The places of the list that hold no words, in order and without overlap.
    pub(super) fn hidden(&self) -> &[Span] {
        self.hidden.get_or_init(|| words::hidden(self.list))
    }

    /// The block in which the byte at `offset` stands.
    pub fn block_at(&self, offset: u32) -> Option<&'a Block> {
        let blocks = &self.list.blocks;
        let after = blocks.partition_point(|block| block.span.start <= offset);
        blocks.get(after.checked_sub(1)?)
    }

    /// Whether a tool writes the text at `offset`, as comments around it say.
    pub fn is_generated(&self, offset: u32) -> bool {
        let any = || self.list.blocks.iter().any(|block| block.generated);
        *self.generates.get_or_init(any)
            && self.block_at(offset).is_some_and(|block| block.generated)
    }
}

/// The anchors that GitHub gives to headings written in HTML. They are numbered with all others; here
/// each is given without a number and with that of its repeat among themselves.
fn html_headings(text: &str) -> Vec<String> {
    let mut slugger = anchor::Slugger::default();
    let mut slugs = Vec::new();
    let opens = memchr::memmem::find_iter(text.as_bytes(), b"<h").map(|at| at + 2);
    let mut behind = 0;
    for at in opens {
        let tag = text.get(at..).unwrap_or_default();
        let level = tag
            .as_bytes()
            .first()
            .is_some_and(|level| (b'1'..=b'6').contains(level));
        if !level || at < behind {
            continue;
        }
        let Some(content) = tag.split_once('>').map(|(_, content)| content) else {
            break;
        };
        let Some(end) = memchr::memmem::find(content.as_bytes(), b"</h") else {
            break;
        };
        behind = text.len() - content.len() + end;
        let words = html::text(content.get(..end).unwrap_or_default());
        slugs.push(anchor::slug(&words));
        slugs.push(slugger.next(&words));
        let trimmed = words.trim();
        if trimmed.len() < words.len() {
            slugs.push(anchor::slug(trimmed));
        }
    }
    slugs
}
