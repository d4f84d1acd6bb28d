//! What a merge must not do: lose what neither side deleted, bring back what one did, double a link,
//! put entries into an order that neither side has.
//!
//! Read from the texts alone, without the model that the merge worked with, so that what the model
//! misunderstands is found here. A line that several texts have is read once.

use super::Reason;
use super::lines::{Names, without_ending};
use super::mentions::{Finders, counted, mentions, said};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Where and how often a destination stands in a text.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    /// As a link: what must not be doubled.
    links: u32,
    /// As a link, a picture's source or a bare address.
    mentions: u32,
    /// Its place among the destinations of the text; where it stands last, if more than once.
    place: u32,
}

/// What stands in a text: each by its number among those of [`Known`].
#[derive(Debug, Default)]
pub(super) struct Stands {
    found: Vec<Found>,
    /// The destinations in the order of the text.
    order: Vec<u32>,
    /// How often each thing is said.
    sayings: Vec<u32>,
}

impl Stands {
    fn of(&self, destination: u32) -> Found {
        let found = self.found.get(destination as usize);
        found.copied().unwrap_or_default()
    }

    fn has(&self, destination: u32) -> bool {
        self.of(destination).mentions > 0
    }

    fn says(&self, saying: u32) -> u32 {
        let count = self.sayings.get(saying as usize);
        count.copied().unwrap_or_default()
    }

    fn mention(&mut self, destination: u32, is_link: bool) {
        let at = destination as usize;
        if self.found.len() <= at {
            self.found.resize(at + 1, Found::default());
        }
        if let Some(found) = self.found.get_mut(at) {
            found.links += u32::from(is_link);
            found.mentions += 1;
            found.place = self.order.len() as u32;
        }
        self.order.push(destination);
    }

    fn say(&mut self, saying: u32) {
        let at = saying as usize;
        if self.sayings.len() <= at {
            self.sayings.resize(at + 1, 0);
        }
        if let Some(count) = self.sayings.get_mut(at) {
            *count += 1;
        }
    }
}

/// What a line has in it.
#[derive(Clone, Debug)]
struct Line {
    /// Its destinations, as a range of [`Known::mentions`].
    mentions: Range<usize>,
    saying: Option<u32>,
    /// Whether the destination of its last link stands in a line behind it.
    goes_on: bool,
}

/// What the lines of base, ours and theirs have in them.
struct Known<'t> {
    finders: Finders,
    /// By the number that a line has among the names.
    lines: Vec<Line>,
    mentions: Vec<(u32, bool)>,
    /// By how [`counted`] writes them, with their numbers.
    destinations: FxHashMap<String, u32>,
    sayings: FxHashMap<&'t str, u32>,
    /// What is said, by number.
    said: Vec<&'t str>,
}

impl<'t> Known<'t> {
    fn new(lines: &[&'t str]) -> Self {
        let mut known = Known {
            finders: Finders::new(),
            lines: Vec::with_capacity(lines.len()),
            mentions: Vec::new(),
            destinations: FxHashMap::default(),
            sayings: FxHashMap::default(),
            said: Vec::new(),
        };
        let mut found = Vec::new();
        for line in lines {
            let from = known.mentions.len();
            known.mentioned(line, &mut found);
            known.mentions.append(&mut found);
            let saying = said(line).map(|words| {
                let next = known.said.len() as u32;
                let number = *known.sayings.entry(words).or_insert(next);
                if number == next {
                    known.said.push(words);
                }
                number
            });
            known.lines.push(Line {
                mentions: from..known.mentions.len(),
                saying,
                goes_on: goes_on(line),
            });
        }
        known
    }

    /// The destinations in `text`.
    fn mentioned(&mut self, text: &str, found: &mut Vec<(u32, bool)>) {
        let mentions = mentions(text, &self.finders);
        for (destination, is_link) in mentions {
            let next = self.destinations.len() as u32;
            let number = *self
                .destinations
                .entry(counted(destination))
                .or_insert(next);
            found.push((number, is_link));
        }
    }
}

/// Whether a line ends where the destination of a link is due.
fn goes_on(line: &str) -> bool {
    line.trim_end().ends_with("](")
}

/// Something that a merge must not have done, and to which destination or line.
pub(super) type Wrong = (String, Reason);

/// Base, ours and theirs, as far as a result is held against them.
pub(super) struct Sides<'n, 't> {
    names: &'n Names<'t>,
    /// Whether the names tell line endings apart.
    exact: bool,
    known: Known<'t>,
    base: Stands,
    ours: Stands,
    theirs: Stands,
}

impl<'n, 't> Sides<'n, 't> {
    /// Reads base, ours and theirs, whose lines have `names`, which tell line endings apart if `exact`.
    pub(super) fn new(texts: [&str; 3], names: &'n Names<'t>, exact: bool) -> Self {
        let mut sides = Sides {
            names,
            exact,
            known: Known::new(names.texts()),
            base: Stands::default(),
            ours: Stands::default(),
            theirs: Stands::default(),
        };
        let [base, ours, theirs] = texts.map(|text| sides.read(text));
        Sides {
            base,
            ours,
            theirs,
            ..sides
        }
    }

    fn read(&mut self, text: &str) -> Stands {
        let mut stands = Stands::default();
        let mut expected = 0;
        // What begins in a line whose link goes on, and where that line begins.
        let mut open = None;
        let mut fresh = Vec::new();
        let mut start = 0;
        for raw in text.split_inclusive('\n') {
            let end = start + raw.len();
            let line = match self.exact {
                true => raw,
                false => without_ending(raw),
            };
            let number = self.names.find(line, &mut expected);
            let known = number.and_then(|number| self.known.lines.get(number as usize));
            let saying = match known {
                Some(known) => known.saying,
                None => said(line).and_then(|words| self.known.sayings.get(words).copied()),
            };
            if let Some(saying) = saying {
                stands.say(saying);
            }
            let goes_on = known.map_or_else(|| goes_on(line), |known| known.goes_on);
            if goes_on || open.is_some() && line.trim().is_empty() {
                open.get_or_insert(start);
            } else if let (None, Some(known)) = (open, known) {
                for at in known.mentions.clone() {
                    if let Some(&(destination, is_link)) = self.known.mentions.get(at) {
                        stands.mention(destination, is_link);
                    }
                }
            } else {
                let from = open.take().unwrap_or(start);
                self.known
                    .mentioned(text.get(from..end).unwrap_or_default(), &mut fresh);
                for (destination, is_link) in fresh.drain(..) {
                    stands.mention(destination, is_link);
                }
            }
            start = end;
        }
        if let Some(from) = open {
            self.known
                .mentioned(text.get(from..).unwrap_or_default(), &mut fresh);
            for (destination, is_link) in fresh.drain(..) {
                stands.mention(destination, is_link);
            }
        }
        stands
    }

    /// What is wrong with a result: `whole` as it is written, of which `decided` is what stands
    /// outside conflicts.
    pub(super) fn wrong(&mut self, whole: &str, decided: &str) -> Vec<Wrong> {
        let all = self.read(whole);
        // Without a conflict the two are one.
        let outside = (decided != whole).then(|| self.read(decided));
        let settled = outside.as_ref().unwrap_or(&all);
        let by = |reason| move |link| (link, reason);
        let mut wrong: Vec<Wrong> = Vec::new();
        wrong.extend(self.lost(&all).into_iter().map(by(Reason::WouldLose)));
        let back = self.resurrected(settled).into_iter();
        wrong.extend(back.map(by(Reason::WouldResurrect)));
        let doubled = self.doubled(settled).into_iter();
        wrong.extend(doubled.map(by(Reason::WouldDouble)));
        let reordered = self.reordered(settled).into_iter();
        wrong.extend(reordered.map(by(Reason::WouldReorder)));
        wrong.extend(self.lines(&all, settled));
        wrong
    }

    /// Links that `merged` has more often than either side, and more than once; sorted.
    pub(super) fn new_duplicates(&mut self, merged: &str) -> Vec<String> {
        let merged = self.read(merged);
        self.doubled(&merged)
    }

    fn doubled(&self, merged: &Stands) -> Vec<String> {
        self.sorted(|link| {
            let sides = self.ours.of(link).links.max(self.theirs.of(link).links);
            merged.of(link).links > sides.max(1)
        })
    }

    /// Destinations of a side that `merged` lacks though neither side deleted them; sorted.
    fn lost(&self, merged: &Stands) -> Vec<String> {
        self.sorted(|link| {
            let is_there = self.ours.has(link) || self.theirs.has(link);
            is_there && !merged.has(link) && !self.was_deleted(link)
        })
    }

    /// Destinations in `merged` that a side had deleted; sorted.
    fn resurrected(&self, merged: &Stands) -> Vec<String> {
        self.sorted(|link| merged.has(link) && self.was_deleted(link))
    }

    fn was_deleted(&self, link: u32) -> bool {
        self.base.has(link) && !(self.ours.has(link) && self.theirs.has(link))
    }

    fn sorted(&self, wanted: impl Fn(u32) -> bool) -> Vec<String> {
        let mut links: Vec<String> = (self.known.destinations.iter())
            .filter(|(_, link)| wanted(**link))
            .map(|(name, _)| name.clone())
            .collect();
        links.sort_unstable();
        links
    }

    /// Destinations that stand before one which both sides have before them; in the order of the
    /// text. Only what all three have once is compared, each with the next.
    fn reordered(&self, merged: &Stands) -> Vec<String> {
        let once = |stands: &Stands, link: u32| {
            let found = stands.of(link);
            (found.mentions == 1).then_some(found.place)
        };
        let mut reversed = Vec::new();
        let mut last: Option<(u32, u32, u32)> = None;
        for &link in &merged.order {
            if merged.of(link).mentions != 1 {
                continue;
            }
            let (Some(ours), Some(theirs)) = (once(&self.ours, link), once(&self.theirs, link))
            else {
                continue;
            };
            if let Some((before, our_last, their_last)) = last
                && our_last > ours
                && their_last > theirs
            {
                reversed.push(before);
            }
            last = Some((link, ours, theirs));
        }
        let mut names = FxHashMap::default();
        if !reversed.is_empty() {
            let named = self.known.destinations.iter();
            names.extend(named.map(|(name, link)| (*link, name)));
        }
        let reversed = reversed.into_iter();
        reversed
            .filter_map(|link| names.get(&link).map(|name| (*name).clone()))
            .collect()
    }

    /// Lines that both sides have and that the merge lost, and lines that it brought back; sorted.
    fn lines(&self, whole: &Stands, decided: &Stands) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for (saying, line) in (0..).zip(&self.known.said) {
            let [base, ours, theirs] =
                [&self.base, &self.ours, &self.theirs].map(|stands| stands.says(saying));
            // Each side may have deleted one of several.
            let kept = ours > 0 && theirs > 0 && ours + theirs > base;
            if kept && whole.says(saying) == 0 {
                wrong.push(((*line).to_owned(), Reason::WouldLose));
            }
            let gone = |side, other| side == 0 && other <= base;
            if base > 0 && decided.says(saying) > 0 && (gone(ours, theirs) || gone(theirs, ours)) {
                wrong.push(((*line).to_owned(), Reason::WouldResurrect));
            }
        }
        wrong.sort_unstable();
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::Lines;
    use super::*;

    fn wrong(texts: [&str; 3], merged: &str) -> Vec<Wrong> {
        let mut names = Names::default();
        for text in texts {
            Lines::new(text, &mut names, true);
        }
        Sides::new(texts, &names, true).wrong(merged, merged)
    }

    #[test]
    fn each_wrong_is_found() {
        let base = "- [A](https://a.example)\n- [B](https://b.example)\n- Plain\n";
        let grown = format!("{base}- [C](https://c.example)\n");
        let shrunk = "- [A](https://a.example)\n- [C](https://c.example)\n";
        assert_eq!(wrong([base, base, &grown], &grown), []);
        let reasons = |texts, merged| -> Vec<Reason> {
            let wrong = wrong(texts, merged).into_iter();
            wrong.map(|(_, reason)| reason).collect()
        };
        let lost = reasons([base, base, &grown], base);
        assert_eq!(lost, [Reason::WouldLose]);
        let back = reasons([base, shrunk, &grown], &grown);
        // The link of `B`, its line, and the line without a link.
        assert_eq!(back, [Reason::WouldResurrect; 3]);
        let twice = format!("{grown}{grown}");
        assert!(reasons([base, base, &grown], &twice).contains(&Reason::WouldDouble));
        let turned = "- [B](https://b.example)\n- [A](https://a.example)\n- Plain\n";
        assert_eq!(reasons([base, base, base], turned), [Reason::WouldReorder]);
        let without = "- [A](https://a.example)\n- [B](https://b.example)\n";
        assert_eq!(reasons([base, base, base], without), [Reason::WouldLose]);
    }

    #[test]
    fn what_each_side_deleted_once_may_be_gone() {
        let base = "Same words\n\n- [A](https://a.example)\n\nSame words\n";
        let first = "- [A](https://a.example)\n\nSame words\n";
        let second = "Same words\n\n- [A](https://a.example)\n";
        let merged = "- [A](https://a.example)\n";
        assert_eq!(wrong([base, first, second], merged), []);
    }

    #[test]
    fn an_address_in_the_line_behind_its_link_counts() {
        let base = "- [A](https://a.example)\n";
        let grown = format!("{base}- [B](\n\n  https://b.example) - Both.\n");
        assert_eq!(wrong([base, base, &grown], &grown), []);
        let other = grown.replace("b.example", "c.example");
        let found: Vec<String> = (wrong([base, base, &grown], &other).into_iter())
            .map(|(what, _)| what)
            .collect();
        assert_eq!(found, ["https://b.example"]);
    }
}
