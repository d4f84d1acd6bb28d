//! A description that begins with a small letter.
//!
//! ## Why
//!
//! The guidelines ask for descriptions that read like sentences. Names that are written small
//! (`npm`, `jq` in code, `iOS`) and numbers are left alone.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! - [Sencha](https://example.com/sencha) - steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Fix
//!
//! Writes the first letter as a capital, which a person should look at: a name may be meant.

use super::{
    Check, Facts, Fixes, Group, Level, OptionKind, OptionSpec, Rule, RuleSettings, WARNING,
};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Fix};
use crate::list::Role;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lowercase-description",
    group: Group::Awesome,
    level: Level::Off,
    awesome: WARNING,
    aliases: &["awesome-list-item", "remark-lint:awesome-list-item"],
    options: &[OptionSpec {
        name: "names",
        help: "Words that may begin a description small.",
        kind: OptionKind::Texts(&[
            "npm", "jq", "dbt", "esbuild", "pandas", "systemd", "git", "vim",
        ]),
    }],
    fixes: Fixes::Unsafe,
    check: Check::List(check),
    source: include_str!("lowercase_description.rs"),
};

fn check(facts: &Facts<'_>, settings: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let list = facts.list;
    let names = settings.texts("names");
    for entry in &list.entries {
        let Some(description) = entry
            .description
            .filter(|_| entry.role == Role::Work && entry.separator.is_some())
        else {
            continue;
        };
        let text = list.slice(description);
        let word = text.split_whitespace().next().unwrap_or_default();
        let bare = word.trim_end_matches([',', '.', ':', ';', '!', '?', ')', '\'']);
        let plain = bare
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if bare.is_empty()
            || !plain
            || !bare.as_bytes()[0].is_ascii_lowercase()
            || names.contains(&bare)
        {
            continue;
        }
        // The work itself may be called so.
        let title = entry.title.as_ref().map_or("", |title| &title.text);
        if title.split_whitespace().any(|name| name == bare) {
            continue;
        }
        let first = description.with(description.start, description.start + 1);
        let capital = bare[..1].to_ascii_uppercase();
        let message = "the description begins with a small letter";
        found.push(
            Diagnostic::new(
                RULE.name,
                description.with(first.start, first.start + bare.len() as u32),
                message,
            )
            .fix(Fix::needs_review(
                "Begin it with a capital",
                vec![Edit::replace(first, capital)],
            )),
        );
    }
}
