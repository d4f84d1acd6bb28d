//! The order of a merged collision: one side's, with what only the other side has put where it
//! stood there.

use super::collide::{Collision, Slot};
use super::facts::sort_key;
use super::units::{Kind, Side, Unit};
use super::world::{Thing, Who};
use rustc_hash::{FxHashMap, FxHashSet};

/// What stays of a collision, in the order of the merged text.
pub(super) fn slots(collision: &Collision<'_, '_>) -> Vec<Slot> {
    let ours: FxHashSet<Thing> = collision.ours.iter().copied().collect();
    let common: FxHashSet<Thing> = collision
        .theirs
        .iter()
        .copied()
        .filter(|thing| ours.contains(thing))
        .collect();
    let orderer = Orderer {
        collision,
        common: &common,
    };
    let skeleton = orderer.skeleton();
    let (own, other) = match skeleton {
        Who::Ours => (&collision.ours, &collision.theirs),
        Who::Theirs => (&collision.theirs, &collision.ours),
    };
    let own_runs = orderer.runs(own);
    let other_runs = orderer.runs(other);
    let gone = orderer.gone_lines();
    let mut slots = Vec::new();
    let spots = std::iter::once(None).chain(own.iter().filter(|t| common.contains(t)).map(Some));
    for spot in spots {
        let spot = spot.copied();
        slots.extend(spot.map(Slot::Thing));
        let empty = Vec::new();
        let own = own_runs.get(&spot).unwrap_or(&empty);
        let other = other_runs.get(&spot).unwrap_or(&empty);
        let gone = gone.get(&spot).map_or(&[][..], Vec::as_slice);
        let (ours, theirs) = match skeleton {
            Who::Ours => (own, other),
            Who::Theirs => (other, own),
        };
        orderer.join(ours, theirs, gone, &mut slots);
    }
    slots
}

/// A tree of entries, with what its first is sorted by.
type Keyed<'r> = ((String, u32), &'r [Thing]);

struct Orderer<'c, 'w, 't> {
    collision: &'c Collision<'w, 't>,
    /// What both sides have here.
    common: &'c FxHashSet<Thing>,
}

impl Orderer<'_, '_, '_> {
    fn unit(&self, thing: Thing) -> &Unit {
        let (side, unit) = self.place(thing);
        side.unit(unit)
    }

    /// The text that a thing is looked at in, and its unit there.
    fn place(&self, thing: Thing) -> (&Side<'_>, u32) {
        let world = self.collision.world;
        match (thing.ours, thing.theirs, thing.base) {
            (Some(unit), _, _) => (&world.ours, unit),
            (None, Some(unit), _) => (&world.theirs, unit),
            (None, None, unit) => (&world.base, unit.unwrap_or_default()),
        }
    }

    /// The side whose order is kept: theirs if they alone changed the order of what is common.
    fn skeleton(&self) -> Who {
        let in_order = |things: &[Thing], number: &dyn Fn(&Thing) -> Option<u32>| {
            let mut numbers = things
                .iter()
                .filter(|thing| self.common.contains(thing))
                .filter_map(number);
            let mut last = numbers.next();
            numbers.all(|number| {
                let rising = last <= Some(number);
                last = Some(number);
                rising
            })
        };
        let same = in_order(&self.collision.ours, &|thing| thing.theirs);
        let ours_kept = in_order(&self.collision.ours, &|thing| thing.base);
        if !same && ours_kept {
            Who::Theirs
        } else {
            Who::Ours
        }
    }

    /// What only one side has, by what is common before it.
    fn runs(&self, things: &[Thing]) -> FxHashMap<Option<Thing>, Vec<Thing>> {
        let mut runs: FxHashMap<Option<Thing>, Vec<Thing>> = FxHashMap::default();
        let mut spot = None;
        for &thing in things {
            if self.common.contains(&thing) {
                spot = Some(thing);
            } else {
                runs.entry(spot).or_default().push(thing);
            }
        }
        runs
    }

    /// Lines of base that no side kept, by what is common before them.
    fn gone_lines(&self) -> FxHashMap<Option<Thing>, Vec<u32>> {
        let mut gone: FxHashMap<Option<Thing>, Vec<u32>> = FxHashMap::default();
        let mut spot = None;
        for unit in self.collision.units[0].clone() {
            let thing = self.collision.world.thing_of_base(unit);
            if self.common.contains(&thing) {
                spot = Some(thing);
            } else if thing.ours.is_none()
                && thing.theirs.is_none()
                && self.unit(thing).kind == Kind::Line
            {
                gone.entry(spot).or_default().push(unit);
            }
        }
        gone
    }

    /// What both sides have at one spot, in order.
    fn join(&self, ours: &[Thing], theirs: &[Thing], gone: &[u32], slots: &mut Vec<Slot>) {
        let (ours, theirs) = (self.parts(ours), self.parts(theirs));
        self.join_entries(ours.entries, theirs.entries, slots);
        let rivals = match (ours.lines.is_empty(), theirs.lines.is_empty()) {
            (true, true) => false,
            (false, false) => true,
            _ => !gone.is_empty(),
        };
        if rivals {
            let units = |things: &[Thing], who| -> Vec<u32> {
                things.iter().filter_map(|thing| thing.of(who)).collect()
            };
            slots.push(Slot::Rivals([
                gone.to_vec(),
                units(ours.lines, Who::Ours),
                units(theirs.lines, Who::Theirs),
            ]));
        } else {
            slots.extend(
                ours.lines
                    .iter()
                    .chain(theirs.lines)
                    .copied()
                    .map(Slot::Thing),
            );
        }
        self.join_sections(ours.sections, theirs.sections, slots);
    }

    fn parts<'r>(&self, run: &'r [Thing]) -> Parts<'r> {
        let kind = |thing: &Thing| self.unit(*thing).kind;
        let sections = run
            .iter()
            .position(|thing| kind(thing) == Kind::Heading)
            .unwrap_or(run.len());
        let (run, sections) = run.split_at(sections);
        let lines = run
            .iter()
            .position(|thing| kind(thing) == Kind::Line)
            .unwrap_or(run.len());
        let (entries, lines) = run.split_at(lines);
        Parts {
            entries,
            lines,
            sections,
        }
    }

    /// New entries of both sides: what is nested deeper belongs to what stands before and comes
    /// first, then the entries in their sorted order, or else one side's behind the other's.
    fn join_entries(&self, ours: &[Thing], theirs: &[Thing], slots: &mut Vec<Slot>) {
        let mut ours = self.trees(ours).into_iter().peekable();
        let mut theirs = self.trees(theirs).into_iter().peekable();
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            let depth = self.depth(a).max(self.depth(b));
            let mut level_a = Vec::new();
            while let Some(tree) = ours.next_if(|tree| self.depth(tree) >= depth) {
                level_a.push(tree);
            }
            let mut level_b = Vec::new();
            while let Some(tree) = theirs.next_if(|tree| self.depth(tree) >= depth) {
                level_b.push(tree);
            }
            for tree in self.join_level(level_a, level_b) {
                slots.extend(tree.iter().copied().map(Slot::Thing));
            }
        }
        for tree in ours.chain(theirs) {
            slots.extend(tree.iter().copied().map(Slot::Thing));
        }
    }

    fn depth(&self, tree: &[Thing]) -> u16 {
        tree.first().map_or(0, |thing| self.unit(*thing).depth)
    }

    /// A run cut before each entry that is not nested in the one that the cut before it opened.
    fn trees<'r>(&self, run: &'r [Thing]) -> Vec<&'r [Thing]> {
        let mut trees = Vec::new();
        let mut rest = run;
        while let Some(first) = rest.first() {
            let depth = self.unit(*first).depth;
            let nested = rest[1..]
                .iter()
                .take_while(|thing| self.unit(**thing).depth > depth)
                .count();
            let (tree, after) = rest.split_at(nested + 1);
            trees.push(tree);
            rest = after;
        }
        trees
    }

    fn join_level<'r>(&self, ours: Vec<&'r [Thing]>, theirs: Vec<&'r [Thing]>) -> Vec<&'r [Thing]> {
        let keyed = |trees: Vec<&'r [Thing]>| -> Vec<Keyed<'r>> {
            let trees = trees.into_iter();
            trees.map(|tree| (self.key(tree.first()), tree)).collect()
        };
        let (ours, theirs) = (keyed(ours), keyed(theirs));
        let rises = |trees: &[Keyed<'_>]| trees.is_sorted_by(|(x, _), (y, _)| x <= y);
        let mut all = Vec::with_capacity(ours.len() + theirs.len());
        if rises(&ours) && rises(&theirs) && self.is_sorted_here(&ours, &theirs) {
            all.extend(ours);
            all.extend(theirs);
            all.sort_by(|(x, _), (y, _)| x.0.cmp(&y.0));
        } else {
            let ours_first = match (ours.first(), theirs.first()) {
                (Some((x, _)), Some((y, _))) => x <= y,
                _ => true,
            };
            let (first, second) = if ours_first {
                (ours, theirs)
            } else {
                (theirs, ours)
            };
            all.extend(first);
            all.extend(second);
        }
        all.into_iter().map(|(_, tree)| tree).collect()
    }

    /// By what a thing is sorted, and what tells it from others that sort alike.
    fn key(&self, thing: Option<&Thing>) -> (String, u32) {
        let key = thing.map(|thing| (self.sort_key(*thing), self.unit(*thing).says));
        key.unwrap_or_default()
    }

    fn sort_key(&self, thing: Thing) -> String {
        let (side, unit) = self.place(thing);
        sort_key(side, unit)
    }

    /// Whether the list that the trees are added to is sorted on both sides.
    fn is_sorted_here(&self, ours: &[Keyed<'_>], theirs: &[Keyed<'_>]) -> bool {
        let world = self.collision.world;
        let sorted = |who: Who, trees: &[Keyed<'_>]| {
            let first = trees.first().and_then(|(_, tree)| tree.first());
            first
                .and_then(|thing| thing.of(who))
                .is_some_and(|unit| world.side(who).is_sorted_around(unit))
        };
        sorted(Who::Ours, ours) && sorted(Who::Theirs, theirs)
    }

    /// New sections of both sides: deeper ones first, then by their heading.
    fn join_sections(&self, ours: &[Thing], theirs: &[Thing], slots: &mut Vec<Slot>) {
        let key = |run: &[Thing]| {
            let first = run.first();
            let key =
                first.map(|&thing| (-i32::from(self.unit(thing).depth), self.sort_key(thing)));
            key.unwrap_or_default()
        };
        let (first, second) = if key(ours) <= key(theirs) {
            (ours, theirs)
        } else {
            (theirs, ours)
        };
        slots.extend(first.iter().chain(second).copied().map(Slot::Thing));
    }
}

/// What one side has at a spot, up to three parts in this order.
struct Parts<'r> {
    entries: &'r [Thing],
    /// From the first line that is no entry on.
    lines: &'r [Thing],
    /// From the first heading on.
    sections: &'r [Thing],
}
