//! `check`: what is wrong with lists.

mod tell;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::configure::{self, ConfigArguments};
use super::fix::{self, Mode};
use super::news;
use super::progress::Progress;
use super::{CLEAN, FINDINGS, Global, TROUBLE, Trouble, color, explain, files, tell};
use crate::diagnostic::Diagnostic;
use crate::edit::Safety;
use crate::list::List;
use crate::report::Format;
use crate::rules::{Check as Look, Level, Options, Preset, RULES, Rule, Value, check, rule};
use crate::source::{FileId, Source};
use tell::Teller;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Lists, or folders that hold lists; `-` reads the standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigArguments,
    #[command(flatten)]
    rules: RuleArguments,
    #[command(flatten)]
    fixes: FixArguments,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    news: NewsArguments,
    #[command(flatten)]
    select: SelectArguments,
    /// The name of the list that is read from the standard input
    #[arg(long, value_name = "PATH", default_value = "stdin.md")]
    stdin_filename: String,
    /// Exit with 0 whatever was found
    #[arg(long)]
    exit_zero: bool,
}

/// Which rules are asked.
#[derive(Debug, Args)]
struct RuleArguments {
    /// The set of rules to start from: default, awesome, strict
    #[arg(long, value_name = "PRESET", value_parser = configure::preset)]
    preset: Option<Preset>,
    /// Ask only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,
    /// Do not ask these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    allow: Vec<String>,
    /// Where a work may stand once: list, section, or project, which is all lists of this run
    #[arg(long, value_name = "SCOPE", value_parser = ["list", "section", "project"])]
    scope: Option<String>,
}

/// What is done with fixes.
#[derive(Debug, Args)]
struct FixArguments {
    /// Mend what can be mended without losing a word or a link
    #[arg(long)]
    fix: bool,
    /// Mend what can be mended; look at the result afterwards
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what the fixes would change, and change nothing
    #[arg(long)]
    diff: bool,
    /// Exit with 1 if anything was mended
    #[arg(long)]
    exit_non_zero_on_fix: bool,
}

/// How findings are told.
#[derive(Debug, Args)]
struct OutputArguments {
    /// Form of the output: full, concise, json, github, sarif, gitlab, junit, rdjson
    #[arg(long, default_value = "full", value_name = "FORMAT")]
    output_format: Format,
    /// Write the findings to this file instead of the standard output
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    /// Count the findings by rule instead of showing them
    #[arg(long)]
    statistics: bool,
    /// Append a summary in Markdown to this file, as GitHub's job summary wants it
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

/// Which findings are new.
#[derive(Debug, Args)]
struct NewsArguments {
    /// Only what the lists did not say in this revision of git
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Only what this baseline does not hold
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found to a baseline, and exit with 0
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
}

/// Which files are lists.
#[derive(Debug, Default, Args)]
pub struct SelectArguments {
    /// Pass over files that match this pattern, as in `.gitignore`
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// Take files that match this pattern though their name or an ignore file speaks against it
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Pass over excluded files even when they are named one by one
    #[arg(long)]
    force_exclude: bool,
}

impl SelectArguments {
    /// The selection that the arguments and the configuration make together.
    pub(super) fn with(&self, config: &crate::config::Files) -> files::Selection {
        files::Selection {
            exclude: [config.exclude.as_slice(), &self.exclude].concat(),
            include: [config.include.as_slice(), &self.include].concat(),
            force_exclude: self.force_exclude,
        }
    }
}

impl FixArguments {
    fn mode(&self) -> Mode {
        let safety = match self.unsafe_fixes {
            true => Safety::Unsafe,
            false => Safety::Safe,
        };
        match (self.diff, self.fix || self.unsafe_fixes) {
            (true, _) => Mode::Show(safety),
            (false, true) => Mode::Write(safety),
            (false, false) => Mode::Off,
        }
    }
}

/// What was found in one list.
struct Checked {
    source: Source,
    found: Vec<Diagnostic>,
    fixed: usize,
    /// The lines that `--since` found changed.
    changed: BTreeSet<u32>,
    /// What the fixes would change.
    patch: String,
    trouble: Option<Trouble>,
}

pub(super) fn run(command: &Check, global: &Global) -> Result<u8, Trouble> {
    let start = command
        .paths
        .first()
        .map_or(Path::new("."), PathBuf::as_path);
    let start = if start.as_os_str() == "-" {
        Path::new(&command.stdin_filename)
    } else {
        start
    };
    let loaded = configure::load(&command.config, start)?;
    let mut options = configure::rule_options(&loaded)?;
    command.rules.apply(&mut options)?;
    if let Some(revision) = command.news.since.clone() {
        let earlier = move |name: &str| news::text_at(&revision, Path::new(name));
        options.surroundings.earlier = Some(Box::new(earlier));
    }
    let selection = command.select.with(&loaded.config.files);
    let (inputs, mut troubles) = inputs(command, &selection);
    let baseline = command
        .news
        .baseline
        .as_deref()
        .map(news::read_baseline)
        .transpose()?;
    let together = together(&options);
    let run = Run {
        command,
        options: &options,
        color: color::style(global.color).color,
    };
    let mut teller = Teller::new(command, global, baseline);
    if together {
        let checked = run.together(inputs, &mut troubles);
        teller.take(faultless(checked, &mut troubles)?)?;
    } else {
        run.apart(&inputs, &mut teller, &mut troubles)?;
    }
    let failed = teller.end()?;
    for trouble in &troubles {
        tell(trouble);
    }
    Ok(match (troubles.is_empty(), failed && !command.exit_zero) {
        (false, _) => TROUBLE,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    })
}

impl RuleArguments {
    fn apply(&self, options: &mut Options) -> Result<(), Trouble> {
        for name in self.only.iter().chain(&self.allow) {
            if rule(name).is_none() {
                return Err(explain::unknown_rule(name));
            }
        }
        let all = options.overrides.iter_mut().map(|one| &mut one.settings);
        for settings in std::iter::once(&mut options.settings).chain(all) {
            settings.preset = self.preset.unwrap_or(settings.preset);
            for rule in RULES {
                if let Some(scope) = self.scope.clone().filter(|_| has_scope(rule)) {
                    let values = settings.values.entry(rule.name.to_owned()).or_default();
                    values.insert("scope".to_owned(), Value::Text(scope));
                }
                let name = rule.name.to_owned();
                let unwanted = !self.only.is_empty() && !self.only.contains(&name);
                if unwanted || self.allow.contains(&name) {
                    settings.levels.insert(name, Level::Off);
                } else if self.only.contains(&name) && settings.level(rule) == Level::Off {
                    settings.levels.insert(name, crate::rules::WARNING);
                }
            }
        }
        Ok(())
    }
}

/// Whether a rule can be asked to look at all lists at once.
fn has_scope(rule: &Rule) -> bool {
    let mut options = rule.options.iter();
    matches!(rule.check, Look::Project(_)) && options.any(|option| option.name == "scope")
}

/// Whether some rule that is on is asked to look at all lists at once: its `scope` is the project.
fn together(options: &Options) -> bool {
    RULES.iter().any(|rule| {
        has_scope(rule)
            && options.all_settings().any(|settings| {
                settings.level(rule) != Level::Off && settings.of(rule).text("scope") == "project"
            })
    })
}

/// What is to be checked: the standard input, or files.
enum Input {
    Stdin,
    File(files::Found),
}

fn inputs(command: &Check, selection: &files::Selection) -> (Vec<Input>, Vec<Trouble>) {
    if command.paths.iter().any(|path| path.as_os_str() == "-") {
        return (vec![Input::Stdin], Vec::new());
    }
    let (found, troubles) = files::find(&command.paths, selection);
    (found.into_iter().map(Input::File).collect(), troubles)
}

struct Run<'r> {
    command: &'r Check,
    options: &'r Options,
    color: bool,
}

impl Run<'_> {
    fn read(&self, id: FileId, input: &Input) -> Result<Option<List>, Trouble> {
        let source = match input {
            Input::Stdin => files::read_stdin(id, &self.command.stdin_filename)?,
            Input::File(found) => files::read(id, &found.path)?,
        };
        let list = files::parse(source)?;
        // A file that was found in a folder and lists nothing is a page of prose.
        let named = matches!(
            input,
            Input::Stdin | Input::File(files::Found { named: true, .. })
        );
        Ok((named || !list.entries.is_empty()).then_some(list))
    }

    /// Checks each list by itself, in parallel. Where the findings are told as the run goes, the
    /// texts of one portion are held and no more.
    fn apart(
        &self,
        inputs: &[Input],
        teller: &mut Teller<'_>,
        troubles: &mut Vec<Trouble>,
    ) -> Result<(), Trouble> {
        let progress = Progress::new();
        let portion = match teller.goes_along() {
            true => PORTION,
            false => inputs.len().max(1),
        };
        for (number, some) in inputs.chunks(portion).enumerate() {
            let results: Vec<Result<Option<Checked>, Trouble>> = some
                .par_iter()
                .enumerate()
                .map(|(at, input)| {
                    progress.step("checking lists:", inputs.len());
                    let list = self.read(FileId((number * portion + at) as u32), input)?;
                    Ok(list.map(|list| self.one(input, list)))
                })
                .collect();
            progress.clear();
            teller.take(faultless(collect(results, troubles), troubles)?)?;
        }
        Ok(())
    }

    /// Checks all lists together, for the rules that look at several at once.
    fn together(&self, inputs: Vec<Input>, troubles: &mut Vec<Trouble>) -> Vec<Checked> {
        let progress = Progress::new();
        let results: Vec<Result<Option<(Checked, List)>, Trouble>> = inputs
            .par_iter()
            .enumerate()
            .map(|(index, input)| {
                progress.step("reading lists:", inputs.len());
                let Some(list) = self.read(FileId(index as u32), input)? else {
                    return Ok(None);
                };
                let (checked, list) = self.fixed(input, list);
                Ok(Some((checked, list)))
            })
            .collect();
        let (mut checked, lists): (Vec<Checked>, Vec<List>) =
            collect(results, troubles).into_iter().unzip();
        let mut by_file: BTreeMap<FileId, Vec<Diagnostic>> = BTreeMap::new();
        progress.say(&format!("checking {} lists together", lists.len()));
        for diagnostic in check(&lists, self.options) {
            by_file
                .entry(diagnostic.span.file)
                .or_default()
                .push(diagnostic);
        }
        for (one, list) in checked.iter_mut().zip(&lists) {
            one.found = by_file.remove(&one.source.id()).unwrap_or_default();
            self.only_new(&inputs, one, list);
        }
        checked
    }

    fn one(&self, input: &Input, list: List) -> Checked {
        let (mut checked, list) = self.fixed(input, list);
        checked.found = check(std::slice::from_ref(&list), self.options);
        self.only_new(std::slice::from_ref(input), &mut checked, &list);
        checked
    }

    /// The list after its fixes.
    fn fixed(&self, input: &Input, list: List) -> (Checked, List) {
        let path = match input {
            Input::Stdin => None,
            Input::File(found) => Some(found.path.as_path()),
        };
        let applied = fix::apply(
            list,
            path,
            self.options,
            self.command.fixes.mode(),
            self.color,
        );
        let checked = Checked {
            source: applied.list.source.clone(),
            found: Vec::new(),
            fixed: applied.count,
            changed: BTreeSet::new(),
            patch: applied.patch,
            trouble: applied.trouble,
        };
        (checked, applied.list)
    }

    fn only_new(&self, inputs: &[Input], checked: &mut Checked, list: &List) {
        let Some(revision) = &self.command.news.since else {
            return;
        };
        let path = inputs.iter().find_map(|input| match input {
            Input::File(found) if files::name(&found.path) == list.source.name() => {
                Some(found.path.as_path())
            }
            _ => None,
        });
        let path = path.unwrap_or(Path::new(list.source.name()));
        let found = std::mem::take(&mut checked.found);
        match news::since(revision, path, list, found, self.options) {
            Ok(new) => {
                checked.found = new.found;
                checked.changed = new.changed;
            }
            Err(trouble) => checked.trouble = Some(trouble),
        }
    }
}

/// How many lists are checked before their findings are told, where these are told as the run goes.
const PORTION: usize = 64;

/// `checked`, of which the troubles were taken; the one that no further output is wanted is an error.
fn faultless(
    mut checked: Vec<Checked>,
    troubles: &mut Vec<Trouble>,
) -> Result<Vec<Checked>, Trouble> {
    for one in &mut checked {
        troubles.extend(one.trouble.take());
    }
    match troubles.iter().position(Trouble::is_closed_pipe) {
        Some(at) => Err(troubles.swap_remove(at)),
        None => Ok(checked),
    }
}

fn collect<T>(results: Vec<Result<Option<T>, Trouble>>, troubles: &mut Vec<Trouble>) -> Vec<T> {
    let mut good = Vec::new();
    for result in results {
        match result {
            Ok(one) => good.extend(one),
            Err(trouble) => troubles.push(trouble),
        }
    }
    good
}
