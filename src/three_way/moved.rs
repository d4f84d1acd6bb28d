//! Entries that a side moved out of or into lines on which the sides do not collide: what the merge
//! changes there.

use super::collide::Part;
use super::diff3::Change;
use super::fields::Merged;
use super::units::Kind;
use super::world::{Fate, Who, World};
use rustc_hash::FxHashMap;

/// What is written instead of a unit that stands outside all collisions.
pub(super) type Patches = FxHashMap<(Who, u32), Vec<Part>>;

/// The changes that the merge makes outside collisions: an entry that one side moved there gets the
/// other side's edit, or goes if the other side deleted it, or if it also stands elsewhere.
pub(super) fn patches(world: &World<'_>) -> Patches {
    let mut patches = Patches::default();
    for (number, piece) in (0..).zip(&world.pieces) {
        let (who, lines) = match piece.change {
            Change::Collision => continue,
            Change::Theirs => (Who::Theirs, &piece.theirs),
            _ => (Who::Ours, &piece.ours),
        };
        if piece.change == Change::None {
            continue;
        }
        let side = world.side(who);
        for unit in side.units_in(lines) {
            let thing = world.thing(who, unit);
            let kind = side.unit(unit).kind;
            if world.stands_still(thing) || matches!(kind, Kind::Line | Kind::Heading) {
                continue;
            }
            let patch = if world.home(thing) != Some(number) {
                Vec::new()
            } else {
                match world.fate(thing) {
                    Fate::Gone => Vec::new(),
                    Fate::Stays(Merged::Text(text)) if text == world.text(who, unit) => continue,
                    Fate::Stays(Merged::Text(text)) => vec![Part::Text(text)],
                    Fate::Stays(Merged::Conflict(reason)) => {
                        vec![Part::Clash(world.clash(thing, reason))]
                    }
                }
            };
            let below = side.units.get(unit as usize + 1);
            let has_children = below.is_some_and(|next| {
                next.kind == kind && next.depth > side.unit(unit).depth
            });
            if !(patch.is_empty() && has_children) {
                patches.insert((who, unit), patch);
            }
        }
    }
    patches
}
