//! How far a long run is: one line on the standard error that changes, on a terminal only.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A run shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line changes, in milliseconds.
const PACE: u64 = 100;

/// The line that says how far a run is. It is gone when this is dropped.
pub(super) struct Progress {
    start: Instant,
    on_terminal: bool,
    /// Whether the line is there.
    shown: AtomicBool,
    /// When it was last written, in milliseconds behind the start.
    last: AtomicU64,
    done: AtomicUsize,
}

impl Progress {
    pub(super) fn new() -> Progress {
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Progress {
            start: Instant::now(),
            on_terminal: std::io::stderr().is_terminal() && !dumb,
            shown: AtomicBool::new(false),
            last: AtomicU64::new(0),
            done: AtomicUsize::new(0),
        }
    }

    /// One more of `total` is done.
    pub(super) fn step(&self, what: &str, total: usize) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let now = self.start.elapsed().as_millis() as u64;
        let last = self.last.load(Ordering::Relaxed);
        let due = self.due() && now >= last + PACE;
        let relaxed = Ordering::Relaxed;
        // Of several threads one writes.
        if due
            && self
                .last
                .compare_exchange(last, now, relaxed, relaxed)
                .is_ok()
        {
            self.write(&format!("{what} {done} of {total}"));
        }
    }

    /// What is done now, of which there is no telling how far it is.
    pub(super) fn say(&self, what: &str) {
        if self.due() {
            self.write(what);
        }
    }

    /// Takes the line away, since something else is written now; the next step shows it again.
    pub(super) fn clear(&mut self) {
        if std::mem::take(self.shown.get_mut()) {
            // A terminal that is gone is no reason to stop.
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
        }
    }

    fn due(&self) -> bool {
        self.on_terminal && self.start.elapsed() >= PATIENCE
    }

    fn write(&self, line: &str) {
        self.shown.store(true, Ordering::Relaxed);
        let mut out = std::io::stderr().lock();
        // A terminal that is gone is no reason to stop.
        let _ = write!(
            out,
            "\r\u{1b}[K{line} … ({} s)",
            self.start.elapsed().as_secs()
        );
        let _ = out.flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
