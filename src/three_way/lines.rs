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
    /// What has a number, in the order of the numbers.
    texts: Vec<&'t str>,
    /// The numbers of the first text's lines, in order: other texts mostly go the same way.
    first: Vec<u32>,
    /// For each number of `first` where it stands there last.
    places: Vec<u32>,
}

impl<'t> Names<'t> {
    pub(super) fn number(&mut self, text: &'t str) -> u32 {
        let next = self.texts.len() as u32;
        let number = *self.numbers.entry(text).or_insert(next);
        if number == next {
            self.texts.push(text);
        }
        number
    }

    /// What has a number, in the order of the numbers.
    pub(super) fn texts(&self) -> &[&'t str] {
        &self.texts
    }

    /// The number of a line, if it has one; `at` is the line of the first text that is expected, and
    /// moves on.
    pub(super) fn find(&self, line: &str, at: &mut usize) -> Option<u32> {
        if let Some(expected) = self.expected(line, at) {
            return Some(expected);
        }
        let number = *self.numbers.get(line)?;
        self.go_on(line, number, at);
        Some(number)
    }

    fn expected(&self, line: &str, at: &mut usize) -> Option<u32> {
        let expected = *self.first.get(*at)?;
        (self.texts.get(expected as usize) == Some(&line)).then(|| {
            *at += 1;
            expected
        })
    }

    /// Expects what stands behind `line` in the first text.
    fn go_on(&self, line: &str, number: u32, at: &mut usize) {
        /// From this length on a line tells where in the first text it stands.
        const TELLS: usize = 16;
        if line.len() >= TELLS
            && let Some(&place) = self.places.get(number as usize)
        {
            *at = place as usize + 1;
        }
    }

    /// The numbers of a text's lines, of which `lines` are what is compared.
    fn of(&mut self, lines: impl Iterator<Item = &'t str>) -> Vec<u32> {
        let is_first = self.texts.is_empty();
        let mut at = 0;
        let mut numbers = Vec::new();
        for line in lines {
            let expected = self.expected(line, &mut at);
            numbers.push(expected.unwrap_or_else(|| {
                let number = self.number(line);
                self.go_on(line, number, &mut at);
                number
            }));
        }
        if is_first {
            self.places = vec![0; self.texts.len()];
            for (place, number) in (0..).zip(&numbers) {
                if let Some(last) = self.places.get_mut(*number as usize) {
                    *last = place;
                }
            }
            self.first.clone_from(&numbers);
        }
        numbers
    }
}

impl<'t> Lines<'t> {
    /// The lines of `text`, compared with their line ending if `exact`, else without it.
    pub(super) fn new(text: &'t str, names: &mut Names<'t>, exact: bool) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 40 + 2);
        let mut start = 0;
        let numbers = names.of(text.split_inclusive('\n').map(|line| {
            starts.push(start);
            start += line.len();
            if exact { line } else { without_ending(line) }
        }));
        starts.push(start);
        Lines {
            text,
            starts,
            names: numbers,
        }
    }

    /// All of it.
    pub(super) fn text(&self) -> &'t str {
        self.text
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
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return "\n";
    }
    let all = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let crlf = text.matches("\r\n").count();
    if crlf * 2 > all { "\r\n" } else { "\n" }
}
