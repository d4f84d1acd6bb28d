//! Text of a list as an editor shows it: short, in one line, and as Markdown without effect.

use crate::list::{Entry, List};
use crate::report::neutral;

/// Characters of a name that are shown.
const LONGEST: usize = 120;

/// What an entry is called: its title, else its words.
pub(super) fn name(list: &List, entry: &Entry) -> String {
    let title = entry.title.as_ref().map(|title| title.text.as_str());
    let title = title.filter(|title| !title.trim().is_empty());
    short(title.unwrap_or_else(|| list.slice(entry.content)))
}

/// `text` in one line of bounded length; never empty, which editors refuse.
pub(super) fn short(text: &str) -> String {
    let text = text.trim();
    let cut = text.char_indices().nth(LONGEST).map(|(at, _)| at);
    let shown = cut.and_then(|cut| text.get(..cut)).unwrap_or(text);
    let shown = neutral::line(shown).trim().to_owned();
    match (shown.is_empty(), cut) {
        (true, _) => "(no words)".to_owned(),
        (false, Some(_)) => format!("{shown}…"),
        (false, None) => shown,
    }
}

/// `text` so that Markdown shows it as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// `text` as a code span of Markdown, whatever backticks it holds.
pub(super) fn code(text: &str) -> String {
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_short_and_never_empty() {
        assert_eq!(short(" a\nb "), "a b");
        assert_eq!(short(" \n"), "(no words)");
        assert_eq!(short(&"é".repeat(500)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn markdown_of_a_list_has_no_effect() {
        assert_eq!(escaped("[a](b)<i>é"), r"\[a\]\(b\)\<i\>é");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
    }
}
