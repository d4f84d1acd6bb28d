//! The merge from beginning to end: by lines, then by entries where lines collide, then checked.

use super::check::{self, Sides, Wrong};
use super::collide::{self, Clash, Part};
use super::diff3::{self, Change, Piece};
use super::follow;
use super::lines::{Lines, Names};
use super::moved::{self, Patches};
use super::remake;
use super::units::{Keys, Side};
use super::widen;
use super::world::{Who, World};
use super::write::{Writer, Written};
use super::{By, Options, Reason, Resolution};
use crate::list::List;
use crate::source::{FileId, Source, Span};
use rustc_hash::FxHashMap;

const BOM: char = '\u{feff}';

/// Merges three texts.
pub(super) fn merge(base: &str, ours: &str, theirs: &str, options: &Options) -> Resolution {
    let clean = match &options.git_clean {
        Some(text) => Some(text.clone()),
        None => by_lines(base, ours, theirs),
    };
    let sides = Sides::new([base, ours, theirs]);
    if let Some(text) = clean {
        let duplicates = sides.doubled(&check::read(&text));
        return Resolution {
            text,
            conflicts: Vec::new(),
            duplicates,
            by: By::Lines,
        };
    }
    let texts = [base, ours, theirs].map(|text| text.strip_prefix(BOM).unwrap_or(text));
    let world = world(texts);
    let mut resolution = resolve(&world, &sides, options);
    if ours.starts_with(BOM) {
        resolution.text.insert(0, BOM);
        let mark = BOM.len_utf8() as u32;
        for conflict in &mut resolution.conflicts {
            let Span { file, start, end } = conflict.markers;
            conflict.markers = Span::new(file, start + mark, end + mark);
        }
    }
    resolution
}

/// The merge by lines, if nothing collides.
fn by_lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let mut names = Names::default();
    let [base, ours, theirs] = [base, ours, theirs].map(|text| Lines::new(text, &mut names, true));
    let our_hunks = diff3::hunks(&base.names, &ours.names);
    let their_hunks = diff3::hunks(&base.names, &theirs.names);
    let mut merged = String::new();
    for piece in diff3::pieces(
        &base.names,
        &ours.names,
        &theirs.names,
        &our_hunks,
        &their_hunks,
    ) {
        match piece.change {
            Change::Collision => return None,
            Change::Theirs => merged.push_str(theirs.raw_range(piece.theirs)),
            _ => merged.push_str(ours.raw_range(piece.ours)),
        }
    }
    Some(merged)
}

/// The three texts understood, in pieces whose collisions hold whole units.
fn world([base, ours, theirs]: [&str; 3]) -> World<'_> {
    let mut names = Names::default();
    let mut keys = Keys::default();
    let mut side = |id: u32, text| {
        let lines = Lines::new(text, &mut names, false);
        let list = List::parse(Source::new(FileId(id), "", text));
        Side::new(lines, list, &mut keys)
    };
    let sides = [side(0, base), side(1, ours), side(2, theirs)];
    let [o, a, b] = [0, 1, 2].map(|text: usize| sides[text].lines.names.as_slice());
    let our_hunks = diff3::hunks(o, a);
    let their_hunks = diff3::hunks(o, b);
    let pieces = diff3::pieces(o, a, b, &our_hunks, &their_hunks);
    let pieces = widen::widen(pieces, [&sides[0], &sides[1], &sides[2]]);
    World::new(sides, pieces, &our_hunks, &their_hunks)
}

/// Why collisions stay as git leaves them, by their number among the pieces.
type Unresolved = FxHashMap<u32, Reason>;

/// How often what a result did wrong is left to a person instead, before all of it is.
const ROUNDS: usize = 3;

fn resolve(world: &World<'_>, sides: &Sides<'_>, options: &Options) -> Resolution {
    let mut unresolved = Unresolved::default();
    let mut reason = Reason::Prose;
    for _ in 0..ROUNDS {
        let mut written = write(world, &unresolved, options);
        if written.conflicts.is_empty() {
            written.text = remake::remake(world, &written.text, &written.made);
        }
        let wrong = sides.wrong(&written.text, &decided(&written));
        let Some((_, first)) = wrong.first() else {
            return resolution(written, By::Entries);
        };
        reason = *first;
        blame(world, &wrong, &mut unresolved);
    }
    resolution(as_git_leaves_it(world, reason, options), By::Lines)
}

fn resolution(written: Written, by: By) -> Resolution {
    Resolution {
        text: written.text,
        conflicts: written.conflicts,
        duplicates: Vec::new(),
        by,
    }
}

/// What stands outside conflicts.
fn decided(written: &Written) -> String {
    let text = written.text.as_str();
    let mut decided = String::with_capacity(text.len());
    let mut start = 0;
    for conflict in &written.conflicts {
        let markers = conflict.markers.range();
        decided.push_str(text.get(start..markers.start).unwrap_or_default());
        start = markers.end;
    }
    decided.push_str(text.get(start..).unwrap_or_default());
    decided
}

/// Leaves unresolved every collision that has to do with what is wrong; all if none has.
fn blame(world: &World<'_>, wrong: &[Wrong], unresolved: &mut Unresolved) {
    let reasons: FxHashMap<&str, Reason> = wrong
        .iter()
        .map(|(mark, reason)| (mark.as_str(), *reason))
        .collect();
    let before = unresolved.len();
    for (number, piece) in collisions(world) {
        let texts = [
            world.base.lines.raw_range(piece.base.clone()),
            world.ours.lines.raw_range(piece.ours.clone()),
            world.theirs.lines.raw_range(piece.theirs.clone()),
        ];
        let mut marks = texts.into_iter().flat_map(check::marks);
        if let Some(reason) = marks.find_map(|mark| reasons.get(mark.as_str())) {
            unresolved.entry(number).or_insert(*reason);
        }
    }
    if unresolved.len() == before
        && let Some((_, reason)) = wrong.first()
    {
        for (number, _) in collisions(world) {
            unresolved.entry(number).or_insert(*reason);
        }
    }
}

fn collisions<'w>(world: &'w World<'_>) -> impl Iterator<Item = (u32, &'w Piece)> {
    let numbered = (0..).zip(&world.pieces);
    numbered.filter(|(_, piece)| piece.change == Change::Collision)
}

/// Line by line, with a conflict at every collision.
fn as_git_leaves_it(world: &World<'_>, reason: Reason, options: &Options) -> Written {
    let mut writer = Writer::new(world, options);
    for piece in &world.pieces {
        match piece.change {
            Change::Collision => writer.made(&[clash(piece, reason)]),
            Change::Theirs => writer.part(&Part::Lines(Who::Theirs, piece.theirs.clone())),
            _ => writer.part(&Part::Lines(Who::Ours, piece.ours.clone())),
        }
    }
    writer.finish()
}

/// A whole collision, left to a person.
fn clash(piece: &Piece, reason: Reason) -> Part {
    let lines = [&piece.base, &piece.ours, &piece.theirs];
    Part::Clash(Clash {
        reason,
        lines: lines.map(|lines| Some(lines.clone())),
    })
}

/// The merged text and its conflicts.
fn write(world: &World<'_>, unresolved: &Unresolved, options: &Options) -> Written {
    let plan = follow::plan(world);
    let patches = moved::patches(world, &plan);
    let mut writer = Writer::new(world, options);
    for (number, piece) in (0..).zip(&world.pieces) {
        match piece.change {
            Change::Collision => {
                let merged = match unresolved.get(&number) {
                    Some(reason) => Err(*reason),
                    None => collide::merge(world, &plan, number),
                };
                let parts = merged.unwrap_or_else(|reason| vec![clash(piece, reason)]);
                writer.made(&parts);
            }
            Change::Theirs => {
                with_patches(&mut writer, world, &patches, Who::Theirs, &piece.theirs)
            }
            _ => with_patches(&mut writer, world, &patches, Who::Ours, &piece.ours),
        }
    }
    writer.finish()
}

/// Writes lines of a side, with what the merge changes among them.
fn with_patches(
    writer: &mut Writer<'_, '_, '_>,
    world: &World<'_>,
    patches: &Patches,
    who: Who,
    lines: &std::ops::Range<usize>,
) {
    let side = world.side(who);
    let mut from = lines.start;
    for unit in side.units_in(lines) {
        let Some(patch) = patches.get(&(who, unit)) else {
            continue;
        };
        let old = side.unit(unit).lines.clone();
        writer.part(&Part::Lines(who, from..old.start));
        patch.iter().for_each(|part| writer.part(part));
        from = old.end;
    }
    writer.part(&Part::Lines(who, from..lines.end.max(from)));
}
