//! JSON that is safe to print: what would steer a terminal or a CI runner is written as `\u`
//! escapes, so that the document says the same and a log shows no more than letters.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use super::neutral::{Cleaner, is_harmless};

/// Writes `value` as indented JSON and a newline.
///
/// # Errors
/// Those of `out`.
pub(super) fn write(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    let formatter = Escaping(PrettyFormatter::new());
    let mut buffered = io::BufWriter::new(out);
    value.serialize(&mut Serializer::with_formatter(&mut buffered, formatter))?;
    io::Write::write_all(&mut buffered, b"\n")?;
    io::Write::flush(&mut buffered)
}

/// serde_json escapes quotes, backslashes and C0 controls; this escapes what else is dangerous.
struct Escaping(PrettyFormatter<'static>);

fn escape(text: &mut String, character: char) {
    use std::fmt::Write;
    for unit in character.encode_utf16(&mut [0; 2]) {
        write!(text, "\\u{unit:04x}").expect("writing to a string cannot fail");
    }
}

impl Formatter for Escaping {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        if is_harmless(fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut cleaner = Cleaner::with(escape);
        fragment
            .chars()
            .for_each(|character| cleaner.push(character));
        writer.write_all(cleaner.finish().as_bytes())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W>(&mut self, writer: &mut W, first: bool) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W>(&mut self, writer: &mut W, first: bool) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{HOSTILE, assert_harmless, written};
    use super::*;

    #[test]
    fn nothing_is_lost_and_nothing_dangerous_is_written() {
        let value = [HOSTILE, "\u{e0001} \u{7f} ##[x ###[y é", ""];
        let text = written(|out| write(&value, out));
        assert_harmless("JSON", &text, |_| false);
        let read: Vec<String> = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(read, value);
    }
}
