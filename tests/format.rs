//! The formatter on small lists and on real ones: what it changes, that it ends, that nothing is lost.

mod support;

use listwright::edit::apply_edits;
use listwright::format::{
    ContentsMode, EntryOrder, HeadingNumbers, Options, format, formatted, prove,
};
use listwright::list::style::{Ending, Indent, Numbering};
use listwright::list::{BlockKind, List};
use proptest::prelude::*;

/// The options of the cases that set any.
fn options(case: &str) -> Options {
    let mut options = Options::default();
    match case {
        "heading-numbers-removed" => options.heading_numbers = Some(HeadingNumbers::Remove),
        "contents-updated" => options.contents = Some(ContentsMode::Update),
        "contents-added" => options.contents = Some(ContentsMode::Add),
        "sorted" => options.order = Some(EntryOrder::Alphabetical),
        "set" => {
            options.marker = Some('*');
            options.indent = Some(Indent::Spaces(4));
            options.padding = Some(1);
            options.numbering = Some(Numbering::Same);
            options.separator = Some(": ".to_owned());
            options.final_punctuation = Some(Ending::None);
        }
        _ => {}
    }
    options
}

fn layout(text: &str, options: &Options) -> String {
    let list = support::list("test.md", text);
    match formatted(&list, options) {
        Ok(after) => after.unwrap_or_else(|| text.to_owned()),
        Err(loss) => panic!("{loss}"),
    }
}

#[test]
fn small_lists_come_out_as_expected() {
    let folder = support::project("fixtures/format");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .expect("the fixtures are there")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 10);
    for case in cases {
        let name = case
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let options = options(&name);
        let after = layout(&support::read(&case.join("input.md")), &options);
        support::golden(&case.join("expected.md"), &after);
        assert_eq!(layout(&after, &options), after, "{name}: the second run");
    }
}

/// The stretches of a list that formatting must leave byte for byte.
fn left_alone(list: &List) -> Vec<&str> {
    let blocks = list.blocks.iter().filter(|block| {
        // A contents table between the comments of its tool is made anew.
        block.generated && !matches!(block.kind, BlockKind::Contents(_))
            || matches!(
                block.kind,
                BlockKind::FrontMatter
                    | BlockKind::Table
                    | BlockKind::Paragraph
                    | BlockKind::Html
                    | BlockKind::Comment
                    | BlockKind::Code
                    | BlockKind::Quote
                    | BlockKind::Bullets(_)
                    | BlockKind::Text
            )
    });
    blocks.map(|block| list.slice(block.content)).collect()
}

#[test]
fn real_lists_keep_what_they_say_and_end_formatted() {
    let Some(folder) = support::shared("corpus/lists") else {
        return;
    };
    let (mut lists, mut changed, mut edits, mut moved) = (0, 0, 0, 0);
    let mut failures = Vec::new();
    let mut anchors_changed = Vec::new();
    let sorting = Options {
        order: Some(EntryOrder::Alphabetical),
        ..Options::default()
    };
    for path in support::markdown_files(&folder) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = support::read(&path);
        let list = support::list(&name, &text);
        lists += 1;
        for options in [&Options::default(), &sorting] {
            let made = format(&list, options);
            let after = support::list(&name, &apply_edits(list.source.text(), &made));
            if let Err(loss) = prove(&list, &after, options) {
                failures.push(format!("{name}: {loss}"));
            }
            if !format(&after, options).is_empty() {
                failures.push(format!("{name}: the second run changes something"));
            }
            if options.order.is_some() {
                moved += made.len();
                continue;
            }
            changed += usize::from(!made.is_empty());
            edits += made.len();
            if left_alone(&list) != left_alone(&after) {
                anchors_changed.push(name.clone());
            }
        }
    }
    println!(
        "{lists} lists: {changed} changed by {edits} edits, by {moved} when sorted; \
         {} with links in prose led to new anchors: {anchors_changed:?}",
        anchors_changed.len()
    );
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(lists > 150 && changed > 0);
    assert!(anchors_changed.is_empty(), "{anchors_changed:?}");
}

#[test]
fn line_endings_a_byte_order_mark_and_a_missing_last_line_ending_stay() {
    let text = "\u{feff}# A\r\n\r\n## B\r\n\r\n- [a](https://a.org) - x.\r\n- [b](https://b.org) -  y.\r\n\
                \r\n## C\r\n\r\n- [c](https://c.org) - z.\r\n- [d](https://d.org) - z.\r\n\r\n## D\r\n\r\n\
                - [e](https://e.org) - z.\r\n\r\n\r\n## E\r\n\r\n- [f](https://f.org) - z.";
    let after = layout(text, &Options::default());
    assert_eq!(
        after,
        "# A\r\n\r\n## B\r\n\r\n- [a](https://a.org) - x.\r\n- [b](https://b.org) - y.\r\n\
         \r\n## C\r\n\r\n- [c](https://c.org) - z.\r\n- [d](https://d.org) - z.\r\n\r\n## D\r\n\r\n\
         - [e](https://e.org) - z.\r\n\r\n## E\r\n\r\n- [f](https://f.org) - z."
    );
    assert!(support::list("test.md", text).source.bom());
}

#[test]
fn the_proof_names_what_is_lost() {
    let before = "# A\n\n## B\n\n- [a](https://a.org) - One *two*.\n  - [n](https://n.org)\n- [b](https://b.org) - Three.\n\n\
                  ```\ncode\n```\n\n## C\n\nSome words.\n";
    let list = support::list("test.md", before);
    let lost = |old: &str, new: &str| {
        let text = before.replace(old, new);
        assert_ne!(text, before, "{old}");
        prove(&list, &support::list("test.md", &text), &Options::default()).is_err()
    };
    for (old, new) in [
        ("One", "Two"),
        ("*two*", "two"),
        ("https://b.org", "https://c.org"),
        ("  - [n]", "- [n]"),
        ("  - [n]", "\n      [n]"),
        ("- [b](https://b.org) - Three.\n", ""),
        ("code", " code"),
        ("Some words", "Some  words"),
        ("## C\n\n", ""),
        ("## C", "## D"),
        ("- [b]", "1. [b]"),
        ("\n- [b]", "\n\n- [b]"),
    ] {
        assert!(lost(old, new), "{old:?} to {new:?} went unseen");
    }
    for (old, new) in [
        (" - One", ": One"),
        ("Three.", "Three"),
        ("- [b]", "-  [b]"),
        ("## C", "## C ##"),
    ] {
        assert!(!lost(old, new), "{old:?} to {new:?} is layout");
    }
}

#[test]
fn ten_thousand_sections_are_formatted() {
    let mut text = String::from("# A\n\n");
    for number in 0..10_000 {
        text.push_str(&format!("## S {number}:\n* [a](https://a.org/{number}) –  x\n- [b](https://b.org/{number}) - y.\n"));
    }
    let list = support::list("test.md", &text);
    let after = apply_edits(list.source.text(), &format(&list, &Options::default()));
    assert!(format(&support::list("test.md", &after), &Options::default()).is_empty());
}

#[test]
fn three_hundred_thousand_lines_are_formatted() {
    let mut text = String::from("# A\r\n\r\n## B\r\n\r\n");
    for number in 0..300_000 {
        let separator = if number % 50 == 0 { " – " } else { " - " };
        text.push_str(&format!(
            "- [a{number}](https://a.org/{number}){separator}x.\r\n"
        ));
    }
    let after = layout(text.trim_end(), &Options::default());
    assert_eq!(after.lines().count(), 300_004);
    assert!(!after.contains('–') && !after.ends_with('\n'));
    assert_eq!(after.matches("\r\n").count(), 300_003);
}

/// Pieces of lists that trip a formatter over.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "# A\n",
        "## 1. B:\n",
        "## 3. C ##\n",
        "#### D\n",
        "E\n===\n",
        "- [a](https://a.org) - x\n",
        "* [b](https://b.org) –  y.  \n",
        "  - [c](https://c.org)\n",
        "\t* [d](#b)\n",
        "1. [e](https://e.org)\n",
        "9. [f](https://f.org)\n",
        "9. [g](https://g.org)\n   - h\n",
        "    code\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "<!-- c -->\n",
        "<!--lint ignore x-->\n",
        "<!-- toc -->\n\n",
        "\n<!-- tocstop -->\n",
        "- [D](#d)\n  - [B](#b)\n- [E](#e)\n",
        "2. [C](#c)\n1. [B](#b)\n",
        "<a name=\"x\">\n",
        "- [B](#1-b)\n- [C](#3-c)\n",
        "```\n",
        "> q\n",
        "|a|\n|-|\n",
        "- - x\n",
        "-\n",
        "   lazy\n",
        "[r]: #b\n",
        "<div>\n",
        "é🎉 ",
        "<!-- listwright-disable format -->\n",
    ])
}

/// How many lists are tried; more where `LISTWRIGHT_CASES` says so.
fn cases() -> u32 {
    let set = std::env::var("LISTWRIGHT_CASES").ok();
    set.and_then(|set| set.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_list_is_formatted_without_loss(pieces in prop::collection::vec(piece(), 0..24), sorted: bool, updated: bool) {
        let text = pieces.concat();
        let list = support::list("test.md", &text);
        let order = sorted.then_some(EntryOrder::Alphabetical);
        let contents = updated.then_some(ContentsMode::Update);
        let options = Options { order, contents, ..Options::default() };
        if let Err(loss) = formatted(&list, &options) {
            let after = apply_edits(list.source.text(), &format(&list, &options));
            prop_assert!(false, "{loss}\n{text:?}\n{after:?}");
        }
    }
}
