//! Positions as an editor counts them: lines from 0, columns in UTF-8 bytes or UTF-16 units.

use lsp_types::{InitializeParams, Position, PositionEncodingKind, Range};

use crate::source::{Source, Span};

/// What columns are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16, which every editor understands.
    Utf16,
}

impl Encoding {
    /// UTF-8 where the editor offers it, which spares both sides the counting.
    pub(super) fn negotiate(client: &InitializeParams) -> Self {
        let general = client.capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref());
        match offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8)) {
            true => Encoding::Utf8,
            false => Encoding::Utf16,
        }
    }

    /// The protocol's name for it.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn units(self, character: char) -> u32 {
        match self {
            Encoding::Utf8 => character.len_utf8() as u32,
            Encoding::Utf16 => character.len_utf16() as u32,
        }
    }
}

/// Turns places of one text into positions and back.
#[derive(Debug)]
pub(super) struct Positions {
    encoding: Encoding,
    /// Units before every [`STEP`]th byte, so that many places in one long line do not each count
    /// the line again; empty where units are bytes.
    before: Vec<u32>,
}

/// Bytes between two entries of the table.
const STEP: usize = 1024;

impl Positions {
    /// Positions in `source`.
    pub(super) fn new(source: &Source, encoding: Encoding) -> Self {
        let text = source.text();
        let mut before = Vec::new();
        if encoding == Encoding::Utf16 && !text.is_ascii() {
            let mut units = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                before.push(units);
                units += units_begun(chunk);
            }
        }
        Positions { encoding, before }
    }

    /// The range of `span`.
    pub(super) fn range(&self, source: &Source, span: Span) -> Range {
        Range {
            start: self.position(source, span.start),
            end: self.position(source, span.end),
        }
    }

    /// The position of the byte at `offset`.
    pub(super) fn position(&self, source: &Source, offset: u32) -> Position {
        let text = source.text();
        let offset = offset.min(text.len() as u32);
        let behind_last = offset as usize == text.len() && text.ends_with(['\n', '\r']);
        if behind_last {
            return Position::new(source.line_count(), 0);
        }
        let line = source.line(offset);
        let start = source.line_span(line).start;
        let mark = if line == 1 { self.mark(source) } else { 0 };
        Position::new(line - 1, mark + self.units(source, start, offset))
    }

    /// The byte at `position`, or the nearest that there is: a column behind the end of its line is
    /// the end, one inside a character its beginning.
    pub(super) fn offset(&self, source: &Source, position: Position) -> u32 {
        if position.line >= source.line_count() {
            return source.text().len() as u32;
        }
        let line = source.line_content(position.line + 1);
        let mark = if position.line == 0 {
            self.mark(source)
        } else {
            0
        };
        let wanted = position.character.saturating_sub(mark);
        let mut units = 0;
        let text = source.slice(line);
        let inside = text.char_indices().find(|(_, character)| {
            units += self.encoding.units(*character);
            units > wanted
        });
        line.start + inside.map_or(text.len(), |(at, _)| at) as u32
    }

    /// Units of the byte order mark, which the editor counts and the source leaves out.
    fn mark(&self, source: &Source) -> u32 {
        match source.bom() {
            true => self.encoding.units('\u{feff}'),
            false => 0,
        }
    }

    fn units(&self, source: &Source, start: u32, end: u32) -> u32 {
        if self.before.is_empty() {
            return end - start;
        }
        if (end - start) as usize <= STEP {
            let bytes = source.text().as_bytes();
            return units_begun(bytes.get(start as usize..end as usize).unwrap_or_default());
        }
        self.units_before(source, end) - self.units_before(source, start)
    }

    fn units_before(&self, source: &Source, offset: u32) -> u32 {
        let offset = offset as usize;
        let step = (offset / STEP).min(self.before.len().saturating_sub(1));
        let bytes = source.text().as_bytes();
        let rest = bytes.get(step * STEP..offset).unwrap_or_default();
        self.before.get(step).copied().unwrap_or(0) + units_begun(rest)
    }
}

/// UTF-16 units of the characters that begin in `bytes`.
fn units_begun(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .map(|byte| match byte {
            0b1000_0000..=0b1011_1111 => 0,
            0b1111_0000.. => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn both(text: &str) -> [(Source, Positions); 2] {
        [Encoding::Utf8, Encoding::Utf16].map(|encoding| {
            let source = Source::new(FileId(0), "t", text);
            let positions = Positions::new(&source, encoding);
            (source, positions)
        })
    }

    #[test]
    fn columns_are_counted_in_the_encoding_that_was_agreed() {
        let at = "a\né😀x".len() as u32 - 1;
        let columns = both("a\né😀x\n").map(|(source, positions)| positions.position(&source, at));
        assert_eq!(columns, [Position::new(1, 6), Position::new(1, 3)]);
    }

    #[test]
    fn a_byte_order_mark_is_counted_in_the_first_line_only() {
        for (source, positions) in both("\u{feff}ab\ncd") {
            let mark = positions.position(&source, 0).character;
            assert!(mark > 0);
            assert_eq!(positions.offset(&source, Position::new(0, mark + 1)), 1);
            assert_eq!(positions.position(&source, 4), Position::new(1, 1));
        }
    }

    #[test]
    fn every_offset_comes_back() {
        let text = format!("é\r\n{}\r{}\n", "😀é中x".repeat(700), "ab中".repeat(900));
        for (source, positions) in both(&text) {
            for (offset, char) in source.text().char_indices() {
                if matches!(char, '\r' | '\n') {
                    continue;
                }
                let position = positions.position(&source, offset as u32);
                assert_eq!(positions.offset(&source, position), offset as u32);
            }
            let end = text.len() as u32;
            assert_eq!(positions.position(&source, end), Position::new(3, 0));
            assert_eq!(positions.offset(&source, Position::new(3, 0)), end);
        }
    }

    #[test]
    fn positions_that_do_not_exist_are_the_nearest_ones() {
        for (source, positions) in both("é\nb") {
            assert_eq!(positions.offset(&source, Position::new(0, 99)), 2);
            assert_eq!(positions.offset(&source, Position::new(9, 9)), 4);
            assert_eq!(
                positions.position(&source, u32::MAX),
                positions.position(&source, 4)
            );
        }
        let (source, positions) = &both("😀b")[1];
        assert_eq!(positions.offset(source, Position::new(0, 1)), 0);
    }
}
