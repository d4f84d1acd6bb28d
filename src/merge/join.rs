//! Pairs of similar sets of words: an exact join with prefix and length filter, no pair missed unless
//! thousands share each of their words.
//!
//! Two sets whose Jaccard similarity is at least `t` share a word among the first
//! `n - ceil(t * n) + 1` words of each, if the words of both are in one global order. With rare
//! words first, few sets share such a word. (Bayardo, Ma, Srikant 2007; Xiao et al. 2008.)

use rustc_hash::FxHashMap;

/// The similarity from which on a pair is proposed, as a fraction.
const SIMILAR: (usize, usize) = (4, 5);

/// How many sets that hold a word are compared with one that comes later, those nearest to it in
/// length. Rare words come first: a pair that is missed shares no word that fewer sets have.
const MOST_HOLDERS: usize = 2_000;

/// Pairs of positions in `sets` of which at least four fifths of all words are shared, each pair
/// once, in ascending order. Equal sets are proposed as neighbours only.
pub(super) fn similar(sets: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..sets.len()).filter(|&at| sets[at].len() > 1).collect();
    order.sort_by(|&a, &b| (sets[a].len(), &sets[a], a).cmp(&(sets[b].len(), &sets[b], b)));
    let mut pairs = Vec::new();
    let mut distinct: Vec<usize> = Vec::new();
    for &at in &order {
        match distinct.last() {
            Some(&last) if sets[last] == sets[at] => pairs.push((last.min(at), last.max(at))),
            _ => distinct.push(at),
        }
    }
    let mut holders: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut seen: FxHashMap<usize, ()> = FxHashMap::default();
    for &at in &distinct {
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
                    pairs.push((at.min(other), at.max(other)));
                }
            }
            before.push(at);
        }
    }
    pairs.sort_unstable();
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
pub(super) fn numbered<'w>(titles: impl Iterator<Item = &'w str> + Clone) -> Vec<Vec<u32>> {
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
            sets in prop::collection::vec(prop::collection::btree_set(0u32..12, 0..9), 0..40)
        ) {
            let mut sets: Vec<Vec<u32>> =
                sets.into_iter().map(|set| set.into_iter().collect()).collect();
            sets.sort();
            sets.dedup();
            prop_assert_eq!(similar(&sets), by_all_pairs(&sets));
        }
    }
}
