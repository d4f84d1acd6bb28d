//! Pairs of titles with similar sets of words: an exact join, no pair missed unless thousands of long
//! titles share each of their words.
//!
//! Two titles of up to eight words of which four fifths are shared differ in one word that only one of
//! them has: leaving out each word in turn finds the other one by its number. Of longer ones two share
//! a word among the first `n - ceil(t * n) + 1` words of each, `t` being the share, if the words of
//! both are in one global order; with rare words first, few share such a word. (Bayardo, Ma, Srikant
//! 2007; Xiao et al. 2008.)

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

/// The similarity from which on a pair is proposed, as a fraction.
const SIMILAR: (usize, usize) = (4, 5);

/// How many words a title has at most that is similar to none but those with one word more or less.
const SHORT: usize = 8;

/// How many sets that hold a word are compared with one that comes later, those nearest to it in
/// length. Rare words come first: a pair that is missed shares no word that fewer sets have.
const MOST_HOLDERS: usize = 2_000;

/// The words of a title without their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Set {
    /// How many different words there are.
    count: usize,
    /// The sum of the words' numbers, the same in any order. Two sets of one sum would propose a
    /// pair too many, which the judgement on it sorts out.
    sum: u64,
    /// The position of the title.
    at: usize,
}

/// Pairs of positions in `titles` of which at least four fifths of all words are shared, each pair
/// once, in ascending order. Of titles with equal words only the first is proposed with
/// each of the others.
pub(super) fn similar(titles: &[&str]) -> Vec<(usize, usize)> {
    let sets = titles
        .par_iter()
        .enumerate()
        .map_init(Vec::new, |numbers, (at, title)| {
            read_numbers(title, numbers);
            let sum = numbers
                .iter()
                .fold(0, |sum: u64, &number| sum.wrapping_add(number));
            Set {
                count: numbers.len(),
                sum,
                at,
            }
        });
    let mut sets: Vec<Set> = sets.filter(|set| set.count > 1).collect();
    sets.par_sort_unstable();
    let mut pairs = Vec::new();
    let mut distinct: Vec<Set> = Vec::new();
    for equal in sets.chunk_by(|a, b| (a.count, a.sum) == (b.count, b.sum)) {
        pairs.extend(equal[1..].iter().map(|set| (equal[0].at, set.at)));
        distinct.extend(equal.first());
    }
    drop(sets);
    pairs.par_extend(one_word_apart(titles, &distinct));
    // The longest of the short ones are similar to some of the others.
    let long = distinct.partition_point(|set| set.count < SHORT);
    let long: Vec<usize> = distinct[long..].iter().map(|set| set.at).collect();
    let words = numbered(long.iter().map(|&at| titles[at]));
    pairs.extend(
        similar_sets(&words)
            .into_iter()
            .map(|(a, b)| ordered(long[a], long[b])),
    );
    pairs.par_sort_unstable();
    pairs
}

fn ordered(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// The numbers of the different words of a title.
fn read_numbers(title: &str, numbers: &mut Vec<u64>) {
    numbers.clear();
    numbers.extend(words(title).map(number));
    numbers.sort_unstable();
    numbers.dedup();
}

/// A number for a word whose sums with others tell sets apart (the last steps of SplitMix64).
fn number(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    let number = hasher.finish();
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// The pairs of short titles that are similar: one has all words of the other, and one more.
fn one_word_apart(titles: &[&str], distinct: &[Set]) -> Vec<(usize, usize)> {
    // Of three words and four, three quarters are shared.
    let fewest = SIMILAR.0;
    let of_count = |count: usize| distinct.partition_point(|set| set.count < count);
    let shorter = &distinct[of_count(fewest)..of_count(SHORT)];
    let longer = &distinct[of_count(fewest + 1)..of_count(SHORT + 1)];
    let by_sum: FxHashMap<u64, &Set> = shorter.iter().map(|set| (set.sum, set)).collect();
    let pairs = longer.par_iter().map_init(Vec::new, |numbers, set| {
        read_numbers(titles[set.at], numbers);
        let others = numbers
            .iter()
            .filter_map(|number| by_sum.get(&set.sum.wrapping_sub(*number)));
        let others = others.filter(|other| other.count + 1 == set.count);
        others
            .map(|other| ordered(other.at, set.at))
            .collect::<Vec<_>>()
    });
    pairs.flatten_iter().collect()
}

/// Pairs of positions in `sets` of which at least four fifths of all words are shared, each pair
/// once. No two sets are equal.
fn similar_sets(sets: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..sets.len()).collect();
    order.sort_by(|&a, &b| (sets[a].len(), &sets[a], a).cmp(&(sets[b].len(), &sets[b], b)));
    let mut pairs = Vec::new();
    let mut holders: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut seen: FxHashMap<usize, ()> = FxHashMap::default();
    for &at in &order {
        let set = &sets[at];
        let shortest = least(set.len());
        seen.clear();
        for &word in &set[..set.len() - shortest + 1] {
            let before = holders.entry(word).or_default();
            // Sets come in ascending length, so the short ones stand in front.
            let fit = before.partition_point(|&other| sets[other].len() < shortest);
            let fit = fit.max(before.len().saturating_sub(MOST_HOLDERS));
            for &other in &before[fit..] {
                if seen.insert(other, ()).is_none() && shared_enough(&sets[other], set) {
                    pairs.push((other, at));
                }
            }
            before.push(at);
        }
    }
    pairs
}

/// The fewest words that a set similar to one of `length` words shares with it.
fn least(length: usize) -> usize {
    (length * SIMILAR.0).div_ceil(SIMILAR.1).max(1)
}

fn shared_enough(a: &[u32], b: &[u32]) -> bool {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    shared * SIMILAR.1 >= (a.len() + b.len() - shared) * SIMILAR.0
}

/// The words of each title as numbers, rare words first, each word once.
fn numbered<'w>(titles: impl Iterator<Item = &'w str> + Clone) -> Vec<Vec<u32>> {
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    for word in titles.clone().flat_map(words) {
        *counts.entry(word).or_insert(0) += 1;
    }
    let mut ranked: Vec<(u32, &str)> = counts.iter().map(|(&word, &count)| (count, word)).collect();
    ranked.sort_unstable();
    let rank: FxHashMap<&str, u32> = ranked.iter().map(|&(_, word)| word).zip(0..).collect();
    titles
        .map(|title| {
            let mut set: Vec<u32> = words(title).map(|word| rank[word]).collect();
            set.sort_unstable();
            set.dedup();
            set
        })
        .collect()
}

fn words(title: &str) -> impl Iterator<Item = &str> {
    title.split(' ').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_all_pairs(sets: &[Vec<u32>]) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for b in 0..sets.len() {
            for a in 0..b {
                if sets[a].len() > 1 && sets[a] != sets[b] && shared_enough(&sets[a], &sets[b]) {
                    pairs.push((a, b));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }

    proptest! {
        #[test]
        fn no_similar_pair_is_missed(
            sets in prop::collection::vec(prop::collection::btree_set(0u32..14, 0..14), 0..40)
        ) {
            let mut sets: Vec<Vec<u32>> =
                sets.into_iter().map(|set| set.into_iter().collect()).collect();
            sets.sort();
            sets.dedup();
            let title = |set: &Vec<u32>| {
                // Neither the order of the words nor how often they stand there counts.
                let words: Vec<String> = set.iter().rev().map(|word| format!("w{word}")).collect();
                format!("{} {}", words.join(" "), words.first().map_or("", String::as_str))
            };
            let titles: Vec<String> = sets.iter().map(title).collect();
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            prop_assert_eq!(similar(&titles), by_all_pairs(&sets));
        }
    }

    #[test]
    fn of_equal_titles_the_first_is_proposed() {
        let titles = ["a b c", "c a b", "a b", "b c a"];
        assert_eq!(similar(&titles), [(0, 1), (0, 3)]);
    }
}
