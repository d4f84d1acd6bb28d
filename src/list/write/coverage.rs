//! How the contents tables of a list stand to its headings: which sections they cover, which of
//! their lines lead nowhere, and which sections they lack.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::targets::{Target, Targets};
use crate::list::style::out_of_order;
use crate::list::{BlockKind, List, SectionId, SectionKind, anchor};

/// The share, in percent, of the headings of a level that tables must cover for the rest of the
/// level to be missing in them. Below it a table is a choice of sections.
const COVERED: u32 = 60;
/// The share of lines, in percent, that may stand out of order or lead nowhere for a table to be a
/// table of these headings, in their order.
const WRONG: usize = 30;
/// Below this number of lines, less than half of them may.
const FEW: usize = 10;
/// Up to this number of sections of a level, half of them are enough.
const FEW_SECTIONS: u32 = 4;
/// What people write into a heading to keep it out of the tables that tools make.
const OMITTED: [&str; 4] = ["omit in toc", "omit from toc", "no_toc", "ignore=true"];
/// How many comparisons of names are made at most to find out what dead lines were meant to reach.
const COMPARISONS: usize = 1_000_000;

/// How one contents table stands to the headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsState {
    /// What each of its lines leads to.
    pub lines: Vec<LineState>,
    /// The sections that it should cover and does not, in the order of the text.
    pub missing: Vec<Missing>,
    /// The lines that stand out of the order of the headings; empty where the table has another
    /// order altogether.
    pub misplaced: Vec<usize>,
    /// Whether its lines follow the order of the headings, but for the misplaced ones.
    pub in_order: bool,
    /// Whether so few of its lines lead nowhere that it is a table of these headings.
    pub sound: bool,
    /// Whether most lines lead to anchors set by hand.
    pub by_name: bool,
}

/// What a line of a contents table leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// A section.
    Reaches(SectionId),
    /// A place that is no heading.
    Elsewhere,
    /// Nothing; by its words or by its spelling this section is meant.
    Means(SectionId),
    /// Nothing.
    Dead,
}

impl LineState {
    /// The section that the line is for.
    pub fn section(self) -> Option<SectionId> {
        match self {
            LineState::Reaches(section) | LineState::Means(section) => Some(section),
            LineState::Elsewhere | LineState::Dead => None,
        }
    }
}

/// A section that a contents table lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The section.
    pub section: SectionId,
    /// The line after which it belongs; `None` at the top.
    pub after: Option<usize>,
    /// How deep its line is nested.
    pub depth: u16,
}

/// How each of [`List::contents`] stands to the headings.
pub fn contents_states(list: &List) -> Vec<ContentsState> {
    let targets = Targets::new(list);
    let mut states: Vec<ContentsState> = (list.contents.iter())
        .map(|contents| read(list, contents, &targets))
        .collect();
    repair(list, &mut states);
    for state in &mut states {
        order(state);
    }
    let covered = Covered::new(list, &states);
    for (table, missing) in covered.missing(list) {
        if let Some(state) = states.get_mut(table) {
            state.missing.push(missing);
        }
    }
    for (state, contents) in states.iter_mut().zip(&list.contents) {
        retitled(list, contents, state);
    }
    states
}

/// Finds the dead lines that mean a section which got another title: one that is missing where the
/// line stands, and has a word in common with it.
fn retitled(list: &List, contents: &crate::list::Contents, state: &mut ContentsState) {
    let mut after = None;
    let mut next = 0;
    let mut found: Vec<SectionId> = Vec::new();
    for (at, line) in contents.lines.iter().enumerate() {
        if state.lines[at] != LineState::Dead {
            after = Some(at);
            continue;
        }
        while state
            .missing
            .get(next)
            .is_some_and(|missing| missing.after < after)
        {
            next += 1;
        }
        let Some(missing) = state
            .missing
            .get(next)
            .filter(|missing| missing.after == after)
        else {
            continue;
        };
        let heading = list.section(missing.section).heading.as_ref();
        let known: Vec<String> = heading.map(|of| words(&of.text)).unwrap_or_default();
        if missing.depth == line.depth && words(&line.text).iter().any(|word| known.contains(word))
        {
            state.lines[at] = LineState::Means(missing.section);
            found.push(missing.section);
            next += 1;
        }
    }
    state
        .missing
        .retain(|missing| found.binary_search(&missing.section).is_err());
}

/// The words of `text` that say something: in lower case, of three letters or more.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|char: char| !char.is_alphanumeric());
    words
        .filter(|word| word.len() > 2)
        .map(str::to_owned)
        .collect()
}

/// What the lines of `contents` lead to.
fn read(list: &List, contents: &crate::list::Contents, targets: &Targets) -> ContentsState {
    let mut named = 0;
    let lines: Vec<LineState> = (contents.lines.iter())
        .map(|line| {
            let target = list.link(line.link).fragment();
            match target.and_then(|fragment| targets.resolve(fragment)) {
                Some(Target::Heading(section)) => LineState::Reaches(section),
                Some(Target::Named(section, _)) => {
                    named += 1;
                    LineState::Reaches(section)
                }
                Some(Target::Elsewhere(_)) => LineState::Elsewhere,
                None => LineState::Dead,
            }
        })
        .collect();
    ContentsState {
        by_name: named * 2 > lines.len(),
        lines,
        missing: Vec::new(),
        misplaced: Vec::new(),
        in_order: true,
        sound: true,
    }
}

/// Finds the sections that dead lines mean: the one with the same words, or the one whose anchor
/// the line misspells, among those that no line reaches.
fn repair(list: &List, states: &mut [ContentsState]) {
    let reached: rustc_hash::FxHashSet<SectionId> = (states.iter())
        .flat_map(|state| state.lines.iter().filter_map(|line| line.section()))
        .collect();
    let free: Vec<(SectionId, &str)> = (list.headings())
        .filter(|(id, _)| !reached.contains(id))
        .map(|(id, heading)| (id, heading.slug.as_str()))
        .collect();
    let mut by_words: FxHashMap<String, Option<SectionId>> = FxHashMap::default();
    for &(id, _) in &free {
        if let Some(heading) = &list.section(id).heading {
            let same = by_words.entry(bare(&heading.text));
            same.and_modify(|other| *other = None).or_insert(Some(id));
        }
    }
    let headings = free
        .iter()
        .map(|&(id, _)| (id, list.section(id).heading.as_ref()));
    let known: Vec<(SectionId, Vec<String>)> = headings
        .map(|(id, heading)| (id, heading.map(|of| words(&of.text)).unwrap_or_default()))
        .collect();
    let slugs = OnceCell::new();
    let slugs = || slugs.get_or_init(|| anchor::Known::new(free.iter().map(|&(_, slug)| slug)));
    let mut left = COMPARISONS;
    for (state, contents) in states.iter_mut().zip(&list.contents) {
        for (state, line) in state.lines.iter_mut().zip(&contents.lines) {
            if *state != LineState::Dead {
                continue;
            }
            let mut meant = by_words.get(&bare(&line.text)).copied().flatten();
            let fragment = list.link(line.link).fragment();
            if let Some(fragment) = fragment.filter(|_| meant.is_none() && left >= free.len()) {
                left -= free.len();
                let near = slugs().nearest(fragment);
                let near = near.and_then(|near| free.iter().find(|(_, slug)| *slug == near));
                meant = near.map(|&(id, _)| id);
            }
            if meant.is_none() && left >= free.len() {
                left -= free.len();
                meant = only_alike(&words(&line.text), &known);
            }
            if let Some(section) = meant {
                *state = LineState::Means(section);
            }
        }
    }
}

/// The only one of `known` that has all the words of the line, or of which the line has all.
fn only_alike(line: &[String], known: &[(SectionId, Vec<String>)]) -> Option<SectionId> {
    let holds = |all: &[String], some: &[String]| {
        !some.is_empty() && some.iter().all(|word| all.contains(word))
    };
    let mut alike = known
        .iter()
        .filter(|(_, of)| holds(line, of) || holds(of, line));
    let found = alike.next()?.0;
    alike.next().is_none().then_some(found)
}

/// The letters and digits of `text` in lower case.
fn bare(text: &str) -> String {
    let letters = text.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Finds the lines of one table that stand out of order.
fn order(state: &mut ContentsState) {
    let dead = state.lines.iter().filter(|line| **line == LineState::Dead);
    state.sound = are_few(dead.count(), state.lines.len());
    let at: Vec<usize> = (0..state.lines.len())
        .filter(|&at| state.lines[at].section().is_some())
        .collect();
    let sections: Vec<_> = at.iter().map(|&at| state.lines[at].section()).collect();
    let misplaced = out_of_order(&sections);
    state.in_order = are_few(misplaced.len(), at.len());
    if state.in_order {
        state.misplaced = misplaced.into_iter().map(|place| at[place]).collect();
    }
}

/// Whether so few of the lines are wrong that they are exceptions.
fn are_few(wrong: usize, lines: usize) -> bool {
    wrong * 100 <= lines * WRONG || lines < FEW && wrong * 2 < lines
}

/// Which sections the tables of a list cover, all together.
struct Covered {
    /// Where the first table begins.
    start: Option<u32>,
    /// The table and line of each section; `None` where no table covers it.
    lines: Vec<Option<(usize, usize)>>,
    /// Covered and all headings of each level, without those that tables leave out.
    levels: [(u32, u32); 7],
    /// Covered and all subsections of each section, the same.
    below: Vec<(u32, u32)>,
    /// Whether a section, or one in it, holds something to look up.
    holds: Vec<bool>,
}

impl Covered {
    fn new(list: &List, states: &[ContentsState]) -> Self {
        let mut covered = Covered {
            start: (list.contents.iter()).map(|of| of.span.start).min(),
            lines: vec![None; list.sections.len()],
            levels: [(0, 0); 7],
            below: vec![(0, 0); list.sections.len()],
            holds: holds(list),
        };
        for (table, state) in states.iter().enumerate() {
            for (line, state) in state.lines.iter().enumerate() {
                if let Some(section) = state.section()
                    && let Some(place) = covered.lines.get_mut(section.index())
                {
                    place.get_or_insert((table, line));
                }
            }
        }
        for (id, heading) in list.headings() {
            if !covered.counts(list, id) {
                continue;
            }
            let is_covered = u32::from(covered.lines[id.index()].is_some());
            let level = &mut covered.levels[usize::from(heading.level.min(6))];
            *level = (level.0 + is_covered, level.1 + 1);
            if let Some(parent) = list.section(id).parent {
                let below = &mut covered.below[parent.index()];
                *below = (below.0 + is_covered, below.1 + 1);
            }
        }
        covered
    }

    /// Whether a section is one that tables cover: not the list's title, not the table's own, not
    /// about the list, not words alone, not before the table; or it is covered as a matter of fact.
    fn counts(&self, list: &List, id: SectionId) -> bool {
        if self.lines[id.index()].is_some() {
            return true;
        }
        let section = list.section(id);
        let is_title = id.0 == 1 && section.parent.is_none() && self.is_parent_of_many(list, id);
        section.kind == SectionKind::Entries
            && self.holds[id.index()]
            && !is_title
            && self.start.is_some_and(|start| section.span.start > start)
            && !is_omitted(list, id)
    }

    fn is_parent_of_many(&self, list: &List, id: SectionId) -> bool {
        let next = list.sections.get(id.index() + 1);
        next.is_none_or(|next| next.parent == Some(id))
    }

    /// The sections that the tables lack, each with the table that it belongs in.
    fn missing(&self, list: &List) -> Vec<(usize, Missing)> {
        let Some(first) = self.lines.iter().flatten().next().copied() else {
            return Vec::new();
        };
        let mut missing = Vec::new();
        let mut before = None;
        let mut depths = self.first_depths(list);
        for (id, heading) in list.headings() {
            let level = usize::from(heading.level.min(6));
            if let Some(place) = self.lines[id.index()] {
                before = Some(place);
                depths[level] = self.depth(list, place).or(depths[level]);
            } else if self.counts(list, id)
                && self.lacks(list, id, level)
                && let Some(depth) = depths[level]
            {
                let (table, _) = before.unwrap_or(first);
                let after = before.map(|(_, line)| line);
                let section = id;
                missing.push((
                    table,
                    Missing {
                        section,
                        after,
                        depth,
                    },
                ));
            }
        }
        missing
    }

    /// Whether the tables cover the level of a section, and its siblings.
    fn lacks(&self, list: &List, id: SectionId, level: usize) -> bool {
        let (covered, all) = self.levels[level];
        let of_level = covered * 100 >= all * COVERED || all <= FEW_SECTIONS && covered * 2 >= all;
        let parent = list.section(id).parent;
        let (covered, all) = parent.map_or((1, 1), |parent| self.below[parent.index()]);
        of_level && (covered * 2 >= all || all == 1)
    }

    /// How deep the line at `place` is nested.
    fn depth(&self, list: &List, (table, line): (usize, usize)) -> Option<u16> {
        Some(list.contents.get(table)?.lines.get(line)?.depth)
    }

    /// How deep the first line of each level is nested.
    fn first_depths(&self, list: &List) -> [Option<u16>; 7] {
        let mut depths = [None; 7];
        for (id, heading) in list.headings() {
            let level = usize::from(heading.level.min(6));
            if let (None, Some(place)) = (depths[level], self.lines[id.index()]) {
                depths[level] = self.depth(list, place);
            }
        }
        depths
    }
}

/// Whether a comment or attribute in a heading keeps it out of contents tables.
fn is_omitted(list: &List, id: SectionId) -> bool {
    list.section(id).heading.as_ref().is_some_and(|heading| {
        let line = list
            .source
            .line_content(list.source.line(heading.span.start));
        let text = list.slice(line);
        OMITTED.iter().any(|mark| text.contains(mark))
    })
}

/// Whether each section holds more than words, or one below it does.
fn holds(list: &List) -> Vec<bool> {
    let mut holds = vec![false; list.sections.len()];
    for block in &list.blocks {
        if matches!(
            block.kind,
            BlockKind::Entries(_) | BlockKind::Bullets(_) | BlockKind::Table | BlockKind::Html
        ) && let Some(section) = holds.get_mut(block.section.index())
        {
            *section = true;
        }
    }
    for (at, section) in list.sections.iter().enumerate().rev() {
        if holds[at]
            && let Some(parent) = section.parent
        {
            holds[parent.index()] = true;
        }
    }
    holds
}
