//! What a user may add to the knowledge about identity.

use super::url::{LinkKey, Parameters};

/// What a user may add to the knowledge about identity.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Repositories and pages that were renamed, which nobody can see offline.
    pub aliases: Aliases,
    /// Query parameters that only track, besides those that are known to.
    pub tracking: Parameters,
    /// Titles that stand for many works, besides those that are known to.
    pub generic_titles: Vec<String>,
}

/// Former addresses and what is to be read in their place.
///
/// ```
/// use listwright::identity::{Aliases, Options, url::LinkKey};
/// let aliases = Aliases::new([("https://github.com/reactjs/redux", "github.com/reduxjs/redux")]);
/// let options = Options { aliases, ..Options::default() };
/// let former = LinkKey::new("http://github.com/reactjs/redux/tree/v4/docs", &options);
/// assert_eq!(former.certain(), "github.com/reduxjs/redux/tree/v4/docs");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    /// Certain keys: from, to. The longest one first.
    pairs: Vec<(String, String)>,
}

impl Aliases {
    /// Aliases from pairs of addresses, with or without a scheme: the former one and the new one.
    /// They hold for everything below the former address, too.
    pub fn new<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Aliases {
        let options = Options::default();
        let key = |address: &str| {
            let address = match address.contains("://") {
                true => address.to_owned(),
                false => format!("https://{address}"),
            };
            LinkKey::new(&address, &options).certain().to_owned()
        };
        let mut pairs: Vec<_> = pairs
            .into_iter()
            .map(|(from, to)| (key(from), key(to)))
            .collect();
        pairs.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        Aliases { pairs }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The certain key that takes the place of another, if one does.
    pub(super) fn apply(&self, key: &str) -> Option<String> {
        self.pairs.iter().find_map(|(from, to)| {
            let rest = key.strip_prefix(from.as_str())?;
            // Below an address is what follows a segment, not what begins with the same letters.
            (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then(|| format!("{to}{rest}"))
        })
    }
}
