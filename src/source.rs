//! Text in memory and places in it: [`Source`], [`Span`] and the line index that joins the two.

#[cfg(test)]
pub(crate) mod counted;

use std::fmt;
use std::ops::Range;

/// Names one [`Source`] within a run. Lists that are judged together have different ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A half-open range of bytes, `start..end`, of the [`Source`] that `file` names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The source that the bytes belong to.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte, never less than `start`.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`; an `end` before `start` is read as an empty span.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Span {
            file,
            start,
            end: end.max(start),
        }
    }

    /// The empty span at `offset`: the place of an insertion.
    pub fn empty(file: FileId, offset: u32) -> Self {
        Span::new(file, offset, offset)
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as indices into the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies inside this span, its ends included.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both; `other` must be of the same file.
    pub fn join(self, other: Span) -> Span {
        debug_assert_eq!(self.file, other.file, "spans of two files have no hull");
        Span::new(
            self.file,
            self.start.min(other.start),
            self.end.max(other.end),
        )
    }

    /// The same file's span from `start` to `end`.
    pub fn with(self, start: u32, end: u32) -> Span {
        Span::new(self.file, start, end)
    }
}

/// A place as people count it: both 1-based, the column in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, counted from 1.
    pub line: u32,
    /// The character in the line, counted from 1.
    pub column: u32,
}

/// Why bytes could not become a [`Source`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// The bytes are not UTF-8; `line` is the 1-based line of the first that is not.
    NotUtf8 {
        /// The 1-based line of the first byte that is not UTF-8.
        line: usize,
    },
    /// The text is longer than what is read at most.
    TooLarge {
        /// The bytes that are read at most.
        most: usize,
    },
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceError::NotUtf8 { line } => write!(
                f,
                "line {line} is not UTF-8; save the file as UTF-8 and try again"
            ),
            SourceError::TooLarge { most } => write!(
                f,
                "the file has more than {} MiB, the most that is read",
                most.div_ceil(1 << 20)
            ),
        }
    }
}

impl std::error::Error for SourceError {}

/// One unchanging text and its name.
///
/// The text is UTF-8 without its byte order mark; [`Source::bom`] remembers whether there was one.
/// Lines end at `\n`, `\r\n` and at a lone `\r`, as CommonMark has them.
#[derive(Clone, Debug)]
pub struct Source {
    id: FileId,
    name: String,
    text: String,
    bom: bool,
    /// Offsets at which lines begin; the first is 0.
    lines: Vec<u32>,
}

impl Source {
    /// The longest text that is read unless more is asked for: 64 MiB, some hundred times the
    /// longest list known.
    pub const MAX_BYTES: usize = 64 << 20;

    /// The longest text that spans can point into.
    pub const ADDRESSABLE: usize = (u32::MAX - 1) as usize;

    /// A source of `text`; a byte order mark at its start is taken off and remembered.
    ///
    /// Text beyond [`Source::ADDRESSABLE`] must be refused by the caller, as [`Source::from_bytes`]
    /// does.
    pub fn new(id: FileId, name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        let bom = text.starts_with('\u{feff}');
        if bom {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let lines = line_starts(text.as_bytes());
        Source {
            id,
            name: name.into(),
            text,
            bom,
            lines,
        }
    }

    /// The same source, with a byte order mark remembered or not.
    pub fn with_bom(self, bom: bool) -> Self {
        Source { bom, ..self }
    }

    /// A source of the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are not UTF-8 or more than [`Source::MAX_BYTES`].
    pub fn from_bytes(
        id: FileId,
        name: impl Into<String>,
        bytes: Vec<u8>,
    ) -> Result<Self, SourceError> {
        Self::from_bytes_up_to(Self::MAX_BYTES, id, name, bytes)
    }

    /// A source of the bytes of a file, which may be `most`, but never more than
    /// [`Source::ADDRESSABLE`].
    ///
    /// # Errors
    /// When the bytes are not UTF-8 or too many.
    pub fn from_bytes_up_to(
        most: usize,
        id: FileId,
        name: impl Into<String>,
        bytes: Vec<u8>,
    ) -> Result<Self, SourceError> {
        let most = most.min(Self::ADDRESSABLE);
        if bytes.len() > most {
            return Err(SourceError::TooLarge { most });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(id, name, text)),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let line = line_starts(&error.as_bytes()[..valid]).len();
                Err(SourceError::NotUtf8 { line })
            }
        }
    }

    /// The id that spans of this source carry.
    pub fn id(&self) -> FileId {
        self.id
    }

    /// The name shown to people, mostly a path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text without byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the file began with a byte order mark.
    pub fn bom(&self) -> bool {
        self.bom
    }

    /// The bytes `start..end` as a span of this source.
    pub fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.id, start, end)
    }

    /// The whole text as a span.
    pub fn whole(&self) -> Span {
        self.span(0, self.text.len() as u32)
    }

    /// The text of `span`; empty where the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        #[cfg(test)]
        counted::add(span.len() as usize);
        self.text.get(span.range()).unwrap_or_default()
    }

    /// How many lines the text has; a text without a character has one.
    pub fn line_count(&self) -> u32 {
        self.lines.len() as u32
    }

    /// The 1-based line in which the byte at `offset` stands.
    pub fn line(&self, offset: u32) -> u32 {
        self.lines.partition_point(|&start| start <= offset) as u32
    }

    /// The 1-based `line` with its line ending; empty beyond the last line.
    pub fn line_span(&self, line: u32) -> Span {
        let end = self.text.len() as u32;
        let index = (line.max(1) - 1) as usize;
        let start = self.lines.get(index).copied().unwrap_or(end);
        let next = self.lines.get(index + 1).copied().unwrap_or(end);
        self.span(start, next)
    }

    /// The 1-based `line` without its line ending.
    pub fn line_content(&self, line: u32) -> Span {
        let span = self.line_span(line);
        let line = self.text.as_bytes().get(span.range()).unwrap_or_default();
        let ending = line.iter().rev();
        let ending = ending.take_while(|byte| matches!(byte, b'\n' | b'\r'));
        self.span(span.start, span.end - ending.count() as u32)
    }

    /// Offset at which the line of `offset` begins.
    pub fn line_start(&self, offset: u32) -> u32 {
        self.line_span(self.line(offset)).start
    }

    /// Offset after the last character of the line of `offset`, before its line ending.
    pub fn line_end(&self, offset: u32) -> u32 {
        self.line_content(self.line(offset)).end
    }

    /// The place of `offset` in lines and characters.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let before = self.span(self.line_span(line).start, offset);
        LineColumn {
            line,
            column: self.slice(before).chars().count() as u32 + 1,
        }
    }

    /// Offset of the first byte of each line, in order.
    pub fn line_starts(&self) -> &[u32] {
        &self.lines
    }
}

/// Where lines begin: at 0 and after each `\n`, `\r\n` or lone `\r` that has a byte behind it.
fn line_starts(bytes: &[u8]) -> Vec<u32> {
    let mut starts = vec![0];
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n') {
            continue;
        }
        if end + 1 < bytes.len() {
            starts.push(end as u32 + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_every_kind_of_line_ending() {
        let source = Source::new(FileId(0), "t", "a\nb\r\nc\rd");
        let lines: Vec<_> = (1..=source.line_count())
            .map(|line| source.slice(source.line_content(line)))
            .collect();
        assert_eq!(lines, ["a", "b", "c", "d"]);
        assert_eq!(source.line(2), 2);
        assert_eq!(source.line(4), 2);
        assert_eq!(source.line(5), 3);
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new(FileId(0), "t", "\u{feff}é中x\ny");
        assert!(source.bom());
        let at = source.text().find('x').expect("the text has an x") as u32;
        assert_eq!(source.line_column(at), LineColumn { line: 1, column: 3 });
    }

    #[test]
    fn bytes_that_are_not_utf8_are_named_by_line() {
        let read = Source::from_bytes(FileId(0), "t", b"a\nb\nc\xff".to_vec());
        assert_eq!(read.err(), Some(SourceError::NotUtf8 { line: 3 }));
    }

    #[test]
    fn a_final_newline_opens_no_line() {
        assert_eq!(Source::new(FileId(0), "t", "a\n").line_count(), 1);
        assert_eq!(Source::new(FileId(0), "t", "").line_count(), 1);
    }
}
