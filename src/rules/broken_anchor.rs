//! A link to a place in the list that is not there.
//!
//! ## Why
//!
//! Readers who click such a link, mostly one of the contents table, stay where they are. It happens
//! when a heading is renamed, or when an anchor is misspelt. The anchors of a list are those that
//! GitHub makes from its headings and those that it sets by itself (`<a name="x">`, `id="x"`).
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! See the [green teas](#gren-tea).
//!
//! ## Green Tea
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! See the [green teas](#green-tea).
//!
//! ## Green Tea
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Where the list sets the anchor by itself, none of its links leads to it, and its heading says how
//! it is meant, the anchor is spelt as the link has it. That is safe: the name of an anchor is no
//! word that readers see, and no link of the list loses its place. Otherwise, where one anchor is
//! likely to be meant, the link is led there, which a person should look at.

use std::collections::{BTreeMap, HashSet};

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::write::LineState;
use crate::list::{Anchor, Link, anchor};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "broken-anchor",
    group: Group::Links,
    level: ERROR,
    awesome: ERROR,
    aliases: &["MD051", "link-fragments", "validate-links"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("broken_anchor.rs"),
};

/// How many further links to the same missing place are shown.
const SHOWN: usize = 5;

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let mut broken: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in &facts.list.links {
        if let Some(fragment) = link.fragment()
            && !leads_somewhere(facts, fragment)
        {
            broken.entry(fragment).or_default().push(link);
        }
    }
    if broken.is_empty() {
        return;
    }
    let known = facts.anchors_in_order();
    let renamed = renamed(facts);
    let misspelt = Misspelt::of(facts);
    for (fragment, links) in broken {
        let nearest = anchor::nearest(fragment, known.iter().copied());
        let nearest = nearest.or_else(|| renamed.get(fragment).copied());
        found.push(finding(facts, nearest, &misspelt, fragment, &links));
    }
}

/// Whether a link to `fragment` reaches something: an anchor of the list, the top of the page, or
/// what GitHub sets on the page around a list.
fn leads_somewhere(facts: &Facts<'_>, fragment: &str) -> bool {
    const OF_PAGE: &[&str] = &["", "top", "readme", "readme-ov-file", "start-of-content"];
    let lower = fragment.to_ascii_lowercase();
    OF_PAGE.contains(&lower.as_str())
        || fragment.starts_with(":~:")
        || lower.starts_with("user-content-fn")
        || lower.starts_with("fn-")
        || lower.starts_with("fnref-")
        || facts.has_anchor(fragment)
}

/// The anchors of sections that got another title, by what the contents tables still lead to.
fn renamed<'a>(facts: &Facts<'a>) -> BTreeMap<&'a str, &'a str> {
    let list = facts.list;
    let mut renamed = BTreeMap::new();
    for (contents, state) in list.contents.iter().zip(facts.contents()) {
        for (line, state) in contents.lines.iter().zip(&state.lines) {
            if let LineState::Means(section) = state
                && let Some(fragment) = list.link(line.link).fragment()
                && let Some(heading) = &list.section(*section).heading
            {
                renamed.insert(fragment, heading.slug.as_str());
            }
        }
    }
    renamed
}

fn finding(
    facts: &Facts<'_>,
    nearest: Option<&str>,
    misspelt: &Misspelt<'_>,
    fragment: &str,
    links: &[&Link],
) -> Diagnostic {
    let name = anchor::decode_fragment(fragment);
    let message = match links.len() {
        1 => format!("no heading or anchor is called `#{name}`"),
        count => format!("no heading or anchor is called `#{name}`, where {count} links lead"),
    };
    let mut diagnostic = Diagnostic::new(RULE.name, place(links[0]), message);
    for link in links.iter().skip(1).take(SHOWN) {
        diagnostic = diagnostic.also(place(link), "leads there too");
    }
    if let Some(anchor) = misspelt.meant_by(facts, fragment) {
        let title = format!("Spell the anchor `{name}`");
        return diagnostic
            .also(anchor.name, "this anchor is probably meant")
            .fix(Fix::safe(title, vec![Edit::replace(anchor.name, &*name)]));
    }
    let Some(nearest) = nearest else {
        return diagnostic;
    };
    let diagnostic = diagnostic.help(format!("the nearest is `#{nearest}`"));
    let mut places: Vec<Span> = links.iter().map(|link| destination(facts, link)).collect();
    places.sort_unstable();
    places.dedup();
    let writable = |char: char| !char.is_whitespace() && !"()<>\"'`[]\\&".contains(char);
    if !nearest.chars().all(writable) || places.iter().any(|place| place.is_empty()) {
        return diagnostic;
    }
    let edits = places
        .into_iter()
        .map(|place| Edit::replace(place, format!("#{nearest}")))
        .collect();
    diagnostic.fix(Fix::needs_review(format!("Lead to `#{nearest}`"), edits))
}

/// What a person looks at: the destination where it stands with the link, else the link.
fn place(link: &Link) -> Span {
    match link.span.contains(link.destination) && !link.destination.is_empty() {
        true => link.destination,
        false => link.span,
    }
}

/// Where the destination of `link` is written.
fn destination(facts: &Facts<'_>, link: &Link) -> Span {
    match link.kind {
        crate::list::LinkKind::Reference(index) => {
            facts.list.definitions[index as usize].destination
        }
        _ => link.destination,
    }
}

/// The anchors that a list sets by itself and that none of its links leads to.
struct Misspelt<'a> {
    /// By the anchor that the heading they stand in or before would have without them.
    by_heading: BTreeMap<String, Vec<&'a Anchor>>,
}

impl<'a> Misspelt<'a> {
    fn of(facts: &Facts<'a>) -> Self {
        let list = facts.list;
        let led_to: HashSet<String> = list
            .links
            .iter()
            .filter_map(|link| link.fragment())
            .flat_map(anchor::spellings)
            .collect();
        let mut by_heading: BTreeMap<String, Vec<&Anchor>> = BTreeMap::new();
        let headings: Vec<_> = list.headings().map(|(_, heading)| heading).collect();
        for anchor in &list.anchors {
            if led_to.contains(list.slice(anchor.name)) {
                continue;
            }
            let next = headings.partition_point(|heading| heading.span.end <= anchor.span.start);
            let Some(heading) = headings.get(next) else {
                continue;
            };
            let between = anchor.span.with(anchor.span.end, heading.span.start);
            let gap = list.slice(between).trim();
            if heading.span.contains(anchor.span) || matches!(gap, "" | "</a>" | "</div>") {
                let slug = anchor::slug(heading.text.trim());
                by_heading.entry(slug).or_default().push(anchor);
            }
        }
        Misspelt { by_heading }
    }

    /// The anchor whose heading is called as `fragment` has it, if its name is nearly that.
    fn meant_by(&self, facts: &Facts<'_>, fragment: &str) -> Option<&'a Anchor> {
        let wanted = anchor::decode_fragment(fragment).to_lowercase();
        let [anchor] = self.by_heading.get(&wanted)?.as_slice() else {
            return None;
        };
        anchor::nearest(fragment, [facts.list.slice(anchor.name)])?;
        Some(anchor)
    }
}
