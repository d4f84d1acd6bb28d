use super::super::place::work;
use super::super::tests::{Sample, place, written};
use super::*;
use crate::report::Format;
use crate::source::{FileId, Source, Span};

fn rendered(source: &Source, diagnostic: &Diagnostic, style: &Style) -> String {
    let sources = Sources::new([source]);
    let mut text = String::new();
    Renderer::new(&sources, &[], style).render(diagnostic, &mut text);
    text
}

#[test]
fn a_finding_shows_its_places_in_both_files() {
    let expected = "\
error[duplicate-link] [?] (https://example.org/docs/rules/duplicate-link.md)

  x `Übung` is listed twice
   ,-[README.md:4:3]
 2 | 
 3 | - [Übung](https://a.example) - One.
   :   ^^^^^^^^^^^^^|^^^^^^^^^^^^
   :                `-- first here
 4 | - [A](https://a.example)
   :   ^^^^^^^^^^^|^^^^^^^^^^
   :              `-- again here
   `----
   ,-[docs/more lists.md:1:3]
 1 | * [A](https://a.example)
   :   ^^^^^^^^^^^|^^^^^^^^^^
   :              `-- and in another list
   `----
  help: Remove one of them
        Fix with `--unsafe-fixes`: Remove the second

warning[numbering] [*] (https://example.org/docs/rules/numbering.md)

  ! numbers run wrong
   ,-[README.md:3:32]
 2 | 
 3 | - [Übung](https://a.example) - One.
   :                                ^^^
 4 | - [A](https://a.example)
   `----
  help: Fix with `--fix`: Renumber

advice[missing-title] (https://example.org/docs/rules/missing-title.md)

  > the list has no title
   ,-[docs/more lists.md:1:1]
 1 | * [A](https://a.example)
   : ^
   `----

Found 1 error, 1 warning and 1 piece of advice in 2 files; 1 can be fixed with --fix [*], \
1 more with --unsafe-fixes [?]
";
    assert_eq!(Sample::new().report(Format::Full), expected);
}

#[test]
fn colour_and_line_drawing_come_only_when_asked_for() {
    let sample = Sample::new();
    let style = |color, unicode| Style {
        color,
        unicode,
        ..Style::plain()
    };
    let report = |style| sample.with(|findings| written(|out| write(findings, &style, out)));
    assert!(report(style(true, false)).contains("\u{1b}["));
    assert!(!report(style(false, true)).contains('\u{1b}'));
    assert!(report(style(false, true)).contains("╭─[README.md:4:3]"));
    assert!(!report(style(false, false)).contains('╭'));
}

#[test]
fn the_last_line_counts_and_agrees_in_number() {
    let sample = Sample::new();
    sample.with(|findings| {
        let some = |diagnostics, files, fixed| {
            let some = Findings {
                diagnostics,
                files,
                fixed,
                ..*findings
            };
            summary(&some.tally())
        };
        let all = findings.diagnostics;
        assert_eq!(some(&[], 1, 0), "No findings in 1 file");
        assert_eq!(some(&[], 3, 2), "Fixed 2 findings. None left in 3 files");
        assert_eq!(
            some(&all[1..2], 12, 0),
            "Found 1 warning in 1 of 12 files; 1 can be fixed with --fix [*]"
        );
        assert_eq!(
            some(&all[2..], 12, 1),
            "Fixed 1 finding. Found 1 piece of advice in 1 of 12 files"
        );
    });
}

#[test]
fn long_lines_are_cut_to_what_is_labelled() {
    let text = format!(
        "{}[A](x){}[B](y){}",
        "é ".repeat(900),
        "中".repeat(900),
        "\t".repeat(99)
    );
    let source = Source::new(FileId(0), "a.md", text);
    let diagnostic = Diagnostic::new("r", place(&source, "[A](x)"), "m")
        .label("here")
        .also(place(&source, "[B](y)"), "there");
    let text = rendered(&source, &diagnostic, &Style::plain());
    assert!(text.contains("[a.md:1:1801]"), "{text}");
    assert!(text.contains(" é [A](x)中中中"), "{text}");
    assert!(text.contains("中 ... 中"), "{text}");
    for line in text.lines() {
        assert!(line.width() <= 80, "{line:?}");
    }
}

#[test]
fn a_label_over_many_lines_is_drawn_on_its_first() {
    let source = Source::new(FileId(0), "a.md", "one\ntwo\n".repeat(50));
    let whole = Diagnostic::new("r", source.whole(), "m").label("all of it");
    let text = rendered(&source, &whole, &Style::plain());
    assert!(text.contains("all of it (to line 100)"), "{text}");
    assert!(text.lines().count() < 12, "{text}");
    let some = Diagnostic::new("r", source.span(0, 12), "m").label("three lines");
    let text = rendered(&source, &some, &Style::plain());
    assert!(text.contains("three lines\n"), "{text}");
    assert!(text.contains(" 3 |"), "{text}");
}

#[test]
fn labels_beyond_the_eighth_are_counted() {
    let source = Source::new(FileId(0), "a.md", "x\n".repeat(40));
    let mut diagnostic = Diagnostic::new("r", source.span(0, 1), "m");
    for line in 1..30 {
        diagnostic = diagnostic.also(source.span(line * 2, line * 2 + 1), "also");
    }
    let text = rendered(&source, &diagnostic, &Style::plain());
    assert_eq!(text.matches("also").count(), 8);
    assert!(text.contains("help: and 21 places more"), "{text}");
}

#[test]
fn no_wrapped_line_begins_a_workflow_command() {
    let words = "word ".repeat(13);
    let wrapped = wrap(&format!("{words}::add-mask::x {words}"), 68);
    assert!(wrapped.contains('\n'), "{wrapped}");
    assert!(!wrapped.contains("\n::"), "{wrapped}");
    assert_eq!(wrap("two  spaces stay", 80), "two  spaces stay");
}

#[test]
fn the_cost_does_not_grow_with_the_list() {
    let looked_at = |lines: usize| {
        let entry = "- [Title](https://example.org/path) - A description.\n";
        let source = Source::new(FileId(0), "a.md", entry.repeat(lines));
        cost(&source, entry.len(), 500)
    };
    let (short, long) = (looked_at(500), looked_at(10_000));
    assert!(long < short * 2, "{short} bytes, then {long}");
}

#[test]
fn the_cost_does_not_grow_with_a_line() {
    let looked_at = |entries: usize| {
        let entry = "[Title](https://example.org/path) é ";
        let source = Source::new(FileId(0), "a.md", entry.repeat(entries));
        cost(&source, entry.len(), 500)
    };
    let (short, long) = (looked_at(500), looked_at(10_000));
    assert!(long < short * 2, "{short} bytes, then {long}");
}

/// The bytes looked at for `count` findings spread over `source`, apart from one pass over it.
fn cost(source: &Source, step: usize, count: usize) -> usize {
    let sources = Sources::new([source]);
    let renderer = Renderer::new(&sources, &[], &Style::plain());
    let stride = source.text().len() / step / count * step;
    let mut text = String::new();
    work::take();
    for index in 0..count {
        let start = (index * stride) as u32;
        let diagnostic = Diagnostic::new("r", source.span(start, start + 7), "m").label("here");
        text.clear();
        renderer.render(&diagnostic, &mut text);
        assert!(text.contains("here"));
    }
    work::take().saturating_sub(source.text().len())
}

proptest::proptest! {
    #[test]
    fn any_span_of_any_text_is_rendered(
        text in "[ a-cé中\t\r\n\u{1b}\u{301}#\\[:]{0,60}",
        spans in proptest::collection::vec((0_u32..80, 0_u32..80, 0_u32..3), 1..12),
        width in 0_u16..120,
    ) {
        let source = Source::new(FileId(0), "a.md", text.repeat(3));
        let other = Source::new(FileId(1), "b.md", text);
        let sources = Sources::new([&source, &other]);
        let mut spans = spans.into_iter().map(|(a, b, file)| Span::new(FileId(file), a, b));
        let mut diagnostic = Diagnostic::new("r", spans.next().unwrap_or_default(), "m").label("l");
        for span in spans {
            diagnostic = diagnostic.also(span, "more");
        }
        let style = Style { width, ..Style::plain() };
        let mut text = String::new();
        Renderer::new(&sources, &[], &style).render(&diagnostic, &mut text);
        super::super::tests::assert_harmless("full", &text, |_| false);
        proptest::prop_assert!(!text.contains("Failed to read"), "{}", text);
    }
}
