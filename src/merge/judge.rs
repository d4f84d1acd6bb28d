//! What entries are compared by, and the judgement on a pair in the terms of a merge.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Options;
use super::pool::{Member, Part, Pool};
use super::words::ALSO;
use crate::identity::title::{Generic, TitleKey};
use crate::identity::url::{LinkKey, Target, is_tracking};
use crate::identity::{self, Evidence, Identity, Scope, Verdict};
use crate::list::{LinkId, List};

/// What an entry is compared by.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) identity: Identity,
    /// Links under which a merge before this one wrote other titles of the same work.
    aliases: Vec<(Box<str>, Box<str>)>,
}

impl Key {
    /// What each entry of a list is compared by, in their order.
    pub(super) fn of_list(list: &List, options: &identity::Options) -> Vec<Key> {
        // Works are known together: which of them share a link, none of them tells by itself.
        let mut works = Identity::of_works(list, options).into_iter().peekable();
        let identities = list.entries().map(|(id, _)| {
            let work = works.next_if(|(work, _)| *work == id);
            work.map_or_else(|| Identity::of(list, id, options), |(_, known)| known)
        });
        let identities: Vec<Identity> = identities.collect();
        let keys = list.entries().zip(identities);
        keys.map(|((_, entry), identity)| {
            let links = entry.links.iter();
            let aliases = links.filter_map(|&link| alias(list, link, options));
            Key {
                aliases: aliases.collect(),
                identity,
            }
        })
        .collect()
    }

    /// Links and titles under which a merge before this one wrote other titles of the same work.
    pub(super) fn aliases(&self) -> &[(Box<str>, Box<str>)] {
        &self.aliases
    }

    /// The certain key of the link that is compared first.
    pub(super) fn link(&self) -> Option<&str> {
        self.identity.link.as_ref().map(LinkKey::certain)
    }

    /// The words of the title.
    pub(super) fn words(&self) -> &str {
        self.identity.title.as_ref().map_or("", TitleKey::words)
    }

    /// Whether the title says nothing about the work.
    pub(super) fn says_nothing(&self) -> bool {
        let generic = self.identity.title.as_ref().map(TitleKey::generic);
        matches!(generic, None | Some(Some(Generic::Label)))
    }
}

/// The link and the title of a further link that is written as another title of the same work.
fn alias(list: &List, id: LinkId, options: &identity::Options) -> Option<(Box<str>, Box<str>)> {
    let link = list.link(id);
    let before = list.source.text().get(..link.span.start as usize)?;
    before.ends_with(ALSO).then(|| {
        let key = LinkKey::new(&link.url, options);
        let title = TitleKey::new(list.slice(link.text), options);
        (key.certain().into(), title.words().into())
    })
}

/// A judgement with its words.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    pub(super) reason: String,
}

impl Judgement {
    pub(super) fn certain(reason: &str) -> Self {
        Judgement {
            verdict: Verdict::Certain,
            reason: reason.to_owned(),
        }
    }

    pub(super) fn folds(&self) -> bool {
        self.verdict.folds()
    }
}

/// What a judgement on a pair comes to, without its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruling {
    pub(super) verdict: Verdict,
    /// Whether something says that they are two works.
    pub(super) contradicted: bool,
    /// Whether something does, though the evidence outweighs it.
    pub(super) doubted: bool,
}

impl Ruling {
    fn of(judged: &identity::Judgement) -> Self {
        let contradicted = judged.contradiction.is_some();
        let folds = judged.verdict.folds();
        Ruling {
            verdict: judged.verdict,
            contradicted: contradicted && !folds,
            doubted: contradicted && folds,
        }
    }

    pub(super) fn folds(self) -> bool {
        self.verdict.folds()
    }
}

/// How two identities are judged.
type Judge = fn(&Identity, &Identity, Scope, &identity::Options) -> identity::Judgement;

/// Judges a pair of members.
pub(super) fn judge(pool: &Pool<'_>, a: Member, b: Member, options: &Options) -> Judgement {
    let Some(judged) = judged(pool, a, b, options, identity::judge) else {
        return Judgement::certain("the link stands with the other entry under this title");
    };
    let mut reason = words(&judged.evidence);
    if let Some(contradiction) = judged.contradiction.filter(|_| !judged.verdict.folds()) {
        reason.push_str(if reason.is_empty() { "" } else { "; but " });
        reason.push_str(&contradiction.to_string());
    }
    Judgement {
        verdict: judged.verdict,
        reason,
    }
}

/// Judges a pair of members as [`judge`] does, without words.
pub(super) fn ruling(pool: &Pool<'_>, a: Member, b: Member, options: &Options) -> Ruling {
    let judged = judged(pool, a, b, options, identity::verdict);
    judged.as_ref().map_or(
        Ruling {
            verdict: Verdict::Certain,
            contradicted: false,
            doubted: false,
        },
        Ruling::of,
    )
}

/// The judgement on a pair of members; `None` where a merge before this one made them one.
fn judged(
    pool: &Pool<'_>,
    a: Member,
    b: Member,
    options: &Options,
    judge: Judge,
) -> Option<identity::Judgement> {
    let (of_a, of_b) = (&pool.keys[a], &pool.keys[b]);
    if is_alias(of_a, of_b) || is_alias(of_b, of_a) {
        return None;
    }
    let scope = match pool.list_of(a) == pool.list_of(b) {
        true => Scope::SameList {
            same_section: pool.entry(a).section == pool.entry(b).section,
        },
        // What is no page of the web is judged as it will be once both stand in one list.
        false if target(of_a) == target(of_b) && is_local(of_a) && of_a.link() == of_b.link() => {
            Scope::SameList { same_section: true }
        }
        false => Scope::AcrossLists,
    };
    let mut judged = judge(&of_a.identity, &of_b.identity, scope, &options.identity);
    if scope != Scope::AcrossLists && target(of_a) != target(of_b) {
        // A file beside the list is no page of the web, however much its name looks like one.
        judged.verdict = judged.verdict.min(Verdict::Possible);
    }
    Some(judged)
}

fn is_local(key: &Key) -> bool {
    key.identity
        .link
        .as_ref()
        .is_some_and(|link| !link.is_global())
}

fn target(key: &Key) -> Option<Target> {
    key.identity.link.as_ref().map(LinkKey::target)
}

fn words(evidence: &[Evidence]) -> String {
    let words: Vec<String> = evidence.iter().map(Evidence::to_string).collect();
    words.join(", ")
}

/// Whether `a` was written with the title and link of `b` as another title of its own.
fn is_alias(a: &Key, b: &Key) -> bool {
    let Some(link) = b.link() else {
        return false;
    };
    let written = |(alias, title): &(Box<str>, Box<str>)| &**alias == link && **title == *b.words();
    a.aliases.iter().any(written)
}

/// The certain key of a destination.
pub(super) fn link_key(url: &str, options: &Options) -> Box<str> {
    LinkKey::new(url, &options.identity).certain().into()
}

/// Whether a destination says where its reader came from.
pub(super) fn has_tracking(url: &str, options: &Options) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    query.split('&').any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        is_tracking(name, value, &options.identity.tracking)
    })
}

/// Finds entries by what a person calls them: a link, or the title of one without link.
pub(super) struct Names<'p> {
    by_link: FxHashMap<&'p str, Vec<Member>>,
    by_title: FxHashMap<&'p str, Vec<Member>>,
}

impl<'p> Names<'p> {
    pub(super) fn read(pool: &'p Pool<'_>) -> Self {
        let mut names = Names {
            by_link: FxHashMap::default(),
            by_title: FxHashMap::default(),
        };
        for (member, key) in pool.keys.iter().enumerate() {
            if pool.parts[member] != Part::Free {
                continue;
            }
            if let Some(link) = key.link() {
                names.by_link.entry(link).or_default().push(member);
            }
            if let Some(title) = &pool.entry(member).title {
                names.by_title.entry(&title.text).or_default().push(member);
            }
        }
        names
    }

    /// The members that any of `names` calls.
    pub(super) fn members_of(
        pool: &Pool<'_>,
        names: &[String],
        options: &Options,
    ) -> FxHashSet<Member> {
        if names.is_empty() {
            return FxHashSet::default();
        }
        let known = Names::read(pool);
        let members = names.iter().flat_map(|name| known.members(name, options));
        members.collect()
    }

    pub(super) fn members(&self, name: &str, options: &Options) -> Vec<Member> {
        let by_link = self.by_link.get(&*link_key(name, options));
        let by_title = self.by_title.get(name);
        by_link.or(by_title).cloned().unwrap_or_default()
    }
}
