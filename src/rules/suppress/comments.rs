//! What the comments of a list switch off, and where.

use std::collections::BTreeMap;

use crate::list::List;
use crate::list::directive::{self, Dialect, Directive, Scope};
use crate::rules::{Facts, RULES, rules_known_as};
use crate::source::Span;

/// A comment that switches rules off.
pub(super) struct Comment<'a> {
    /// The comment.
    pub(super) span: Span,
    /// Whose language it speaks.
    pub(super) dialect: Dialect,
    /// Why, in the words of the comment.
    pub(super) reason: &'a str,
    /// The rules of ours that it means.
    pub(super) rules: Vec<&'static str>,
    /// Whether it names rules; one that names none means all.
    pub(super) names_rules: bool,
    /// Whether another comment may end what it switches off.
    pub(super) opens_region: bool,
}

/// One rule that is switched off between two offsets.
pub(super) struct Silence {
    pub(super) rule: &'static str,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The comment that does it, by its place in [`Silences::comments`].
    pub(super) comment: usize,
}

/// A comment of ours that is not understood.
pub(super) struct Malformed {
    pub(super) span: Span,
    pub(super) message: String,
}

/// All that comments switch off in a list.
#[derive(Default)]
pub(super) struct Silences<'a> {
    pub(super) comments: Vec<Comment<'a>>,
    /// In the order of their starts.
    pub(super) spans: Vec<Silence>,
    pub(super) malformed: Vec<Malformed>,
    /// The names in comments of ours that no rule has.
    pub(super) unknown: Vec<Span>,
}

/// Reads the comments of a list.
pub(super) fn read<'a>(facts: &Facts<'a>) -> Silences<'a> {
    let list = facts.list;
    let mut silences = Silences::default();
    // For each rule the regions that are open, by their place in `silences.spans`.
    let mut open: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (span, text) in list.comments() {
        let words = span.start + "<!--".len() as u32;
        match directive::parse(text) {
            Some(Ok(directive)) => take(facts, &mut silences, &mut open, span, &directive),
            Some(Err(malformed)) => silences.malformed.push(Malformed {
                span: span.with(words + malformed.start, words + malformed.end),
                message: malformed.message,
            }),
            None => {}
        }
    }
    silences.spans.sort_by_key(|silence| silence.start);
    silences
}

/// Takes in what the comment at `span` says.
fn take<'a>(
    facts: &Facts<'a>,
    silences: &mut Silences<'a>,
    open: &mut BTreeMap<&'static str, Vec<usize>>,
    span: Span,
    directive: &Directive<'a>,
) {
    let source = &facts.list.source;
    let whole = source.whole().end + 1;
    let rules = rules_of(silences, span, directive);
    let (start, end) = match directive.scope {
        Scope::Inert => return,
        Scope::EnableRegion => {
            for rule in rules {
                for place in open.remove(rule).unwrap_or_default() {
                    silences.spans[place].end = span.start;
                }
            }
            return;
        }
        Scope::File => (0, whole),
        Scope::Line => {
            let line = source.line_span(source.line(span.start));
            (line.start, line.end.max(line.start + 1))
        }
        Scope::Next => next(facts, span),
        Scope::DisableRegion => (span.end, whole),
    };
    let region = directive.scope == Scope::DisableRegion;
    for &rule in &rules {
        if region {
            open.entry(rule).or_default().push(silences.spans.len());
        }
        silences.spans.push(Silence {
            rule,
            start,
            end,
            comment: silences.comments.len(),
        });
    }
    silences.comments.push(Comment {
        span,
        dialect: directive.dialect,
        reason: directive.reason.unwrap_or_default(),
        rules,
        names_rules: !directive.rules.is_empty(),
        opens_region: region,
    });
}

/// The rules of ours that `directive` means. Names in a comment of ours that no rule has are put
/// down.
fn rules_of(
    silences: &mut Silences<'_>,
    span: Span,
    directive: &Directive<'_>,
) -> Vec<&'static str> {
    if directive.rules.is_empty() {
        return RULES.iter().map(|rule| rule.name).collect();
    }
    let words = span.start + "<!--".len() as u32;
    let mut rules = Vec::new();
    for name in &directive.rules {
        let before = rules.len();
        rules.extend(rules_known_as(name.text).map(|rule| rule.name));
        if rules.len() == before && directive.dialect == Dialect::Listwright {
            silences
                .unknown
                .push(span.with(words + name.start, words + name.end));
        }
    }
    rules.sort_unstable();
    rules.dedup();
    rules
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
    let end = match list.entries.get(after) {
        Some(entry) if entry.span.start < line.end => entry.span.end.max(line.end),
        _ => line.end,
    };
    (line.start, end.max(line.start + 1))
}

/// The comment at `span`, with its line where it stands alone on it.
pub(super) fn removable(list: &List, span: Span) -> Span {
    let line = list.source.line_span(list.source.line(span.start));
    let alone = list.slice(line).trim() == list.slice(span);
    if alone { line } else { span }
}
