//! The links of entries that were folded: the best spelling for the kept one, the others behind it.

use rustc_hash::FxHashMap;

use super::{ALSO, Planning, drop};
use crate::edit::Edit;
use crate::list::{Link, LinkKind, List};
use crate::merge::cluster::even;
use crate::merge::judge::{has_tracking, link_key};
use crate::merge::pool::Member;
use crate::merge::{Dropped, Field, FurtherLinks};
use crate::source::Span;

impl<'l> Planning<'_, 'l> {
    /// `https` before `http` and no tracking before tracking, among links that are one.
    pub(super) fn better_link(
        &mut self,
        others: &[Member],
        dropped: &mut FxHashMap<Member, Vec<Dropped>>,
    ) -> Vec<Edit> {
        if self.frozen {
            return Vec::new();
        }
        let Some(own) = self
            .list
            .primary_link(self.entry)
            .filter(|own| own.kind == LinkKind::Inline)
        else {
            return Vec::new();
        };
        let own_key = link_key(&own.url, self.options);
        let rank = |url: &str| {
            let secure = url
                .get(..6)
                .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
            (secure, !has_tracking(url, self.options))
        };
        let mut best = (rank(&own.url), None);
        for &other in others {
            let list = self.pool.list(other);
            let Some(link) = list.primary_link(self.pool.entry(other)) else {
                continue;
            };
            let better = rank(&link.url) > best.0;
            if better
                && link.kind == LinkKind::Inline
                && link_key(&link.url, self.options) == own_key
            {
                best = (rank(&link.url), Some((list, link)));
            }
        }
        let Some((list, link)) = best.1 else {
            return Vec::new();
        };
        let old = drop(self.list, Field::Link, own.destination);
        dropped.entry(self.giver).or_default().push(old);
        vec![Edit::replace(own.destination, list.slice(link.destination))]
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
                false => Ok(even(list.slice(link.text)).into_owned()),
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
            let raw = even(self.pool.slice(other, title.span)).into_owned();
            if !raw.is_empty() && !raw.contains(['[', ']', '<', '\\']) {
                return Err(raw);
            }
        }
        Ok(form_of(url))
    }
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
    fn destinations_stay_destinations_in_parentheses() {
        assert_eq!(written_out("https://a.org/b_(c)"), "https://a.org/b_(c)");
        assert_eq!(written_out("https://a.org/b)"), "<https://a.org/b)>");
        assert_eq!(written_out("a b"), "<a b>");
    }
}
