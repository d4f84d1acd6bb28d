//! Comments that switch rules off: which findings they silence, and which of them do nothing.

mod comments;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Facts, Level, Options, RULES, Rule, Settings, unexplained_suppression, unknown_suppression,
    unused_suppression,
};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Edit, Fix};
use crate::list::directive::Dialect;
use crate::nearest::nearest;
use comments::{Comment, Silence, Silences};

/// Takes out of `found` what comments silence, and adds what is wrong with the comments.
pub(super) fn apply(
    facts: &[Facts<'_>],
    options: &Options,
    found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut by_file: BTreeMap<u32, Vec<Diagnostic>> = BTreeMap::new();
    for diagnostic in found {
        by_file
            .entry(diagnostic.span.file.0)
            .or_default()
            .push(diagnostic);
    }
    for facts in facts {
        let silences = comments::read(facts);
        if silences.comments.is_empty() {
            continue;
        }
        let settings = options.settings_for(facts.list.source.name());
        let of_list = by_file.entry(facts.list.source.id().0).or_default();
        let mut used = vec![false; silences.comments.len()];
        silence(&silences, of_list, &mut used);
        let mut about = unknown(facts, &silences, settings);
        about.extend(unexplained(facts, &silences, settings));
        silence(&silences, &mut about, &mut used);
        let mut unused = unused(facts, &silences, &used, settings);
        silence(&silences, &mut unused, &mut used);
        of_list.append(&mut about);
        of_list.append(&mut unused);
    }
    by_file.into_values().flatten().collect()
}

/// Takes out of `found` what `silences` cover, and marks the comments that did so as `used`. Where
/// several cover a finding, the one that begins last has silenced it.
fn silence(silences: &Silences<'_>, found: &mut Vec<Diagnostic>, used: &mut [bool]) {
    found.sort_by_key(|diagnostic| diagnostic.span.start);
    // The silences of each rule that have begun, the last on top. Ended ones go when they surface.
    let mut begun: BTreeMap<&str, Vec<&Silence>> = BTreeMap::new();
    let mut next = silences.spans.iter().peekable();
    found.retain(|diagnostic| {
        let start = diagnostic.span.start;
        while let Some(silence) = next.next_if(|silence| silence.start <= start) {
            begun.entry(silence.rule).or_default().push(silence);
        }
        let Some(open) = begun.get_mut(diagnostic.rule) else {
            return true;
        };
        while open.last().is_some_and(|silence| silence.end <= start) {
            open.pop();
        }
        // What is wrong with a comment is not silenced by the comment itself.
        let covers = |silence: &&&Silence| silences.comments[silence.comment].span.start != start;
        let Some(silence) = open.last().filter(covers) else {
            return true;
        };
        used[silence.comment] = true;
        false
    });
}

/// The severity of `rule`, if it is on.
fn severity(settings: &Settings, rule: &Rule) -> Option<Severity> {
    match settings.level(rule) {
        Level::On(severity) => Some(severity),
        Level::Off => None,
    }
}

/// Comments of ours that name no rule, or that are not understood.
fn unknown(facts: &Facts<'_>, silences: &Silences<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let rule = &unknown_suppression::RULE;
    let Some(severity) = severity(settings, rule) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for malformed in &silences.malformed {
        found.push(Diagnostic::new(
            rule.name,
            malformed.span,
            malformed.message.clone(),
        ));
    }
    for unknown in &silences.unknown {
        let name = facts.list.slice(*unknown);
        let message = format!("no rule is called `{name}`");
        let mut diagnostic = Diagnostic::new(rule.name, *unknown, message);
        if let Some(near) = nearest(name, RULES.iter().map(|rule| rule.name)) {
            diagnostic = diagnostic.help(format!("perhaps `{near}` was meant"));
        }
        found.push(diagnostic);
    }
    for diagnostic in &mut found {
        diagnostic.severity = severity;
    }
    found
}

/// Comments of ours without a reason.
fn unexplained(facts: &Facts<'_>, silences: &Silences<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let rule = &unexplained_suppression::RULE;
    let Some(severity) = severity(settings, rule) else {
        return Vec::new();
    };
    let shortest = settings.of(rule).number("shortest") as usize;
    let ours = silences
        .comments
        .iter()
        .filter(|comment| comment.dialect == Dialect::Listwright);
    let without = ours.filter(|comment| comment.reason.chars().count() < shortest.max(1));
    without
        .map(|comment| {
            let message = "the comment does not say why the rule is switched off";
            let mut diagnostic = Diagnostic::new(rule.name, comment.span, message)
                .help("write the reason behind ` -- `");
            diagnostic.severity = severity;
            diagnostic
        })
        .filter(|diagnostic| !facts.is_generated(diagnostic.span.start))
        .collect()
}

/// Comments of ours that silenced nothing, though a rule that they name is on.
fn unused(
    facts: &Facts<'_>,
    silences: &Silences<'_>,
    used: &[bool],
    settings: &Settings,
) -> Vec<Diagnostic> {
    let rule = &unused_suppression::RULE;
    let Some(severity) = severity(settings, rule) else {
        return Vec::new();
    };
    let on = RULES.iter().filter(|one| settings.level(one) != Level::Off);
    let on: BTreeSet<&str> = on.map(|one| one.name).collect();
    // A comment that names this very rule is kept for what it may silence later.
    let judged = |comment: &Comment<'_>| {
        comment.dialect == Dialect::Listwright
            && comment.rules.iter().any(|name| on.contains(name))
            && !(comment.names_rules && comment.rules.contains(&rule.name))
    };
    let mut found = Vec::new();
    for (comment, used) in silences.comments.iter().zip(used) {
        if *used || !judged(comment) {
            continue;
        }
        let message = "the comment silences nothing";
        let mut diagnostic = Diagnostic::new(rule.name, comment.span, message);
        if !comment.opens_region {
            let place = comments::removable(facts.list, comment.span);
            let fix = Fix::needs_review("Take the comment out", vec![Edit::delete(place)]);
            diagnostic = diagnostic.fix(fix);
        }
        diagnostic.severity = severity;
        found.push(diagnostic);
    }
    found
}
