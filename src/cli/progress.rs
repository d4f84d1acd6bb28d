//! How far a long run is: one line on the standard error that changes, on a terminal only.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A run shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line changes, in milliseconds.
const PACE: u64 = 100;

/// The line that says how far a run is. It is gone when this is dropped.
pub(super) struct Progress {
    line: Arc<Line>,
    on_terminal: bool,
    /// When it was last written, in milliseconds behind the start.
    last: AtomicU64,
    done: AtomicUsize,
    /// What counts the seconds of work of which there is no telling how far it is.
    clock: Mutex<Option<Clock>>,
}

struct Line {
    start: Instant,
    /// Whether the line is there.
    shown: AtomicBool,
}

struct Clock {
    said: Sender<String>,
    thread: JoinHandle<()>,
}

impl Progress {
    pub(super) fn new() -> Progress {
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Progress {
            line: Arc::new(Line {
                start: Instant::now(),
                shown: AtomicBool::new(false),
            }),
            on_terminal: std::io::stderr().is_terminal() && !dumb,
            last: AtomicU64::new(0),
            done: AtomicUsize::new(0),
            clock: Mutex::new(None),
        }
    }

    /// One more of `total` is done.
    pub(super) fn step(&self, what: &str, total: usize) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let now = self.line.start.elapsed().as_millis() as u64;
        let last = self.last.load(Ordering::Relaxed);
        let due = self.on_terminal && self.line.is_due() && now >= last + PACE;
        let relaxed = Ordering::Relaxed;
        // Of several threads one writes.
        if due
            && self
                .last
                .compare_exchange(last, now, relaxed, relaxed)
                .is_ok()
        {
            self.line.write(&format!("{what} {done} of {total}"));
        }
    }

    /// Takes the line away, since something else is written now; the next step shows it again.
    pub(super) fn clear(&self) {
        if self.line.shown.swap(false, Ordering::Relaxed) {
            // A terminal that is gone is no reason to stop.
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
        }
    }

    /// What is done from now on, of which there is no telling how far it is.
    pub(super) fn say(&self, what: &str) {
        if !self.on_terminal {
            return;
        }
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        let clock = clock.get_or_insert_with(|| Clock::start(Arc::clone(&self.line)));
        // A clock that has stopped is no reason to stop.
        let _ = clock.said.send(what.to_owned());
    }
}

impl Clock {
    /// Writes what was said last again and again, with the seconds that have passed.
    fn start(line: Arc<Line>) -> Clock {
        let (said, heard) = channel::<String>();
        let thread = std::thread::spawn(move || {
            let mut what = String::new();
            loop {
                match heard.recv_timeout(PATIENCE) {
                    Ok(said) => what = said,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                if line.is_due() {
                    line.write(&what);
                }
            }
        });
        Clock { said, thread }
    }
}

impl Line {
    fn is_due(&self) -> bool {
        self.start.elapsed() >= PATIENCE
    }

    fn write(&self, text: &str) {
        self.shown.store(true, Ordering::Relaxed);
        let mut out = std::io::stderr().lock();
        // A terminal that is gone is no reason to stop.
        let _ = write!(
            out,
            "\r\u{1b}[K{text} … ({} s)",
            self.start.elapsed().as_secs()
        );
        let _ = out.flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let clock = self.clock.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(Clock { said, thread }) = clock.take() {
            drop(said);
            // It has nothing to say but what it has written.
            let _ = thread.join();
        }
        self.clear();
    }
}
