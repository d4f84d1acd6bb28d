//! Comments that switch rules off: which findings they silence, and which of them do nothing.

use super::{Facts, Options, rules_known_as};
use crate::diagnostic::Diagnostic;
use crate::list::directive::{self, Directive, Scope};
use crate::source::Span;

/// One comment that silences rules between two offsets.
struct Silence<'a> {
    comment: Span,
    rules: Vec<&'a str>,
    start: u32,
    end: u32,
}

/// Takes out of `found` what comments silence.
pub(super) fn apply(
    facts: &[Facts<'_>],
    _options: &Options,
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    for facts in facts {
        let silences = silences(facts);
        if silences.is_empty() {
            continue;
        }
        let file = facts.list.source.id();
        found.retain(|diagnostic| {
            diagnostic.span.file != file
                || !silences.iter().any(|silence| silence.covers(diagnostic))
        });
    }
    found
}

impl Silence<'_> {
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        (self.start..self.end.max(self.start + 1)).contains(&diagnostic.span.start)
            && diagnostic.span.start != self.comment.start
            && (self.rules.is_empty()
                || self
                    .rules
                    .iter()
                    .any(|name| rules_known_as(name).any(|rule| rule.name == diagnostic.rule)))
    }
}

fn silences<'a>(facts: &Facts<'a>) -> Vec<Silence<'a>> {
    let list = facts.list;
    let end = list.source.whole().end + 1;
    let mut silences: Vec<Silence<'a>> = Vec::new();
    // The regions that are open, by their place in `silences`.
    let mut open: Vec<usize> = Vec::new();
    for (comment, text) in list.comments() {
        let Some(Ok(directive)) = directive::parse(text) else {
            continue;
        };
        let (start, stop) = match directive.scope {
            Scope::File => (0, end),
            Scope::Line => {
                let line = list.source.line(comment.start);
                (
                    list.source.line_span(line).start,
                    list.source.line_span(line).end,
                )
            }
            Scope::Next => next(facts, comment),
            Scope::DisableRegion => {
                open.push(silences.len());
                (comment.end, end)
            }
            Scope::EnableRegion => {
                close(&mut silences, &mut open, &directive, comment.start);
                continue;
            }
            Scope::Inert => continue,
        };
        silences.push(Silence {
            comment,
            rules: directive.rules.iter().map(|rule| rule.text).collect(),
            start,
            end: stop,
        });
    }
    silences
}

/// Ends the regions that `directive` switches on again at `offset`.
fn close(
    silences: &mut [Silence<'_>],
    open: &mut Vec<usize>,
    directive: &Directive<'_>,
    offset: u32,
) {
    open.retain(|&index| {
        let silence = &mut silences[index];
        let ends = directive.rules.is_empty()
            || directive
                .rules
                .iter()
                .any(|rule| silence.rules.contains(&rule.text));
        if ends {
            silence.end = offset;
        }
        !ends
    });
}

/// What a comment for the next thing covers: the next entry or the next line that is not blank.
fn next(facts: &Facts<'_>, comment: Span) -> (u32, u32) {
    let list = facts.list;
    let text = list.source.text();
    let rest = text.get(comment.end as usize..).unwrap_or_default();
    let gap = rest.len() - rest.trim_start().len();
    let start = comment.end + gap as u32;
    let after = list
        .entries
        .partition_point(|entry| entry.span.start < list.source.line_start(start));
    let line = list.source.line_span(list.source.line(start));
    match list.entries.get(after) {
        Some(entry) if entry.span.start < line.end => (line.start, entry.span.end.max(line.end)),
        _ => (line.start, line.end),
    }
}
