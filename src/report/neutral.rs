//! Text of lists made harmless to look at: nothing in it steers a terminal, hides, turns the
//! reading direction around or is a command to a CI runner.
//!
//! A character that would do so is shown by its number, `<U+202E>`. Everything else stays as it is.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` as one line: line endings and tabs become spaces, dangerous characters stand-ins.
///
/// Use it for messages, labels, titles and the names of files.
pub fn line(text: &str) -> Cow<'_, str> {
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    let mut cleaner = Cleaner::default();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\t' => cleaner.push(' '),
            _ => cleaner.push(character),
        }
    }
    Cow::Owned(cleaner.finish())
}

/// `path` as one line that cannot be read as a workflow command where it begins a line.
pub fn path(path: &str) -> Cow<'_, str> {
    let shown = line(path);
    if begins_command(&shown) {
        return Cow::Owned(format!("./{shown}"));
    }
    shown
}

/// Whether a line that consists of `text` would be read as a workflow command (`::error::…`).
///
/// GitHub's runner takes white space off the front before it looks.
pub fn begins_command(text: &str) -> bool {
    text.trim_start().starts_with("::")
}

/// Whether `character` must not be shown as it is: C0 and C1 controls, bidirectional controls and
/// characters without ink, except the variation selectors that emoji are written with.
pub fn is_dangerous(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    matches!(
        u32::from(character),
        0x80..=0x9f
            | 0xad
            | 0x34f
            | 0x61c
            | 0x115f..=0x1160
            | 0x17b4..=0x17b5
            | 0x180b..=0x180f
            | 0x200b..=0x200f
            | 0x2028..=0x202e
            | 0x2060..=0x206f
            | 0x3164
            | 0xfeff
            | 0xffa0
            | 0xfff0..=0xfffb
            | 0xfffe..=0xffff
            | 0x1bca0..=0x1bca3
            | 0x1d173..=0x1d17a
            | 0xe0000..=0xe0fff
    )
}

/// Whether no character of `text` needs a stand-in.
pub(super) fn is_harmless(text: &str) -> bool {
    !text.chars().any(is_dangerous) && !text.contains("##")
}

/// Collects characters and replaces those that are dangerous, alone or by what stands before them.
///
/// Tabs and line endings are dangerous too: a caller that wants them writes them itself.
#[derive(Debug)]
pub(super) struct Cleaner {
    text: String,
    stand_in: fn(&mut String, char),
}

impl Default for Cleaner {
    fn default() -> Self {
        Cleaner::with(number)
    }
}

/// Adds `character` as its number, `<U+202E>`.
fn number(text: &mut String, character: char) {
    write!(text, "<U+{:04X}>", u32::from(character)).expect("writing to a string cannot fail");
}

impl Cleaner {
    /// The longest name between `##` and `[` that is looked for, as in Azure's `##vso[`.
    const LONGEST_COMMAND: usize = 16;

    /// A cleaner that adds dangerous characters by `stand_in`.
    pub(super) fn with(stand_in: fn(&mut String, char)) -> Self {
        Cleaner {
            text: String::new(),
            stand_in,
        }
    }

    /// Adds `character` or its stand-in.
    pub(super) fn push(&mut self, character: char) {
        if is_dangerous(character) || (character == '[' && self.is_command_begun()) {
            self.push_stand_in(character);
        } else {
            self.text.push(character);
        }
    }

    /// Adds `text` as it is.
    pub(super) fn push_own(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds the stand-in of `character`.
    pub(super) fn push_stand_in(&mut self, character: char) {
        (self.stand_in)(&mut self.text, character);
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Whether the text ends in `##` or `##name`, which a `[` would make a command anywhere in a
    /// line: GitHub's old form, Azure's `##vso[`, TeamCity's `##teamcity[`.
    fn is_command_begun(&self) -> bool {
        let bytes = self.text.as_bytes();
        let name = bytes
            .iter()
            .rev()
            .take(Self::LONGEST_COMMAND)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        bytes
            .get(..bytes.len() - name)
            .is_some_and(|before| before.ends_with(b"##"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_by_its_number() {
        assert_eq!(
            line("a\u{1b}[31mb\u{7}\0"),
            "a<U+001B>[31mb<U+0007><U+0000>"
        );
        assert_eq!(line("\u{9b}31m\u{7f}"), "<U+009B>31m<U+007F>");
        assert_eq!(line("x\u{202e}gpj.exe\u{2066}"), "x<U+202E>gpj.exe<U+2066>");
        assert_eq!(
            line("zero\u{200b}width\u{feff}"),
            "zero<U+200B>width<U+FEFF>"
        );
    }

    #[test]
    fn line_endings_become_spaces_but_a_lone_return_is_shown() {
        assert_eq!(line("a\nb\r\nc\td"), "a b c d");
        assert_eq!(line("safe\rEVIL"), "safe<U+000D>EVIL");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        for text in ["plain", "Übung 中文 ❤️ é", "# [link](u)", "a::b"] {
            assert!(matches!(line(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn commands_that_are_obeyed_anywhere_in_a_line_are_broken() {
        assert_eq!(line("##[error]x"), "##<U+005B>error]x");
        assert_eq!(line("a ###[b"), "a ###<U+005B>b");
        assert_eq!(line("##vso[task.x]"), "##vso<U+005B>task.x]");
        assert_eq!(line("## [link](u) ## x"), "## [link](u) ## x");
    }

    #[test]
    fn a_path_does_not_begin_a_command() {
        assert_eq!(path("::add-mask::a.md"), "./::add-mask::a.md");
        assert_eq!(path(" ::x"), "./ ::x");
        assert_eq!(path("a::b.md"), "a::b.md");
    }
}
