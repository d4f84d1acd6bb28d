//! The certain key alone, for those who compare many links and need no more of most: mostly it is a
//! piece of the destination, and nothing is copied.

use super::page::Page;
use super::walk::{certain_key, to_site};
use super::{Target, read_tiers};
use crate::identity::Options;

/// The certain key of a destination, kept apart from it.
#[derive(Debug, Clone)]
pub struct CertainKey {
    target: Target,
    text: Text,
}

/// The text of a key.
#[derive(Debug, Clone)]
enum Text {
    /// The bytes `start..end` of the destination.
    Piece(u32, u32),
    /// A text of its own.
    Own(Box<str>),
}

impl CertainKey {
    /// The key of a destination, given after Markdown decoding.
    pub fn new(destination: &str, options: &Options) -> CertainKey {
        #[cfg(test)]
        crate::source::counted::add(destination.len());
        if let Some(text) = of_page(destination, options) {
            let target = Target::Web;
            return CertainKey { target, text };
        }
        let (target, key, _) = read_tiers(destination, options, &mut (), false);
        let text = Text::Own(key.into());
        CertainKey { target, text }
    }

    /// The key as a text; `destination` is the one that the key was made of.
    pub fn of<'a>(&'a self, destination: &'a str) -> Certain<'a> {
        let key = match &self.text {
            Text::Piece(start, end) => destination.get(*start as usize..*end as usize),
            Text::Own(text) => Some(&**text),
        };
        Certain {
            target: self.target,
            key: key.unwrap_or_default(),
        }
    }
}

/// The key of a page whose address is in normal form as it stands.
fn of_page(destination: &str, options: &Options) -> Option<Text> {
    let mut page = Page::cut(destination)?;
    if !options.aliases.is_empty() {
        let key = certain_key(&mut page, options, &mut ());
        return Some(Text::Own(key.into()));
    }
    let scheme = if page.https { "https://" } else { "http://" };
    let whole_host = page.host.len();
    to_site(&mut page, options, &mut ());
    // The host keeps its end, if it is the same at all.
    let start = scheme.len() + whole_host.saturating_sub(page.host.len());
    let piece = piece(destination, start, &page);
    Some(piece.unwrap_or_else(|| Text::Own(page.key().into())))
}

/// The piece of the destination from `start` on that is the key of `page`, if it is one.
fn piece(destination: &str, start: usize, page: &Page) -> Option<Text> {
    let text = destination.get(start..)?;
    let mut rest = text.strip_prefix(&*page.host)?.strip_prefix(&*page.path)?;
    for (mark, part) in [('?', &page.query), ('#', &page.fragment)] {
        if let Some(part) = part {
            rest = rest.strip_prefix(mark)?.strip_prefix(&**part)?;
        }
    }
    let end = destination.len() - rest.len();
    Some(Text::Piece(
        u32::try_from(start).ok()?,
        u32::try_from(end).ok()?,
    ))
}

/// What is compared of a link for certain: see [`LinkKey::certain`](super::LinkKey::certain).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certain<'a> {
    target: Target,
    key: &'a str,
}

impl<'a> Certain<'a> {
    pub(super) fn new(target: Target, key: &'a str) -> Self {
        Certain { target, key }
    }

    /// What the destination is.
    pub fn target(self) -> Target {
        self.target
    }

    /// The key.
    pub fn certain(self) -> &'a str {
        self.key
    }

    /// The host of a web page, without `www.`.
    pub fn host(self) -> Option<&'a str> {
        if self.target != Target::Web {
            return None;
        }
        let (authority, _) = self.parts();
        if memchr::memchr2(b'@', b':', authority.as_bytes()).is_none() {
            return Some(authority);
        }
        let host = authority.rsplit('@').next()?;
        Some(match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        })
    }

    /// Path, query and fragment of a web page's key.
    pub fn path(self) -> &'a str {
        match self.target {
            Target::Web => self.parts().1,
            _ => "",
        }
    }

    /// What stands before the path, and the path.
    fn parts(self) -> (&'a str, &'a str) {
        let is_end = |byte: u8| matches!(byte, b'/' | b'?' | b'#');
        let end = self.key.bytes().position(is_end);
        self.key.split_at(end.unwrap_or(self.key.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Aliases;
    use crate::identity::url::LinkKey;

    #[test]
    fn the_key_alone_is_that_of_the_link() {
        let aliases = Aliases::new([("github.com/old/name", "https://github.com/new/name")]);
        let plain = Options::default();
        let with_alias = Options {
            aliases,
            ..Options::default()
        };
        for destination in [
            "https://a.org/x",
            "http://www.a.org/x/",
            "http://www.com/",
            "https://a.org//?b=1#c",
            "https://a.org/x/?b=1#c",
            "https://a.org/?utm_source=b&c=d",
            "https://github.com/Old/name/",
            "https://github.com/old/name#readme",
            "https://github.com/old/name#name",
            "https://a.org/rbm.html#rbm",
            "https://www.github.com/a/b",
            "https://youtu.be/abc?t=1",
            "HTTPS://A.org:443/%7ex?",
            "https://user@a.org:81/x",
            " https://a.org/x ",
            "//a.org/x",
            "https://xn--mnchen-3ya.de/",
            "docs/a.md",
            "mailto:Me@A.org?subject=x",
            "#a",
            "",
            "ftp://a.org",
            "http://",
        ] {
            for options in [&plain, &with_alias] {
                let key = CertainKey::new(destination, options);
                let (alone, link) = (key.of(destination), LinkKey::new(destination, options));
                assert_eq!(alone.certain(), link.certain(), "{destination}");
                assert_eq!(alone.target(), link.target(), "{destination}");
                assert_eq!(alone.host(), link.host(), "{destination}");
                assert_eq!(alone.path(), link.path(), "{destination}");
            }
        }
        let copied = |destination| match CertainKey::new(destination, &plain).text {
            Text::Piece(..) => false,
            Text::Own(_) => true,
        };
        assert!(!copied("http://www.a.org/x/") && !copied("https://github.com/a/b?c#d"));
        assert!(copied("https://github.com/A/b"));
    }
}
