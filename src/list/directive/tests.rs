//! Which comments are directives and markers, and which are words of people.

use super::*;
use crate::list::html;

/// A directive in one line: dialect, scope, rules, reason.
fn shown(comment: &str) -> String {
    let Some(parsed) = parse(comment) else {
        return "none".to_string();
    };
    match parsed {
        Ok(directive) => {
            let mut shown = format!("{:?} {:?}", directive.dialect, directive.scope);
            for rule in &directive.rules {
                let place = rule.start as usize..rule.end as usize;
                assert_eq!(comment.get(place), Some(rule.text));
                shown += &format!(" {}", rule.text);
            }
            shown
                + &directive
                    .reason
                    .map(|reason| format!(" ({reason})"))
                    .unwrap_or_default()
        }
        Err(malformed) => {
            let place = malformed.start as usize..malformed.end as usize;
            assert!(comment.get(place).is_some_and(|text| !text.is_empty()));
            malformed.message
        }
    }
}

#[test]
fn our_directives_are_read() {
    for (comment, expected) in [
        (" listwright-disable ", "Listwright DisableRegion"),
        ("listwright-enable sorted", "Listwright EnableRegion sorted"),
        (
            " listwright-disable-next é-link,b ,\n c -- twice -- on purpose \n",
            "Listwright Next é-link b c (twice -- on purpose)",
        ),
        ("LISTWRIGHT-DISABLE-LINE a —", "Listwright Line a"),
        (
            "listwright-disable-file -- generated",
            "Listwright File (generated)",
        ),
    ] {
        assert_eq!(shown(comment), expected, "{comment}");
    }
}

#[test]
fn the_directives_of_other_linters_are_read() {
    for (comment, expected) in [
        ("lint disable", "Remark DisableRegion"),
        (
            "lint disable awesome-heading double-link",
            "Remark DisableRegion awesome-heading double-link",
        ),
        (" lint ignore no-dead-urls ", "Remark Next no-dead-urls"),
        ("lint enable", "Remark EnableRegion"),
        ("lint your list", "none"),
        ("lint", "none"),
        (
            "markdownlint-disable MD013 no-inline-html",
            "Markdownlint DisableRegion MD013 no-inline-html",
        ),
        ("markdownlint-disable-next-line", "Markdownlint Next"),
        ("markdownlint-disable-line MD034", "Markdownlint Line MD034"),
        ("markdownlint-disable-file MD001", "Markdownlint File MD001"),
        ("markdownlint-enable", "Markdownlint EnableRegion"),
        ("markdownlint-capture", "Markdownlint Inert"),
        (
            "markdownlint-configure-file { \"MD013\": false }",
            "Markdownlint Inert",
        ),
        ("markdownlint-nonsense", "none"),
        ("rumdl-disable-next-line MD034", "Rumdl Next MD034"),
        ("prettier-ignore-start", "none"),
        ("", "none"),
        (" , ,", "none"),
    ] {
        assert_eq!(shown(comment), expected, "{comment}");
    }
}

#[test]
fn what_is_addressed_to_us_and_not_understood_is_said() {
    let all = "the commands are `listwright-disable`, `listwright-enable`, `listwright-disable-next`, \
               `listwright-disable-line`, `listwright-disable-file`";
    for (comment, written, help) in [
        (
            " listwright-disabel sorted",
            "listwright-disabel",
            "write `listwright-disable`",
        ),
        (
            "listwright-ignore-line x",
            "listwright-ignore-line",
            "write `listwright-disable-line`",
        ),
        (
            "listwright-disable-next-line",
            "listwright-disable-next-line",
            "write `listwright-disable-next`",
        ),
        (
            "listwright disable x",
            "listwright disable",
            "write `listwright-disable`",
        ),
        (
            "listwright: ignore x",
            "listwright: ignore",
            "write `listwright-disable-next`",
        ),
        ("listwright-frobnicate", "listwright-frobnicate", all),
        (
            "listwright_disable",
            "listwright_disable",
            "write `listwright-disable`",
        ),
    ] {
        assert_eq!(
            shown(comment),
            format!("`{written}` is not a command; {help}")
        );
    }
    for comment in [
        "Listwright checks this list",
        "listwright",
        "listwrights are people",
        "listwright: see docs",
    ] {
        assert_eq!(shown(comment), "none", "{comment}");
    }
    let long = format!("listwright-{}", "é".repeat(500_000));
    assert!(shown(&long).chars().count() < 300);
}

/// A marker in one line.
fn marked(comment: &str) -> String {
    generated_marker(comment).map_or("none".to_string(), |marker| {
        let contents = if marker.contents_table {
            " contents"
        } else {
            ""
        };
        format!("{:?} {}{contents}", marker.kind, marker.name)
    })
}

#[test]
fn fences_of_contents_tables_are_known() {
    for (open, close, name) in [
        (" toc ", " tocstop ", "toc"),
        ("TOC", "/TOC", "toc"),
        ("toc:start", "toc:end", "toc"),
        ("toc start", "toc end", "toc"),
        ("START_TOC", "END_TOC", "toc"),
        ("BEGIN TOC", "END TOC", "toc"),
        ("Table of Contents START", "Table of Contents END", "toc"),
        ("TABLE OF CONTENTS:START", "TABLE OF CONTENTS:END", "toc"),
        ("ts", "te", "ts"),
        ("MarkdownTOC depth=4", "/MarkdownTOC", "markdowntoc"),
        (
            "vscode-markdown-toc",
            "/vscode-markdown-toc",
            "vscode-markdown-toc",
        ),
        (
            "vim-markdown-toc GFM",
            "vim-markdown-toc",
            "vim-markdown-toc",
        ),
        (
            "mdformat-toc start --slug=github --no-anchors",
            "mdformat-toc end",
            "mdformat-toc",
        ),
        (
            "START doctoc generated TOC please keep comment here to allow auto update",
            "END doctoc generated TOC please keep comment here to allow auto update",
            "doctoc",
        ),
    ] {
        assert_eq!(marked(open), format!("Open {name} contents"), "{open}");
        assert_eq!(marked(close), format!("Close {name} contents"), "{close}");
    }
}

#[test]
fn fences_of_other_generated_regions_are_known() {
    for (open, close, name) in [
        (
            "ALL-CONTRIBUTORS-LIST:START - Do not remove",
            "ALL-CONTRIBUTORS-LIST:END",
            "all-contributors-list",
        ),
        ("SPONSORS:START", "SPONSORS:END", "sponsors"),
        ("BEGIN_TF_DOCS", "END_TF_DOCS", "tf_docs"),
        ("START_SECTION:waka", "END_SECTION:waka", "section:waka"),
        ("BEGIN: tools", "END: tools", "tools"),
        ("projects BEGIN", "projects END", "projects"),
        (
            "auto-generated-start",
            "auto-generated-end",
            "auto-generated",
        ),
    ] {
        assert_eq!(marked(open), format!("Open {name}"), "{open}");
        assert_eq!(marked(close), format!("Close {name}"), "{close}");
    }
    let magic = "AUTO-GENERATED-CONTENT:START (TOC:collapse=true)";
    assert_eq!(marked(magic), "Open auto-generated-content contents");
}

#[test]
fn words_of_people_fence_nothing() {
    for comment in [
        "",
        "prettier-ignore-start",
        "PRETTIER-IGNORE:START",
        "lists-start",
        "md-parser-end",
        "vscode-markdown-toc-config\n\tnumbering=true",
        "omit in toc",
        "TOC is written by hand",
        "START HERE",
        "END OF LIST",
        "START",
        "end of the contents table",
        "start here",
        "markdown-link-check-disable",
        "stargazers:flutter/samples",
        "DON'T EDIT THIS SECTION, INSTEAD RE-RUN doctoc TO UPDATE",
        "Or",
        "\0",
        ":-_",
    ] {
        assert_eq!(marked(comment), "none", "{comment}");
    }
}

#[test]
fn long_comments_are_read_in_linear_time() {
    for unit in [
        "listwright-disable ",
        "lint ",
        "a,",
        "START ",
        "TOC:",
        "-- ",
        "listwright ",
        ",",
        "é:-",
    ] {
        let text = unit.repeat(2_000_000 / unit.len());
        let rules = parse(&text).map(|parsed| parsed.map_or(0, |directive| directive.rules.len()));
        assert!(rules.unwrap_or(0) <= text.len());
        assert!(generated_marker(&text).is_none_or(|marker| marker.name.len() <= text.len()));
    }
}

#[test]
fn in_real_lists_markers_come_in_pairs() {
    let shared = std::env::var("LISTWRIGHT_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_string());
    let Ok(folder) = std::fs::read_dir(format!("{shared}/corpus/lists")) else {
        eprintln!("no real lists in {shared}: skipped");
        return;
    };
    let (mut directives, mut markers) = (0, 0);
    for entry in folder.flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("a list in UTF-8");
        let mut open: Vec<String> = Vec::new();
        for comment in html::tags(&text, 0).filter_map(|tag| tag.comment()) {
            if let Some(parsed) = parse(comment) {
                assert!(parsed.is_ok(), "{comment}");
                directives += 1;
            }
            let Some(marker) = generated_marker(comment) else {
                continue;
            };
            markers += 1;
            match marker.kind {
                MarkerKind::Open => open.push(marker.name),
                MarkerKind::Close => {
                    assert_eq!(
                        open.pop(),
                        Some(marker.name),
                        "{}: {comment}",
                        entry.path().display()
                    );
                }
            }
        }
        assert!(open.is_empty(), "{}: {open:?}", entry.path().display());
    }
    assert!(
        directives >= 10 && markers >= 40,
        "{directives} directives, {markers} markers"
    );
}
