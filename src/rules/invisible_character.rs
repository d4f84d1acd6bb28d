//! Characters that nobody sees.
//!
//! ## Why
//!
//! A zero-width space that came along with pasted text splits a word for every search and breaks a
//! link when it is copied. Marks that turn the direction of writing can make text look like other
//! text. Where a script needs such a character it is left alone: joiners in emoji and in Indic and
//! Arabic words, direction marks in lines with Hebrew or Arabic, break marks in Thai and Khmer.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - ⌀Steamed leaves.
//! ```
//!
//! (`⌀` stands for a zero-width space.)
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Takes it out. Between two letters it may part words, so there it is done only when asked for.

use std::collections::BTreeMap;

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::BlockKind;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "invisible-character",
    group: Group::Text,
    level: WARNING,
    awesome: ERROR,
    aliases: &["no-control-character", "no-zero-width-spaces"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("invisible_character.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let source = &facts.list.source;
    let text = source.text();
    let mut hits: Vec<Hit> = Vec::new();
    let mut from = 0;
    while let Some((start, char)) = next_invisible(text, from) {
        let rest = text.get(start..).unwrap_or_default();
        let stretch = rest.len() - rest.trim_start_matches(|next| name(next).is_some()).len();
        from = start + stretch;
        hits.push(Hit {
            span: source.span(start as u32, from as u32),
            char,
            alone: stretch == char.len_utf8(),
            before: text.get(..start).and_then(|text| text.chars().next_back()),
            after: text.get(from..).and_then(|text| text.chars().next()),
        });
    }
    let line_of = |hit: &Hit| source.line(hit.span.start);
    for line in hits.chunk_by(|a, b| line_of(a) == line_of(b)) {
        in_line(facts, source.line_content(line_of(&line[0])), line, found);
    }
}

/// A stretch of invisible characters.
struct Hit {
    span: Span,
    /// The first of them.
    char: char,
    /// Whether it is the only one.
    alone: bool,
    before: Option<char>,
    after: Option<char>,
}

/// Tells of the `hits` in `line`, once for each character.
fn in_line(facts: &Facts<'_>, line: Span, hits: &[Hit], found: &mut Vec<Diagnostic>) {
    let block = facts.block_at(line.start);
    let skipped = block.is_some_and(|block| {
        block.generated || matches!(block.kind, BlockKind::Code | BlockKind::FrontMatter)
    });
    if skipped {
        return;
    }
    let text = facts.list.slice(line);
    let words = facts.words(line);
    let right_to_left = text.chars().any(is_right_to_left);
    // What is hidden in a destination, a tag or code is no text.
    let is_text = |span: Span| {
        let after = words.partition_point(|piece| piece.start <= span.start);
        after > 0 && words[after - 1].contains(span)
    };
    let mut by_char: BTreeMap<char, Vec<&Hit>> = BTreeMap::new();
    for hit in hits {
        if is_text(hit.span) && !(hit.alone && is_needed(hit, right_to_left)) {
            by_char.entry(hit.char).or_default().push(hit);
        }
    }
    for (char, hits) in by_char {
        let code = format!("U+{:04X}", u32::from(char));
        // A line that names the character shows it on purpose.
        if !text.contains(&code) {
            found.push(diagnostic(char, &code, &hits));
        }
    }
}

/// The finding of `hits`, which are all of one character.
fn diagnostic(char: char, code: &str, hits: &[&Hit]) -> Diagnostic {
    let what = name(char).unwrap_or("character");
    let message = format!("{} {what} ({code})", article(what));
    let edits = hits.iter().map(|hit| Edit::delete(hit.span)).collect();
    let is_letter = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let letters = hits
        .iter()
        .any(|hit| is_letter(hit.before) && is_letter(hit.after));
    let fix = match letters {
        true => Fix::needs_review("Take it out", edits),
        false => Fix::safe("Take it out", edits),
    };
    let mut diagnostic = Diagnostic::new(RULE.name, hits[0].span, message).fix(fix);
    for hit in &hits[1..] {
        diagnostic = diagnostic.also(hit.span, "another one");
    }
    diagnostic
}

/// The first invisible character at or behind `from`.
fn next_invisible(text: &str, from: usize) -> Option<(usize, char)> {
    /// How many bytes are looked at together: most stretches hold none.
    const STRETCH: usize = 64;
    let mut at = from;
    for stretch in text.as_bytes().get(from..)?.chunks(STRETCH) {
        if stretch
            .iter()
            .fold(false, |any, &byte| any | may_begin(byte))
        {
            for (place, _) in stretch.iter().enumerate().filter(|one| may_begin(*one.1)) {
                let char = text.get(at + place..).and_then(|rest| rest.chars().next());
                if let Some(char) = char.filter(|&char| name(char).is_some()) {
                    return Some((at + place, char));
                }
            }
        }
        at += stretch.len();
    }
    None
}

/// Whether an invisible character may begin with `byte`: all of them are control bytes, or begin
/// with one of these.
fn may_begin(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t'))
        || matches!(byte, 0x7f | 0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf0 | 0xf3)
}

/// What an invisible character is called.
pub(super) fn name(char: char) -> Option<&'static str> {
    Some(match char {
        '\t' | '\n' | '\r' => return None,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "control character",
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' | '\u{200f}' | '\u{61c}' => "direction mark",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "direction override",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{feff}' => "byte order mark",
        '\u{180e}' => "vowel separator",
        '\u{fff9}'..='\u{fffb}' => "annotation mark",
        '\u{e0001}' => "language tag",
        _ => return None,
    })
}

/// Whether a script needs the character of `hit`; `right_to_left` tells whether its line has letters
/// that are written so.
fn is_needed(hit: &Hit, right_to_left: bool) -> bool {
    let foreign = |char: Option<char>| char.is_some_and(|char| u32::from(char) >= 0x590);
    match hit.char {
        '\u{200c}' | '\u{200d}' => foreign(hit.before) && foreign(hit.after),
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => right_to_left,
        '\u{200b}' => [hit.before, hit.after].into_iter().flatten().any(|char| {
            matches!(char, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
        }),
        _ => false,
    }
}

/// Whether a letter is Hebrew, Arabic or of another script that is written from the right.
fn is_right_to_left(char: char) -> bool {
    matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// `a` or `an`, as `what` asks for it.
fn article(what: &str) -> &'static str {
    match what.starts_with(['a', 'e', 'i', 'o', 'u']) {
        true => "an",
        false => "a",
    }
}
