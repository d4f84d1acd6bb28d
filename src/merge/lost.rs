//! The last look at a merged list: links and title words that are neither in it nor told are told.
//!
//! What stands in the place of something else is told where it is decided. This looks at the text that
//! came of it, read as a reader of Markdown reads it: a link can also stop being one because of what
//! stands before or behind it now.

mod known;
mod pieces;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Decision, Dropped, Field, LeftOut};
use crate::list::{Link, LinkKind, List};
use crate::source::{FileId, Span};
use known::Known;

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
    let told = Told::read(lists, decisions, left_out);
    let Some(mut known) = Known::of_text(text, lists) else {
        return;
    };
    told.add_to(&mut known, lists);
    let missing: Vec<Missing> = lists
        .par_iter()
        .map(|list| Missing::of(list, &known))
        .collect();
    let mut first = 0;
    for (list, missing) in lists.iter().zip(missing) {
        let count = list.entries.len();
        let Some(own) = decisions.get_mut(first..first + count) else {
            return;
        };
        links(list, &missing.links, &mut known, own, left_out);
        titles(list, &missing.titles, &mut known, own);
        first += count;
    }
}

/// What of a list is neither in the merged text nor told, by position.
struct Missing {
    links: Vec<usize>,
    titles: Vec<usize>,
}

impl Missing {
    fn of(list: &List, known: &Known) -> Self {
        let leads_on = |link: &Link| !link.url.is_empty() && !link.url.starts_with('#');
        let links = list.links.iter().enumerate();
        let links = links.filter(|(_, link)| leads_on(link) && !known.has_url(&link.url));
        let titles = list.entries.iter().enumerate().filter(|(_, entry)| {
            let title = entry.title.as_ref();
            title.is_some_and(|title| !known.has_words(&title.text))
        });
        Missing {
            links: links.map(|(at, _)| at).collect(),
            titles: titles.map(|(at, _)| at).collect(),
        }
    }
}

/// Tells links that are missing, each address once.
fn links(
    list: &List,
    missing: &[usize],
    known: &mut Known,
    decisions: &mut [Decision],
    left_out: &mut Vec<LeftOut>,
) {
    if missing.is_empty() {
        return;
    }
    let mut owners = vec![None; list.links.len()];
    for (at, entry) in list.entries.iter().enumerate() {
        for link in &entry.links {
            if let Some(owner) = owners.get_mut(link.index()) {
                *owner = Some(at);
            }
        }
    }
    for &at in missing {
        let link = &list.links[at];
        if !known.add_url(&link.url) {
            continue;
        }
        let span = destination(list, link);
        match owners[at].and_then(|owner| decisions.get_mut(owner)) {
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
fn titles(list: &List, missing: &[usize], known: &mut Known, decisions: &mut [Decision]) {
    for &at in missing {
        let title = list.entries.get(at).and_then(|entry| entry.title.as_ref());
        let (Some(title), Some(decision)) = (title, decisions.get_mut(at)) else {
            continue;
        };
        if known.has_words(&title.text) {
            continue;
        }
        known.add_words(&title.text);
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

/// The places that are told, of each list from first to last, none inside another.
struct Told {
    spans: Vec<Vec<Span>>,
}

impl Told {
    fn read(lists: &[List], decisions: &[Decision], left_out: &[LeftOut]) -> Self {
        let mut spans = vec![Vec::new(); lists.len()];
        let ids = lists.iter().map(|list| list.source.id());
        let by_id: FxHashMap<FileId, usize> = ids.zip(0..).collect();
        for left in left_out {
            let list = by_id.get(&left.span.file);
            if let Some(own) = list.and_then(|&list| spans.get_mut(list)) {
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

    /// Adds what is told: its words, those of the titles in it, and the addresses.
    fn add_to(&self, known: &mut Known, lists: &[List]) {
        for (at, list) in lists.iter().enumerate() {
            let own = self.spans.get(at).map(Vec::as_slice).unwrap_or_default();
            if own.is_empty() {
                continue;
            }
            for &span in own {
                known.add_words(list.slice(span));
            }
            let titles = list.entries.iter().filter_map(|entry| entry.title.as_ref());
            for title in titles.filter(|title| self.covers(at, title.span)) {
                known.add_words(&title.text);
            }
            let links = list.links.iter();
            for link in links.filter(|link| self.covers(at, destination(list, link))) {
                known.add_url(&link.url);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::{Options, merge};
    use crate::source::Source;

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
