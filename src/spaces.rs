//! White space that says nothing: runs of it are one space, and none stands at the ends.

use std::borrow::Cow;

/// `text` with each run of white space, as Unicode has it, made one space, and none at its ends.
/// Most texts are so already and are not copied.
///
/// ```
/// use listwright::spaces::single;
/// assert_eq!(single(" a\n\t b\u{a0}c "), "a b c");
/// ```
pub fn single(text: &str) -> Cow<'_, str> {
    if are_single(text) {
        return Cow::Borrowed(text);
    }
    let mut single = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    Cow::Owned(single)
}

/// [`single`] of a text that is owned.
pub fn single_owned(text: String) -> String {
    match single(&text) {
        Cow::Owned(single) => single,
        Cow::Borrowed(_) => text,
    }
}

/// Whether a text surely has no white space but single spaces between words.
fn are_single(text: &str) -> bool {
    let mut after_space = true;
    for byte in text.bytes() {
        match byte {
            b' ' if after_space => return false,
            b'\t'..=b'\r' => return false,
            // With these begin the spaces beyond ASCII, and much else.
            0xc2 | 0xe1 | 0xe2 | 0xe3 => return is_same(text),
            _ => {}
        }
        after_space = byte == b' ';
    }
    !after_space || text.is_empty()
}

/// [`are_single`] by characters.
fn is_same(text: &str) -> bool {
    let mut after_space = true;
    for char in text.chars() {
        let is_space = char == ' ';
        if is_space && after_space || !is_space && char.is_whitespace() {
            return false;
        }
        after_space = is_space;
    }
    !after_space || text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_single_is_copied() {
        for text in ["", "a", "a b", "é ü", "– a", "あ い", "a\u{200b}b"] {
            assert!(
                matches!(single(text), Cow::Borrowed(same) if same == text),
                "{text:?}"
            );
        }
        for (text, wanted) in [
            (" ", ""),
            ("a ", "a"),
            (" a", "a"),
            ("a  b", "a b"),
            ("a\tb\r\nc", "a b c"),
            ("a\u{a0}b", "a b"),
            ("a\u{3000}い", "a い"),
            ("a\u{2028}– b", "a – b"),
            ("a\u{85}b", "a b"),
            ("a\u{1680}b", "a b"),
        ] {
            assert!(
                matches!(single(text), Cow::Owned(single) if single == wanted),
                "{text:?}"
            );
        }
    }

    #[test]
    fn every_space_begins_with_a_byte_that_is_looked_at() {
        let spaces = ('\u{80}'..=char::MAX).filter(|char| char.is_whitespace());
        for space in spaces {
            assert!(!are_single(&format!("a{space}b")), "{space:?}");
        }
    }
}
