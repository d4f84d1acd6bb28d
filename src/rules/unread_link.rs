//! Places where a link was meant and none is read.

use super::Facts;
use crate::list::{BlockKind, List};
use crate::source::Span;

/// Text that was probably meant to be a link.
pub(super) struct UnreadLink {
    /// From the link's `[` or `(` to its end.
    pub(super) span: Span,
    /// What keeps it from being one.
    pub(super) message: &'static str,
    /// How it was probably meant.
    pub(super) meant: Option<String>,
}

/// All such places of a list, in the order of the text.
pub(super) fn all(facts: &Facts<'_>) -> Vec<UnreadLink> {
    let text = facts.list.source.text().as_bytes();
    let mut found = Vec::new();
    let mut line = Line::default();
    let mut links = facts.list.links.iter().peekable();
    let mut read_until = 0;
    for at in memchr::memchr_iter(b'(', text) {
        if at > 0 && text[at - 1] == b']' {
            let at = at as u32 - 1;
            while let Some(link) = links.next_if(|link| link.span.start <= at) {
                read_until = link.span.end;
            }
            // Most belong to a link that was read.
            if at < read_until {
                continue;
            }
            if is_plain(facts, at) && !line.of(facts, at).is_code(at) {
                found.extend(broken_inline(facts, at));
            }
        }
    }
    for at in memchr::memchr_iter(b'[', text) {
        if at > 0 && text[at - 1] == b')' {
            let at = at as u32 - 1;
            if !facts.in_code(at) && !line.of(facts, at).is_code(at) {
                found.extend(swapped(facts, at));
            }
        }
    }
    found
}

/// Whether the byte at `offset` belongs to text that shows itself: to no link, image, tag, comment,
/// code block or data.
fn is_plain(facts: &Facts<'_>, offset: u32) -> bool {
    let list = facts.list;
    let inside = |span: Span| span.start <= offset && offset < span.end;
    let around = |starts: usize| starts.checked_sub(1);
    let links = around(list.links.partition_point(|link| link.span.start <= offset));
    let images = around(
        list.images
            .partition_point(|image| image.span.start <= offset),
    );
    let tags = around(list.html.partition_point(|tag| tag.span.start <= offset));
    let blocks = around(
        list.blocks
            .partition_point(|block| block.span.start <= offset),
    );
    let of_text = blocks.is_some_and(|at| {
        !matches!(
            list.blocks[at].kind,
            BlockKind::FrontMatter | BlockKind::Code | BlockKind::Comment | BlockKind::Html
        )
    });
    of_text
        && !facts.in_code(offset)
        && !links.is_some_and(|at| inside(list.links[at].span))
        && !images.is_some_and(|at| inside(list.images[at].span))
        && !tags.is_some_and(|at| inside(list.html[at].span))
}

/// The line in which the byte at `at` stands, as far as a link may reach.
fn near(list: &List, at: u32) -> Span {
    /// How many bytes of text and of destination are looked at: more than in any real link.
    const REACH: u32 = 4_096;
    let line = list.source.line_content(list.source.line(at));
    let text = list.source.text();
    let mut start = line.start.max(at.saturating_sub(REACH));
    let mut end = line.end.min(at.saturating_add(REACH));
    while !text.is_char_boundary(start as usize) {
        start += 1;
    }
    while !text.is_char_boundary(end as usize) {
        end -= 1;
    }
    line.with(start, end)
}

/// `[text](destination` of which no link was read; `at` is the place of its `]`.
fn broken_inline(facts: &Facts<'_>, at: u32) -> Option<UnreadLink> {
    let list = facts.list;
    let line = near(list, at);
    let before = list.slice(line.with(line.start, at));
    let open = before.rfind('[')?;
    let escaped = before.ends_with('\\') || before.get(..open)?.ends_with('\\');
    let rest = list.slice(line.with(at + 2, line.end));
    let looks_like_address = [
        "http://", "https://", "www.", "mailto:", "<http", "#", "/", "./",
    ]
    .iter()
    .any(|start| rest.trim_start().starts_with(start));
    if escaped || !looks_like_address {
        return None;
    }
    let start = line.start + open as u32;
    let text = before.get(open..)?;
    // What a person would take for the destination ends where a `)` closes it, or a cell does.
    let cell = rest.find(" |").unwrap_or(rest.len());
    let closed = rest.get(..cell)?.find(')');
    let destination = rest.get(..closed.unwrap_or(cell))?;
    let opens = destination.contains('(');
    match closed {
        Some(end) if !opens && destination.trim().contains(char::is_whitespace) => {
            let meant = destination.trim().replace(' ', "%20");
            let fits = !destination.contains(['"', '<', '\t', '\'']);
            Some(UnreadLink {
                span: line.with(start, at + 2 + end as u32 + 1),
                message: "this is no link: its destination holds a space",
                meant: fits.then(|| format!("{text}]({meant})")),
            })
        }
        Some(end) if !opens && before.ends_with(']') => Some(UnreadLink {
            span: line.with(start, at + 2 + end as u32 + 1),
            message: "this is no link: it has a bracket too many",
            meant: None,
        }),
        Some(_) if !opens => None,
        _ => Some(UnreadLink {
            span: line.with(start, at + 2 + first_word(destination).len() as u32),
            message: "this is no link: its destination is not closed by `)`",
            meant: None,
        }),
    }
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// `(text)[https://example.com]`; `at` is the place of its `)`.
fn swapped(facts: &Facts<'_>, at: u32) -> Option<UnreadLink> {
    let list = facts.list;
    let line = near(list, at);
    let rest = list.slice(line.with(at + 2, line.end));
    let destination = rest.get(..rest.find(']')?)?;
    let address = destination.starts_with("http://") || destination.starts_with("https://");
    let before = list.slice(line.with(line.start, at));
    let open = before.rfind('(')?;
    let text = before.get(open + 1..)?;
    let behind_link = before.get(..open)?.ends_with(']');
    let goes_on = rest.get(destination.len() + 1..)?.starts_with(['(', '[']);
    if !address
        || behind_link
        || goes_on
        || text.trim().is_empty()
        || destination.contains(char::is_whitespace)
    {
        return None;
    }
    let end = at + 2 + destination.len() as u32 + 1;
    let fits = !text.contains(['[', ']']) && !destination.contains(['(', ')']);
    Some(UnreadLink {
        span: line.with(line.start + open as u32, end),
        message: "the brackets of the link are swapped",
        meant: fits.then(|| format!("[{text}]({destination})")),
    })
}

/// The code spans of the line that was looked at last.
#[derive(Default)]
struct Line {
    start: Option<u32>,
    code: Vec<(u32, u32)>,
}

impl Line {
    /// The line in which `offset` stands.
    fn of(&mut self, facts: &Facts<'_>, offset: u32) -> &Self {
        let source = &facts.list.source;
        let content = source.line_content(source.line(offset));
        if self.start != Some(content.start) {
            self.start = Some(content.start);
            self.code = code_spans(source.slice(content), content.start);
        }
        self
    }

    fn is_code(&self, offset: u32) -> bool {
        let after = self.code.partition_point(|span| span.0 <= offset);
        after > 0 && offset < self.code[after - 1].1
    }
}

/// Where code spans begin and end in a line that starts at `start`.
fn code_spans(line: &str, start: u32) -> Vec<(u32, u32)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'`', line.as_bytes()) {
        match runs.last_mut() {
            Some(run) if run.0 + run.1 == at => run.1 += 1,
            _ => runs.push((at, 1)),
        }
    }
    let mut spans = Vec::new();
    let mut next = 0;
    while let Some(&(open, length)) = runs.get(next) {
        // Few runs stand in a line; where thousands do, the rest is not read as code.
        let closing = runs
            .iter()
            .skip(next + 1)
            .take(64)
            .position(|run| run.1 == length);
        match closing {
            Some(after) => {
                let close = runs[next + 1 + after].0 + length;
                spans.push((start + open as u32, start + close as u32));
                next += after + 2;
            }
            None => next += 1,
        }
    }
    spans
}
