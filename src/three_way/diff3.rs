//! Three texts in pieces: what one side changed, what both changed alike, and where they collide.

use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::ops::Range;

/// Who changed a [`Piece`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nobody.
    None,
    /// Our side alone.
    Ours,
    /// Their side alone.
    Theirs,
    /// Both, to the same text.
    Both,
    /// Both, to different texts.
    Collision,
}

/// A stretch of lines of base, ours and theirs that belong together.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) change: Change,
    pub(super) base: Range<usize>,
    pub(super) ours: Range<usize>,
    pub(super) theirs: Range<usize>,
}

/// A changed stretch of lines: `old` of base became `new` of a side.
#[derive(Clone, Debug)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// What changed from `old` to `new`, in order.
///
/// The histogram algorithm, because git's own merge uses it.
pub(super) fn hunks(old: &[u32], new: &[u32]) -> Vec<Hunk> {
    capture_diff_slices(Algorithm::Histogram, old, new)
        .into_iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| Hunk {
            old: op.old_range(),
            new: op.new_range(),
        })
        .fold(Vec::new(), join_touching)
}

fn join_touching(mut hunks: Vec<Hunk>, next: Hunk) -> Vec<Hunk> {
    match hunks.last_mut() {
        Some(last) if last.old.end == next.old.start && last.new.end == next.new.start => {
            last.old.end = next.old.end;
            last.new.end = next.new.end;
        }
        _ => hunks.push(next),
    }
    hunks
}

/// The pieces of a three-way merge, in order; they cover the three texts without a gap.
///
/// As in git, changes of the two sides collide where they overlap or touch, unless they are the same.
pub(super) fn pieces(
    base: &[u32],
    ours: &[u32],
    theirs: &[u32],
    our_hunks: &[Hunk],
    their_hunks: &[Hunk],
) -> Vec<Piece> {
    let mut joiner = Joiner {
        pieces: Vec::new(),
        at: [0; 3],
    };
    let (mut a, mut b) = (our_hunks.iter().peekable(), their_hunks.iter().peekable());
    loop {
        let start = match (a.peek(), b.peek()) {
            (None, None) => break,
            (Some(hunk), None) | (None, Some(hunk)) => hunk.old.start,
            (Some(x), Some(y)) => x.old.start.min(y.old.start),
        };
        joiner.unchanged(start);
        let mut end = start;
        let (mut by_us, mut by_them) = (false, false);
        let (mut grown_a, mut grown_b) = (0isize, 0isize);
        loop {
            if let Some(hunk) = a.next_if(|hunk| hunk.old.start <= end) {
                end = end.max(hunk.old.end);
                grown_a += hunk.new.len() as isize - hunk.old.len() as isize;
                by_us = true;
            } else if let Some(hunk) = b.next_if(|hunk| hunk.old.start <= end) {
                end = end.max(hunk.old.end);
                grown_b += hunk.new.len() as isize - hunk.old.len() as isize;
                by_them = true;
            } else {
                break;
            }
        }
        let change = match (by_us, by_them) {
            (true, false) => Change::Ours,
            (false, true) => Change::Theirs,
            _ => Change::Collision,
        };
        joiner.changed(change, end, grown_a, grown_b);
    }
    joiner.unchanged(base.len());
    for piece in &mut joiner.pieces {
        if piece.change == Change::Collision
            && ours.get(piece.ours.clone()) == theirs.get(piece.theirs.clone())
        {
            piece.change = Change::Both;
        }
    }
    joiner.pieces
}

struct Joiner {
    pieces: Vec<Piece>,
    /// The next line of base, ours and theirs.
    at: [usize; 3],
}

impl Joiner {
    fn unchanged(&mut self, until: usize) {
        if until > self.at[0] {
            self.changed(Change::None, until, 0, 0);
        }
    }

    fn changed(&mut self, change: Change, until: usize, grown_a: isize, grown_b: isize) {
        let [base, ours, theirs] = self.at;
        let length = until - base;
        let next = [
            until,
            (ours + length).saturating_add_signed(grown_a),
            (theirs + length).saturating_add_signed(grown_b),
        ];
        self.pieces.push(Piece {
            change,
            base: base..next[0],
            ours: ours..next[1],
            theirs: theirs..next[2],
        });
        self.at = next;
    }
}
