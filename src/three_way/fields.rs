//! One entry in three texts becomes one text, field by field.

use super::Reason;
use super::mentions;
use super::units::{Kind, Side};
use super::words::{
    apart, bare, by_words, cells, contained, mostly_the_same_words, over_scheme, three_way,
};
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

    /// Whether `other` is no reason to keep it where the other side deleted it: the same in another
    /// layout, the same over `https` or, where no link is at stake, a correction that leaves nine of ten words.
    pub(super) fn is_corrected_by(self, other: Of<'_, '_>) -> bool {
        if self.side.unit(self.unit).body == other.side.unit(other.unit).body {
            return true;
        }
        let (old, new) = (self.text(), other.text());
        let signs = |text: &str| {
            let signs = text.split_whitespace().collect::<String>();
            signs.replace("http://", "https://")
        };
        signs(&old) == signs(&new)
            || destinations(&old).is_empty()
                && destinations(&new).is_empty()
                && mostly_the_same_words(&old, &new)
    }

    /// Whether its lines are others than those of `other`.
    pub(super) fn differs_from(self, other: Of<'_, '_>) -> bool {
        let (old, new) = (self.side.unit(self.unit), other.side.unit(other.unit));
        self.side.lines.names.get(old.lines.clone())
            != other.side.lines.names.get(new.lines.clone())
    }

    /// Whether `other` has the same words and destinations, with other signs around them.
    pub(super) fn is_restyled_by(self, other: Of<'_, '_>) -> bool {
        let (old, new) = (self.text(), other.text());
        bare(&old) == bare(&new) && destinations(&old) == destinations(&new)
    }

    /// Whether `other` is the same entry at another address and nothing else changed: what a
    /// deletion of the old address does not speak of.
    pub(super) fn is_readdressed_by(self, other: Of<'_, '_>) -> bool {
        if self.side.unit(self.unit).key == other.side.unit(other.unit).key {
            return false;
        }
        let (old, new) = (self.text(), other.text());
        match (Fields::of(self, &old), Fields::of(other, &new)) {
            (Some(old), Some(new)) => old.differs_in_destination_alone(&new),
            _ => false,
        }
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
        let spaces_only = |side: &str| side.split_whitespace().eq(o.split_whitespace());
        if spaces_only(&a) || spaces_only(&b) {
            return by_words(&o, &a, &b);
        }
        return match contained(&o, &a, &b).or_else(|| over_scheme(&o, &a, &b)) {
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
    match (by_words(&o, &a, &b), base.kind()) {
        (Merged::Conflict(_), Kind::Heading) => match formatted(Field::Title, &o, &a, &b) {
            Some(text) => Merged::Text(text.to_owned()),
            None => Merged::Conflict(Reason::SameField),
        },
        (merged, _) => merged,
    }
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

/// The destinations in a text as they are told apart when links are counted.
fn destinations(text: &str) -> Vec<String> {
    mentions::destinations(text).collect()
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
        let start = unit.start as usize;
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
        let words = text.get(to..badges)?.trim_end_matches(['.', ' ', '\t']);
        cuts.extend([
            (Field::Description, to + words.len()),
            (Field::Period, badges),
            (Field::Badges, description_end),
            (Field::Tail, end),
        ]);
        Fields::cut(text, cuts)
    }

    /// Whether `other` leads elsewhere and says the same.
    fn differs_in_destination_alone(&self, other: &Fields<'_>) -> bool {
        let mut parts = self.parts.iter().zip(&other.parts);
        parts.all(|((field, old), (_, new))| match field {
            Field::Destination => !old.is_empty() && !new.is_empty() && old != new,
            Field::Marker => true,
            _ => old == new,
        })
    }

    /// `text` cut where each field ends.
    fn cut(text: &'t str, cuts: Vec<(Field, usize)>) -> Option<Self> {
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
            .or_else(|| readdressed(*field, o, a, b))
            .or_else(|| contained(o, a, b))
            .map(str::to_owned)
            .or_else(|| match field {
                Field::Description => apart(o, a, b),
                _ => None,
            });
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

/// The side that gave another address, where the other changed nothing but the scheme of the old one
/// or the slash at its end.
fn readdressed<'v>(field: Field, base: &str, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    if field != Field::Destination {
        return None;
    }
    if destinations_alike(base, ours) {
        Some(theirs)
    } else if destinations_alike(base, theirs) {
        Some(ours)
    } else {
        None
    }
}

fn destinations_alike(ours: &str, theirs: &str) -> bool {
    mentions::counted(ours) == mentions::counted(theirs)
}
