//! Facts about places of the web: hosts, perhaps with the beginning of a path.

use rustc_hash::FxHashMap;

use super::url::Certain;

/// Facts by place. A place is `host`, `host/path` or `*.host`, which is any host below one; paths
/// are compared segment by segment.
#[derive(Debug)]
pub(super) struct Places<T> {
    hosts: FxHashMap<&'static str, Vec<(&'static str, T)>>,
    /// By what follows `*.`.
    below: FxHashMap<&'static str, T>,
}

impl<T: Copy> Places<T> {
    pub fn new(facts: impl IntoIterator<Item = (&'static str, T)>) -> Places<T> {
        let mut places = Places {
            hosts: FxHashMap::default(),
            below: FxHashMap::default(),
        };
        for (place, fact) in facts {
            match place.strip_prefix("*.") {
                Some(above) => {
                    places.below.insert(above, fact);
                }
                None => {
                    let (host, _) = place.split_once('/').unwrap_or((place, ""));
                    let path = place.strip_prefix(host).unwrap_or_default();
                    places.hosts.entry(host).or_default().push((path, fact));
                }
            }
        }
        places
    }

    /// The fact about the place where a link leads.
    pub fn of(&self, link: Certain<'_>) -> Option<T> {
        let host = link.host()?;
        let is_below = |path: &str| {
            let rest = link.path().strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        };
        let on_host = self.hosts.get(host).into_iter().flatten();
        if let Some((_, fact)) = on_host.into_iter().find(|(path, _)| is_below(path)) {
            return Some(*fact);
        }
        self.of_hosts_below(host)
    }

    /// The fact about all hosts of which `host` is one, as `*.host` names them.
    fn of_hosts_below(&self, host: &str) -> Option<T> {
        let mut rest = host;
        while let Some((_, above)) = rest.split_once('.') {
            if let Some(fact) = self.below.get(above) {
                return Some(*fact);
            }
            rest = above;
        }
        None
    }

    /// Whether there are facts about places on `host`, as links name it without `www.`.
    pub fn are_on(&self, host: &str) -> bool {
        self.hosts.contains_key(host) || self.of_hosts_below(host).is_some()
    }

    /// Whether there is a fact about the place where a link leads.
    pub fn contain(&self, link: Certain<'_>) -> bool {
        self.of(link).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Options;
    use crate::identity::url::LinkKey;

    #[test]
    fn places_are_found_by_label_and_by_segment() {
        let places = Places::new([("a.org/x", 1), ("a.org/y/z", 2), ("*.b.org", 3)]);
        for (link, fact) in [
            ("https://a.org/x", Some(1)),
            ("https://www.a.org/x/y?z", Some(1)),
            ("https://a.org/y/z/", Some(2)),
            ("https://c.d.b.org/x", Some(3)),
            ("https://a.org/xy", None),
            ("https://a.org", None),
            ("https://b.org", None),
            ("https://ab.org", None),
            ("a.org/x", None),
        ] {
            assert_eq!(
                places.of(LinkKey::new(link, &Options::default()).as_certain()),
                fact,
                "{link}"
            );
        }
        assert!(places.are_on("a.org") && places.are_on("c.b.org"));
        assert!(!places.are_on("b.org"));
    }
}
