//! Links that differ and yet speak for one work: what they share besides a page.

use super::entry::Identity;
use super::evidence::Evidence;
use super::hosts;
use super::title::{self, TitleKey};
use super::url::LinkKey;

/// The step of the last tier that leaves out a place on the page.
pub(super) const PLACE_ON_PAGE: &str = "a place on the page";

/// A link that both entries have, where it is not the primary one of both.
pub(super) fn shared_link(a: &Identity, b: &Identity) -> Option<Evidence> {
    let shared = a.links().filter(|link| link.is_global()).find(|link| {
        b.links()
            .any(|other| other.is_global() && other.certain() == link.certain())
    })?;
    Some(Evidence::SharedLink(shared.certain().into()))
}

/// What lets similar titles be worth a question.
pub(super) fn evidence(a: &Identity, b: &Identity, same_numbers: bool) -> Option<Evidence> {
    if let Some(shared) = shared_link(a, b) {
        return Some(shared);
    }
    let (a, b) = (a.link.as_ref()?, b.link.as_ref()?);
    if same_numbers && (one_below_other(a, b) || on_sister_host(a, b)) {
        return Some(Evidence::NearbyPages);
    }
    if a.domain() != b.domain() {
        return None;
    }
    let code = codes(b).into_iter().find(|code| codes(a).contains(code))?;
    Some(Evidence::SharedCode(code.into()))
}

/// Whether one page stands below the other on one host; not below its root.
fn one_below_other(a: &LinkKey, b: &LinkKey) -> bool {
    let (short, long) = if a.path().len() < b.path().len() {
        (a, b)
    } else {
        (b, a)
    };
    let rest = long.path().strip_prefix(short.path());
    a.host() == b.host() && short.path().len() > 1 && rest.is_some_and(|rest| rest.starts_with('/'))
}

/// Whether one path stands on two hosts of one domain.
fn on_sister_host(a: &LinkKey, b: &LinkKey) -> bool {
    a.path().len() > 1 && a.path() == b.path() && a.domain() == b.domain() && !hosts::is_platform(a)
}

/// Words of a link that mix letters and digits, as the numbers of courses do: `cs231n`.
fn codes(link: &LinkKey) -> Vec<&str> {
    let words = link.certain().split(|c: char| !c.is_ascii_alphanumeric());
    let is_code = |word: &&str| {
        (5..=10).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.contains(|c: char| c.is_ascii_digit())
    };
    words.filter(is_code).collect()
}

/// Whether the title stands in the path of a link, however its words are joined there.
pub(super) fn names(link: &LinkKey, title: &TitleKey) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let name = letters(title.joined());
    let path = title::fold(&link.path().replace("%20", " "));
    name.chars().count() >= 15 && letters(&path).contains(&name)
}
