//! An address that stands in the text as it is.
//!
//! ## Why
//!
//! GitHub makes a link of `https://example.com`, other readers of Markdown leave it as text. In
//! angle brackets it is a link everywhere, and in an entry a title says more than an address. A mail
//! address is its own title, and is left alone.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! See https://example.com/tea for more.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! See <https://example.com/tea> for more.
//! ```
//!
//! ## Fix
//!
//! Puts the address in angle brackets.

use super::address::Address;
use super::{Check, Facts, Fixes, Group, Level, Rule, RuleSettings, WARNING};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::LinkKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "bare-link",
    group: Group::Links,
    level: Level::Off,
    awesome: WARNING,
    aliases: &["MD034", "no-bare-urls", "no-literal-urls"],
    options: &[],
    fixes: Fixes::Safe,
    check: Check::List(check),
    source: include_str!("bare_link.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    for link in &list.links {
        if link.kind != LinkKind::Bare || link.url.starts_with("mailto:") {
            continue;
        }
        let one = Diagnostic::new(
            RULE.name,
            link.span,
            "an address stands in the text as it is",
        );
        let text = list.slice(link.span);
        let writable = Address::of_web(text).is_some()
            && link.url == text
            && !text.contains(['<', '>', '&', '\\'])
            && !text.contains(char::is_whitespace);
        found.push(match writable {
            true => {
                let edits = vec![
                    Edit::insert(link.span, link.span.start, "<"),
                    Edit::insert(link.span, link.span.end, ">"),
                ];
                one.fix(Fix::safe("Put it in angle brackets", edits))
            }
            false => one.help("give it a text: `[text](address)`"),
        });
    }
}
