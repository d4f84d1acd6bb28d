//! What the model costs, beside the bare Markdown parser: over the real lists, and as a text grows.

#[path = "corpus/mod.rs"]
mod corpus;

use divan::Bencher;
use divan::counter::BytesCount;
use listwright::list::List;
use listwright::source::{FileId, Source};

fn main() {
    divan::main();
}

/// The real lists, or one made up where they are not there.
fn texts() -> Vec<String> {
    let texts = corpus::texts();
    match texts.is_empty() {
        true => vec![grown(20_000)],
        false => texts,
    }
}

/// A list of about `entries` entries.
fn grown(entries: usize) -> String {
    let mut text = String::from("# Grown\n\n## Contents\n\n- [One](#one)\n- [Two](#two)\n");
    for at in 0..entries {
        if at % 50 == 0 {
            text.push_str(&format!("\n## Section {at}\n\n"));
        }
        text.push_str(&format!(
            "- [Work {at}](https://example.org/{at}) - Does *thing* {at}.\n"
        ));
    }
    text
}

fn bytes(texts: &[String]) -> BytesCount {
    BytesCount::new(texts.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn corpus_model(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher.counter(bytes(&texts)).bench_local(|| {
        for text in &texts {
            divan::black_box(List::parse(Source::new(
                FileId(0),
                "list.md",
                text.as_str(),
            )));
        }
    });
}

#[divan::bench]
fn corpus_bare_parser(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher.counter(bytes(&texts)).bench_local(|| {
        for text in &texts {
            corpus::bare(text);
        }
    });
}

#[divan::bench(args = [1_000, 10_000, 100_000])]
fn grown_model(bencher: Bencher<'_, '_>, entries: usize) {
    let text = grown(entries);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        divan::black_box(List::parse(Source::new(
            FileId(0),
            "list.md",
            text.as_str(),
        )));
    });
}

#[divan::bench(args = [1_000, 10_000, 100_000])]
fn grown_bare_parser(bencher: Bencher<'_, '_>, entries: usize) {
    let text = grown(entries);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| corpus::bare(&text));
}
