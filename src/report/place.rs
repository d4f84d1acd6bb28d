//! Where a span lies, in every unit that a format asks for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::source::{FileId, Source, Span};

/// The texts that findings speak of, found by their id.
#[derive(Debug, Default)]
pub struct Sources<'a> {
    files: BTreeMap<FileId, File<'a>>,
}

#[derive(Debug)]
struct File<'a> {
    source: &'a Source,
    characters: OnceLock<Vec<u32>>,
}

/// A place in a text: a path and two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The source's name without a leading `./`, raw: neutralize it before it is shown.
    pub path: &'a str,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: behind its last character.
    pub end: Position,
}

/// A position between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Bytes from the start of the text, the byte order mark not counted.
    pub byte: u32,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in Unicode characters, counted from 1.
    pub column: u32,
    /// The column in UTF-8 bytes, counted from 1.
    pub byte_column: u32,
}

impl<'a> Sources<'a> {
    /// The given sources. Of two with the same id the last is taken.
    pub fn new(sources: impl IntoIterator<Item = &'a Source>) -> Self {
        let files = sources.into_iter().map(|source| {
            let characters = OnceLock::new();
            (source.id(), File { source, characters })
        });
        Sources {
            files: files.collect(),
        }
    }

    /// The source that `id` names.
    pub fn get(&self, id: FileId) -> Option<&'a Source> {
        self.files.get(&id).map(|file| file.source)
    }

    /// All sources, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &'a Source> + '_ {
        self.files.values().map(|file| file.source)
    }

    /// The exact place of `span`: for programs that change the text.
    ///
    /// Behind a final line ending a position is column 1 of the line after the last. `None` where
    /// the span's file is not among the sources; offsets beyond the text are taken as its end.
    pub fn extent(&self, span: Span) -> Option<Place<'a>> {
        let file = self.files.get(&span.file)?;
        Some(Place {
            path: path_of(file.source),
            start: file.position(span.start),
            end: file.position(span.end),
        })
    }

    /// The place of `span` as it is shown: without the line ending behind it, and never beyond the
    /// last line, which viewers have nothing to show for.
    pub fn place(&self, span: Span) -> Option<Place<'a>> {
        self.extent(self.shown(span)?)
    }

    /// `span` cut to its text, to the boundaries of characters and before the line ending that it
    /// ends with. `None` where the span's file is not among the sources.
    pub(super) fn shown(&self, span: Span) -> Option<Span> {
        let source = self.get(span.file)?;
        let text = source.text();
        let start = floor_boundary(text, span.start).min(source.line_end(text.len() as u32));
        let end = floor_boundary(text, span.end).max(start);
        let content = text.get(start as usize..end as usize).unwrap_or_default();
        let content = content.trim_end_matches(['\n', '\r']);
        Some(source.span(start, start + content.len() as u32))
    }
}

/// The name of `source` as other programs take it: without a leading `./`. That folders are joined by
/// `/` is up to whoever names the source.
pub(super) fn path_of(source: &Source) -> &str {
    let name = source.name();
    name.strip_prefix("./").unwrap_or(name)
}

impl File<'_> {
    /// Bytes between two entries of the table of characters.
    const STEP: usize = 1024;

    fn position(&self, offset: u32) -> Position {
        let text = self.source.text();
        let offset = offset.min(text.len() as u32);
        let is_behind_last = offset as usize == text.len() && text.ends_with(['\n', '\r']);
        if is_behind_last {
            return Position {
                byte: offset,
                line: self.source.line_count() + 1,
                column: 1,
                byte_column: 1,
            };
        }
        let line = self.source.line(offset);
        let line_start = self.source.line_span(line).start;
        Position {
            byte: offset,
            line,
            column: self.characters_between(line_start, offset) + 1,
            byte_column: offset - line_start + 1,
        }
    }

    /// How many characters begin from `start` on before `end`.
    fn characters_between(&self, start: u32, end: u32) -> u32 {
        if (end - start) as usize <= Self::STEP {
            let bytes = self.source.text().as_bytes();
            return characters_in(bytes.get(start as usize..end as usize).unwrap_or_default());
        }
        self.characters_before(end) - self.characters_before(start)
    }

    /// How many characters begin before `offset`.
    ///
    /// A table of every 1,024th byte, so that ten thousand findings in one long line do not each
    /// count the line again.
    fn characters_before(&self, offset: u32) -> u32 {
        let bytes = self.source.text().as_bytes();
        let table = self.characters.get_or_init(|| {
            let mut before = 0;
            let steps = bytes.chunks(Self::STEP).map(|chunk| {
                let here = before;
                before += characters_in(chunk);
                here
            });
            steps.collect()
        });
        let offset = offset as usize;
        let step = (offset / Self::STEP).min(table.len().saturating_sub(1));
        let rest = bytes.get(step * Self::STEP..offset).unwrap_or_default();
        table.get(step).copied().unwrap_or(0) + characters_in(rest)
    }
}

/// How many characters begin in `bytes`.
fn characters_in(bytes: &[u8]) -> u32 {
    work::add(bytes.len());
    let begins = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    bytes.iter().filter(begins).count() as u32
}

/// The last boundary of a character at or before `offset`.
pub(super) fn floor_boundary(text: &str, offset: u32) -> u32 {
    let mut offset = (offset as usize).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset as u32
}

/// Counts bytes of list text that are looked at, so that a test can hold the cost without a clock.
pub(super) mod work {
    #[cfg(test)]
    thread_local! {
        static BYTES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    }

    /// Notes that `bytes` were looked at; costs nothing outside of tests.
    #[inline]
    pub(in crate::report) fn add(bytes: usize) {
        #[cfg(test)]
        BYTES.with(|total| total.set(total.get() + bytes));
        #[cfg(not(test))]
        let _ = bytes;
    }

    /// What was noted on this thread since the last call.
    #[cfg(test)]
    pub(in crate::report) fn take() -> usize {
        BYTES.with(|total| total.replace(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str, start: u32, end: u32) -> [(u32, u32, u32); 2] {
        let source = Source::new(FileId(0), "./t.md", text);
        let sources = Sources::new([&source]);
        let place = sources
            .extent(source.span(start, end))
            .expect("the file is known");
        assert_eq!(place.path, "t.md");
        [place.start, place.end].map(|at| (at.line, at.column, at.byte_column))
    }

    #[test]
    fn columns_are_counted_in_characters_and_in_bytes() {
        assert_eq!(columns("a\né中x", 4, 8), [(2, 2, 3), (2, 4, 7)]);
    }

    #[test]
    fn columns_agree_with_the_source_in_long_lines() {
        let text = format!("{}\n{}", "é中x".repeat(900), "ab中".repeat(1500));
        let source = Source::new(FileId(0), "t", text);
        let sources = Sources::new([&source]);
        for (offset, _) in source.text().char_indices().step_by(37) {
            let expected = source.line_column(offset as u32);
            let span = source.span(offset as u32, offset as u32);
            let start = sources.extent(span).expect("known file").start;
            assert_eq!((start.line, start.column), (expected.line, expected.column));
        }
    }

    #[test]
    fn behind_the_last_line_ending_a_new_line_begins() {
        assert_eq!(columns("ab\n", 0, 3), [(1, 1, 1), (2, 1, 1)]);
        assert_eq!(columns("", 0, 0), [(1, 1, 1), (1, 1, 1)]);
    }

    #[test]
    fn a_shown_place_has_no_line_ending_and_lies_in_the_text() {
        let source = Source::new(FileId(0), "t", "ab\r\ncé\n");
        let sources = Sources::new([&source]);
        let shown = |start, end| {
            sources
                .shown(source.span(start, end))
                .expect("known file")
                .range()
        };
        assert_eq!(shown(0, 4), 0..2);
        assert_eq!(shown(8, 8), 7..7);
        assert_eq!(shown(6, 90), 5..7);
        assert_eq!(shown(90, 91), 7..7);
        assert_eq!(sources.shown(Span::new(FileId(9), 0, 1)), None);
    }
}
