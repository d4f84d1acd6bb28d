//! What a merged text says and where its links lead, in numbers: of millions of entries the words
//! themselves would take more memory than the entries.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashSet, FxHasher};

use super::pieces;
use crate::list::List;

/// The words and addresses that are known, each by a number of 64 bits. That a word is missing and
/// has the number of another is less likely than one in a billion, however many there are.
#[derive(Default)]
pub(super) struct Known {
    words: FxHashSet<u64>,
    urls: FxHashSet<u64>,
}

impl Known {
    /// What the text of a merge of `lists` says; `None` where it is too long to be read.
    pub(super) fn of_text(text: &str, lists: &[List]) -> Option<Self> {
        let mut known = Known {
            words: words_of(text),
            urls: FxHashSet::default(),
        };
        for piece in pieces::read(text, lists)? {
            known.words.extend(piece.words);
            known.urls.extend(piece.urls);
        }
        Some(known)
    }

    pub(super) fn add_words(&mut self, text: &str) {
        each_word(text, |word| {
            self.words.insert(word);
        });
    }

    pub(super) fn has_words(&self, text: &str) -> bool {
        let mut all = true;
        each_word(text, |word| all &= self.words.contains(&word));
        all
    }

    /// Adds an address; whether it was not known.
    pub(super) fn add_url(&mut self, url: &str) -> bool {
        self.urls.insert(number(url.as_bytes()))
    }

    pub(super) fn has_url(&self, url: &str) -> bool {
        self.urls.contains(&number(url.as_bytes()))
    }
}

/// The number of a word or an address.
pub(super) fn number(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Calls `found` with the number of each word of `text`, whatever its case.
pub(super) fn each_word(text: &str, mut found: impl FnMut(u64)) {
    let mut lower = Vec::new();
    for line in text.split('\n') {
        if line.is_ascii() {
            lower.clear();
            lower.extend_from_slice(line.as_bytes());
            lower.make_ascii_lowercase();
            let words = lower.split(|byte| !byte.is_ascii_alphanumeric());
            words
                .filter(|word| !word.is_empty())
                .map(number)
                .for_each(&mut found);
        } else {
            let line = line.to_lowercase();
            let words = line.split(|char: char| !char.is_alphanumeric());
            let words = words.filter(|word| !word.is_empty());
            words.for_each(|word| found(number(word.as_bytes())));
        }
    }
}

/// How many words are remembered as met lately, each in the place that its number says.
const RECENT: usize = 1 << 14;

/// The words of a text, its parts read side by side.
fn words_of(text: &str) -> FxHashSet<u64> {
    let mut parts = Vec::new();
    let mut rest = text;
    let length = (text.len() / rayon::current_num_threads()).max(1 << 16);
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest.as_bytes().get(length..).unwrap_or_default());
        let (part, behind) = rest.split_at(end.map_or(rest.len(), |end| length + end + 1));
        parts.push(part);
        rest = behind;
    }
    let read = |part: &&str| {
        // A set that doubles again and again moves all that it holds each time.
        let room = part.len() / 64;
        let mut words = FxHashSet::with_capacity_and_hasher(room, FxBuildHasher);
        // Most words of a text are some that came shortly before, and a set of millions is slow.
        let mut recent = vec![None; RECENT];
        each_word(part, |word| {
            let place = &mut recent[word as usize % RECENT];
            if *place != Some(word) {
                *place = Some(word);
                words.insert(word);
            }
        });
        words
    };
    let sets: Vec<FxHashSet<u64>> = parts.par_iter().map(read).collect();
    sets.into_iter()
        .reduce(|mut all, more| {
            all.extend(more);
            all
        })
        .unwrap_or_default()
}
