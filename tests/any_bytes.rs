//! Any text ends in a model whose blocks are the text and whose places are right, in bounded stack
//! and in time that grows as the text does.

mod support;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use listwright::list::List;
use listwright::source::{FileId, Source, SourceError};
use proptest::prelude::*;
use support::places;

/// What is wrong with the model of `text`, or nothing.
fn flaws(list: &List) -> Vec<String> {
    let joined: String = list
        .blocks
        .iter()
        .map(|block| list.slice(block.span))
        .collect();
    let mut flaws = places::wrong(list);
    if joined != list.source.text() {
        flaws.push("the blocks are not the text".to_owned());
    }
    flaws
}

#[track_caller]
fn assert_sound(text: &str) {
    let found = flaws(&support::list("test.md", text));
    assert!(
        found.is_empty(),
        "{found:?} in {:?}",
        text.chars().take(400).collect::<String>()
    );
}

/// Pieces that Markdown is made of, most of them of the kind that parsers trip over.
fn piece() -> impl Strategy<Value = String> {
    let fixed: Vec<&str> = vec![
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\n  ",
        "\n    ",
        "\n\t",
        "\t",
        " ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "9) ",
        "> ",
        "> - ",
        "# ",
        "## ",
        "\n# ",
        "\n- ",
        "\n1. ",
        "===\n",
        "---\n",
        "***\n",
        "```\n",
        "~~~\n",
        "[a](http://b.c)",
        "[a](<b> \"t\")",
        "[a]\n(b)",
        "[a](\nb)",
        "[a](b\n\"t\")",
        "[a]: http://b.c\n",
        "[a]: http://b.c",
        "[a]",
        "[a][]",
        "[b][a]",
        "![i](u)",
        "[![i](u)](v)",
        "[",
        "]",
        "(",
        ")",
        "![",
        "<a href=\"u\">",
        "</a>",
        "<a name='x'>",
        "<li>",
        "</li>",
        "<ul>",
        "<td>",
        "<tr>",
        "<table>",
        "<h1>",
        "</h1>",
        "<br>",
        "<p>",
        "<details><summary>",
        "</summary>",
        "<img src=x>",
        "<!--",
        "-->",
        "<!-- toc -->",
        "<http://x.y>",
        "http://x.y/z",
        "www.x.y",
        "a@b.c",
        " - ",
        " – ",
        ": ",
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "\\",
        "\\|",
        "|",
        "| a | b |\n|---|---|\n",
        "\n| [a](b) | c \\| d |",
        "|--|\n",
        "&amp;",
        "&nbsp;",
        "&#0;",
        "\"",
        "“",
        "”",
        "《",
        "é",
        "中文",
        "👩‍💻",
        "\u{200f}",
        "\u{feff}",
        "\0",
        "#top",
        "[t](#a)",
        "Contents",
        "by ",
        "(2019)",
        "[x] ",
        "[ ] ",
        "[pdf](p)",
        "[[pdf]](p)",
        "word",
        "Two words",
        ".",
        "---\nt: 1\n---\n",
        "[^1]",
        "[^1]: n\n",
    ];
    prop_oneof![
        12 => proptest::sample::select(fixed).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|char| char.to_string()),
        1 => "[a-z *_`|<>\\[\\]()!#-]{1,8}",
    ]
}

fn markdown() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_ends_in_a_sound_model(text in markdown()) {
        let found = flaws(&support::list("test.md", &text));
        prop_assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn any_bytes_are_a_list_or_not_utf_8(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        match Source::from_bytes(FileId(0), "x.md", bytes.clone()) {
            Ok(source) => {
                let found = flaws(&List::parse(source));
                prop_assert!(found.is_empty(), "{found:?}");
            }
            Err(error) => {
                let not_utf8 = matches!(error, SourceError::NotUtf8 { .. });
                prop_assert!(not_utf8 && std::str::from_utf8(&bytes).is_err());
            }
        }
    }
}

#[test]
fn line_endings_and_marks_of_all_kinds_are_kept() {
    for text in [
        "",
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\u{feff}",
        "\u{feff}- [a](b)\n",
        "a",
        "- [a](b)",
        "- [a](b)\r- [c](d)\r",
        "- [a](b)\r\n- [c](d)\n- [e](f)\r",
        "# T\r\r- [a](b)\r\n\r\n  more\r",
        "\0- [a](b)\0\n",
        "---\na: b\n---",
        "---\n---\n",
        "+++\n",
        "[a]: b",
        "[a]: b\n\ntext [a]",
        "\u{2028}- [a](b)",
        "- \n- \n",
        "-\n\n\n",
        "#",
        "# #\n",
        "|\n|-|\n",
    ] {
        assert_sound(text);
    }
    let list = support::list("test.md", "\u{feff}- [a](b)\n");
    assert!(list.source.bom());
}

/// Texts of about `size` units that make parsers slow or deep.
fn hostile(size: usize) -> Vec<(&'static str, String)> {
    let nested = |open: &str| {
        (0..size.min(3000))
            .map(|depth| format!("{}{open}[a](b)\n", "  ".repeat(depth)))
            .collect()
    };
    vec![
        ("quotes", ">".repeat(size)),
        ("quotes and words", format!("{}a", "> ".repeat(size))),
        ("bullets in a line", format!("{}a", "- ".repeat(size))),
        ("numbers in a line", format!("{}a", "1. ".repeat(size))),
        ("nested bullets", nested("- ")),
        ("opening brackets", "[".repeat(size)),
        ("closing brackets", "]".repeat(size)),
        ("image brackets", "![".repeat(size)),
        ("link beginnings", "[a](".repeat(size)),
        (
            "item of link beginnings",
            format!("- {}", "[a](b".repeat(size)),
        ),
        ("stars", "*a **b ".repeat(size)),
        ("underscores", "_".repeat(size)),
        (
            "backticks",
            (1..(size as f64).sqrt() as usize * 2)
                .map(|run| "`".repeat(run) + " ")
                .collect(),
        ),
        ("angles", "<".repeat(size)),
        ("tags", format!("- {}", "<a href='".repeat(size))),
        (
            "html items",
            format!("<ul>{}", "<li><a href='u'>a</a>".repeat(size)),
        ),
        ("html lists", "<ul><li><a href='u'>a</a>".repeat(size)),
        (
            "html cells",
            format!("<table><tr>{}", "<td><a href='u'>a</a>".repeat(size)),
        ),
        (
            "html images",
            format!("<p>{}", "<img src=u><br><a href='v'>b</a> - c".repeat(size)),
        ),
        ("comments", "<!-- ".repeat(size)),
        (
            "markers",
            "<!-- START a -->\n\n<!-- END b -->\n\n".repeat(size),
        ),
        ("entities", "- [&amp;](&amp;) &amp;\n".repeat(size)),
        (
            "definitions",
            (0..size)
                .map(|at| format!("[l{at}]: http://e.x/{at}\n"))
                .collect::<String>()
                + "\n- [l1] [l2]\n",
        ),
        (
            "one definition many uses",
            format!("[l]: http://e.x/\n\n{}", "- [a][l]\n".repeat(size)),
        ),
        ("undefined labels", "- [a][b] [c]\n".repeat(size)),
        (
            "rows",
            format!(
                "| a | b |\n|---|---|\n{}",
                "| [a](http://b) | c |\n".repeat(size)
            ),
        ),
        (
            "bars in a cell",
            format!("| a |\n|---|\n| {} |\n", "x \\| [a](b) ".repeat(size)),
        ),
        (
            "columns",
            format!(
                "|{}\n|{}\n|{}\n",
                "a|".repeat(size),
                "-|".repeat(size),
                "[a](b)|".repeat(size)
            ),
        ),
        ("headings", "# a\n".repeat(size)),
        ("linked headings", "## [a](http://b)\n\ntext\n".repeat(size)),
        ("paragraph lines", "[a](http://b) - c\n".repeat(size)),
        ("long item", format!("- [a](b) - {}", "c ".repeat(size))),
        ("links in an item", format!("- {}", "[a](b) ".repeat(size))),
        (
            "html links in an item",
            format!("- {}", "<a href=u>b</a> - c ".repeat(size)),
        ),
        (
            "lines under a heading",
            format!("## T\n\n{}", "[a](http://b) - c\n".repeat(size)),
        ),
        (
            "images in a link",
            format!("- [{}](u)", "![i](v)".repeat(size)),
        ),
        (
            "images in a cell",
            format!("| a |\n|---|\n| [{}](u) |\n", "![i](v)".repeat(size)),
        ),
        (
            "parentheses behind a title",
            format!("- [a](b) {}", "(".repeat(size)),
        ),
        ("separators", format!("- a {}", "- ".repeat(size))),
        ("quotation marks", format!("- {}", "\"".repeat(size))),
        ("carriage returns", "\r".repeat(size)),
        ("nul", "\0".repeat(size)),
        ("spaces", " ".repeat(size)),
        ("tabs", format!("- [a](b)\n{}c", "\t".repeat(size))),
        ("contents", "- [a](#a)\n".repeat(size)),
        ("pointers in a line", "[a](#a) | ".repeat(size)),
    ]
}

/// Parses `text` in a thread with a small stack; gives how long it took.
fn parse_in_small_stack(text: String) -> (List, Duration) {
    const STACK: usize = 256 << 10;
    let thread = std::thread::Builder::new().stack_size(STACK);
    let run = thread.spawn(move || {
        let started = Instant::now();
        let list = support::list("test.md", &text);
        (list, started.elapsed())
    });
    run.expect("a thread can be started")
        .join()
        .expect("parsing does not panic")
}

#[test]
fn hostile_text_ends_in_a_sound_model_in_a_small_stack() {
    for (name, text) in hostile(20_000) {
        let bytes = text.len();
        let (list, took) = parse_in_small_stack(text);
        println!(
            "{name}: {bytes} bytes, {took:?}, {} entries",
            list.entries.len()
        );
        let found = flaws(&list);
        assert!(found.is_empty(), "{name}: {:?}", found.first());
    }
}

#[test]
fn the_depth_of_a_text_is_not_the_depth_of_the_stack() {
    for open in [">", "- ", "1. ", "> - "] {
        let (list, took) = parse_in_small_stack(open.repeat(100_000) + "a");
        println!("100,000 of {open:?}: {took:?}");
        assert!(flaws(&list).is_empty());
    }
    let (list, took) = parse_in_small_stack("[".repeat(1_000_000));
    println!("a million brackets: {took:?}");
    assert!(flaws(&list).is_empty());
    let rows = "| [a](http://b.c) | d |\n".repeat(100_000);
    let (list, took) = parse_in_small_stack(format!("| Name | Description |\n|---|---|\n{rows}"));
    println!("100,000 rows: {took:?}");
    assert_eq!(list.entries.len(), 100_000);
}

/// The examples of the CommonMark specification, from the npm package `commonmark-spec`, whose
/// `spec.txt` the variable `LISTWRIGHT_COMMONMARK_SPEC` names, or which is installed here.
#[test]
fn the_examples_of_the_specification_end_in_sound_models() {
    let path = std::env::var_os("LISTWRIGHT_COMMONMARK_SPEC").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("node_modules/commonmark-spec/spec.txt"),
        PathBuf::from,
    );
    let Ok(spec) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no CommonMark examples at {}", path.display());
        return;
    };
    let fence = "`".repeat(32);
    let mut examples = 0;
    for part in spec.split(&format!("{fence} example\n")).skip(1) {
        let Some((markdown, _)) = part.split_once("\n.\n").or_else(|| part.split_once(".\n"))
        else {
            continue;
        };
        examples += 1;
        assert_sound(&markdown.replace('→', "\t"));
        assert_sound(&format!(
            "- [a](b) - c\n\n  {}\n",
            markdown.replace('→', "\t").replace('\n', "\n  ")
        ));
    }
    println!("{examples} examples");
    assert!(examples > 600, "{examples}");
}
