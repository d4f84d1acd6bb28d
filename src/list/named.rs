//! Works that are named before a link which tells only their form: `Title (2012), Kim. [[pdf]](…)`.

use super::entry::Grammar;
use super::leaf::PieceKind;
use super::step::{is_year, separators};
use super::{Note, NoteKind, work};
use crate::source::Span;

/// How many words may stand behind such a link.
const TAIL_LENGTH: usize = 6;

impl Grammar<'_> {
    /// The words before the link at `at`, if they name the work and the link tells its form.
    pub(super) fn name_before(&self, at: usize) -> Option<Span> {
        let PieceKind::Link(id) = self.pieces[at].kind else {
            return None;
        };
        let link = &self.links[id.index()];
        let source = self.leaves.source;
        let lead = self.trimmed(self.content.start, self.opening_mark(at))?;
        if !work::names_a_form(source.slice(link.text)) || !self.ends_in_forms(at) {
            return None;
        }
        let text = source.slice(lead);
        let name = text.trim_end_matches(|last: char| {
            last.is_whitespace() || matches!(last, ':' | '-' | '–' | '—' | '[' | '(' | ',')
        });
        let span = lead.with(lead.start, lead.start + name.len() as u32);
        let words = self.plain(span).split_whitespace().count();
        let marked = name.starts_with(['*', '_', '"', '“', '`']);
        (words >= 2 || (marked && words > 0)).then_some(span)
    }

    /// Whether nothing but links to forms, images and a few words stand behind the link at `at`.
    fn ends_in_forms(&self, at: usize) -> bool {
        let mut words = 0;
        for piece in &self.pieces[at + 1..] {
            match piece.kind {
                PieceKind::Link(id) => {
                    let link = &self.links[id.index()];
                    let text = self.leaves.source.slice(link.text);
                    if !link.image_only && !work::names_a_form(text) {
                        return false;
                    }
                }
                PieceKind::Text | PieceKind::Emphasis | PieceKind::Strong => {
                    words += self
                        .slice(piece.start, piece.end)
                        .split_whitespace()
                        .count();
                }
                PieceKind::LineEnd | PieceKind::Break => break,
                _ => {}
            }
        }
        words <= TAIL_LENGTH
    }

    /// Reads title, year, authors and description from `name`, before the link at `at`.
    pub(super) fn read_name(&mut self, name: Span, at: usize) {
        let text = self.leaves.source.slice(name);
        if let Some(read) = work::quoted(text) {
            self.take_work(name, &read);
            return;
        }
        if let Some((authors, title, end)) = cited(text) {
            let at = |(start, end): (usize, usize)| {
                name.with(name.start + start as u32, name.start + end as u32)
            };
            self.words.title = Some(self.title(at(title)));
            self.note_between(name, NoteKind::Authors, authors.0, authors.1);
            self.read_facts(name.with(name.start + end as u32, name.end));
            return;
        }
        let marked = self.pieces.iter().find(|piece| piece.start == name.start);
        let width = marked.map_or(0, |piece| match piece.kind {
            PieceKind::Emphasis => 1,
            PieceKind::Strong => 2,
            _ => 0,
        });
        if let (1.., Some(piece)) = (width, marked) {
            let (start, end) = (piece.start, piece.end.min(name.end));
            self.words.title = Some(self.title(name.with(start + width, end - width)));
            self.read_facts(name.with(end, name.end));
            return;
        }
        let end = match year_at(text) {
            Some(year) => year,
            None if self.names_a_place(at) => first_separator(text).unwrap_or(text.len()),
            None => text.len(),
        };
        let title = text[..end].trim_end_matches([' ', '.', ',']);
        self.words.title = Some(self.title(name.with(name.start, name.start + title.len() as u32)));
        self.read_facts(name.with(name.start + end as u32, name.end));
    }

    /// Whether the link at `at` leads to where a project lives and not to a text.
    fn names_a_place(&self, at: usize) -> bool {
        let PieceKind::Link(id) = self.pieces[at].kind else {
            return false;
        };
        let text = self.leaves.source.slice(self.links[id.index()].text);
        work::names_a_place(text)
    }

    /// Reads year, authors and description behind a title.
    fn read_facts(&mut self, rest: Span) {
        let text = self.leaves.source.slice(rest);
        let mut at = 0;
        let year = text.trim_start_matches([' ', ',', '(']);
        let start = text.len() - year.len();
        if let Some(digits) = year.get(..4).filter(|digits| is_year(digits)) {
            self.note_between(rest, NoteKind::Year, start, start + digits.len());
            at = start + digits.len();
        }
        let facts = text[at..]
            .trim_start_matches(|first: char| first.is_whitespace() || ",).:-–—".contains(first));
        let start = text.len() - facts.len();
        let facts = facts.trim_end();
        if facts.is_empty() {
            return;
        }
        let end = start + facts.len();
        if facts.contains("et al") || work::reads_as_authors(facts) {
            self.note_between(rest, NoteKind::Authors, start, end);
        } else {
            self.words.description =
                Some(rest.with(rest.start + start as u32, rest.start + end as u32));
        }
    }

    fn note_between(&mut self, within: Span, kind: NoteKind, start: usize, end: usize) {
        let span = within.with(within.start + start as u32, within.start + end as u32);
        self.words.notes.push(Note { kind, span });
    }
}

/// Authors, title and end of a citation, `Kim, A., et al. "Title." Journal 2019`, as offsets.
#[allow(clippy::type_complexity)]
fn cited(text: &str) -> Option<((usize, usize), (usize, usize), usize)> {
    let open = text.find(['"', '“'])?;
    let width = text[open..].chars().next()?.len_utf8();
    let authors = text[..open].trim_end_matches([' ', ':', ',']);
    if !authors.contains("et al") && !work::reads_as_authors(authors) {
        return None;
    }
    let start = open + width;
    let close = start + text[start..].find(['"', '”'])?;
    let title = text[start..close].trim_end_matches([' ', '.', ',']);
    let end = close + text[close..].chars().next()?.len_utf8();
    (!title.is_empty()).then_some(((0, authors.len()), (start, start + title.len()), end))
}

/// Where the bracket of a year stands in `text`: `(2012)`.
fn year_at(text: &str) -> Option<usize> {
    text.match_indices('(').map(|(at, _)| at).find(|&at| {
        at > 0
            && text.get(at + 1..at + 5).is_some_and(is_year)
            && text[at + 5..].starts_with([')', ',', ' '])
    })
}

/// Where the first separator of `text` stands.
fn first_separator(text: &str) -> Option<usize> {
    separators(text).next().map(|(at, _)| at)
}
