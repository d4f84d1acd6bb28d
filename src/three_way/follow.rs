//! What a side added below a heading or an entry that is no longer there: it follows its neighbour
//! to where that now stands, or a person must decide.

use super::Reason;
use super::diff3::Change;
use super::units::Kind;
use super::world::{Fate, Thing, Who, World};
use rustc_hash::{FxHashMap, FxHashSet};

/// Where the homeless things of all collisions go.
#[derive(Default)]
pub(super) struct Plan {
    /// What is written behind a thing, in order.
    pub(super) followers: FxHashMap<Thing, Vec<Thing>>,
    /// What is written before a thing, in order.
    pub(super) leaders: FxHashMap<Thing, Vec<Thing>>,
    /// What is not written where it stood.
    pub(super) absent: FxHashSet<Thing>,
    /// Collisions that have something without a place.
    pub(super) failed: FxHashMap<u32, Reason>,
}

impl Plan {
    /// A thing's leaders, the thing itself and its followers.
    pub(super) fn around(&self, thing: Thing) -> impl Iterator<Item = Thing> + '_ {
        let before = self.leaders.get(&thing).into_iter().flatten().copied();
        let behind = self.followers.get(&thing).into_iter().flatten().copied();
        before.chain([thing]).chain(behind)
    }

    /// Whether something follows or leads a thing.
    pub(super) fn has_company(&self, thing: Thing) -> bool {
        self.followers.contains_key(&thing) || self.leaders.contains_key(&thing)
    }
}

/// Finds a place for everything that lost its own.
pub(super) fn plan(world: &World<'_>) -> Plan {
    let mut plan = Plan::default();
    for (number, piece) in (0..).zip(&world.pieces) {
        if piece.change != Change::Collision {
            continue;
        }
        let sides = [
            (Who::Ours, world.ours.units_in(&piece.ours)),
            (Who::Theirs, world.theirs.units_in(&piece.theirs)),
        ];
        for (who, units) in sides {
            let mut walk = Walk {
                world,
                who,
                number,
                above: Vec::new(),
                neighbour: None,
                waiting: Vec::new(),
            };
            for unit in units {
                walk.visit(unit, &mut plan);
            }
            walk.leave_section(&mut plan);
        }
    }
    plan
}

/// How a unit that others stand below fares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// In this collision.
    Here,
    /// Behind another thing.
    Behind(Thing),
    /// Elsewhere, or nowhere.
    Away,
}

/// A walk over the units of one side of a collision.
struct Walk<'w, 't> {
    world: &'w World<'t>,
    who: Who,
    number: u32,
    /// The units that the next one stands below, outermost first: whether a heading, how deep.
    above: Vec<(bool, u16, Stands)>,
    /// The last thing under the same heading that is still there, here or elsewhere.
    neighbour: Option<Thing>,
    /// What has no such neighbour before it, and waits for the next one.
    waiting: Vec<Thing>,
}

impl Walk<'_, '_> {
    fn visit(&mut self, number: u32, plan: &mut Plan) {
        let unit = self.world.side(self.who).unit(number);
        let heading = unit.kind == Kind::Heading;
        if heading {
            self.leave_section(plan);
        } else if unit.kind != Kind::Line {
            while let Some(&(false, depth, _)) = self.above.last()
                && depth >= unit.depth
            {
                self.above.pop();
            }
        }
        let thing = self.world.thing(self.who, number);
        let alive = self.world.fate(thing) != Fate::Gone;
        let mut stands = if alive && self.world.home(thing) == Some(self.number) {
            Stands::Here
        } else {
            Stands::Away
        };
        let above = self.above.last().map(|(_, _, stands)| *stands);
        let only = thing.of(self.who.other()).is_none();
        if stands == Stands::Here && only && !matches!(above, None | Some(Stands::Here)) {
            stands = self.rehome(thing, unit.kind, above, plan);
        } else if alive && unit.kind != Kind::Line && !heading {
            self.neighbour = Some(thing);
            if !self.waiting.is_empty() {
                let waiting = std::mem::take(&mut self.waiting);
                plan.leaders.entry(thing).or_default().extend(waiting);
            }
        }
        if unit.kind != Kind::Line {
            self.above.push((heading, unit.depth, stands));
        }
    }

    fn leave_section(&mut self, plan: &mut Plan) {
        self.above.clear();
        self.neighbour = None;
        if !self.waiting.is_empty() {
            self.waiting.clear();
            plan.failed.insert(self.number, Reason::PlaceDeleted);
        }
    }

    fn rehome(
        &mut self,
        thing: Thing,
        kind: Kind,
        above: Option<Stands>,
        plan: &mut Plan,
    ) -> Stands {
        let behind = match above {
            Some(Stands::Behind(behind)) => Some(behind),
            _ => self.neighbour,
        };
        match (kind, behind) {
            // The other side took the table of contents away; additions to it go with it.
            (Kind::Contents, None) => {
                plan.absent.insert(thing);
                Stands::Away
            }
            (Kind::Item | Kind::Row | Kind::Contents, Some(behind)) => {
                plan.absent.insert(thing);
                plan.followers.entry(behind).or_default().push(thing);
                Stands::Behind(behind)
            }
            (Kind::Item | Kind::Row, None) => {
                plan.absent.insert(thing);
                self.waiting.push(thing);
                Stands::Away
            }
            _ => {
                plan.failed.insert(self.number, Reason::PlaceDeleted);
                Stands::Here
            }
        }
    }
}
