//! The words of a list that a reader sees: without destinations, tags, images and code.

use super::Facts;
use crate::list::List;
use crate::source::Span;

/// The places of `list` that hold no words, in order and without overlap.
pub(super) fn hidden(list: &List) -> Vec<Span> {
    let mut hidden: Vec<Span> = list.code.clone();
    hidden.extend(list.html.iter().map(|tag| tag.span));
    hidden.extend(list.images.iter().map(|image| image.span));
    hidden.extend(list.definitions.iter().map(|one| one.span));
    hidden.extend(list.unread.iter().map(|unread| unread.span));
    for link in &list.links {
        if link.text == link.destination {
            hidden.push(link.span);
        } else {
            hidden.push(link.span.with(link.span.start, link.text.start));
            hidden.push(link.span.with(link.text.end, link.span.end));
        }
    }
    hidden.retain(|span| !span.is_empty());
    // Runs that are in order each: merging them is little work.
    hidden.sort_by_key(|span| (span.start, span.end));
    let mut joined: Vec<Span> = Vec::with_capacity(hidden.len());
    for span in hidden {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

impl Facts<'_> {
    /// The pieces of `span` that are words, in order: what lies between destinations, tags, images
    /// and code. What stands in a link's text is words as well, in a piece of its own.
    pub fn words(&self, span: Span) -> Vec<Span> {
        let list = self.list;
        let pieces = self.words_and_code(span);
        if memchr::memchr(b'`', list.slice(span).as_bytes()).is_some() {
            return pieces.flat_map(|piece| without_code(list, piece)).collect();
        }
        pieces.collect()
    }

    /// The pieces of `span` as [`Facts::words`] has them, with the code in backticks: for a first
    /// look whether there is something in them.
    pub(super) fn words_and_code(&self, span: Span) -> impl Iterator<Item = Span> {
        let hidden = self.hidden();
        let from = hidden.partition_point(|one| one.end <= span.start);
        let within = hidden.get(from..).unwrap_or_default().iter().copied();
        let within = within.take_while(move |one| one.start < span.end);
        let mut start = span.start;
        within
            .chain([span.with(span.end, span.end)])
            .map(move |one| {
                let piece = span.with(start.min(span.end), one.start);
                start = one.end;
                piece
            })
            .filter(|piece| !piece.is_empty())
    }
}

/// `piece` without the code in backticks.
fn without_code(list: &List, piece: Span) -> Vec<Span> {
    let text = list.slice(piece);
    let runs = runs_of_backticks(text);
    // For each length of a run, the places where one of that length stands, the last first.
    let mut closers: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
    for (index, (start, end)) in runs.iter().enumerate().rev() {
        closers.entry(end - start).or_default().push(index);
    }
    let mut words = Vec::new();
    let mut from = 0;
    let mut next = 0;
    while let Some(&(start, end)) = runs.get(next) {
        let same = closers.entry(end - start).or_default();
        while same.last().is_some_and(|&index| index <= next) {
            same.pop();
        }
        let Some(&close) = same.last() else {
            next += 1;
            continue;
        };
        words.push((from, start));
        from = runs[close].1;
        next = close + 1;
    }
    words.push((from, text.len()));
    words
        .into_iter()
        .filter(|(start, end)| start < end)
        .map(|(start, end)| piece.with(piece.start + start as u32, piece.start + end as u32))
        .collect()
}

/// Where runs of backticks stand in `text`.
fn runs_of_backticks(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'`', text.as_bytes()) {
        match runs.last_mut() {
            Some(last) if last.1 == at => last.1 += 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}
