//! The signs between a title and its description, read one [`Step`] at a time from plain text.

use super::{NoteKind, SeparatorKind};

/// What stands at the start of a text behind a title.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing but white space.
    Blank,
    /// A separator; it ends at this offset.
    Separator(usize, SeparatorKind),
    /// A note between two offsets, without its brackets; what follows begins at the third.
    Note(NoteKind, usize, usize, usize),
    /// Punctuation that joins a note or link to what is before it; it ends at this offset.
    Joint(usize),
    /// Words that are none of these.
    Words,
}

/// Words that lead to who made a work.
const AUTHOR_WORDS: &[&str] = &["by", "By", "BY", "par", "von", "por"];
/// Words that lead to who made a work where names follow, and to something else otherwise.
const MAKER_WORDS: &[&str] = &["de", "di", "da", "d'"];
/// Words that lead to where a work is offered.
const VENUE_WORDS: &[&str] = &["on", "from", "at", "via", "in", "@"];
/// How many words a venue has at most; more are a description.
const VENUE_LENGTH: usize = 6;
/// How many bytes a note in brackets has at most; longer ones are descriptions.
const LONGEST_NOTE: usize = 400;
/// How many words may stand before the primary link.
const LEAD_LENGTH: usize = 8;

/// How many words a sentence before a link has at least; fewer are an abbreviation.
const SENTENCE_LENGTH: usize = 3;

/// Reads the first step of `text`, which follows a title, a link or another step.
pub(super) fn step(text: &str) -> Step {
    let rest = text.trim_start();
    let gap = text.len() - rest.len();
    let Some(first) = rest.chars().next() else {
        return Step::Blank;
    };
    if let Some(length) = emoji_code(rest) {
        return Step::Note(NoteKind::Sign, gap, gap + length, gap + length);
    }
    if let Some((length, kind)) = leading_separator(rest, gap > 0) {
        return Step::Separator(gap + length, kind);
    }
    let after = gap + first.len_utf8();
    match first {
        '(' | '（' | '[' | '【' => bracketed(text, gap, first),
        ')' | ']' | '）' | '】' | ',' | '/' | '&' | '+' | ';' | '.' | '·' | '•' | '、' => {
            Step::Joint(after)
        }
        '*' | '_' | '~' | '\\' => Step::Joint(after),
        _ if is_sign(first) => {
            let end = rest
                .char_indices()
                .find(|&(_, char)| !is_sign(char))
                .map_or(rest.len(), |(at, _)| at);
            Step::Note(NoteKind::Sign, gap, gap + end, gap + end)
        }
        _ => led_note(rest, gap),
    }
}

/// The length of an emoji written as GitHub reads it, `:star:`, at the start of `text`.
fn emoji_code(text: &str) -> Option<usize> {
    let name = text.strip_prefix(':')?;
    let length = name.find(|char: char| !(char.is_ascii_alphanumeric() || "_+-".contains(char)))?;
    (length > 0 && name[length..].starts_with(':')).then_some(length + 2)
}

/// Notes that a word leads: `by Kim`, `on Coursera`.
fn led_note(rest: &str, gap: usize) -> Step {
    let word = rest.split([' ', '\u{a0}']).next().unwrap_or_default();
    if ![AUTHOR_WORDS, MAKER_WORDS, VENUE_WORDS]
        .iter()
        .any(|words| words.contains(&word))
    {
        return Step::Words;
    }
    let end = note_end(rest);
    let note = rest[..end].trim_end();
    if note.len() <= word.len() {
        return Step::Words;
    }
    if AUTHOR_WORDS.contains(&word) {
        let start = gap + word.len() + 1;
        return Step::Note(NoteKind::Authors, start, gap + note.len(), gap + note.len());
    }
    let names = || super::work::reads_as_authors(&note[word.len()..]);
    if MAKER_WORDS.contains(&word) && names() {
        let start = gap + word.len() + 1;
        return Step::Note(NoteKind::Authors, start, gap + note.len(), gap + note.len());
    }
    if VENUE_WORDS.contains(&word)
        && note.split_whitespace().count() <= VENUE_LENGTH
        && !note.ends_with(['.', '!', '?'])
    {
        return Step::Note(NoteKind::Venue, gap, gap + note.len(), gap + note.len());
    }
    Step::Words
}

/// Where a note without brackets ends: at the next separator, bracket or line end.
fn note_end(text: &str) -> usize {
    let end = text.find(['(', '[', '\n']).unwrap_or(text.len());
    separators(text).next().map_or(end, |(at, _)| at.min(end))
}

fn bracketed(text: &str, at: usize, open: char) -> Step {
    let close = match open {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        _ => '】',
    };
    let start = at + open.len_utf8();
    let mut depth = 1;
    for (offset, char) in text[start..].char_indices() {
        if offset > LONGEST_NOTE {
            break;
        }
        if char == open {
            depth += 1;
        } else if char == close {
            depth -= 1;
            if depth == 0 {
                let stop = start + offset;
                let kind = match open {
                    '(' | '（' if is_year(text[start..stop].trim()) => NoteKind::Year,
                    '(' | '（' => NoteKind::Other,
                    _ => NoteKind::Tag,
                };
                return Step::Note(kind, start, stop, stop + close.len_utf8());
            }
        }
    }
    Step::Joint(start)
}

/// Whether `text` is a year from 1900 to 2099.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}

/// Whether `char` is an emoji or another sign that stands for something by itself.
fn is_sign(char: char) -> bool {
    !char.is_alphanumeric()
        && !char.is_ascii()
        && !matches!(
            char,
            '–' | '—'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '«'
                | '»'
                | '„'
                | '：'
                | '，'
                | '。'
                | '、'
                | '…'
                | '\u{a0}'
                | '「'
                | '」'
                | '『'
                | '』'
                | '《'
                | '》'
                | '（'
                | '）'
                | '【'
                | '】'
                | '\u{3000}'
        )
}

/// The separator at the start of `rest`; `spaced` says whether white space stands before it.
fn leading_separator(rest: &str, spaced: bool) -> Option<(usize, SeparatorKind)> {
    let first = rest.chars().next()?;
    let next = rest[first.len_utf8()..].chars().next();
    let before_space = next.is_none_or(char::is_whitespace);
    let kind = match first {
        '–' | '‒' => SeparatorKind::EnDash,
        '—' | '―' => SeparatorKind::EmDash,
        '：' => SeparatorKind::Colon,
        '-' => {
            let dashes = rest.bytes().take_while(|&byte| byte == b'-').count();
            if rest[dashes..].starts_with('>') {
                return Some((dashes + 1, SeparatorKind::Other));
            }
            let spaced_after = rest[dashes..]
                .chars()
                .next()
                .is_none_or(char::is_whitespace);
            let ideographs = rest[dashes..].starts_with(is_ideograph);
            return (spaced || spaced_after || ideographs)
                .then_some((dashes, SeparatorKind::Hyphen));
        }
        ':' if before_space || spaced => SeparatorKind::Colon,
        '|' if before_space || spaced => SeparatorKind::Bar,
        ',' if before_space && starts_description(&rest[1..]) => SeparatorKind::Comma,
        '=' if rest.starts_with("=>") => return Some((2, SeparatorKind::Other)),
        '=' | '~' if spaced && before_space => SeparatorKind::Other,
        '→' | '➡' | '⇒' => SeparatorKind::Other,
        _ => return None,
    };
    Some((first.len_utf8(), kind))
}

/// Whether `char` is of a script that writes no spaces between words, so that a hyphen before it
/// joins no word: Chinese, Japanese, Korean and their neighbours.
fn is_ideograph(char: char) -> bool {
    char >= '\u{2e80}' && char.is_alphabetic()
}

/// Whether what follows a comma is a description and not a further note or link.
fn starts_description(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.split_whitespace().count() >= 3
        && !AUTHOR_WORDS.contains(&rest.split(' ').next().unwrap_or_default())
}

/// The separators of a plain text, each with its place in bytes: see [`separator_at`].
pub(super) fn separators(text: &str) -> impl Iterator<Item = (usize, SeparatorKind)> {
    // The signs begin with few bytes, and these begin characters wherever they stand.
    let may_begin = |byte: u8| matches!(byte, b'-' | b':' | b'|' | 0xe2 | 0xef);
    (0..)
        .zip(text.bytes())
        .filter(move |&(_, byte)| may_begin(byte))
        .filter_map(|(at, _)| Some((at, separator_at(text, at)?)))
}

/// The separator whose sign begins at the byte offset `at` of plain text, where words stand on both
/// sides: dashes want white space around them, colons behind them.
fn separator_at(text: &str, at: usize) -> Option<SeparatorKind> {
    let rest = text.get(at..)?;
    let sign = rest.chars().next()?;
    let before = text[..at].chars().next_back()?;
    let after = rest[sign.len_utf8()..].chars().next()?;
    let spaced = before.is_whitespace() && after.is_whitespace();
    match sign {
        '-' if spaced => Some(SeparatorKind::Hyphen),
        '–' if spaced => Some(SeparatorKind::EnDash),
        '—' if spaced => Some(SeparatorKind::EmDash),
        ':' if after.is_whitespace() => Some(SeparatorKind::Colon),
        '：' => Some(SeparatorKind::Colon),
        '|' if spaced => Some(SeparatorKind::Bar),
        _ => None,
    }
}

/// Whether the words before a link are a sentence or a title with its description, so that the link
/// in it is not what the entry is about.
pub(super) fn reads_as_sentence(before: &str) -> bool {
    let before = before.trim();
    if before.is_empty() {
        return false;
    }
    let words = before.split_whitespace().count();
    let ends = before.ends_with(['.', '!', '?', '。', '！', '？']);
    if words > LEAD_LENGTH || (ends && words >= SENTENCE_LENGTH) {
        return true;
    }
    let sentence = before.split_once(". ").map_or("", |(sentence, _)| sentence);
    if sentence.split_whitespace().count() >= SENTENCE_LENGTH {
        return true;
    }
    separators(before).any(|(at, _)| {
        before[at..].split_whitespace().count() > 1 && !before[..at].trim().is_empty()
    })
}

/// `text` without white space at its ends, and where that begins in it. Mostly there is none.
pub(super) fn trimmed(text: &str) -> (usize, &str) {
    let solid = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if solid(bytes.first()) && solid(bytes.last()) {
        return (0, text);
    }
    let rest = text.trim_start();
    (text.len() - rest.len(), rest.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told_from_hyphens() {
        assert_eq!(step(" - Words"), Step::Separator(2, SeparatorKind::Hyphen));
        assert_eq!(step("- Words"), Step::Separator(1, SeparatorKind::Hyphen));
        assert_eq!(step(" -Words"), Step::Separator(2, SeparatorKind::Hyphen));
        assert_eq!(step("-based"), Step::Words);
        assert_eq!(step("–Words"), Step::Separator(3, SeparatorKind::EnDash));
        assert_eq!(step(": Words"), Step::Separator(1, SeparatorKind::Colon));
    }

    #[test]
    fn notes_keep_their_brackets_out() {
        assert_eq!(step("(2019)"), Step::Note(NoteKind::Year, 1, 5, 6));
        assert_eq!(step(" [12⭐] x"), Step::Note(NoteKind::Tag, 2, 7, 8));
        assert_eq!(step(" by Kim - x"), Step::Note(NoteKind::Authors, 4, 7, 7));
        assert_eq!(step(" on Coursera"), Step::Note(NoteKind::Venue, 1, 12, 12));
        assert_eq!(step(" ("), Step::Joint(2));
        assert_eq!(step(" :star: x"), Step::Note(NoteKind::Sign, 1, 7, 7));
    }

    #[test]
    fn sentences_before_a_link_are_known() {
        assert!(!reads_as_sentence("Oreilly learning resources: "));
        assert!(!reads_as_sentence("`docker pull a/b` - "));
        assert!(reads_as_sentence("Foo - A tool, made by "));
    }
}
