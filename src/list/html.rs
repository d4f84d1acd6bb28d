//! Tags, comments and character references in the HTML that Markdown carries.
//!
//! A list holds HTML as blocks and between words. [`tags`] reads it as forgivingly as a browser
//! where a person would still see a tag, and takes everything else for text: a `<` that opens
//! nothing, a tag that never ends, an autolink such as `<https://example.org>`. Elements are not
//! paired and the contents of `<script>` or `<style>` are not special.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a [`Tag`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `<a href="…">`
    Open,
    /// `</a>`
    Close,
    /// `<br/>`
    SelfClosing,
    /// `<!-- … -->`
    Comment,
}

/// A tag or a comment, at its place in the text.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    /// The name as written; empty for a comment.
    pub name: &'a str,
    /// Opening, closing, both, or a comment.
    pub kind: TagKind,
    /// Absolute offset of the `<`.
    pub start: u32,
    /// Absolute offset after the `>`.
    pub end: u32,
    /// The whole tag as written.
    source: &'a str,
    /// Length of `source` before its attributes, or before the text of a comment.
    head: usize,
    /// Offset in `source` at which the text of a comment ends.
    tail: usize,
}

impl<'a> Tag<'a> {
    /// Whether the tag is called `name`, without regard to the case of ASCII letters.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The tag as written, from `<` to `>`.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// What stands between `<!--` and `-->`; `None` unless the tag is a comment.
    pub fn comment(&self) -> Option<&'a str> {
        match self.kind {
            TagKind::Comment => self.source.get(self.head..self.tail),
            TagKind::Open | TagKind::Close | TagKind::SelfClosing => None,
        }
    }

    /// Absolute offset of the text of a comment.
    pub fn comment_start(&self) -> u32 {
        self.start + self.head as u32
    }

    /// The attributes in the order in which they are written.
    pub fn attributes(&self) -> Attributes<'a> {
        let at = match self.kind {
            TagKind::Comment => self.source.len(),
            TagKind::Open | TagKind::Close | TagKind::SelfClosing => self.head,
        };
        Attributes {
            source: self.source,
            base: self.start,
            at,
        }
    }

    /// The first attribute called `name` (ASCII case ignored), the one that HTML goes by.
    pub fn attribute(&self, name: &str) -> Option<Attribute<'a>> {
        self.attributes()
            .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }
}

/// An attribute of a [`Tag`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name as written.
    pub name: &'a str,
    /// The value as written, without its quotes and not [decoded](decode); empty if there is none.
    pub value: &'a str,
    /// Absolute offset of the first byte of the value; without a value, the end of the name.
    pub start: u32,
    /// Absolute offset after the value.
    pub end: u32,
}

/// The attributes of a [`Tag`]: see [`Tag::attributes`].
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    source: &'a str,
    base: u32,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let Step::Attribute {
            name, value, next, ..
        } = step(self.source.as_bytes(), self.at)
        else {
            return None;
        };
        self.at = next;
        Some(Attribute {
            name: self.source.get(name.0..name.1).unwrap_or_default(),
            value: self.source.get(value.0..value.1).unwrap_or_default(),
            start: self.base + value.0 as u32,
            end: self.base + value.1 as u32,
        })
    }
}

/// The tags and comments of `text`, in order.
///
/// `base` is the offset of `text` in its source; it is added to all offsets. The whole iteration
/// takes time linear in the text, whatever the text is.
pub fn tags(text: &str, base: u32) -> Tags<'_> {
    Tags {
        text,
        base,
        at: 0,
        missing: [false; 4],
        dead: FxHashSet::default(),
    }
}

/// An iterator over tags and comments: see [`tags`].
#[derive(Clone, Debug)]
pub struct Tags<'a> {
    text: &'a str,
    base: u32,
    at: usize,
    /// For each of [`TERMINATORS`], whether none is left: searching again would be quadratic.
    missing: [bool; 4],
    /// Ends of quoted values from which no tag ends.
    ///
    /// Behind a value, how a tag goes on does not depend on where it began. So of all the `<` from
    /// which one such end can be reached, only the first has to go on from it. Outside quotes a
    /// tag cannot run over a `<`, which bounds the rest.
    dead: FxHashSet<usize>,
}

/// What ends a construct that begins with `<!` or `<?`.
const TERMINATORS: [&str; 4] = ["-->", "]]>", "?>", ">"];

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let start = self.at + memchr::memchr(b'<', rest)?;
            self.at = start + 1;
            let rest = self.text.get(start..)?;
            let (tag, end) = if rest.starts_with("<!--") {
                self.read_comment(start, rest).unzip()
            } else if rest.starts_with("<![CDATA[") {
                (None, self.find(1, start))
            } else if rest.starts_with("<?") {
                (None, self.find(2, start))
            } else if is_declaration(rest) {
                (None, self.find(3, start))
            } else {
                self.read_tag(start).unzip()
            };
            self.at = end.unwrap_or(self.at);
            if tag.is_some() {
                return tag;
            }
        }
    }
}

impl<'a> Tags<'a> {
    /// The offset after the first of `TERMINATORS[which]` at or after `from`.
    fn find(&mut self, which: usize, from: usize) -> Option<usize> {
        if self.missing[which] {
            return None;
        }
        let terminator = TERMINATORS[which].as_bytes();
        let rest = self.text.as_bytes().get(from..)?;
        let found = memmem::find(rest, terminator);
        self.missing[which] = found.is_none();
        found.map(|at| from + at + terminator.len())
    }

    /// The comment at `start` and where it ends; `<!-->` and `<!--->` are whole comments.
    fn read_comment(&mut self, start: usize, rest: &'a str) -> Option<(Tag<'a>, usize)> {
        let (end, tail) = if rest.starts_with("<!-->") {
            (start + 5, 4)
        } else if rest.starts_with("<!--->") {
            (start + 6, 4)
        } else {
            let end = self.find(0, start + 4)?;
            (end, end - start - 3)
        };
        let tag = self.tag_at(start, end, "", TagKind::Comment, (4, tail))?;
        Some((tag, end))
    }

    /// The tag at `start` and where it ends.
    fn read_tag(&mut self, start: usize) -> Option<(Tag<'a>, usize)> {
        let text = self.text;
        let bytes = text.as_bytes();
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closing);
        if !bytes.get(name_start)?.is_ascii_alphabetic() {
            return None;
        }
        let name_end = skip(bytes, name_start, |byte| {
            byte.is_ascii_alphanumeric() || byte == b'-'
        });
        let after = *bytes.get(name_end)?;
        if !is_space(after) && after != b'/' && after != b'>' {
            return None;
        }
        let (end, slash) = self.read_attributes(name_end)?;
        let kind = match (closing, slash) {
            (true, _) => TagKind::Close,
            (false, true) => TagKind::SelfClosing,
            (false, false) => TagKind::Open,
        };
        let name = text.get(name_start..name_end)?;
        let tag = self.tag_at(start, end, name, kind, (name_end - start, end - start))?;
        Some((tag, end))
    }

    /// Where the tag ends whose attributes begin at `at`, and whether with a slash.
    fn read_attributes(&mut self, mut at: usize) -> Option<(usize, bool)> {
        let mut values = Vec::new();
        loop {
            match step(self.text.as_bytes(), at) {
                Step::End { end, slash } => return Some((end, slash)),
                Step::Attribute { next, quoted, .. } => {
                    at = next;
                    if !quoted {
                        continue;
                    }
                    if !self.dead.contains(&next) {
                        values.push(next);
                        continue;
                    }
                }
                Step::Broken => {}
            }
            self.dead.extend(values);
            return None;
        }
    }

    fn tag_at(
        &self,
        start: usize,
        end: usize,
        name: &'a str,
        kind: TagKind,
        (head, tail): (usize, usize),
    ) -> Option<Tag<'a>> {
        Some(Tag {
            name,
            kind,
            start: self.base + start as u32,
            end: self.base + end as u32,
            source: self.text.get(start..end)?,
            head,
            tail,
        })
    }
}

/// What comes next inside a tag.
enum Step {
    /// An attribute; the pairs are the starts and ends of its parts.
    Attribute {
        name: (usize, usize),
        value: (usize, usize),
        /// Where to go on.
        next: usize,
        /// Whether the value stands in quotes.
        quoted: bool,
    },
    /// The `>`, before `end`; `slash` if a `/` stands before it.
    End { end: usize, slash: bool },
    /// This is no tag: the text ends or another `<` comes.
    Broken,
}

fn step(bytes: &[u8], from: usize) -> Step {
    let start = skip(bytes, from, |byte| is_space(byte) || byte == b'/');
    match bytes.get(start) {
        None | Some(b'<') => return Step::Broken,
        Some(b'>') => {
            return Step::End {
                end: start + 1,
                slash: start > from && bytes.get(start - 1) == Some(&b'/'),
            };
        }
        Some(_) => {}
    }
    let name_end = skip(bytes, start + 1, |byte| {
        !is_space(byte) && !matches!(byte, b'/' | b'>' | b'=' | b'<')
    });
    let name = (start, name_end);
    let equals = skip(bytes, name_end, is_space);
    if bytes.get(equals) != Some(&b'=') {
        return Step::Attribute {
            name,
            value: (name_end, name_end),
            next: name_end,
            quoted: false,
        };
    }
    let value = skip(bytes, equals + 1, is_space);
    match bytes.get(value) {
        Some(quote @ (b'"' | b'\'')) => {
            let rest = bytes.get(value + 1..).unwrap_or_default();
            let Some(length) = memchr::memchr(*quote, rest) else {
                return Step::Broken;
            };
            let end = value + 1 + length;
            Step::Attribute {
                name,
                value: (value + 1, end),
                next: end + 1,
                quoted: true,
            }
        }
        _ => {
            let end = skip(bytes, value, |byte| {
                !is_space(byte) && !matches!(byte, b'>' | b'<')
            });
            Step::Attribute {
                name,
                value: (value, end),
                next: end,
                quoted: false,
            }
        }
    }
}

/// The first offset from `at` on whose byte does not satisfy `wanted`.
fn skip(bytes: &[u8], at: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|&&byte| wanted(byte)).count()
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Whether `<!` and a letter stand here, as in `<!DOCTYPE html>`.
fn is_declaration(rest: &str) -> bool {
    matches!(rest.as_bytes(), [b'<', b'!', letter, ..] if letter.is_ascii_alphabetic())
}

/// `text` with its character references, such as `&amp;` or `&#8212;`, replaced.
///
/// The names are those of HTML. As in CommonMark (and unlike in HTML, where `&copy=1` in an address
/// would lose its parameter), a reference ends with `;`; code points that are none become U+FFFD.
pub fn decode(text: &str) -> Cow<'_, str> {
    replace(text, false)
}

/// The address that an attribute such as `href` holds: decoded, without the spaces and control
/// characters around it, which browsers drop (WHATWG URL 4.4).
pub fn address(value: &str) -> Cow<'_, str> {
    let is_dropped = |char: char| char <= ' ';
    match decode(value) {
        Cow::Borrowed(address) => Cow::Borrowed(address.trim_matches(is_dropped)),
        Cow::Owned(address) => Cow::Owned(address.trim_matches(is_dropped).to_owned()),
    }
}

/// `text` with its backslash escapes and character references replaced: what a destination or a
/// title, as written in CommonMark, stands for.
pub fn unescape(text: &str) -> Cow<'_, str> {
    replace(text, true)
}

fn replace(text: &str, backslashes: bool) -> Cow<'_, str> {
    let mut decoded = String::new();
    let mut copied = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(found) = memchr::memchr2(b'&', b'\\', bytes.get(at..).unwrap_or_default()) {
        let start = at + found;
        at = start + 1;
        if bytes.get(start) == Some(&b'\\') {
            if backslashes && bytes.get(at).is_some_and(u8::is_ascii_punctuation) {
                decoded.push_str(text.get(copied..start).unwrap_or_default());
                copied = at;
                at += 1;
            }
        } else if let Some((meaning, length)) = reference(text.get(at..).unwrap_or_default()) {
            decoded.push_str(text.get(copied..start).unwrap_or_default());
            decoded.push_str(&meaning);
            at += length;
            copied = at;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    decoded.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(decoded)
}

/// What a reader sees of `html`: the text without tags and comments, references decoded.
pub fn text(html: &str) -> String {
    without_tags(html, " ")
}

/// The text nodes of `html`, as the DOM joins them: unlike [`text`] with nothing for `<br>`.
pub(super) fn text_content(html: &str) -> String {
    without_tags(html, "")
}

fn without_tags(html: &str, line_break: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut shown = 0;
    for tag in tags(html, 0) {
        text.push_str(html.get(shown..tag.start as usize).unwrap_or_default());
        shown = tag.end as usize;
        if tag.is("br") {
            text.push_str(line_break);
        }
    }
    text.push_str(html.get(shown..).unwrap_or_default());
    match decode(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(decoded) => decoded,
    }
}

/// Named character references, by name without `&` and `;`.
static NAMED: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let names = entities::ENTITIES.iter().filter_map(|entity| {
        let name = entity.entity.strip_prefix('&')?.strip_suffix(';')?;
        Some((name, entity.characters))
    });
    names.collect()
});

/// What the reference means whose `&` stands before `rest`, and its length up to and with the `;`.
fn reference(rest: &str) -> Option<(Cow<'static, str>, usize)> {
    /// The longest name is `CounterClockwiseContourIntegral`.
    const LONGEST: usize = 31;
    let bytes = rest.as_bytes();
    let window = bytes.get(..bytes.len().min(LONGEST + 1))?;
    let length = memchr::memchr(b';', window)?;
    let body = rest.get(..length)?;
    let Some(number) = body.strip_prefix('#') else {
        let meaning = NAMED.get(body)?;
        return Some((Cow::Borrowed(meaning), length + 1));
    };
    let (digits, radix, longest) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 6),
        None => (number, 10, 7),
    };
    if digits.len() > longest || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok()?;
    let character = char::from_u32(code)
        .filter(|&character| character != '\0')
        .unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((Cow::Owned(character.to_string()), length + 1))
}

#[cfg(test)]
mod tests;
