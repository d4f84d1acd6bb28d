//! What several formats are tested with, and what must hold for all of them.

use super::*;
use crate::edit::{Edit, Fix};
use crate::source::{FileId, Source};

/// Two lists and what is found in them.
pub(super) struct Sample {
    pub(super) lists: [Source; 2],
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) rules: Vec<RuleInfo>,
}

impl Sample {
    /// An error over two files with a safe fix, a warning with one to review, and advice.
    pub(super) fn new() -> Self {
        let first = "# List\n\n- [Übung](https://a.example) - One.\n- [A](https://a.example)\n";
        let lists = [
            Source::new(FileId(0), "./README.md", first),
            Source::new(
                FileId(1),
                "docs/more lists.md",
                "* [A](https://a.example)\n",
            ),
        ];
        let [list, other] = &lists;
        let duplicate = place(list, "[A](https://a.example)");
        let number = place(list, "One");
        let diagnostics = vec![
            Diagnostic {
                severity: Severity::Error,
                ..Diagnostic::new("duplicate-link", duplicate, "`Übung` is listed twice")
                    .label("again here")
                    .also(place(list, "[Übung](https://a.example)"), "first here")
                    .also(
                        place(other, "[A](https://a.example)"),
                        "and in another list",
                    )
                    .help("Remove one of them")
                    .fix(Fix::needs_review(
                        "Remove the second",
                        vec![Edit::delete(duplicate)],
                    ))
            },
            Diagnostic::new("numbering", number, "numbers run wrong").fix(Fix::safe(
                "Renumber",
                vec![
                    Edit::insert(number, number.start, "1. "),
                    Edit::replace(number, "Two\n"),
                ],
            )),
            Diagnostic {
                severity: Severity::Advice,
                ..Diagnostic::new("missing-title", other.span(0, 0), "the list has no title")
            },
        ];
        Sample {
            lists,
            diagnostics,
            rules: vec![
                rule("duplicate-link", Some(Severity::Error)),
                rule("missing-title", None),
                rule("numbering", Some(Severity::Warning)),
            ],
        }
    }

    /// One list, named and written by someone who means harm, with a finding that quotes it all.
    pub(super) fn hostile() -> Self {
        let lists = [
            Source::new(FileId(0), format!("::error::{HOSTILE}.md"), HOSTILE),
            Source::new(FileId(1), "clean.md", ""),
        ];
        let whole = lists[0].whole();
        let line = place(&lists[0], "::add-mask::secret");
        let fix = Fix::safe(HOSTILE, vec![Edit::replace(line, HOSTILE)]);
        let finding = |span| {
            Diagnostic::new("numbering", span, HOSTILE)
                .label(HOSTILE)
                .also(whole, HOSTILE)
                .also(line, HOSTILE)
                .help(HOSTILE)
                .fix(fix.clone())
        };
        Sample {
            diagnostics: vec![finding(whole), finding(line)],
            rules: vec![rule("numbering", Some(Severity::Warning))],
            lists,
        }
    }

    /// Calls `check` with the findings.
    pub(super) fn with<R>(&self, check: impl FnOnce(&Findings<'_>) -> R) -> R {
        let sources = Sources::new(&self.lists);
        check(&Findings {
            sources: &sources,
            diagnostics: &self.diagnostics,
            rules: &self.rules,
            files: self.lists.len(),
            fixed: 0,
            changed: None,
        })
    }

    /// The report in `format`, without colour.
    pub(super) fn report(&self, format: Format) -> String {
        self.with(|findings| written(|out| write(findings, format, &Style::plain(), out)))
    }
}

/// Everything that has been used to mislead a terminal, a log, a page or a parser.
pub(super) const HOSTILE: &str = "\u{1b}]0;title\u{7} \u{9b}31m \u{202e}evil\u{2069} \0 \r::stop-commands::x\n\
    ::add-mask::secret ::error::in a word's place and the words go on until a line must end :: \
    ::notice::there\n  ::warning::indented\n##[error]x ##vso[task.setvariable]y\r\n\
    ]]> </testsuite> </details> <script>alert(1)</script> & \" ' | ` %0A \\ \u{200b}\u{2028}\u{85}\
    [link](javascript:x) @someone #1 $x$ https://evil.example www.evil.example\n";

pub(super) fn rule(name: &'static str, severity: Option<Severity>) -> RuleInfo {
    RuleInfo {
        name,
        summary: format!("What {name} finds"),
        page: format!("# {name}\n\nWhy it **matters**.\n"),
        url: format!("https://example.org/docs/rules/{name}.md"),
        severity,
        fixable: true,
    }
}

/// The first place of `text` in `source`.
pub(super) fn place(source: &Source, text: &str) -> Span {
    let start = source.text().find(text).expect("the sample has the text");
    source.span(start as u32, (start + text.len()) as u32)
}

/// What `write` writes.
pub(super) fn written(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes any output");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// Asserts that `text` neither steers a terminal nor speaks to a CI runner, `own` commands apart.
pub(super) fn assert_harmless(what: &str, text: &str, own: fn(&str) -> bool) {
    for line in text.split('\n') {
        let mut shown = line.chars().filter(|character| *character != '\t');
        let bad = shown.find(|character| neutral::is_dangerous(*character));
        assert_eq!(bad, None, "{what}: {line:?}");
        let is_command = line.trim_start().starts_with("::") && !own(line);
        assert!(!is_command, "{what}: {line:?}");
        for command in ["##[", "##vso["] {
            assert!(!line.contains(command), "{what}: {line:?}");
        }
    }
}

#[test]
fn hostile_lists_stay_harmless_in_every_format() {
    let sample = Sample::hostile();
    for (format, name, _) in Format::ALL {
        let text = sample.report(*format);
        assert!(
            text.contains("stop-commands"),
            "{name} shows what was found"
        );
        let is_own: fn(&str) -> bool = match format {
            Format::Github => |line| line.starts_with("::warning title=numbering,file="),
            _ => |_| false,
        };
        assert_harmless(name, &text, is_own);
    }
}

#[test]
fn a_closed_pipe_is_an_error_and_no_panic() {
    struct Closed;
    impl io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for (format, name, _) in Format::ALL {
        let result =
            Sample::new().with(|findings| write(findings, *format, &Style::plain(), &mut Closed));
        let kind = result.expect_err(name).kind();
        assert_eq!(kind, io::ErrorKind::BrokenPipe, "{name}");
    }
}

#[test]
fn findings_in_unknown_files_are_still_told() {
    let mut sample = Sample::new();
    for diagnostic in &mut sample.diagnostics {
        diagnostic.span.file = FileId(7);
        diagnostic.fix = None;
    }
    for (format, name, _) in Format::ALL {
        let text = sample.report(*format);
        assert!(text.contains("numbers run wrong"), "{name}: {text}");
    }
}

#[test]
fn formats_are_chosen_by_name_and_the_nearest_is_named() {
    for (format, name, _) in Format::ALL {
        assert_eq!(name.parse(), Ok(*format));
        assert_eq!(format.to_string(), *name);
    }
    let error = "Consise".parse::<Format>().expect_err("a slip");
    assert_eq!(
        error.to_string(),
        "there is no format `Consise`; did you mean `concise`?"
    );
    let error = "yaml".parse::<Format>().expect_err("not a format");
    assert_eq!(error.nearest, None);
    assert!(error.to_string().contains("there are full, concise"));
}

#[test]
fn concise_is_one_line_each() {
    assert_eq!(
        Sample::new().report(Format::Concise),
        "README.md:4:3: error[duplicate-link] `Übung` is listed twice [?]\n\
         README.md:3:32: warning[numbering] numbers run wrong [*]\n\
         docs/more lists.md:1:1: advice[missing-title] the list has no title\n"
    );
}
