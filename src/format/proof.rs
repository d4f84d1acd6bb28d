//! The proof that formatting changed the layout and nothing else.
//!
//! Both texts are parsed, and what they are rendered as is compared block by block: the same lists,
//! items, paragraphs and words. Only what formatting is meant to change is taken out before: the
//! separators of entries, the periods behind descriptions, numbers and punctuation around headings,
//! the anchors that links lead to (these must lead to the same heading) and contents tables.

mod view;

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashMap;

use super::contents::has_its_maker;
use super::{EntryOrder, Options, sort};
use crate::list::{Block, BlockKind, EntryId, List, RenderedKind, Role, SectionId, Shape};
use view::Piece;

/// What formatting would have changed though it must not: a fault of the formatter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What differs.
    pub what: String,
    /// The line of the original text where it differs, counted from 1.
    pub line: u32,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: formatting would have changed {}; nothing was written. This is a fault of \
             Listwright: please report it with the list",
            self.line, self.what
        )
    }
}

impl std::error::Error for Loss {}

/// Compares `before` with what formatting made of it by `options`.
///
/// # Errors
/// When `after` differs in more than layout; the first difference is named.
pub fn prove(before: &List, after: &List, options: &Options) -> Result<(), Loss> {
    let sorted = options.order == Some(EntryOrder::Alphabetical);
    let added = view::added(after, before, options);
    untouched(before, after, added, sorted)?;
    contents(before, after, added)?;
    let (old, new) = (
        view::pieces(before, after, options),
        view::pieces(after, before, options),
    );
    match sorted {
        true => {
            companions(before, after)?;
            same_set(before, old, new)?;
        }
        false => same_sequence(before, &old, &new)?,
    }
    entries(before, after, sorted)
}

/// The first place where two sequences of blocks differ.
fn same_sequence(before: &List, old: &[Piece], new: &[Piece]) -> Result<(), Loss> {
    let at = old
        .iter()
        .zip(new)
        .position(|(old, new)| !old.says_the_same(new));
    let at = at.or((old.len() != new.len()).then(|| old.len().min(new.len())));
    let Some(at) = at else { return Ok(()) };
    Err(difference(before, old.get(at), new.get(at)))
}

fn difference(before: &List, old: Option<&Piece>, new: Option<&Piece>) -> Loss {
    let line = match old {
        Some(old) => before.source.line(old.span.start),
        None => before.source.line_count(),
    };
    let what = match (old, new) {
        (Some(old), Some(new)) => format!("{old} to {new}"),
        (Some(old), None) => format!("{old}, which is gone"),
        (None, Some(new)) => format!("the text by {new}"),
        (None, None) => "the text".to_owned(),
    };
    Loss { what, line }
}

/// Compares blocks whose items may stand in another order.
fn same_set(before: &List, mut old: Vec<Piece>, mut new: Vec<Piece>) -> Result<(), Loss> {
    let (was, is) = (unordered(&old), unordered(&new));
    old.sort_by(|one, other| one.key().cmp(&other.key()));
    new.sort_by(|one, other| one.key().cmp(&other.key()));
    same_sequence(before, &old, &new)?;
    match was == is {
        true => Ok(()),
        false => Err(Loss {
            what: "what is nested in what".to_owned(),
            line: 1,
        }),
    }
}

/// A number that stands for all blocks and their nesting, whatever the order of bulleted items.
fn unordered(pieces: &[Piece]) -> u64 {
    struct Open {
        depth: u32,
        kind: Option<RenderedKind>,
        own: u64,
        below: Vec<u64>,
    }
    let close = |mut open: Open| {
        if matches!(open.kind, Some(RenderedKind::List { ordered: false, .. })) {
            open.below.sort_unstable();
        }
        let mut hasher = DefaultHasher::new();
        (open.own, open.below).hash(&mut hasher);
        hasher.finish()
    };
    let root = Open {
        depth: 0,
        kind: None,
        own: 0,
        below: Vec::new(),
    };
    let mut open = vec![root];
    let shut = |open: &mut Vec<Open>, depth: u32| {
        while open.len() > 1 && open.last().is_some_and(|last| last.depth >= depth) {
            if let Some(last) = open.pop() {
                let hash = close(last);
                if let Some(above) = open.last_mut() {
                    above.below.push(hash);
                }
            }
        }
    };
    for piece in pieces {
        let depth = piece.depth + 1;
        shut(&mut open, depth);
        let mut hasher = DefaultHasher::new();
        piece.key().hash(&mut hasher);
        open.push(Open {
            depth,
            kind: Some(piece.kind),
            own: hasher.finish(),
            below: Vec::new(),
        });
    }
    shut(&mut open, 1);
    open.pop().map_or(0, close)
}

/// Whether each comment that belongs to an entry still stands above it, and all others are there.
fn companions(before: &List, after: &List) -> Result<(), Loss> {
    let comments = |list: &List| {
        let comments = list
            .blocks
            .iter()
            .filter(|of| of.kind == BlockKind::Comment);
        let mut comments: Vec<String> = comments
            .map(|block| list.slice(block.content).to_owned())
            .collect();
        comments.sort_unstable();
        comments
    };
    let name = |list: &List, id: EntryId| {
        let entry = list.entry(id);
        let title = entry.title.as_ref().map(|title| title.text.clone());
        (title, list.primary_link(entry).map(|link| link.url.clone()))
    };
    let mut stand: FxHashMap<_, Vec<&str>> = FxHashMap::default();
    for (id, comment) in sort::companions(after, false) {
        stand.entry(name(after, id)).or_default().push(comment);
    }
    let stay = sort::companions(before, true)
        .into_iter()
        .all(|(id, comment)| {
            let above = stand.get(&name(before, id));
            above.is_some_and(|above| above.iter().any(|above| above.ends_with(comment)))
        });
    match stay && comments(before) == comments(after) {
        true => Ok(()),
        false => Err(Loss {
            what: "a comment that belongs to an entry".to_owned(),
            line: 1,
        }),
    }
}

/// Compares, byte for byte, the blocks that formatting leaves alone; but for the anchors in links.
/// Where entries were sorted, comments may stand in another order.
fn untouched(
    before: &List,
    after: &List,
    added: Option<SectionId>,
    sorted: bool,
) -> Result<(), Loss> {
    let blocks = |list: &List| {
        let kept = list.blocks.iter().filter(|block| match block.kind {
            BlockKind::Comment if sorted && !block.generated => false,
            kind => is_left_alone(kind) || block.generated && !is_remade(list, block),
        });
        kept.map(|block| block.content).collect::<Vec<_>>()
    };
    let (old, new) = (blocks(before), blocks(after));
    let (was, is) = (view::anchors(before, None), view::anchors(after, added));
    for (at, &span) in old.iter().enumerate() {
        let kept = new
            .get(at)
            .is_some_and(|&new| view::masked(before, span, &was) == view::masked(after, new, &is));
        if !kept {
            return Err(Loss {
                what: "text that is left alone".to_owned(),
                line: before.source.line(span.start),
            });
        }
    }
    match new.len() == old.len() {
        true => Ok(()),
        false => Err(Loss {
            what: "the number of blocks".to_owned(),
            line: 1,
        }),
    }
}

/// Whether a block that a tool writes is a contents table between the comments of its maker, which is
/// made anew.
fn is_remade(list: &List, block: &Block) -> bool {
    match block.kind {
        BlockKind::Contents(index) => {
            let contents = list.contents.get(index as usize);
            contents.is_some_and(|contents| has_its_maker(list, contents))
        }
        _ => false,
    }
}

fn is_left_alone(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::FrontMatter
            | BlockKind::Bullets(_)
            | BlockKind::Table
            | BlockKind::Paragraph
            | BlockKind::Html
            | BlockKind::Comment
            | BlockKind::Code
            | BlockKind::Quote
            | BlockKind::Definitions
            | BlockKind::Text
    )
}

/// Whether every heading that a contents table leads to is still led to.
fn contents(before: &List, after: &List, added: Option<SectionId>) -> Result<(), Loss> {
    let is = view::reached(after, added);
    match view::reached(before, None).difference(&is).next() {
        Some(section) => Err(Loss {
            what: "a heading that the contents table leads to".to_owned(),
            line: before
                .sections
                .get(*section as usize)
                .map_or(1, |section| before.source.line(section.span.start)),
        }),
        None => Ok(()),
    }
}

/// A work as an entry names it: title, link, depth; then where it stands.
type Work = (Option<String>, Option<String>, u16, u32);

/// Whether the same works are listed, by the same titles and links.
fn entries(before: &List, after: &List, sorted: bool) -> Result<(), Loss> {
    let works = |list: &List| {
        let works = list
            .entries
            .iter()
            .filter(|entry| entry.role != Role::Pointer);
        let works = works.map(|entry| -> Work {
            // A heading may lose its number, and is compared as a heading.
            let title = entry
                .title
                .as_ref()
                .filter(|_| entry.shape != Shape::Heading);
            let title = title.map(|title| title.text.clone());
            let url = list.primary_link(entry).map(|link| link.url.clone());
            (title, url, entry.depth, entry.span.start)
        });
        works.collect::<Vec<_>>()
    };
    let (mut old, mut new) = (works(before), works(after));
    if sorted {
        old.sort();
        new.sort();
    }
    let differ = |(old, new): (&Work, &Work)| (&old.0, &old.1, old.2) != (&new.0, &new.1, new.2);
    let at = old.iter().zip(&new).position(differ);
    let at = at.or((old.len() != new.len()).then(|| old.len().min(new.len())));
    match at {
        None => Ok(()),
        Some(at) => Err(Loss {
            what: "an entry".to_owned(),
            line: old.get(at).map_or(1, |entry| before.source.line(entry.3)),
        }),
    }
}
