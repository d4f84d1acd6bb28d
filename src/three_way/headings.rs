//! Headings known by what stands under them, where neither their words nor their place tell.

use super::pairs::Pairs;
use super::units::{Kind, Side, Unit};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Pairs a heading of `old` with the one of `new` that most of its entries now stand under, if most
/// of what stands there comes from it: a section that was renamed, wherever it was moved.
pub(super) fn pair_by_content(pairs: &mut Pairs, old: &Side<'_>, new: &Side<'_>) {
    let gone = has_heading(old, |unit| pairs.free_old(unit));
    let come = has_heading(new, |unit| pairs.free_new(unit));
    if !(gone && come) {
        return;
    }
    let (above_old, above_new) = (headings_above(old), headings_above(new));
    let mut moved: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut from: FxHashMap<u32, u32> = FxHashMap::default();
    let mut to: FxHashMap<u32, u32> = FxHashMap::default();
    for (number, partner) in (0..).zip(&pairs.forth) {
        let Some(partner) = *partner else { continue };
        if !stands_for_section(old.unit(number)) {
            continue;
        }
        let heading = |above: &[Option<u32>], unit: u32| above.get(unit as usize).copied()?;
        let (x, y) = (heading(&above_old, number), heading(&above_new, partner));
        if let Some(x) = x {
            *from.entry(x).or_default() += 1;
        }
        if let Some(y) = y {
            *to.entry(y).or_default() += 1;
        }
        if let (Some(x), Some(y)) = (x, y) {
            *moved.entry((x, y)).or_default() += 1;
        }
    }
    let most = |count: u32, all: Option<&u32>| all.is_some_and(|all| count * 2 > *all);
    let mut found: Vec<_> = (moved.into_iter())
        .filter(|((x, y), count)| most(*count, from.get(x)) && most(*count, to.get(y)))
        .collect();
    found.sort_unstable_by_key(|((x, y), count)| (Reverse(*count), *x, *y));
    for ((x, y), _) in found {
        pairs.join(x, y);
    }
}

/// Whether a heading that `is_free` is among the units.
fn has_heading(side: &Side<'_>, is_free: impl Fn(u32) -> bool) -> bool {
    let mut units = (0..).zip(&side.units);
    units.any(|(number, unit)| unit.kind == Kind::Heading && is_free(number))
}

/// Whether a unit tells which section it stands in: a rule or a code fence stands in many.
fn stands_for_section(unit: &Unit) -> bool {
    matches!(unit.kind, Kind::Item | Kind::Row) && unit.entry.is_some()
}

/// For each unit the heading that it stands right under.
fn headings_above(side: &Side<'_>) -> Vec<Option<u32>> {
    let mut above = None;
    let units = (0..).zip(&side.units);
    let headings = units.map(|(number, unit)| {
        let stands_under = above;
        if unit.kind == Kind::Heading {
            above = Some(number);
        }
        stands_under
    });
    headings.collect()
}
