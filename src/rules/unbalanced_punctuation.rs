//! A bracket or quotation mark without its partner.
//!
//! ## Why
//!
//! Half a pair is a slip of the fingers or of a deletion, and a reader stumbles where the other
//! half should be.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves (from Japan.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves (from Japan).
//! ```

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::list::{Entry, LinkId, LinkKind, List, Shape};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unbalanced-punctuation",
    group: Group::Entries,
    level: WARNING,
    awesome: ERROR,
    aliases: &["balanced-punctuation", "match-punctuation"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("unbalanced_punctuation.rs"),
};

/// The signs that come in pairs.
const PAIRS: &[(char, char)] = &[
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('“', '”'),
    ('（', '）'),
    ('【', '】'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
];

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for entry in &list.entries {
        if !matches!(entry.shape, Shape::Item(_)) || facts.is_generated(entry.span.start) {
            continue;
        }
        let mut pieces = facts.words_and_code(entry.content);
        if !pieces.any(|piece| may_be_signs(list.slice(piece)).next().is_some()) {
            continue;
        }
        let words = facts.words(entry.content);
        let mut alone = brackets(list, entry, &words);
        alone.extend(quote(list, &words));
        alone.sort_unstable();
        report(list, &alone, found);
    }
}

/// The bytes with which a sign begins; none of them stands within a character.
const FIRST_BYTES: [bool; 256] = {
    let mut bytes = [false; 256];
    bytes[b'"' as usize] = true;
    let mut at = 0;
    while at < PAIRS.len() {
        let (opens, closes) = PAIRS[at];
        let mut encoded = [0; 4];
        bytes[opens.encode_utf8(&mut encoded).as_bytes()[0] as usize] = true;
        bytes[closes.encode_utf8(&mut encoded).as_bytes()[0] as usize] = true;
        at += 1;
    }
    bytes
};

/// The characters of `text` that may be signs, with their places in bytes.
fn may_be_signs(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.bytes().enumerate();
    let first = bytes.filter(|(_, byte)| FIRST_BYTES[usize::from(*byte)]);
    first.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)))
}

/// Tells of the signs that stand `alone`, in order. One that opens and the next, which closes
/// something else, are one slip.
fn report(list: &List, alone: &[Span], found: &mut Vec<Diagnostic>) {
    let opens = |span: Span| {
        let sign = list.slice(span);
        sign.chars()
            .next()
            .and_then(partner)
            .is_some_and(|(_, opens)| opens)
    };
    let mut rest = alone;
    while let [span, more @ ..] = rest {
        rest = more;
        let sign = list.slice(*span);
        if let [next, after @ ..] = more
            && opens(*span)
            && !opens(*next)
        {
            rest = after;
            let message = format!("`{sign}` is closed by `{}`", list.slice(*next));
            found.push(Diagnostic::new(RULE.name, *span, message).also(*next, "closed here"));
            continue;
        }
        let message = format!("`{sign}` has no partner");
        found.push(Diagnostic::new(RULE.name, *span, message));
    }
}

/// The pair that `char` belongs to, and whether it opens it.
fn partner(char: char) -> Option<(usize, bool)> {
    let place = |pair: &(char, char)| pair.0 == char || pair.1 == char;
    let pair = PAIRS.iter().position(place)?;
    Some((pair, PAIRS[pair].0 == char))
}

/// The signs of each pair that have no partner.
fn brackets(list: &List, entry: &Entry, words: &[Span]) -> Vec<Span> {
    let mut open: Vec<Vec<Span>> = vec![Vec::new(); PAIRS.len()];
    let mut alone: Vec<Span> = Vec::new();
    for &piece in words {
        for (at, char) in may_be_signs(list.slice(piece)) {
            let Some((pair, opens)) = partner(char) else {
                continue;
            };
            let start = piece.start + at as u32;
            let span = piece.with(start, start + char.len_utf8() as u32);
            if is_escaped(list, span) || is_of_broken_link(list, span, char) {
                continue;
            }
            if opens {
                open[pair].push(span);
            } else if open[pair].pop().is_none() && !closes_nothing(list, words, span, char) {
                alone.push(span);
            }
        }
    }
    for (spans, (_, closes)) in open.into_iter().zip(PAIRS) {
        // GitHub takes the bracket behind a bare address for a part of it.
        let swallowed = |id: &LinkId| {
            let link = list.link(*id);
            link.kind == LinkKind::Bare && list.slice(link.span).contains(*closes)
        };
        if !entry.links.iter().any(swallowed) {
            alone.extend(spans.into_iter().filter(|span| !is_face(list, *span)));
        }
    }
    alone
}

/// A straight quotation mark that is one too many.
fn quote(list: &List, words: &[Span]) -> Option<Span> {
    let mut marks: Vec<Span> = Vec::new();
    for &piece in words {
        for (at, _) in list.slice(piece).match_indices('"') {
            let start = piece.start + at as u32;
            let span = piece.with(start, start + 1);
            // `5"` is a length.
            let digit = before(list, span).is_some_and(|char| char.is_ascii_digit());
            if !digit || marks.len() % 2 == 1 {
                marks.push(span);
            }
        }
    }
    let odd = marks.len() % 2 == 1;
    marks.pop().filter(|_| odd)
}

fn before(list: &List, span: Span) -> Option<char> {
    let text = list.source.text().get(..span.start as usize)?;
    text.chars().next_back()
}

fn after(list: &List, span: Span) -> Option<char> {
    let text = list.source.text().get(span.end as usize..)?;
    text.chars().next()
}

fn is_escaped(list: &List, span: Span) -> bool {
    before(list, span) == Some('\\')
}

/// Whether the bracket at `span` was meant for a link, `[text](destination)`, which is not one: that
/// is told of as a malformed link.
fn is_of_broken_link(list: &List, span: Span, char: char) -> bool {
    match char {
        '(' => before(list, span) == Some(']'),
        ']' => after(list, span) == Some('('),
        _ => false,
    }
}

/// Whether the bracket at `span` is a mouth: `:)`, `:-(`.
fn is_face(list: &List, span: Span) -> bool {
    let face = |char: Option<char>| char.is_some_and(|char| ":;=-'^".contains(char));
    face(before(list, span)) || (list.slice(span) == "(" && face(after(list, span)))
}

/// Whether a closing sign without an opening one is none: a face, or the mark of an enumeration.
fn closes_nothing(list: &List, words: &[Span], span: Span, char: char) -> bool {
    if char != ')' {
        // `[0, 1)` and `]0, 1[` aside, `”` alone may close what `"` or „ opened.
        return char == '”';
    }
    let text = list.source.text();
    let from = words.first().map_or(span.start, |first| first.start);
    let lead = text
        .get(from as usize..span.start as usize)
        .unwrap_or_default();
    // The mark of an enumeration is a few characters long.
    let mut word: Vec<char> = lead.chars().rev().take(4).collect();
    let parts = |char: &char| matches!(char, ' ' | '\n' | '\t' | '(' | ',');
    word.truncate(word.iter().position(parts).unwrap_or(word.len()));
    let number = !word.is_empty() && word.iter().all(char::is_ascii_digit);
    let letter = word.len() == 1 && word.iter().all(|char| char.is_alphabetic());
    number || letter || is_face(list, span)
}
