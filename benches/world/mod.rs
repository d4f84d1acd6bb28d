//! A made-up world of lists of any size: real entries varied, the same ones every time.
//!
//! A work is made from its number alone: title, address and description are put together from those
//! of real entries and a name that is made up. A list takes its headings and its layout from a real
//! one. Three entries of ten show a work that other lists show too, the well-known ones more often
//! than the others, each in the words and with the spelling of the address of its own list.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use listwright::list::{List, Role};
use listwright::source::{FileId, Source};

use super::texts::shared;

/// Real lists taken apart.
pub struct World {
    works: Vec<Work>,
    layouts: Vec<Layout>,
}

/// What is taken from an entry.
struct Work {
    title: Vec<String>,
    host: String,
    path: String,
    description: String,
}

/// What is taken from a list.
struct Layout {
    name: String,
    /// Levels and words of the headings of sections that hold entries, and of those above them.
    headings: Vec<(u8, String, bool)>,
    marker: char,
}

/// Of how many entries of a hundred other lists have the work, too.
const SHARED: u64 = 30;
/// What divides titles from descriptions, a list taking one of them.
const SEPARATORS: [&str; 3] = [" - ", ": ", " – "];

impl World {
    /// Takes the lists in the folder of the shared data apart; where it is missing, the sample lists.
    pub fn read() -> World {
        let mut texts = markdown_in(&shared("corpus/lists"));
        if texts.is_empty() {
            eprintln!("the corpus is missing: the world is made from the sample lists");
            texts = markdown_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lists"));
        }
        let mut world = World {
            works: Vec::new(),
            layouts: Vec::new(),
        };
        for (name, text) in texts {
            world.take_apart(&List::parse(Source::new(FileId(0), name, text)));
        }
        assert!(!world.works.is_empty(), "there are lists to make others of");
        world
    }

    fn take_apart(&mut self, list: &List) {
        for (_, entry) in list.entries() {
            let (Some(title), Some(link)) = (&entry.title, list.primary_link(entry)) else {
                continue;
            };
            let address = link.url.split_once("://").map(|(_, rest)| rest);
            let (host, path) = match address.map(|rest| rest.split_once('/').unwrap_or((rest, "")))
            {
                Some(parts) if entry.role == Role::Work => parts,
                _ => continue,
            };
            let description = entry.description.map_or("", |span| list.slice(span));
            let is_plain = |text: &str| !text.contains(['[', ']', '\n', '<', '`', '|', '*', '_']);
            if is_plain(&title.text) && is_plain(path) && !path.contains(['(', ')', ' ']) {
                self.works.push(Work {
                    title: title.text.split_whitespace().map(str::to_owned).collect(),
                    host: host.strip_prefix("www.").unwrap_or(host).to_owned(),
                    path: path.trim_end_matches('/').to_owned(),
                    description: match is_plain(description) {
                        true => description.to_owned(),
                        false => String::new(),
                    },
                });
            }
        }
        let mut headings = Vec::new();
        for (id, heading) in list.headings().filter(|(_, heading)| heading.level > 1) {
            let filled = list.section(id).entries.len() > 1;
            headings.push((heading.level, heading.text.clone(), filled));
        }
        if headings.iter().any(|(_, _, filled)| *filled) {
            let bullets = list.item_lists.iter().find(|items| !items.ordered);
            self.layouts.push(Layout {
                name: list.source.name().to_owned(),
                headings,
                marker: bullets.map_or('-', |items| items.marker),
            });
        }
    }

    /// The text of the list `at` of `lists` that together hold `entries` entries.
    pub fn list(&self, at: usize, lists: usize, entries: usize) -> String {
        let layout = &self.layouts[at % self.layouts.len()];
        let mut chance = Chance::new(at as u64);
        // Of ten lists one is four times as long as the others.
        let unit = entries as f64 / (lists as f64 * 1.3);
        let long = at % 10 == 9;
        let count = (unit * if long { 4.0 } else { 1.0 }).round().max(1.0) as usize;
        let sections = layout.headings.iter().filter(|(_, _, filled)| *filled);
        let each = count.div_ceil(sections.count());
        let separator = SEPARATORS[chance.below(SEPARATORS.len())];
        let mut text = format!("# Awesome {} {at}\n", layout.name.trim_end_matches(".md"));
        let mut left = count;
        for (level, words, filled) in &layout.headings {
            let words = match chance.below(10) {
                0 => self.other_heading(&mut chance),
                _ => words,
            };
            let _ = write!(text, "\n{} {words}\n\n", "#".repeat((*level).into()));
            let here = if *filled { each.min(left) } else { 0 };
            for _ in 0..here {
                self.entry(&mut chance, entries, layout.marker, separator, &mut text);
            }
            left -= here;
        }
        text
    }

    fn other_heading(&self, chance: &mut Chance) -> &str {
        let layout = &self.layouts[chance.below(self.layouts.len())];
        &layout.headings[chance.below(layout.headings.len())].1
    }

    fn entry(
        &self,
        chance: &mut Chance,
        entries: usize,
        marker: char,
        separator: &str,
        text: &mut String,
    ) {
        let shared = chance.next() % 100 < SHARED;
        let number = match shared {
            // The square makes the first works of the range the well-known ones.
            true => {
                let known = (chance.next() >> 11) as f64 / (1u64 << 53) as f64;
                (known * known * entries as f64 / 5.0) as u64
            }
            false => entries as u64 + chance.next() % (1 << 40),
        };
        let (title, host, path, description) = self.work(number);
        let spelling = if shared { chance.below(8) } else { 0 };
        let scheme = if spelling == 1 { "http" } else { "https" };
        let www = if spelling == 2 { "www." } else { "" };
        let end = match spelling {
            3 | 1 => "/",
            4 => "?utm_source=list",
            _ => "",
        };
        let title = if spelling == 5 {
            title.to_lowercase()
        } else {
            title
        };
        let slash = if path.is_empty() { "" } else { "/" };
        let _ = write!(
            text,
            "{marker} [{title}]({scheme}://{www}{host}{slash}{path}{end})"
        );
        match shared && chance.below(3) == 0 {
            true => {
                let other = &self.works[chance.below(self.works.len())];
                described(text, separator, &other.description);
            }
            false => described(text, separator, &description),
        }
        text.push('\n');
    }

    /// Title, host, path and description of the work of that number.
    fn work(&self, number: u64) -> (String, String, String, String) {
        let mut chance = Chance::new(number ^ 0x5EED);
        let [one, other] = [(); 2].map(|()| &self.works[chance.below(self.works.len())]);
        let name = name(&mut chance);
        let mut words: Vec<&str> = Vec::new();
        words.extend(
            one.title
                .iter()
                .take(one.title.len().div_ceil(2))
                .map(String::as_str),
        );
        words.extend(
            other
                .title
                .iter()
                .skip(other.title.len().div_ceil(2))
                .map(String::as_str),
        );
        // Few works share a short name; the more works there are, the more names there are.
        if words.len() < 4 || chance.below(2) == 0 {
            words.insert(chance.below(words.len() + 1), &name);
        }
        let slug = name.to_lowercase();
        let (host, path) = match one.host.as_str() {
            "github.com" => (
                "github.com".to_owned(),
                format!("{slug}/{}{number}", other.path.len()),
            ),
            // Most works have an address that nobody else has, wherever the words come from.
            host if chance.below(2) == 0 => {
                let end = host.rsplit('.').next().unwrap_or_default();
                (format!("{slug}{}.{end}", number % 10), one.path.clone())
            }
            host => (host.to_owned(), format!("{slug}-{number}")),
        };
        (words.join(" "), host, path, other.description.clone())
    }
}

fn described(text: &mut String, separator: &str, description: &str) {
    if !description.is_empty() {
        text.push_str(separator);
        text.push_str(description);
    }
}

/// A name that nobody has: syllables.
fn name(chance: &mut Chance) -> String {
    const STARTS: [&str; 16] = [
        "ba", "cre", "di", "fo", "gra", "hu", "ki", "lo", "mu", "ne", "pra", "qui", "ru", "sto",
        "va", "zy",
    ];
    const ENDS: [&str; 8] = ["n", "x", "ra", "ly", "dex", "flow", "t", "mo"];
    let mut name = String::new();
    for _ in 0..3 {
        name.push_str(STARTS[chance.below(STARTS.len())]);
    }
    name.push_str(ENDS[chance.below(ENDS.len())]);
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The Markdown files of a folder with their names, in order.
fn markdown_in(folder: &Path) -> Vec<(String, String)> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let text = std::fs::read_to_string(path).ok()?;
        name.ends_with(".md").then_some((name, text))
    };
    paths.iter().filter_map(read).collect()
}

/// Numbers that look like chance and are the same every time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0xA076_1D64_78BD_642F))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}
