//! Where the work of an entry stands again in its document, and by what it is known.

use super::document::Document;
use crate::identity::{Identity, Options, Scope, judge};
use crate::list::{EntryId, List, Role};

/// What every entry of `list` is known by; groups, remarks and pointers are no works.
pub(super) fn identities(list: &List, options: &Options) -> Vec<Option<Identity>> {
    list.entries()
        .map(|(id, entry)| {
            let is_work = entry.role == Role::Work;
            is_work.then(|| Identity::of(list, id, options))
        })
        .collect()
}

/// The other entries of the list that are the same work as `entry`, or that lead to the same page
/// under another title, in the order of the text.
pub(super) fn elsewhere(document: &Document, entry: EntryId) -> Vec<EntryId> {
    let list = document.list();
    let identities = document.identities();
    let Some(this) = known(identities, entry) else {
        return Vec::new();
    };
    let options = document.identity_options();
    list.entries()
        .filter(|(id, _)| *id != entry)
        .filter(|(id, other)| {
            let same_section = other.section == list.entry(entry).section;
            let scope = Scope::SameList { same_section };
            known(identities, *id).is_some_and(|other| {
                judge(this, other, scope, options).verdict.folds() || lead_to_one(this, other)
            })
        })
        .map(|(id, _)| id)
        .collect()
}

/// By what the work of `entry` is known in any list: the key of its link, the words of its title.
pub(super) fn keys(document: &Document, entry: EntryId) -> Vec<String> {
    let Some(identity) = known(document.identities(), entry) else {
        return Vec::new();
    };
    let link = identity.link.as_ref().map(|link| link.certain().to_owned());
    let title = identity
        .title
        .as_ref()
        .map(|title| title.words().to_owned());
    let keys = link.into_iter().chain(title);
    keys.filter(|key| !key.is_empty()).collect()
}

fn known(identities: &[Option<Identity>], id: EntryId) -> Option<&Identity> {
    identities.get(id.index())?.as_ref()
}

/// Whether the primary links of two entries lead to one page.
fn lead_to_one(one: &Identity, other: &Identity) -> bool {
    match (&one.link, &other.link) {
        (Some(one), Some(other)) => one.certain() == other.certain(),
        _ => false,
    }
}
