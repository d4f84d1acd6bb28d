//! When two entries are the same work.

/// What a user may add to the knowledge about identity.
#[derive(Debug, Clone, Default)]
pub struct Options {}
