//! A text as numbered lines: what is compared, what is kept, and how its lines end.

use rustc_hash::FxHashMap;
use std::ops::Range;

/// The lines of one text. A line ends behind each `\n`, as git has it.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Offset of each line's first byte, and the text's length at the end.
    starts: Vec<usize>,
    /// A number for what each line says: equal lines, equal numbers, in all texts of one [`Names`].
    pub(super) names: Vec<u32>,
}

/// Gives equal lines equal numbers.
#[derive(Default)]
pub(super) struct Names<'t> {
    numbers: FxHashMap<&'t str, u32>,
}

impl<'t> Names<'t> {
    pub(super) fn number(&mut self, text: &'t str) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(text).or_insert(next)
    }
}

impl<'t> Lines<'t> {
    /// The lines of `text`, compared with their line ending if `exact`, else without it.
    pub(super) fn new(text: &'t str, names: &mut Names<'t>, exact: bool) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 40 + 2);
        let mut numbers = Vec::with_capacity(text.len() / 40 + 1);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            starts.push(start);
            start += line.len();
            numbers.push(names.number(if exact { line } else { without_ending(line) }));
        }
        starts.push(start);
        Lines {
            text,
            starts,
            names: numbers,
        }
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// A line with its ending; empty beyond the last.
    pub(super) fn raw(&self, line: usize) -> &'t str {
        self.raw_range(line..line + 1)
    }

    /// Lines with their endings.
    pub(super) fn raw_range(&self, lines: Range<usize>) -> &'t str {
        let end = self.text.len();
        let start = self.starts.get(lines.start).copied().unwrap_or(end);
        let end = self.starts.get(lines.end).copied().unwrap_or(end);
        self.text.get(start..end).unwrap_or_default()
    }

    /// A line without its ending.
    pub(super) fn words(&self, line: usize) -> &'t str {
        without_ending(self.raw(line))
    }

    /// Whether a line shows nothing.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.raw(line).trim().is_empty()
    }

    /// The bytes of some lines.
    pub(super) fn bytes(&self, lines: &Range<usize>) -> Range<usize> {
        let end = self.text.len();
        let at = |line: usize| self.starts.get(line).copied().unwrap_or(end);
        at(lines.start)..at(lines.end).max(at(lines.start))
    }

    /// The line in which the byte at `offset` stands.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        let after = self.starts.partition_point(|&start| start <= offset);
        after.saturating_sub(1).min(self.len().saturating_sub(1))
    }
}

/// A line without `\n` or `\r\n` at its end.
pub(super) fn without_ending(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

/// How most lines of `text` end.
pub(super) fn ending(text: &str) -> &'static str {
    let all = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let crlf = text.matches("\r\n").count();
    if crlf * 2 > all { "\r\n" } else { "\n" }
}
