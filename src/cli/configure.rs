//! Finds the configuration that is in force; `config` shows it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use ignore::gitignore::GitignoreBuilder;

use super::trouble::shown;
use super::{CLEAN, Global, Trouble, files, tell};
use crate::config::{Config, FILE_NAMES, Fault, PathSettings};
use crate::report::neutral;
use crate::rules::{self, Level, Override, Preset, RULES};
use crate::source::{FileId, Source};

/// Which configuration to use.
#[derive(Clone, Debug, Default, Args)]
pub struct ConfigArguments {
    /// Read this configuration instead of the nearest one
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long)]
    pub(super) isolated: bool,
}

/// The configuration in force and the file that it was read from.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) config: Config,
    pub(super) path: Option<PathBuf>,
}

/// Reads the configuration for the list or folder at `start`.
///
/// # Errors
/// When a file is named and cannot be read, or what it says is wrong.
pub(super) fn load(arguments: &ConfigArguments, start: &Path) -> Result<Loaded, Trouble> {
    let path = match &arguments.config {
        Some(path) => Some(path.clone()),
        None if arguments.isolated => None,
        None => nearest(start),
    };
    let Some(path) = path else {
        return Ok(Loaded::default());
    };
    let source = files::read(FileId(0), &path)?;
    match Config::parse(source.text()) {
        Ok(config) => Ok(Loaded {
            config,
            path: Some(path),
        }),
        Err(faults) => Err(refuse(&source, &faults)),
    }
}

/// Tells the faults of a file; the last is given back to end the work with.
pub(super) fn refuse(source: &Source, faults: &[Fault]) -> Trouble {
    let (last, first) = faults.split_last().expect("a refused file has a fault");
    for fault in first {
        tell(&in_file(source, fault));
    }
    in_file(source, last)
}

/// A fault with its place and its line.
fn in_file(source: &Source, fault: &Fault) -> Trouble {
    let start = source.line_column(fault.span.start as u32);
    let line = source.slice(source.line_content(start.line));
    let number = start.line.to_string();
    let gutter = " ".repeat(number.len());
    let width = fault.span.len().clamp(1, line.len().max(1));
    let pointer = format!(
        "{}{}",
        " ".repeat(start.column as usize - 1),
        "^".repeat(width)
    );
    let message = format!(
        "{}\n{gutter}--> {}:{}:{}\n{gutter} |\n{number} | {}\n{gutter} | {pointer}",
        neutral::line(&fault.message),
        neutral::path(source.name()),
        start.line,
        start.column,
        neutral::line(line),
    );
    let trouble = Trouble::new(message);
    match &fault.hint {
        Some(hint) => trouble.hint(neutral::line(hint).into_owned()),
        None => trouble,
    }
}

/// The nearest configuration file at or above `start`, up to the root of its repository.
fn nearest(start: &Path) -> Option<PathBuf> {
    let given = match start.is_dir() {
        true => start,
        false => start
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new(".")),
    };
    let absolute = given.canonicalize().ok()?;
    let mut shown = given.to_path_buf();
    for folder in absolute.ancestors() {
        let named = FILE_NAMES.iter().find(|name| folder.join(name).is_file());
        if let Some(name) = named {
            let beside = shown.join(name);
            let path = match beside.is_file() {
                true => beside,
                false => folder.join(name),
            };
            return Some(
                path.strip_prefix("./")
                    .map_or(path.clone(), Path::to_path_buf),
            );
        }
        if folder.join(".git").exists() {
            return None;
        }
        shown.push("..");
    }
    None
}

/// The options of the rules as `config` sets them; patterns are relative to the folder of its file.
pub(super) fn rule_options(loaded: &Loaded) -> Result<rules::Options, Trouble> {
    let config = &loaded.config;
    Ok(rules::Options {
        settings: config.rules.clone(),
        overrides: config
            .overrides
            .iter()
            .map(|one| override_for(one, loaded))
            .collect::<Result<_, _>>()?,
        surroundings: rules::Surroundings {
            has_file: Some(Box::new(has_file)),
            identity: config.merge.identity.clone(),
            ..rules::Surroundings::default()
        },
    })
}

fn override_for(one: &PathSettings, loaded: &Loaded) -> Result<Override, Trouble> {
    let mut builder = GitignoreBuilder::new("");
    for pattern in &one.paths {
        builder.add_line(None, pattern).map_err(|error| {
            Trouble::new(format!("the pattern `{pattern}` cannot be read: {error}"))
                .hint("patterns are written as in `.gitignore`")
        })?;
    }
    let matcher = builder
        .build()
        .map_err(|error| Trouble::new(format!("the patterns cannot be read: {error}")))?;
    let root = loaded.root();
    Ok(Override {
        matches: Box::new(move |name| {
            let path = relative_to(&root, Path::new(name));
            matcher.matched_path_or_any_parents(path, false).is_ignore()
        }),
        settings: one.settings.clone(),
    })
}

impl Loaded {
    /// `path` as patterns of the file see it: below the folder that they are relative to.
    pub(super) fn below(&self, path: &Path) -> PathBuf {
        relative_to(&self.root(), path)
    }

    /// The folder that the patterns of the file are relative to.
    fn root(&self) -> Option<PathBuf> {
        let folder = self.path.as_deref()?.parent()?;
        let folder = match folder.file_name().is_some_and(|name| name == ".config") {
            true => folder.parent()?,
            false => folder,
        };
        match folder.as_os_str().is_empty() {
            true => Path::new(".").canonicalize().ok(),
            false => folder.canonicalize().ok(),
        }
    }
}

/// `path` below `root`, or its own parts where it does not lie below it.
fn relative_to(root: &Option<PathBuf>, path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let below = root
        .as_ref()
        .and_then(|root| absolute.strip_prefix(root).ok());
    let path = below.unwrap_or(path);
    path.components()
        .filter(|part| matches!(part, std::path::Component::Normal(_)))
        .collect()
}

/// Whether `path` exists beside the list called `list`. Paths from the root of the site (`/docs`)
/// start at the root of the repository.
fn has_file(list: &str, path: &str) -> bool {
    let list = Path::new(list);
    let folder = list.parent().unwrap_or(Path::new(""));
    match path.strip_prefix('/') {
        None => folder.join(path).exists(),
        Some(path) => {
            let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
            let root = absolute
                .ancestors()
                .find(|folder| folder.join(".git").exists());
            root.is_none_or(|root| root.join(path).exists())
        }
    }
}

/// Arguments of `config`.
#[derive(Debug, Args)]
pub struct ShowConfig {
    /// The list or folder whose configuration is shown
    #[arg(default_value = ".")]
    path: PathBuf,
    #[command(flatten)]
    config: ConfigArguments,
    /// Print the JSON Schema of the file instead
    #[arg(long)]
    schema: bool,
}

/// Shows which file is in force, and what every rule and key is set to and by whom.
pub(super) fn show(command: &ShowConfig, _global: &Global) -> Result<u8, Trouble> {
    let mut out = std::io::stdout().lock();
    if command.schema {
        write!(out, "{}", crate::config::schema())?;
        return Ok(CLEAN);
    }
    let loaded = load(&command.config, &command.path)?;
    match &loaded.path {
        Some(path) => writeln!(out, "# from {}", shown(path))?,
        None => writeln!(out, "# no configuration file: the defaults")?,
    }
    let settings = &loaded.config.rules;
    writeln!(out, "preset = {:?}", settings.preset.name())?;
    let files = &loaded.config.files;
    writeln!(
        out,
        "\n[files]\nexclude = {:?}\ninclude = {:?}",
        files.exclude, files.include
    )?;
    writeln!(out, "\n[rules]")?;
    for rule in RULES {
        let level = settings.level(rule);
        let by = match settings.levels.contains_key(rule.name) {
            true => "the file".to_owned(),
            false => format!("preset {}", settings.preset.name()),
        };
        writeln!(out, "{}.level = {:?} # {by}", rule.name, level.name())?;
        if level == Level::Off {
            continue;
        }
        for option in rule.options {
            let set = settings
                .values
                .get(rule.name)
                .and_then(|set| set.get(option.name));
            let (value, by) = match set {
                Some(value) => (value.as_toml(), "the file"),
                None => (option.kind.default_as_toml(), "default"),
            };
            writeln!(out, "{}.{} = {value} # {by}", rule.name, option.name)?;
        }
    }
    for one in &loaded.config.overrides {
        writeln!(
            out,
            "\n[[overrides]]\npaths = {:?}\npreset = {:?}",
            one.paths,
            one.settings.preset.name()
        )?;
        for (rule, level) in &one.settings.levels {
            writeln!(out, "rules.{rule}.level = {:?}", level.name())?;
        }
    }
    Ok(CLEAN)
}

/// The preset called `name`, for an argument.
pub(super) fn preset(name: &str) -> Result<Preset, String> {
    let found = Preset::ALL.into_iter().find(|preset| preset.name() == name);
    found.ok_or_else(|| {
        let names = Preset::ALL.map(Preset::name);
        match crate::nearest::nearest(name, names) {
            Some(near) => format!("there is no preset `{name}`; did you mean `{near}`?"),
            None => format!(
                "there is no preset `{name}`; there are {}",
                names.join(", ")
            ),
        }
    })
}
