//! The merge from beginning to end: by lines, then by entries where lines collide, then checked.

use super::check::{Sides, Wrong};
use super::collide::{self, Clash, Part};
use super::diff3::{self, Change, Hunk, Piece};
use super::follow;
use super::lines::{Lines, Names};
use super::mentions;
use super::moved::{self, Patches};
use super::remake;
use super::taken;
use super::units::Side;
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
    let exact = Compared::new([base, ours, theirs], true);
    let clean = options.git_clean.clone().or_else(|| exact.merged());
    if let Some(text) = clean {
        let mut sides = Sides::new([base, ours, theirs], &exact.names, true);
        return Resolution {
            duplicates: sides.new_duplicates(&text),
            text,
            conflicts: Vec::new(),
            by: By::Lines,
        };
    }
    let texts = [base, ours, theirs].map(|text| text.strip_prefix(BOM).unwrap_or(text));
    let is_plain = |text: &str| {
        let is_ended = text.is_empty() || text.ends_with('\n');
        is_ended && !text.starts_with(BOM) && memchr::memchr(b'\r', text.as_bytes()).is_none()
    };
    // Lines that all end alike compare alike with and without their endings.
    let (compared, is_exact) = match [base, ours, theirs].into_iter().all(is_plain) {
        true => (exact, true),
        false => (Compared::new(texts, false), false),
    };
    let mut sides = Sides::new(texts, &compared.names, is_exact);
    let world = world(
        texts,
        compared.lines,
        [compared.our_hunks, compared.their_hunks],
    );
    let mut resolution = resolve(&world, &mut sides, options);
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

/// Three texts compared line by line.
struct Compared<'t> {
    names: Names<'t>,
    /// Of base, ours and theirs.
    lines: [Lines<'t>; 3],
    our_hunks: Vec<Hunk>,
    their_hunks: Vec<Hunk>,
}

impl<'t> Compared<'t> {
    fn new(texts: [&'t str; 3], exact: bool) -> Self {
        let mut names = Names::default();
        let lines = texts.map(|text| Lines::new(text, &mut names, exact));
        let [base, ours, theirs] = &lines;
        Compared {
            our_hunks: diff3::hunks(&base.names, &ours.names),
            their_hunks: diff3::hunks(&base.names, &theirs.names),
            names,
            lines,
        }
    }

    /// The merge by lines, if nothing collides.
    fn merged(&self) -> Option<String> {
        let [base, ours, theirs] = &self.lines;
        let pieces = diff3::pieces(
            &base.names,
            &ours.names,
            &theirs.names,
            &self.our_hunks,
            &self.their_hunks,
        );
        let collides = |piece: &Piece| piece.change == Change::Collision;
        if pieces.iter().any(collides) {
            return None;
        }
        let texts = pieces.into_iter().map(|piece| match piece.change {
            Change::Theirs => theirs.raw_range(piece.theirs),
            _ => ours.raw_range(piece.ours),
        });
        Some(texts.collect())
    }
}

/// The three texts understood, in pieces whose collisions hold whole units.
fn world<'t>(texts: [&'t str; 3], lines: [Lines<'t>; 3], hunks: [Vec<Hunk>; 2]) -> World<'t> {
    let [o, a, b] = lines;
    let side = |id: u32, lines: Lines<'t>| {
        let text = texts.get(id as usize).copied().unwrap_or_default();
        Side::new(lines, List::parse(Source::new(FileId(id), "", text)))
    };
    let [our_hunks, their_hunks] = hunks;
    let (ours, theirs) = (side(1, a), side(2, b));
    let base = taken::base(o, (&ours, &our_hunks), (&theirs, &their_hunks));
    let base = base.unwrap_or_else(|lines| side(0, lines));
    let sides = [base, ours, theirs];
    let [o, a, b] = [0, 1, 2].map(|text: usize| sides[text].lines.names.as_slice());
    let pieces = diff3::pieces(o, a, b, &our_hunks, &their_hunks);
    let pieces = widen::widen(pieces, [&sides[0], &sides[1], &sides[2]]);
    World::new(sides, pieces, &our_hunks, &their_hunks)
}

/// What was wrong with merging collisions, by their number among the pieces; they stay as git leaves
/// them.
type Unresolved = FxHashMap<u32, Wrong>;

/// How often what a result did wrong is left to a person instead, before all of it is.
const ROUNDS: usize = 3;

fn resolve(world: &World<'_>, sides: &mut Sides<'_, '_>, options: &Options) -> Resolution {
    let mut unresolved = Unresolved::default();
    let mut last = None;
    for _ in 0..ROUNDS {
        let mut written = write(world, &unresolved, options);
        if written.conflicts.is_empty() {
            written.text = remake::remake(world, &written.text, &written.made);
        }
        let wrong = sides.wrong(&written.text, &decided(&written));
        if wrong.is_empty() {
            return resolution(written, By::Entries);
        }
        blame(world, &wrong, &mut unresolved);
        last = wrong.into_iter().next();
    }
    resolution(as_git_leaves_it(world, last, options), By::Lines)
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
        let marks = texts.into_iter().flat_map(mentions::marks);
        let found = marks.filter_map(|mark| Some((reasons.get(mark.as_str()).copied()?, mark)));
        let found = found.map(|(reason, mark)| (mark, reason)).next();
        if let Some(found) = found {
            unresolved.entry(number).or_insert(found);
        }
    }
    if unresolved.len() == before
        && let Some(first) = wrong.first()
    {
        for (number, _) in collisions(world) {
            unresolved.entry(number).or_insert_with(|| first.clone());
        }
    }
}

fn collisions<'w>(world: &'w World<'_>) -> impl Iterator<Item = (u32, &'w Piece)> {
    let numbered = (0..).zip(&world.pieces);
    numbered.filter(|(_, piece)| piece.change == Change::Collision)
}

/// Line by line, with a conflict at every collision.
fn as_git_leaves_it(world: &World<'_>, wrong: Option<Wrong>, options: &Options) -> Written {
    let (about, reason) = match wrong {
        Some((about, reason)) => (Some(about), reason),
        None => (None, Reason::Prose),
    };
    let mut writer = Writer::new(world, options);
    for piece in &world.pieces {
        match piece.change {
            Change::Collision => writer.made(&[clash(piece, reason, about.clone())]),
            Change::Theirs => writer.part(&Part::Lines(Who::Theirs, piece.theirs.clone())),
            _ => writer.part(&Part::Lines(Who::Ours, piece.ours.clone())),
        }
    }
    writer.finish()
}

/// A whole collision, left to a person.
fn clash(piece: &Piece, reason: Reason, about: Option<String>) -> Part {
    let lines = [&piece.base, &piece.ours, &piece.theirs];
    Part::Clash(Clash {
        reason,
        about,
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
                let parts = match unresolved.get(&number) {
                    Some((about, reason)) => vec![clash(piece, *reason, Some(about.clone()))],
                    None => collide::merge(world, &plan, number)
                        .unwrap_or_else(|reason| vec![clash(piece, reason, None)]),
                };
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
