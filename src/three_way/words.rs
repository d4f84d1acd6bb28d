//! Texts of three versions merged word by word, and rows cell by cell; what makes two texts alike.

use super::Reason;
use super::diff3;
use super::fields::Merged;
use super::lines::Names;

/// The side that changed the value, if only one did or both did alike.
pub(super) fn three_way<'v>(base: &str, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    if ours == theirs || theirs == base {
        Some(ours)
    } else if ours == base {
        Some(theirs)
    } else {
        None
    }
}

/// The side's value that has every change of the other side in it, word by word, and more.
pub(super) fn contained<'v>(base: &str, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    let merged = by_words(base, ours, theirs);
    match merged {
        Merged::Text(text) if text == ours => Some(ours),
        Merged::Text(text) if text == theirs => Some(theirs),
        _ => None,
    }
}

/// The side that changed the value, where the other did no more than write `https` for `http`.
pub(super) fn over_scheme<'v>(base: &str, ours: &'v str, theirs: &'v str) -> Option<&'v str> {
    let secure = |text: &str| text.trim().replace("http://", "https://");
    let base = secure(base);
    if secure(ours) == base {
        Some(theirs)
    } else if secure(theirs) == base {
        Some(ours)
    } else {
        None
    }
}

/// Merges texts without known fields, word by word.
pub(super) fn by_words(base: &str, ours: &str, theirs: &str) -> Merged {
    in_sequence(&words(base), &words(ours), &words(theirs), |word| word)
}

/// A long text that the sides changed at places far from each other.
pub(super) fn apart(base: &str, ours: &str, theirs: &str) -> Option<String> {
    /// Unchanged words between two changes, white space and signs counted.
    const FAR: usize = 8;
    let (o, a, b) = (words(base), words(ours), words(theirs));
    let mut names = Names::default();
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

/// Merges sequences of words or cells: changes that do not touch each other combine.
fn in_sequence<'v>(
    base: &[&'v str],
    ours: &[&'v str],
    theirs: &[&'v str],
    name: impl Fn(&'v str) -> &'v str,
) -> Merged {
    let mut names = Names::default();
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

/// Merges rows cell by cell; a side may have put in or taken out a column.
pub(super) fn cells(base: &str, ours: &str, theirs: &str) -> Merged {
    let (o, a, b) = (split_row(base), split_row(ours), split_row(theirs));
    if o.len() == a.len() && o.len() == b.len() {
        let mut text = String::new();
        for ((o, a), b) in o.iter().zip(&a).zip(&b) {
            let cell = match three_way(o.trim(), a.trim(), b.trim()) {
                Some(cell) if cell == b.trim() && cell != a.trim() => b,
                Some(_) => a,
                None => match contained(o, a, b).or_else(|| over_scheme(o, a, b)) {
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

/// Letters, digits and the signs inside destinations; no case, no `http` against `https`.
pub(super) fn bare(text: &str) -> String {
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

/// Whether two texts share nine of ten words, in whatever order.
pub(super) fn mostly_the_same_words(one: &str, other: &str) -> bool {
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
