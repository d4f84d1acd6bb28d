//! What a list says of several of its works, so that it says little about any of them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::entry::Identity;
use super::near::codes;
use super::url::LinkKey;
use crate::list::EntryId;

/// What an entry has in common with others of its list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Shared {
    /// The list gives its primary link to works of other names, too.
    pub link: bool,
    /// The list gives its title to so many works that it names none of them.
    pub title: bool,
    /// The [codes](codes()) of its primary link stand in the links of so many other works that they
    /// name none of them.
    pub code: bool,
}

/// How many works, each with a link of its own, have a title or a code in common when that names
/// none of them: `Facebook group`, a language before each tutorial; the maker of a dozen plugins. Of
/// 174 real lists 27 have such titles, 52 in all, and none is that of one work listed several times.
const NAMESAKES: usize = 3;

/// Marks what the works of one list have in common.
pub(super) fn mark(works: &mut [(EntryId, Identity)]) {
    links(works);
    let shared = of_many(works, |work| work.title.iter().map(|title| title.joined()));
    for at in shared {
        works[at].1.shared.title = true;
    }
    let shared = of_many(works, |work| work.link.iter().flat_map(codes));
    for at in shared {
        works[at].1.shared.code = true;
    }
}

fn links(works: &mut [(EntryId, Identity)]) {
    let mut first_with: FxHashMap<&str, usize> = FxHashMap::default();
    let mut firsts: Vec<Option<usize>> = Vec::with_capacity(works.len());
    let mut shared: FxHashSet<usize> = FxHashSet::default();
    for (at, (_, work)) in works.iter().enumerate() {
        let link = work.link.as_ref();
        let first = link.map(|link| *first_with.entry(link.certain()).or_insert(at));
        let other = first.and_then(|first| works.get(first));
        if other.is_some_and(|(_, other)| !work.may_be_titled_as(other)) {
            shared.extend(first);
        }
        firsts.push(first);
    }
    // Of works that share a link, some may agree with the first.
    for ((_, work), first) in works.iter_mut().zip(firsts) {
        work.shared.link = first.is_some_and(|first| shared.contains(&first));
    }
}

/// The places of the works that have one of `names` in common with so many others that it names
/// none of them.
fn of_many<'w, I: Iterator<Item = &'w str>>(
    works: &'w [(EntryId, Identity)],
    names: impl Fn(&'w Identity) -> I,
) -> Vec<usize> {
    let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, (_, work)) in works.iter().enumerate() {
        for name in names(work) {
            by_name.entry(name).or_default().push(at);
        }
    }
    let link = |at: &usize| works[*at].1.link.as_ref().map(LinkKey::certain);
    let is_of_many = |group: &Vec<usize>| {
        if group.len() < NAMESAKES {
            return false;
        }
        let links: FxHashSet<&str> = group.iter().filter_map(link).collect();
        let linkless = group.iter().filter(|at| link(at).is_none()).count();
        links.len() + linkless >= NAMESAKES
    };
    by_name.into_values().filter(is_of_many).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Options;
    use crate::list::List;
    use crate::source::{FileId, Source};

    fn shared(entries: &[&str]) -> Vec<Shared> {
        let text = format!("# L\n\n## S\n\n- {}\n", entries.join("\n- "));
        let list = List::parse(Source::new(FileId(0), "list.md", text));
        let works = Identity::of_works(&list, &Options::default());
        works.iter().map(|(_, work)| work.shared).collect()
    }

    #[test]
    fn a_link_that_a_list_gives_to_several_works_is_known() {
        let shared = shared(&[
            "[Greed](https://a.b/games)",
            "[Tron](https://a.b/games)",
            "[Chess](https://a.b/chess)",
            "[Chess Game](https://a.b/chess)",
            "[Greed](https://a.b/games)",
        ]);
        let links: Vec<_> = shared.iter().map(|shared| shared.link).collect();
        assert_eq!(links, [true, true, false, false, true]);
    }

    #[test]
    fn a_title_of_three_works_names_none_of_them() {
        let shared = shared(&[
            "[Harness](https://a.b/1)",
            "[harness](https://a.b/2)",
            "[Harness](https://a.b/2)",
            "[Sieve](https://a.b/4)",
            "[Sieve](https://a.b/5)",
            "[sieve](https://a.b/6)",
        ]);
        let titles: Vec<_> = shared.iter().map(|shared| shared.title).collect();
        assert_eq!(titles, [false, false, false, true, true, true]);
    }

    #[test]
    fn a_code_in_the_links_of_three_works_names_none_of_them() {
        let shared = shared(&[
            "[Log in](https://a.b/auth0/login)",
            "[Log out](https://a.b/auth0/logout)",
            "[Tokens](https://a.b/auth0/tokens)",
            "[Deep learning](https://a.b/cs231n)",
            "[Notes](https://a.b/cs231n/notes)",
        ]);
        let codes: Vec<_> = shared.iter().map(|shared| shared.code).collect();
        assert_eq!(codes, [true, true, true, false, false]);
    }
}
