//! Blank lines: around headings, in runs between blocks and items, and at the end of the file.

use std::collections::BTreeMap;

use super::Layout;
use crate::list::{Block, BlockKind, List};
use crate::source::Span;

/// Adds the edits for blank lines.
pub(super) fn format(layout: &mut Layout<'_>) {
    let list = layout.list;
    let wanted = layout.options.blank_lines;
    let before = wanted.or_else(|| layout.style.list.blank_before_heading.usual().copied());
    let behind = wanted.or_else(|| layout.style.list.blank_after_heading.usual().copied());
    let between: Vec<Option<Gap>> = list
        .blocks
        .windows(2)
        .map(|pair| gap(layout, &pair[0], &pair[1]))
        .collect();
    let most_between = most(between.iter().flatten());
    for (pair, found) in list.blocks.windows(2).zip(&between) {
        let Some(found) = found else { continue };
        let (above, below) = (&pair[0], &pair[1]);
        let usual = match (above.kind, below.kind) {
            (_, BlockKind::Heading) => before,
            (BlockKind::Heading, _) => behind,
            _ => None,
        };
        // Blank lines are taken away altogether only when asked for: they harm nobody.
        let allowed = match (wanted, usual) {
            (None, Some(0)) => 0..=1,
            (_, Some(usual)) => usual..=usual,
            (_, None) if are_ours(above, below) => 0..=most_between,
            _ => continue,
        };
        let blank = found.blank.clamp(*allowed.start(), *allowed.end());
        if blank > 0 || !joins(layout, above, below) {
            space(layout, found, blank);
        }
    }
    let inside = gaps(layout);
    let most_inside = most(&inside);
    for found in &inside {
        space(layout, found, found.blank.min(most_inside));
    }
    if let Some(last) = list.blocks.last() {
        end(layout, last);
    }
}

/// Whether one of two blocks is layout, and neither holds text that has its own.
fn are_ours(above: &Block, below: &Block) -> bool {
    use BlockKind::{Break, Contents, Entries, Heading, Paragraph};
    let is_ours = |block: &Block| matches!(block.kind, Entries(_) | Contents(_) | Heading);
    let may_be = |block: &Block| is_ours(block) || matches!(block.kind, Paragraph | Break);
    (is_ours(above) && may_be(below)) || (may_be(above) && is_ours(below))
}

/// Blank lines between two blocks or items.
struct Gap {
    /// Begins where the words above end, with their line ending.
    span: Span,
    blank: u32,
}

/// How many blank lines may stand in a row: one, unless most rows are of another number.
fn most<'a>(gaps: impl IntoIterator<Item = &'a Gap>) -> u32 {
    let mut rows: BTreeMap<u32, usize> = BTreeMap::new();
    for gap in gaps.into_iter().filter(|gap| gap.blank > 0) {
        *rows.entry(gap.blank).or_insert(0) += 1;
    }
    let all: usize = rows.values().sum();
    let usual = rows
        .into_iter()
        .find(|&(_, count)| count * 2 > all && count > 2);
    usual.map_or(1, |(blank, _)| blank)
}

/// Makes so many blank lines of a gap.
fn space(layout: &mut Layout<'_>, gap: &Gap, blank: u32) {
    if blank != gap.blank {
        layout.replace(gap.span, layout.newline().repeat(blank as usize + 1));
    }
}

/// The blank lines between items of entries and contents tables.
fn gaps(layout: &Layout<'_>) -> Vec<Gap> {
    let list = layout.list;
    let mut gaps = Vec::new();
    let mut blocks = list.blocks.iter().peekable();
    for item in &list.items {
        while blocks
            .next_if(|block| block.span.end <= item.span.start)
            .is_some()
        {}
        let Some(block) = blocks.peek() else { break };
        let start = list.source.line_start(item.span.start);
        let is_ours = matches!(block.kind, BlockKind::Entries(_) | BlockKind::Contents(_));
        if !is_ours || block.generated || start <= block.span.start {
            continue;
        }
        let line = list.source.line(start);
        let above = (1..line).rev().map(|line| list.source.line_content(line));
        let above = above.take_while(|content| content.end > block.span.start);
        let mut above = above.skip_while(|content| list.slice(*content).trim().is_empty());
        let Some(above) = above.next() else { continue };
        let blank = line - 1 - list.source.line(above.start);
        let span = above.with(above.end, start);
        if blank > 0 && ends_before(list, span) {
            gaps.push(Gap { span, blank });
        }
    }
    gaps
}

/// Whether the blank lines at `span` stand in no code and no HTML that go on to the next item.
fn ends_before(list: &List, span: Span) -> bool {
    let code = list.code.partition_point(|code| code.start < span.end);
    let code = code.checked_sub(1).and_then(|at| list.code.get(at));
    let tag = list.html.partition_point(|tag| tag.span.start < span.end);
    let tag = tag.checked_sub(1).and_then(|at| list.html.get(at));
    code.is_none_or(|code| code.end < span.start)
        && tag.is_none_or(|tag| tag.span.end <= span.start)
}

/// The blank lines between two blocks, where they may be changed.
fn gap(layout: &Layout<'_>, above: &Block, below: &Block) -> Option<Gap> {
    let kept = |block: &Block| block.generated || block.kind == BlockKind::Text;
    let is_top = matches!(above.kind, BlockKind::Blank | BlockKind::FrontMatter);
    if kept(above) || kept(below) || is_top {
        return None;
    }
    let span = above.span.with(above.content.end, above.span.end);
    let text = layout.list.slice(span);
    if !text.trim().is_empty() || text.is_empty() {
        return None;
    }
    let bytes = text.as_bytes();
    let endings = memchr::memchr2_iter(b'\n', b'\r', bytes);
    let lines = endings.filter(|&at| bytes[at] != b'\r' || bytes.get(at + 1) != Some(&b'\n'));
    let blank = (lines.count() as u32).saturating_sub(1);
    Some(Gap { span, blank })
}

/// Whether two blocks would be read as one, or otherwise, without a blank line between them.
fn joins(layout: &Layout<'_>, above: &Block, below: &Block) -> bool {
    let is_setext = |block: &Block| {
        let heading = layout.list.section(block.section).heading.as_ref();
        block.kind == BlockKind::Heading && heading.is_some_and(|heading| heading.setext)
    };
    is_setext(above)
        || is_setext(below)
        || (below.kind == BlockKind::Heading && !may_stand_before_heading(above.kind))
}

/// Whether a heading may follow a block of this kind without a blank line between.
fn may_stand_before_heading(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Heading | BlockKind::Entries(_) | BlockKind::Contents(_) | BlockKind::Bullets(_)
    )
}

/// Leaves one line ending at the end of a file that ends in blank lines.
fn end(layout: &mut Layout<'_>, last: &Block) {
    if last.generated
        || matches!(
            last.kind,
            BlockKind::Code | BlockKind::Html | BlockKind::Text
        )
    {
        return;
    }
    let span = last.span.with(last.content.end, last.span.end);
    let text = layout.list.slice(span);
    let first = text.find(['\n', '\r']).unwrap_or(text.len());
    let ending = match text.get(first..) {
        Some(rest) if rest.starts_with("\r\n") => 2,
        Some("") | None => return,
        _ => 1,
    };
    let kept = first + ending;
    if text.trim().is_empty() && kept < text.len() {
        layout.replace(span.with(span.start + kept as u32, span.end), "");
    }
}
