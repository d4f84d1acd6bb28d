//! What headings, blank lines and line endings show.

use super::Majority;
use super::majority::Tally;
use crate::list::{Block, Heading, List};

/// How a heading is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HeadingForm {
    /// `# Title`
    Atx,
    /// `# Title #`
    Closed,
    /// Underlined by `===` or `---`.
    Setext,
}

/// A line ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Newline {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
    /// A lone `\r`
    Cr,
}

impl Newline {
    /// The characters of the line ending.
    pub fn as_str(self) -> &'static str {
        match self {
            Newline::Lf => "\n",
            Newline::CrLf => "\r\n",
            Newline::Cr => "\r",
        }
    }
}

pub(super) fn heading_form(heading: &Heading) -> HeadingForm {
    match (heading.setext, heading.closed) {
        (true, _) => HeadingForm::Setext,
        (false, true) => HeadingForm::Closed,
        (false, false) => HeadingForm::Atx,
    }
}

/// How many blank lines stand behind `block`.
pub(super) fn blank_lines(list: &List, block: &Block) -> u32 {
    let behind = block.span.with(block.content.end, block.span.end);
    line_endings(list.slice(behind)).count().saturating_sub(1) as u32
}

/// The line endings of `list`.
pub(super) fn newlines(list: &List) -> Majority<Newline> {
    let mut tally = Tally::default();
    line_endings(list.source.text()).for_each(|newline| tally.add(newline));
    tally.finish()
}

/// The line endings of `text`, in order.
fn line_endings(text: &str) -> impl Iterator<Item = Newline> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(|at| match bytes[at] {
        b'\n' if at > 0 && bytes[at - 1] == b'\r' => Some(Newline::CrLf),
        b'\n' => Some(Newline::Lf),
        _ if bytes.get(at + 1) == Some(&b'\n') => None,
        _ => Some(Newline::Cr),
    })
}
