//! What the words of one entry show: separator, ending, first letter, emphasis, quotation marks.

use super::Tallies;
use crate::list::{Entry, List, SeparatorKind};
use crate::source::Span;

/// A separator as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SeparatorForm {
    /// What it is.
    pub kind: SeparatorKind,
    /// The sign with the white space around it: `" - "`
    pub text: String,
}

/// How a description ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ending {
    /// In a period, `.` or `。`.
    Period,
    /// In a word, or in the bracket or quotation mark that closes words.
    None,
}

/// How a description begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FirstLetter {
    /// With a capital.
    Upper,
    /// With a small letter.
    Lower,
}

/// How a title is emphasized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Emphasis {
    /// Not at all.
    Plain,
    /// `*Title*`
    Italic,
    /// `**Title**`
    Bold,
    /// As code.
    Code,
}

/// The form of double quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quotes {
    /// `"…"`
    Straight,
    /// `“…”`
    Curly,
}

/// Where the words of a description end, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tail {
    /// How it ends.
    pub ending: Ending,
    /// The period; where there is none, the empty place behind the words.
    pub span: Span,
}

/// What one entry shows.
pub(super) struct Shown {
    separator: Option<SeparatorForm>,
    ending: Option<Ending>,
    first_letter: Option<FirstLetter>,
    emphasis: Option<Emphasis>,
    quotes: (u32, u32),
}

/// What `entry` shows.
pub(super) fn shown(list: &List, entry: &Entry) -> Shown {
    Shown {
        separator: separator(list, entry),
        ending: tail(list, entry).map(|tail| tail.ending),
        first_letter: entry
            .description
            .and_then(|span| first_letter(list.slice(span))),
        emphasis: emphasis(list, entry),
        quotes: quotes(list, entry),
    }
}

impl Shown {
    pub(super) fn add_to(&self, tallies: &mut Tallies) {
        if let Some(separator) = &self.separator {
            tallies.separator.add_copy(separator);
        }
        if let Some(ending) = self.ending {
            tallies.ending.add(ending);
        }
        if let Some(first_letter) = self.first_letter {
            tallies.first_letter.add(first_letter);
        }
        if let Some(emphasis) = self.emphasis {
            tallies.emphasis.add(emphasis);
        }
        for (form, times) in [
            (Quotes::Straight, self.quotes.0),
            (Quotes::Curly, self.quotes.1),
        ] {
            if times > 0 {
                tallies.quotes.add_times(form, times);
            }
        }
    }
}

/// The separator of an entry whose description follows on the same line.
fn separator(list: &List, entry: &Entry) -> Option<SeparatorForm> {
    let separator = entry.separator?;
    entry.description?;
    let text = list.slice(separator.span);
    (!text.contains(['\n', '\r'])).then(|| SeparatorForm {
        kind: separator.kind,
        text: text.to_owned(),
    })
}

/// How the description of `entry` ends; `None` where it has none, or where the end is no matter of
/// style: a question, an exclamation, a dangling sign, a badge, a tag, a link by itself.
pub fn tail(list: &List, entry: &Entry) -> Option<Tail> {
    let description = entry.description?;
    let text = list.slice(description);
    let words = text.trim_end_matches(['*', '_', ' ']);
    let end = description.start + words.len() as u32;
    let last = words.chars().next_back()?;
    let start = end - last.len_utf8() as u32;
    let ending = match last {
        '.' if words.ends_with("..") => return None,
        '.' | '。' => Ending::Period,
        ')' | ']' | '"' | '”' | '\'' | '’' => Ending::None,
        _ if last.is_alphanumeric() => Ending::None,
        _ => return None,
    };
    if ending == Ending::Period {
        let span = description.with(start, end);
        return Some(Tail { ending, span });
    }
    if ends_in_matter(list, entry, end) || closes_a_sentence(words) {
        return None;
    }
    let span = description.with(end, end);
    Some(Tail { ending, span })
}

/// What makes the description of `entry` end in the usual way: what is replaced, and by what. `None`
/// where it ends so already, or where its end has a reason of its own.
pub fn to_end(list: &List, entry: &Entry, usual: Ending) -> Option<(Span, &'static str)> {
    let tail = tail(list, entry).filter(|tail| tail.ending != usual)?;
    // Without a separator the words may go on from the title, and be no description; without a link
    // the entry may be prose.
    let (Some(_), Some(_), Some(description)) = (entry.separator, entry.link, entry.description)
    else {
        return None;
    };
    let words = list.slice(description.with(description.start, tail.span.start));
    match usual {
        Ending::Period => {
            let last = words.chars().next_back()?;
            let closes = last.is_ascii_alphanumeric() || matches!(last, ')' | '"' | '”');
            // An address that is no link.
            let word = words.rsplit(' ').next().unwrap_or_default();
            let address = word.contains("://") && !word.contains("](");
            (!address && (closes || last.is_lowercase())).then_some((tail.span, "."))
        }
        // The period of the last of several sentences, and that of an abbreviation, stays.
        Ending::None => {
            let last = words.rsplit(' ').next().unwrap_or_default();
            let marks = [". ", "! ", "? ", "。"];
            let sentences = marks.iter().any(|mark| words.contains(mark));
            let word = !last.contains('.') && last.chars().count() > 3;
            (!sentences && word).then_some((tail.span, ""))
        }
    }
}

/// Whether an image, a tag or a bare link ends at `end`, or words in brackets or a link that follow
/// a whole sentence: `A tool. (With a [demo](https://a.org))`
fn ends_in_matter(list: &List, entry: &Entry, end: u32) -> bool {
    let images = &list.images;
    let after = images.partition_point(|image| image.span.start < end);
    let image = after.checked_sub(1).map(|at| images[at].span);
    let after = list.html.partition_point(|tag| tag.span.start < end);
    let tag = after.checked_sub(1).map(|at| list.html[at].span);
    let ends_here = |span: Option<Span>| span.is_some_and(|span| span.end == end);
    if ends_here(image) || ends_here(tag) {
        return true;
    }
    let link = entry
        .links
        .last()
        .map(|&id| list.link(id))
        .filter(|link| link.span.end == end);
    if let Some(link) = link {
        let text = list.slice(link.text);
        return link.image_only
            || text.contains("://")
            || follows_sentence(list, entry, link.span.start);
    }
    let start = opening_bracket(list.slice(entry.content.with(entry.content.start, end)));
    start.is_some_and(|start| follows_sentence(list, entry, entry.content.start + start as u32))
}

/// Whether a sentence ends right before `at`, marks of emphasis and white space left out.
fn follows_sentence(list: &List, entry: &Entry, at: u32) -> bool {
    let before = list.slice(entry.content.with(entry.content.start, at));
    let before = before.trim_end_matches(['*', '_', ' ', '(', '[', '\n', '\r', '\t', '|', '-']);
    before.ends_with(['.', '!', '?', '。', '！'])
}

/// Where the bracket opens that `text` ends by closing.
fn opening_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, char) in text.char_indices().rev() {
        match char {
            ')' => depth += 1,
            '(' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at + 1 < text.len()).then_some(at);
        }
    }
    None
}

/// Whether the bracket or quotation mark at the end closes a sentence with its own full stop.
fn closes_a_sentence(words: &str) -> bool {
    let inner = words.trim_end_matches([')', ']', '"', '”', '\'', '’', '*', '_']);
    inner.len() < words.len() && inner.ends_with(['.', '!', '?', '。', '…'])
}

fn first_letter(description: &str) -> Option<FirstLetter> {
    let words = description.trim_start_matches(['*', '_', '[', '"', '“', '(', '\'', '‘']);
    let first = words.chars().next()?;
    match (first.is_uppercase(), first.is_lowercase()) {
        (true, _) => Some(FirstLetter::Upper),
        (_, true) => Some(FirstLetter::Lower),
        _ => None,
    }
}

/// How the title is emphasized: by marks around it, or around the link that it is the text of.
fn emphasis(list: &List, entry: &Entry) -> Option<Emphasis> {
    let title = entry.title.as_ref()?.span;
    let inside = mark_before(list, title);
    let link = entry.link.map(|id| list.link(id).span);
    let outside = link
        .filter(|link| link.contains(title))
        .and_then(|link| mark_before(list, link));
    Some(inside.or(outside).unwrap_or(Emphasis::Plain))
}

/// The mark of emphasis that stands right before and right behind `span`.
fn mark_before(list: &List, span: Span) -> Option<Emphasis> {
    let text = list.source.text();
    let before = text.get(..span.start as usize)?;
    let after = text.get(span.end as usize..)?;
    let around = |mark: &str| before.ends_with(mark) && after.starts_with(mark);
    if around("**") || around("__") {
        Some(Emphasis::Bold)
    } else if around("*") || around("_") {
        Some(Emphasis::Italic)
    } else {
        around("`").then_some(Emphasis::Code)
    }
}

/// How many straight and curly double quotation marks the words of an entry have: those that a
/// reader sees, not those in destinations, tags and code.
fn quotes(list: &List, entry: &Entry) -> (u32, u32) {
    let content = entry.content;
    // The curly ones begin with one byte.
    let first_bytes = (b'"', "“".as_bytes()[0]);
    let text = list.slice(content).as_bytes();
    if memchr::memchr2(first_bytes.0, first_bytes.1, text).is_none() {
        return (0, 0);
    }
    let links = entry.links.iter().map(|&id| list.link(id));
    let mut hidden: Vec<Span> = links
        .map(|link| link.span.with(link.text.end, link.span.end))
        .collect();
    let from = list
        .html
        .partition_point(|tag| tag.span.start < content.start);
    let tags = list.html[from..].iter().map(|tag| tag.span);
    hidden.extend(tags.take_while(|tag| tag.start < content.end));
    let from = list
        .images
        .partition_point(|image| image.span.start < content.start);
    let images = list.images[from..].iter().map(|image| image.span);
    hidden.extend(images.take_while(|image| image.start < content.end));
    hidden.sort_unstable();
    let (mut straight, mut curly) = (0, 0);
    let mut start = content.start;
    for span in hidden
        .into_iter()
        .chain([content.with(content.end, content.end)])
    {
        let shown = list.slice(content.with(start, span.start));
        for (at, text) in shown.split('`').enumerate() {
            if at % 2 == 0 {
                straight += text.matches('"').count() as u32;
                curly += text.matches(['“', '”']).count() as u32;
            }
        }
        start = start.max(span.end);
    }
    (straight, curly)
}
