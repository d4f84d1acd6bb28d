//! A list as its reader sees it, without what formatting is meant to change.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use rustc_hash::FxHashMap;

use crate::format::headings::{body, needless_end};
use crate::format::items::Spacing;
use crate::format::numbers::Manual;
use crate::format::{ContentsMode, EntryOrder, HeadingNumbers, Options};
use crate::list::style::{Ending, tail};
use crate::list::write::{Target, Targets};
use crate::list::{LinkKind, List, Rendered, RenderedKind, SectionId, Shape, rendering};
use crate::source::Span;
use crate::spaces::single;

/// A block with its words.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) kind: RenderedKind,
    pub(super) depth: u32,
    pub(super) text: String,
    pub(super) span: Span,
}

impl Piece {
    /// What is compared.
    pub(super) fn key(&self) -> (RenderedKind, u32, &str) {
        (self.kind, self.depth, &self.text)
    }

    pub(super) fn says_the_same(&self, other: &Piece) -> bool {
        self.key() == other.key()
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            RenderedKind::List { tight: true, .. } => "a list",
            RenderedKind::List { tight: false, .. } => "a list with spaces between its items",
            RenderedKind::Item => "an item",
            RenderedKind::Quote => "a quotation",
            RenderedKind::Paragraph => "a paragraph",
            RenderedKind::Heading => "a heading",
            RenderedKind::Code => "code",
            RenderedKind::Html => "HTML",
            RenderedKind::Table => "a table",
            RenderedKind::Break => "a thematic break",
            RenderedKind::Other => "text",
        };
        let shown: String = self
            .text
            .chars()
            .take(60)
            .filter(|char| !char.is_control())
            .collect();
        match shown.is_empty() {
            true => write!(f, "{kind}"),
            false => write!(f, "{kind} (`{shown}`)"),
        }
    }
}

/// Places with what is compared instead of their text, in order.
pub(super) type Masks = Vec<(Span, String)>;

/// The blocks of `list` without its contents tables; `other` is the text that it is compared with.
pub(super) fn pieces(list: &List, other: &List, options: &Options) -> Vec<Piece> {
    let added = added(list, other, options);
    let masks = masks(list, options, added);
    let headings: FxHashMap<u32, SectionId> = list
        .headings()
        .map(|(id, heading)| (heading.span.start, id))
        .collect();
    let mut pieces = Vec::new();
    let mut table = 0;
    // The last block of each depth that is open.
    let mut last: Vec<Option<RenderedKind>> = Vec::new();
    let mut blocks = rendering(list).into_owned();
    join_neighbours(list, &mut blocks);
    let mut comments = Vec::new();
    if options.order == Some(EntryOrder::Alphabetical) {
        comments = without_comments(list, &mut blocks);
        join_neighbours(list, &mut blocks);
    }
    for block in blocks {
        let depth = block.depth as usize;
        let before = last.get(depth).copied().flatten();
        last.resize(depth, None);
        last.push(None);
        while list
            .contents
            .get(table)
            .is_some_and(|of| of.span.end <= block.span.start)
        {
            table += 1;
        }
        if list
            .contents
            .get(table)
            .is_some_and(|of| of.span.contains(block.span))
        {
            continue;
        }
        last[depth] = Some(block.kind);
        // Lists side by side whose bullets differ are one to a reader.
        if matches!(block.kind, RenderedKind::List { ordered: false, .. })
            && before == Some(block.kind)
        {
            continue;
        }
        let section = headings.get(&block.span.start).copied();
        if section.is_some() && section == added {
            continue;
        }
        let heading = section.and_then(|id| list.section(id).heading.as_ref());
        let span = heading.map_or(block.span, |heading| body(list, heading));
        let text = match block.kind {
            RenderedKind::List { .. } | RenderedKind::Item | RenderedKind::Quote => String::new(),
            RenderedKind::Paragraph | RenderedKind::Heading => {
                single(&masked(list, span, &masks)).into_owned()
            }
            _ => lines(&masked(list, span, &masks)),
        };
        pieces.push(Piece {
            kind: block.kind,
            depth: block.depth,
            text,
            span: block.span,
        });
    }
    pieces.extend(comments);
    pieces
}

/// Takes the comments out that stand above bulleted lists: which entry each belongs to is compared
/// apart, and sorted entries may join the lists that they part.
fn without_comments(list: &List, blocks: &mut Vec<Rendered>) -> Vec<Piece> {
    let is_comment = |block: &Rendered| {
        block.kind == RenderedKind::Html && list.slice(block.span).starts_with("<!--")
    };
    let mut comments = Vec::new();
    let mut follows: Option<u32> = None;
    let mut kept: Vec<Rendered> = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..).rev() {
        if is_comment(&block) && follows == Some(block.depth) {
            comments.push(Piece {
                kind: block.kind,
                depth: 0,
                text: lines(list.slice(block.span)),
                span: block.span,
            });
            continue;
        }
        let is_list = matches!(block.kind, RenderedKind::List { ordered: false, .. });
        follows = is_list.then_some(block.depth);
        kept.push(block);
    }
    kept.reverse();
    *blocks = kept;
    comments.sort_by(|one, other| one.text.cmp(&other.text));
    comments
}

/// Gives bulleted lists beside each other the kind that they have as one list, which they become
/// where their bullets become equal.
fn join_neighbours(list: &List, blocks: &mut [Rendered]) {
    /// Lists beside each other.
    #[derive(Default)]
    struct Stretch {
        places: Vec<usize>,
        spacing: Spacing,
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    // For each depth the stretch that the last block of it belongs to.
    let mut open: Vec<Option<usize>> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let depth = block.depth as usize;
        let before = open.get(depth).copied().flatten();
        open.resize(depth + 1, None);
        open[depth] = None;
        if block.kind == RenderedKind::Item {
            let above = depth.checked_sub(1).and_then(|above| open[above]);
            let own = above.and_then(|above| stretches.get_mut(above)?.spacing.lists.last_mut());
            if let Some(own) = own {
                own.0 += 1;
            }
        }
        let RenderedKind::List {
            ordered: false,
            tight,
        } = block.kind
        else {
            continue;
        };
        let id = before.unwrap_or(stretches.len());
        if before.is_none() {
            stretches.push(Stretch::default());
        }
        let stretch = &mut stretches[id];
        if let Some(last) = stretch.places.last().map(|&last| &blocks[last]) {
            let start = last.span.start + list.slice(last.span).trim_end().len() as u32;
            let between = list.slice(block.span.with(start, block.span.start.max(start)));
            let touch = between.trim_end_matches([' ', '\t']).lines().count() <= 1;
            stretch.spacing.touching += usize::from(touch);
        }
        stretch.places.push(at);
        stretch.spacing.lists.push((0, tight));
        open[depth] = Some(id);
    }
    for stretch in stretches.iter().filter(|of| of.places.len() > 1) {
        if let Some(tight) = stretch.spacing.together() {
            for &at in &stretch.places {
                blocks[at].kind = RenderedKind::List {
                    ordered: false,
                    tight,
                };
            }
        }
    }
}

/// The section of a contents table that `list` has and `other` has not.
pub(super) fn added(list: &List, other: &List, options: &Options) -> Option<SectionId> {
    let added =
        options.contents == Some(ContentsMode::Add) && list.contents.len() > other.contents.len();
    list.contents
        .first()
        .filter(|_| added)
        .map(|contents| contents.section)
}

/// The number of a section, an added one not counted.
fn number(section: SectionId, added: Option<SectionId>) -> u32 {
    section.0 - u32::from(added.is_some_and(|added| added < section))
}

/// The lines of `text` without what they are indented by.
fn lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            lines.push('\n');
        }
        lines.push_str(line.trim());
    }
    lines
}

/// The text of `span` with what `masks` put in place of its parts.
pub(super) fn masked<'a>(list: &'a List, span: Span, masks: &Masks) -> Cow<'a, str> {
    let first = masks.partition_point(|(mask, _)| mask.start < span.start);
    let mut text = String::new();
    let mut from = span.start;
    for (mask, instead) in masks.get(first..).unwrap_or_default() {
        if mask.end > span.end {
            break;
        }
        if mask.start < from {
            continue;
        }
        text.push_str(list.slice(span.with(from, mask.start)));
        text.push_str(instead);
        from = mask.end;
    }
    if from == span.start && text.is_empty() {
        return Cow::Borrowed(list.slice(span));
    }
    text.push_str(list.slice(span.with(from, span.end)));
    Cow::Owned(text)
}

/// All that formatting is meant to change.
fn masks(list: &List, options: &Options, added: Option<SectionId>) -> Masks {
    let mut masks = anchors(list, added);
    for entry in &list.entries {
        if !matches!(entry.shape, Shape::Item(_)) {
            continue;
        }
        if let Some(separator) = entry.separator.filter(|_| entry.description.is_some()) {
            masks.push((separator.span, " \u{1} ".to_owned()));
        }
        if let Some(tail) = tail(list, entry).filter(|tail| tail.ending == Ending::Period) {
            masks.push((tail.span, String::new()));
        }
    }
    for (_, heading) in list.headings() {
        let number = Manual::read(list.slice(heading.title));
        if let Some(number) =
            number.filter(|_| options.heading_numbers != Some(HeadingNumbers::Keep))
        {
            let start = heading.title.start;
            let end = start + number.whole as u32;
            masks.push((heading.title.with(start, end), String::new()));
        }
        if let Some(end) = needless_end(list, heading, body(list, heading)) {
            masks.push((end, String::new()));
        }
    }
    for anchor in &list.anchors {
        let end = anchor.span.end;
        let close = anchor.span.with(end, end + "</a>".len() as u32);
        if list.slice(close) == "</a>" {
            masks.push((close, String::new()));
        }
    }
    masks.sort_by_key(|(span, _)| (span.start, span.end));
    masks
}

/// The anchors that links lead to, as the sections that these are of.
pub(super) fn anchors(list: &List, added: Option<SectionId>) -> Masks {
    let targets = Targets::new(list);
    let mut masks: Masks = Vec::new();
    for link in &list.links {
        let target = link
            .fragment()
            .and_then(|fragment| targets.resolve(fragment));
        let Some(section) = target.and_then(Target::section) else {
            continue;
        };
        let place = match link.kind {
            LinkKind::Reference(at) => list.definitions.get(at as usize).map(|of| of.destination),
            _ => Some(link.destination),
        };
        masks.extend(place.map(|place| (place, format!("#{}", number(section, added)))));
    }
    masks.sort_by_key(|(span, _)| (span.start, span.end));
    masks.dedup();
    masks
}

/// The sections that contents tables lead to, by their numbers.
pub(super) fn reached(list: &List, added: Option<SectionId>) -> BTreeSet<u32> {
    let targets = Targets::new(list);
    let lines = list.contents.iter().flat_map(|contents| &contents.lines);
    let fragments = lines.filter_map(|line| list.link(line.link).fragment());
    let sections = fragments.filter_map(|fragment| targets.resolve(fragment)?.section());
    sections.map(|section| number(section, added)).collect()
}
