//! What a merge must not do: lose what neither side deleted, bring back what one did, double a link,
//! put entries into an order that neither side has.
//!
//! Read from the texts alone, without the model that the merge worked with, so that what the model
//! misunderstands is found here.

use super::Reason;
use memchr::memmem;
use rustc_hash::FxHashMap;

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

/// The destinations of a text by how [`counted`] writes them.
pub(super) struct Destinations(FxHashMap<String, Found>);

impl Destinations {
    /// How often a destination is linked.
    fn links(&self, destination: &str) -> u32 {
        self.0.get(destination).map_or(0, |found| found.links)
    }
}

/// The destinations of `text`.
pub(super) fn read(text: &str) -> Destinations {
    let mut found: FxHashMap<String, Found> = FxHashMap::default();
    for (place, (destination, is_link)) in (0..).zip(mentions(text)) {
        let entry = found.entry(counted(destination)).or_default();
        entry.links += u32::from(is_link);
        entry.mentions += 1;
        entry.place = place;
    }
    Destinations(found)
}

/// The destinations of a text's links and pictures, as [`counted`] writes them; anchors of the text
/// itself left out.
pub(super) fn destinations(text: &str) -> impl Iterator<Item = String> + '_ {
    mentions(text)
        .filter(|(_, is_link)| *is_link)
        .map(|(destination, _)| counted(destination))
}

/// What addresses stand in a text, in its order, and whether as links: behind `](`, in `href` and
/// between angle brackets; not in `src` and not bare.
fn mentions(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut inline = memmem::find_iter(text.as_bytes(), "](").peekable();
    let mut schemes = memmem::find_iter(text.as_bytes(), "://").peekable();
    let mut read_to = 0;
    std::iter::from_fn(move || {
        loop {
            let next = match (inline.peek(), schemes.peek()) {
                (Some(link), Some(scheme)) if link < scheme => inline.next().map(|at| (at, true)),
                (Some(_), None) => inline.next().map(|at| (at, true)),
                _ => schemes.next().map(|at| (at, false)),
            };
            let (at, is_inline) = next?;
            if at < read_to {
                continue;
            }
            let Some((start, address, is_link)) = (match is_inline {
                true => behind_bracket(text, at + 2),
                false => around_scheme(text, at),
            }) else {
                continue;
            };
            read_to = start + address.len();
            if !address.is_empty() && !address.starts_with('#') {
                return Some((address, is_link));
            }
        }
    })
}

/// The destination that begins at `from`, white space and an angle bracket aside: where, what, and
/// that it is a link.
fn behind_bracket(text: &str, from: usize) -> Option<(usize, &str, bool)> {
    let rest = text.get(from..)?.trim_start();
    let rest = rest.strip_prefix('<').unwrap_or(rest);
    let end = rest
        .find(|c: char| c == ')' || c == '>' || c.is_whitespace())
        .unwrap_or(rest.len());
    Some((text.len() - rest.len(), rest.get(..end)?, true))
}

/// The address whose `://` stands at `at`: where it begins, what it is, and whether it is a link.
fn around_scheme(text: &str, at: usize) -> Option<(usize, &str, bool)> {
    let before = text.get(..at)?;
    let outside = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if outside.len() == before.len() {
        return None;
    }
    let rest = text.get(outside.len()..)?;
    let end = rest
        .find(|c: char| c.is_whitespace() || ")>\"'|<]".contains(c))
        .unwrap_or(rest.len());
    let address = rest.get(..end)?.trim_end_matches(['.', ',', ';', ':']);
    let marks = ["<", "href=\"", "href='"];
    let is_link = marks.iter().any(|mark| outside.ends_with(mark));
    Some((outside.len(), address, is_link))
}

/// A destination as it is told from others when links are counted: in lower case, without slash at
/// its end, `http` as `https`.
pub(super) fn counted(destination: &str) -> String {
    destination
        .trim_end_matches('/')
        .to_lowercase()
        .replace("http://", "https://")
}

/// What a line says: without indentation and list marker. `None` for a line without words, and for
/// one of a contents table, which is made anew.
fn said(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let said = match digits.strip_prefix(['.', ')']) {
        Some(rest) if digits.len() < line.len() => rest,
        _ => line.strip_prefix(['-', '*', '+']).unwrap_or(line),
    };
    let has_words = said.contains(char::is_alphanumeric) && !said.contains("](#");
    has_words.then(|| said.trim_start())
}

/// How often each thing is said in a text.
type Sayings<'t> = FxHashMap<&'t str, u32>;

fn sayings(text: &str) -> Sayings<'_> {
    let mut sayings = Sayings::default();
    for line in text.lines().filter_map(said) {
        *sayings.entry(line).or_default() += 1;
    }
    sayings
}

/// What in `text` a [`Wrong`] may be about.
pub(super) fn marks(text: &str) -> impl Iterator<Item = String> + '_ {
    let addresses = mentions(text).map(|(destination, _)| counted(destination));
    addresses.chain(text.lines().filter_map(said).map(str::to_owned))
}

/// Something that a merge must not have done, and to which destination or line.
pub(super) type Wrong = (String, Reason);

/// Base, ours and theirs, as far as a result is held against them.
pub(super) struct Sides<'t> {
    texts: [&'t str; 3],
    base: Destinations,
    ours: Destinations,
    theirs: Destinations,
}

impl<'t> Sides<'t> {
    pub(super) fn new(texts: [&'t str; 3]) -> Self {
        let [base, ours, theirs] = texts.map(read);
        Sides {
            texts,
            base,
            ours,
            theirs,
        }
    }

    /// What is wrong with a result: `whole` as it is written, of which `decided` is what stands
    /// outside conflicts.
    pub(super) fn wrong(&self, whole: &str, decided: &str) -> Vec<Wrong> {
        let (all, settled) = (read(whole), read(decided));
        let by = |reason| move |link| (link, reason);
        let mut wrong: Vec<Wrong> = Vec::new();
        wrong.extend(self.lost(&all).into_iter().map(by(Reason::WouldLose)));
        let back = self.resurrected(&settled).into_iter();
        wrong.extend(back.map(by(Reason::WouldResurrect)));
        let doubled = self.doubled(&settled).into_iter();
        wrong.extend(doubled.map(by(Reason::WouldDouble)));
        let reordered = self.reordered(&settled).into_iter();
        wrong.extend(reordered.map(by(Reason::WouldReorder)));
        wrong.extend(self.lines(whole, decided));
        wrong
    }

    /// Links that `merged` has more often than either side, and more than once; sorted.
    pub(super) fn doubled(&self, merged: &Destinations) -> Vec<String> {
        sorted(merged, |link, found| {
            let sides = self.ours.links(link).max(self.theirs.links(link));
            found.links > sides.max(1)
        })
    }

    /// Destinations of a side that `merged` lacks though neither side deleted them; sorted.
    fn lost(&self, merged: &Destinations) -> Vec<String> {
        let is_lost = |link: &str| !merged.0.contains_key(link) && !self.was_deleted(link);
        let mut lost = sorted(&self.ours, |link, _| is_lost(link));
        lost.extend(sorted(&self.theirs, |link, _| is_lost(link)));
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// Destinations in `merged` that a side had deleted; sorted.
    fn resurrected(&self, merged: &Destinations) -> Vec<String> {
        sorted(merged, |link, _| self.was_deleted(link))
    }

    fn was_deleted(&self, link: &str) -> bool {
        self.base.0.contains_key(link)
            && !(self.ours.0.contains_key(link) && self.theirs.0.contains_key(link))
    }

    /// Destinations that stand before one which both sides have before them; in the order of the
    /// text. Only what all three have once is compared, each with the next.
    fn reordered(&self, merged: &Destinations) -> Vec<String> {
        let once = |found: &Destinations, link: &str| {
            let found = found.0.get(link)?;
            (found.mentions == 1).then_some(found.place)
        };
        let mut common: Vec<(u32, u32, u32, &str)> = (merged.0.iter())
            .filter(|(_, found)| found.mentions == 1)
            .filter_map(|(link, found)| {
                let (ours, theirs) = (once(&self.ours, link)?, once(&self.theirs, link)?);
                Some((found.place, ours, theirs, link.as_str()))
            })
            .collect();
        common.sort_unstable();
        let pairs = common.iter().zip(common.iter().skip(1));
        let reversed = pairs.filter(|(one, next)| one.1 > next.1 && one.2 > next.2);
        reversed.map(|(one, _)| one.3.to_owned()).collect()
    }

    /// Lines that both sides have and that the merge lost, and lines that it brought back; sorted.
    fn lines(&self, whole: &str, decided: &str) -> Vec<Wrong> {
        let [base, ours, theirs] = self.texts.map(sayings);
        let of = |sayings: &Sayings<'_>, line| sayings.get(line).copied().unwrap_or_default();
        let merged = sayings(whole);
        let mut wrong = Vec::new();
        for (line, count) in &ours {
            // Each side may have deleted one of several.
            let kept = count + of(&theirs, line) > of(&base, line);
            if theirs.contains_key(line) && kept && !merged.contains_key(line) {
                wrong.push(((*line).to_owned(), Reason::WouldLose));
            }
        }
        for line in sayings(decided).keys() {
            let before = of(&base, line);
            let gone = |side, other| of(side, line) == 0 && of(other, line) <= before;
            if before > 0 && (gone(&ours, &theirs) || gone(&theirs, &ours)) {
                wrong.push(((*line).to_owned(), Reason::WouldResurrect));
            }
        }
        wrong.sort_unstable();
        wrong
    }
}

fn sorted(all: &Destinations, wanted: impl Fn(&str, &Found) -> bool) -> Vec<String> {
    let mut links: Vec<String> = (all.0.iter())
        .filter(|(link, found)| wanted(link, found))
        .map(|(link, _)| link.clone())
        .collect();
    links.sort_unstable();
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(texts: [&str; 3], merged: &str) -> Vec<Wrong> {
        Sides::new(texts).wrong(merged, merged)
    }

    #[test]
    fn addresses_are_found_in_all_their_forms() {
        let text = "[a](https://a.example/) ![b](<b.png>) <https://c.example> https://d.example.\n\
                    <a href=\"https://e.example\"><img src='HTTP://f.example/'></a>\n[g]: https://g.example\n";
        let found: Vec<(&str, bool)> = mentions(text).collect();
        let expected = [
            ("https://a.example/", true),
            ("b.png", true),
            ("https://c.example", true),
            ("https://d.example", false),
            ("https://e.example", true),
            ("HTTP://f.example/", false),
            ("https://g.example", false),
        ];
        assert_eq!(found, expected);
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
}
