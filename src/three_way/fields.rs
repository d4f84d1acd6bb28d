//! One entry in three texts becomes one text, field by field.

use super::units::{Kind, Side};
use super::{Reason, diff3};
use crate::list::{Entry, Shape};
use regex::Regex;
use std::sync::LazyLock;

/// What became of one unit that base, ours and theirs have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Merged {
    /// Its text, lines divided by `\n`, without one at the end.
    Text(String),
    /// A person must decide.
    Conflict(Reason),
}

/// A unit of one text.
#[derive(Clone, Copy)]
pub(super) struct Of<'a, 't> {
    pub(super) side: &'a Side<'t>,
    pub(super) unit: u32,
}

impl Of<'_, '_> {
    fn kind(self) -> Kind {
        self.side.unit(self.unit).kind
    }

    /// Whether it is a line of a table of contents.
    pub(super) fn is_contents(self) -> bool {
        self.kind() == Kind::Contents
    }

    /// The unit's lines without their endings.
    pub(super) fn text(self) -> String {
        let lines = self.side.unit(self.unit).lines.clone();
        let lines: Vec<&str> = lines.map(|line| self.side.lines.words(line)).collect();
        lines.join("\n")
    }

    /// Whether `other` is no more than a correction of it: the same links, and nine of ten words.
    ///
    /// A correction is no reason to keep what the other side deleted.
    pub(super) fn is_corrected_by(self, other: Of<'_, '_>) -> bool {
        if self.side.unit(self.unit).body == other.side.unit(other.unit).body {
            return true;
        }
        let (old, new) = (self.text(), other.text());
        destinations(&old) == destinations(&new) && mostly_the_same_words(&old, &new)
    }
}

/// Whether two texts share nine of ten words, in whatever order.
fn mostly_the_same_words(one: &str, other: &str) -> bool {
    let bag = |text: &str| -> Vec<String> {
        let mut bag: Vec<String> = without_shortcodes(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        bag.sort_unstable();
        bag
    };
    let (one, other) = (bag(one), bag(other));
    let (mut x, mut y, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(x), other.get(y)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
            std::cmp::Ordering::Equal => (x, y, common) = (x + 1, y + 1, common + 1),
        }
    }
    common * 10 >= one.len().max(other.len()) * 9
}

/// Merges the changes of both sides to one unit.
pub(super) fn changed(base: Of<'_, '_>, ours: Of<'_, '_>, theirs: Of<'_, '_>) -> Merged {
    let (o, a, b) = (base.text(), ours.text(), theirs.text());
    if let Some(text) = three_way(&o, &a, &b) {
        return Merged::Text(text.to_owned());
    }
    if [base, ours, theirs].iter().all(|of| of.kind() == Kind::Row) {
        return cells(&o, &a, &b);
    }
    if base.kind() == Kind::Line && ours.kind() == Kind::Line && theirs.kind() == Kind::Line {
        let spaces_only = |side: &str| side.split_whitespace().eq(o.split_whitespace());
        if spaces_only(&a) || spaces_only(&b) {
            return by_words(&o, &a, &b);
        }
        return match contained(&o, &a, &b) {
            Some(text) => Merged::Text(text.to_owned()),
            None => Merged::Conflict(Reason::Prose),
        };
    }
    if [base, ours, theirs]
        .iter()
        .any(|of| of.kind() == Kind::Contents)
    {
        return Merged::Text(contents_line(&o, &a, &b).to_owned());
    }
    let fields = (
        Fields::of(base, &o),
        Fields::of(ours, &a),
        Fields::of(theirs, &b),
    );
    if let (Some(fields_o), Some(fields_a), Some(fields_b)) = fields {
        return match by_fields(&fields_o, &fields_a, &fields_b) {
            Merged::Conflict(reason) => match contained(&o, &a, &b) {
                Some(text) => Merged::Text(text.to_owned()),
                None => Merged::Conflict(reason),
            },
            merged => merged,
        };
    }
    by_words(&o, &a, &b)
}

/// A line of a table of contents; the table is made anew, so what matters is where it leads.
fn contents_line<'v>(base: &str, ours: &'v str, theirs: &'v str) -> &'v str {
    let target = |text: &str| text.rsplit("](").next().map(str::to_owned);
    if target(ours) == target(base) && target(theirs) != target(base) {
        theirs
    } else {
        ours
    }
}

/// Merges what both sides added under one key.
pub(super) fn added(ours: Of<'_, '_>, theirs: Of<'_, '_>) -> Merged {
    let (a, b) = (ours.text(), theirs.text());
    if a == b {
        return Merged::Text(a);
    }
    if bare(&a) != bare(&b) || destinations(&a) != destinations(&b) {
        return match (Fields::of(ours, &a), Fields::of(theirs, &b)) {
            (Some(a), Some(b)) => united(&a, &b),
            _ => Merged::Conflict(Reason::AddedDifferently),
        };
    }
    // The texts differ in marks only: the one that says more, and then the same for either order.
    let rank = |text: &str| (text.contains("https://"), text.trim_end().len());
    let best = match rank(&a).cmp(&rank(&b)).then_with(|| b.cmp(&a)) {
        std::cmp::Ordering::Less => b,
        _ => a,
    };
    Merged::Text(best)
}

/// The side that changed the value, if only one did or both did alike.
fn three_way<'v>(base: &str, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    if ours == theirs || theirs == base {
        Some(ours)
    } else if ours == base {
        Some(theirs)
    } else {
        None
    }
}

/// Letters, digits and the signs inside destinations; no case, no `http` against `https`.
fn bare(text: &str) -> String {
    without_shortcodes(text)
        .to_lowercase()
        .replace("http://", "https://")
        .chars()
        .filter(|c| c.is_alphanumeric() || "/?=&%#+_@~!$".contains(*c))
        .collect::<String>()
        .replace('/', "")
}

/// A text without `:emoji:` shortcodes.
fn without_shortcodes(text: &str) -> String {
    let is_name = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(c))
    };
    let mut parts = text.split(':');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    let mut closed = false;
    for part in parts {
        if closed || !is_name(part) {
            if !closed {
                kept.push(':');
            }
            kept.push_str(part);
            closed = false;
        } else {
            closed = true;
        }
    }
    kept
}

/// The destinations in a text as they are told apart when links are counted.
fn destinations(text: &str) -> Vec<String> {
    super::check::destinations(text).collect()
}

/// The parts of an entry's text, joined they are the text.
struct Fields<'t> {
    parts: Vec<(Field, &'t str)>,
}

/// What a part of an entry's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Marker,
    Lead,
    Title,
    Joint,
    Destination,
    Notes,
    Separator,
    Description,
    Period,
    Badges,
    Tail,
}

impl<'t> Fields<'t> {
    /// Cuts `text`, the text of `of`, where its entry says; `None` if the parts stand in another order.
    fn of(of: Of<'_, '_>, text: &'t str) -> Option<Self> {
        let unit = of.side.unit(of.unit);
        let list = &of.side.list;
        let entry: &Entry = list.entry(unit.entry?);
        let start = of.side.lines.bytes(&unit.lines).start;
        // Line endings are one byte here and may be two in the source: offsets are then not to be used.
        if of.side.lines.raw_range(unit.lines.clone()).contains('\r') && unit.lines.len() > 1 {
            return None;
        }
        let at = |offset: u32| (offset as usize).checked_sub(start);
        let words = match entry.shape {
            Shape::Item(_) => at(entry.content.start)?,
            _ => 0,
        };
        let title = entry.title.as_ref().map(|title| title.span);
        let link = entry.link.map(|id| list.link(id));
        let destination = link.map(|link| link.destination);
        let end = text.len();
        let body_end = at(entry.content.end)?.min(end);
        let description = entry.description;
        let separator = entry.separator.map(|separator| separator.span);
        let mut cuts = vec![(Field::Marker, words)];
        let first = match (title, destination) {
            (Some(title), _) => at(title.start)?,
            (None, Some(destination)) => at(destination.start)?,
            (None, None) => words,
        };
        cuts.push((Field::Lead, first));
        let title_end = title.map_or(Some(first), |title| at(title.end))?;
        cuts.push((Field::Title, title_end));
        let (from, to) = match destination {
            // The text of a bare link is its destination.
            Some(span) if at(span.start)? >= title_end => (at(span.start)?, at(span.end)?),
            _ => (title_end, title_end),
        };
        cuts.extend([(Field::Joint, from), (Field::Destination, to)]);
        let (from, to) = match (separator, description) {
            (Some(separator), _) => (at(separator.start)?, at(separator.end)?),
            (None, Some(description)) => (at(description.start)?, at(description.start)?),
            (None, None) => (body_end, body_end),
        };
        cuts.extend([(Field::Notes, from), (Field::Separator, to)]);
        let description_end = description.map_or(Some(to), |span| at(span.end))?.max(to);
        let described = text.get(to..description_end)?;
        let badges = to
            + BADGES
                .find(described)
                .map_or(described.len(), |found| found.start());
        let words_end = text.get(to..badges)?.trim_end_matches(['.', ' ', '\t']);
        cuts.extend([
            (Field::Description, to + words_end.len()),
            (Field::Period, badges),
            (Field::Badges, description_end),
            (Field::Tail, end),
        ]);
        let mut parts = Vec::with_capacity(cuts.len());
        let mut from = 0;
        for (field, to) in cuts {
            parts.push((field, text.get(from..to)?));
            from = to;
        }
        Some(Fields { parts })
    }
}

/// The images, linked images and `:emoji:` that a description ends with.
static BADGES: LazyLock<Regex> = LazyLock::new(|| {
    let target = r"(?:\([^()]*\)|\[[^\[\]]*\])";
    let image = format!(r"!\[[^\[\]]*\]{target}");
    let badge = format!(r"(?:\[{image}\]{target}|{image}|:[a-z0-9_+-]+:)");
    Regex::new(&format!(r"(?:\s*{badge})+\s*$")).expect("the pattern is a constant")
});

fn by_fields(base: &Fields<'_>, ours: &Fields<'_>, theirs: &Fields<'_>) -> Merged {
    let mut text = String::new();
    let sides = base.parts.iter().zip(&ours.parts).zip(&theirs.parts);
    for (((field, o), (_, a)), (_, b)) in sides {
        let part = three_way(o, a, b)
            .or_else(|| alike(*field, a, b))
            .or_else(|| formatted(*field, o, a, b))
            .or_else(|| contained(o, a, b))
            .map(str::to_owned)
            .or_else(|| apart(*field, o, a, b));
        match part {
            Some(part) => text.push_str(&part),
            None => return Merged::Conflict(Reason::SameField),
        }
    }
    Merged::Text(text)
}

/// Unites two new entries of which no field has two values.
fn united(ours: &Fields<'_>, theirs: &Fields<'_>) -> Merged {
    let mut text = String::new();
    for ((field, a), (_, b)) in ours.parts.iter().zip(&theirs.parts) {
        match three_way("", a, b).or_else(|| alike(*field, a, b)) {
            Some(part) => text.push_str(part),
            None => return Merged::Conflict(Reason::AddedDifferently),
        }
    }
    Merged::Text(text)
}

/// One of two new values that differ in nothing a reader would miss, the same for either order.
fn alike<'v>(field: Field, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    let same = match field {
        // The number is made anew after the merge.
        Field::Marker => {
            let sign = |text: &str| {
                text.trim()
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .to_owned()
            };
            sign(ours) == sign(theirs)
        }
        Field::Destination => bare(ours) == bare(theirs) && destinations_alike(ours, theirs),
        _ => bare(ours) == bare(theirs) && destinations(ours) == destinations(theirs),
    };
    let rank = |value: &'v str| (value.starts_with("https:"), value.len());
    same.then(
        || match rank(ours).cmp(&rank(theirs)).then_with(|| theirs.cmp(ours)) {
            std::cmp::Ordering::Less => theirs,
            _ => ours,
        },
    )
}

/// The side that changed words, where the other changed nothing but signs, case or white space.
fn formatted<'v>(field: Field, base: &str, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    let only_signs = |value: &str| {
        field != Field::Destination
            && bare(value) == bare(base)
            && destinations(value) == destinations(base)
    };
    if only_signs(ours) {
        Some(theirs)
    } else if only_signs(theirs) {
        Some(ours)
    } else {
        None
    }
}

fn destinations_alike(ours: &str, theirs: &str) -> bool {
    super::check::counted(ours) == super::check::counted(theirs)
}

/// Merges rows cell by cell; a side may have put in or taken out a column.
fn cells(base: &str, ours: &str, theirs: &str) -> Merged {
    let (o, a, b) = (split_row(base), split_row(ours), split_row(theirs));
    if o.len() == a.len() && o.len() == b.len() {
        let mut text = String::new();
        for ((o, a), b) in o.iter().zip(&a).zip(&b) {
            let cell = match three_way(o.trim(), a.trim(), b.trim()) {
                Some(cell) if cell == b.trim() && cell != a.trim() => b,
                Some(_) => a,
                None => match contained(o, a, b) {
                    Some(cell) => cell,
                    None => return Merged::Conflict(Reason::SameField),
                },
            };
            text.push_str(cell);
        }
        return Merged::Text(text);
    }
    // Bars are words of their own here: cells that stand side by side do not touch.
    in_sequence(&with_bars(&o), &with_bars(&a), &with_bars(&b), str::trim)
}

/// Merges sequences of words or cells: changes that do not touch each other combine.
fn in_sequence<'v>(
    base: &[&'v str],
    ours: &[&'v str],
    theirs: &[&'v str],
    name: impl Fn(&'v str) -> &'v str,
) -> Merged {
    let mut names = super::lines::Names::default();
    let mut numbers = |words: &[&'v str]| -> Vec<u32> {
        words.iter().map(|word| names.number(name(word))).collect()
    };
    let (o, a, b) = (numbers(base), numbers(ours), numbers(theirs));
    let mut text = String::new();
    for piece in diff3::pieces(&o, &a, &b, &diff3::hunks(&o, &a), &diff3::hunks(&o, &b)) {
        let part = match piece.change {
            diff3::Change::Theirs => theirs.get(piece.theirs),
            diff3::Change::Collision => return Merged::Conflict(Reason::SameField),
            _ => ours.get(piece.ours),
        };
        text.extend(part.unwrap_or_default().iter().copied());
    }
    Merged::Text(text)
}

/// The side's value that has every change of the other side in it, word by word, and more.
fn contained<'v>(base: &str, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    let merged = by_words(base, ours, theirs);
    match merged {
        Merged::Text(text) if text == ours => Some(ours),
        Merged::Text(text) if text == theirs => Some(theirs),
        _ => None,
    }
}

/// Cells and the bars between them.
fn with_bars<'v>(cells: &[&'v str]) -> Vec<&'v str> {
    let mut words = Vec::with_capacity(cells.len() * 2);
    for cell in cells {
        match cell.strip_suffix('|') {
            Some(inner) => words.extend([inner, "|"]),
            None => words.push(*cell),
        }
    }
    words
}

/// The cells of a row, each with the bar behind it.
fn split_row(row: &str) -> Vec<&str> {
    let mut escaped = false;
    row.split_inclusive(|c: char| {
        let bar = c == '|' && !escaped;
        escaped = c == '\\' && !escaped;
        bar
    })
    .collect()
}

/// Of two replacements the one that has all words of the other, in their order.
fn fuller<'v>(ours: &'v [&'v str], theirs: &'v [&'v str]) -> Option<&'v [&'v str]> {
    let has_all = |full: &[&str], part: &[&str]| {
        let mut full = full.iter();
        !part.is_empty() && part.iter().all(|word| full.any(|other| other == word))
    };
    if has_all(ours, theirs) {
        Some(ours)
    } else if has_all(theirs, ours) {
        Some(theirs)
    } else {
        None
    }
}

/// A long description that the sides changed at places far from each other.
fn apart(field: Field, base: &str, ours: &str, theirs: &str) -> Option<String> {
    /// Unchanged words between two changes, white space and signs counted.
    const FAR: usize = 8;
    if field != Field::Description {
        return None;
    }
    let (o, a, b) = (words(base), words(ours), words(theirs));
    let mut names = super::lines::Names::default();
    let [on, an, bn] = [&o, &a, &b].map(|words| {
        let numbers = words.iter().map(|word| names.number(word));
        numbers.collect::<Vec<u32>>()
    });
    let pieces = diff3::pieces(
        &on,
        &an,
        &bn,
        &diff3::hunks(&on, &an),
        &diff3::hunks(&on, &bn),
    );
    let mut text = String::new();
    let mut last = diff3::Change::None;
    let mut between = FAR;
    for piece in pieces {
        match piece.change {
            diff3::Change::Collision => {
                let (a, b) = (a.get(piece.ours)?, b.get(piece.theirs)?);
                text.extend(fuller(a, b)?.iter().copied());
                continue;
            }
            diff3::Change::None | diff3::Change::Both => between += piece.base.len(),
            change => {
                if last != diff3::Change::None && last != change && between < FAR {
                    return None;
                }
                (last, between) = (change, 0);
            }
        }
        let part = match piece.change {
            diff3::Change::Theirs => b.get(piece.theirs),
            _ => a.get(piece.ours),
        };
        text.extend(part.unwrap_or_default().iter().copied());
    }
    Some(text)
}

/// Merges texts without known fields, word by word.
fn by_words(base: &str, ours: &str, theirs: &str) -> Merged {
    in_sequence(&words(base), &words(ours), &words(theirs), |word| word)
}

/// Words, destinations, white space and signs, one after the other.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if words.last() == Some(&"(") || rest.starts_with("http") {
            rest.find([')', ' ', '\t', '\n', '>', '|', '"'])
                .unwrap_or(rest.len())
        } else if first.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len())
        } else if first.is_whitespace() {
            rest.find(|c: char| !c.is_whitespace())
                .unwrap_or(rest.len())
        } else {
            0
        };
        let (word, after) = rest.split_at(length.max(first.len_utf8()));
        words.push(word);
        rest = after;
    }
    words
}
