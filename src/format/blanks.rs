//! Blank lines around headings and at the end of the file.

use std::ops::RangeInclusive;

use super::Layout;
use crate::list::{Block, BlockKind};

/// Adds the edits for blank lines.
pub(super) fn format(layout: &mut Layout<'_>) {
    let list = layout.list;
    let wanted = layout.options.blank_lines;
    let before = wanted.or_else(|| layout.style.list.blank_before_heading.clear().copied());
    let behind = wanted.or_else(|| layout.style.list.blank_after_heading.clear().copied());
    for pair in list.blocks.windows(2) {
        let (above, below) = (&pair[0], &pair[1]);
        let blank = match (above.kind, below.kind) {
            (_, BlockKind::Heading) => before,
            (BlockKind::Heading, _) => behind,
            _ => None,
        };
        // Blank lines are taken away altogether only when asked for: they harm nobody.
        let allowed = match (wanted, blank) {
            (None, Some(0)) => 0..=1,
            (_, Some(blank)) => blank..=blank,
            _ => continue,
        };
        gap(layout, above, below, allowed);
    }
    if let Some(last) = list.blocks.last() {
        end(layout, last);
    }
}

/// Puts so many blank lines between two blocks, none taken away where that would join them.
fn gap(layout: &mut Layout<'_>, above: &Block, below: &Block, allowed: RangeInclusive<u32>) {
    if above.generated || below.generated || above.kind == BlockKind::Blank {
        return;
    }
    let list = layout.list;
    let span = above.span.with(above.content.end, above.span.end);
    let text = list.slice(span);
    if !text.trim().is_empty() || text.is_empty() {
        return;
    }
    let bytes = text.as_bytes();
    let endings = memchr::memchr2_iter(b'\n', b'\r', bytes);
    let lines = endings.filter(|&at| bytes[at] != b'\r' || bytes.get(at + 1) != Some(&b'\n'));
    let blank = (lines.count() as u32).saturating_sub(1);
    let wanted = blank.clamp(*allowed.start(), *allowed.end());
    if wanted == 0 && blank > 0 && joins(layout, above, below) {
        return;
    }
    if wanted != blank {
        layout.replace(span, layout.newline().repeat(wanted as usize + 1));
    }
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
