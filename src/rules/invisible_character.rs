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

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::BlockKind;

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
    let list = facts.list;
    let source = &list.source;
    let text = source.text();
    let mut from = 0;
    while let Some((start, char)) = next_invisible(text, from) {
        let rest = text.get(start..).unwrap_or_default();
        let stretch = rest.len() - rest.trim_start_matches(|next| name(next).is_some()).len();
        from = start + stretch;
        let span = source.span(start as u32, from as u32);
        let place = facts.block_at(span.start);
        let skipped = place.is_some_and(|block| {
            block.generated || matches!(block.kind, BlockKind::Code | BlockKind::FrontMatter)
        });
        if skipped {
            continue;
        }
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let after = text.get(from..).and_then(|text| text.chars().next());
        let line = source.line_content(source.line(span.start));
        let words = facts.words(line);
        // What is hidden in a destination, a tag or code is no text, and a line that names the
        // character shows it on purpose.
        let code = format!("U+{:04X}", u32::from(char));
        if !words.iter().any(|piece| piece.contains(span))
            || source.slice(line).contains(&code)
            || stretch == char.len_utf8() && is_needed(char, before, after, source.slice(line))
        {
            continue;
        }
        let what = name(char).unwrap_or("character");
        let edits = vec![Edit::delete(span)];
        let letters = [before, after]
            .iter()
            .all(|char| char.is_some_and(char::is_alphanumeric));
        let fix = match letters {
            true => Fix::needs_review("Take it out", edits),
            false => Fix::safe("Take it out", edits),
        };
        found.push(
            Diagnostic::new(
                RULE.name,
                span,
                format!("{} {what} ({code})", article(what)),
            )
            .fix(fix),
        );
    }
}

/// The first invisible character at or behind `from`.
fn next_invisible(text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    // All of them are control bytes, or begin with one of these bytes.
    while let Some(byte) = bytes.get(at) {
        if (*byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t'))
            || matches!(byte, 0x7f | 0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf0 | 0xf3)
        {
            let char = text.get(at..).and_then(|rest| rest.chars().next());
            if let Some(char) = char.filter(|&char| name(char).is_some()) {
                return Some((at, char));
            }
        }
        at += 1;
    }
    None
}

/// What an invisible character is called.
fn name(char: char) -> Option<&'static str> {
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

/// Whether a script needs `char` between `before` and `after` in `line`.
fn is_needed(char: char, before: Option<char>, after: Option<char>, line: &str) -> bool {
    let foreign = |char: Option<char>| char.is_some_and(|char| u32::from(char) >= 0x590);
    match char {
        '\u{200c}' | '\u{200d}' => foreign(before) && foreign(after),
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            line.chars().any(|char| matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
        }
        '\u{200b}' => [before, after].iter().flatten().any(|char| {
            matches!(char, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
        }),
        _ => false,
    }
}

/// `a` or `an`, as `what` asks for it.
fn article(what: &str) -> &'static str {
    match what.starts_with(['a', 'e', 'i', 'o', 'u']) {
        true => "an",
        false => "a",
    }
}
