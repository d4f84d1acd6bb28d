//! Links that differ and yet speak for one work: what they share besides a page.

use super::entry::Identity;
use super::evidence::Evidence;
use super::hosts;
use super::title::{self, TitleKey};
use super::url::{LinkKey, Target};

/// The step of the last tier that leaves out a place on the page.
pub(super) const PLACE_ON_PAGE: &str = "a place on the page";

/// A link that both entries have, where it is the primary one of one of them.
pub(super) fn shared_link(a: &Identity, b: &Identity) -> Option<Evidence> {
    let among = |primary: &Option<LinkKey>, other: &Identity| {
        let primary = primary
            .as_ref()
            .filter(|link| link.target() == Target::Web)?;
        let shared = other
            .links()
            .any(|link| link.certain() == primary.certain());
        shared.then(|| Evidence::SharedLink(primary.certain().into()))
    };
    among(&a.link, b).or_else(|| among(&b.link, a))
}

/// Both links lead to papers.
pub(super) fn scholarly(a: &LinkKey, b: &LinkKey) -> Option<Evidence> {
    (hosts::is_scholarly(a) && hosts::is_scholarly(b)).then_some(Evidence::Scholarly)
}

/// Both pages stand under a domain that somebody has alone, and neither is the home page: that is
/// about everything there.
pub(super) fn domain(a: &LinkKey, b: &LinkKey) -> Option<Evidence> {
    let pages = [a, b].iter().all(|link| link.path().len() > 1);
    let domain = a.domain().filter(|domain| Some(*domain) == b.domain());
    let domain = domain.filter(|_| pages && !hosts::is_platform(a) && !hosts::is_platform(b));
    domain.map(|domain| Evidence::SameDomain(domain.into()))
}

/// The title, long enough to be nobody else's, stands in one of the links. On platforms anyone
/// may take a name: there the owner must be the same.
pub(super) fn title_in_address(a: &LinkKey, b: &LinkKey, title: &TitleKey) -> Option<Evidence> {
    let named = [a, b].into_iter().find(|link| names(link, title))?;
    let owned =
        [a, b].map(|link| hosts::is_platform(link).then(|| owner(link).unwrap_or_default()));
    let trusted = match owned {
        [Some(""), Some(_)] => false,
        [Some(owner), Some(other)] => a.host() != b.host() && owner == other,
        _ => {
            title.word_count() >= 5
                && title.joined().chars().count() >= 25
                && !hosts::is_forge(a)
                && !hosts::is_forge(b)
        }
    };
    let host = named.host().filter(|_| trusted)?;
    Some(Evidence::TitleInAddress(host.into()))
}

/// Whose page it is: the segment of the path before the last.
fn owner(link: &LinkKey) -> Option<&str> {
    link.path()
        .rsplit('/')
        .nth(1)
        .filter(|owner| !owner.is_empty())
}

/// What lets similar titles be worth a question.
pub(super) fn evidence(a: &Identity, b: &Identity, same_numbers: bool) -> Option<Evidence> {
    if let Some(shared) = shared_link(a, b) {
        return Some(shared);
    }
    let of_many = a.shared.code || b.shared.code;
    let (a, b) = (a.link.as_ref()?, b.link.as_ref()?);
    if same_numbers && (one_below_other(a, b) || on_sister_host(a, b)) {
        return Some(Evidence::NearbyPages);
    }
    if of_many || a.domain() != b.domain() {
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

/// Words of a link that mix letters and digits, as the numbers of courses do: `cs231n`. Links of
/// one domain that share one lead to one work, if the titles say so too.
///
/// What stands in the domain is common to all its pages; where people keep their code, such words
/// are mostly their own names.
pub fn codes(link: &LinkKey) -> Vec<&str> {
    if hosts::is_forge(link) {
        return Vec::new();
    }
    let domain = link.domain().unwrap_or_default();
    let in_domain = |word: &&str| domain.split(['.', '-']).any(|part| part == *word);
    let words = link.certain().split(|c: char| !c.is_ascii_alphanumeric());
    let is_code = |word: &&str| {
        (5..=10).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.contains(|c: char| c.is_ascii_digit())
    };
    words
        .filter(|word| is_code(word) && !in_domain(word))
        .collect()
}

/// Whether the title stands in the path of a link, however its words are joined there.
fn names(link: &LinkKey, title: &TitleKey) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let name = letters(title.joined());
    let path = title::fold(&link.path().replace("%20", " "));
    name.chars().count() >= 15 && letters(&path).contains(&name)
}
