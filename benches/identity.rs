//! What it costs to know links and entries again: `cargo bench --bench identity`.

#[path = "texts/mod.rs"]
mod texts;

use divan::Bencher;
use divan::counter::ItemsCount;
use listwright::identity::url::LinkKey;
use listwright::identity::{Identity, Options};
use listwright::list::List;
use listwright::source::{FileId, Source};
use texts::texts;

fn main() {
    divan::main();
}

fn lists() -> Vec<List> {
    let texts = texts().into_iter();
    texts
        .map(|text| List::parse(Source::new(FileId(0), "list.md", text)))
        .collect()
}

#[divan::bench]
fn links(bencher: Bencher<'_, '_>) {
    let (lists, options) = (lists(), Options::default());
    let links: Vec<&str> = lists
        .iter()
        .flat_map(|list| list.links.iter().map(|link| link.url.as_str()))
        .collect();
    bencher
        .counter(ItemsCount::new(links.len()))
        .bench_local(|| {
            for link in &links {
                divan::black_box(LinkKey::new(link, &options).certain());
            }
        });
}

#[divan::bench]
fn entries(bencher: Bencher<'_, '_>) {
    let (lists, options) = (lists(), Options::default());
    let entries: usize = lists.iter().map(|list| list.entries.len()).sum();
    bencher.counter(ItemsCount::new(entries)).bench_local(|| {
        for list in &lists {
            divan::black_box(Identity::of_works(list, &options));
        }
    });
}
