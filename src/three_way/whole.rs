//! The merge from beginning to end: by lines, then by entries where lines collide, then checked.

use super::check::{self, Counted};
use super::collide::{self, Clash, Part};
use super::diff3::{self, Change};
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
    let counted = Counted::new([base, ours, theirs]);
    if let Some(text) = clean {
        let duplicates = counted.doubled(&check::counts(&text));
        return Resolution {
            text,
            conflicts: Vec::new(),
            duplicates,
            by: By::Lines,
        };
    }
    let texts = [base, ours, theirs].map(|text| text.strip_prefix(BOM).unwrap_or(text));
    let world = world(texts);
    let mut resolution = resolve(&world, &counted, options);
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

fn resolve(world: &World<'_>, counted: &Counted, options: &Options) -> Resolution {
    let mut unresolved = Unresolved::default();
    let mut written = write(world, &unresolved, options);
    if written.conflicts.is_empty() {
        written.text = remake::remake(world, &written.text, &written.made);
    }
    let wrong = wrong(counted, &written);
    if !wrong.is_empty() {
        blame(world, &wrong, &mut unresolved);
        written = write(world, &unresolved, options);
    }
    Resolution {
        text: written.text,
        conflicts: written.conflicts,
        duplicates: Vec::new(),
        by: By::Entries,
    }
}

/// What the merged text must not have done, by link.
fn wrong(counted: &Counted, written: &Written) -> Vec<(String, Reason)> {
    let text = written.text.as_str();
    let merged = check::counts(text);
    let lost = counted.lost(&merged).into_iter();
    let mut wrong: Vec<_> = lost.map(|link| (link, Reason::WouldLose)).collect();
    let mut decided = String::new();
    let mut start = 0;
    for conflict in &written.conflicts {
        let markers = conflict.markers.range();
        decided.push_str(text.get(start..markers.start).unwrap_or_default());
        start = markers.end;
    }
    decided.push_str(text.get(start..).unwrap_or_default());
    let decided = check::counts(&decided);
    let resurrected = counted.resurrected(&decided).into_iter();
    wrong.extend(resurrected.map(|link| (link, Reason::WouldResurrect)));
    let doubled = counted.doubled(&decided).into_iter();
    wrong.extend(doubled.map(|link| (link, Reason::WouldDouble)));
    wrong
}

/// Leaves unresolved every collision that has to do with a wrong link; all if none has.
fn blame(world: &World<'_>, wrong: &[(String, Reason)], unresolved: &mut Unresolved) {
    let wrong_links: FxHashMap<&str, Reason> = wrong
        .iter()
        .map(|(link, reason)| (link.as_str(), *reason))
        .collect();
    let collisions = || {
        (0..)
            .zip(&world.pieces)
            .filter(|(_, piece)| piece.change == Change::Collision)
    };
    for (number, piece) in collisions() {
        let texts = [
            world.base.lines.raw_range(piece.base.clone()),
            world.ours.lines.raw_range(piece.ours.clone()),
            world.theirs.lines.raw_range(piece.theirs.clone()),
        ];
        let mut links = texts.into_iter().flat_map(check::destinations);
        if let Some(reason) = links.find_map(|link| wrong_links.get(link.as_str())) {
            unresolved.insert(number, *reason);
        }
    }
    if unresolved.is_empty()
        && let Some((_, reason)) = wrong.first()
    {
        unresolved.extend(collisions().map(|(number, _)| (number, *reason)));
    }
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
                let parts = merged.unwrap_or_else(|reason| {
                    let lines = [&piece.base, &piece.ours, &piece.theirs];
                    vec![Part::Clash(Clash {
                        reason,
                        lines: lines.map(|lines| Some(lines.clone())),
                    })]
                });
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
