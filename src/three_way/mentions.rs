//! What a text speaks of, read without a model of it: the addresses in it and the lines that say
//! something.

use memchr::memmem::Finder;

/// What looks for the beginnings of addresses; made once for many texts.
pub(super) struct Finders {
    inline: Finder<'static>,
    scheme: Finder<'static>,
}

impl Finders {
    pub(super) fn new() -> Self {
        Finders {
            inline: Finder::new("]("),
            scheme: Finder::new("://"),
        }
    }
}

/// The destinations of a text's links and pictures, as [`counted`] writes them; anchors of the text
/// itself left out.
pub(super) fn destinations(text: &str) -> impl Iterator<Item = String> + '_ {
    let finders = Finders::new();
    let found: Vec<_> = mentions(text, &finders).collect();
    found
        .into_iter()
        .filter(|(_, is_link)| *is_link)
        .map(|(destination, _)| counted(destination))
}

/// What addresses stand in a text, in its order, and whether as links: behind `](`, in `href` and
/// between angle brackets; not in `src` and not bare.
pub(super) fn mentions<'t>(
    text: &'t str,
    finders: &Finders,
) -> impl Iterator<Item = (&'t str, bool)> {
    let mut inline = finders.inline.find_iter(text.as_bytes()).peekable();
    let mut schemes = finders.scheme.find_iter(text.as_bytes()).peekable();
    let mut read_to = 0;
    std::iter::from_fn(move || {
        loop {
            let next = match (inline.peek(), schemes.peek()) {
                (Some(link), Some(scheme)) if link < scheme => inline.next().map(|at| (at, true)),
                (Some(_), None) => inline.next().map(|at| (at, true)),
                _ => schemes.next().map(|at| (at, false)),
            };
            let (at, is_inline) = next?;
            if at < read_to {
                continue;
            }
            let Some((start, address, is_link)) = (match is_inline {
                true => behind_bracket(text, at + 2),
                false => around_scheme(text, at),
            }) else {
                continue;
            };
            read_to = start + address.len();
            if !address.is_empty() && !address.starts_with('#') {
                return Some((address, is_link));
            }
        }
    })
}

/// The destination that begins at `from`, white space and an angle bracket aside: where, what, and
/// that it is a link.
fn behind_bracket(text: &str, from: usize) -> Option<(usize, &str, bool)> {
    let rest = text.get(from..)?.trim_start();
    let rest = rest.strip_prefix('<').unwrap_or(rest);
    let ends = |b: u8| matches!(b, b')' | b'>' | b'\x0b') || b.is_ascii_whitespace();
    // Byte by byte as far as that tells.
    let plain = rest.bytes().position(|b| ends(b) || !b.is_ascii());
    let end = match plain {
        Some(at) if rest.as_bytes().get(at).is_some_and(u8::is_ascii) => at,
        _ => rest
            .find(|c: char| c == ')' || c == '>' || c.is_whitespace())
            .unwrap_or(rest.len()),
    };
    Some((text.len() - rest.len(), rest.get(..end)?, true))
}

/// The address whose `://` stands at `at`: where it begins, what it is, and whether it is a link.
fn around_scheme(text: &str, at: usize) -> Option<(usize, &str, bool)> {
    let before = text.get(..at)?;
    let outside = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if outside.len() == before.len() {
        return None;
    }
    let rest = text.get(outside.len()..)?;
    let end = rest
        .find(|c: char| c.is_whitespace() || ")>\"'|<]".contains(c))
        .unwrap_or(rest.len());
    let address = rest.get(..end)?.trim_end_matches(['.', ',', ';', ':']);
    let marks = ["<", "href=\"", "href='"];
    let is_link = marks.iter().any(|mark| outside.ends_with(mark));
    Some((outside.len(), address, is_link))
}

/// A destination as it is told from others when links are counted: in lower case, without slash at
/// its end, `http` as `https`.
pub(super) fn counted(destination: &str) -> String {
    let bare = destination.trim_end_matches('/');
    let lower = match bare.is_ascii() {
        true => bare.to_ascii_lowercase(),
        false => bare.to_lowercase(),
    };
    match memchr::memmem::find(lower.as_bytes(), b"http://").is_some() {
        true => lower.replace("http://", "https://"),
        false => lower,
    }
}

/// What a line says: without indentation and list marker. `None` for a line without words, and for
/// one of a contents table, which is made anew.
pub(super) fn said(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let said = match digits.strip_prefix(['.', ')']) {
        Some(rest) if digits.len() < line.len() => rest,
        _ => line.strip_prefix(['-', '*', '+']).unwrap_or(line),
    };
    let has_words = said.contains(char::is_alphanumeric) && !said.contains("](#");
    has_words.then(|| said.trim_start())
}

/// What in `text` a [`super::check::Wrong`] may be about.
pub(super) fn marks(text: &str) -> impl Iterator<Item = String> + '_ {
    let found: Vec<_> = mentions(text, &Finders::new()).collect();
    let addresses = found
        .into_iter()
        .map(|(destination, _)| counted(destination));
    addresses.chain(text.lines().filter_map(said).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_all_their_forms() {
        let text = "[a](https://a.example/) ![b](<b.png>) <https://c.example> https://d.example.\n\
                    <a href=\"https://e.example\"><img src='HTTP://f.example/'></a>\n[g]: https://g.example\n";
        let found: Vec<(&str, bool)> = mentions(text, &Finders::new()).collect();
        let expected = [
            ("https://a.example/", true),
            ("b.png", true),
            ("https://c.example", true),
            ("https://d.example", false),
            ("https://e.example", true),
            ("HTTP://f.example/", false),
            ("https://g.example", false),
        ];
        assert_eq!(found, expected);
    }
}
