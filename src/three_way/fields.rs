//! One entry in three texts becomes one text, field by field.

use super::units::{Kind, Side};
use super::{Reason, diff3};
use crate::list::{Entry, Shape};

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

    /// The unit's lines without their endings.
    pub(super) fn text(self) -> String {
        let lines = self.side.unit(self.unit).lines.clone();
        let lines: Vec<&str> = lines.map(|line| self.side.lines.words(line)).collect();
        lines.join("\n")
    }

    /// Whether both say the same, list markers and white space aside.
    pub(super) fn says_the_same_as(self, other: Of<'_, '_>) -> bool {
        self.side.unit(self.unit).body == other.side.unit(other.unit).body
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
    let fields = (Fields::of(base, &o), Fields::of(ours, &a), Fields::of(theirs, &b));
    if let (Some(o), Some(a), Some(b)) = fields {
        return by_fields(&o, &a, &b);
    }
    by_words(&o, &a, &b)
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
    text.to_lowercase()
        .replace("http://", "https://")
        .chars()
        .filter(|c| c.is_alphanumeric() || "/?=&%#+_@~!$".contains(*c))
        .collect::<String>()
        .replace('/', "")
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
        let words_end = text.get(to..description_end)?.trim_end_matches(['.', ' ', '\t']);
        cuts.extend([
            (Field::Description, to + words_end.len()),
            (Field::Period, description_end),
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

fn by_fields(base: &Fields<'_>, ours: &Fields<'_>, theirs: &Fields<'_>) -> Merged {
    let mut text = String::new();
    let sides = base.parts.iter().zip(&ours.parts).zip(&theirs.parts);
    for (((field, o), (_, a)), (_, b)) in sides {
        match three_way(o, a, b).or_else(|| alike(*field, a, b)) {
            Some(part) => text.push_str(part),
            None => return Merged::Conflict(Reason::SameField),
        }
    }
    Merged::Text(text)
}

/// One of two new values that differ in nothing a reader would miss, the same for either order.
fn alike<'v>(field: Field, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    let same = match field {
        // The number is made anew after the merge.
        Field::Marker => {
            let sign = |text: &str| text.trim().trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
            sign(ours) == sign(theirs)
        }
        Field::Destination => bare(ours) == bare(theirs) && destinations_alike(ours, theirs),
        _ => ours.split_whitespace().eq(theirs.split_whitespace()),
    };
    let rank = |value: &'v str| (value.starts_with("https:"), value.len());
    same.then(|| match rank(ours).cmp(&rank(theirs)).then_with(|| theirs.cmp(ours)) {
        std::cmp::Ordering::Less => theirs,
        _ => ours,
    })
}

fn destinations_alike(ours: &str, theirs: &str) -> bool {
    super::check::counted(ours) == super::check::counted(theirs)
}

/// Merges rows cell by cell.
fn cells(base: &str, ours: &str, theirs: &str) -> Merged {
    let (o, a, b) = (split_row(base), split_row(ours), split_row(theirs));
    if o.len() != a.len() || o.len() != b.len() {
        return Merged::Conflict(Reason::SameField);
    }
    let mut text = String::new();
    for ((o, a), b) in o.iter().zip(&a).zip(&b) {
        let cell = if a.trim() == o.trim() {
            b
        } else if b.trim() == o.trim() || a.trim() == b.trim() {
            a
        } else {
            return Merged::Conflict(Reason::SameField);
        };
        text.push_str(cell);
    }
    Merged::Text(text)
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

/// Merges texts without known fields: changes that do not touch each other combine.
fn by_words(base: &str, ours: &str, theirs: &str) -> Merged {
    let mut names = super::lines::Names::default();
    let mut number = |text| -> (Vec<&str>, Vec<u32>) {
        let words = words(text);
        let numbers = words.iter().map(|word| names.number(word)).collect();
        (words, numbers)
    };
    let (_, o) = number(base);
    let (a_words, a) = number(ours);
    let (b_words, b) = number(theirs);
    let pieces = diff3::pieces(&o, &a, &b, &diff3::hunks(&o, &a), &diff3::hunks(&o, &b));
    let mut text = String::new();
    for piece in pieces {
        let part = match piece.change {
            diff3::Change::Theirs => b_words.get(piece.theirs),
            diff3::Change::Collision => return Merged::Conflict(Reason::SameField),
            _ => a_words.get(piece.ours),
        };
        text.extend(part.unwrap_or_default().iter().copied());
    }
    Merged::Text(text)
}

/// Words, destinations, white space and signs, one after the other.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if words.last() == Some(&"(") || rest.starts_with("http") {
            rest.find([')', ' ', '\t', '\n', '>', '|', '"']).unwrap_or(rest.len())
        } else if first.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else if first.is_whitespace() {
            rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len())
        } else {
            0
        };
        let (word, after) = rest.split_at(length.max(first.len_utf8()));
        words.push(word);
        rest = after;
    }
    words
}
