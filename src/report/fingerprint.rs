//! What tells a finding from others across runs, however far its line has moved.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::Sources;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// A finding by what it says: its file, its rule, its message and the text of its line, but neither
/// line nor column, so that it stays the same when text is added before it.
///
/// Findings that agree in all of that are told apart by their order. The value is stable: it is
/// written to baselines and sent to services that compare it with earlier runs.
///
/// It is a checksum and no signature: whoever writes a list can make two findings collide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl fmt::Display for Fingerprint {
    /// Thirty-two hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The text is not thirty-two hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFingerprint;

impl fmt::Display for NoFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fingerprint is 32 hexadecimal digits")
    }
}

impl std::error::Error for NoFingerprint {}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let is_hexadecimal = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hexadecimal {
            return Err(NoFingerprint);
        }
        u128::from_str_radix(text, 16)
            .map(Fingerprint)
            .map_err(|_| NoFingerprint)
    }
}

/// The fingerprints of `diagnostics`, one each, in their order; all different.
pub fn fingerprints(sources: &Sources<'_>, diagnostics: &[Diagnostic]) -> Vec<Fingerprint> {
    let mut seen: BTreeMap<u128, u64> = BTreeMap::new();
    let mut fingerprint = |diagnostic: &Diagnostic| {
        let mut hash = content(sources, diagnostic);
        let occurrence = seen.entry(hash.0).or_default();
        hash.field(&occurrence.to_string());
        *occurrence += 1;
        Fingerprint(hash.0)
    };
    diagnostics.iter().map(&mut fingerprint).collect()
}

fn content(sources: &Sources<'_>, diagnostic: &Diagnostic) -> Hash {
    let mut hash = Hash::new();
    let source = sources.get(diagnostic.span.file);
    hash.field(source.map_or("", super::place::path_of));
    hash.field(diagnostic.rule);
    hash.words(without_line_numbers(&diagnostic.message));
    let line = source.map_or("", |source| line_of(source, diagnostic.span));
    hash.words(line.split_whitespace());
    hash
}

/// The longest line that stands for a finding in it; of a longer one the finding's own text does.
const LONGEST_LINE: usize = 1_000;

/// The text by which a finding at `span` is known again.
///
/// At the start or the end of a file nothing is labelled, and the line that happens to stand there
/// (the last entry, before another is added) says nothing about the finding.
fn line_of(source: &Source, span: Span) -> &str {
    if span.is_empty() && (span.start == 0 || span.start >= source.whole().end) {
        return "";
    }
    let line = source.slice(source.line_content(source.line(span.start)));
    if line.len() <= LONGEST_LINE {
        return line;
    }
    let end = span.end.min(span.start.saturating_add(LONGEST_LINE as u32));
    let end = super::place::floor_boundary(source.text(), end);
    source.slice(source.span(span.start, end))
}

/// The words of `message` with `#` for numbers of lines: `lines 3 and 12` moves as the list grows.
fn without_line_numbers(message: &str) -> impl Iterator<Item = &str> {
    let mut is_list = false;
    message.split_whitespace().map(move |word| {
        let bare = word.trim_matches(|character: char| !character.is_alphanumeric());
        let is_number = bare.starts_with(|first: char| first.is_ascii_digit());
        if is_list && is_number {
            return "#";
        }
        is_list = match bare {
            "line" | "lines" => true,
            "and" | "or" | "to" | "" => is_list,
            _ => false,
        };
        word
    })
}

/// FNV-1a of 128 bits over fields that cannot run into each other.
#[derive(Clone, Copy)]
struct Hash(u128);

impl Hash {
    const BASIS: u128 = 0x6c62272e07bb014262b821756295c58d;
    const PRIME: u128 = 0x0000000001000000000000000000013b;

    fn new() -> Self {
        Hash(Self::BASIS)
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(Self::PRIME);
    }

    /// Adds `text` and an end that no UTF-8 text contains.
    fn field(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
        self.byte(0xff);
    }

    /// Adds a field of words, whatever space stood between them.
    fn words<'t>(&mut self, words: impl Iterator<Item = &'t str>) {
        for word in words {
            word.bytes().for_each(|byte| self.byte(byte));
            self.byte(b' ');
        }
        self.byte(0xff);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::place;
    use super::*;
    use crate::source::FileId;

    fn of(text: &str, places: &[&str], message: &str) -> Vec<Fingerprint> {
        let source = Source::new(FileId(0), "a.md", text);
        let diagnostics: Vec<_> = places
            .iter()
            .map(|text| Diagnostic::new("rule", place(&source, text), message))
            .collect();
        fingerprints(&Sources::new([&source]), &diagnostics)
    }

    #[test]
    fn text_before_a_finding_changes_nothing() {
        let before = of("- [A](a)\n- [B](b)\n", &["[B]"], "as on line 1");
        let after = of("\n\nmore\n- [A](a)\n-  [B](b)\n", &["[B]"], "as on line 4");
        assert_eq!(before, after);
    }

    #[test]
    fn what_a_finding_says_changes_it() {
        let text = "- [A](a)\n- [B](b)\n";
        let base = of(text, &["[B]"], "one of 3");
        assert_ne!(base, of(text, &["[A]"], "one of 3"));
        assert_ne!(base, of(text, &["[B]"], "one of 4"));
    }

    #[test]
    fn equal_findings_are_told_apart_by_their_order() {
        let two = of("x\ny\nx\n", &["x", "x"], "m");
        assert_ne!(two[0], two[1]);
        assert_eq!(two[..1], of("x\n", &["x"], "m"));
    }

    #[test]
    fn the_value_is_stable_and_can_be_read_back() {
        let fingerprint = of("x\n", &["x"], "m")[0];
        let written = fingerprint.to_string();
        assert_eq!(written, "9e4499819c3e7c1c6c9f3de7c54104f9");
        assert_eq!(written.parse(), Ok(fingerprint));
        assert_eq!(
            "+0000000000000000000000000000000".parse::<Fingerprint>(),
            Err(NoFingerprint)
        );
    }

    #[test]
    fn a_place_at_the_end_of_the_file_does_not_take_the_last_line_with_it() {
        let at_end = |text: &str| {
            let source = Source::new(FileId(0), "a.md", text);
            let end = source.whole().end;
            let diagnostic = Diagnostic::new("rule", source.span(end, end), "m");
            fingerprints(&Sources::new([&source]), &[diagnostic])
        };
        assert_eq!(at_end("- a"), at_end("- a\n- b"));
    }

    #[test]
    fn numbers_of_lines_are_left_out_of_messages() {
        let words = |text| without_line_numbers(text).collect::<Vec<_>>().join(" ");
        assert_eq!(
            words("on lines 3, 5 and 9 of 12"),
            "on lines # # and # of 12"
        );
        assert_eq!(
            words("3 items, see line 4: 5 left"),
            "3 items, see line # # left"
        );
        assert_eq!(words("year 2019"), "year 2019");
    }
}
