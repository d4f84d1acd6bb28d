//! Entries that a side moved out of or into lines on which the sides do not collide: what the merge
//! changes there.

use super::collide::Part;
use super::diff3::Change;
use super::fields::Merged;
use super::follow::Plan;
use super::units::Kind;
use super::world::{Fate, Thing, Who, World};
use rustc_hash::FxHashMap;

/// What is written instead of a unit that stands outside all collisions.
pub(super) type Patches = FxHashMap<(Who, u32), Vec<Part>>;

/// The changes that the merge makes outside collisions: an entry that one side moved there gets the
/// other side's edit, or goes if the other side deleted it, or if it also stands elsewhere.
pub(super) fn patches(world: &World<'_>, plan: &Plan) -> Patches {
    let mut patches = Patches::default();
    for (number, piece) in (0..).zip(&world.pieces) {
        let (who, lines) = match piece.change {
            Change::Collision => continue,
            Change::Theirs => (Who::Theirs, &piece.theirs),
            _ => (Who::Ours, &piece.ours),
        };
        if piece.change == Change::None && plan.absent.is_empty() {
            continue;
        }
        let side = world.side(who);
        for unit in side.units_in(lines) {
            let thing = world.thing(who, unit);
            let mut patch = change(world, number, who, unit);
            if plan.has_company(thing) && world.home(thing) == Some(number) {
                let lines = side.unit(unit).lines.clone();
                let own = patch.unwrap_or_else(|| vec![Part::Lines(who, lines)]);
                let mut parts = Vec::new();
                for one in plan.around(thing) {
                    if one == thing {
                        parts.extend(own.iter().cloned());
                    } else {
                        parts.extend(stays(world, one));
                    }
                }
                patch = Some(parts);
            }
            if let Some(patch) = patch {
                patches.insert((who, unit), patch);
            }
        }
    }
    patches
}

/// What stands instead of a unit that is not where it was.
fn change(world: &World<'_>, piece: u32, who: Who, number: u32) -> Option<Vec<Part>> {
    let side = world.side(who);
    let unit = side.unit(number);
    let thing = world.thing(who, number);
    if world.stands_still(thing) {
        return None;
    }
    if world.home(thing) == Some(piece)
        && let Some(part) = stays(world, thing)
    {
        let unchanged = matches!(&part, Part::Text(text) if *text == world.text(who, number));
        return (!unchanged).then(|| vec![part]);
    }
    // What stands under it would stand under another heading.
    if unit.kind == Kind::Heading {
        return None;
    }
    // What is nested below it would hang in the air.
    let below = side.units.get(number as usize + 1);
    let has_children = below.is_some_and(|next| next.kind == unit.kind && next.depth > unit.depth);
    (!has_children).then(Vec::new)
}

fn stays(world: &World<'_>, thing: Thing) -> Option<Part> {
    match world.fate(thing) {
        Fate::Gone => None,
        Fate::Stays(Merged::Text(text)) => Some(Part::Text(text)),
        Fate::Stays(Merged::Conflict(reason)) => Some(Part::Clash(world.clash(thing, reason))),
    }
}
