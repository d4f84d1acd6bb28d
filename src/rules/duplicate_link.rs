//! A work that is listed twice: two entries whose links lead to the same page.
//!
//! ## Why
//!
//! Readers meet the work twice, and contributors mend one entry and not the other. Links are
//! compared by what they lead to, not by how they are written: `http` and `https`, `www.`, a slash
//! at the end, tracking parameters, `arxiv.org/abs` and `/pdf`, `youtu.be` make no difference.
//!
//! The same link under titles that have nothing in common is often meant (two editions, the slides
//! and the book), so that is advice, and so are works in several sections of a list that lists one
//! work in twelve so, by topic and by language, say. Where most of a section stands elsewhere too,
//! that is one finding; a table that sums up the entries of a list is none. Links in contents tables,
//! links back to the top, badges and links in descriptions are no entries.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! - [Gyokuro](https://example.com/gyokuro) - Grows in the shade.
//! - [Sencha](http://www.example.com/sencha/) - Leaves of summer.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves of summer.
//! - [Gyokuro](https://example.com/gyokuro) - Grows in the shade.
//! ```
//!
//! ## Fix
//!
//! Takes the later entry out where it says nothing that the earlier one does not say, which a person
//! should look at.

use std::collections::{HashMap, HashSet};

use super::address::is_below;
use super::facts::Work;
use super::{Asked, Check, ERROR, Facts, Fixes, Group, OptionKind, OptionSpec, Rule, WARNING};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Edit, Fix};
use crate::identity::url::{Certain, LinkKey, Target};
use crate::identity::{Identity, Scope, judge};
use crate::list::{Entry, EntryId, SectionId, Shape};
use crate::source::{FileId, Span};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-link",
    group: Group::Links,
    level: WARNING,
    awesome: ERROR,
    aliases: &[
        "double-link",
        "remark-lint:double-link",
        "awesome-double-link",
    ],
    options: &[
        OptionSpec {
            name: "scope",
            help: "Where a work may stand once: in a list, in a section, or in all lists checked together.",
            kind: OptionKind::Choice(&["list", "section", "project"]),
        },
        OptionSpec {
            name: "cross-listing",
            help: "What the same work in two sections of a list is: a finding like any other, or advice; `auto` takes it for advice in a list that does so with one work in twelve.",
            kind: OptionKind::Choice(&["auto", "finding", "advice"]),
        },
        OptionSpec {
            name: "allow",
            help: "Links, or hosts with all hosts below them, that may be listed several times.",
            kind: OptionKind::Texts(&[]),
        },
    ],
    fixes: Fixes::Unsafe,
    check: Check::Project(check),
    source: include_str!("duplicate_link.rs"),
};

/// An entry that stands earlier than another.
#[derive(Clone, Copy)]
struct Place<'a> {
    facts: &'a Facts<'a>,
    work: &'a Work,
}

impl<'a> Place<'a> {
    fn entry(self) -> &'a Entry {
        self.facts.list.entry(self.work.entry)
    }

    fn file(self) -> FileId {
        self.facts.list.source.id()
    }

    fn identity(self) -> &'a Identity {
        self.facts.identity(self.work)
    }
}

/// The entries with one link, as far as they were met.
#[derive(Default)]
struct Met<'a> {
    /// The first one.
    first: Option<Place<'a>>,
    /// The first one in the list of the last one.
    first_here: Option<Place<'a>>,
    /// The last one.
    last: Option<Place<'a>>,
}

impl<'a> Met<'a> {
    /// The entry that `here` repeats, where a work may stand once in `scope`.
    fn earlier(&self, here: Place<'a>, scope: &str) -> Option<Place<'a>> {
        let near = self.last.filter(|last| is_near(*last, here));
        near.or(match scope {
            "section" => None,
            "project" => self.first,
            _ => self.first_here.filter(|first| is_same_list(*first, here)),
        })
    }

    fn add(&mut self, here: Place<'a>) {
        self.first = self.first.or(Some(here));
        let first_here = self.first_here.filter(|first| is_same_list(*first, here));
        self.first_here = first_here.or(Some(here));
        self.last = Some(here);
    }
}

fn check(lists: &[Asked<'_>], found: &mut Vec<Diagnostic>) {
    let repeats = repeats(lists);
    let groups = groups(lists, &repeats);
    let cross_listing = cross_listing(lists, &repeats);
    let mut told = HashSet::new();
    for &(earlier, here) in &repeats {
        let group = GroupId::of(here);
        match groups.get(&group).filter(|counts| counts.is_repetition()) {
            Some(counts) if counts.same_shape => {
                if told.insert(group) {
                    let mut one = repetition(earlier, here, counts.repeated);
                    if is_same_list(earlier, here) && cross_listing.contains(&here.file()) {
                        one.severity = Severity::Advice;
                    }
                    found.push(one);
                }
            }
            // A table that sums up the entries, or entries that tell more than a table.
            Some(_) => {}
            None => {
                let advice = cross_listing.contains(&here.file());
                found.push(finding(earlier, here, advice));
            }
        }
    }
}

/// Of how many works one must stand in several sections for a list to mean it. Of 174 real lists four
/// have one work in six to eleven there, and all others fewer than one in twenty-four.
const ONE_IN: usize = 12;

/// How many such works there must be at least.
const FEWEST: usize = 10;

/// The lists in which the same work in two sections is advice.
fn cross_listing(lists: &[Asked<'_>], repeats: &[(Place<'_>, Place<'_>)]) -> HashSet<FileId> {
    let mut counts: HashMap<FileId, usize> = HashMap::new();
    for (earlier, here) in repeats {
        if is_same_list(*earlier, *here) && !is_near(*earlier, *here) {
            *counts.entry(here.file()).or_default() += 1;
        }
    }
    let is_meant = |asked: &&Asked<'_>| match asked.settings.text("cross-listing") {
        "advice" => true,
        "finding" => false,
        _ => {
            let count = counts.get(&asked.facts.list.source.id()).copied();
            let works = asked.facts.works().len();
            count.is_some_and(|count| count >= FEWEST && count * ONE_IN >= works)
        }
    };
    lists
        .iter()
        .filter(is_meant)
        .map(|asked| asked.facts.list.source.id())
        .collect()
}

/// The entries that repeat another, each with the earlier one.
fn repeats<'a>(lists: &[Asked<'a>]) -> Vec<(Place<'a>, Place<'a>)> {
    let together = lists
        .iter()
        .any(|asked| asked.settings.text("scope") == "project");
    let mut repeats = Vec::new();
    let mut met: HashMap<&str, Met<'_>> = HashMap::new();
    for Asked { facts, settings } in lists {
        let scope = settings.text("scope");
        let allowed = Allowed::new(&settings.texts("allow"));
        if !together {
            met.clear();
        }
        // The entries that repeat another, to know what is nested in them.
        let mut repeated: HashMap<EntryId, EntryId> = HashMap::new();
        for work in facts.works() {
            let Some(key) = work.link.map(|id| facts.key(id)).filter(counts) else {
                continue;
            };
            if allowed.holds(key) {
                continue;
            }
            let here = Place { facts, work };
            let met = met.entry(key.certain()).or_default();
            let earlier = met.earlier(here, scope);
            met.add(here);
            let Some(earlier) = earlier else {
                continue;
            };
            repeated.insert(work.entry, earlier.work.entry);
            // What is nested in a repeated entry is repeated with it.
            let with_parent = here.entry().parent.is_some_and(|parent| {
                repeated
                    .get(&parent)
                    .is_some_and(|of| Some(*of) == earlier.entry().parent)
            });
            if !with_parent {
                repeats.push((earlier, here));
            }
        }
    }
    repeats
}

/// Entries that stand together and are written alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct GroupId {
    file: FileId,
    section: SectionId,
    row: bool,
}

impl GroupId {
    fn of(place: Place<'_>) -> Self {
        GroupId {
            file: place.file(),
            section: place.entry().section,
            row: place.entry().shape == Shape::Row,
        }
    }
}

/// How many entries of a group repeat entries of others.
#[derive(Default)]
struct Together {
    all: usize,
    repeated: usize,
    /// Whether those that they repeat are written alike.
    same_shape: bool,
}

impl Together {
    /// How many entries must be repeated for that to be one finding.
    const FEWEST: usize = 4;

    /// Whether the group as a whole repeats what stands elsewhere.
    fn is_repetition(&self) -> bool {
        self.repeated >= Together::FEWEST && self.repeated * 2 > self.all
    }
}

fn groups(lists: &[Asked<'_>], repeats: &[(Place<'_>, Place<'_>)]) -> HashMap<GroupId, Together> {
    let mut groups: HashMap<GroupId, Together> = HashMap::new();
    if repeats.is_empty() {
        return groups;
    }
    for Asked { facts, .. } in lists {
        for work in facts.works().iter().filter(|work| is_outer(facts, work)) {
            groups
                .entry(GroupId::of(Place { facts, work }))
                .or_default()
                .all += 1;
        }
    }
    for &(earlier, here) in repeats {
        let (of_earlier, of_here) = (GroupId::of(earlier), GroupId::of(here));
        if !is_outer(here.facts, here.work) {
            continue;
        }
        if let Some(group) = groups.get_mut(&of_here).filter(|_| of_earlier != of_here) {
            group.repeated += 1;
            group.same_shape |= of_earlier.row == of_here.row;
        }
    }
    groups
}

/// Whether an entry is nested in no other; what is nested goes with its parent.
fn is_outer(facts: &Facts<'_>, work: &Work) -> bool {
    facts.list.entry(work.entry).parent.is_none()
}

/// That most entries of a section stand elsewhere, too.
fn repetition(earlier: Place<'_>, here: Place<'_>, count: usize) -> Diagnostic {
    let message = format!("{count} works of this section are listed already");
    Diagnostic::new(RULE.name, place(here), message).also(place(earlier), "the first of them")
}

/// Whether the same destination is the same page: a file beside one list is none beside another,
/// but lists that stand together are mostly in one folder.
fn counts(key: &Certain<'_>) -> bool {
    !matches!(key.target(), Target::Anchor | Target::Empty)
}

fn is_near(a: Place<'_>, b: Place<'_>) -> bool {
    is_same_list(a, b) && a.entry().section == b.entry().section
}

fn is_same_list(a: Place<'_>, b: Place<'_>) -> bool {
    a.file() == b.file()
}

/// What the user lets stand several times.
struct Allowed<'s> {
    hosts: Vec<&'s str>,
    links: Vec<LinkKey>,
}

impl<'s> Allowed<'s> {
    fn new(texts: &[&'s str]) -> Self {
        let options = crate::identity::Options::default();
        let link = |text: &str| match text.contains("://") {
            true => LinkKey::new(text, &options),
            false => LinkKey::new(&format!("https://{text}"), &options),
        };
        let (links, hosts): (Vec<&str>, Vec<&str>) =
            texts.iter().partition(|text| text.contains('/'));
        Allowed {
            hosts,
            links: links.into_iter().map(link).collect(),
        }
    }

    fn holds(&self, key: Certain<'_>) -> bool {
        self.links
            .iter()
            .any(|link| link.certain() == key.certain())
            || self
                .hosts
                .iter()
                .any(|domain| key.host().is_some_and(|host| is_below(host, domain)))
    }
}

/// That `here` repeats `earlier`.
fn finding(earlier: Place<'_>, here: Place<'_>, advice: bool) -> Diagnostic {
    let scope = match is_same_list(earlier, here) {
        true => Scope::SameList {
            same_section: is_near(earlier, here),
        },
        false => Scope::AcrossLists,
    };
    let options = &here.facts.surroundings.identity;
    let (of_earlier, of_here) = (earlier.identity(), here.identity());
    let judged = judge(of_earlier, of_here, scope, options);
    let title = here.entry().title.as_ref().map_or("", |title| &title.text);
    let other = earlier
        .entry()
        .title
        .as_ref()
        .map_or("", |title| &title.text);
    let agree = judged.verdict.folds();
    let message = match agree {
        true if title.is_empty() => "this work is listed already".to_owned(),
        true => format!("`{title}` is listed already"),
        false => format!("`{title}` and `{other}` lead to the same page"),
    };
    let mut one =
        Diagnostic::new(RULE.name, place(here), message).also(place(earlier), "listed here first");
    let evidence = of_earlier.link.as_ref().zip(of_here.link.as_ref());
    let evidence = evidence.and_then(|(a, b)| a.compare(b, options));
    if let Some(evidence) = evidence {
        one = one.label(evidence.to_string());
    }
    let nested = here.entry().parent == Some(earlier.work.entry) && is_same_list(earlier, here);
    let elsewhere = matches!(
        scope,
        Scope::SameList {
            same_section: false
        }
    );
    let summed_up = GroupId::of(earlier).row != GroupId::of(here).row;
    if !agree || nested || summed_up || advice && elsewhere {
        one.severity = Severity::Advice;
    }
    match removal(earlier, here).filter(|_| agree) {
        Some(edit) => one.fix(Fix::needs_review("Take this entry out", vec![edit])),
        None => one,
    }
}

/// What a person looks at: the link, else the title.
fn place(place: Place<'_>) -> Span {
    let list = place.facts.list;
    let entry = place.entry();
    let link = entry.link.or(entry.links.first().copied());
    match (link, &entry.title) {
        (Some(link), _) => list.link(link).span,
        (None, Some(title)) => title.span,
        (None, None) => entry.content,
    }
}

/// Takes the lines of the later entry out, where all its words stand in the earlier one.
fn removal(earlier: Place<'_>, here: Place<'_>) -> Option<Edit> {
    let (entry, source) = (here.entry(), &here.facts.list.source);
    let Shape::Item(_) = entry.shape else {
        return None;
    };
    let words = |place: Place<'_>| {
        let description = place.entry().description;
        let description = description.map(|span| place.facts.list.slice(span));
        description
            .unwrap_or_default()
            .trim_end_matches(['.', ' '])
            .to_owned()
    };
    let (said, known) = (words(here), words(earlier));
    let alone = entry.links.len() == 1 && entry.notes.is_empty();
    let childless = source.line(entry.span.end.max(1) - 1) == source.line(entry.span.start);
    let whole = source.line_span(source.line(entry.span.start));
    let free = here
        .facts
        .list
        .slice(whole.with(whole.start, entry.span.start))
        .trim()
        .is_empty();
    (alone && childless && free && known.contains(&said)).then(|| Edit::delete(whole))
}
