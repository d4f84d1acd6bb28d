//! What can be wrong with a list: [`RULES`], and [`check`] that asks them.
//!
//! A rule is a value: its name, its page, its options and a function over the [`Facts`] of a list.
//! It stands in one file under `rules/`, whose header is its page, and in one line of [`RULES`].

mod address;
mod facts;
pub mod fix;
#[cfg(test)]
mod growth;
mod option;
mod page;
mod registry;
mod suppress;
mod unread_link;
mod words;

mod bare_link;
mod broken_anchor;
mod broken_path;
mod duplicate_link;
mod duplicate_title;
mod empty_link;
mod entry_without_link;
mod insecure_link;
mod link_shortener;
mod malformed_link;
mod tracking_parameters;
mod unsafe_link;

mod contents_out_of_date;

mod ci_badge;
mod contents_first;
mod license_section;
mod lowercase_description;
mod missing_badge;
mod missing_code_of_conduct;
mod missing_contributing;
mod misspelt_name;
mod text_before_link;
mod title_case;

mod break_under_heading;
mod conflict_markers;
mod description_in_link;
mod description_punctuation;
mod description_repeats_title;
mod duplicate_heading;
mod empty_section;
mod entry_indent;
mod entry_marker;
mod entry_separator;
mod final_newline;
mod heading_punctuation;
mod invisible_character;
mod missing_description;
mod missing_space;
mod missing_title;
mod mixed_newlines;
mod mixed_quotes;
mod new_entry_at_bottom;
mod numbering;
mod repeated_space;
mod several_titles;
mod skipped_heading_level;
mod space_in_link_text;
mod unbalanced_punctuation;
mod unclosed_html;
mod unexplained_suppression;
mod unknown_suppression;
mod unsorted_section;
mod unused_suppression;

mod trailing_whitespace;

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::list::List;
use crate::source::FileId;

pub use facts::{Earlier, Facts, HasFile, Surroundings};
pub use option::{OptionKind, OptionSpec, RuleSettings, Settings, Value};
pub use page::{Example, Page};
pub use registry::RULES;

/// The sets of rules that a configuration starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Preset {
    /// What is wrong in any list, judged against the list's own style.
    #[default]
    Default,
    /// What the guidelines of the awesome community ask for, besides.
    Awesome,
    /// Every rule.
    Strict,
}

impl Preset {
    /// All presets, in the order in which they ask for more.
    pub const ALL: [Preset; 3] = [Preset::Default, Preset::Awesome, Preset::Strict];

    /// The name that a configuration uses.
    pub fn name(self) -> &'static str {
        match self {
            Preset::Default => "default",
            Preset::Awesome => "awesome",
            Preset::Strict => "strict",
        }
    }
}

/// How much a rule's findings matter, or that it is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// The rule is not asked.
    Off,
    /// It is, and its findings matter this much.
    On(Severity),
}

impl Level {
    /// All levels, from least to most.
    pub const ALL: [Level; 4] = [Level::Off, ADVICE, WARNING, ERROR];

    /// The word for it, as a configuration writes it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::On(severity) => severity.name(),
        }
    }
}

/// Findings are advice.
pub const ADVICE: Level = Level::On(Severity::Advice);
/// Findings are warnings.
pub const WARNING: Level = Level::On(Severity::Warning);
/// Findings are errors.
pub const ERROR: Level = Level::On(Severity::Error);

/// What a rule is about; its page and the list of rules are ordered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Links and what they lead to.
    Links,
    /// The table of contents.
    Contents,
    /// Title, headings, numbering and markup.
    Structure,
    /// Entries and their parts.
    Entries,
    /// White space and characters.
    Text,
    /// The guidelines of the awesome community.
    Awesome,
    /// The comments that switch rules off.
    Suppressions,
}

impl Group {
    /// The group's name as a heading.
    pub fn name(self) -> &'static str {
        match self {
            Group::Links => "Links",
            Group::Contents => "Contents",
            Group::Structure => "Structure",
            Group::Entries => "Entries",
            Group::Text => "Text",
            Group::Awesome => "Awesome guidelines",
            Group::Suppressions => "Suppressions",
        }
    }
}

/// Which fixes a rule's findings carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fixes {
    /// None.
    Never,
    /// Fixes that keep every word and link, on all findings or some.
    Safe,
    /// Fixes that a person should look at, on all findings or some.
    Unsafe,
}

/// How a rule looks for what it finds.
#[derive(Clone, Copy)]
pub enum Check {
    /// At one list by itself.
    List(fn(&Facts<'_>, &RuleSettings<'_>, &mut Vec<Diagnostic>)),
    /// At all lists of a run together, without those for which the rule is off.
    Project(fn(&[Asked<'_>], &mut Vec<Diagnostic>)),
    /// Found by [`check`] itself, from the comments that switch rules off.
    Suppressions,
}

/// A list that a rule looks at, and the rule's options for that list.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The list and what is known of it.
    pub facts: &'a Facts<'a>,
    /// The options, as the last override that matches the list has them.
    pub settings: RuleSettings<'a>,
}

/// Something that can be wrong with a list.
pub struct Rule {
    /// What it finds, kebab-case; it reads well after "allow".
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// Its level in the preset `default`.
    pub level: Level,
    /// Its level in the preset `awesome`; `strict` asks every rule that is off there as a warning.
    pub awesome: Level,
    /// Names by which other linters know it, for the comments that lists already carry.
    pub aliases: &'static [&'static str],
    /// Its options.
    pub options: &'static [OptionSpec],
    /// Its fixes.
    pub fixes: Fixes,
    /// How it looks.
    pub check: Check,
    /// The text of its source file, whose header is its page.
    pub source: &'static str,
}

impl Rule {
    /// The rule's level in `preset`.
    pub fn level_in(&self, preset: Preset) -> Level {
        match preset {
            Preset::Default => self.level,
            Preset::Awesome => self.awesome,
            Preset::Strict if self.awesome == Level::Off => WARNING,
            Preset::Strict => self.awesome,
        }
    }

    /// The rule's page.
    pub fn page(&self) -> Page {
        Page::read(self.source)
    }
}

/// The rule called `name`.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// The rules that `name` stands for, as their own name or as another linter's.
pub fn rules_known_as(name: &str) -> impl Iterator<Item = &'static Rule> {
    RULES
        .iter()
        .copied()
        .filter(move |rule| rule.name == name || rule.aliases.contains(&name))
}

/// What [`check`] is asked to do.
#[derive(Default)]
pub struct Options {
    /// Levels and options of the rules.
    pub settings: Settings,
    /// Settings for lists with certain names, the last that matches counts.
    pub overrides: Vec<Override>,
    /// What rules may know of the files around a list.
    pub surroundings: Surroundings,
}

/// Settings for some lists.
pub struct Override {
    /// Whether they are for the list of this name.
    pub matches: Box<dyn Fn(&str) -> bool + Send + Sync>,
    /// The settings, complete.
    pub settings: Settings,
}

impl Options {
    /// The settings of all lists and of those with certain names.
    pub fn all_settings(&self) -> impl Iterator<Item = &Settings> {
        let of_some = self.overrides.iter().map(|one| &one.settings);
        std::iter::once(&self.settings).chain(of_some)
    }

    /// The settings for the list called `name`.
    pub fn settings_for(&self, name: &str) -> &Settings {
        self.overrides
            .iter()
            .rev()
            .find(|one| (one.matches)(name))
            .map_or(&self.settings, |one| &one.settings)
    }
}

/// Asks every rule that is on about `lists`, which are judged together.
///
/// The findings come in the order of the lists and of the places in them.
pub fn check(lists: &[List], options: &Options) -> Vec<Diagnostic> {
    let facts: Vec<Facts<'_>> = lists
        .iter()
        .map(|list| Facts::new(list, &options.surroundings))
        .collect();
    let mut found = Vec::new();
    let settings: Vec<&Settings> = lists
        .iter()
        .map(|list| options.settings_for(list.source.name()))
        .collect();
    for (facts, settings) in facts.iter().zip(&settings) {
        let mut of_list = Vec::new();
        for rule in RULES {
            if let (Check::List(check), Level::On(severity)) = (rule.check, settings.level(rule)) {
                let before = of_list.len();
                check(facts, &settings.of(rule), &mut of_list);
                set_severity(&mut of_list[before..], severity);
            }
        }
        found.append(&mut of_list);
    }
    for rule in RULES {
        if let Check::Project(check) = rule.check {
            check_together(rule, check, &facts, &settings, &mut found);
        }
    }
    let mut found = suppress::apply(&facts, options, found);
    found.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    found
}

/// Asks a rule about all lists for which it is on; a finding matters as much as the settings of the
/// list in which it stands say.
fn check_together<'a>(
    rule: &'static Rule,
    check: fn(&[Asked<'_>], &mut Vec<Diagnostic>),
    facts: &'a [Facts<'a>],
    settings: &[&'a Settings],
    found: &mut Vec<Diagnostic>,
) {
    let mut asked = Vec::new();
    let mut severities: HashMap<FileId, Severity> = HashMap::new();
    for (facts, settings) in facts.iter().zip(settings) {
        if let Level::On(severity) = settings.level(rule) {
            let settings = settings.of(rule);
            asked.push(Asked { facts, settings });
            severities.insert(facts.list.source.id(), severity);
        }
    }
    if asked.is_empty() {
        return;
    }
    let before = found.len();
    check(&asked, found);
    for one in &mut found[before..] {
        if let Some(severity) = severities.get(&one.span.file) {
            set_severity(std::slice::from_mut(one), *severity);
        }
    }
}

/// Gives findings the severity that the settings ask for. A finding that says of itself that it is
/// advice stays advice: the rule is less sure of it.
fn set_severity(found: &mut [Diagnostic], severity: Severity) {
    for diagnostic in found {
        diagnostic.severity = match diagnostic.severity {
            Severity::Advice => Severity::Advice,
            _ => severity,
        };
    }
}

/// Whether one of `files` stands beside a list, or where repositories keep such files; `None` where
/// that cannot be known.
fn has_one_of(facts: &Facts<'_>, files: &[&str]) -> Option<bool> {
    for folder in ["", ".github/", "docs/"] {
        for file in files {
            if facts.has_file(&format!("{folder}{file}"))? {
                return Some(true);
            }
        }
    }
    Some(false)
}

/// The place of what is missing in the whole list: its title, else its first line.
fn title_of(facts: &Facts<'_>) -> crate::source::Span {
    let title = facts
        .list
        .headings()
        .next()
        .map(|(_, heading)| heading.title);
    title.unwrap_or_else(|| facts.list.source.line_content(1))
}
