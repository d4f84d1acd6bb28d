//! What a merge costs as the lists grow in number: `cargo bench --bench merge`, or for other sizes
//! `cargo bench --bench merge -- 10000 100000`.

#[path = "texts/mod.rs"]
mod texts;
#[path = "world/mod.rs"]
mod world;

use std::time::{Duration, Instant};

use listwright::list::List;
use listwright::merge::{Options, merge};
use listwright::source::{FileId, Source};
use rayon::prelude::*;

/// How many entries a list has.
const LENGTH: usize = 500;
/// How many entries are merged.
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
/// The most that ten times the entries may cost, in times.
const MOST: f64 = 12.0;

fn main() {
    let given = std::env::args().skip(1).map(|argument| argument.parse());
    let mut sizes: Vec<usize> = given.filter_map(Result::ok).collect();
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    let world = world::World::read();
    println!(
        "| entries | lists | kept | read s | merge s | CPU s | µs an entry | cost of ten times as many |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    let mut before: Option<(usize, f64)> = None;
    for size in sizes {
        let lists = (size / LENGTH).max(1);
        let texts: Vec<String> = (0..lists)
            .into_par_iter()
            .map(|at| world.list(at, lists, size))
            .collect();
        // Short runs are noisy: of some the fastest counts.
        let runs = (500_000 / size).clamp(1, 30);
        let begun = used();
        let best = (0..runs).map(|_| run(&texts)).min_by_key(|run| run.merge);
        let Some(best) = best else { continue };
        // What the cores did says more than the clock where others work on them, too.
        let work = used().zip(begun).map(|(now, begun)| now - begun);
        let seconds = match work {
            Some(work) => work / runs as f64,
            None => (best.read + best.merge).as_secs_f64(),
        };
        let each = seconds * 1e6 / best.entries as f64;
        let ratio = before.map(|(entries, seconds_before)| {
            let tenfold = (best.entries as f64 / entries as f64).log10();
            (seconds / seconds_before).powf(1.0 / tenfold)
        });
        let told = ratio.map_or_else(String::new, |ratio| {
            let verdict = if ratio <= MOST { "" } else { " (too much)" };
            format!("{ratio:.1}{verdict}")
        });
        println!(
            "| {} | {lists} | {} | {:.2} | {:.2} | {} | {each:.1} | {told} |",
            best.entries,
            best.kept,
            best.read.as_secs_f64(),
            best.merge.as_secs_f64(),
            work.map_or_else(String::new, |_| format!("{seconds:.2}")),
        );
        before = Some((best.entries, seconds));
    }
}

/// The CPU seconds that this process has used, where the system tells them as Linux does: in
/// hundredths, behind the name of the program in parentheses.
fn used() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}

struct Run {
    entries: usize,
    kept: usize,
    read: Duration,
    merge: Duration,
}

fn run(texts: &[String]) -> Run {
    let start = Instant::now();
    let lists: Vec<List> = texts
        .par_iter()
        .enumerate()
        .map(|(at, text)| {
            let name = format!("{at}.md");
            List::parse(Source::new(FileId(at as u32), name, text.as_str()))
        })
        .collect();
    let read = start.elapsed();
    let start = Instant::now();
    let merged = merge(&lists, &Options::default());
    let elapsed = start.elapsed();
    assert!(!merged.text().is_empty());
    Run {
        entries: merged.summary.entries_in,
        kept: merged.summary.entries_out,
        read,
        merge: elapsed,
    }
}
