//! The sites' own rules: which of their addresses lead to one page.
//!
//! Simple rules are rows of `data/sites.txt`; those that need a thought are code, a file for each
//! kind of site. A rule brings the parts of an address into the form that the site itself calls
//! canonical. Hosts are compared label by label: `evilgithub.com` is not `github.com`.

mod forge;
mod media;
mod paper;
mod table;

use std::borrow::Cow;

pub(super) use media::story_id;

use super::url::page::Page;
use super::url::walk::{Observer, Step};
use table::{LIKELY, Rule, SITES};

/// Brings an address into its site's canonical form. An address of no known site stays.
pub(in crate::identity) fn apply(page: &mut Page, observer: &mut impl Observer) {
    let Some(mut site) = SITES.of(&page.host) else {
        return;
    };
    if let Some(host) = site.same_as {
        observer.step(|| Step::Host(host));
        page.host = Cow::Borrowed(host);
        match SITES.of(host) {
            Some(other) => site = other,
            None => return,
        }
    }
    site.drop_parameters(page, observer);
    match site.rule {
        Some(rule) => apply_rule(rule, page, observer),
        None => {
            site.apply_rows(page, observer);
        }
    }
}

/// Brings an address into the form that the last tier compares; tells whether that is another.
pub(in crate::identity) fn apply_likely(page: &mut Page) -> bool {
    let Some(mut site) = LIKELY.of(&page.host) else {
        return false;
    };
    let moved = site.same_as;
    if let Some(host) = moved {
        page.host = Cow::Borrowed(host);
        match LIKELY.of(host) {
            Some(other) => site = other,
            None => return true,
        }
    }
    site.apply_rows(page, &mut ()) || moved.is_some()
}

/// Whether a query parameter seldom chooses a page, on whatever site.
pub(in crate::identity) fn is_idle_parameter(name: &str) -> bool {
    LIKELY.drops(name)
}

fn apply_rule(rule: Rule, page: &mut Page, observer: &mut impl Observer) {
    match rule {
        Rule::GitHub => forge::github(page, observer),
        Rule::GitLab => forge::gitlab(page, observer),
        Rule::Gitea => forge::gitea(page, observer),
        Rule::Bitbucket => forge::bitbucket(page, observer),
        Rule::Arxiv => paper::arxiv(page, observer),
        Rule::Doi => paper::doi(page, observer),
        Rule::Publisher => paper::publisher(page, observer),
        Rule::Neurips => paper::neurips(page, observer),
        Rule::Acl => paper::acl(page, observer),
        Rule::Pmlr => paper::pmlr(page, observer),
        Rule::Jmlr => paper::jmlr(page, observer),
        Rule::Cvf => paper::cvf(page, observer),
        Rule::YouTube => media::youtube(page, observer),
        Rule::Medium => media::medium(page, observer),
        Rule::Wikipedia => media::wikipedia(page, observer),
        Rule::Amazon => media::amazon(page, observer),
        Rule::Apple => media::apple(page, observer),
        Rule::ReadTheDocs => media::read_the_docs(page, observer),
    }
}

/// Sets a part of the address, and says by which rule, if that changes it.
fn set<'a>(
    part: &mut Cow<'a, str>,
    value: impl Into<Cow<'a, str>>,
    rule: &'static str,
    observer: &mut impl Observer,
) {
    let value = value.into();
    if *part != value {
        observer.step(|| Step::Site(rule));
        *part = value;
    }
}

/// Drops the whole query, and says by which rule, if there is one.
fn drop_query(page: &mut Page, rule: &'static str, observer: &mut impl Observer) {
    if page.query.take().is_some() {
        observer.step(|| Step::Site(rule));
    }
}

/// Drops the fragment, and says by which rule, if there is one.
fn drop_fragment(page: &mut Page, rule: &'static str, observer: &mut impl Observer) {
    if page.fragment.take().is_some() {
        observer.step(|| Step::Site(rule));
    }
}

#[cfg(test)]
mod tests {
    use crate::identity::Options;
    use crate::identity::url::{LinkKey, Tier};

    /// Asserts that addresses are one page, and that this needed the site's rules.
    #[track_caller]
    pub(super) fn same(addresses: &[&str]) {
        let options = Options::default();
        let keys: Vec<_> = addresses
            .iter()
            .map(|a| LinkKey::new(a, &options))
            .collect();
        for key in &keys {
            assert_eq!(keys[0].certain(), key.certain());
            let evidence = keys[0].compare(key, &options).expect("the same page");
            assert!(evidence.tier <= Tier::Site, "{evidence}");
        }
    }

    /// Asserts that no two addresses are one page for certain.
    #[track_caller]
    pub(super) fn different(addresses: &[&str]) {
        let options = Options::default();
        let keys: Vec<_> = addresses
            .iter()
            .map(|a| LinkKey::new(a, &options))
            .collect();
        for (at, key) in keys.iter().enumerate() {
            for other in keys.iter().take(at) {
                assert_ne!(key.certain(), other.certain());
            }
        }
    }

    #[test]
    fn rows_of_the_data_file_join_pages() {
        same(&[
            "https://openreview.net/forum?id=a1",
            "https://openreview.net/pdf?id=a1&name=x",
        ]);
        same(&[
            "https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=9000000",
            "https://ieeexplore.ieee.org/document/9000000/",
            "https://ieeexplore.ieee.org/abstract/document/9000000",
        ]);
        same(&[
            "https://tools.ietf.org/html/rfc9110",
            "https://datatracker.ietf.org/doc/rfc9110/",
            "https://www.rfc-editor.org/rfc/rfc9110.html",
            "https://www.rfc-editor.org/info/rfc9110",
        ]);
        same(&[
            "https://pypi.python.org/pypi/Foo.Bar",
            "https://pypi.org/project/foo-bar/",
        ]);
        same(&[
            "https://crates.io/crates/serde_json",
            "https://crates.io/crates/serde-json",
        ]);
        same(&[
            "https://stackoverflow.com/questions/11227809/why-is",
            "https://stackoverflow.com/q/11227809",
        ]);
        same(&["https://mobile.twitter.com/User", "https://x.com/user"]);
        same(&[
            "https://old.reddit.com/r/rust/",
            "https://www.reddit.com/r/Rust",
        ]);
        same(&["https://hf.co/a/b", "https://huggingface.co/a/b/tree/main"]);
        same(&[
            "https://drive.google.com/file/d/1AbCdEf/view?usp=sharing",
            "https://drive.google.com/open?id=1AbCdEf",
        ]);
        same(&[
            "https://play.google.com/store/apps/details?id=a.b&hl=en",
            "https://play.google.com/store/apps/details?id=a.b",
        ]);
        same(&["http://archive.is/abc", "https://archive.ph/abc"]);
    }

    #[test]
    fn what_a_site_tells_apart_stays_apart() {
        different(&[
            "https://www.npmjs.com/package/JSONStream",
            "https://www.npmjs.com/package/jsonstream",
        ]);
        different(&["https://evilgithub.com/a/b", "https://github.com/a/b"]);
        different(&[
            "https://github.com.evil.com/A/b",
            "https://github.com.evil.com/a/b",
        ]);
        different(&[
            "https://stackoverflow.com/a/11227902",
            "https://stackoverflow.com/questions/11227809",
        ]);
        different(&[
            "https://marketplace.visualstudio.com/items?itemName=A.b",
            "https://marketplace.visualstudio.com/items?itemName=A.c",
        ]);
    }
}
