//! One collision merged: what stays of it, in which order.

use super::follow::Plan;
use super::order;
use super::units::Kind;
use super::world::{Fate, Thing, Who, World};
use super::{Reason, fields::Merged};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A part of the merged text.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// Lines of a side as they stand there.
    Lines(Who, Range<usize>),
    /// Lines that the merge made, divided by `\n`.
    Text(String),
    /// What a person must decide.
    Clash(Clash),
}

/// Three versions of something that only a person can choose from.
#[derive(Clone, Debug)]
pub(super) struct Clash {
    pub(super) reason: Reason,
    /// The link or line that the reason is about, where that is not what stands in the lines.
    pub(super) about: Option<String>,
    /// The lines of base, ours and theirs that it is about.
    pub(super) lines: [Option<Range<usize>>; 3],
}

/// One place in the order of a merged collision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A thing.
    Thing(Thing),
    /// Lines that both sides put at one spot: units of base, ours and theirs.
    Rivals([Vec<u32>; 3]),
}

/// Merges the collision at `number` of the pieces; `Err` says why it must stay as git leaves it.
pub(super) fn merge(world: &World<'_>, plan: &Plan, number: u32) -> Result<Vec<Part>, Reason> {
    if let Some(reason) = plan.failed.get(&number) {
        return Err(*reason);
    }
    let mut collision = Collision::new(world, plan, number);
    let slots = order::slots(&collision);
    let slots = collision.with_company(slots, plan);
    Ok(collision.write(&slots))
}

/// A collision and what stays in it.
pub(super) struct Collision<'w, 't> {
    pub(super) world: &'w World<'t>,
    number: u32,
    /// The units of base, ours and theirs.
    pub(super) units: [Range<u32>; 3],
    /// What stays here, in our order.
    pub(super) ours: Vec<Thing>,
    /// What stays here, in their order.
    pub(super) theirs: Vec<Thing>,
    fates: FxHashMap<Thing, Merged>,
}

impl<'w, 't> Collision<'w, 't> {
    fn new(world: &'w World<'t>, plan: &Plan, number: u32) -> Self {
        let piece = &world.pieces[number as usize];
        let mut collision = Collision {
            world,
            number,
            units: [
                world.base.units_in(&piece.base),
                world.ours.units_in(&piece.ours),
                world.theirs.units_in(&piece.theirs),
            ],
            ours: Vec::new(),
            theirs: Vec::new(),
            fates: FxHashMap::default(),
        };
        collision.ours = collision.staying(Who::Ours, collision.units[1].clone(), plan);
        collision.theirs = collision.staying(Who::Theirs, collision.units[2].clone(), plan);
        collision
    }

    /// Puts beside a thing what leads and follows it.
    fn with_company(&mut self, slots: Vec<Slot>, plan: &Plan) -> Vec<Slot> {
        let mut all = Vec::with_capacity(slots.len());
        for slot in slots {
            let Slot::Thing(thing) = slot else {
                all.push(slot);
                continue;
            };
            for one in plan.around(thing) {
                if one != thing
                    && let Fate::Stays(merged) = self.world.fate(one)
                {
                    self.fates.insert(one, merged);
                }
                all.push(Slot::Thing(one));
            }
        }
        all
    }

    fn staying(&mut self, who: Who, units: Range<u32>, plan: &Plan) -> Vec<Thing> {
        let mut staying = Vec::new();
        for unit in units {
            let thing = self.world.thing(who, unit);
            if self.world.home(thing) != Some(self.number) || plan.absent.contains(&thing) {
                continue;
            }
            if !self.fates.contains_key(&thing) {
                match self.world.fate(thing) {
                    Fate::Gone => continue,
                    Fate::Stays(merged) => self.fates.insert(thing, merged),
                };
            }
            staying.push(thing);
        }
        staying
    }

    fn write(&self, slots: &[Slot]) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut before = Spot::before(&self.units);
        for slot in slots {
            let spot = Spot::of(slot);
            let last = Spot::last_of(slot);
            parts.extend(self.gap(before, spot));
            parts.push(self.part(slot));
            before = last;
        }
        parts.extend(self.gap(before, Spot::behind(&self.units)));
        parts
    }

    fn part(&self, slot: &Slot) -> Part {
        match slot {
            Slot::Thing(thing) => match self.fates.get(thing) {
                Some(Merged::Conflict(reason)) => Part::Clash(self.world.clash(*thing, *reason)),
                Some(Merged::Text(text)) => Part::Text(text.clone()),
                None => Part::Text(String::new()),
            },
            Slot::Rivals([base, ours, theirs]) => {
                let lines = |side: &super::units::Side<'_>, units: &[u32]| {
                    let first = side.unit(*units.first()?).lines.start;
                    Some(first..side.unit(*units.last()?).lines.end)
                };
                Part::Clash(Clash {
                    reason: Reason::Prose,
                    about: None,
                    lines: [
                        lines(&self.world.base, base),
                        lines(&self.world.ours, ours),
                        lines(&self.world.theirs, theirs),
                    ],
                })
            }
        }
    }

    /// The blank lines between two neighbours of the merged text.
    fn gap(&self, before: Spot, behind: Spot) -> Option<Part> {
        let [base, ours, theirs] = [0, 1, 2].map(|text| self.between(text, before, behind));
        let lines = match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let base = base.map(|lines| lines.len());
                match base {
                    Some(base) if ours.len() == base => (Who::Theirs, theirs),
                    Some(base) if theirs.len() == base => (Who::Ours, ours),
                    _ if theirs.len() > ours.len() => (Who::Theirs, theirs),
                    _ => (Who::Ours, ours),
                }
            }
            (Some(ours), None) => (Who::Ours, ours),
            (None, Some(theirs)) => (Who::Theirs, theirs),
            (None, None) => self.likely_gap(before, behind)?,
        };
        (!lines.1.is_empty()).then_some(Part::Lines(lines.0, lines.1))
    }

    /// The blank lines between two units, if they are neighbours in the text.
    fn between(&self, text: usize, before: Spot, behind: Spot) -> Option<Range<usize>> {
        let (before, behind) = (before.0[text]?, behind.0[text]?);
        if behind != before + 1 {
            return None;
        }
        Some(self.lines_between(text, before))
    }

    /// The lines behind unit `before`, up to the next unit.
    fn lines_between(&self, text: usize, before: i64) -> Range<usize> {
        let side = self.side(text);
        let unit = |number: i64| side.units.get(usize::try_from(number).ok()?);
        let start = unit(before).map_or(0, |unit| unit.lines.end);
        let end = unit(before + 1).map_or(side.lines.len(), |unit| unit.lines.start);
        start..end.max(start)
    }

    fn side(&self, text: usize) -> &super::units::Side<'t> {
        match text {
            0 => &self.world.base,
            1 => &self.world.ours,
            _ => &self.world.theirs,
        }
    }

    fn kind(&self, text: usize, unit: i64) -> Option<(Kind, bool)> {
        let unit = self.side(text).units.get(usize::try_from(unit).ok()?)?;
        // Lines of a contents table are items, too.
        let kind = match unit.kind {
            Kind::Contents => Kind::Item,
            kind => kind,
        };
        Some((kind, unit.depth > 0))
    }

    /// The blank lines between two units that no text has side by side: as many as one of them
    /// has towards a neighbour of the other's kind, if possible nested as the other is.
    fn likely_gap(&self, before: Spot, behind: Spot) -> Option<(Who, Range<usize>)> {
        let kind_of = |spot: Spot| (1..3).find_map(|text| self.kind(text, spot.0[text]?));
        let (first, second) = (kind_of(before), kind_of(behind));
        let likeness = |one: Option<(Kind, bool)>, other: Option<(Kind, bool)>| match (one, other) {
            (Some(one), Some(other)) if one.0 == other.0 => 1 + u8::from(one.1 == other.1),
            _ => 0,
        };
        let mut best: Option<(u8, usize, Who, Range<usize>)> = None;
        for (text, who) in [(1, Who::Ours), (2, Who::Theirs)] {
            let mut offers = Vec::new();
            if let Some(unit) = behind.0[text] {
                offers.push((likeness(self.kind(text, unit - 1), first), unit - 1));
            }
            if let Some(unit) = before.0[text] {
                offers.push((likeness(self.kind(text, unit + 1), second), unit));
            }
            for (fits, unit) in offers {
                let lines = self.lines_between(text, unit);
                let offer = (fits, lines.len(), who, lines);
                if best
                    .as_ref()
                    .is_none_or(|b| (b.0, b.1) < (offer.0, offer.1))
                {
                    best = Some(offer);
                }
            }
        }
        best.map(|(_, _, who, lines)| (who, lines))
    }
}

/// Where something stands in base, ours and theirs: numbers of units, -1 before the first.
#[derive(Clone, Copy, Debug)]
struct Spot([Option<i64>; 3]);

impl Spot {
    fn before(units: &[Range<u32>; 3]) -> Self {
        Spot([0, 1, 2].map(|text| Some(i64::from(units[text].start) - 1)))
    }

    fn behind(units: &[Range<u32>; 3]) -> Self {
        Spot([0, 1, 2].map(|text| Some(i64::from(units[text].end))))
    }

    fn of(slot: &Slot) -> Self {
        match slot {
            Slot::Thing(thing) => Spot([thing.base, thing.ours, thing.theirs].map(number)),
            Slot::Rivals(units) => Spot([0, 1, 2].map(|text| number(units[text].first().copied()))),
        }
    }

    fn last_of(slot: &Slot) -> Self {
        match slot {
            Slot::Thing(_) => Spot::of(slot),
            Slot::Rivals(units) => Spot([0, 1, 2].map(|text| number(units[text].last().copied()))),
        }
    }
}

fn number(unit: Option<u32>) -> Option<i64> {
    unit.map(i64::from)
}

impl World<'_> {
    /// The lines of a thing that a person must decide on.
    pub(super) fn clash(&self, thing: Thing, reason: Reason) -> Clash {
        Clash {
            reason,
            about: None,
            lines: [
                thing.base.map(|unit| self.base.unit(unit).lines.clone()),
                thing.ours.map(|unit| self.ours.unit(unit).lines.clone()),
                thing
                    .theirs
                    .map(|unit| self.theirs.unit(unit).lines.clone()),
            ],
        }
    }
}
