//! The marks that git leaves where it could not merge.
//!
//! ## Why
//!
//! Somebody committed a merge that was not finished: readers see `<<<<<<< HEAD`, and both versions
//! of the same entries one after the other. One in four popular lists has had them at least once.
//!
//! ## Bad
//!
//! ```markdown
//! # Awesome Tea
//!
//! ## Green
//!
//! <<<<<<< HEAD
//! - [Sencha](https://example.com/sencha) - Steamed leaves.
//! =======
//! - [Sencha](https://example.com/sencha) - Leaves that are steamed.
//! >>>>>>> main
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

use super::{Check, ERROR, Facts, Fixes, Group, Rule, RuleSettings};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "conflict-markers",
    group: Group::Structure,
    level: ERROR,
    awesome: ERROR,
    aliases: &[],
    options: &[],
    fixes: Fixes::Never,
    check: Check::List(check),
    source: include_str!("conflict_markers.rs"),
};

fn check(facts: &Facts<'_>, _: &RuleSettings<'_>, found: &mut Vec<Diagnostic>) {
    let source = &facts.list.source;
    let mut open: Option<Diagnostic> = None;
    for line in 1..=source.line_count() {
        let span = source.line_content(line);
        let Some(mark) = mark(source.slice(span)) else {
            continue;
        };
        if facts.in_code(span.start) {
            continue;
        }
        match (mark, &mut open) {
            ('<', _) => found.extend(open.replace(begun(span))),
            ('>', Some(_)) => {
                let conflict = open.take().map(|one| one.also(span, "it ends here"));
                found.extend(conflict);
            }
            ('>', None) => found.push(Diagnostic::new(
                RULE.name,
                span,
                "the end of an unfinished merge",
            )),
            (_, Some(conflict)) => {
                let label = crate::diagnostic::Label::new(span, "the other version begins here");
                conflict.labels.push(label);
            }
            (_, None) => {}
        }
    }
    found.extend(open);
}

fn begun(span: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, span, "an unfinished merge")
        .help("keep what is right of the two versions, and take the marks out")
}

/// The sign that `line` repeats seven times, as git marks a conflict. `=======` alone is no proof:
/// it underlines a heading.
fn mark(line: &str) -> Option<char> {
    let sign = line.chars().next()?;
    let count = line.len() - line.trim_start_matches(sign).len();
    let rest = line.get(count..)?;
    let whole = rest.is_empty() || rest.starts_with(' ');
    (matches!(sign, '<' | '>' | '=' | '|') && count == 7 && whole).then_some(sign)
}
