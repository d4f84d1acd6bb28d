//! What the model costs, beside the bare Markdown parser: over the real lists, and as a text grows.

#[path = "texts/mod.rs"]
mod texts;

use divan::Bencher;
use divan::counter::BytesCount;
use listwright::list::List;
use listwright::source::{FileId, Source};
use texts::{bare, grown, texts};

fn main() {
    divan::main();
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
            bare(text);
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
        .bench_local(|| bare(&text));
}
