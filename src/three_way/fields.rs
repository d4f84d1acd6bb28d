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

    /// Whether both say the same with the same links; markers, white space and punctuation aside.
    pub(super) fn says_the_same_as(self, other: Of<'_, '_>) -> bool {
        if self.side.unit(self.unit).body == other.side.unit(other.unit).body {
            return true;
        }
        let (one, other) = (self.text(), other.text());
        bare(&one) == bare(&other) && destinations(&one) == destinations(&other)
    }
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
        return Merged::Conflict(Reason::AddedDifferently);
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
            .or_else(|| contained(o, a, b));
        match part {
            Some(part) => text.push_str(part),
            None => {
                if std::env::var("DBG").is_ok() {
                    eprintln!("FIELD {field:?}\n {o:?}\n {a:?}\n {b:?}");
                }
                return Merged::Conflict(Reason::SameField);
            }
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
    in_sequence(&o, &a, &b, |cell| cell.trim_end_matches('|').trim())
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
