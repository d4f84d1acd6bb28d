//! The parts of a web address in the normal form of RFC 3986: what every comparison starts from.

use std::borrow::Cow;

/// A web address taken apart, its escapes and its host already in normal form.
///
/// The later stages (transport, noise, site rules) change these parts in place; they are never
/// written back to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page<'a> {
    /// `https` rather than `http`.
    pub https: bool,
    /// `user:password` before the host, without the `@`.
    pub user: Option<Cow<'a, str>>,
    /// The host in lower case, international names in their ASCII form.
    pub host: Cow<'a, str>,
    /// The port, unless it is the scheme's own.
    pub port: Option<u16>,
    /// The path; begins with `/` until the transport stage drops a final one.
    pub path: Cow<'a, str>,
    /// What stands after `?`; never empty.
    pub query: Option<Cow<'a, str>>,
    /// What stands after `#`; never empty.
    pub fragment: Option<Cow<'a, str>>,
}

impl<'a> Page<'a> {
    /// The parts of a web address, or `None` for what no browser would read as one.
    ///
    /// The common case (lower-case scheme and plain host, no escapes, no dot segments) is cut out
    /// of the text as it stands; everything else goes through the WHATWG parser.
    pub fn parse(address: &'a str) -> Option<Page<'a>> {
        Page::cut(address).or_else(|| Page::parse_fully(address))
    }

    /// The parts of an address that is already in normal form, else `None`.
    pub fn cut(address: &'a str) -> Option<Page<'a>> {
        let (https, rest) = match address.strip_prefix("https://") {
            Some(rest) => (true, rest),
            None => (false, address.strip_prefix("http://")?),
        };
        let host_end = rest
            .bytes()
            .position(|byte| !is_plain_byte(byte, HOST))
            .unwrap_or(rest.len());
        let (host, after) = rest.split_at_checked(host_end)?;
        if !is_plain_host(host) {
            return None;
        }
        let (path, after) = split_plain(after, &['?', '#'], OUTSIDE_QUERY)?;
        let path = match path.as_bytes().first() {
            None => "/",
            // Dot segments, and names that merely begin with a dot.
            Some(b'/') if !has_dot_segment(path.as_bytes()) => path,
            Some(_) => return None,
        };
        let (query, after) = match after.strip_prefix('?') {
            Some(after) => split_plain(after, &['#'], IN_QUERY)?,
            None => ("", after),
        };
        let fragment = after.strip_prefix('#').unwrap_or_default();
        split_plain(fragment, &[], OUTSIDE_QUERY)?;
        Some(Page {
            https,
            user: None,
            host: Cow::Borrowed(host),
            port: None,
            path: Cow::Borrowed(path),
            query: non_empty(query).map(Cow::Borrowed),
            fragment: non_empty(fragment).map(Cow::Borrowed),
        })
    }

    /// The parts as the WHATWG parser sees them, with escapes in normal form (RFC 3986, 6.2.2).
    pub fn parse_fully(address: &str) -> Option<Page<'a>> {
        let url = url::Url::parse(address).ok()?;
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let user = match (url.username(), url.password()) {
            ("", None) => None,
            (name, None) => Some(name.to_owned()),
            (name, Some(password)) => Some(format!("{name}:{password}")),
        };
        let part = |text: Option<&str>| {
            text.and_then(non_empty)
                .map(|text| Cow::Owned(normal_escapes(text)))
        };
        Some(Page {
            https: url.scheme() == "https",
            user: user.map(|user| Cow::Owned(normal_escapes(&user))),
            host: Cow::Owned(url.host_str()?.to_owned()),
            port: url.port(),
            path: Cow::Owned(normal_escapes(url.path())),
            query: part(url.query()),
            fragment: part(url.fragment()),
        })
    }

    /// The parts as one text without the scheme: the shape of every key.
    pub fn key(&self) -> String {
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let length = |part: &Option<Cow<str>>| part.as_ref().map_or(0, |part| part.len() + 1);
        let extra = length(&self.user) + length(&self.query) + length(&self.fragment);
        let mut key = String::with_capacity(self.host.len() + port.len() + self.path.len() + extra);
        if let Some(user) = &self.user {
            key.push_str(user);
            key.push('@');
        }
        key.push_str(&self.host);
        key.push_str(&port);
        key.push_str(&self.path);
        for (mark, part) in [('?', &self.query), ('#', &self.fragment)] {
            if let Some(part) = part {
                key.push(mark);
                key.push_str(part);
            }
        }
        key
    }

    /// The segments of the path, empty ones left out.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter(|segment| !segment.is_empty())
    }

    /// The value of the first parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        parameters(self.query.as_deref()?)
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
            .filter(|value| !value.is_empty())
    }
}

/// The parameters of a query, in their order.
pub(crate) fn parameters(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
}

fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Whether a segment of a path begins with a dot.
fn has_dot_segment(path: &[u8]) -> bool {
    memchr::memchr_iter(b'.', path).any(|dot| path[..dot].ends_with(b"/"))
}

/// A host that the WHATWG parser gives back unchanged: no empty label, no Punycode to check, and
/// no last label that could be a number (an IPv4 address may be written in six ways).
fn is_plain_host(host: &str) -> bool {
    let mut before = b'.';
    let mut last_label_is_a_name = false;
    for byte in host.bytes() {
        let after_dot = before == b'.';
        // An empty label, or the `--` by which Punycode can be known.
        if byte == before && matches!(byte, b'.' | b'-') {
            return false;
        }
        if after_dot {
            last_label_is_a_name = byte.is_ascii_lowercase();
        }
        before = byte;
    }
    last_label_is_a_name && before != b'.' && host.len() <= 253
}

/// Splits at the first of the stop characters, if everything before it is plain: characters that
/// the WHATWG parser neither escapes nor drops, and no `%` that could be spelled otherwise.
fn split_plain<'a>(text: &'a str, stops: &[char], part: u8) -> Option<(&'a str, &'a str)> {
    let end = text
        .bytes()
        .position(|byte| !is_plain_byte(byte, part))
        .unwrap_or(text.len());
    let (plain, rest) = text.split_at_checked(end)?;
    (rest.is_empty() || rest.starts_with(stops)).then_some((plain, rest))
}

/// The parts of an address in which a byte may be plain: bits of [`PLAIN`].
const HOST: u8 = 1;
const OUTSIDE_QUERY: u8 = 2;
const IN_QUERY: u8 = 4;

/// In which parts each byte is plain.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' => HOST | OUTSIDE_QUERY | IN_QUERY,
            b'A'..=b'Z' => OUTSIDE_QUERY | IN_QUERY,
            b'_' | b'~' | b'!' | b'$' | b'&' | b'(' | b')' | b'*' => OUTSIDE_QUERY | IN_QUERY,
            b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/' => OUTSIDE_QUERY | IN_QUERY,
            // Escaped in the query of an http address, kept elsewhere.
            b'\'' => OUTSIDE_QUERY,
            // Part of a query, the end of a path.
            b'?' => IN_QUERY,
            _ => 0,
        };
        byte += 1;
    }
    plain
};

fn is_plain_byte(byte: u8, part: u8) -> bool {
    PLAIN[usize::from(byte)] & part != 0
}

/// Escapes in normal form: unreserved characters decoded, hexadecimal digits in upper case, and a
/// `%` that escapes nothing left as it is (RFC 3986, 6.2.2.1 and 6.2.2.2).
pub(crate) fn normal_escapes(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        normal.push_str(before);
        match escaped_byte(after) {
            Some((byte, tail)) => {
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    normal.push(char::from(byte));
                } else {
                    normal.push_str(&format!("%{byte:02X}"));
                }
                rest = tail;
            }
            None => {
                normal.push('%');
                rest = after;
            }
        }
    }
    normal.push_str(rest);
    normal
}

/// The text with the letters beyond ASCII decoded, if it has such escapes and they are UTF-8.
/// Escaped ASCII stays: `%2F` is no slash.
pub(crate) fn decoded_letters(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut any = false;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        match escaped_byte(after) {
            Some((byte, tail)) if !byte.is_ascii() => {
                any = true;
                bytes.push(byte);
                rest = tail;
            }
            _ => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    any.then(|| String::from_utf8(bytes).ok()).flatten()
}

/// The byte that two hexadecimal digits stand for, and what follows them.
fn escaped_byte(text: &str) -> Option<(u8, &str)> {
    let (digits, tail) = text.split_at_checked(2)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    Some((u8::from_str_radix(digits, 16).ok()?, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_are_cut_and_others_parsed() {
        for plain in [
            "https://example.com",
            "http://a-b.example.co.uk/x/y.html?a=1&b=2#c",
            "https://example.com/?a#b",
            "https://example.com/it's",
            "https://a-b.c1.example/",
        ] {
            assert_eq!(Page::cut(plain), Page::parse_fully(plain), "{plain}");
        }
        for other in [
            "HTTPS://example.com",
            "https://example.com:443/",
            "https://user@example.com/",
            "https://example.com/a/../b",
            "https://example.com/%7Ea",
            "https://example.com/é",
            "https://1.2.3/",
            "https://example.com/?q='",
            "https://xn--mnchen-3ya.de/",
            "https://example.com/a b",
            "https://example.com/a\\b",
            "https://example.com/.well-known",
            "https://a--b.example.com/",
            "https://a..b/",
            "https://a.b./",
        ] {
            assert_eq!(Page::cut(other), None, "{other}");
            assert!(Page::parse(other).is_some(), "{other}");
        }
    }

    #[test]
    fn what_no_browser_reads_is_no_page() {
        for address in [
            "http://",
            "http:// /",
            "http://a b/",
            "ftp://a.b/",
            "https://[::1",
            "",
        ] {
            assert_eq!(Page::parse(address), None, "{address}");
        }
    }

    #[test]
    fn escapes_have_one_spelling() {
        assert_eq!(normal_escapes("/%7esmith/%2f%zz%"), "/~smith/%2F%zz%");
        assert_eq!(normal_escapes("%e3%81%82"), "%E3%81%82");
        assert_eq!(
            decoded_letters("%e3%81%82%2F%2").as_deref(),
            Some("あ%2F%2")
        );
        assert_eq!(decoded_letters("%2F"), None);
        assert_eq!(decoded_letters("%FF"), None);
    }

    #[test]
    fn a_key_is_the_address_without_its_scheme() {
        let page = Page::parse("https://me:pw@Example.com:8080/a?b=c#d").expect("an address");
        assert_eq!(page.key(), "me:pw@example.com:8080/a?b=c#d");
    }
}
