//! Texts with git's conflict markers in them, read back into the versions they were made from.

use super::Labels;
use super::lines::without_ending;

/// A text with conflicts between markers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    parts: Vec<Part>,
    size: usize,
    labels: [String; 3],
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Text outside conflicts.
    Decided(String),
    /// Ours, base where it is shown, theirs.
    Conflict(String, Option<String>, String),
}

/// Reads the conflicts of `text`; `None` if it has none, or markers that do not belong together.
pub fn read(text: &str) -> Option<Marked> {
    let mut reader = Reader::default();
    for line in text.split_inclusive('\n') {
        reader.line(line)?;
    }
    reader.finish()
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Ours,
    Base,
    Theirs,
}

#[derive(Debug, Default)]
struct Reader {
    parts: Vec<Part>,
    decided: String,
    inside: Inside,
    size: usize,
    ours: String,
    base: Option<String>,
    theirs: String,
    labels: [String; 3],
}

impl Reader {
    fn line(&mut self, line: &str) -> Option<()> {
        let marker = marker(line).filter(|(_, size, _)| self.size == 0 || *size == self.size);
        match (self.inside, marker) {
            (Inside::Nothing, Some(('<', size, label))) => {
                self.size = size;
                self.labels[0] = label.to_owned();
                self.parts
                    .push(Part::Decided(std::mem::take(&mut self.decided)));
                self.inside = Inside::Ours;
            }
            (Inside::Ours, Some(('|', _, label))) => {
                self.labels[1] = label.to_owned();
                self.base = Some(String::new());
                self.inside = Inside::Base;
            }
            (Inside::Ours | Inside::Base, Some(('=', _, ""))) => self.inside = Inside::Theirs,
            (Inside::Theirs, Some(('>', _, label))) => {
                self.labels[2] = label.to_owned();
                let ours = std::mem::take(&mut self.ours);
                let theirs = std::mem::take(&mut self.theirs);
                self.parts
                    .push(Part::Conflict(ours, self.base.take(), theirs));
                self.inside = Inside::Nothing;
            }
            // A conflict in a conflict is none that can be read.
            (Inside::Ours | Inside::Base | Inside::Theirs, Some(('<', ..))) => return None,
            (Inside::Nothing, _) => self.decided.push_str(line),
            (Inside::Ours, _) => self.ours.push_str(line),
            (Inside::Base, _) => self.base.get_or_insert_default().push_str(line),
            (Inside::Theirs, _) => self.theirs.push_str(line),
        }
        Some(())
    }

    fn finish(mut self) -> Option<Marked> {
        if self.inside != Inside::Nothing || self.parts.is_empty() {
            return None;
        }
        self.parts.push(Part::Decided(self.decided));
        Some(Marked {
            parts: self.parts,
            size: self.size,
            labels: self.labels,
        })
    }
}

/// The sign of a marker line, how many there are of it, and its label.
fn marker(line: &str) -> Option<(char, usize, &str)> {
    const FEWEST: usize = 7;
    let line = without_ending(line);
    let sign = line.chars().next().filter(|sign| "<|=>".contains(*sign))?;
    let label = line.trim_start_matches(sign);
    let size = line.len() - label.len();
    let apart = label.is_empty() || label.starts_with(' ');
    (size >= FEWEST && apart).then(|| (sign, size, label.trim()))
}

impl Marked {
    /// How many conflicts there are.
    pub fn conflicts(&self) -> usize {
        let is_conflict = |part: &&Part| matches!(part, Part::Conflict(..));
        self.parts.iter().filter(is_conflict).count()
    }

    /// Whether a conflict does not show what both sides come from.
    pub fn lacks_base(&self) -> bool {
        let lacks = |part: &Part| matches!(part, Part::Conflict(_, None, _));
        self.parts.iter().any(lacks)
    }

    /// How many signs its markers have.
    pub fn marker_size(&self) -> usize {
        self.size
    }

    /// The labels of its markers; `otherwise` where they have none.
    pub fn labels(&self, otherwise: Labels) -> Labels {
        let [ours, base, theirs] = &self.labels;
        let given = |label: &String, otherwise: String| match label.is_empty() {
            true => otherwise,
            false => label.clone(),
        };
        Labels {
            ours: given(ours, otherwise.ours),
            base: given(base, otherwise.base),
            theirs: given(theirs, otherwise.theirs),
        }
    }

    /// Base, ours and theirs: the text with each conflict replaced by that side's lines. A base that
    /// is not shown is empty.
    pub fn sides(&self) -> [String; 3] {
        let mut sides = [const { String::new() }; 3];
        for part in &self.parts {
            let texts = match part {
                Part::Decided(text) => [text.as_str(); 3],
                Part::Conflict(ours, base, theirs) => {
                    [base.as_deref().unwrap_or_default(), ours, theirs]
                }
            };
            for (side, text) in sides.iter_mut().zip(texts) {
                side.push_str(text);
            }
        }
        sides
    }

    /// Whether nobody edited the text since the three versions were merged: every line of it comes
    /// from one of them, in order, and what both sides have in common is all there.
    pub fn is_as_merged(&self, base: &str, ours: &str, theirs: &str) -> bool {
        let [_, shown_ours, shown_theirs] = self.sides();
        // Lines of a side that the file shows neither in its own version nor in the other's were
        // taken out by hand; lines that no side has were put in.
        let known: std::collections::BTreeSet<&str> = [base, ours, theirs]
            .iter()
            .flat_map(|text| text.lines())
            .collect();
        let foreign = shown_ours.lines().chain(shown_theirs.lines());
        let shown: std::collections::BTreeSet<&str> =
            shown_ours.lines().chain(shown_theirs.lines()).collect();
        let old: std::collections::BTreeSet<&str> = base.lines().collect();
        let added = ours
            .lines()
            .chain(theirs.lines())
            .filter(|line| !old.contains(line));
        foreign.into_iter().all(|line| known.contains(line))
            && added.into_iter().all(|line| shown.contains(line))
    }
}
