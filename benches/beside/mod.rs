//! Measures work beside other work in one run, in turns, so that whatever else the machine does
//! falls on both.

use std::time::{Duration, Instant};

/// How often each is run; the fastest counts.
const RUNS: usize = 9;

/// Prints how long `floor` and `work` take, and how many times the first the second is.
pub fn tell(name: &str, mut floor: impl FnMut(), mut work: impl FnMut()) {
    let mut least = [Duration::MAX; 2];
    for _ in 0..RUNS {
        least[0] = least[0].min(time(&mut floor));
        least[1] = least[1].min(time(&mut work));
    }
    let [floor, work] = least.map(|time| time.as_secs_f64());
    let (floor_ms, work_ms) = (floor * 1e3, work * 1e3);
    println!(
        "{name}: {work_ms:.1} ms beside {floor_ms:.1} ms, {:.2} times",
        work / floor
    );
}

fn time(work: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
