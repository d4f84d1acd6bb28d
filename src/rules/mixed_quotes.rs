//! Quotation marks in the style that the list uses less.
//!
//! ## Why
//!
//! Words pasted from a web page bring `“` and `”` into a list that writes `"`. The two look alike
//! and a search for one does not find the other. Which style is right is for the list to say: the
//! one that clearly most of its quotation marks have. Apostrophes are no quotation marks, and in
//! Chinese and Japanese text `“` and `”` are the only ones there are.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Books
//!
//! - ["The Book of Tea"](https://example.com/1) by Okakura Kakuzō
//! - ["All the Tea in China"](https://example.com/2) by Kit Chow
//! - [“The Classic of Tea”](https://example.com/3) by Lu Yu
//! - ["For All the Tea in China"](https://example.com/4) by Sarah Rose
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Books
//!
//! - ["The Book of Tea"](https://example.com/1) by Okakura Kakuzō
//! - ["All the Tea in China"](https://example.com/2) by Kit Chow
//! - ["The Classic of Tea"](https://example.com/3) by Lu Yu
//! - ["For All the Tea in China"](https://example.com/4) by Sarah Rose
//! ```
//!
//! ## Fix
//!
//! Writes them in the style that the list uses more.

use super::{ADVICE, Check, Facts, Fixes, Group, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::{BlockKind, List};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "mixed-quotes",
    group: Group::Entries,
    level: ADVICE,
    awesome: WARNING,
    aliases: &[],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("mixed_quotes.rs"),
};

/// The share, in percent, that the style of a list has at least.
const CLEAR: usize = 70;

/// A quotation mark.
struct Mark {
    span: Span,
    curly: bool,
    /// Whether it opens, by what stands around it.
    opens: bool,
}

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let marks = marks(facts);
    let curly = marks.iter().filter(|mark| mark.curly).count();
    let most = curly.max(marks.len() - curly);
    if most == marks.len() || most * 100 < marks.len() * CLEAR {
        return;
    }
    let likes_curly = curly == most;
    let line_of = |mark: &Mark| list.source.line(mark.span.start);
    for line in marks.chunk_by(|a, b| line_of(a) == line_of(b)) {
        let rare: Vec<&Mark> = line
            .iter()
            .filter(|mark| mark.curly != likes_curly)
            .collect();
        let (Some(first), Some(last)) = (rare.first(), rare.last()) else {
            continue;
        };
        let (here, usual) = match likes_curly {
            true => ("straight", "curly"),
            false => ("curly", "straight"),
        };
        let mut diagnostic = Diagnostic::new(
            RULE.name,
            first.span.join(last.span),
            format!("{here} quotation marks in a list that writes {usual} ones"),
        );
        let pairs = rare.len().is_multiple_of(2)
            && (0..)
                .zip(&rare)
                .all(|(place, mark)| mark.opens == (place % 2 == 0));
        if !likes_curly || pairs {
            let edits = rare
                .iter()
                .map(|mark| Edit::replace(mark.span, other(mark)));
            let title = format!("Write {usual} quotation marks");
            diagnostic = diagnostic.fix(Fix::safe(title, edits.collect()));
        }
        found.push(diagnostic);
    }
}

/// The mark in the other style.
fn other(mark: &Mark) -> &'static str {
    match (mark.curly, mark.opens) {
        (true, _) => "\"",
        (false, true) => "“",
        (false, false) => "”",
    }
}

/// Whether `text` has a byte with which a quotation mark begins.
fn may_hold_marks(text: &str) -> bool {
    memchr::memchr2(b'"', "“".as_bytes()[0], text.as_bytes()).is_some()
}

/// The quotation marks in the words of the list, in order.
fn marks(facts: &Facts<'_>) -> Vec<Mark> {
    let list = facts.list;
    let mut marks = Vec::new();
    // The line looked at last, and whether it has ideographs.
    let mut known = (0, false);
    for block in &list.blocks {
        let prose = matches!(
            block.kind,
            BlockKind::Heading
                | BlockKind::Entries(_)
                | BlockKind::Bullets(_)
                | BlockKind::Paragraph
                | BlockKind::Table
                | BlockKind::Quote
        );
        if !prose || block.generated || !may_hold_marks(list.slice(block.span)) {
            continue;
        }
        for piece in facts.words(block.content) {
            let text = list.slice(piece);
            if !may_hold_marks(text) {
                continue;
            }
            for (at, text) in text.match_indices(['"', '“', '”']) {
                let start = piece.start + at as u32;
                let span = piece.with(start, start + text.len() as u32);
                let line = list.source.line(start);
                if known.0 != line {
                    let words = list.slice(list.source.line_content(line));
                    known = (line, words.contains(is_ideographic));
                }
                marks.extend(mark(list, span, text, known.1));
            }
        }
    }
    marks
}

/// The mark at `span`, unless it belongs to another script, which an `ideographic` line does, or is
/// the sign of inches.
fn mark(list: &List, span: Span, text: &str, ideographic: bool) -> Option<Mark> {
    let all = list.source.text();
    let before = all.get(..span.start as usize)?.chars().next_back();
    let after = all.get(span.end as usize..)?.chars().next();
    let curly = text != "\"";
    let native = curly && ideographic;
    let inches = !curly
        && before.is_some_and(|char| char.is_ascii_digit())
        && after.is_some_and(|char| char == ' ' || char.is_ascii_digit());
    // In German “ closes what „ opened.
    let german = text == "“" && before.is_some_and(char::is_alphanumeric);
    let opens = before.is_none_or(|char| char.is_whitespace() || "([{*_-–—/".contains(char));
    let escaped = before == Some('\\');
    (!inches && !german && !escaped && !native).then_some(Mark { span, curly, opens })
}

/// Whether a character belongs to a script that is written without spaces and has curly quotation
/// marks of its own.
fn is_ideographic(char: char) -> bool {
    matches!(char, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}
