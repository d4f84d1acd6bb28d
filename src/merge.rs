//! Several lists into one: entries that are one work are folded, sections aligned, nothing lost,
//! every decision told with its reason.
//!
//! ```
//! use listwright::list::List;
//! use listwright::merge::{merge, Options};
//! use listwright::source::{FileId, Source};
//!
//! let read = |id, text: &str| List::parse(Source::new(FileId(id), format!("{id}.md"), text));
//! let ours = read(0, "# A\n\n## Tools\n\n- [One](https://one.org) - First.\n");
//! let theirs = read(1, "# B\n\n## Tools\n\n* [One](http://one.org/)\n* [Two](https://two.org)\n");
//! let merged = merge(&[ours, theirs], &Options::default());
//! assert_eq!(
//!     merged.text(),
//!     "# A\n\n## Tools\n\n- [One](https://one.org) - First.\n- [Two](https://two.org)\n"
//! );
//! assert_eq!(merged.summary.folded, 1);
//! ```

mod align;
mod cluster;
mod contents;
mod decide;
mod heading;
mod into;
mod item;
mod join;
mod judge;
mod lost;
mod outline;
mod place;
mod pool;
mod propose;
pub mod review;
mod shelf;
mod style;
mod words;
mod write;

use std::sync::Arc;

use crate::identity;
use crate::list::{EntryId, List, SectionId};
use crate::source::Span;

pub use into::{Into, into};
pub use outline::{Container, ContainerId, Headline, Node, NodeId, Outline, Piece, Slot};

/// What a user decides about merging.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the user knows about identity.
    pub identity: identity::Options,
    /// Sections that belong together: a heading, or a path of headings joined by ` > `, and the
    /// heading or path that takes its entries.
    pub sections: Vec<(String, String)>,
    /// What becomes of sections that match none of the lists before.
    pub unmatched: Unmatched,
    /// Whether links of folded entries that lead elsewhere stay with the kept entry.
    pub further_links: FurtherLinks,
    /// Whether the entries are numbered, however the first list marks them.
    pub numbered: bool,
    /// Whether a comment behind each item tells from which lists it came.
    pub provenance: bool,
    /// What a person decided about single entries.
    pub decisions: Decisions,
}

/// What becomes of a section that matches none of the lists before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unmatched {
    /// It stays a section of its own, behind the others of its nearest matched ancestor.
    #[default]
    Append,
    /// Its entries go into one section for what is to be sorted in, [`INBOX`].
    Inbox,
    /// As [`Unmatched::Append`]; the caller means to write nothing and names the sections, which
    /// stand in [`Merge::unmatched`].
    Error,
}

/// The heading of the section that [`Unmatched::Inbox`] fills.
pub const INBOX: &str = "Inbox";

/// What becomes of links of folded entries that lead elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FurtherLinks {
    /// They stay with the kept entry: ` ([PDF](…))`.
    #[default]
    Keep,
    /// They stand in the decisions only.
    Drop,
}

/// What a person decided; an entry is named by its link or, if it has none, by its title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Entries that are one work.
    pub same: Vec<Vec<String>>,
    /// Entries of which no two are one work.
    pub different: Vec<Vec<String>>,
    /// Entries whose words are kept where they are folded with others.
    pub keep: Vec<String>,
}

/// An entry of one of the lists that are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The list, by its position among those merged.
    pub list: usize,
    /// The entry of that list.
    pub entry: EntryId,
}

/// The result of a merge.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The merged list as sections with what stands in them.
    pub outline: Outline,
    /// What became of each entry of each list, in their order.
    pub decisions: Vec<Decision>,
    /// Pairs of entries that may be one work and were left apart.
    pub possible: Vec<Pair>,
    /// Sections that were aligned under another heading or none.
    pub sections: Vec<SectionDecision>,
    /// Sections that share entries and could be aligned.
    pub suggestions: Vec<SectionPair>,
    /// Text that is no entry and did not come into the merged list, with the reason.
    pub left_out: Vec<LeftOut>,
    /// Licences that the lists name.
    pub licences: Vec<Licence>,
    /// The figures.
    pub summary: Summary,
    text: String,
}

impl Merge {
    /// The merged list, with a final newline and without byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Sections that matched none of the lists before, in order.
    pub fn unmatched(&self) -> impl Iterator<Item = &SectionDecision> {
        self.sections
            .iter()
            .filter(|decision| decision.how == Alignment::Added)
    }
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The entry.
    pub place: Place,
    /// All of its text.
    pub span: Span,
    /// Its title, or its first words.
    pub title: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The headings under which it stands in the merged list, kept once for all of a section.
    pub section: Arc<[String]>,
    /// The headings under which it stood, if they differ.
    pub moved_from: Option<Vec<String>>,
    /// What it has that did not come into the merged list.
    pub dropped: Vec<Dropped>,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stands in the merged list.
    Kept,
    /// It stands there below the entry that it is nested in.
    KeptNested,
    /// It is one work with an entry that is kept.
    Folded {
        /// The entry that is kept.
        into: Place,
        /// The text of that entry.
        span: Span,
        /// Why they are one work, in words for a person.
        reason: String,
        /// Whether the reason is certain; if not, it is likely.
        certain: bool,
    },
}

/// Something of an entry that did not come into the merged list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// What it is.
    pub what: Field,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// What a [`Dropped`] text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Another title of the same work.
    Title,
    /// Another spelling of the same link, or a link left out because the options say so.
    Link,
    /// Another description.
    Description,
    /// Another note, or an entry that is nested in it.
    Note,
}

/// Two entries that may be one work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one that stands first.
    pub a: Place,
    /// The other.
    pub b: Place,
    /// The text of the first.
    pub span_a: Span,
    /// The text of the other.
    pub span_b: Span,
    /// What speaks for it, and what against.
    pub reason: String,
}

/// How a section of a later list found its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// It has the same headings down from the top.
    Path,
    /// It has the same heading, below another one or none.
    Heading,
    /// It is the title of its list.
    Title,
    /// The options say so.
    Map,
    /// It matches none and became a section of its own.
    Added,
    /// It matches none, and nothing was left to stand in it.
    Emptied,
}

/// Where a section of a later list went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionDecision {
    /// The list, by its position among those merged.
    pub list: usize,
    /// The section.
    pub section: SectionId,
    /// Its heading.
    pub span: Span,
    /// Its headings down from the top.
    pub from: Vec<String>,
    /// The headings of the section of the merged list.
    pub to: Vec<String>,
    /// How it was found.
    pub how: Alignment,
}

/// Two sections that share entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionPair {
    /// The headings of the section that stands first in the merged list.
    pub a: Vec<String>,
    /// The headings of the other.
    pub b: Vec<String>,
    /// How many works they share.
    pub shared: usize,
    /// How many works the smaller of them has.
    pub smaller: usize,
}

/// Text that did not come into the merged list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The text.
    pub span: Span,
    /// Why.
    pub reason: &'static str,
}

/// What a list says about its licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// The list, by its position among those merged.
    pub list: usize,
    /// The licence's usual short name, such as `CC0-1.0`.
    pub name: &'static str,
    /// The section that says so.
    pub span: Span,
}

/// The figures of a merge; nested entries are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries in.
    pub entries_in: usize,
    /// Entries out.
    pub entries_out: usize,
    /// Entries folded into another.
    pub folded: usize,
    /// Entries under another heading than in their own list.
    pub moved: usize,
    /// Nested entries in, which stay with the entry that they are nested in.
    pub nested: usize,
    /// Pairs that may be one work.
    pub possible: usize,
    /// Sections that were added.
    pub sections_added: usize,
}

/// What a merge is at; each takes its time where there are many lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Finding out what each entry is known by.
    Know,
    /// Finding entries that are one work.
    Compare,
    /// Bringing the entries into their sections.
    Place,
    /// Writing the merged list.
    Write,
    /// Putting together what is told of it.
    Tell,
}

/// Merges `lists`; their order is their precedence.
pub fn merge(lists: &[List], options: &Options) -> Merge {
    merge_watched(lists, options, &|_| {})
}

/// As [`merge`]; `watch` is called as each stage begins.
pub fn merge_watched(lists: &[List], options: &Options, watch: &dyn Fn(Stage)) -> Merge {
    watch(Stage::Know);
    let pool = pool::Pool::new(lists, options);
    let mut aligned = align::align(&pool, options);
    watch(Stage::Compare);
    let clusters = cluster::cluster(&pool, &aligned, options);
    watch(Stage::Place);
    let placed = place::place(&pool, &mut aligned, &clusters);
    watch(Stage::Write);
    let plans = words::plan(&pool, &clusters, &placed, options, words::Frozen::None);
    let text = write::text(&pool, &placed, &plans, options);
    watch(Stage::Tell);
    decide::decide(&pool, aligned, clusters, options, placed, plans, text)
}
