//! The words of a title in one spelling: letter case, forms of letters, marks and punctuation.

use std::borrow::Cow;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in lower case and compatibility form (NFKC), with straight quotation marks, one kind of
/// dash, plain spaces and nothing invisible.
pub(in crate::identity) fn fold(text: &str) -> String {
    if text.is_ascii() {
        let text: String = text.chars().map(plain_character).collect();
        return text.to_ascii_lowercase();
    }
    let visible = text
        .chars()
        .filter(|c| !is_invisible(*c) && !matches!(c, '™' | '®' | '©'));
    visible
        .nfkc()
        .default_case_fold()
        .nfkc()
        .map(plain_character)
        .collect()
}

fn plain_character(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '´' | '`' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '「' | '」' | '『' | '』' | '《' | '》' => {
            '"'
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Characters that nobody sees: soft hyphens, joiners, marks of direction, selectors of variants.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{20e3}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// The words of a folded text, one space between them.
///
/// What makes a name stays in a word: `c++`, `c#`, `.net`, `node.js`, `2.0`. Apostrophes vanish,
/// `&` is `and`, `@` between spaces is `at`; everything else that is no letter or digit parts words.
pub(in crate::identity) fn words(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len());
    let mut characters = folded.chars().peekable();
    let mut last = ' ';
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let in_word = is_word(last) || matches!(last, '+' | '#');
        if is_word(c) {
            words.push(c);
        } else if c == '\'' && in_word && is_word(next) {
            // `what's` and `whats` are one word; the last character stays what it was.
            continue;
        } else if is_kept(c, last, next) {
            words.push(c);
        } else {
            if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
            match c {
                '&' => words.push_str("and "),
                '@' if last == ' ' && next == ' ' => words.push_str("at "),
                _ => {}
            }
        }
        last = c;
    }
    words.truncate(words.trim_end().len());
    words
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a sign belongs to the word around it.
fn is_kept(c: char, last: char, next: char) -> bool {
    match c {
        '.' => is_word(next) && (is_word(last) || last == ' ' && next.is_alphabetic()),
        '+' => (is_word(last) || last == '+') && (next == '+' || last == '+' || !is_word(next)),
        '#' => is_word(last) && !is_word(next),
        _ => false,
    }
}

/// The words written as one, so that `faster-whisper`, `Faster Whisper` and `FasterWhisper` agree.
/// A point is kept between digits only.
pub(super) fn joined(words: &str) -> String {
    let mut joined = String::with_capacity(words.len());
    let mut last = ' ';
    let mut characters = words.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let decimal = last.is_ascii_digit() && next.is_ascii_digit();
        if c != ' ' && (c != '.' || decimal) {
            joined.push(c);
        }
        last = c;
    }
    joined
}

/// The words without diacritics.
pub(in crate::identity) fn without_marks(words: &str) -> Cow<'_, str> {
    match words.is_ascii() {
        true => Cow::Borrowed(words),
        false => Cow::Owned(
            words
                .nfd()
                .filter(|c| !is_combining_mark(*c))
                .nfc()
                .collect(),
        ),
    }
}

/// The words without articles, diacritics, the `s` of a plural and a leading `awesome`.
pub(super) fn loose(words: &str) -> String {
    let plain = without_marks(words);
    let words = plain
        .split(' ')
        .filter(|word| !matches!(*word, "a" | "an" | "the"));
    let kept: Vec<_> = words.map(singular).collect();
    match &kept[..] {
        ["awesome", rest @ ..] if !rest.is_empty() => rest.join(" "),
        _ => kept.join(" "),
    }
}

fn singular(word: &str) -> &str {
    let ends = ["ss", "us", "is"];
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !ends.iter().any(|end| word.ends_with(end)) => stem,
        _ => word,
    }
}

/// The numbers among the words, in their order: `2.8` of `2.8b`, `3` of `iii`.
pub(super) fn numbers(words: &str) -> Vec<Box<str>> {
    let mut numbers = Vec::new();
    for word in words.split(' ') {
        let roman = ["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
        // A lone `v` is a letter more often than a number.
        if let Some(at) = roman
            .iter()
            .position(|numeral| *numeral == word && word.len() > 1)
        {
            numbers.push((at + 2).to_string().into());
            continue;
        }
        let parts = word.split(|c: char| !c.is_numeric() && c != '.');
        let parts = parts
            .map(|part| part.trim_matches('.'))
            .filter(|part| !part.is_empty());
        numbers.extend(parts.map(Box::from));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(title: &str) -> String {
        words(&fold(title))
    }

    #[test]
    fn titles_fold_to_words() {
        for (title, expected) in [
            ("What’s your ML Test Score?", "whats your ml test score"),
            ("C++ & C# — .NET, Node.js", "c++ and c# .net node.js"),
            ("Ｆｕｌｌ\u{200b}width ﬁle", "fullwidth file"),
            ("faster-whisper_v2.0!", "faster whisper v2.0"),
            ("Exploring Data @ Netflix", "exploring data at netflix"),
            ("STRASSE Straße", "strasse strasse"),
            ("a+b C++11 F#.", "a b c++11 f#"),
            ("日本語 モデル", "日本語 モデル"),
            ("...", ""),
        ] {
            assert_eq!(key(title), expected, "{title}");
        }
    }

    #[test]
    fn further_keys_leave_out_more() {
        assert_eq!(joined("node.js 2.0 c++"), "nodejs2.0c++");
        assert_eq!(loose("awesome the cafés"), "cafe");
        assert_eq!(loose("corpus class css apps"), "corpus class css app");
        assert_eq!(loose("awesome"), "awesome");
        assert_eq!(
            numbers("gpt4 2.8b part ii v0.1"),
            ["4", "2.8", "2", "0.1"].map(Box::from)
        );
    }
}
