//! The few lines of source that a finding is shown with, as miette's [`SourceCode`].
//!
//! miette's own source walks the text from its start for every label, prints lines of any length
//! and characters of any kind, and knows one file. So each finding gets a text of its own: the
//! lines around its labels, of one file after the other, long lines cut to windows around what is
//! labelled, dangerous characters replaced. The cost depends on what is shown and not on the length
//! of the list.

use std::collections::BTreeSet;
use std::ops::Range;

use miette::{LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthChar;

use super::Sources;
use super::neutral::{self, Cleaner};
use super::place::{floor_boundary, path_of, work};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Source, Span};

/// Lines shown before and behind a labelled line.
pub(super) const CONTEXT: u32 = 1;
/// A label over more lines than this is drawn on its first line only.
const MOST_LINES: u32 = 5;
/// Labels shown with one finding; the cost of drawing grows with their square.
const MOST_LABELS: usize = 8;
/// Characters of a label's text that are shown.
const LONGEST_LABEL: usize = 160;
/// Columns shown at least around each label of a long line.
const NARROWEST_WINDOW: usize = 24;
/// Columns between two windows.
const ELLIPSIS: usize = " ... ".len();
/// Columns that a tab takes at most.
const TAB: usize = 4;

/// Lines of source and the labels in them.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    text: String,
    /// In the order of the text; never empty once there is a label.
    lines: Vec<Line>,
    chunks: Vec<Chunk>,
    /// What of the source is shown where; ascending in each line.
    shown: Vec<Shown>,
    marks: Vec<Mark>,
    /// Labels that there was no room for.
    pub(super) omitted: usize,
}

/// What is shown of the source from one offset to that of the next.
#[derive(Debug)]
struct Shown {
    source: u32,
    text: usize,
    /// Whether the bytes are those of the source; otherwise they stand for the one character at
    /// `source`, or nothing is shown.
    verbatim: bool,
}

/// Consecutive lines of one file.
#[derive(Debug)]
struct Chunk {
    name: String,
    first: usize,
    last: usize,
}

#[derive(Debug)]
struct Line {
    chunk: usize,
    file: FileId,
    number: u32,
    /// Where the line begins in the text.
    start: usize,
    /// Where its content ends in the text, before the `\n` that every line has.
    end: usize,
    /// Its part of `shown`.
    parts: Range<usize>,
}

/// A label before it is placed in the text.
#[derive(Debug)]
struct Mark {
    span: Span,
    first_line: u32,
    last_line: u32,
    message: Option<String>,
    primary: bool,
    /// Column of its start in the source, counted from 1 in characters.
    column: u32,
    /// Where it lies in the text, once the text is built.
    offset: usize,
    length: usize,
}

impl Excerpt {
    /// The lines of `diagnostic`, each at most about `width` columns wide.
    pub(super) fn new(sources: &Sources<'_>, diagnostic: &Diagnostic, width: usize) -> Self {
        let mut excerpt = Excerpt::default();
        excerpt.collect_marks(sources, diagnostic);
        let primary = diagnostic.span.file;
        excerpt.marks.sort_by_key(|mark| {
            let file = mark.span.file;
            (file != primary, file, mark.first_line, mark.span.start)
        });
        for (file, first, last) in excerpt.ranges(sources) {
            if let Some(source) = sources.get(file) {
                excerpt.push_chunk(source, first, last, width);
            }
        }
        excerpt.place_marks();
        excerpt
    }

    /// The labels, at their offsets in this excerpt.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.marks.iter().map(|mark| {
            let span = (mark.offset, mark.length);
            let message = mark.message.clone();
            if mark.primary {
                LabeledSpan::new_primary_with_span(message, span)
            } else {
                LabeledSpan::new_with_span(message, span)
            }
        })
    }

    fn collect_marks(&mut self, sources: &Sources<'_>, diagnostic: &Diagnostic) {
        let primary = (diagnostic.span, diagnostic.label.as_deref(), true);
        let others = diagnostic
            .labels
            .iter()
            .map(|label| (label.span, Some(label.message.as_str()), false));
        let known = std::iter::once(primary)
            .chain(others)
            .filter(|(span, ..)| sources.get(span.file).is_some());
        for (index, (span, message, is_primary)) in known.enumerate() {
            if index > MOST_LABELS {
                self.omitted += 1;
                continue;
            }
            self.marks.extend(mark(sources, span, message, is_primary));
        }
    }

    /// The lines to show: file, first line, last line; neighbours joined.
    fn ranges(&self, sources: &Sources<'_>) -> Vec<(FileId, u32, u32)> {
        let mut ranges: Vec<(FileId, u32, u32)> = Vec::new();
        for mark in &self.marks {
            let file = mark.span.file;
            let lines = sources.get(file).map_or(1, Source::line_count);
            let first = mark.first_line.saturating_sub(CONTEXT).max(1);
            let last = (mark.last_line + CONTEXT).min(lines);
            match ranges.last_mut() {
                Some((same, _, end)) if *same == file && first <= *end + 1 => {
                    *end = last.max(*end);
                }
                _ => ranges.push((file, first, last)),
            }
        }
        ranges
    }

    fn push_chunk(&mut self, source: &Source, first: u32, last: u32, width: usize) {
        let chunk = self.chunks.len();
        let first_index = self.lines.len();
        for number in first..=last {
            let windows = self.windows(source, number, width);
            self.push_line(source, number, chunk, &windows);
        }
        self.chunks.push(Chunk {
            name: neutral::line(path_of(source)).into_owned(),
            first: first_index,
            last: self.lines.len() - 1,
        });
    }

    /// The parts of a line that are shown, ascending and apart, as offsets in the source.
    fn windows(&self, source: &Source, number: u32, width: usize) -> Vec<(u32, u32)> {
        let content = source.line_content(number);
        let whole = forward(source, content.start, content.end, width);
        if whole == content.end {
            return vec![(content.start, content.end)];
        }
        let focuses: BTreeSet<u32> = self
            .marks
            .iter()
            .filter(|mark| mark.span.file == source.id())
            .flat_map(|mark| {
                let start = (mark.first_line == number).then_some(mark.span.start);
                let end = (mark.last_line == number && mark.first_line != number)
                    .then_some(mark.span.end);
                start.into_iter().chain(end)
            })
            .collect();
        if focuses.is_empty() {
            return vec![(content.start, whole)];
        }
        let each = (width / focuses.len())
            .saturating_sub(ELLIPSIS)
            .max(NARROWEST_WINDOW);
        let mut windows: Vec<(u32, u32)> = focuses
            .into_iter()
            .map(|focus| {
                let focus = focus.clamp(content.start, content.end);
                let start = backward(source, focus, content.start, each / 3);
                let end = forward(source, start, content.end, each);
                if end < content.end {
                    return (start, end);
                }
                (backward(source, end, content.start, each), end)
            })
            .collect();
        windows.sort_unstable();
        windows.dedup_by(|next, kept| {
            let touches = next.0 <= kept.1;
            if touches {
                kept.1 = kept.1.max(next.1);
            }
            touches
        });
        windows
    }

    fn push_line(&mut self, source: &Source, number: u32, chunk: usize, windows: &[(u32, u32)]) {
        let content = source.line_content(number);
        let start = self.text.len();
        let first_shown = self.shown.len();
        let mut cleaner = Cleaner::default();
        let mut reached = content.start;
        for &(from, to) in windows {
            if from > reached {
                cleaner.push_own("... ");
            }
            let mut show = |source, text, verbatim| {
                let text = start + text;
                self.shown.push(Shown {
                    source,
                    text,
                    verbatim,
                });
            };
            let text = source.slice(source.span(from, to));
            if neutral::is_harmless(text) {
                show(from, cleaner.len(), true);
                cleaner.push_own(text);
            } else {
                for (index, character) in text.char_indices() {
                    show(from + index as u32, cleaner.len(), false);
                    match character {
                        '\t' => cleaner.push_own("\t"),
                        _ => cleaner.push(character),
                    }
                }
            }
            show(to, cleaner.len(), false);
            reached = to;
            if to < content.end {
                cleaner.push_own(" ");
            }
        }
        if reached < content.end {
            cleaner.push_own("...");
        }
        self.text.push_str(&cleaner.finish());
        self.lines.push(Line {
            chunk,
            file: source.id(),
            number,
            start,
            end: self.text.len(),
            parts: first_shown..self.shown.len(),
        });
        self.text.push('\n');
    }

    fn place_marks(&mut self) {
        let mut marks = std::mem::take(&mut self.marks);
        for mark in &mut marks {
            let file = mark.span.file;
            mark.offset = self.offset_in_text(file, mark.first_line, mark.span.start);
            let end = self.offset_in_text(file, mark.last_line, mark.span.end);
            mark.length = end.saturating_sub(mark.offset);
        }
        self.marks = marks;
    }

    /// Where `offset` of the source is shown: at itself or at the end of the window before it.
    fn offset_in_text(&self, file: FileId, number: u32, offset: u32) -> usize {
        let line = self
            .lines
            .iter()
            .find(|line| line.file == file && line.number == number);
        let Some(line) = line else { return 0 };
        let shown = self.shown.get(line.parts.clone()).unwrap_or_default();
        let index = shown.partition_point(|part| part.source <= offset);
        match index.checked_sub(1).and_then(|index| shown.get(index)) {
            Some(part) if part.verbatim => part.text + (offset - part.source) as usize,
            Some(part) => part.text,
            None => line.start,
        }
    }

    fn line_at(&self, offset: usize) -> Option<usize> {
        let after = self.lines.partition_point(|line| line.start <= offset);
        after.checked_sub(1)
    }
}

impl SourceCode for Excerpt {
    /// Lines around `span`, and as column that of the label that begins there, in the source.
    ///
    /// A span over two chunks is an error, upon which miette shows them apart.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let out_of_bounds = || MietteError::OutOfBounds;
        let start = span.offset();
        let end = start + span.len().saturating_sub(1);
        let first = self.line_at(start).ok_or_else(out_of_bounds)?;
        let last = self.line_at(end).ok_or_else(out_of_bounds)?;
        let line = self.lines.get(first).ok_or_else(out_of_bounds)?;
        let chunk = self.chunks.get(line.chunk).ok_or_else(out_of_bounds)?;
        if last > chunk.last {
            return Err(MietteError::OutOfBounds);
        }
        let from = first.saturating_sub(before).max(chunk.first);
        let to = (last + after).min(chunk.last);
        let (Some(top), Some(bottom)) = (self.lines.get(from), self.lines.get(to)) else {
            return Err(MietteError::OutOfBounds);
        };
        let range = top.start..bottom.end + 1;
        let data = self.text.get(range.clone()).ok_or_else(out_of_bounds)?;
        let column = match before {
            0 => self.column_at(start),
            _ => 0,
        };
        Ok(Box::new(Contents {
            name: &chunk.name,
            data,
            span: (range.start, range.len()).into(),
            line: top.number as usize - 1,
            column,
            line_count: to - from + 1,
        }))
    }
}

/// Some lines of an excerpt, of one file.
struct Contents<'a> {
    name: &'a str,
    data: &'a str,
    span: SourceSpan,
    line: usize,
    column: usize,
    line_count: usize,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data.as_bytes()
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.line_count
    }

    fn name(&self) -> Option<&str> {
        Some(self.name)
    }
}

impl Excerpt {
    /// The column, counted from 0, of the label that begins at `offset` of the text.
    fn column_at(&self, offset: usize) -> usize {
        let mut marks = self.marks.iter().filter(|mark| mark.offset == offset);
        marks.next().map_or(0, |mark| mark.column as usize - 1)
    }
}

/// `None` where the span's file is unknown.
fn mark(sources: &Sources<'_>, span: Span, message: Option<&str>, primary: bool) -> Option<Mark> {
    let source = sources.get(span.file)?;
    let mut span = sources.shown(span)?;
    let mut message = message.map(|text| cut(&neutral::line(text), LONGEST_LABEL));
    let column = sources.extent(span)?.start.column;
    let first_line = source.line(span.start);
    let mut last_line = source.line(span.end);
    if last_line - first_line >= MOST_LINES {
        let text = message.unwrap_or_else(|| "from here".to_owned());
        message = Some(format!("{text} (to line {last_line})"));
        last_line = first_line;
        span = source.span(span.start, source.line_end(span.start));
    }
    Some(Mark {
        span,
        first_line,
        last_line,
        message,
        primary,
        column,
        offset: 0,
        length: 0,
    })
}

/// `text`, or its first `characters` and an ellipsis.
pub(super) fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The columns that a character takes when it is shown, its stand-in included.
fn columns(character: char) -> usize {
    match character {
        ' '..='~' => 1,
        '\t' => TAB,
        _ if neutral::is_dangerous(character) => "<U+0000>".len(),
        _ => character.width().unwrap_or(0),
    }
}

/// The offset reached from `start` by characters of `width` columns, at most `end`.
///
/// Characters without width count one, or a line of combining marks would have no end.
fn forward(source: &Source, start: u32, end: u32, width: usize) -> u32 {
    let mut taken = 0;
    let rest = source.slice(source.span(start, end));
    for (index, character) in rest.char_indices() {
        taken += columns(character).max(1);
        if taken > width {
            work::add(index);
            return start + index as u32;
        }
    }
    work::add(rest.len());
    end
}

/// The offset reached from `end` backwards by characters of `width` columns, at least `start`.
fn backward(source: &Source, end: u32, start: u32, width: usize) -> u32 {
    let mut taken = 0;
    let before = source.slice(source.span(start, floor_boundary(source.text(), end)));
    for (index, character) in before.char_indices().rev() {
        taken += columns(character).max(1);
        if taken > width {
            work::add(before.len() - index);
            return start + (index + character.len_utf8()) as u32;
        }
    }
    work::add(before.len());
    start
}
