//! The change of a text as a unified diff.

use std::io;

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff};

use super::neutral::{self, Cleaner};

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// Writes what turns `old` into `new`, the text of the file at `path`; nothing where they are equal.
///
/// Lines end at `\n` alone, as they do for git and patch; a `\r` before it is part of the line. The
/// result can be applied as a patch, unless a line that it shows has characters that would steer a
/// terminal or a CI runner: those are shown by their number, and such a patch does not apply.
///
/// # Errors
/// Those of `out`.
pub fn write(
    path: &str,
    old: &str,
    new: &str,
    color: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    if old == new {
        return Ok(());
    }
    let mut out = io::BufWriter::new(out);
    let out: &mut dyn io::Write = &mut out;
    let paint = Paint { color };
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Histogram)
        .diff_slices(&old_lines, &new_lines);
    let path = header_path(path);
    paint.line(out, BOLD, &format!("--- a/{path}"))?;
    paint.line(out, BOLD, &format!("+++ b/{path}"))?;
    for group in diff.grouped_ops(CONTEXT) {
        paint.line(out, CYAN, &hunk_header(&group))?;
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let (marker, style) = match change.tag() {
                ChangeTag::Equal => (' ', ""),
                ChangeTag::Delete => ('-', RED),
                ChangeTag::Insert => ('+', GREEN),
            };
            let is_first = match change.tag() {
                ChangeTag::Insert => change.new_index() == Some(0),
                _ => change.old_index() == Some(0),
            };
            let line = change.value();
            let content = line.strip_suffix('\n').unwrap_or(line);
            paint.line(out, style, &shown(marker, content, is_first))?;
            if content.len() == line.len() {
                out.write_all(b"\\ No newline at end of file\n")?;
            }
        }
    }
    out.flush()
}

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const CYAN: &str = "\u{1b}[36m";

struct Paint {
    color: bool,
}

impl Paint {
    fn line(&self, out: &mut dyn io::Write, style: &str, text: &str) -> io::Result<()> {
        if self.color && !style.is_empty() {
            writeln!(out, "{style}{text}\u{1b}[0m")
        } else {
            writeln!(out, "{text}")
        }
    }
}

/// `path` for a header. One with a space gets a tab behind it, by which patch finds its end.
fn header_path(path: &str) -> String {
    let path = neutral::line(
        path.strip_prefix("./")
            .unwrap_or(path)
            .trim_start_matches('/'),
    );
    let end = if path.contains(' ') { "\t" } else { "" };
    format!("{path}{end}")
}

/// `@@ -3,7 +3,8 @@`
fn hunk_header(group: &[DiffOp]) -> String {
    let (Some(first), Some(last)) = (group.first(), group.last()) else {
        return String::new();
    };
    let old = first.old_range().start..last.old_range().end;
    let new = first.new_range().start..last.new_range().end;
    format!("@@ -{} +{} @@", lines(old), lines(new))
}

/// Lines as a hunk names them: the first counted from 1, or the one before where there are none.
fn lines(range: std::ops::Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        many => format!("{},{many}", range.start + 1),
    }
}

/// One line of the diff. A tab, a byte order mark that begins the text and a `\r` that ends a line
/// are harmless and stay.
fn shown(marker: char, content: &str, is_first: bool) -> String {
    let mut cleaner = Cleaner::default();
    cleaner.push(marker);
    // A runner takes white space off the front, and a line of context begins with a space.
    let mut is_command = marker == ' ' && neutral::begins_command(content);
    let body = content.strip_suffix('\r');
    for (index, character) in body.unwrap_or(content).char_indices() {
        match character {
            '\t' => cleaner.push_own("\t"),
            '\u{feff}' if is_first && index == 0 => cleaner.push_own("\u{feff}"),
            ':' if is_command => {
                cleaner.push_stand_in(':');
                is_command = false;
            }
            _ => cleaner.push(character),
        }
    }
    if body.is_some() {
        cleaner.push_own("\r");
    }
    cleaner.finish()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{HOSTILE, assert_harmless, written};
    use super::*;

    fn diff(old: &str, new: &str) -> String {
        written(|out| write("./a.md", old, new, false, out))
    }

    #[test]
    fn a_change_is_shown_with_its_surroundings() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n";
        assert_eq!(
            diff(old, "1\n2\n3\n4\nfive\n6\n7\n8\n"),
            "--- a/a.md\n+++ b/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
        assert_eq!(diff(old, old), "");
        assert_eq!(
            diff("", "a\n"),
            "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\n"
        );
    }

    #[test]
    fn a_missing_final_newline_is_told() {
        assert_eq!(
            diff("a\nb", "a\nb\n"),
            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"
        );
    }

    #[test]
    fn carriage_returns_at_the_ends_of_lines_are_kept() {
        assert_eq!(
            diff("\u{feff}a\r\nb\r\n", "\u{feff}a\r\nb\n"),
            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n \u{feff}a\r\n-b\r\n+b\n"
        );
    }

    #[test]
    fn colour_comes_only_when_asked_for() {
        let text = written(|out| write("a b.md", "a\n", "b\n", true, out));
        assert!(text.contains("\u{1b}[31m-a\u{1b}[0m\n"), "{text}");
        assert!(
            text.starts_with("\u{1b}[1m--- a/a b.md\t\u{1b}[0m\n"),
            "{text}"
        );
    }

    #[test]
    fn hostile_text_stays_harmless() {
        let new = format!("{HOSTILE}more\n");
        let text = written(|out| write(HOSTILE, HOSTILE, &new, false, out));
        assert_harmless("context", &text.replace('\r', ""), |_| false);
        assert!(text.contains("   <U+003A>:warning::"), "{text}");
        let text = written(|out| write("a", HOSTILE, "", false, out));
        assert_harmless("removed", &text.replace('\r', ""), |_| false);
    }
}
