//! A list without a code of conduct.
//!
//! ## Why
//!
//! The guidelines of the awesome community advise to have one: a file `code-of-conduct.md` beside the
//! list (or under `.github` or `docs`), or a link to one.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! # Awesome Tea
//!
//! Keep to the [code of conduct](https://www.contributor-covenant.org/version/2/1/code_of_conduct/).
//!
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```

use super::{ADVICE, Check, Facts, Fixes, Group, Level, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-code-of-conduct",
    group: Group::Awesome,
    level: Level::Off,
    awesome: ADVICE,
    aliases: &[
        "awesome-code-of-conduct",
        "remark-lint:awesome-code-of-conduct",
    ],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("missing_code_of_conduct.rs"),
};

/// What the files are called, without their folder.
const FILES: &[&str] = &[
    "code-of-conduct.md",
    "CODE_OF_CONDUCT.md",
    "CODE-OF-CONDUCT.md",
    "code_of_conduct.md",
    "Code-of-Conduct.md",
    "Code_of_Conduct.md",
];

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let linked = facts.list.links.iter().any(|link| {
        let address = link.url.to_lowercase();
        ["code-of-conduct", "code_of_conduct", "contributor-covenant"]
            .iter()
            .any(|name| address.contains(name))
    });
    if linked || super::has_one_of(facts, FILES) != Some(false) {
        return;
    }
    let message = "the list has no code of conduct";
    found.push(Diagnostic::new(RULE.name, super::title_of(facts), message));
}
