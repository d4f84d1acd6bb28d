//! The three texts seen together: which units are one, what became of each, and where it now stands.

use super::Reason;
use super::diff3::{Hunk, Piece};
use super::facts::{self, Keys};
use super::fields::{self, Merged, Of};
use super::pairs::{self, Pairs};
use super::units::Side;
use std::cell::OnceCell;

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Who {
    Ours,
    Theirs,
}

impl Who {
    pub(super) fn other(self) -> Who {
        match self {
            Who::Ours => Who::Theirs,
            Who::Theirs => Who::Ours,
        }
    }
}

/// One thing that up to three texts have, by its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Thing {
    pub(super) base: Option<u32>,
    pub(super) ours: Option<u32>,
    pub(super) theirs: Option<u32>,
}

impl Thing {
    /// The unit of a side.
    pub(super) fn of(self, who: Who) -> Option<u32> {
        match who {
            Who::Ours => self.ours,
            Who::Theirs => self.theirs,
        }
    }
}

/// What became of a [`Thing`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// A side deleted it and the other did not touch it.
    Gone,
    /// It stays, with this text.
    Stays(Merged),
}

/// Base, ours and theirs, and what they have in common.
pub(super) struct World<'t> {
    pub(super) base: Side<'t>,
    pub(super) ours: Side<'t>,
    pub(super) theirs: Side<'t>,
    pub(super) pieces: Vec<Piece>,
    base_ours: Pairs,
    base_theirs: Pairs,
    /// What both sides added.
    added: Pairs,
    /// Whether ours and theirs restyled the list, once that was asked.
    restyled: [OnceCell<bool>; 2],
    /// For each unit the piece that it begins in.
    base_pieces: Vec<u32>,
    our_pieces: Vec<u32>,
    their_pieces: Vec<u32>,
}

impl<'t> World<'t> {
    pub(super) fn new(
        [mut base, mut ours, mut theirs]: [Side<'t>; 3],
        pieces: Vec<Piece>,
        our_hunks: &[Hunk],
        their_hunks: &[Hunk],
    ) -> Self {
        let mut base_ours = pairs::at_sight(&base, &ours, our_hunks);
        let mut base_theirs = pairs::at_sight(&base, &theirs, their_hunks);
        let mut keys = Keys::default();
        let is_touched = |unit: u32| base_ours.free_old(unit) || base_theirs.free_old(unit);
        let is_new = |back: &[Option<u32>], unit| partner(back, unit).is_none_or(is_touched);
        facts::read(&mut base, &mut keys, is_touched);
        facts::read(&mut ours, &mut keys, |unit| is_new(&base_ours.back, unit));
        facts::read(&mut theirs, &mut keys, |unit| {
            is_new(&base_theirs.back, unit)
        });
        pairs::pair_changed(&mut base_ours, &base, &ours, our_hunks);
        pairs::pair_changed(&mut base_theirs, &base, &theirs, their_hunks);
        pairs::pair_through(&base_ours, &ours, &mut base_theirs, &theirs);
        pairs::pair_through(&base_theirs, &theirs, &mut base_ours, &ours);
        let mut added = pairs::added_pairs(&ours, &theirs, &base_ours, &base_theirs);
        for piece in &pieces {
            let units = (ours.units_in(&piece.ours), theirs.units_in(&piece.theirs));
            if !units.0.is_empty() && !units.1.is_empty() {
                pairs::pair_added_lines(
                    &mut added,
                    &ours,
                    &theirs,
                    &base_ours,
                    &base_theirs,
                    units,
                );
            }
        }
        World {
            base_pieces: piece_of_units(&base, pieces.iter().map(|piece| piece.base.end)),
            our_pieces: piece_of_units(&ours, pieces.iter().map(|piece| piece.ours.end)),
            their_pieces: piece_of_units(&theirs, pieces.iter().map(|piece| piece.theirs.end)),
            base,
            ours,
            theirs,
            pieces,
            base_ours,
            base_theirs,
            added,
            restyled: [const { OnceCell::new() }; 2],
        }
    }

    pub(super) fn side(&self, who: Who) -> &Side<'t> {
        match who {
            Who::Ours => &self.ours,
            Who::Theirs => &self.theirs,
        }
    }

    /// The thing that a unit of base is.
    pub(super) fn thing_of_base(&self, unit: u32) -> Thing {
        Thing {
            base: Some(unit),
            ours: partner(&self.base_ours.forth, unit),
            theirs: partner(&self.base_theirs.forth, unit),
        }
    }

    /// The thing that a unit of a side is.
    pub(super) fn thing(&self, who: Who, unit: u32) -> Thing {
        let (own, added) = match who {
            Who::Ours => (&self.base_ours, &self.added.forth),
            Who::Theirs => (&self.base_theirs, &self.added.back),
        };
        if let Some(base) = partner(&own.back, unit) {
            return self.thing_of_base(base);
        }
        let twin = partner(added, unit);
        let (ours, theirs) = match who {
            Who::Ours => (Some(unit), twin),
            Who::Theirs => (twin, Some(unit)),
        };
        Thing {
            base: None,
            ours,
            theirs,
        }
    }

    /// The piece in which a side has a unit.
    pub(super) fn piece_of(&self, who: Who, unit: u32) -> u32 {
        let pieces = match who {
            Who::Ours => &self.our_pieces,
            Who::Theirs => &self.their_pieces,
        };
        pieces.get(unit as usize).copied().unwrap_or_default()
    }

    /// Whether all texts that have the thing have it in one piece.
    pub(super) fn stands_still(&self, thing: Thing) -> bool {
        let mut pieces = self.pieces_of(thing).into_iter().flatten();
        let first = pieces.next();
        pieces.all(|piece| Some(piece) == first)
    }

    fn pieces_of(&self, thing: Thing) -> [Option<u32>; 3] {
        let at = |pieces: &[u32], unit: Option<u32>| {
            unit.and_then(|unit| pieces.get(unit as usize).copied())
        };
        [
            at(&self.base_pieces, thing.base),
            at(&self.our_pieces, thing.ours),
            at(&self.their_pieces, thing.theirs),
        ]
    }

    /// Whose place a thing stands at after the merge: of the side that moved it; of the side whose
    /// surroundings stay if both added it; ours if that does not tell.
    pub(super) fn placed_by(&self, thing: Thing) -> Option<Who> {
        match self.pieces_of(thing) {
            [_, None, None] => None,
            [_, Some(_), None] => Some(Who::Ours),
            [_, None, Some(_)] => Some(Who::Theirs),
            [Some(base), Some(ours), Some(theirs)] if ours == base && theirs != base => {
                Some(Who::Theirs)
            }
            [None, Some(ours), Some(theirs)] if ours != theirs => {
                let moved = |who| self.is_left_behind(who, thing.of(who));
                Some(match moved(Who::Ours) && !moved(Who::Theirs) {
                    true => Who::Theirs,
                    false => Who::Ours,
                })
            }
            [_, Some(_), Some(_)] => Some(Who::Ours),
        }
    }

    /// Whether the other side took away or moved what a new unit of a side was put behind.
    fn is_left_behind(&self, who: Who, unit: Option<u32>) -> bool {
        /// How far back an older unit is looked for.
        const FAR: u32 = 32;
        let Some(unit) = unit else { return false };
        let mut before = (unit.saturating_sub(FAR)..unit).rev();
        let older = before.find_map(|unit| {
            let thing = self.thing(who, unit);
            thing.base.is_some().then_some((unit, thing))
        });
        older.is_some_and(|(unit, thing)| {
            thing.of(who.other()).is_none() || self.home(thing) != Some(self.piece_of(who, unit))
        })
    }

    /// The piece in which a thing stands after the merge.
    pub(super) fn home(&self, thing: Thing) -> Option<u32> {
        let who = self.placed_by(thing)?;
        Some(self.piece_of(who, thing.of(who)?))
    }

    /// What became of a thing.
    pub(super) fn fate(&self, thing: Thing) -> Fate {
        let base = thing.base.map(|unit| self.of(&self.base, unit));
        let ours = thing.ours.map(|unit| self.of(&self.ours, unit));
        let theirs = thing.theirs.map(|unit| self.of(&self.theirs, unit));
        match (base, ours, theirs) {
            (_, None, None) => Fate::Gone,
            (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) => {
                let who = match thing.ours {
                    Some(_) => Who::Ours,
                    None => Who::Theirs,
                };
                let is_untouched = base.is_corrected_by(kept) || kept.is_contents();
                if is_untouched || base.is_restyled_by(kept) && self.restyled(who) {
                    Fate::Gone
                } else if base.is_readdressed_by(kept) {
                    Fate::Stays(Merged::Text(kept.text()))
                } else {
                    Fate::Stays(Merged::Conflict(Reason::DeletedAndEdited))
                }
            }
            (Some(base), Some(ours), Some(theirs)) => {
                Fate::Stays(fields::changed(base, ours, theirs))
            }
            (None, Some(ours), Some(theirs)) => Fate::Stays(fields::added(ours, theirs)),
            (None, Some(only), None) | (None, None, Some(only)) => {
                Fate::Stays(Merged::Text(only.text()))
            }
        }
    }

    /// Whether a side changed the signs of most entries and nothing else in them: that is the style of
    /// the list and says nothing for a single entry.
    fn restyled(&self, who: Who) -> bool {
        /// Fewer are changes to entries.
        const FEWEST: usize = 4;
        let (known, side, pairs) = match who {
            Who::Ours => (&self.restyled[0], &self.ours, &self.base_ours),
            Who::Theirs => (&self.restyled[1], &self.theirs, &self.base_theirs),
        };
        *known.get_or_init(|| {
            let (mut all, mut restyled) = (0, 0);
            for (unit, partner) in (0..).zip(&pairs.forth) {
                let Some(partner) = *partner else { continue };
                let (old, new) = (self.of(&self.base, unit), self.of(side, partner));
                if side.unit(partner).entry.is_some() {
                    all += 1;
                    restyled += usize::from(old.differs_from(new) && old.is_restyled_by(new));
                }
            }
            restyled >= FEWEST && restyled * 2 > all
        })
    }

    fn of<'a>(&self, side: &'a Side<'t>, unit: u32) -> Of<'a, 't> {
        Of { side, unit }
    }

    /// The text of a side's unit.
    pub(super) fn text(&self, who: Who, unit: u32) -> String {
        self.of(self.side(who), unit).text()
    }
}

fn partner(pairs: &[Option<u32>], unit: u32) -> Option<u32> {
    pairs.get(unit as usize).copied().flatten()
}

/// For each unit of `side` the piece that its first line stands in; `ends` are the pieces' ends.
fn piece_of_units(side: &Side<'_>, ends: impl Iterator<Item = usize>) -> Vec<u32> {
    let ends: Vec<usize> = ends.collect();
    let mut piece = 0;
    side.units
        .iter()
        .map(|unit| {
            while ends.get(piece).is_some_and(|&end| end <= unit.lines.start) {
                piece += 1;
            }
            piece as u32
        })
        .collect()
}
