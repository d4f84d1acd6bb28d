//! The links of entries that were folded: the best spelling for the kept one, the others behind it.

use rustc_hash::FxHashMap;

use super::{ALSO, Planning, drop};
use crate::edit::Edit;
use crate::identity::url::LinkKey;
use crate::list::{Link, LinkKind, List};
use crate::merge::judge::{has_tracking, link_key};
use crate::merge::pool::Member;
use crate::merge::{Dropped, Field, FurtherLinks};
use crate::source::Span;
use crate::spaces::single;

impl<'l> Planning<'_, 'l> {
    /// Among links that are one: the page itself before a copy of it, `https` before `http`, no
    /// tracking before tracking, the plain address before longer ones.
    pub(super) fn better_link(
        &mut self,
        others: &[Member],
        dropped: &mut FxHashMap<Member, Vec<Dropped>>,
    ) -> Vec<Edit> {
        if self.frozen {
            return Vec::new();
        }
        let inline = |link: &&Link| link.kind == LinkKind::Inline;
        let Some(own) = self.list.primary_link(self.entry).filter(inline) else {
            return Vec::new();
        };
        let key = |url: &str| LinkKey::new(url, &self.options.identity);
        let own_key = key(&own.url);
        let copy = is_copy(&own_key);
        let mut best = (self.rank(&own_key), None);
        for &other in others {
            let list = self.pool.list(other);
            let link = list.primary_link(self.pool.entry(other));
            let Some(link) = link.filter(inline) else {
                continue;
            };
            let key = key(&link.url);
            let same = key.certain() == own_key.certain();
            let rank = self.rank(&key);
            if (same || copy && key.certain() == own_key.likely()) && rank > best.0 {
                best = (rank, Some((list.slice(link.destination), key)));
            }
        }
        let Some((destination, key)) = best.1 else {
            return Vec::new();
        };
        self.chosen = Some(destination);
        let is_new = self.links.insert(key.certain().into());
        match is_new && self.options.further_links == FurtherLinks::Keep && self.point().is_some() {
            true => {
                let old = written_out(self.list.slice(own.destination));
                self.add(&format!("([{}]({old}))", form_of(&own.url)));
            }
            false => {
                let old = drop(self.list, Field::Link, own.destination);
                dropped.entry(self.giver).or_default().push(old);
            }
        }
        vec![Edit::replace(own.destination, destination)]
    }

    /// How good a spelling of an address is; the greatest is the best.
    fn rank(&self, key: &LinkKey) -> impl Ord + use<> {
        let written = key.written().trim();
        let (scheme, address) = written.split_once("://").unwrap_or(("", written));
        let address = address.strip_prefix("www.").unwrap_or(address);
        let plain = address.trim_end_matches('/');
        (
            !is_copy(key),
            scheme.eq_ignore_ascii_case("https"),
            !has_tracking(written, self.options),
            plain.eq_ignore_ascii_case(key.certain()),
        )
    }

    /// Takes in the links that the kept entry lacks: the primary one and those of notes. Links in a
    /// description go where that goes.
    pub(super) fn take_links(
        &mut self,
        other: Member,
        list: &'l List,
        described: bool,
        lost: &mut Vec<Dropped>,
    ) {
        let entry = self.pool.entry(other);
        for &id in &entry.links {
            let link = list.link(id);
            if link.image_only || link.url.is_empty() {
                continue;
            }
            let destination = destination(list, link);
            let in_description = entry
                .description
                .is_some_and(|span| span.contains(link.span));
            let same_spelling = self.entry.links.iter().any(|&own| {
                let own = self.list.link(own);
                self.list.slice(self::destination(self.list, own)) == list.slice(destination)
            });
            let same_spelling = same_spelling || self.chosen == Some(list.slice(destination));
            if in_description && described {
                continue;
            }
            let known = !self.links.insert(link_key(&link.url, self.options));
            let keeps = self.options.further_links == FurtherLinks::Keep && self.point().is_some();
            if known || in_description || !keeps {
                if !same_spelling {
                    lost.push(drop(list, Field::Link, destination));
                }
                continue;
            }
            let label = match entry.link == Some(id) {
                true => self.label(other, &link.url),
                false => Ok(single(list.slice(link.text)).into_owned()),
            };
            let target = written_out(list.slice(destination));
            match label {
                Ok(label) => self.add(&format!("([{label}]({target}))")),
                Err(title) => self.add(&format!("{ALSO}[{title}]({target}))")),
            }
        }
    }

    /// The text of a further link: its form or host, or as an error the other title if it differs.
    fn label(&self, other: Member, url: &str) -> Result<String, String> {
        if self.pool.keys[other].words() != self.pool.keys[self.giver].words()
            && let Some(title) = &self.pool.entry(other).title
        {
            let raw = single(self.pool.slice(other, title.span)).into_owned();
            if !raw.is_empty() && !raw.contains(['[', ']', '<', '\\']) {
                return Err(raw);
            }
        }
        Ok(form_of(url))
    }
}

/// Whether an address is that of a copy of a page: in an archive, for small screens, or the page by
/// the name of its file. Other pages that are likely the same have addresses of their own.
fn is_copy(key: &LinkKey) -> bool {
    if key.certain() == key.likely() || key.fragment().is_some() || key.language().is_some() {
        return false;
    }
    let page = key.likely().split(['/', '?', '#']).next();
    key.host().zip(page).is_some_and(|(host, page)| {
        let below = host
            .strip_suffix(page)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        host == "web.archive.org" || below
    })
}

/// Where the destination of a link is written.
fn destination(list: &List, link: &Link) -> Span {
    match link.kind {
        LinkKind::Reference(definition) => list
            .definitions
            .get(definition as usize)
            .map_or(link.destination, |definition| definition.destination),
        _ => link.destination,
    }
}

/// A destination as it can stand in parentheses.
pub(in crate::merge) fn written_out(destination: &str) -> String {
    let mut depth = 0i32;
    let mut balanced = true;
    for char in destination.chars() {
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        balanced &= depth >= 0;
    }
    let plain = balanced && depth == 0 && !destination.contains(char::is_whitespace);
    match plain || destination.starts_with('<') {
        true => destination.to_owned(),
        false => format!("<{destination}>"),
    }
}

/// What a link leads to, in a word: its form, its well-known host, or its host.
fn form_of(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = bare
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let host = path.split(['/', ':']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let known = match host {
        _ if path.ends_with(".pdf") || path.contains("/pdf/") => "PDF",
        "arxiv.org" => "arXiv",
        "github.com" => "GitHub",
        "gitlab.com" => "GitLab",
        "doi.org" | "dx.doi.org" => "DOI",
        "youtube.com" | "youtu.be" => "YouTube",
        "" => "link",
        host => return host.to_owned(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Options;

    #[test]
    fn further_links_are_named_by_form_or_host() {
        assert_eq!(
            form_of("https://dl.acm.org/doi/pdf/10.1145/1?download=true"),
            "PDF"
        );
        assert_eq!(form_of("http://www.kdd.org/kdd2017"), "kdd.org");
        assert_eq!(form_of("https://arxiv.org/abs/1"), "arXiv");
    }

    #[test]
    fn copies_of_pages_are_told_from_pages_of_their_own() {
        let copy = |url: &str| is_copy(&LinkKey::new(url, &Options::default()));
        for url in [
            "https://web.archive.org/web/2015/http://a.org/x",
            "https://m.a.org/x",
            "https://a.org/index.html",
        ] {
            assert!(copy(url), "{url}");
        }
        for url in [
            "https://a.org/",
            "https://a.org/x#part",
            "https://a.github.io/b",
            "https://docs.a.org/x",
        ] {
            assert!(!copy(url), "{url}");
        }
    }

    #[test]
    fn destinations_stay_destinations_in_parentheses() {
        assert_eq!(written_out("https://a.org/b_(c)"), "https://a.org/b_(c)");
        assert_eq!(written_out("https://a.org/b)"), "<https://a.org/b)>");
        assert_eq!(written_out("a b"), "<a b>");
    }
}
