//! What speaks against two entries being one work.

use super::entry::Identity;
use super::evidence::Contradiction;
use super::ids::{self, StrongId};
use super::kind;
use super::url::LinkKey;

/// What speaks against two entries being one work, if anything does. Equal links outweigh it.
pub fn contradiction(a: &Identity, b: &Identity) -> Option<Contradiction> {
    titles(a, b)
        .or_else(|| years(a, b))
        .or_else(|| editions(a, b))
        .or_else(|| languages(a, b))
        .or_else(|| kinds(a, b))
        .or_else(|| authors(a, b))
        .or_else(|| links(a, b))
}

/// Numbers that both titles have and that differ. A number that only one has says less: `CS231n`.
fn titles(a: &Identity, b: &Identity) -> Option<Contradiction> {
    let (a, b) = (a.title.as_ref()?.numbers(), b.title.as_ref()?.numbers());
    let within = |few: &[Box<str>], many: &[Box<str>]| few.iter().all(|n| many.contains(n));
    if within(a, b) || within(b, a) {
        return None;
    }
    Some(Contradiction::Numbers(
        a.join(", ").into(),
        b.join(", ").into(),
    ))
}

fn years(a: &Identity, b: &Identity) -> Option<Contradiction> {
    let (a, b) = (a.year?, b.year?);
    (a != b).then_some(Contradiction::Years(a, b))
}

fn editions(a: &Identity, b: &Identity) -> Option<Contradiction> {
    let edition = |known: &Identity| known.title.as_ref()?.attributes.edition;
    let (a, b) = (edition(a)?, edition(b)?);
    (a != b).then_some(Contradiction::Editions(a, b))
}

fn languages(a: &Identity, b: &Identity) -> Option<Contradiction> {
    let (a, b) = (a.language.as_ref()?, b.language.as_ref()?);
    (a != b).then(|| Contradiction::Languages(a.clone(), b.clone()))
}

fn kinds(a: &Identity, b: &Identity) -> Option<Contradiction> {
    let (a, b) = (a.kind?, b.kind?);
    kind::are_apart(a, b).then_some(Contradiction::Kinds(a, b))
}

fn authors(a: &Identity, b: &Identity) -> Option<Contradiction> {
    let person = |known: &Identity| {
        let person = known.authors.iter().find(|author| author.person)?;
        Some(person.name.clone())
    };
    let (first, second) = (person(a)?, person(b)?);
    let mut names = a.authors.iter().map(|author| &author.name);
    let shared = names.any(|name| b.authors.iter().any(|other| other.name == *name));
    (!shared).then_some(Contradiction::Authors(first, second))
}

fn links(a: &Identity, b: &Identity) -> Option<Contradiction> {
    let (a, b) = (a.link.as_ref()?, b.link.as_ref()?);
    if a.likely() == b.likely() {
        return None;
    }
    if let Some((a, b)) = contradicting_ids(a, b) {
        return Some(Contradiction::Ids(a, b));
    }
    if a.host() != b.host() {
        return None;
    }
    versions(a, b).or_else(|| different_places(a, b).then_some(Contradiction::Paths))
}

fn contradicting_ids(a: &LinkKey, b: &LinkKey) -> Option<(StrongId, StrongId)> {
    let (a, b) = (ids::of_link(a), ids::of_link(b));
    if a.iter().any(|id| b.contains(id)) {
        return None;
    }
    let mut pairs = a
        .iter()
        .flat_map(|id| b.iter().map(move |other| (id, other)));
    let pair = pairs.find(|(id, other)| id.contradicts(other))?;
    Some((pair.0.clone(), pair.1.clone()))
}

/// Two paths on one host that differ in nothing but numbers: `/2/library`, `/3/library`.
fn versions(a: &LinkKey, b: &LinkKey) -> Option<Contradiction> {
    let mut segments = a.path().split('/').zip(b.path().split('/'));
    if a.path().split('/').count() != b.path().split('/').count() {
        return None;
    }
    let unnumbered = |text: &str| {
        text.chars()
            .filter(|c| !c.is_ascii_digit())
            .collect::<String>()
    };
    let numbered = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let first = segments.find(|(a, b)| a != b)?;
    let all_numbers = std::iter::once(first)
        .chain(segments.filter(|(a, b)| a != b))
        .all(|(a, b)| numbered(a) && numbered(b) && unnumbered(a) == unnumbered(b));
    all_numbers.then(|| Contradiction::Versions(first.0.into(), first.1.into()))
}

/// Whether two links lead to different files or folders of one repository.
fn different_places(a: &LinkKey, b: &LinkKey) -> bool {
    let on_forge = matches!(a.host(), Some("github.com" | "gitlab.com" | "codeberg.org"));
    let split = |path: &str| -> Option<(String, String)> {
        let mut segments = path.split('/').skip(1);
        let repository = format!("{}/{}", segments.next()?, segments.next()?);
        let below: Vec<_> = segments.collect();
        (!below.is_empty()).then(|| (repository, below.join("/")))
    };
    match (on_forge, split(a.path()), split(b.path())) {
        (true, Some(a), Some(b)) => a.0 == b.0 && a.1 != b.1,
        _ => false,
    }
}
