//! Sections of all lists that are one section: by path, by heading, by what the options say.

use rustc_hash::{FxHashMap, FxHashSet};

use super::heading::{heading_key, is_generic};
use super::outline::{Headline, Node, NodeId};
use super::pool::Pool;
use super::{Alignment, INBOX, Options, SectionDecision, Unmatched};
use crate::list::{Heading, List, SectionId, SectionKind};

/// The section that stands before the first heading and that the outline hangs from.
pub(super) const ROOT: NodeId = NodeId(0);

/// The sections of the merged list without what stands in them.
pub(super) struct Aligned {
    pub(super) nodes: Vec<Node>,
    /// The node of each section of each list.
    pub(super) node_of: Vec<Vec<NodeId>>,
    /// The section that the first list's title opens.
    pub(super) title: Option<NodeId>,
    pub(super) decisions: Vec<SectionDecision>,
    /// For each section that others have the path of: the first of them.
    pub(super) namesakes: FxHashMap<NodeId, NodeId>,
}

impl Aligned {
    /// The section in which something of the top of a list goes.
    pub(super) fn front(&self) -> NodeId {
        self.title.unwrap_or(ROOT)
    }

    /// The words of a node's heading.
    pub(super) fn heading(&self, pool: &Pool<'_>, node: NodeId) -> Option<String> {
        headline_text(pool.lists, &self.nodes[node.0].headline)
    }

    /// The headings from the top down to `node`, without the title of the list.
    pub(super) fn path(&self, pool: &Pool<'_>, node: NodeId) -> Vec<String> {
        let mut path = Vec::new();
        let mut next = Some(node);
        while let Some(id) = next {
            path.extend(self.heading(pool, id));
            next = self.nodes[id.0].parent;
        }
        path.reverse();
        path
    }
}

/// The words of a heading as a reader sees them; empty where there is none.
pub(super) fn words_of(lists: &[List], headline: &Headline) -> String {
    headline_text(lists, headline).unwrap_or_default()
}

fn headline_text(lists: &[List], headline: &Headline) -> Option<String> {
    match headline {
        Headline::None => None,
        Headline::Section(list, section) => {
            let heading = lists[*list].section(*section).heading.as_ref()?;
            Some(heading.text.clone())
        }
        Headline::Named(name) => Some(name.clone()),
    }
}

/// The section that names the whole list: a heading of level 1 at the top that either is the only
/// one or has no entries of its own.
fn title_of(list: &List) -> Option<SectionId> {
    let (id, heading) = list.headings().next()?;
    let only = list
        .headings()
        .filter(|(_, other)| other.level == 1)
        .count()
        == 1;
    (heading.level == 1 && (only || list.section(id).entries.is_empty())).then_some(id)
}

/// Aligns the sections of the lists of `pool`.
pub(super) fn align(pool: &Pool<'_>, options: &Options) -> Aligned {
    let mut aligner = Aligner {
        pool,
        options,
        aligned: Aligned {
            nodes: vec![Node {
                headline: Headline::None,
                level: 0,
                parent: None,
                children: Vec::new(),
                kind: SectionKind::Entries,
                origins: Vec::new(),
                pieces: Vec::new(),
            }],
            node_of: Vec::new(),
            title: None,
            decisions: Vec::new(),
            namesakes: FxHashMap::default(),
        },
        by_path: FxHashMap::default(),
        by_heading: FxHashMap::default(),
        brothers: FxHashMap::default(),
        named: FxHashMap::default(),
        first_named: vec![ROOT],
        contents: None,
        keys: vec![String::new()],
        top_level: 2,
    };
    for list in 0..pool.lists.len() {
        if list == 0 {
            aligner.first();
        } else {
            aligner.further(list);
        }
    }
    aligner.aligned
}

struct Aligner<'p, 'l> {
    pool: &'p Pool<'l>,
    options: &'p Options,
    aligned: Aligned,
    /// A node by its parent, its heading's key and how many brothers with that key stand before it.
    by_path: FxHashMap<(NodeId, String, u32), NodeId>,
    by_heading: FxHashMap<String, Vec<NodeId>>,
    /// The first node with each path of headings, by the first with the path of its parent.
    named: FxHashMap<(NodeId, String), NodeId>,
    /// For each node the first with its path.
    first_named: Vec<NodeId>,
    /// How many nodes have one parent and one key.
    brothers: FxHashMap<(NodeId, String), u32>,
    /// The first section that holds a table of contents.
    contents: Option<NodeId>,
    /// The key of each node's heading.
    keys: Vec<String>,
    /// The level of sections that stand in no other.
    top_level: u8,
}

/// A section of a later list while its place is looked for.
struct Wanted<'l> {
    list: usize,
    section: SectionId,
    heading: &'l Heading,
    kind: SectionKind,
    key: String,
    /// How many sections of its list with the same key and parent stand before it.
    occurrence: u32,
    parent: NodeId,
    /// Whether its list has the same heading more than once.
    repeated: bool,
}

impl<'l> Aligner<'_, 'l> {
    /// Takes the sections of the first list as they are.
    fn first(&mut self) {
        let Some(list) = self.pool.lists.first() else {
            return;
        };
        let title = title_of(list);
        let mut node_of = vec![ROOT];
        self.aligned.nodes[0].origins.push((0, SectionId(0)));
        let mut top = None;
        for (id, heading) in list.headings() {
            let section = list.section(id);
            let parent = match section.parent {
                Some(parent) if Some(parent) != title => node_of[parent.index()],
                _ => ROOT,
            };
            if parent == ROOT && Some(id) != title {
                // What comes behind sections of a higher level must not become part of them.
                top = Some(top.map_or(heading.level, |top: u8| top.min(heading.level)));
            }
            let headline = Headline::Section(0, id);
            let node = self.add(headline, parent, heading.level, section.kind);
            self.aligned.nodes[node.0].origins.push((0, id));
            if Some(id) == title {
                self.aligned.title = Some(node);
            }
            node_of.push(node);
        }
        self.top_level = top.unwrap_or(2);
        // The table may stand in a section that holds all others, and is no section of contents then.
        let table = list.contents.first().map(|table| table.section);
        let table = table.and_then(|section| node_of.get(section.index()).copied());
        self.contents = self.contents.or(table.filter(|&node| node != ROOT));
        self.aligned.node_of.push(node_of);
    }

    /// Aligns the sections of a later list.
    fn further(&mut self, list: usize) {
        let title = title_of(&self.pool.lists[list]);
        let claimed = self.claimed(list, title);
        let mut node_of = vec![self.aligned.front()];
        let mut seen = FxHashMap::default();
        let lists = self.pool.lists;
        let mut times = FxHashMap::default();
        for (_, heading) in lists[list].headings() {
            *times.entry(heading_key(&heading.text)).or_insert(0u32) += 1;
        }
        for (id, heading) in lists[list].headings() {
            let section = lists[list].section(id);
            let parent = match section.parent {
                Some(parent) if Some(parent) != title => node_of[parent.index()],
                _ => ROOT,
            };
            let key = heading_key(&heading.text);
            let count = seen.entry((parent, key.clone())).or_insert(0u32);
            let wanted = Wanted {
                repeated: times.get(&key).is_some_and(|&times| times > 1),
                list,
                section: id,
                heading,
                kind: section.kind,
                key,
                occurrence: *count,
                parent,
            };
            *count += 1;
            let (node, how) = match self.found(&wanted, title, &claimed) {
                Some(found) => found,
                None => (self.added(&wanted), Alignment::Added),
            };
            self.aligned.nodes[node.0].origins.push((list, id));
            node_of.push(node);
            self.tell(&wanted, node, how);
        }
        self.aligned.node_of.push(node_of);
    }

    /// The nodes that sections of `list` reach by their whole path.
    fn claimed(&self, list: usize, title: Option<SectionId>) -> FxHashSet<NodeId> {
        let list = &self.pool.lists[list];
        let mut reached: Vec<Option<NodeId>> = vec![None];
        let mut seen = FxHashMap::default();
        for (id, heading) in list.headings() {
            let parent = match list.section(id).parent {
                Some(parent) if Some(parent) != title => reached[parent.index()],
                _ => Some(ROOT),
            };
            let node = parent.and_then(|parent| {
                let key = heading_key(&heading.text);
                let count = seen.entry((parent, key.clone())).or_insert(0u32);
                *count += 1;
                self.by_path(parent, &key, *count - 1)
            });
            reached.push(node);
        }
        reached.into_iter().flatten().collect()
    }

    /// The section below `parent` with that heading: of several the one that as many stand before.
    fn by_path(&self, parent: NodeId, key: &str, occurrence: u32) -> Option<NodeId> {
        let name = (parent, key.to_owned(), occurrence);
        self.by_path.get(&name).copied()
    }

    fn found(
        &self,
        wanted: &Wanted<'l>,
        title: Option<SectionId>,
        claimed: &FxHashSet<NodeId>,
    ) -> Option<(NodeId, Alignment)> {
        if let Some(node) = self.mapped(wanted) {
            return Some((node, Alignment::Map));
        }
        if let Some(node) = self.by_path(wanted.parent, &wanted.key, wanted.occurrence) {
            return Some((node, Alignment::Path));
        }
        if Some(wanted.section) == title && self.joins_the_front(wanted) {
            return Some((self.aligned.front(), Alignment::Title));
        }
        if wanted.kind == SectionKind::Contents {
            return Some((self.contents?, Alignment::Heading));
        }
        let node = self.same_heading(wanted, claimed)?;
        Some((node, Alignment::Heading))
    }

    /// Whether what stands under the title of a later list may stand under the first list's title:
    /// no entries that there would be without a section, unless both lists have no other sections.
    fn joins_the_front(&self, wanted: &Wanted<'l>) -> bool {
        let own = &self.pool.lists[wanted.list].section(wanted.section).entries;
        let flat = self.aligned.nodes.len() <= 1 + usize::from(self.aligned.title.is_some());
        own.is_empty() || flat
    }

    fn mapped(&self, wanted: &Wanted<'l>) -> Option<NodeId> {
        let path = self.pool.lists[wanted.list].path(wanted.section);
        let path: Vec<String> = path.into_iter().map(heading_key).collect();
        let named = |name: &str| -> Vec<String> { name.split(" > ").map(heading_key).collect() };
        let (_, to) = self
            .options
            .sections
            .iter()
            .find(|(from, _)| path.ends_with(&named(from)))?;
        let to = named(to);
        let nodes = self.by_heading.get(to.last()?)?;
        nodes.iter().copied().find(|&node| {
            let mut at = Some(node);
            to.iter().rev().all(|key| {
                let same = at.is_some_and(|node| &self.keys[node.0] == key);
                at = at.and_then(|node| self.aligned.nodes[node.0].parent);
                same
            })
        })
    }

    /// The one section with the same heading, where one of the two stands in no other section or
    /// both stand in sections with the same heading.
    fn same_heading(&self, wanted: &Wanted<'l>, claimed: &FxHashSet<NodeId>) -> Option<NodeId> {
        if wanted.kind != SectionKind::Entries || is_generic(&wanted.key) {
            return None;
        }
        // Which of the two sections of its list would be meant, the next merge could not tell.
        if wanted.repeated {
            return None;
        }
        let nodes = self.by_heading.get(&wanted.key)?;
        let mut fitting = nodes.iter().copied().filter(|node| {
            let other = &self.aligned.nodes[node.0];
            let parent = other.parent.unwrap_or(ROOT);
            other.kind == wanted.kind
                && Some(*node) != self.aligned.title
                && !claimed.contains(node)
                && other
                    .origins
                    .last()
                    .is_none_or(|&(list, _)| list != wanted.list)
                && (parent == ROOT
                    || wanted.parent == ROOT
                    || self.keys[parent.0] == self.keys[wanted.parent.0])
        });
        let node = fitting.next()?;
        fitting.next().is_none().then_some(node)
    }

    /// A new node for a section that matches none.
    fn added(&mut self, wanted: &Wanted<'l>) -> NodeId {
        let inbox = self.options.unmatched == Unmatched::Inbox;
        if inbox && wanted.kind == SectionKind::Entries {
            let key = (ROOT, heading_key(INBOX), 0);
            return match self.by_path.get(&key) {
                Some(&node) => node,
                None => {
                    let headline = Headline::Named(INBOX.to_owned());
                    self.add(headline, ROOT, self.top_level, SectionKind::Entries)
                }
            };
        }
        let level = self.level_below(wanted.parent);
        let headline = Headline::Section(wanted.list, wanted.section);
        self.add(headline, wanted.parent, level, wanted.kind)
    }

    /// The level of a new section below `parent`: that of its brothers, or one more than its own.
    fn level_below(&self, parent: NodeId) -> u8 {
        if parent == ROOT {
            return self.top_level;
        }
        let node = &self.aligned.nodes[parent.0];
        let brother = node.children.first();
        let level = brother.map_or(node.level + 1, |child| self.aligned.nodes[child.0].level);
        level.min(6)
    }

    fn add(&mut self, headline: Headline, parent: NodeId, level: u8, kind: SectionKind) -> NodeId {
        let id = NodeId(self.aligned.nodes.len());
        let text = headline_text(self.pool.lists, &headline).unwrap_or_default();
        let key = heading_key(&text);
        let brothers = self.brothers.entry((parent, key.clone())).or_insert(0);
        self.by_path.insert((parent, key.clone(), *brothers), id);
        let above = self.first_named[parent.0];
        let first = *self.named.entry((above, key.clone())).or_insert(id);
        self.first_named.push(first);
        if first != id {
            let namesakes = &mut self.aligned.namesakes;
            namesakes.extend([(first, first), (id, first)]);
        }
        *brothers += 1;
        if kind == SectionKind::Contents {
            self.contents.get_or_insert(id);
        }
        self.by_heading.entry(key.clone()).or_default().push(id);
        self.keys.push(key);
        let later = !matches!(headline, Headline::Section(0, _));
        let at = match later {
            true => self.place_among(parent, kind),
            false => self.aligned.nodes[parent.0].children.len(),
        };
        self.aligned.nodes[parent.0].children.insert(at, id);
        self.aligned.nodes.push(Node {
            headline,
            level,
            parent: Some(parent),
            children: Vec::new(),
            kind,
            origins: Vec::new(),
            pieces: Vec::new(),
        });
        id
    }

    /// Where a new section goes among its brothers: contents first, the rest behind them, but
    /// before those at the end that speak about the list.
    fn place_among(&self, parent: NodeId, kind: SectionKind) -> usize {
        let children = &self.aligned.nodes[parent.0].children;
        let titles = children
            .iter()
            .take_while(|&&child| Some(child) == self.aligned.title);
        match kind {
            SectionKind::Contents => titles.count(),
            SectionKind::Meta => children.len(),
            SectionKind::Entries => {
                let about = children.iter().rev();
                let about =
                    about.take_while(|child| self.aligned.nodes[child.0].kind == SectionKind::Meta);
                children.len() - about.count()
            }
        }
    }

    fn tell(&mut self, wanted: &Wanted<'l>, node: NodeId, how: Alignment) {
        let list = &self.pool.lists[wanted.list];
        let from = list.path(wanted.section);
        self.aligned.decisions.push(SectionDecision {
            list: wanted.list,
            section: wanted.section,
            span: wanted.heading.span,
            from: from.into_iter().map(str::to_owned).collect(),
            to: self.aligned.path(self.pool, node),
            how,
        });
    }
}
