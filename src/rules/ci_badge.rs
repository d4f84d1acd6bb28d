//! A badge that shows whether a build passes.
//!
//! ## Why
//!
//! Readers of a list do not care about its build; the guidelines ask to keep such badges out of it.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea ![Build](https://github.com/tea/awesome-tea/actions/workflows/ci.yml/badge.svg)
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
//! ## Green
//!
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! ```

use super::{Check, ERROR, Facts, Fixes, Group, Level, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::list::Place;

/// The rule.
pub static RULE: Rule = Rule {
    name: "ci-badge",
    group: Group::Awesome,
    level: Level::Off,
    awesome: ERROR,
    aliases: &["awesome-no-ci-badge", "remark-lint:awesome-no-ci-badge"],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("ci_badge.rs"),
};

/// What the addresses of such badges hold.
const SERVICES: &[&str] = &[
    "travis-ci.org/",
    "travis-ci.com/",
    "circleci.com/",
    "dl.circleci.com/",
    "ci.appveyor.com/",
    "codecov.io/",
    "coveralls.io/",
    "img.shields.io/travis/",
    "img.shields.io/circleci/",
    "img.shields.io/appveyor/",
    "img.shields.io/github/actions/",
    "img.shields.io/github/workflow/",
    "img.shields.io/gitlab/pipeline",
    "/badges/master/pipeline.svg",
    "/badges/main/pipeline.svg",
];

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    for image in &facts.list.images {
        // A badge in an entry is of the work that it lists.
        let of_work = matches!(image.place, Place::Entry(_));
        let workflow = image.url.contains("/workflows/") && image.url.contains("badge");
        if !of_work && (workflow || SERVICES.iter().any(|service| image.url.contains(service))) {
            let message = "the list shows the badge of a build";
            found.push(Diagnostic::new(RULE.name, image.span, message));
        }
    }
}
