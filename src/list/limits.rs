//! What is too much for one text: time, parts and depth that no list has and that only a text made
//! to do harm asks for.

use std::cell::Cell;
use std::fmt;
use std::time::{Duration, Instant};

/// How deep a text may nest. Lists in lists count twice, as list and as item; the deepest real list
/// known has 20 of them.
const DEPTH: usize = 1_000;

/// How many parts (items, links, words between them) any text may have. The longest real list known
/// has 70,000; each takes some 200 bytes of memory while the parser runs.
const PARTS: usize = 4_000_000;
/// Long texts may have a part more for as many bytes; real lists have one for six to thirty.
const BYTES_PER_PART: usize = 8;

/// How long the parser may take for any text. The longest real list known takes a hundredth of a
/// second; the rest is for slow machines that are busy.
const TIME: Duration = Duration::from_secs(30);
/// Long texts may take a second more for as many bytes.
const BYTES_PER_SECOND: u64 = 1 << 20;

/// Why a text was left alone as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// The parser took longer than a text of its length may take.
    Time {
        /// The seconds that it had.
        seconds: u64,
    },
    /// The text has more parts than a text of its length may have.
    Parts {
        /// How many it may have.
        most: usize,
    },
    /// Something nests deeper than anything may.
    Depth {
        /// The 1-based line of the first that does.
        line: u32,
        /// How deep it may nest.
        most: usize,
    },
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Excess::Time { seconds } => write!(
                f,
                "the text takes longer than {seconds} seconds to parse; no list does, so look for \
                 the part that repeats itself and take it out"
            ),
            Excess::Parts { most } => write!(
                f,
                "the text is made of more than {most} items, links and words between them; split it"
            ),
            Excess::Depth { line, most } => write!(
                f,
                "line {line} nests deeper than {most} levels; take the levels out"
            ),
        }
    }
}

/// Watches over the parser while it reads one text.
pub(super) struct Watch {
    started: Instant,
    time: Duration,
    parts: usize,
    excess: Cell<Option<Excess>>,
}

impl Watch {
    /// A watch over a text of so many bytes, from now on.
    pub(super) fn new(bytes: usize) -> Self {
        Watch {
            started: Instant::now(),
            time: TIME + Duration::from_secs(bytes as u64 / BYTES_PER_SECOND),
            parts: PARTS + bytes / BYTES_PER_PART,
            excess: Cell::new(None),
        }
    }

    /// Whether the parser, which made `parts` so far, must stop.
    pub(super) fn stops(&self, parts: usize) -> bool {
        if parts > self.parts {
            let most = self.parts;
            self.excess.set(Some(Excess::Parts { most }));
        } else if self.started.elapsed() > self.time {
            let seconds = self.time.as_secs();
            self.excess.set(Some(Excess::Time { seconds }));
        }
        self.excess.get().is_some()
    }

    /// What is too much, once [`Watch::stops`] said so.
    pub(super) fn excess(&self) -> Option<Excess> {
        self.excess.get()
    }
}

/// What is too much about something on `line` that is nested in `depth` others.
pub(super) fn depth(depth: usize, line: impl FnOnce() -> u32) -> Option<Excess> {
    (depth > DEPTH).then(|| Excess::Depth {
        line: line(),
        most: DEPTH,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_kept_and_named() {
        let watch = Watch::new(0);
        assert!(!watch.stops(PARTS));
        assert!(watch.stops(PARTS + 1));
        let excess = watch.excess().expect("it was too much").to_string();
        assert!(excess.contains("more than 4000000 items"), "{excess}");
        let late = Watch {
            time: Duration::ZERO,
            ..Watch::new(0)
        };
        assert!(late.stops(0));
        let excess = late.excess().expect("it was too much").to_string();
        assert!(excess.contains("longer than 0 seconds"), "{excess}");
        assert_eq!(depth(DEPTH, || 7), None);
        let excess = depth(DEPTH + 1, || 7).expect("it is too deep").to_string();
        assert_eq!(
            excess,
            "line 7 nests deeper than 1000 levels; take the levels out"
        );
    }

    #[test]
    fn long_texts_may_cost_more() {
        let most = |bytes| (Watch::new(bytes).parts, Watch::new(bytes).time.as_secs());
        assert_eq!(most(1_000), (PARTS + 125, 30));
        assert_eq!(most(64 << 20), (PARTS + (8 << 20), 94));
    }
}
