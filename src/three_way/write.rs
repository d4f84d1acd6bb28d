//! The parts of a merge written as one text, conflicts between markers.

use super::collide::{Clash, Part};
use super::lines::{Lines, ending, without_ending};
use super::world::{Who, World};
use super::{Conflict, ConflictStyle, Options};
use crate::source::{FileId, Span};
use std::ops::Range;

/// Writes parts one after the other.
pub(super) struct Writer<'w, 't, 'o> {
    world: &'w World<'t>,
    options: &'o Options,
    ending: &'static str,
    text: String,
    conflicts: Vec<Conflict>,
    made: Vec<Range<usize>>,
}

/// What a [`Writer`] wrote.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) conflicts: Vec<Conflict>,
    /// Where the text was merged entry by entry, in bytes.
    pub(super) made: Vec<Range<usize>>,
}

impl<'w, 't, 'o> Writer<'w, 't, 'o> {
    pub(super) fn new(world: &'w World<'t>, options: &'o Options) -> Self {
        Writer {
            world,
            options,
            ending: ending(world.ours.lines.text()),
            text: String::with_capacity(world.ours.lines.text().len()),
            conflicts: Vec::new(),
            made: Vec::new(),
        }
    }

    /// Writes what became of a collision.
    pub(super) fn made(&mut self, parts: &[Part]) {
        let start = self.text.len();
        parts.iter().for_each(|part| self.part(part));
        self.made.push(start..self.text.len());
    }

    pub(super) fn part(&mut self, part: &Part) {
        match part {
            Part::Lines(who, lines) => self.lines(&self.world.side(*who).lines, lines, *who),
            Part::Text(text) => {
                for line in text.split('\n') {
                    self.line(line);
                }
            }
            Part::Clash(clash) => self.clash(clash),
        }
    }

    /// The text and its conflicts, ended as the sides have it.
    pub(super) fn finish(mut self) -> Written {
        let [base, ours, theirs] =
            [&self.world.base, &self.world.ours, &self.world.theirs].map(|side| {
                let text = side.lines.text();
                text.is_empty() || text.ends_with('\n')
            });
        let ended = if ours == base { theirs } else { ours };
        let marker_last = self
            .conflicts
            .last()
            .is_some_and(|conflict| conflict.markers.end as usize == self.text.len());
        if !ended && !marker_last {
            let length = without_ending(&self.text).len();
            self.text.truncate(length);
        }
        Written {
            text: self.text,
            conflicts: self.conflicts,
            made: self.made,
        }
    }

    /// Lines of a side; ours keep their endings, others get those of ours.
    fn lines(&mut self, from: &Lines<'_>, lines: &Range<usize>, who: Who) {
        for line in lines.clone() {
            let raw = from.raw(line);
            if who == Who::Ours && raw.ends_with('\n') {
                self.text.push_str(raw);
            } else {
                self.line(without_ending(raw));
            }
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str(self.ending);
    }

    fn clash(&mut self, clash: &Clash) {
        let world = self.world;
        let sides = [&world.base.lines, &world.ours.lines, &world.theirs.lines];
        let [base, mut ours, mut theirs] =
            [0, 1, 2].map(|text| clash.lines[text].clone().unwrap_or(0..0));
        let (mut head, mut tail) = (0..0, 0..0);
        if self.options.style != ConflictStyle::Diff3 {
            let (a, b) = (&sides[1].names, &sides[2].names);
            while !ours.is_empty() && !theirs.is_empty() && a.get(ours.start) == b.get(theirs.start)
            {
                ours.start += 1;
                theirs.start += 1;
            }
            let start = clash.lines[1].as_ref().map_or(0, |lines| lines.start);
            head = start..ours.start.max(start);
            let end = ours.end;
            while !ours.is_empty()
                && !theirs.is_empty()
                && a.get(ours.end - 1) == b.get(theirs.end - 1)
            {
                ours.end -= 1;
                theirs.end -= 1;
            }
            tail = ours.end..end;
        }
        self.lines(sides[1], &head, Who::Ours);
        let start = self.text.len() as u32;
        self.marker('<', &self.options.labels.ours);
        self.lines(sides[1], &ours, Who::Ours);
        if self.options.style != ConflictStyle::Merge {
            self.marker('|', &self.options.labels.base);
            self.lines(sides[0], &base, Who::Theirs);
        }
        self.marker('=', "");
        self.lines(sides[2], &theirs, Who::Theirs);
        self.marker('>', &self.options.labels.theirs);
        let end = self.text.len() as u32;
        self.lines(sides[1], &tail, Who::Ours);
        let span = |file: u32, lines: &Option<Range<usize>>| {
            let lines = lines.as_ref()?;
            let bytes = sides[file as usize].bytes(lines);
            Some(Span::new(
                FileId(file),
                bytes.start as u32,
                bytes.end as u32,
            ))
        };
        self.conflicts.push(Conflict {
            reason: clash.reason,
            about: clash.about.clone(),
            base: span(0, &clash.lines[0]),
            ours: span(1, &clash.lines[1]),
            theirs: span(2, &clash.lines[2]),
            markers: Span::new(FileId(3), start, end),
        });
    }

    fn marker(&mut self, sign: char, label: &str) {
        let mut marker: String = std::iter::repeat_n(sign, self.options.marker_size).collect();
        if !label.is_empty() {
            marker.push(' ');
            marker.push_str(label);
        }
        self.line(&marker);
    }
}
