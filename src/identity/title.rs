//! Title keys: when two titles are equal, when one contains the other, what speaks against it.

mod attributes;
mod compare;
mod generic;
mod words;

pub use attributes::Attributes;
pub(in crate::identity) use attributes::{language_named, year};
pub use compare::{TitleRelation, compare};
pub use generic::Generic;
pub(in crate::identity) use words::{fold, without_marks, words};

use super::Options;

/// What is compared of one title.
#[derive(Debug, Clone)]
pub struct TitleKey {
    words: Box<str>,
    /// The words written as one, where there are several.
    joined: Option<Box<str>>,
    /// Those before a remark, where there is one.
    main: Option<Box<str>>,
    numbers: Box<[Box<str>]>,
    generic: Option<Generic>,
    /// What the title says besides the work's name.
    pub attributes: Attributes,
}

impl TitleKey {
    /// The key of a title, given as a reader sees it: no markup, no images.
    pub fn new(title: &str, options: &Options) -> TitleKey {
        let folded = words::fold(title);
        let (name, attributes) = attributes::take(&folded);
        let words = words::words(name);
        let joined = words::joined(&words);
        let main = words::joined(&words::words(attributes::without_remark(name)));
        TitleKey {
            main: (main != joined).then(|| main.into()),
            generic: generic::of(&words, &folded, options),
            numbers: words::numbers(&words).into(),
            joined: (joined != words).then(|| joined.into()),
            words: words.into(),
            attributes,
        }
    }

    /// The words in lower case, one space between them.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The words written as one: equal for titles that are equal.
    pub fn joined(&self) -> &str {
        self.joined.as_deref().unwrap_or(&self.words)
    }

    /// The words before a remark in parentheses at the end, written as one.
    pub fn main(&self) -> &str {
        self.main.as_deref().unwrap_or_else(|| self.joined())
    }

    /// The words without articles, diacritics, the `s` of a plural and a leading `awesome`.
    pub fn loose(&self) -> String {
        words::loose(&self.words)
    }

    /// The different words in alphabetical order.
    pub fn word_set(&self) -> Vec<&str> {
        let mut set: Vec<_> = self
            .words
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect();
        set.sort_unstable();
        set.dedup();
        set
    }

    /// The numbers among the words, in their order.
    pub fn numbers(&self) -> &[Box<str>] {
        &self.numbers
    }

    /// Why the title is no evidence by itself, if it is none.
    pub fn generic(&self) -> Option<Generic> {
        self.generic
    }

    /// How many words the title has.
    pub fn word_count(&self) -> usize {
        self.words
            .split(' ')
            .filter(|word| !word.is_empty())
            .count()
    }
}
