//! What formatting costs beside the bare Markdown parser: `cargo bench --bench fmt` prints the
//! ratios, over the real lists as they are and as they are once formatted.

#[path = "beside/mod.rs"]
mod beside;
#[path = "texts/mod.rs"]
mod texts;

use divan::Bencher;
use listwright::format::{Options, formatted};
use listwright::list::List;
use listwright::source::{FileId, Source};
use texts::{bare, texts};

fn main() {
    let texts = texts();
    let done = laid_out(&texts);
    for (name, texts) in [
        ("lists as they are", &texts),
        ("lists in their layout", &done),
    ] {
        beside::tell(
            name,
            || texts.iter().for_each(|text| bare(text)),
            || format_all(texts),
        );
    }
    divan::main();
}

/// What formatting makes of a list; `None` where nothing is to be done, or cannot be.
fn format(text: &str) -> Option<String> {
    let list = List::parse_with_rendering(Source::new(FileId(0), "list.md", text));
    formatted(&list, &Options::default()).ok().flatten()
}

fn format_all(texts: &[String]) {
    for text in texts {
        divan::black_box(format(text));
    }
}

fn laid_out(texts: &[String]) -> Vec<String> {
    let texts = texts.iter();
    texts
        .map(|text| format(text).unwrap_or_else(|| text.clone()))
        .collect()
}

#[divan::bench]
fn as_they_are(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher.bench_local(|| format_all(&texts));
}

#[divan::bench]
fn in_their_layout(bencher: Bencher<'_, '_>) {
    let texts = laid_out(&texts());
    bencher.bench_local(|| format_all(&texts));
}

#[divan::bench]
fn bare_parser(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher.bench_local(|| texts.iter().for_each(|text| bare(text)));
}
