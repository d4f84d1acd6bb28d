//! What a check costs, beside the bare Markdown parser: over the real lists, and as a list grows.
//!
//! `cargo bench --bench check` prints times, and ratios of times that were taken in turns.

#[path = "beside/mod.rs"]
mod beside;
#[path = "texts/mod.rs"]
mod texts;

use divan::Bencher;
use divan::counter::BytesCount;
use listwright::list::List;
use listwright::rules::{Options, Preset, Settings, check};
use listwright::source::{FileId, Source};
use texts::{bare, grown, texts};

/// How many entries the made-up lists have.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
    let asked_otherwise = |argument: String| argument == "--list" || argument == "--test";
    if std::env::args().any(asked_otherwise) {
        return;
    }
    println!("| text | bytes | bare parser ms | model | check, default | check, strict |");
    println!("|---|---:|---:|---:|---:|---:|");
    ratios("the lists", &texts());
    for entries in SIZES {
        ratios(&format!("{entries} entries"), &[grown(entries)]);
    }
}

/// Prints what a model and a check of `texts` cost, in times of what the bare parser costs.
fn ratios(name: &str, texts: &[String]) {
    let (default, strict) = (options(Preset::Default), options(Preset::Strict));
    let all = |way: &dyn Fn(&str)| texts.iter().for_each(|text| way(text));
    let times = beside::fastest([
        &|| all(&bare),
        &|| all(&|text| drop(divan::black_box(model(text)))),
        &|| all(&|text| checked(text, &default)),
        &|| all(&|text| checked(text, &strict)),
    ]);
    let [floor, others @ ..] = times.map(|time| time.as_secs_f64());
    let bytes: usize = texts.iter().map(String::len).sum();
    let ratios = others.map(|time| format!("{:.2}", time / floor));
    println!(
        "| {name} | {bytes} | {:.1} | {} |",
        floor * 1e3,
        ratios.join(" | ")
    );
}

fn options(preset: Preset) -> Options {
    let settings = Settings {
        preset,
        ..Settings::default()
    };
    Options {
        settings,
        ..Options::default()
    }
}

fn model(text: &str) -> List {
    List::parse(Source::new(FileId(0), "list.md", text))
}

/// Reads a list and asks all rules of a preset.
fn checked(text: &str, options: &Options) {
    let list = model(text);
    divan::black_box(check(std::slice::from_ref(&list), options));
}

fn bench(bencher: Bencher<'_, '_>, texts: &[String], way: impl Fn(&str)) {
    let bytes = texts.iter().map(String::len).sum::<usize>();
    let bencher = bencher.counter(BytesCount::new(bytes));
    bencher.bench_local(|| texts.iter().for_each(|text| way(text)));
}

#[divan::bench]
fn corpus_bare_parser(bencher: Bencher<'_, '_>) {
    bench(bencher, &texts(), bare);
}

#[divan::bench(args = [Preset::Default, Preset::Strict])]
fn corpus_check(bencher: Bencher<'_, '_>, preset: &Preset) {
    let options = options(*preset);
    bench(bencher, &texts(), |text| checked(text, &options));
}

#[divan::bench(args = SIZES)]
fn grown_bare_parser(bencher: Bencher<'_, '_>, entries: usize) {
    bench(bencher, &[grown(entries)], bare);
}

#[divan::bench(args = SIZES)]
fn grown_check(bencher: Bencher<'_, '_>, entries: usize) {
    let options = options(Preset::Strict);
    bench(bencher, &[grown(entries)], |text| checked(text, &options));
}
