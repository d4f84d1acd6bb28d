//! Findings as SARIF 2.1.0 (OASIS), in the subset that GitHub's code scanning reads.

use std::io;

use serde_json::{Map, Value, json};

use super::fingerprint::{Fingerprint, fingerprints};
use super::uri::percent_encoded;
use super::{Findings, Place, RuleInfo, neutral, wire};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Edit, Fix};
use crate::source::Span;

/// Name and version of the fingerprint; the version rises when the value is made otherwise.
const FINGERPRINT: &str = "listwright/v1";
/// Related places of one finding; code scanning shows no more.
const MOST_RELATED: usize = 100;

/// Writes one run with every rule and every finding. Columns count Unicode characters.
///
/// # Errors
/// Those of `out`.
pub fn write(findings: &Findings<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let names = fingerprints(findings.sources, findings.diagnostics);
    let with_names = findings.diagnostics.iter().zip(names);
    let results: Vec<Value> = with_names
        .map(|(diagnostic, name)| result(findings, diagnostic, name))
        .collect();
    let rules: Vec<Value> = findings.rules.iter().map(rule).collect();
    let artifacts: Vec<Value> = findings
        .sources
        .iter()
        .map(|source| json!({ "location": artifact(super::place::path_of(source)) }))
        .collect();
    let mut driver = json!({
        "name": super::TOOL,
        "semanticVersion": super::TOOL_VERSION,
        "rules": rules,
    });
    let home = env!("CARGO_PKG_REPOSITORY");
    if !home.is_empty() {
        driver["informationUri"] = json!(home);
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "automationDetails": { "id": "listwright/" },
            "columnKind": "unicodeCodePoints",
            "artifacts": artifacts,
            "results": results,
        }],
    });
    wire::write(&log, out)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn rule(rule: &RuleInfo) -> Value {
    let configuration = match rule.severity {
        Some(severity) => json!({ "enabled": true, "level": level(severity) }),
        None => json!({ "enabled": false }),
    };
    let summary = sentence(&rule.summary);
    let mut descriptor = json!({
        "id": rule.name,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "help": { "text": help_text(rule), "markdown": rule.page },
        "helpUri": rule.url,
        "defaultConfiguration": configuration,
        "properties": { "tags": ["markdown", "list"], "precision": "high" },
    });
    // A name that says no more than the id is one that the specification asks to leave out.
    let name = pascal_case(rule.name);
    if !name.eq_ignore_ascii_case(rule.name) {
        descriptor["name"] = json!(name);
    }
    descriptor
}

/// The page for viewers that show no Markdown: it is readable as it is written.
fn help_text(rule: &RuleInfo) -> &str {
    match rule.page.trim() {
        "" => &rule.summary,
        page => page,
    }
}

/// `DuplicateLink` for `duplicate-link`, as the specification asks of names of rules.
fn pascal_case(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    for word in name.split('-') {
        let mut characters = word.chars();
        pascal.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        pascal.push_str(characters.as_str());
    }
    pascal
}

fn result(findings: &Findings<'_>, diagnostic: &Diagnostic, name: Fingerprint) -> Value {
    let related = related(findings, diagnostic);
    let mut result = json!({
        "ruleId": diagnostic.rule,
        "level": level(diagnostic.severity),
        "message": { "text": message(diagnostic, &related) },
        "locations": location(findings.sources.place(diagnostic.span)).into_iter().collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: name.to_string() },
    });
    let index = findings
        .rules
        .iter()
        .position(|rule| rule.name == diagnostic.rule);
    if let Some(index) = index {
        result["ruleIndex"] = json!(index);
    }
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    if let Some(fix) = diagnostic.fix.as_ref().and_then(|it| fix(findings, it)) {
        result["fixes"] = json!([fix]);
    }
    result
}

/// The message, what to do, and a link to each related place: code scanning shows those that a
/// message links to.
fn message(diagnostic: &Diagnostic, related: &[Value]) -> String {
    let mut text = sentence(&literal(&diagnostic.message));
    if let Some(help) = &diagnostic.help {
        text.push(' ');
        text.push_str(&sentence(&literal(help)));
    }
    let links: Vec<String> = related
        .iter()
        .filter_map(|location| {
            let label = location["message"]["text"].as_str()?;
            let label = label.replace('\\', "\\\\");
            let label = label.replace('[', "\\[").replace(']', "\\]");
            Some(format!("[{label}]({})", location["id"]))
        })
        .collect();
    if !links.is_empty() {
        text.push_str(&format!(" See: {}.", links.join(", ")));
    }
    text
}

/// Text of a list as a message takes it: brackets that would make a link are escaped.
fn literal(text: &str) -> String {
    let text = neutral::line(text);
    if text.contains("](") {
        return text.replace('[', "\\[").replace(']', "\\]");
    }
    text.into_owned()
}

/// `text` with a full stop, which SARIF asks of messages.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    let end = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{text}{end}")
}

fn related(findings: &Findings<'_>, diagnostic: &Diagnostic) -> Vec<Value> {
    let mut related = Vec::new();
    for label in diagnostic.labels.iter().take(MOST_RELATED) {
        if let Some(mut location) = location(findings.sources.place(label.span)) {
            location["id"] = json!(related.len() + 1);
            location["message"] = json!({ "text": neutral::line(&label.message) });
            related.push(location);
        }
    }
    related
}

fn location(place: Option<Place<'_>>) -> Option<Value> {
    let place = place?;
    Some(json!({
        "physicalLocation": {
            "artifactLocation": artifact(place.path),
            "region": region(&place),
        },
    }))
}

/// A path relative to the root of the repository, or a `file` URI where it is absolute.
fn artifact(path: &str) -> Value {
    let encoded = percent_encoded(path);
    if path.starts_with('/') {
        return json!({ "uri": format!("file://{encoded}") });
    }
    json!({ "uri": encoded, "uriBaseId": "%SRCROOT%" })
}

fn region(place: &Place<'_>) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

/// The change, with the exact regions that it replaces. All edits of a fix are of one file.
fn fix(findings: &Findings<'_>, fix: &Fix) -> Option<Value> {
    let file = fix.edits.first()?.span.file;
    let source = findings.sources.get(file)?;
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .filter_map(|edit| replacement(findings, edit))
        .collect();
    Some(json!({
        "description": { "text": sentence(&neutral::line(&fix.title)) },
        "artifactChanges": [{
            "artifactLocation": artifact(super::place::path_of(source)),
            "replacements": replacements,
        }],
    }))
}

fn replacement(findings: &Findings<'_>, edit: &Edit) -> Option<Value> {
    let Edit { span, replacement } = edit;
    let place = findings
        .sources
        .extent(Span::new(span.file, span.start, span.end))?;
    let mut change = Map::new();
    change.insert("deletedRegion".to_owned(), region(&place));
    if !replacement.is_empty() {
        change.insert("insertedContent".to_owned(), json!({ "text": replacement }));
    }
    Some(Value::Object(change))
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{HOSTILE, Sample};
    use super::*;

    fn run(sample: &Sample) -> Value {
        let log: Value = serde_json::from_str(&sample.report(Format::Sarif)).expect("JSON");
        log["runs"][0].clone()
    }

    #[test]
    fn every_rule_has_help() {
        let run = run(&Sample::new());
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        assert_eq!(rules.len(), 3);
        for rule in rules {
            assert!(
                rule["help"]["text"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
            assert!(
                rule["help"]["markdown"]
                    .as_str()
                    .is_some_and(|text| text.contains("**"))
            );
        }
        assert_eq!(rules[0]["name"], "DuplicateLink");
        assert_eq!(rules[2]["name"], Value::Null);
        assert_eq!(rules[0]["defaultConfiguration"]["level"], "error");
        assert_eq!(
            rules[1]["defaultConfiguration"],
            json!({ "enabled": false })
        );
    }

    #[test]
    fn a_finding_links_to_its_related_places() {
        let result = run(&Sample::new())["results"][0].clone();
        assert_eq!(
            result["message"]["text"],
            "`Übung` is listed twice. Remove one of them. \
             See: [first here](1), [and in another list](2)."
        );
        assert_eq!(result["ruleIndex"], 0);
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            location["region"],
            json!({ "startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 25 })
        );
        let related = &result["relatedLocations"][1];
        assert_eq!(related["id"], 2);
        let artifact = &related["physicalLocation"]["artifactLocation"];
        assert_eq!(artifact["uri"], "docs/more%20lists.md");
    }

    #[test]
    fn a_fix_tells_the_exact_regions() {
        let run = run(&Sample::new());
        let change = &run["results"][1]["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], "README.md");
        let inserted = &change["replacements"][0];
        assert_eq!(inserted["insertedContent"]["text"], "1. ");
        assert_eq!(
            inserted["deletedRegion"],
            json!({ "startLine": 3, "startColumn": 32, "endLine": 3, "endColumn": 32 })
        );
        let removed = &run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(removed["insertedContent"], Value::Null);
    }

    #[test]
    fn fingerprints_do_not_move_with_the_lines() {
        let mut sample = Sample::new();
        let before = run(&sample)["results"][0]["partialFingerprints"].clone();
        let [list, other] = &sample.lists;
        let text = format!("\n\n{}", list.text());
        let moved = crate::source::Source::new(list.id(), list.name(), text);
        sample.lists = [moved, other.clone()];
        for diagnostic in &mut sample.diagnostics {
            diagnostic.span = diagnostic
                .span
                .with(diagnostic.span.start + 2, diagnostic.span.end + 2);
        }
        assert_eq!(run(&sample)["results"][0]["partialFingerprints"], before);
    }

    #[test]
    fn text_of_a_list_is_no_link_and_a_fix_is_exact() {
        let result = run(&Sample::hostile())["results"][1].clone();
        let text = result["message"]["text"].as_str().expect("a text");
        assert!(!text.contains("[link]("), "{text}");
        assert!(text.contains("\\[link\\](javascript:x)"), "{text}");
        let inserted = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(inserted["insertedContent"]["text"], HOSTILE);
    }
}
