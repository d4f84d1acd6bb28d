//! Measures work beside other work in one run, in turns, so that whatever else the machine does
//! falls on both.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::time::{Duration, Instant};

/// How often each is run; the fastest counts.
const RUNS: usize = 9;

/// How long each of `ways` takes.
pub fn fastest<const N: usize>(ways: [&dyn Fn(); N]) -> [Duration; N] {
    let mut least = [Duration::MAX; N];
    for _ in 0..RUNS {
        for (least, way) in least.iter_mut().zip(ways) {
            let start = Instant::now();
            way();
            *least = (*least).min(start.elapsed());
        }
    }
    least
}

/// Prints how long `floor` and `work` take, and how many times the first the second is.
pub fn tell(name: &str, floor: impl Fn(), work: impl Fn()) {
    let [floor, work] = fastest([&floor, &work]).map(|time| time.as_secs_f64());
    let (floor_ms, work_ms) = (floor * 1e3, work * 1e3);
    println!(
        "{name}: {work_ms:.1} ms beside {floor_ms:.1} ms, {:.2} times",
        work / floor
    );
}
