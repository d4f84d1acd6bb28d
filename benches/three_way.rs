//! What a three-way merge costs beside reading its three texts: `cargo bench --bench three_way`
//! prints the ratios, over real merges in which git conflicts and over those that it merges itself.

#[path = "beside/mod.rs"]
mod beside;
#[path = "texts/mod.rs"]
mod texts;

use std::path::{Path, PathBuf};

use divan::Bencher;
use listwright::list::List;
use listwright::source::{FileId, Source};
use listwright::three_way::{Options, three_way};
use texts::shared;

/// Base, ours and theirs.
type Case = [String; 3];

fn main() {
    for set in ["merges", "merges_clean"] {
        let cases = cases(set);
        if cases.is_empty() {
            eprintln!("no real merges in {}", shared(set).display());
            continue;
        }
        beside::tell(
            &format!("{} cases of {set}", cases.len()),
            || cases.iter().for_each(parse),
            || cases.iter().for_each(merge),
        );
        let largest = cases.iter().max_by_key(|case| length(case));
        if let Some(case) = largest {
            let name = format!("the largest of {set}");
            beside::tell(&name, || parse(case), || merge(case));
        }
    }
    divan::main();
}

fn length(case: &Case) -> usize {
    case.iter().map(String::len).sum()
}

fn parse(case: &Case) {
    for text in case {
        divan::black_box(List::parse(Source::new(FileId(0), "", text.as_str())));
    }
}

fn merge(case: &Case) {
    let [base, ours, theirs] = case;
    divan::black_box(three_way(base, ours, theirs, &Options::default()));
}

/// The cases of a set, sorted by name; none where the shared data is absent.
fn cases(set: &str) -> Vec<Case> {
    let entries = std::fs::read_dir(shared(set)).into_iter().flatten();
    let mut folders: Vec<PathBuf> = entries.filter_map(|one| Some(one.ok()?.path())).collect();
    folders.sort();
    folders.iter().filter_map(|folder| case(folder)).collect()
}

fn case(folder: &Path) -> Option<Case> {
    let text = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    Some([text("base.md")?, text("ours.md")?, text("theirs.md")?])
}

#[divan::bench(args = ["merges", "merges_clean"])]
fn merging(bencher: Bencher<'_, '_>, set: &str) {
    let cases = cases(set);
    bencher.bench_local(|| cases.iter().for_each(merge));
}

#[divan::bench(args = ["merges", "merges_clean"])]
fn parsing(bencher: Bencher<'_, '_>, set: &str) {
    let cases = cases(set);
    bencher.bench_local(|| cases.iter().for_each(parse));
}
