//! Whether the entries around one are sorted, found out where it is asked for.

use super::facts::sort_key;
use super::units::{Kind, Side, Unit};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// What is known of the order in a text's sections.
pub(super) struct Sorted {
    /// The units that are headings, in order.
    headings: Vec<u32>,
    /// Whether what is of one kind and depth in the section that begins with a unit is sorted.
    known: RefCell<FxHashMap<(u32, Kind, u16), bool>>,
}

impl Sorted {
    pub(super) fn new(units: &[Unit]) -> Self {
        let numbered = (0..).zip(units);
        let headings = numbered.filter(|(_, unit)| unit.kind == Kind::Heading);
        Sorted {
            headings: headings.map(|(number, _)| number).collect(),
            known: RefCell::default(),
        }
    }
}

impl Side<'_> {
    /// Whether the entries around `unit`, of its kind and depth under its heading, are sorted.
    pub(super) fn is_sorted_around(&self, unit: u32) -> bool {
        let like = (self.unit(unit).kind, self.unit(unit).depth);
        if matches!(like.0, Kind::Line | Kind::Heading) {
            return false;
        }
        let headings = &self.sorted.headings;
        let next = headings.partition_point(|&heading| heading <= unit);
        let start = next.checked_sub(1).and_then(|at| headings.get(at)).copied();
        let section = (start.unwrap_or_default(), like.0, like.1);
        if let Some(known) = self.sorted.known.borrow().get(&section) {
            return *known;
        }
        let end = headings.get(next).copied();
        let units = section.0..end.unwrap_or(self.units.len() as u32);
        let sorted = self.are_sorted(units.filter(|&unit| {
            let unit = self.unit(unit);
            (unit.kind, unit.depth) == like
        }));
        self.sorted.known.borrow_mut().insert(section, sorted);
        sorted
    }

    fn are_sorted(&self, units: impl Iterator<Item = u32>) -> bool {
        const FEWEST: usize = 4;
        let mut count = 0;
        let mut last = None;
        for unit in units {
            let sort = sort_key(self, unit);
            if last.is_some_and(|last| last > sort) {
                return false;
            }
            last = Some(sort);
            count += 1;
        }
        count >= FEWEST
    }
}
