//! Base read without its model: a side that only added lines has all of base in it, and what it took
//! over it says as well as base does.

use super::diff3::Hunk;
use super::facts::Facts;
use super::lines::Lines;
use super::units::{Side, Unit};
use std::rc::Rc;

/// A side and what changed from base to it.
pub(super) type Changed<'s, 't> = (&'s Side<'t>, &'s [Hunk]);

/// Base with the units of a side that only added to it, if what the other side left alone reads the
/// same there; else the lines, for which base must be read.
pub(super) fn base<'t>(
    lines: Lines<'t>,
    ours: Changed<'_, 't>,
    theirs: Changed<'_, 't>,
) -> Result<Side<'t>, Lines<'t>> {
    let from = [(ours, theirs), (theirs, ours)].into_iter();
    let taken = from.filter_map(|((side, hunks), other)| Some((side, units(side, hunks)?, other)));
    let mut lines = lines;
    for (side, units, (other, hunks)) in taken {
        let base = Side::with_units(lines, Rc::clone(&side.list), units);
        if reads_alike(&base, other, hunks) {
            return Ok(base);
        }
        lines = base.lines;
    }
    Err(lines)
}

/// The units of `side` without what it added; `None` if it took something away, or added within a
/// unit.
fn units(side: &Side<'_>, hunks: &[Hunk]) -> Option<Vec<Unit>> {
    if hunks.iter().any(|hunk| !hunk.old.is_empty()) {
        return None;
    }
    let mut added = hunks.iter().map(|hunk| &hunk.new).peekable();
    let mut before = 0;
    let mut units = Vec::with_capacity(side.units.len());
    for unit in &side.units {
        while let Some(lines) = added.next_if(|lines| lines.end <= unit.lines.start) {
            before += lines.len();
        }
        if let Some(lines) = added.peek()
            && lines.start < unit.lines.end
        {
            if lines.start <= unit.lines.start && unit.lines.end <= lines.end {
                continue;
            }
            return None;
        }
        units.push(Unit {
            lines: unit.lines.start - before..unit.lines.end - before,
            facts: Facts::default(),
            ..*unit
        });
    }
    Some(units)
}

/// Whether lines that did not change from `base` to `other` are the same units in both.
fn reads_alike(base: &Side<'_>, other: &Side<'_>, hunks: &[Hunk]) -> bool {
    let (mut from, mut from_other) = (0, 0);
    let end = (base.lines.len(), base.lines.len(), other.lines.len());
    let gaps = hunks
        .iter()
        .map(|hunk| (hunk.old.start, hunk.old.end, hunk.new.end));
    for (until, next, next_other) in gaps.chain([end]) {
        for unit in base.units_in(&(from..until)) {
            let unit = base.unit(unit);
            if unit.lines.end > until {
                continue;
            }
            let start = unit.lines.start - from + from_other;
            let lines = start..start + unit.lines.len();
            let twin = other.unit_at.get(start).copied().flatten();
            let twin = twin.map(|twin| other.unit(twin));
            let is_alike = twin.is_some_and(|twin| {
                (twin.kind, twin.depth) == (unit.kind, unit.depth) && twin.lines == lines
            });
            if !is_alike {
                return false;
            }
        }
        (from, from_other) = (next, next_other);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::List;
    use crate::source::{FileId, Source};
    use crate::three_way::diff3;
    use crate::three_way::lines::Names;
    use crate::three_way::units::Kind;

    type Found = Vec<(Kind, std::ops::Range<usize>, u16, Option<String>)>;

    /// What is known of each unit.
    fn found(side: &Side<'_>) -> Found {
        let units = (0..).zip(&side.units);
        let found = units.map(|(number, unit)| {
            let link = side.link(number).map(|link| link.url.clone());
            (unit.kind, unit.lines.clone(), unit.depth, link)
        });
        found.collect()
    }

    /// The units of base, read and taken over.
    fn both(texts: [&str; 3]) -> (Found, Option<Found>) {
        let mut names = Names::default();
        let [base, ours, theirs] = texts.map(|text| Lines::new(text, &mut names, true));
        let our_hunks = diff3::hunks(&base.names, &ours.names);
        let their_hunks = diff3::hunks(&base.names, &theirs.names);
        let read =
            |lines, text: &str| Side::new(lines, List::parse(Source::new(FileId(0), "", text)));
        let (ours, theirs) = (read(ours, texts[1]), read(theirs, texts[2]));
        let taken = super::base(base, (&ours, &our_hunks), (&theirs, &their_hunks));
        let taken = taken.ok().map(|side| found(&side));
        let lines = Lines::new(texts[0], &mut Names::default(), true);
        (found(&read(lines, texts[0])), taken)
    }

    const BASE: &str = "# Tea\n\nAll of it.\n\n## Green\n\n- [Bancha](https://bancha.example)\n  - [Cold](https://cold.example)\n- [Sencha](https://sencha.example)\n\n| A | B |\n|---|---|\n| [Tin](https://tin.example) | x |\n";

    #[test]
    fn base_is_what_a_side_that_only_added_has_of_it() {
        let ours = BASE.replace(
            "- [Sencha]",
            "- [Kukicha](https://kukicha.example)\n- [Sencha]",
        );
        let theirs = BASE.replace("All of it.", "Some of it.");
        let (read, taken) = both([BASE, &ours, &theirs]);
        assert_eq!(taken.as_ref(), Some(&read));
        let (read, taken) = both([BASE, &theirs, &ours]);
        assert_eq!(taken.as_ref(), Some(&read));
    }

    #[test]
    fn base_is_read_where_additions_change_the_sense_of_it_or_both_took_away() {
        let fenced = BASE.replace("## Green", "```\n## Green");
        let changed = BASE.replace("All of it.", "Some of it.");
        assert_eq!(both([BASE, &fenced, &changed]).1, None);
        assert_eq!(both([BASE, &changed, &changed]).1, None);
    }
}
