//! Finds the configuration that is in force; `config` shows it.

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use ignore::gitignore::GitignoreBuilder;

use super::trouble::shown;
use super::{CLEAN, Global, Trouble, files, tell};
use crate::config::{Config, FILE_NAMES, Fault, PathSettings};
use crate::report::neutral;
use crate::rules::{self, Level, Override, Preset, RULES};
use crate::source::Source;

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
    let source = files::read_settings(&path)?;
    match Config::parse(source.text()) {
        Ok(config) => Ok(Loaded {
            config,
            path: Some(path),
        }),
        Err(faults) => Err(refuse(&source, &faults)),
    }
}

/// Tells the faults of a file; the last that is told is given back to end the work with.
pub(super) fn refuse(source: &Source, faults: &[Fault]) -> Trouble {
    /// Who has more to mend begins with these.
    const MOST: usize = 20;
    let told = faults.get(..MOST).unwrap_or(faults);
    let (last, first) = told.split_last().expect("a refused file has a fault");
    for fault in first {
        tell(&in_file(source, fault));
    }
    match faults.len() - told.len() {
        0 => in_file(source, last),
        more => in_file(source, last).hint(format!("{more} more faults are not shown")),
    }
}

/// A fault with its place and its line.
fn in_file(source: &Source, fault: &Fault) -> Trouble {
    let start = source.line_column(fault.span.start as u32);
    /// Characters of a line that are shown, and those of them before the fault.
    const SHOWN: usize = 160;
    const BEFORE: usize = 80;
    let line = source.slice(source.line_content(start.line));
    let column = start.column as usize - 1;
    let skipped = column.saturating_sub(BEFORE);
    let line: String = line.chars().skip(skipped).take(SHOWN).collect();
    let line = neutral::line(&line);
    let number = start.line.to_string();
    let gutter = " ".repeat(number.len());
    let room = line.chars().count().saturating_sub(column - skipped);
    let pointer = format!(
        "{}{}",
        " ".repeat(column - skipped),
        "^".repeat(fault.span.len().clamp(1, room.max(1)))
    );
    let message = format!(
        "{}\n{gutter}--> {}:{}:{}\n{gutter} |\n{number} | {}\n{gutter} | {pointer}",
        shortened(&fault.message),
        neutral::path(source.name()),
        start.line,
        start.column,
        line,
    );
    let trouble = Trouble::new(message);
    match &fault.hint {
        Some(hint) => trouble.hint(shortened(hint)),
        None => trouble,
    }
}

/// Words that may quote a key of any length, as they can be shown.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 400;
    let end = words.char_indices().nth(LONGEST).map(|(at, _)| at);
    match end.and_then(|end| words.get(..end)) {
        Some(begin) => format!("{}…", neutral::line(begin)),
        None => neutral::line(words).into_owned(),
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
/// start at the root of the repository. Whether something exists outside of the repository is
/// nobody's business: it counts as there and is not looked at.
fn has_file(list: &str, path: &str) -> bool {
    let list = Path::new(list);
    let folder = list.parent().unwrap_or(Path::new(""));
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let root = folder
        .ancestors()
        .find(|folder| folder.join(".git").exists());
    let below = path.trim_start_matches('/');
    let (start, root) = match (path.starts_with('/'), root) {
        (true, None) => return true,
        (true, Some(root)) => (root, root),
        // Where there is no repository, the folder around that of the list stands for it.
        (false, root) => (
            folder.as_path(),
            root.unwrap_or(folder.parent().unwrap_or(&folder)),
        ),
    };
    match plain(&start.join(below)) {
        Some(path) if path.starts_with(root) => path.exists(),
        _ => true,
    }
}

/// `path` without `.` and `..`; `None` where it climbs above the root.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !plain.pop() => return None,
            Component::ParentDir | Component::CurDir => {}
            part => plain.push(part),
        }
    }
    Some(plain)
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
