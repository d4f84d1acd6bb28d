//! GFM tables: rows that are entries.

use super::BlockKind;
use super::build::Builder;

/// Reads the table at `root`.
pub(super) fn read(builder: &mut Builder<'_>, root: u32) -> BlockKind {
    builder.prose(root);
    BlockKind::Table
}
