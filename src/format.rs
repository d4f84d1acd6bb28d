//! Gives a list its canonical layout as edits, and proves that nothing was lost by them.
//!
//! The layout follows the conventions that the list itself follows, as far as most of it does (see
//! [`crate::list::style`]), and [`Options`] where these are set. What is not layout stays byte for
//! byte: prose, code, HTML, tables, regions that a tool writes, and regions that a comment excludes
//! (`<!-- listwright-disable format -->`).

mod blanks;
mod compose;
mod contents;
mod guard;
mod headings;
mod items;
mod numbers;
mod proof;
mod sort;
mod words;

pub use crate::list::style::{Ending, Indent, Numbering};
pub use proof::{Loss, prove};

use crate::edit::{Edit, apply_edits};
use crate::list::List;
use crate::list::style::{Style, style};
use crate::source::{Source, Span};
use guard::Guard;

/// What the layout should be; each `None` means as most of the list does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The bullet of items: `-`, `*` or `+`.
    pub marker: Option<char>,
    /// How far a nested list is indented from the bullet above it. A width at which the list would
    /// not be nested any more is not applied.
    pub indent: Option<Indent>,
    /// The columns of white space between marker and words, 1 to 4.
    pub padding: Option<u32>,
    /// How ordered lists are numbered.
    pub numbering: Option<Numbering>,
    /// What divides title and description, with the white space around it: `" - "`.
    pub separator: Option<String>,
    /// Whether descriptions end in a period.
    pub final_punctuation: Option<Ending>,
    /// Numbers that people wrote into headings: `## 1. Books`.
    pub heading_numbers: Option<HeadingNumbers>,
    /// Whether holes in the levels of headings are closed and all titles but the first become
    /// sections. `None` does so where the list does not go on like that.
    pub heading_levels: Option<bool>,
    /// The table of contents.
    pub contents: Option<ContentsMode>,
    /// The blank lines before and behind a heading.
    pub blank_lines: Option<u32>,
    /// The order of entries.
    pub order: Option<EntryOrder>,
}

/// What becomes of numbers that people wrote into headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingNumbers {
    /// They stay as they are.
    Keep,
    /// They count up; headings without a number get none.
    Consistent,
    /// They are taken out.
    Remove,
}

/// What becomes of the table of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentsMode {
    /// It stays as it is.
    Keep,
    /// It is brought in step with the headings; what `None` does too.
    Update,
    /// The same, and a list that has none gets one.
    Add,
}

/// The order of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryOrder {
    /// As it is; what `None` means too.
    Keep,
    /// By [`crate::list::style::sort_key`], each group of siblings for itself, with what is nested.
    /// Ordered lists keep their order: there it has a meaning.
    Alphabetical,
}

/// The edits that give `list` its layout: in order, none overlapping another. A list that has its
/// layout needs none.
pub fn format(list: &List, options: &Options) -> Vec<Edit> {
    steps(list, options).0
}

/// The text of `list` in its layout, without byte order mark; `None` where it has it already.
///
/// # Errors
/// When the formatted text does not say the same as before, which is a fault of the formatter.
pub fn formatted(list: &List, options: &Options) -> Result<Option<String>, Loss> {
    let (_, after) = steps(list, options);
    let Some(after) = after else { return Ok(None) };
    prove(list, &after, options)?;
    Ok(Some(after.source.text().to_owned()))
}

/// Steps made at most until nothing is left to do. Two do for nearly every list; what one makes
/// regular may be what the next goes by.
const STEPS: usize = 4;

/// The edits that give `list` its layout, and the list that comes out if there are any.
fn steps(list: &List, options: &Options) -> (Vec<Edit>, Option<List>) {
    let mut edits: Vec<Edit> = Vec::new();
    let mut after: Option<List> = None;
    let mut conventions = style(list);
    // How many steps found nothing to do since the text last changed.
    let mut idle = 0;
    let all = [layout, contents, order];
    for step in all.into_iter().cycle().take(all.len() * STEPS) {
        let now = after.as_ref().unwrap_or(list);
        let next = step(now, &conventions, options);
        let changed = (!next.is_empty())
            .then(|| apply_edits(now.source.text(), &next))
            .map(|text| Source::new(list.source.id(), list.source.name(), text))
            .map(List::parse_with_rendering)
            // A contents table that would be none any more was no such table to its makers.
            .filter(|changed| changed.contents.len() >= now.contents.len());
        let Some(changed) = changed else {
            idle += 1;
            if idle == all.len() {
                break;
            }
            continue;
        };
        edits = compose::compose(&edits, now.source.text(), next);
        conventions = style(&changed);
        after = Some(changed);
        idle = 0;
    }
    edits.retain(|edit| list.slice(edit.span) != edit.replacement);
    (edits, after)
}

/// The edits for all but contents tables and order.
fn layout(list: &List, style: &Style, options: &Options) -> Vec<Edit> {
    let mut layout = Layout::new(list, style, options);
    if !layout.guard.whole_file {
        headings::format(&mut layout);
        items::format(&mut layout);
        words::format(&mut layout);
        blanks::format(&mut layout);
    }
    layout.finish().0
}

/// The edits for the lines of contents tables; these go by what the headings are called, so that
/// all else comes before.
fn contents(list: &List, style: &Style, options: &Options) -> Vec<Edit> {
    let mut layout = Layout::new(list, style, options);
    if !layout.guard.whole_file {
        contents::format(&mut layout);
    }
    layout.finish().0
}

/// The edits for the order of lines and of entries.
fn order(list: &List, style: &Style, options: &Options) -> Vec<Edit> {
    let mut layout = Layout::new(list, style, options);
    if layout.guard.whole_file {
        return Vec::new();
    }
    contents::order(&mut layout);
    let (edits, guard) = layout.finish();
    match options.order {
        Some(EntryOrder::Alphabetical) => sort::sorted(list, style, &guard, edits),
        _ => edits,
    }
}

/// A list that is being laid out.
struct Layout<'a> {
    list: &'a List,
    style: &'a Style,
    options: &'a Options,
    guard: Guard,
    edits: Vec<Edit>,
}

impl<'a> Layout<'a> {
    fn new(list: &'a List, style: &'a Style, options: &'a Options) -> Self {
        Layout {
            list,
            style,
            options,
            guard: Guard::new(list),
            edits: Vec::new(),
        }
    }

    /// Replaces `span` by `text`, unless it is protected or says that already.
    fn replace(&mut self, span: Span, text: impl AsRef<str> + Into<String>) {
        if self.list.slice(span) != text.as_ref() && self.guard.allows(span) {
            self.edits.push(Edit::replace(span, text));
        }
    }

    /// The edits in order; of two that overlap the first stays.
    fn finish(self) -> (Vec<Edit>, Guard) {
        let mut edits = self.edits;
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut free_from = 0;
        let mut last_insertion = None;
        edits.retain(|edit| {
            let free = edit.span.start >= free_from
                && (!edit.span.is_empty() || last_insertion != Some(edit.span.start));
            if free {
                free_from = edit.span.end;
                last_insertion = edit.span.is_empty().then_some(edit.span.start);
            }
            free
        });
        (edits, self.guard)
    }

    /// The line ending that new lines get.
    fn newline(&self) -> &'static str {
        let newline = self.style.newline.winner();
        newline.map_or("\n", |newline| newline.as_str())
    }
}
