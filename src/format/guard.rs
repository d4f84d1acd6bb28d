//! The places that formatting leaves alone: what a tool writes, what a comment excludes, what was
//! not understood.

use crate::list::directive::{self, Dialect, Scope};
use crate::list::{BlockKind, List};
use crate::source::Span;

/// The name under which comments exclude places from formatting.
const NAME: &str = "format";

/// The places of one list that formatting leaves alone.
pub(super) struct Guard {
    /// Start and end of each place, in order, none touching another.
    places: Vec<(u32, u32)>,
    /// Those of them that no tool writes, the same.
    excluded: Vec<(u32, u32)>,
    /// Whether a comment excludes the whole file.
    pub(super) whole_file: bool,
}

impl Guard {
    pub(super) fn new(list: &List) -> Guard {
        let mut guard = Guard {
            places: Vec::new(),
            excluded: Vec::new(),
            whole_file: false,
        };
        guard.directives(list);
        let unread = list
            .unread
            .iter()
            .map(|unread| (unread.span.start, unread.span.end));
        guard.places.extend(unread);
        guard.excluded = joined(guard.places.clone());
        let generated = list.blocks.iter().filter(|block| block.generated);
        let places = generated.map(|block| (block.span.start, block.span.end));
        guard.places.extend(places);
        let tables = list.contents.iter().filter(|contents| contents.generated);
        guard
            .places
            .extend(tables.map(|table| (table.span.start, table.span.end)));
        guard.places = joined(guard.places);
        guard
    }

    /// Whether `span` touches no protected place; an insertion at the edge of one does not.
    pub(super) fn allows(&self, span: Span) -> bool {
        are_clear_of(&self.places, span)
    }

    /// The same for a place in a region that its tool would write anew: there only comments and
    /// what was not understood protect it.
    pub(super) fn allows_anew(&self, span: Span) -> bool {
        are_clear_of(&self.excluded, span)
    }

    fn directives(&mut self, list: &List) {
        let mut open = None;
        for (span, text) in list.comments() {
            let Some(Ok(directive)) = directive::parse(text) else {
                continue;
            };
            let names_us = directive.rules.iter().any(|rule| rule.text == NAME);
            let concerns_us = names_us || directive.rules.is_empty();
            if directive.dialect != Dialect::Listwright || !concerns_us {
                continue;
            }
            match directive.scope {
                Scope::File => self.whole_file = true,
                Scope::DisableRegion => open = open.or(Some(span.start)),
                Scope::EnableRegion => {
                    if let Some(start) = open.take() {
                        self.places.push((start, span.end));
                    }
                }
                Scope::Line => {
                    let line = list.source.line_span(list.source.line(span.start));
                    self.places.push((line.start, line.end));
                }
                Scope::Next => self.places.push(next(list, span)),
                Scope::Inert => {}
            }
        }
        if let Some(start) = open {
            self.places.push((start, list.source.whole().end));
        }
    }
}

/// Whether `span` touches none of `places`.
fn are_clear_of(places: &[(u32, u32)], span: Span) -> bool {
    let at = places.partition_point(|&(_, end)| end <= span.start);
    places
        .get(at)
        .is_none_or(|&(start, _)| match span.is_empty() {
            true => start >= span.start,
            false => start >= span.end,
        })
}

/// The places in order, those that touch made one.
fn joined(mut places: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    places.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::with_capacity(places.len());
    for (start, end) in places {
        match joined.last_mut().filter(|last| start <= last.1) {
            Some(last) => last.1 = last.1.max(end),
            None => joined.push((start, end)),
        }
    }
    joined
}

/// What follows the comment at `comment`: the next entry, heading or line.
fn next(list: &List, comment: Span) -> (u32, u32) {
    let at = list
        .entries
        .partition_point(|entry| entry.span.start < comment.end);
    let entry = list.entries.get(at).map(|entry| entry.span);
    let at = list
        .blocks
        .partition_point(|block| block.content.start < comment.end);
    let block = list.blocks.get(at);
    let heading = block
        .filter(|block| block.kind == BlockKind::Heading)
        .map(|block| block.span);
    let line = list
        .source
        .line_span(list.source.line(comment.end.max(1) - 1) + 1);
    // What stands on the next line is meant; an entry farther away only where nothing else comes.
    let near = [entry, heading]
        .into_iter()
        .flatten()
        .min_by_key(|span| span.start);
    let place = near
        .filter(|span| between_is_blank(list, comment.end, span.start))
        .unwrap_or(line);
    // An insertion behind the last word of its line is inside, too.
    let end = list
        .source
        .line_span(list.source.line(place.end.max(1) - 1))
        .end;
    (comment.start, end)
}

/// Whether nothing stands between two places but white space.
fn between_is_blank(list: &List, start: u32, end: u32) -> bool {
    list.slice(list.source.span(start, end)).trim().is_empty()
}
