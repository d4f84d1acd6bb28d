//! How two titles stand to each other.

use rapidfuzz::fuzz;

use super::TitleKey;

/// How two titles stand to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TitleRelation {
    /// The same words, however they are spaced.
    Equal,
    /// The same words in another order, with other articles or endings, with a remark in
    /// parentheses, or with one word misspelt.
    Rephrased,
    /// All words of one stand in the other.
    Contains,
    /// So similar in their sets of words, 0 to 1.
    Similar(f64),
    /// Nothing alike.
    Different,
}

/// Below this, titles have nothing to do with each other.
const ALIKE: f64 = 0.6;

impl TitleRelation {
    /// Whether the titles can be two spellings of one: equal, one within the other, or as similar
    /// as titles of one work were measured to be.
    pub fn agrees(self) -> bool {
        match self {
            TitleRelation::Equal | TitleRelation::Rephrased | TitleRelation::Contains => true,
            TitleRelation::Similar(score) => score >= 0.85,
            TitleRelation::Different => false,
        }
    }
}

/// How two titles stand to each other. What [`TitleKey::attributes`] holds is not compared.
pub fn compare(a: &TitleKey, b: &TitleKey) -> TitleRelation {
    if a.joined().is_empty() || b.joined().is_empty() {
        return TitleRelation::Different;
    }
    if a.joined() == b.joined() {
        return TitleRelation::Equal;
    }
    let (short, long) = if a.words().len() <= b.words().len() {
        (a, b)
    } else {
        (b, a)
    };
    let (few, many) = (short.word_set(), long.word_set());
    let (common, only_few): (Vec<&str>, Vec<&str>) = few
        .iter()
        .partition(|word| many.binary_search(word).is_ok());
    let only_many: Vec<_> = many
        .iter()
        .filter(|word| few.binary_search(word).is_err())
        .copied()
        .collect();
    if a.main() == b.main() && !a.main().is_empty() {
        return TitleRelation::Rephrased;
    }
    let telling = common
        .iter()
        .map(|word| word.chars().count())
        .sum::<usize>()
        > 3;
    if only_few.is_empty() && telling {
        return match only_many.is_empty() {
            true => TitleRelation::Rephrased,
            false => TitleRelation::Contains,
        };
    }
    if contains_name(long.joined(), short.joined()) {
        return TitleRelation::Contains;
    }
    let loose = a.loose();
    if loose == b.loose() && !loose.is_empty() {
        return TitleRelation::Rephrased;
    }
    if is_misspelt(a, b, &only_few, &only_many) {
        return TitleRelation::Rephrased;
    }
    match set_similarity(&common, &only_few, &only_many) {
        score if score >= ALIKE => TitleRelation::Similar(score),
        _ => TitleRelation::Different,
    }
}

/// Whether two long titles differ in one word that begins alike and is nearly the same: a slip of
/// the pen. Numbers are never misspelt.
fn is_misspelt(a: &TitleKey, b: &TitleKey, only_a: &[&str], only_b: &[&str]) -> bool {
    let ([word], [other]) = (only_a, only_b) else {
        return false;
    };
    let long = [a, b]
        .iter()
        .all(|title| title.joined().chars().count() >= 12);
    long && a.numbers() == b.numbers()
        && word.chars().next() == other.chars().next()
        && fuzz::ratio(word.chars(), other.chars()) >= 0.8
}

/// Whether a name of some length stands at an end of another: `AndroidNetworking` and
/// `FastAndroidNetworking`.
fn contains_name(long: &str, short: &str) -> bool {
    short.chars().count() >= 8 && (long.starts_with(short) || long.ends_with(short))
}

/// The similarity of two sets of words: of what they share with each of the two, and of the two.
fn set_similarity(common: &[&str], only_a: &[&str], only_b: &[&str]) -> f64 {
    let join = |rest: &[&str]| {
        let words: Vec<_> = common.iter().chain(rest).copied().collect();
        words.join(" ")
    };
    let (shared, a, b) = (join(&[]), join(only_a), join(only_b));
    let ratio = |a: &str, b: &str| fuzz::ratio(a.chars(), b.chars());
    let mut score = ratio(&a, &b);
    if !shared.is_empty() {
        score = score.max(ratio(&shared, &a)).max(ratio(&shared, &b));
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Options;

    fn relation(a: &str, b: &str) -> TitleRelation {
        let [a, b] = [a, b].map(|title| TitleKey::new(title, &Options::default()));
        assert_eq!(compare(&a, &b), compare(&b, &a));
        compare(&a, &b)
    }

    #[test]
    fn titles_are_equal_however_they_are_spaced_and_marked() {
        for (a, b) in [
            ("faster-whisper", "Faster Whisper"),
            (
                "CS 329S: Machine Learning Systems Design",
                "CS329S: Machine Learning Systems Design",
            ),
            ("What’s your ML test score?", "What's your ML Test Score"),
            ("Open Game Art", "OpenGameArt"),
            ("Node.js", "NodeJS"),
        ] {
            assert_eq!(relation(a, b), TitleRelation::Equal, "{a} {b}");
        }
    }

    #[test]
    fn near_titles_are_told_from_equal_ones() {
        assert_eq!(
            relation("KeystoneML", "KeystoneML Website"),
            TitleRelation::Contains
        );
        assert_eq!(
            relation(
                "Bayesian Methods for Hackers (using pyMC)",
                "Bayesian Methods for Hackers"
            ),
            TitleRelation::Rephrased
        );
        assert_eq!(
            relation("japanese-roberta-base", "roberta-base-japanese"),
            TitleRelation::Rephrased
        );
        assert!(!matches!(relation("C", "C++"), TitleRelation::Equal));
        assert!(!matches!(
            relation("Vue 2.0", "Vue 20"),
            TitleRelation::Equal
        ));
        for (a, b) in [
            (
                "Casual Inference for Data Science",
                "Causal Inference for Data Science",
            ),
            (
                "A Guide to Interview Questions",
                "The Guide to Interviews Questions",
            ),
        ] {
            assert_eq!(relation(a, b), TitleRelation::Rephrased, "{a} {b}");
        }
        let opposite = relation(
            "Supervised Learning Methods",
            "Unsupervised Learning Methods",
        );
        assert_ne!(opposite, TitleRelation::Rephrased);
        assert!(!relation("Rubrix", "Argilla").agrees());
        assert!(relation("Redis design patterns", "Redis applied design patterns").agrees());
    }
}
