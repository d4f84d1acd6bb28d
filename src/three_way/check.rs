//! What a merge must not do to links: lose one, bring one back, double one.
//!
//! Read from the text alone, without the model that the merge worked with, so that what the model
//! misunderstands is found here.

use rustc_hash::FxHashMap;

/// How often each destination stands in a text.
pub(super) type Counts = FxHashMap<String, u32>;

/// The destinations of a text, as [`counted`] writes them, anchors of the text itself left out.
///
/// Each ends where the next begins at the latest: a text of nothing but beginnings is read once.
pub(super) fn destinations(text: &str) -> impl Iterator<Item = String> + '_ {
    memchr::memmem::find_iter(text.as_bytes(), "](")
        .filter_map(|at| text.get(at + 2..))
        .map(|rest| {
            let rest = rest.trim_start();
            let rest = rest.strip_prefix('<').unwrap_or(rest);
            let end = rest
                .char_indices()
                .find(|&(at, c)| {
                    let begins = c == ']' && rest.as_bytes().get(at + 1) == Some(&b'(');
                    begins || c == ')' || c == '>' || c.is_whitespace()
                })
                .map_or(rest.len(), |(at, _)| at);
            rest.get(..end).unwrap_or_default()
        })
        .filter(|destination| !destination.is_empty() && !destination.starts_with('#'))
        .map(counted)
}

/// A destination as it is told from others when links are counted: in lower case, without slash at
/// its end, `http` as `https`.
pub(super) fn counted(destination: &str) -> String {
    destination
        .trim_end_matches('/')
        .to_lowercase()
        .replace("http://", "https://")
}

/// Counts the destinations of a text.
pub(super) fn counts(text: &str) -> Counts {
    let mut counts = Counts::default();
    for destination in destinations(text) {
        *counts.entry(destination).or_default() += 1;
    }
    counts
}

/// The counts of base, ours and theirs.
pub(super) struct Counted {
    base: Counts,
    ours: Counts,
    theirs: Counts,
}

impl Counted {
    pub(super) fn new([base, ours, theirs]: [&str; 3]) -> Self {
        Counted {
            base: counts(base),
            ours: counts(ours),
            theirs: counts(theirs),
        }
    }

    /// Destinations that `merged` has more often than either side, and more than once; sorted.
    pub(super) fn doubled(&self, merged: &Counts) -> Vec<String> {
        let of = |counts: &Counts, link| counts.get(link).copied().unwrap_or_default();
        sorted(merged.iter().filter(|&(link, &count)| {
            count > of(&self.ours, link).max(of(&self.theirs, link)).max(1)
        }))
    }

    /// Destinations of a side that `merged` lacks though neither side deleted them; sorted.
    pub(super) fn lost(&self, merged: &Counts) -> Vec<String> {
        let sides = self.ours.iter().chain(&self.theirs);
        let mut lost = sorted(
            sides.filter(|(link, _)| !merged.contains_key(*link) && !self.was_deleted(link)),
        );
        lost.dedup();
        lost
    }

    /// Destinations in `merged` that a side had deleted; sorted.
    pub(super) fn resurrected(&self, merged: &Counts) -> Vec<String> {
        sorted(merged.iter().filter(|(link, _)| self.was_deleted(link)))
    }

    fn was_deleted(&self, link: &str) -> bool {
        self.base.contains_key(link)
            && !(self.ours.contains_key(link) && self.theirs.contains_key(link))
    }
}

fn sorted<'c>(links: impl Iterator<Item = (&'c String, &'c u32)>) -> Vec<String> {
    let mut links: Vec<String> = links.map(|(link, _)| link.clone()).collect();
    links.sort_unstable();
    links
}
