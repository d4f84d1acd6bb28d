//! What most do: [`Majority`], a count of each way that something was written.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// How often each way of writing something was seen, the most frequent first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Majority<T> {
    /// Each way with its count; of equally frequent ones the first seen stands first.
    pub counts: Vec<(T, u32)>,
}

impl<T> Default for Majority<T> {
    fn default() -> Self {
        Majority { counts: Vec::new() }
    }
}

impl<T> Majority<T> {
    /// The share, in percent, from which on the most frequent way is the convention. Below it people
    /// follow no convention, and nothing may be made to follow it.
    pub const CLEAR: u32 = 70;

    /// Below this total more than half is a convention for a formatter: in a short list that mixes
    /// two ways, one is what its maintainers mean.
    pub const FEW: u32 = 20;

    /// The most frequent way, if any was seen.
    pub fn winner(&self) -> Option<&T> {
        self.counts.first().map(|(way, _)| way)
    }

    /// How often the most frequent way was seen.
    pub fn count(&self) -> u32 {
        self.counts.first().map_or(0, |&(_, count)| count)
    }

    /// How many were seen in all.
    pub fn total(&self) -> u32 {
        self.counts.iter().map(|&(_, count)| count).sum()
    }

    /// The share of the most frequent way, from 0 to 1.
    pub fn share(&self) -> f64 {
        match self.total() {
            0 => 0.0,
            total => f64::from(self.count()) / f64::from(total),
        }
    }

    /// The most frequent way, if its share is at least [`Majority::CLEAR`] percent.
    pub fn clear(&self) -> Option<&T> {
        let needed = u64::from(self.total()) * u64::from(Self::CLEAR);
        self.winner()
            .filter(|_| u64::from(self.count()) * 100 >= needed)
    }

    /// The way that a formatter makes of all: the clear one, or of few places that of more than half.
    pub fn usual(&self) -> Option<&T> {
        let most = self.total() < Self::FEW && self.count() * 2 > self.total();
        self.clear().or(self.winner().filter(|_| most))
    }
}

/// Up to how many ways are compared one by one; most things are written in two or three.
const FEW: usize = 8;

/// A [`Majority`] that is being counted.
#[derive(Clone, Debug)]
pub(super) struct Tally<T> {
    counts: Vec<(T, u32)>,
    /// Where each way is counted, if they are more than [`FEW`].
    places: FxHashMap<T, usize>,
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Tally {
            counts: Vec::new(),
            places: FxHashMap::default(),
        }
    }
}

impl<T: Clone + Eq + Hash> Tally<T> {
    /// Counts `way` once.
    pub(super) fn add(&mut self, way: T) {
        self.add_times(way, 1);
    }

    /// Counts `way` so many `times`.
    pub(super) fn add_times(&mut self, way: T, times: u32) {
        match self.place(&way) {
            Some(place) => self.counts[place].1 += times,
            None => self.push(way, times),
        }
    }

    /// Counts `way` once; copies it only where it is new.
    pub(super) fn add_copy(&mut self, way: &T) {
        match self.place(way) {
            Some(place) => self.counts[place].1 += 1,
            None => self.push(way.clone(), 1),
        }
    }

    /// Where `way` was counted.
    fn place(&self, way: &T) -> Option<usize> {
        match self.counts.len() {
            0..=FEW => self.counts.iter().position(|(known, _)| known == way),
            _ => self.places.get(way).copied(),
        }
    }

    /// Adds a way that is new.
    fn push(&mut self, way: T, times: u32) {
        self.counts.push((way, times));
        let from = match self.counts.len() {
            0..=FEW => return,
            all if all == FEW + 1 => 0,
            all => all - 1,
        };
        let new = self.counts.iter().enumerate().skip(from);
        self.places
            .extend(new.map(|(place, (way, _))| (way.clone(), place)));
    }

    /// The counts, the most frequent first.
    pub(super) fn finish(self) -> Majority<T> {
        let mut counts = self.counts;
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        Majority { counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn majority(ways: &str) -> Majority<char> {
        let mut tally = Tally::default();
        ways.chars().for_each(|way| tally.add(way));
        tally.finish()
    }

    #[test]
    fn the_most_frequent_way_wins_and_of_equals_the_first() {
        let found = majority("abba");
        assert_eq!(
            (found.winner(), found.count(), found.total()),
            (Some(&'a'), 2, 4)
        );
        assert_eq!(found.clear(), None);
    }

    #[test]
    fn a_convention_needs_a_clear_majority() {
        assert_eq!(majority("aaaaaaabbb").clear(), Some(&'a'));
        assert_eq!(majority("aaaaaaabbbb").clear(), None);
        assert_eq!(majority("").clear(), None);
    }

    #[test]
    fn of_few_more_than_half_is_usual_and_a_tie_is_none() {
        assert_eq!(majority("aab").usual(), Some(&'a'));
        assert_eq!(majority("aaabc").usual(), Some(&'a'));
        assert_eq!(majority("aabb").usual(), None);
        assert_eq!(majority("abc").usual(), None);
        assert_eq!(majority("aaaaaaaaaaaaabbbbbbb").usual(), None);
    }
}
