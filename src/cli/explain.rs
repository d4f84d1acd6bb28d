//! `explain` and `rules`: what the rules are.

use std::io::Write;

use clap::Args;

use super::{CLEAN, Global, Trouble};
use crate::nearest::nearest;
use crate::report::{RuleInfo, catalogue};
use crate::rules::{Fixes, Level, Preset, RULES, Rule, rules_known_as};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The rule's name, or the name another linter gives it
    rule: String,
}

/// Arguments of `rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// As JSON instead of a table
    #[arg(long)]
    json: bool,
}

pub(super) fn explain(command: &Explain, _global: &Global) -> Result<u8, Trouble> {
    let known: Vec<&Rule> = rules_known_as(&command.rule).collect();
    if known.is_empty() {
        return Err(unknown_rule(&command.rule));
    }
    let mut out = std::io::stdout().lock();
    for rule in known {
        write!(out, "{}", rule_page(rule))?;
    }
    Ok(CLEAN)
}

/// The trouble of a rule name that nobody knows, with the nearest that is known.
pub(super) fn unknown_rule(name: &str) -> Trouble {
    let trouble = Trouble::new(format!(
        "there is no rule `{}`",
        super::trouble::shown(name.as_ref())
    ));
    match nearest(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => trouble.hint(format!("did you mean `{near}`?")),
        None => trouble.hint("`listwright rules` lists them all"),
    }
}

/// The whole page of a rule: its name, where it stands, and what its file says.
pub fn rule_page(rule: &Rule) -> String {
    let page = rule.page();
    let levels: Vec<String> = Preset::ALL
        .iter()
        .map(|&preset| format!("`{}` in `{}`", rule.level_in(preset).name(), preset.name()))
        .collect();
    let mut text = format!("# {}\n\n{}\n", rule.name, page.text.trim_end());
    text.push_str(&format!("\n## Level\n\n{}\n", levels.join(", ")));
    if !rule.options.is_empty() {
        text.push_str("\n## Options\n\n| option | default | what it does |\n| --- | --- | --- |\n");
        for option in rule.options {
            text.push_str(&format!(
                "| `{}` | `{}` | {} |\n",
                option.name,
                option.kind.default_as_toml(),
                option.help
            ));
        }
    }
    if !rule.aliases.is_empty() {
        let names: Vec<String> = rule
            .aliases
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        text.push_str(&format!("\n## Also known as\n\n{}\n", names.join(", ")));
    }
    text
}

/// The page that lists all rules, for the folder of their pages.
pub fn rules_index() -> String {
    let mut text = String::from(
        "# Rules\n\n`[*]` is mended by `--fix`, `[?]` by `--unsafe-fixes`. The level is the one in the preset\n`default`; `off` there means that another preset or a configuration switches the rule on.\n",
    );
    let mut group = None;
    for rule in RULES {
        if group != Some(rule.group) {
            text.push_str(&format!(
                "\n## {}\n\n| rule | level | fix | what it finds |\n| --- | --- | --- | --- |\n",
                rule.group.name()
            ));
            group = Some(rule.group);
        }
        text.push_str(&format!(
            "| [`{0}`]({0}.md) | {1} | {2} | {3} |\n",
            rule.name,
            rule.level.name(),
            fixes_mark(rule).trim(),
            rule.page().summary.replace('|', "\\|")
        ));
    }
    text
}

/// The mark of a rule whose findings can be mended, three characters wide.
fn fixes_mark(rule: &Rule) -> &'static str {
    match rule.fixes {
        Fixes::Never => "   ",
        Fixes::Safe => "[*]",
        Fixes::Unsafe => "[?]",
    }
}

pub(super) fn rules(command: &Rules, _global: &Global) -> Result<u8, Trouble> {
    let mut out = std::io::stdout().lock();
    if command.json {
        catalogue::write(&rule_infos(), &mut out)?;
        return Ok(CLEAN);
    }
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut group = None;
    for rule in RULES {
        if group != Some(rule.group) {
            let gap = if group.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}", rule.group.name())?;
            group = Some(rule.group);
        }
        writeln!(
            out,
            "  {:width$}  {:7} {} {}",
            rule.name,
            rule.level.name(),
            fixes_mark(rule),
            rule.page().summary
        )?;
    }
    writeln!(out, "\n[*] mended by --fix   [?] mended by --unsafe-fixes")?;
    Ok(CLEAN)
}

/// Where the pages of rules are read.
const PAGES: &str = "https://github.com/listwright/listwright/blob/main/docs/rules";

/// Where the page of the rule called `name` is read.
pub(super) fn page_url(name: &str) -> String {
    format!("{PAGES}/{name}.md")
}

/// What reports say of the rules.
pub(super) fn rule_infos() -> Vec<RuleInfo> {
    RULES
        .iter()
        .map(|rule| {
            let page = rule.page();
            RuleInfo {
                name: rule.name,
                summary: page.summary,
                page: page.text,
                url: page_url(rule.name),
                severity: match rule.level {
                    Level::Off => None,
                    Level::On(severity) => Some(severity),
                },
                fixable: rule.fixes != Fixes::Never,
            }
        })
        .collect()
}
