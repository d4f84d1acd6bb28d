//! The parts of one link: text, destination and definition, found again in its verified slice.

use std::collections::HashMap;

use super::html;
use super::{Definition, LinkKind};
use crate::source::Source;
use crate::spaces::single;

/// The link reference definitions of a text, found before it is parsed.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    found: Vec<Definition>,
    /// The index of the definition that counts for a label: the first with it.
    by_label: HashMap<String, u32>,
}

impl Definitions {
    /// Reads every line of `source` that has the form of a definition, outside fenced code.
    pub(super) fn read(source: &Source) -> Self {
        let text = source.text();
        let mut found = Vec::new();
        let mut last_line = 0;
        for at in memchr::memmem::find_iter(text.as_bytes(), b"]:") {
            let line = source.line(at as u32);
            if line == last_line {
                continue;
            }
            last_line = line;
            found.extend(definition(source, line));
        }
        let mut by_label = HashMap::with_capacity(found.len());
        for (index, definition) in found.iter().enumerate() {
            by_label
                .entry(definition.label.clone())
                .or_insert(index as u32);
        }
        Definitions { found, by_label }
    }

    /// The index of the definition that `label`, normalized, refers to.
    pub(super) fn position(&self, label: &str) -> Option<u32> {
        self.by_label.get(label).copied()
    }

    /// The definition at `index`.
    pub(super) fn get(&self, index: u32) -> Option<&Definition> {
        self.found.get(index as usize)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The destinations by label; where a label is defined twice, the first counts.
    pub(super) fn urls(&self) -> HashMap<String, String> {
        let mut urls = HashMap::with_capacity(self.found.len());
        for definition in &self.found {
            urls.entry(definition.label.clone())
                .or_insert_with(|| definition.url.clone());
        }
        urls
    }

    /// The definitions in the order of the text.
    pub(super) fn into_vec(self) -> Vec<Definition> {
        self.found
    }
}

/// The definition on a line of `source`, if there is one.
fn definition(source: &Source, line: u32) -> Option<Definition> {
    let span = source.line_content(line);
    let text = source.slice(span);
    let indent = text.len() - text.trim_start().len();
    let body = &text[indent..];
    let label_end = closing_bracket(body, 1)?;
    let label = body.strip_prefix('[')?.get(..label_end - 1)?;
    if label.trim().is_empty() || label.starts_with('^') {
        return None;
    }
    let after = body.get(label_end..)?.strip_prefix("]:")?;
    // The destination may stand on the next line.
    let (after, from, end) = match after.trim().is_empty() {
        false => (
            after,
            span.start + (indent + label_end + 2) as u32,
            span.end,
        ),
        true => {
            let next = source.line_content(line + 1);
            (source.slice(next), next.start, next.end)
        }
    };
    let gap = after.len() - after.trim_start().len();
    let (destination, rest) = destination(&after[gap..])?;
    let bracketed = u32::from(after[gap..].starts_with('<'));
    if !title_only(rest) || (destination.is_empty() && bracketed == 0) {
        return None;
    }
    let start = from + gap as u32 + bracketed;
    Some(Definition {
        span: source.span(span.start + indent as u32, end),
        label: normalize_label(label),
        destination: source.span(start, start + destination.len() as u32),
        url: html::unescape(destination).into_owned(),
    })
}

/// Whether `rest`, behind a destination, is empty or one quoted title.
fn title_only(rest: &str) -> bool {
    let title = rest.trim();
    if title.is_empty() {
        return true;
    }
    let closes = match title.as_bytes()[0] {
        b'"' => '"',
        b'\'' => '\'',
        b'(' => ')',
        _ => return false,
    };
    rest.starts_with([' ', '\t']) && title.len() > 1 && title.ends_with(closes)
}

/// A label as CommonMark compares labels: case folded, white space collapsed.
pub(crate) fn normalize_label(label: &str) -> String {
    caseless::default_case_fold_str(&single(label))
}

/// The parts of a link, as offsets within its slice.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) kind: LinkKind,
    pub(super) text: (usize, usize),
    /// For references the destination stands in the definition, and this is empty.
    pub(super) destination: (usize, usize),
}

/// Takes a link (or an image behind its `!`) apart.
///
/// `slice` is the whole link and `inner_end` where its last child ends in it. Gives `None` where the
/// slice does not read as the link that was said to stand there, whose decoded destination is `url`.
pub(super) fn parts(
    slice: &str,
    inner_end: usize,
    url: &str,
    definitions: &Definitions,
) -> Option<Parts> {
    if let Some(rest) = slice.strip_prefix('<') {
        let inner = rest.strip_suffix('>')?;
        return Some(Parts {
            kind: LinkKind::Autolink,
            text: (1, 1 + inner.len()),
            destination: (1, 1 + inner.len()),
        });
    }
    if !slice.starts_with('[') {
        return Some(Parts {
            kind: LinkKind::Bare,
            text: (0, slice.len()),
            destination: (0, slice.len()),
        });
    }
    let text_end = closing_bracket(slice, inner_end.max(1))?;
    let after = slice.get(text_end + 1..)?;
    if let Some(inside) = after.strip_prefix('(') {
        // Mostly the destination is written as it reads, and nothing else stands beside it.
        if inside.strip_suffix(')') == Some(url) && reads_as_written(url) {
            return Some(Parts {
                kind: LinkKind::Inline,
                text: (1, text_end),
                destination: (text_end + 2, text_end + 2 + url.len()),
            });
        }
        let gap = inside.len() - inside.trim_start().len();
        let (destination, rest) = destination(&inside[gap..])?;
        let rest = rest.strip_suffix(')')?;
        if !title_only(rest) || html::unescape(destination) != url {
            return None;
        }
        let bracketed = usize::from(inside[gap..].starts_with('<'));
        let start = text_end + 2 + gap + bracketed;
        return Some(Parts {
            kind: LinkKind::Inline,
            text: (1, text_end),
            destination: (start, start + destination.len()),
        });
    }
    let label = match after
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some("") => slice.get(1..text_end)?,
        Some(label) => label,
        None if after.is_empty() => slice.get(1..text_end)?,
        None => return None,
    };
    let definition = definitions.position(&normalize_label(label))?;
    if definitions.get(definition)?.url != url {
        return None;
    }
    Some(Parts {
        kind: LinkKind::Reference(definition),
        text: (1, text_end),
        destination: (0, 0),
    })
}

/// Whether `url`, written as a destination, is all of it and stands for itself.
fn reads_as_written(url: &str) -> bool {
    let special = |byte: u8| byte <= b' ' || matches!(byte, b'\\' | b'&' | b'(' | b')' | b'<');
    !url.bytes().fold(false, |any, byte| any | special(byte))
}

/// Offset of the first `]` at or after `from` that no backslash escapes.
fn closing_bracket(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b']' => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// A destination at the start of `text`, without `<>`, and what follows it.
fn destination(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b'<') {
        let mut at = 1;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 2,
                b'>' => return Some((text.get(1..at)?, text.get(at + 1..)?)),
                b'<' | b'\n' | b'\r' => return None,
                _ => at += 1,
            }
        }
        return None;
    }
    let mut depth = 0usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            byte if byte <= b' ' => break,
            _ => {}
        }
        at += 1;
    }
    let at = at.min(text.len());
    Some((text.get(..at)?, text.get(at..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn inline(slice: &str, url: &str) -> Option<(String, String)> {
        let parts = parts(slice, 1, url, &Definitions::default())?;
        Some((
            slice[parts.text.0..parts.text.1].to_owned(),
            slice[parts.destination.0..parts.destination.1].to_owned(),
        ))
    }

    #[test]
    fn inline_links_are_taken_apart() {
        let pair = |text: &str, url: &str| Some((text.to_owned(), url.to_owned()));
        assert_eq!(inline("[a](b)", "b"), pair("a", "b"));
        assert_eq!(inline("[a]()", ""), pair("a", ""));
        assert_eq!(inline("[a]( <b c> \"t\")", "b c"), pair("a", "b c"));
        assert_eq!(inline("[a](b(c)d 'x')", "b(c)d"), pair("a", "b(c)d"));
        assert_eq!(inline("[a](b&amp;c)", "b&c"), pair("a", "b&amp;c"));
        assert_eq!(inline("[a](b", "b"), None);
        assert_eq!(inline("[a](other)", "b"), None);
    }

    #[test]
    fn definitions_are_read_by_line() {
        let source = Source::new(
            FileId(0),
            "t",
            "[A  b]: <http://x.y/z> \"t\"\n  [c]:d\n[^n]: note\n- [e]: no link here\n",
        );
        let found = Definitions::read(&source).into_vec();
        let read: Vec<_> = found
            .iter()
            .map(|one| (one.label.as_str(), source.slice(one.destination)))
            .collect();
        assert_eq!(read, [("a b", "http://x.y/z"), ("c", "d")]);
    }
}
