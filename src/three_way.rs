//! Base, ours and theirs of one list become one list, with a conflict only where a person must decide.
//!
//! Git first: where its own merge is clean, that is the result, byte for byte. Where the changes of
//! the two sides collide, entries are known by what they link to and not by their line: see
//! `docs/merge-conflicts.md`.

mod check;
mod collide;
mod diff3;
mod facts;
mod fields;
mod follow;
mod headings;
mod key;
mod lines;
pub mod markers;
mod mentions;
mod moved;
mod order;
mod pairs;
mod remake;
mod sorted;
mod taken;
mod units;
mod whole;
mod widen;
mod words;
mod world;
mod write;

use crate::source::Span;

/// How a merge is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What stands behind the markers of a conflict.
    pub labels: Labels,
    /// How many signs a marker has; git's default is 7.
    pub marker_size: usize,
    /// What a conflict shows.
    pub style: ConflictStyle,
    /// The bytes of git's own merge, if git was asked and it was clean.
    ///
    /// Without it, the engine's own line merge decides whether there is anything to resolve; it
    /// uses the algorithm that `git merge` uses.
    pub git_clean: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            labels: Labels::default(),
            marker_size: 7,
            style: ConflictStyle::Merge,
            git_clean: None,
        }
    }
}

/// What stands behind the markers of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Names our side.
    pub ours: String,
    /// Names what both sides come from.
    pub base: String,
    /// Names their side.
    pub theirs: String,
}

impl Default for Labels {
    fn default() -> Self {
        Labels {
            ours: "ours".to_owned(),
            base: "base".to_owned(),
            theirs: "theirs".to_owned(),
        }
    }
}

/// What a conflict shows, as git's `merge.conflictStyle` names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConflictStyle {
    /// Ours and theirs.
    #[default]
    Merge,
    /// Ours, base and theirs.
    Diff3,
    /// Ours, base and theirs; what ours and theirs begin or end with alike stands outside.
    Zdiff3,
}

/// The result of a three-way merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The merged text; conflicts stand in it between markers.
    pub text: String,
    /// What a person must decide, in the order of the text; empty if the merge is complete.
    pub conflicts: Vec<Conflict>,
    /// Links that the merged text has more often than either side, sorted. Only where git's own
    /// merge is clean: elsewhere a new duplicate is a conflict.
    pub duplicates: Vec<String>,
    /// How the result came about.
    pub by: By,
}

/// How a [`Resolution`] came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Line by line, as git merges.
    Lines,
    /// Entry by entry in at least one place.
    Entries,
}

/// A place that a person must decide on.
///
/// Spans name base, ours and theirs by the file ids 0, 1 and 2, without their byte order marks, and
/// the merged text by 3, as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Why it was not decided.
    pub reason: Reason,
    /// The link or the line that merging here would have lost, brought back, doubled or moved.
    pub about: Option<String>,
    /// The lines of base.
    pub base: Option<Span>,
    /// The lines of ours.
    pub ours: Option<Span>,
    /// The lines of theirs.
    pub theirs: Option<Span>,
    /// The conflict in the merged text, markers included.
    pub markers: Span,
}

/// Why a place was left to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// Both sides changed one field of one entry, to different values.
    SameField,
    /// One side deleted what the other edited.
    DeletedAndEdited,
    /// Both sides added one entry, with different words.
    AddedDifferently,
    /// Both sides changed the same lines of text.
    Prose,
    /// One side added below a heading or an entry that the other took away.
    PlaceDeleted,
    /// The merge would have lost a link that neither side deleted.
    WouldLose,
    /// The merge would have brought back a link that a side deleted.
    WouldResurrect,
    /// The merge would have doubled a link.
    WouldDouble,
    /// The merge would have put entries into an order that neither side has.
    WouldReorder,
    /// The text is too long to be read as a list.
    TooLong,
}

impl Reason {
    /// The reason in a reader's words.
    pub fn message(self) -> &'static str {
        match self {
            Reason::SameField => "both sides changed the same part of this entry",
            Reason::DeletedAndEdited => "one side deleted this entry, the other edited it",
            Reason::AddedDifferently => "both sides added this entry, with different words",
            Reason::Prose => "both sides changed these lines",
            Reason::PlaceDeleted => "one side added to what the other took away",
            Reason::WouldLose => "merging here would lose what neither side deleted",
            Reason::WouldResurrect => "merging here would bring back what a side deleted",
            Reason::WouldDouble => "merging here would list a link twice",
            Reason::WouldReorder => "merging here would change the order of both sides",
            Reason::TooLong => "the file is too long to be merged entry by entry",
        }
    }
}

/// Merges what happened to a list from `base` to `ours` and to `theirs`.
///
/// Total: any three texts have a result, at worst the one that a merge by lines has.
///
/// ```
/// use listwright::three_way::{Options, three_way};
/// let base = "# Tools\n\n- [A](https://a.example)\n";
/// let ours = "# Tools\n\n- [A](https://a.example)\n- [B](https://b.example)\n";
/// let theirs = "# Tools\n\n- [A](https://a.example)\n- [C](https://c.example)\n";
/// let merged = three_way(base, ours, theirs, &Options::default());
/// assert!(merged.conflicts.is_empty());
/// assert!(merged.text.ends_with("- [B](https://b.example)\n- [C](https://c.example)\n"));
/// ```
pub fn three_way(base: &str, ours: &str, theirs: &str, options: &Options) -> Resolution {
    whole::merge(base, ours, theirs, options)
}
