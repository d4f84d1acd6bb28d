//! Texts of entries as they are compared word by word.

use crate::list::{Entry, List};
use crate::source::Span;

/// The span of a note with the brackets around it.
pub(super) fn with_brackets(list: &List, span: Span) -> Span {
    let text = list.source.text();
    let before = text
        .get(..span.start as usize)
        .and_then(|text| text.chars().next_back());
    let after = text
        .get(span.end as usize..)
        .and_then(|text| text.chars().next());
    match (before, after) {
        (Some(open @ ('(' | '[' | '（' | '【')), Some(close @ (')' | ']' | '）' | '】'))) => {
            let start = span.start - open.len_utf8() as u32;
            span.with(start, span.end + close.len_utf8() as u32)
        }
        _ => span,
    }
}

/// The own words of an entry without the destinations of its links.
pub(super) fn without_addresses(list: &List, entry: &Entry) -> String {
    let content = entry.content;
    let mut text = String::with_capacity(content.len() as usize);
    let mut at = content.start;
    for &link in &entry.links {
        let destination = list.link(link).destination;
        if content.contains(destination) && destination.start >= at {
            text.push_str(list.slice(content.with(at, destination.start)));
            at = destination.end;
        }
    }
    text.push_str(list.slice(content.with(at, content.end)));
    text
}

/// The words of `text` in lower case, a space before and behind each.
pub(super) fn spaced_words(text: &str) -> String {
    let mut words = String::from(" ");
    for word in text.split(|char: char| !char.is_alphanumeric()) {
        if !word.is_empty() {
            words.extend(word.chars().flat_map(char::to_lowercase));
            words.push(' ');
        }
    }
    words
}
