//! Where the work of an entry stands again in its document.

use super::document::Document;
use crate::list::{EntryId, Role};

/// The other entries of the list that are the same work as `entry`, in the order of the text.
pub(super) fn elsewhere(document: &Document, entry: EntryId) -> Vec<EntryId> {
    let list = document.list();
    let Some(link) = list.primary_link(list.entry(entry)) else {
        return Vec::new();
    };
    list.entries()
        .filter(|(id, other)| *id != entry && other.role == Role::Work)
        .filter(|(_, other)| {
            let other = list.primary_link(other);
            other.is_some_and(|other| other.url == link.url)
        })
        .map(|(id, _)| id)
        .collect()
}

/// By what the work of `entry` is known in other lists.
pub(super) fn keys(_document: &Document, _entry: EntryId) -> Vec<String> {
    Vec::new()
}
