//! What the rules know of one list, each thing computed once and only when asked for.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use crate::list::List;
use crate::list::anchor;

/// What rules may know of the files around a list; engines read none themselves.
#[derive(Default)]
pub struct Surroundings {
    /// Tells whether a path, relative to the folder of the list whose name is given first, exists.
    pub has_file: Option<Box<dyn Fn(&str, &str) -> bool + Send + Sync>>,
}

/// A list and what is known of it.
pub struct Facts<'a> {
    /// The list.
    pub list: &'a List,
    /// What is known of the files around it.
    pub surroundings: &'a Surroundings,
    anchors: OnceCell<HashSet<String>>,
}

impl<'a> Facts<'a> {
    /// What is known of `list`.
    pub fn new(list: &'a List, surroundings: &'a Surroundings) -> Self {
        Facts {
            list,
            surroundings,
            anchors: OnceCell::new(),
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
            headings.chain(explicit).collect()
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
}
