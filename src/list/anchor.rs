//! Anchors: the names by which links reach a heading on GitHub.
//!
//! GitHub gives each heading of a page an anchor made from its rendered text, as published in the
//! table-of-contents filter of its `html-pipeline` and reproduced by `github-slugger`: lower case,
//! nothing kept but Ruby's `\p{Word}`, hyphens and spaces, spaces turned into hyphens, repeats
//! numbered. On the page every anchor, made or written by hand, carries the prefix
//! `user-content-`, and a script follows links to the name without it.

use std::borrow::Cow;
use std::sync::LazyLock;

use rapidfuzz::distance::osa;
use regex::Regex;
use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;

/// What GitHub puts before anchors on the page.
const PREFIX: &str = "user-content-";

/// The anchor of a heading whose rendered text is `text`, before repeats are numbered.
///
/// The text is what a reader sees: without the marks of emphasis, code, links and HTML, references
/// decoded, and an image standing for nothing. It is not trimmed.
///
/// ```
/// use listwright::list::anchor::slug;
/// assert_eq!(slug("C++ & Rust: what's new"), "c--rust-whats-new");
/// ```
pub fn slug(text: &str) -> String {
    /// What an anchor loses: all but Ruby's `\p{Word}` (alphabetic, mark, decimal digit or
    /// connector), hyphen and space. The recorded anchors lack letters newer than Unicode 13.
    static LOST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc} -]&&\p{Age=13.0}]")
            .expect("the pattern is constant and valid")
    });
    if text.is_ascii() {
        let kept = text
            .bytes()
            .filter(|&byte| byte.is_ascii_alphanumeric() || b"_ -".contains(&byte));
        return kept
            .map(|byte| hyphen(byte.to_ascii_lowercase().into()))
            .collect();
    }
    // Character by character, as Ruby does it: a final sigma gets no form of its own.
    let lower: String = text.chars().flat_map(char::to_lowercase).collect();
    LOST.replace_all(&lower, "").chars().map(hyphen).collect()
}

fn hyphen(character: char) -> char {
    if character == ' ' { '-' } else { character }
}

/// Gives the headings of one document their anchors, in the order of the document.
///
/// A heading whose anchor is taken gets `-1`, `-2` … behind it, whichever is free; a numbered
/// anchor is taken like any other.
///
/// ```
/// use listwright::list::anchor::Slugger;
/// let mut slugger = Slugger::default();
/// assert_eq!(slugger.next("Tools"), "tools");
/// assert_eq!(slugger.next("Tools"), "tools-1");
/// assert_eq!(slugger.next("Tools 1"), "tools-1-1");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Slugger {
    /// Each anchor given out, with the number last tried behind it. Numbers only grow, so that the
    /// search for a free one costs no more than the anchors already given out.
    given: FxHashMap<String, u32>,
}

impl Slugger {
    /// The anchor of the next heading, whose rendered text is `text`.
    pub fn next(&mut self, text: &str) -> String {
        let slug = slug(text);
        let Some(&last) = self.given.get(&slug) else {
            self.given.insert(slug.clone(), 0);
            return slug;
        };
        let mut number = last;
        let anchor = loop {
            number += 1;
            let anchor = format!("{slug}-{number}");
            if !self.given.contains_key(&anchor) {
                break anchor;
            }
        };
        self.given.insert(slug, number);
        self.given.insert(anchor.clone(), 0);
        anchor
    }
}

/// `fragment` (what follows the `#` of a link) with its percent escapes decoded.
///
/// A `%` that begins no escape stays. A fragment that decodes to something other than UTF-8 names
/// nothing and stays as it is.
pub fn decode_fragment(fragment: &str) -> Cow<'_, str> {
    if !fragment.contains('%') {
        return Cow::Borrowed(fragment);
    }
    let mut decoded = Vec::with_capacity(fragment.len());
    let mut bytes = fragment.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let escape = (byte == b'%').then(|| Some(digit(ahead.next())? * 16 + digit(ahead.next())?));
        match escape.flatten().and_then(|value| u8::try_from(value).ok()) {
            Some(value) => {
                decoded.push(value);
                bytes = ahead;
            }
            None => decoded.push(byte),
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(fragment), Cow::Owned)
}

/// The anchors that a link to `fragment` reaches, the one that is tried first in front.
///
/// These are the name itself, the name in lower case, as GitHub's script tries it, and both
/// without `user-content-`, since with it a browser needs no script. To look an anchor up in a set,
/// try each. Case matters in an anchor written by hand: `#tools` does not reach `name="Tools"`.
pub fn spellings(fragment: &str) -> impl Iterator<Item = String> {
    let name = decode_fragment(fragment);
    let lower = name.to_lowercase();
    let bare = name.strip_prefix(PREFIX).map(str::to_owned);
    let lower = Some(lower).filter(|lower| *lower != name);
    [Some(name.into_owned()), lower, bare].into_iter().flatten()
}

/// Whether a link to `fragment` (without `#`, as written) reaches `anchor`: see [`spellings`].
pub fn matches(fragment: &str, anchor: &str) -> bool {
    fragment == anchor || spellings(fragment).any(|spelling| spelling == anchor)
}

/// The one of `known` that `wanted` is most likely a misspelling of, if any is likely.
///
/// Likely means: the same letters and digits with other punctuation; or as many words, each near
/// its counterpart; or, with a word more or less, nearly the same letters. Numbers must agree:
/// `year-2019` is no misspelling of `year-2020`. Of several the nearest by edit distance (with
/// transpositions) counts, of equally near ones the first.
///
/// ```
/// use listwright::list::anchor::nearest;
/// let known = ["books", "conferences"];
/// assert_eq!(nearest("confrences", known), Some("conferences"));
/// assert_eq!(nearest("blogs", known), None);
/// ```
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Known::new(known).nearest(wanted)
}

/// Anchors that several names are compared with: each is taken apart once.
pub struct Known<'a> {
    names: Vec<(Name, &'a str)>,
}

impl<'a> Known<'a> {
    /// The longest name, in bytes, that is compared: anchors are shorter, and the comparison of two
    /// costs the product of their lengths.
    const LONGEST: usize = 256;

    /// The anchors `known`.
    pub fn new(known: impl IntoIterator<Item = &'a str>) -> Known<'a> {
        let near = known.into_iter().filter(|one| one.len() <= Self::LONGEST);
        Known {
            names: near.map(|one| (Name::new(one), one)).collect(),
        }
    }

    /// The one that `wanted` is most likely a misspelling of, as [`nearest`] has it.
    pub fn nearest(&self, wanted: &str) -> Option<&'a str> {
        if wanted.len() > Self::LONGEST {
            return None;
        }
        let wanted = Name::new(&decode_fragment(wanted));
        let near = self.names.iter();
        near.filter_map(|(name, known)| Some((wanted.distance(name)?, *known)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known)
    }
}

/// An anchor taken apart to be compared.
struct Name {
    /// In lower case, as characters.
    whole: Vec<char>,
    /// Runs of letters, digits and marks.
    words: Vec<Vec<char>>,
    /// The words without what lies between them.
    letters: Vec<char>,
    /// All decimal digits in a row.
    digits: String,
}

impl Name {
    fn new(name: &str) -> Name {
        let whole: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
        let words: Vec<Vec<char>> = whole
            .split(|&character| !is_of_word(character))
            .filter(|word| !word.is_empty())
            .map(<[char]>::to_vec)
            .collect();
        let letters = words.concat();
        let digits = letters
            .iter()
            .filter(|letter| letter.is_numeric())
            .collect();
        Name {
            whole,
            words,
            letters,
            digits,
        }
    }

    /// How far `other` is from this name; `None` if it is no likely misspelling.
    ///
    /// First counts the distance of the letters, then that of the punctuation too.
    fn distance(&self, other: &Name) -> Option<(usize, usize)> {
        #[cfg(test)]
        crate::source::counted::add(other.whole.len());
        if self.letters.is_empty() || other.letters.is_empty() {
            return None;
        }
        let letters = if self.letters == other.letters {
            0
        } else if let Some(distance) = self.repeat_distance(other) {
            distance
        } else if self.digits != other.digits {
            return None;
        } else if self.words.len() == other.words.len() {
            let pairs = self.words.iter().zip(&other.words);
            pairs
                .map(|(word, other)| word_distance(word, other))
                .sum::<Option<usize>>()?
        } else {
            let longer = self.letters.len().max(other.letters.len());
            within(&self.letters, &other.letters, longer / 6)?
        };
        let whole = osa::distance(self.whole.iter().copied(), other.whole.iter().copied());
        Some((letters, whole))
    }

    /// The distance of two names of which one is the other with the number of a repeat behind it.
    fn repeat_distance(&self, other: &Name) -> Option<usize> {
        let (short, long) = if self.words.len() < other.words.len() {
            (self, other)
        } else {
            (other, self)
        };
        let (number, stem) = long.words.split_last()?;
        let repeated = stem == short.words.as_slice() && number.iter().all(char::is_ascii_digit);
        repeated.then_some(number.len())
    }
}

/// Whether `character` is of a word; variation selectors, which emoji leave in anchors, are not.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric()
        || (is_combining_mark(character) && !('\u{fe00}'..='\u{fe0f}').contains(&character))
}

/// The distance of two words, if the one may be a misspelling of the other.
///
/// A short word has too many neighbours that mean something else (`math` and `path`, `css` and
/// `cms`): up to three letters must be equal, up to seven may differ in one that is not the first.
fn word_distance(word: &[char], other: &[char]) -> Option<usize> {
    if word == other {
        return Some(0);
    }
    match word.len().max(other.len()) {
        0..=3 => None,
        4..=7 if word.first() != other.first() => None,
        4..=7 => within(word, other, 1),
        length => within(word, other, length / 4),
    }
}

/// The edit distance of two texts, if it is at most `most`.
fn within(one: &[char], other: &[char], most: usize) -> Option<usize> {
    let arguments = osa::Args::default().score_cutoff(most);
    osa::distance_with_args(one.iter().copied(), other.iter().copied(), &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One heading of the recorded document: what is written and what GitHub made of it.
    #[derive(serde::Deserialize)]
    struct Case {
        input: String,
        expected: String,
        name: String,
    }

    #[derive(serde::Deserialize)]
    struct Document {
        cases: Vec<Case>,
    }

    #[test]
    fn headings_get_the_anchors_that_github_gave_them() {
        let shared = std::env::var("LISTWRIGHT_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_string());
        let Ok(text) = std::fs::read_to_string(format!("{shared}/acceptance/anchors.json")) else {
            eprintln!("no recorded anchors in {shared}: skipped");
            return;
        };
        let document: Document = serde_json::from_str(&text).expect("recorded anchors");
        assert!(document.cases.len() > 50);
        let mut slugger = Slugger::default();
        for case in document.cases {
            assert_eq!(slugger.next(&case.input), case.expected, "{}", case.name);
        }
    }

    #[test]
    fn an_anchor_keeps_words_hyphens_and_spaces() {
        assert_eq!(slug("⚙️ CI/CD\t& \u{a0}more"), "\u{fe0f}-cicd-more");
        assert_eq!(slug("İΑΣ\n\0x ① ⅳ हिन्दी"), "i\u{307}ασx--ⅳ-हिन्दी");
        assert_eq!(slug(""), "");
    }

    #[test]
    fn repeats_take_the_next_free_number() {
        let mut slugger = Slugger::default();
        let headings = ["A-2", "A", "A", "a", "A 1", "", "", "!"];
        let anchors = headings.map(|heading| slugger.next(heading));
        assert_eq!(anchors, ["a-2", "a", "a-1", "a-3", "a-1-1", "", "-1", "-2"]);
    }

    #[test]
    fn a_hundred_thousand_repeats_are_numbered_in_linear_time() {
        let mut slugger = Slugger::default();
        for number in 1..100_000 {
            slugger.next(&format!("a {number}"));
        }
        for _ in 0..100_000 {
            slugger.next("a");
        }
        assert_eq!(slugger.next("a"), "a-199999");
    }

    #[test]
    fn a_link_reaches_an_anchor_as_on_github() {
        assert!(matches("tools", "tools") && matches("Tools", "tools"));
        assert!(matches("Tools", "Tools") && !matches("tools", "Tools"));
        assert!(matches("user-content-tools", "tools"));
        assert!(matches("%D0%9F%d1%80%D0%B8", "при") && matches("%EF%B8%8F-x", "\u{fe0f}-x"));
        assert!(matches("100%-%zz", "100%-%zz") && matches("%ff", "%ff") && !matches("%ff", "ÿ"));
        assert!(!matches("tool", "tools") && !matches("", "x"));
        assert_eq!(spellings("%41-é").collect::<Vec<_>>(), ["A-é", "a-é"]);
        assert_eq!(decode_fragment("%"), "%");
        assert_eq!(decode_fragment("%4"), "%4");
        assert_eq!(decode_fragment("%é%41"), "%éA");
    }

    #[test]
    fn the_nearest_anchor_is_a_plausible_one() {
        for (wanted, known, expected) in [
            ("confrences", "conference;conferences", "conferences"),
            (
                "recommender-&-systems",
                "recommender--systems",
                "recommender--systems",
            ),
            ("linux-news-", "linux-news", "linux-news"),
            ("sql-lite", "sqlite", "sqlite"),
            ("canales-de-irc", "canales-irc", "canales-irc"),
            (
                "gestors-de-pantallas",
                "gestores-de-pantallas",
                "gestores-de-pantallas",
            ),
            ("%E2%9A%99%EF%B8%8F-tools", "tools", "tools"),
            ("tools-1", "tools", "tools"),
            ("toosl", "tolls;tools", "tools"),
            ("back-end", "backend;back--end", "backend"),
            ("year-2019", "year-2020", ""),
            ("part-1", "part-2", ""),
            ("industry-strength-nlp", "industry-strength-robotics", ""),
            (
                "javascript-web-scraping",
                "java-web-scraping;golang-web-scraping",
                "",
            ),
            ("authorization", "authentication", ""),
            ("project", "profile", ""),
            ("math", "path;maps", ""),
            ("c", "d;c-1x", ""),
            ("", "a;;-", ""),
            ("---", "a;--", ""),
        ] {
            let expected = Some(expected).filter(|expected| !expected.is_empty());
            assert_eq!(nearest(wanted, known.split(';')), expected, "{wanted}");
        }
    }

    #[test]
    fn hostile_names_are_compared_in_bounded_time() {
        let long = "a-".repeat(500_000);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(nearest("abc\0\u{202e}", [long.as_str(), "\u{202e}"]), None);
        assert_eq!(slug(&long).len(), long.len());
    }
}
