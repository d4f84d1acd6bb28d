//! Pieces whose borders cut no unit: a collision is widened until it holds whole units and the
//! blank lines around them.

use super::diff3::{Change, Piece};
use super::units::Side;

/// Widens the collisions among `pieces`; what they take in of the pieces beside them is no longer
/// in those.
pub(super) fn widen(pieces: Vec<Piece>, [base, ours, theirs]: [&Side<'_>; 3]) -> Vec<Piece> {
    let sides = [base, ours, theirs];
    let mut done: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest: Vec<Piece> = pieces.into_iter().rev().collect();
    while let Some(mut piece) = rest.pop() {
        if piece.change != Change::Collision {
            done.push(piece);
            continue;
        }
        while cuts_start(&piece, sides) {
            let Some(before) = done.pop() else { break };
            take_before(&mut piece, before, &mut done);
        }
        while cuts_end(&piece, sides) {
            let Some(after) = rest.pop() else { break };
            take_after(&mut piece, after, &mut rest);
        }
        done.push(piece);
    }
    done
}

fn starts(piece: &Piece) -> [usize; 3] {
    [piece.base.start, piece.ours.start, piece.theirs.start]
}

fn ends(piece: &Piece) -> [usize; 3] {
    [piece.base.end, piece.ours.end, piece.theirs.end]
}

/// Whether the line before the piece is blank or belongs to what the piece begins with.
fn cuts_start(piece: &Piece, sides: [&Side<'_>; 3]) -> bool {
    let mut borders = starts(piece).into_iter().zip(sides);
    borders.any(|(line, side)| line > 0 && (side.lines.is_blank(line - 1) || side.cuts_unit(line)))
}

/// Whether the line after the piece is blank or belongs to what the piece ends with.
fn cuts_end(piece: &Piece, sides: [&Side<'_>; 3]) -> bool {
    let mut borders = ends(piece).into_iter().zip(sides);
    borders.any(|(line, side)| {
        line < side.lines.len() && (side.lines.is_blank(line) || side.cuts_unit(line))
    })
}

fn take_before(piece: &mut Piece, mut before: Piece, done: &mut Vec<Piece>) {
    if before.change == Change::None && before.base.len() > 1 {
        before.base.end -= 1;
        before.ours.end -= 1;
        before.theirs.end -= 1;
        [piece.base.start, piece.ours.start, piece.theirs.start] = ends(&before);
        done.push(before);
    } else {
        [piece.base.start, piece.ours.start, piece.theirs.start] = starts(&before);
    }
}

fn take_after(piece: &mut Piece, mut after: Piece, rest: &mut Vec<Piece>) {
    if after.change == Change::None && after.base.len() > 1 {
        after.base.start += 1;
        after.ours.start += 1;
        after.theirs.start += 1;
        [piece.base.end, piece.ours.end, piece.theirs.end] = starts(&after);
        rest.push(after);
    } else {
        [piece.base.end, piece.ours.end, piece.theirs.end] = ends(&after);
    }
}
