//! The seeds of the fuzz targets, and random changes to them, hold what the targets ask: without
//! nightly Rust and without any tool. `LISTWRIGHT_MUTATIONS=100000 cargo test --test mutations`
//! tries so many of each; without it some hundred are tried, the same ones every time.

#[path = "../fuzz/properties/mod.rs"]
mod properties;
mod support;

use std::panic::catch_unwind;
use std::path::PathBuf;

use support::{project, read};

/// What is asked, of the seeds of which target.
type Target = (&'static str, &'static str, fn(&[u8]));

const TARGETS: &[Target] = &[
    ("parse", "parse", properties::parse::holds),
    ("check_fix", "check_fix", properties::check_fix::holds),
    ("fmt", "fmt", properties::fmt::holds),
    ("merge", "merge", properties::merge::holds),
    ("merge_links", "merge", properties::merge::holds_links),
    ("three_way", "three_way", properties::three_way::holds),
    ("config", "config", properties::config::holds),
    ("decisions", "decisions", properties::decisions::holds),
];

/// Numbers that look random and are the same in every run (xorshift64*, Vigna 2016).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d);
        usize::try_from(number >> 33).unwrap_or(0) % end.max(1)
    }

    fn one<'t>(&mut self, of: &'t [Vec<u8>]) -> &'t [u8] {
        &of[self.below(of.len())]
    }
}

/// The seeds of a target, in the order of their names.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = project(&format!("fuzz/corpus/{target}"));
    let files = std::fs::read_dir(&folder).expect("each target has seeds");
    let mut files: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    files.sort();
    let seeds: Vec<Vec<u8>> = files
        .iter()
        .map(|file| std::fs::read(file).expect("a seed can be read"))
        .collect();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    seeds
}

/// The pieces that the fuzzer's dictionary names.
fn pieces() -> Vec<Vec<u8>> {
    let text = read(&project("fuzz/markdown.dict"));
    let pieces = text.lines().filter_map(|line| {
        let line = line.strip_prefix('"')?.strip_suffix('"')?;
        let mut piece = Vec::new();
        let mut rest = line.chars();
        while let Some(char) = rest.next() {
            match (char, rest.clone().next()) {
                ('\\', Some('x')) => {
                    let code: String = rest.by_ref().skip(1).take(2).collect();
                    piece.push(u8::from_str_radix(&code, 16).expect("two digits"));
                }
                ('\\', Some(escaped)) => {
                    rest.next();
                    // libFuzzer reads no other escapes and refuses the whole file for one.
                    assert!("\\\"".contains(escaped), "{line}: write \\xAB");
                    piece.push(escaped as u8);
                }
                (char, _) => piece.extend(char.to_string().into_bytes()),
            }
        }
        Some(piece)
    });
    pieces.collect()
}

/// A seed changed in some places: bytes and pieces put in, stretches taken out, doubled, moved.
fn changed(seeds: &[Vec<u8>], pieces: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = chance.one(seeds).to_vec();
    for _ in 0..=chance.below(8) {
        let start = chance.below(bytes.len() + 1);
        let end = (start + chance.below(60)).min(bytes.len());
        match chance.below(8) {
            0 => drop(bytes.drain(start..end)),
            1 => {
                let stretch = bytes[start..end].to_vec();
                let at = chance.below(bytes.len() + 1);
                bytes.splice(at..at, stretch);
            }
            2 => {
                let stretch: Vec<u8> = bytes.drain(start..end).collect();
                let at = chance.below(bytes.len() + 1);
                bytes.splice(at..at, stretch);
            }
            3 => {
                let other = chance.one(seeds);
                let from = chance.below(other.len());
                let to = (from + chance.below(120)).min(other.len());
                bytes.splice(start..start, other[from..to].to_vec());
            }
            4 => {
                let byte = u8::try_from(chance.below(128)).unwrap_or(b' ');
                bytes.splice(start..start, [byte]);
            }
            _ => drop(bytes.splice(start..start, chance.one(pieces).to_vec())),
        }
    }
    bytes
}

#[test]
fn seeds_and_changes_to_them_hold_what_is_promised() {
    let tries: usize = std::env::var("LISTWRIGHT_MUTATIONS")
        .ok()
        .and_then(|tries| tries.parse().ok())
        .unwrap_or(150);
    let only = std::env::var("LISTWRIGHT_MUTATIONS_OF").ok();
    let pieces = pieces();
    let failed = project("target/mutations");
    std::fs::create_dir_all(&failed).expect("a folder can be made");
    let mut found = Vec::new();
    for (name, target, holds) in TARGETS {
        if only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        let seeds = seeds(target);
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
        let mut inputs = 0;
        let before = found.len();
        let changes = (0..tries).map(|_| changed(&seeds, &pieces, &mut chance));
        for input in seeds.iter().cloned().chain(changes) {
            inputs += 1;
            if catch_unwind(|| holds(&input)).is_err() {
                let path = failed.join(format!("{name}-{inputs}"));
                std::fs::write(&path, &input).expect("the input can be kept");
                found.push(path.display().to_string());
            }
        }
        println!("{name}: {inputs} inputs, {} failures", found.len() - before);
    }
    assert!(found.is_empty(), "these inputs fail: {found:#?}");
}
