//! Texts made to cost more than their length: every engine takes four times the text in about four
//! times the time.
//!
//! Time is what a person would wait, so it is what is measured; a busy machine makes it uneven, so
//! each text has several tries, and an engine fails only where each of them took far longer.

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use listwright::edit::Safety;
use listwright::format::{EntryOrder, formatted};
use listwright::list::List;
use listwright::rules::fix::fix;
use listwright::rules::{Options, Preset, check};
use listwright::source::{FileId, Source};
use listwright::{diff, format, inspect, merge, three_way};

/// Texts of about `size` bytes. Each asks one question of an engine over and over.
fn texts(size: usize) -> Vec<(&'static str, String)> {
    let again = |part: &str| part.repeat(size / part.len() + 1);
    let each = |of: fn(usize) -> String| -> String {
        let mut text = String::new();
        for at in 0.. {
            text.push_str(&of(at));
            if text.len() > size {
                break;
            }
        }
        text
    };
    vec![
        ("one link", again("- [a](http://e.x/a) - B.\n")),
        (
            "one link, many words",
            each(|at| format!("- [a {at}](http://e.x/a) - B {at}.\n")),
        ),
        (
            "one title",
            each(|at| format!("- [Same Title](http://e{at}.x/a) - B.\n")),
        ),
        (
            "one site",
            each(|at| format!("- [T{at}](http://e.x/a{at}) - B.\n")),
        ),
        (
            "titles alike",
            each(|at| format!("- [A long title here {at}](http://e{at}.x) - B.\n")),
        ),
        (
            "works without a link",
            each(|at| format!("- *Title {at}* by A. Author and B. Other\n")),
        ),
        (
            "one work without a link",
            again("- *Title* by A. Author and B. Other\n"),
        ),
        (
            "rows",
            format!(
                "| a | b |\n|---|---|\n{}",
                again("| [a](http://b.c) | c |\n")
            ),
        ),
        (
            "items in HTML",
            format!("<ul>{}", again("<li><a href='http://u.v'>a</a>")),
        ),
        (
            "one definition",
            format!("[l]: http://e.x/\n\n{}", again("- [a][l]\n")),
        ),
        (
            "backwards",
            each(|at| format!("- [T{}](http://e{at}.x) - B.\n", 9_999_999 - at)),
        ),
        (
            "numbers",
            each(|at| format!("{}. [T{at}](http://e{at}.x)\n", at * 7 % 100 + 1)),
        ),
        (
            "headings",
            each(|at| format!("{} H {at}\n\n", "#".repeat(at % 6 + 1))),
        ),
        (
            "one heading",
            again("## A\n\n[x](#a-9)\n\n- [a](http://e.x)\n\n"),
        ),
        ("links to nowhere", {
            let links = each(|at| format!("- [Q {at}](#q-{at})\n"));
            let headings = each(|at| format!("## H {at}\n\n- [a](http://e{at}.x)\n\n"));
            format!("# T\n\n## Contents\n\n{links}\n{headings}")
        }),
        ("beginnings of links", again("[a](")),
        (
            "beginnings and spaces",
            format!("[a]({}", again("      ](")),
        ),
        ("addresses", again("http://e.x/a ")),
        ("schemes", again("a://")),
        (
            "a long address",
            format!("- [a](http://e.x/{})\n", again("%41/../")),
        ),
        (
            "a long query",
            format!("- [a](http://e.x/?{})\n", again("utm_source=b&")),
        ),
        (
            "a long title",
            format!("- [{}](http://e.x)\n", again("word ")),
        ),
        (
            "a long description",
            format!("- [a](http://e.x) - {}\n", again("c - d: ")),
        ),
        (
            "many authors",
            format!("- [T](http://e.x) by {}\n", again("A. B, ")),
        ),
        (
            "many notes",
            format!("- [T](http://e.x) {}\n", again("(2019) [pdf](http://p.q) ")),
        ),
        ("brackets", format!("- [a](http://e.x) {}\n", again("("))),
        (
            "quotation marks",
            format!("- [a](http://e.x) {}\n", again("\"")),
        ),
        (
            "marks that combine",
            format!("- [a{}](http://e.x)\n", again("\u{301}")),
        ),
        (
            "suppressions",
            again("<!-- listwright-disable numbering -->\n\n- [a](http://e.x)\n\n"),
        ),
        (
            "markers of conflicts",
            again("<<<<<<< a\n- [a](http://e.x)\n=======\n>>>>>>> b\n"),
        ),
        (
            "open sections",
            again("<details><summary>a</summary>\n\n- [a](http://e.x)\n\n"),
        ),
        ("spaces at ends", again("- [a](http://e.x)   \n")),
        ("empty lines", again("\n")),
    ]
}

fn list(id: u32, text: &str) -> List {
    List::parse(Source::new(FileId(id), format!("{id}.md"), text))
}

fn options() -> Options {
    let mut options = Options::default();
    options.settings.preset = Preset::Strict;
    options
}

/// What an engine does with a text.
type Work = fn(&str);

const ENGINES: &[(&str, Work)] = &[
    ("check", |text| {
        black_box(check(&[list(0, text)], &options()));
    }),
    ("fix", |text| {
        black_box(fix(list(0, text), &options(), Safety::Unsafe, &|_| true));
    }),
    ("fmt", |text| {
        let sorted = format::Options {
            order: Some(EntryOrder::Alphabetical),
            ..format::Options::default()
        };
        black_box(formatted(&list(0, text), &sorted).ok());
    }),
    ("merge", |text| {
        let lists = [
            list(0, text),
            list(1, "# T\n\n- [b](http://e.x/b) - B.\n"),
            list(2, text),
        ];
        black_box(merge::merge(&lists, &merge::Options::default()));
    }),
    ("three-way", |text| {
        let ours = text.replacen('a', "z", 1) + "\n- [ours](http://o.x)\n";
        let theirs = text.replacen('a', "y", 1) + "\n- [theirs](http://t.x)\n";
        black_box(three_way::three_way(
            text,
            &ours,
            &theirs,
            &three_way::Options::default(),
        ));
    }),
    ("diff", |text| {
        let new = text.replacen('a', "z", 1);
        black_box(diff::diff(&list(0, text), &list(1, &new)));
    }),
    ("inspect", |text| {
        black_box(inspect::inspect(&list(0, text)));
    }),
];

fn took(work: Work, text: &str) -> Duration {
    let started = Instant::now();
    work(text);
    started.elapsed()
}

#[test]
fn no_text_costs_more_than_its_length() {
    const SIZE: usize = 6_000;
    const TIMES: usize = 4;
    /// What grows with the square takes sixteen times as long for four times the text; what grows
    /// with the length takes four times, and caches that are too small make it a little more.
    const MOST: u32 = 9;
    /// Below this, what is measured is the machine.
    const LEAST: Duration = Duration::from_millis(40);
    let mut slow = Vec::new();
    for ((name, small), (_, large)) in texts(SIZE).into_iter().zip(texts(SIZE * TIMES)) {
        for (engine, work) in ENGINES {
            let fits = |_: &u32| took(*work, &large) <= (took(*work, &small) * MOST).max(LEAST);
            if !(0..4).any(|at| fits(&at)) {
                let (one, four) = (took(*work, &small), took(*work, &large));
                slow.push(format!("{engine}, {name}: {one:?}, {four:?}"));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
