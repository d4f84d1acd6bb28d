//! The last look at a merged list: links and title words that are neither in it nor told are told.
//!
//! What stands in the place of something else is told where it is decided. This looks at the text that
//! came of it, read as a reader of Markdown reads it: a link can also stop being one because of what
//! stands before or behind it now.

use rustc_hash::FxHashSet;

use super::{Decision, Dropped, Field, LeftOut};
use crate::list::{Link, LinkKind, List};
use crate::source::{FileId, Source, Span};

/// Why a link outside of all entries is told.
const REASON: &str = "nothing in the merged list leads there";

/// Tells what of `lists` is missing from `text` and from what is told: what an entry has with its
/// decision, other links as text that was left out. `decisions` are in the order of the entries.
pub(super) fn tell(
    lists: &[List],
    text: &str,
    decisions: &mut [Decision],
    left_out: &mut Vec<LeftOut>,
) {
    // Places in a longer text have no numbers.
    if text.len() > Source::ADDRESSABLE {
        return;
    }
    let merged = List::parse(Source::new(FileId(u32::MAX), "", text));
    let told = Told::read(lists, decisions, left_out);
    let mut urls: FxHashSet<&str> = merged.links.iter().map(|link| link.url.as_str()).collect();
    let mut words = told.words(lists);
    add_words(&mut words, text);
    for title in merged
        .entries
        .iter()
        .filter_map(|entry| entry.title.as_ref())
    {
        add_words(&mut words, &title.text);
    }
    for heading in merged
        .sections
        .iter()
        .filter_map(|section| section.heading.as_ref())
    {
        add_words(&mut words, &heading.text);
    }
    for (at, list) in lists.iter().enumerate() {
        let is_told = |link: &&Link| told.covers(at, destination(list, link));
        urls.extend(
            list.links
                .iter()
                .filter(is_told)
                .map(|link| link.url.as_str()),
        );
    }
    let mut first = 0;
    for list in lists {
        let count = list.entries.len();
        let Some(own) = decisions.get_mut(first..first + count) else {
            return;
        };
        links(list, &mut urls, own, left_out);
        titles(list, &mut words, own);
        first += count;
    }
}

/// Tells links that are missing, each address once.
fn links<'l>(
    list: &'l List,
    urls: &mut FxHashSet<&'l str>,
    decisions: &mut [Decision],
    left_out: &mut Vec<LeftOut>,
) {
    let mut owners = vec![None; list.links.len()];
    for (at, entry) in list.entries.iter().enumerate() {
        for link in &entry.links {
            if let Some(owner) = owners.get_mut(link.index()) {
                *owner = Some(at);
            }
        }
    }
    for (link, owner) in list.links.iter().zip(owners) {
        let is_anchor = link.url.starts_with('#');
        if link.url.is_empty() || is_anchor || !urls.insert(link.url.as_str()) {
            continue;
        }
        let span = destination(list, link);
        match owner.and_then(|owner| decisions.get_mut(owner)) {
            Some(decision) => decision.dropped.push(Dropped {
                what: Field::Link,
                text: list.slice(span).to_owned(),
                span,
            }),
            None => left_out.push(LeftOut {
                span,
                reason: REASON,
            }),
        }
    }
}

/// Tells titles of which a word is missing.
fn titles(list: &List, words: &mut FxHashSet<String>, decisions: &mut [Decision]) {
    for (entry, decision) in list.entries.iter().zip(decisions) {
        let Some(title) = &entry.title else {
            continue;
        };
        let lower = title.text.to_lowercase();
        if split(&lower).all(|word| words.contains(word)) {
            continue;
        }
        add_words(words, &title.text);
        decision.dropped.push(Dropped {
            what: Field::Title,
            text: list.slice(title.span).to_owned(),
            span: title.span,
        });
    }
}

/// Where an address is written: for a reference in its definition, and where its place is not known
/// the whole link.
fn destination(list: &List, link: &Link) -> Span {
    let span = match link.kind {
        LinkKind::Reference(definition) => list
            .definitions
            .get(definition as usize)
            .map_or(link.destination, |definition| definition.destination),
        _ => link.destination,
    };
    if span.is_empty() { link.span } else { span }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn add_words(words: &mut FxHashSet<String>, text: &str) {
    for word in split(&text.to_lowercase()) {
        if !words.contains(word) {
            words.insert(word.to_owned());
        }
    }
}

/// The places that are told, of each list from first to last, none inside another.
struct Told {
    spans: Vec<Vec<Span>>,
}

impl Told {
    fn read(lists: &[List], decisions: &[Decision], left_out: &[LeftOut]) -> Self {
        let mut spans = vec![Vec::new(); lists.len()];
        for left in left_out {
            let list = lists
                .iter()
                .position(|list| list.source.id() == left.span.file);
            if let Some(own) = list.and_then(|list| spans.get_mut(list)) {
                own.push(left.span);
            }
        }
        for decision in decisions {
            if let Some(own) = spans.get_mut(decision.place.list) {
                own.extend(decision.dropped.iter().map(|dropped| dropped.span));
            }
        }
        for own in &mut spans {
            own.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
            let mut end = 0;
            own.retain(|span| {
                let is_further = span.end > end;
                end = end.max(span.end);
                is_further
            });
        }
        Told { spans }
    }

    /// Whether `span` of a list stands in what is told.
    fn covers(&self, list: usize, span: Span) -> bool {
        let Some(own) = self.spans.get(list) else {
            return false;
        };
        let behind = own.partition_point(|told| told.start <= span.start);
        let before = behind.checked_sub(1).and_then(|at| own.get(at));
        before.is_some_and(|told| told.contains(span))
    }

    /// The words of what is told, and of the titles in it.
    fn words(&self, lists: &[List]) -> FxHashSet<String> {
        let mut words = FxHashSet::default();
        for (at, list) in lists.iter().enumerate() {
            for &span in self.spans.get(at).into_iter().flatten() {
                add_words(&mut words, list.slice(span));
            }
            let titles = list.entries.iter().filter_map(|entry| entry.title.as_ref());
            for title in titles.filter(|title| self.covers(at, title.span)) {
                add_words(&mut words, &title.text);
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::{Options, merge};

    fn told(texts: [&str; 2]) -> (Vec<String>, Vec<(Field, String)>) {
        let read = |(id, text): (u32, &&str)| {
            List::parse(Source::new(FileId(id), format!("{id}.md"), *text))
        };
        let lists: Vec<List> = (0..).zip(&texts).map(read).collect();
        let merged = merge(&lists, &Options::default());
        let left = |left: &LeftOut| lists[left.span.file.0 as usize].slice(left.span).to_owned();
        let dropped = merged.decisions.iter().flat_map(|one| &one.dropped);
        (
            merged.left_out.iter().map(left).collect(),
            dropped.map(|one| (one.what, one.text.clone())).collect(),
        )
    }

    #[test]
    fn a_badge_behind_the_same_heading_is_told() {
        let first = "# A [![B](b.svg)](https://b.example)\n\n- [One](https://one.example)\n";
        let second = "# A [![B](b.svg)](https://c.example)\n\n- [Two](https://two.example)\n";
        let (left, dropped) = told([first, second]);
        assert_eq!(left, ["https://c.example"]);
        assert_eq!(dropped, []);
        assert_eq!(told([first, first]), (vec![], vec![]));
    }

    #[test]
    fn a_link_that_another_text_swallows_is_told() {
        let first = "# A\n\n- [One](https://one.example)\n\n<!-- open\n";
        let second = "# A\n\n## B\n\n- [Two](https://two.example)\n";
        let (left, dropped) = told([first, second]);
        assert_eq!(left, [] as [&str; 0]);
        assert_eq!(dropped, [(Field::Link, "https://two.example".to_owned())]);
    }
}
