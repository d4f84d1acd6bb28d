//! Which unit of one text is which unit of another.

use super::diff3::Hunk;
use super::headings;
use super::units::{Kind, Side, Unit};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The partners of two texts' units, both ways.
#[derive(Debug)]
pub(super) struct Pairs {
    pub(super) forth: Vec<Option<u32>>,
    pub(super) back: Vec<Option<u32>>,
}

impl Pairs {
    fn new(old: &Side<'_>, new: &Side<'_>) -> Self {
        Pairs {
            forth: vec![None; old.units.len()],
            back: vec![None; new.units.len()],
        }
    }

    pub(super) fn join(&mut self, old: u32, new: u32) {
        let (forth, back) = (old as usize, new as usize);
        if self.forth[forth].is_none() && self.back[back].is_none() {
            self.forth[forth] = Some(new);
            self.back[back] = Some(old);
        }
    }

    pub(super) fn free_old(&self, unit: u32) -> bool {
        self.forth[unit as usize].is_none()
    }

    pub(super) fn free_new(&self, unit: u32) -> bool {
        self.back[unit as usize].is_none()
    }
}

/// Pairs what can be told by a look at `hunks`, the line diff from `old` to `new`: units in lines that
/// did not change, and units with one destination, byte for byte, within one hunk.
pub(super) fn at_sight(old: &Side<'_>, new: &Side<'_>, hunks: &[Hunk]) -> Pairs {
    let mut pairs = Pairs::new(old, new);
    pair_unchanged(&mut pairs, old, new, hunks);
    let mut free = FxHashMap::default();
    for hunk in hunks {
        pair_by_destination(&mut pairs, old, new, hunk, &mut free);
    }
    pairs
}

/// Pairs what did change.
///
/// In this order: units with one key, first under the same headings, then anywhere; with one title
/// under the same headings; headings with the same entries under them; and last, what one hunk has on
/// both sides and what is alike.
pub(super) fn pair_changed(pairs: &mut Pairs, old: &Side<'_>, new: &Side<'_>, hunks: &[Hunk]) {
    pair_by(pairs, old, new, |unit| {
        (unit.kind != Kind::Line).then_some((unit.key, unit.path))
    });
    for hunk in hunks {
        pair_lines(pairs, old, new, hunk);
    }
    pair_long_lines(pairs, old, new);
    pair_by(pairs, old, new, |unit| {
        (unit.named || unit.kind == Kind::Heading).then_some((unit.key, 0))
    });
    pair_by(pairs, old, new, |unit| {
        (unit.title > 0 && unit.kind != Kind::Contents).then_some((unit.title, unit.path))
    });
    headings::pair_by_content(pairs, old, new);
    for hunk in hunks {
        pair_alike(pairs, old, new, hunk);
    }
}

/// Pairs what `one` renamed and relinked with what it is on the other side, where both sides gave
/// it the same new link but only `other` also changed so much that it looked new.
pub(super) fn pair_through(
    one: &Pairs,
    one_side: &Side<'_>,
    other: &mut Pairs,
    other_side: &Side<'_>,
) {
    let mut free: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (number, unit) in (0..).zip(&other_side.units) {
        if other.free_new(number) && unit.named {
            free.entry(unit.key).or_default().push(number);
        }
    }
    for (base, partner) in (0..).zip(&one.forth) {
        if let Some(partner) = partner
            && other.free_old(base)
            && let Some([only]) = free.get(&one_side.unit(*partner).key).map(Vec::as_slice)
        {
            other.join(base, *only);
        }
    }
}

/// Pairs what both sides added, of what has no partner in base.
pub(super) fn added_pairs(
    ours: &Side<'_>,
    theirs: &Side<'_>,
    base_ours: &Pairs,
    base_theirs: &Pairs,
) -> Pairs {
    let mut pairs = Pairs::new(ours, theirs);
    let mut marks = FxHashMap::default();
    for must_be_named in [false, true] {
        let mark = |unit: &Unit| match must_be_named {
            false => (unit.key, unit.path),
            true => (unit.key, 0),
        };
        marks.clear();
        let usable = |unit: &Unit| unit.named || (!must_be_named && unit.kind != Kind::Line);
        for (number, unit) in (0..).zip(&theirs.units) {
            if base_theirs.free_new(number) && pairs.free_new(number) && usable(unit) {
                marks
                    .entry(mark(unit))
                    .or_insert_with(Vec::new)
                    .push(number);
            }
        }
        marks
            .values_mut()
            .for_each(|units: &mut Vec<u32>| units.reverse());
        for (number, unit) in (0..).zip(&ours.units) {
            if base_ours.free_new(number)
                && pairs.free_old(number)
                && usable(unit)
                && let Some(other) = marks.get_mut(&mark(unit)).and_then(Vec::pop)
            {
                pairs.join(number, other);
            }
        }
    }
    pairs
}

/// Lines that neither entries nor headings are, where both sides of a collision added the same.
pub(super) fn pair_added_lines(
    pairs: &mut Pairs,
    ours: &Side<'_>,
    theirs: &Side<'_>,
    base_ours: &Pairs,
    base_theirs: &Pairs,
    (a, b): (Range<u32>, Range<u32>),
) {
    let free_a: Vec<u32> = a
        .filter(|&u| base_ours.free_new(u) && pairs.free_old(u))
        .filter(|&u| !ours.unit(u).named)
        .collect();
    let free_b: Vec<u32> = b
        .filter(|&u| base_theirs.free_new(u) && pairs.free_new(u))
        .filter(|&u| !theirs.unit(u).named)
        .collect();
    for (x, y) in common(ours, &free_a, theirs, &free_b) {
        pairs.join(x, y);
    }
}

fn pair_unchanged(pairs: &mut Pairs, old: &Side<'_>, new: &Side<'_>, hunks: &[Hunk]) {
    let (mut from, mut from_new) = (0, 0);
    let ends = hunks
        .iter()
        .map(|hunk| (hunk.old.clone(), hunk.new.clone()))
        .chain([(
            old.lines.len()..old.lines.len(),
            new.lines.len()..new.lines.len(),
        )]);
    for (gone, come) in ends {
        for unit in old.units_in(&(from..gone.start)) {
            let lines = &old.unit(unit).lines;
            let start = lines.start - from + from_new;
            let twin = new.unit_at.get(start).copied().flatten();
            if let Some(twin) = twin
                && new.unit(twin).lines == (start..start + lines.len())
                && lines.end <= gone.start
                && new.unit(twin).kind == old.unit(unit).kind
            {
                pairs.join(unit, twin);
            }
        }
        (from, from_new) = (gone.end, come.end);
    }
}

/// Pairs units of one hunk with one destination, in the order of the text; `free` is room to work in.
fn pair_by_destination<'s>(
    pairs: &mut Pairs,
    old: &'s Side<'_>,
    new: &'s Side<'_>,
    hunk: &Hunk,
    free: &mut FxHashMap<(Kind, &'s str), Vec<u32>>,
) {
    let (gone, come) = (old.units_in(&hunk.old), new.units_in(&hunk.new));
    if gone.is_empty() || come.is_empty() {
        return;
    }
    let mark = |side: &'s Side<'_>, unit: u32| {
        let kind = side.unit(unit).kind;
        let link = side.link(unit).filter(|_| kind != Kind::Line)?;
        Some((kind, link.url.as_str()))
    };
    for unit in come.rev() {
        if pairs.free_new(unit)
            && let Some(mark) = mark(new, unit)
        {
            free.entry(mark).or_default().push(unit);
        }
    }
    for unit in gone {
        if pairs.free_old(unit)
            && let Some(mark) = mark(old, unit)
            && let Some(other) = free.get_mut(&mark).and_then(Vec::pop)
        {
            pairs.join(unit, other);
        }
    }
    free.clear();
}

/// Pairs units with equal marks, in the order of the text.
fn pair_by(
    pairs: &mut Pairs,
    old: &Side<'_>,
    new: &Side<'_>,
    mark: impl Fn(&Unit) -> Option<(u32, u32)>,
) {
    let mut free: FxHashMap<(u32, u32), Vec<u32>> = FxHashMap::default();
    for (number, unit) in (0..new.units.len() as u32).zip(&new.units).rev() {
        if pairs.free_new(number)
            && let Some(mark) = mark(unit)
        {
            free.entry(mark).or_default().push(number);
        }
    }
    for (number, unit) in (0..).zip(&old.units) {
        if pairs.free_old(number)
            && let Some(mark) = mark(unit)
            && let Some(other) = free.get_mut(&mark).and_then(Vec::pop)
        {
            pairs.join(number, other);
        }
    }
}

/// Pairs equal lines inside one hunk.
fn pair_lines(pairs: &mut Pairs, old: &Side<'_>, new: &Side<'_>, hunk: &Hunk) {
    let gone: Vec<u32> = old
        .units_in(&hunk.old)
        .filter(|&unit| pairs.free_old(unit))
        .collect();
    let come: Vec<u32> = new
        .units_in(&hunk.new)
        .filter(|&unit| pairs.free_new(unit))
        .collect();
    for (x, y) in common(old, &gone, new, &come) {
        pairs.join(x, y);
    }
}

/// The longest common subsequence of what the units say, as a line diff finds it.
fn common(old: &Side<'_>, gone: &[u32], new: &Side<'_>, come: &[u32]) -> Vec<(u32, u32)> {
    let says = |side: &Side<'_>, units: &[u32]| -> Vec<u32> {
        units.iter().map(|&unit| side.unit(unit).body).collect()
    };
    let ops = similar::capture_diff_slices(
        similar::Algorithm::Histogram,
        &says(old, gone),
        &says(new, come),
    );
    let mut found = Vec::new();
    for op in ops {
        if op.tag() == similar::DiffTag::Equal {
            let both = op.old_range().zip(op.new_range());
            found.extend(both.filter_map(|(x, y)| Some((*gone.get(x)?, *come.get(y)?))));
        }
    }
    found
}

/// Pairs lines that are long enough to be told apart and that both texts have as often: moved text.
fn pair_long_lines(pairs: &mut Pairs, old: &Side<'_>, new: &Side<'_>) {
    const LONG: usize = 24;
    let lines = |side: &Side<'_>, is_free: &dyn Fn(u32) -> bool| {
        let mut found: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (number, unit) in (0..).zip(&side.units) {
            if unit.kind == Kind::Line && is_free(number) && side.text(number).trim().len() >= LONG
            {
                found.entry(unit.says).or_default().push(number);
            }
        }
        found
    };
    let come = lines(new, &|unit| pairs.free_new(unit));
    let gone = lines(old, &|unit| pairs.free_old(unit));
    for (says, gone) in gone {
        if let Some(come) = come.get(&says)
            && come.len() == gone.len()
        {
            gone.iter().zip(come).for_each(|(x, y)| pairs.join(*x, *y));
        }
    }
}

/// How many candidates on each side of a hunk are compared word by word.
const MOST_COMPARED: usize = 12;

/// Pairs what one hunk replaced by something alike: an entry whose link and title both changed a
/// little, a heading that was renamed, a line that was reworded.
fn pair_alike(pairs: &mut Pairs, old: &Side<'_>, new: &Side<'_>, hunk: &Hunk) {
    type Wanted = fn(&Unit) -> bool;
    let few = |pairs: &Pairs, wanted: Wanted| {
        let gone = old.units_in(&hunk.old);
        let come = new.units_in(&hunk.new);
        let gone: Vec<u32> = gone
            .filter(|&unit| pairs.free_old(unit) && wanted(old.unit(unit)))
            .take(MOST_COMPARED + 1)
            .collect();
        let come: Vec<u32> = come
            .filter(|&unit| pairs.free_new(unit) && wanted(new.unit(unit)))
            .take(MOST_COMPARED + 1)
            .collect();
        let is_few = gone.len() <= MOST_COMPARED && come.len() <= MOST_COMPARED;
        is_few.then_some((gone, come))
    };
    if let Some((gone, come)) = few(pairs, |unit| unit.link > 0 || unit.title > 0) {
        join_akin(pairs, old, new, &gone, &come);
    }
    for wanted in [(|unit| unit.kind != Kind::Line) as Wanted, |unit| {
        unit.kind == Kind::Line
    }] {
        if let Some((gone, come)) = few(pairs, wanted) {
            join_alike(pairs, old, new, &gone, &come);
            headings_one_to_one(pairs, old, new, &gone, &come);
        }
    }
}

/// Joins what has one title, or one link though it became an entry or a line of text.
fn join_akin(pairs: &mut Pairs, old: &Side<'_>, new: &Side<'_>, gone: &[u32], come: &[u32]) {
    let stands_alone = |unit: &Unit| !matches!(unit.kind, Kind::Contents | Kind::Heading);
    for &x in gone {
        let one = old.unit(x);
        let akin = come.iter().find(|&&y| {
            let other = new.unit(y);
            let same_title = one.title > 0 && one.title == other.title && one.kind == other.kind;
            let same_link = one.link > 0 && one.link == other.link;
            pairs.free_new(y)
                && stands_alone(one)
                && stands_alone(other)
                && (same_title || same_link)
        });
        if let Some(&y) = akin {
            pairs.join(x, y);
        }
    }
}

fn join_alike(pairs: &mut Pairs, old: &Side<'_>, new: &Side<'_>, gone: &[u32], come: &[u32]) {
    for &x in gone {
        let best = come
            .iter()
            .filter(|&&y| pairs.free_new(y) && new.unit(y).kind == old.unit(x).kind)
            .map(|&y| (likeness(old.text(x), new.text(y)), std::cmp::Reverse(y)))
            .max();
        if let Some((likeness, std::cmp::Reverse(y))) = best
            && likeness >= ALIKE
        {
            pairs.join(x, y);
        }
    }
}

/// The share of words, in percent, from which two units are one that was edited.
const ALIKE: usize = 60;

/// The share of words, in percent, that two texts have in common, each word counted once.
fn likeness(one: &str, other: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(200)
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (one, other) = (words(one), words(other));
    let common = one
        .iter()
        .filter(|word| other.binary_search(word).is_ok())
        .count();
    let all = one.len() + other.len() - common;
    (100 * common).checked_div(all).unwrap_or(0)
}

/// The only heading that a hunk took away and the only one that it brought are one, renamed.
fn headings_one_to_one(
    pairs: &mut Pairs,
    old: &Side<'_>,
    new: &Side<'_>,
    gone: &[u32],
    come: &[u32],
) {
    let only = |side: &Side<'_>, units: &[u32]| {
        let mut headings = units
            .iter()
            .copied()
            .filter(|&unit| side.unit(unit).kind == Kind::Heading);
        let first = headings.next()?;
        headings.next().is_none().then_some(first)
    };
    if let (Some(x), Some(y)) = (only(old, gone), only(new, come))
        && old.unit(x).depth == new.unit(y).depth
    {
        pairs.join(x, y);
    }
}
