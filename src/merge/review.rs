//! The form in which a merge asks what it could not decide: a decisions file to edit and feed back.

use std::fmt::Write;

use super::{Alignment, Merge, Options, Pair, Place};
use crate::list::List;

/// The decisions file with everything that `merge` left open, as comments to be uncommented.
///
/// What was decided before, in `options`, stands first, so that the form can take the place of the
/// file that it came from.
pub fn form(merge: &Merge, lists: &[List], options: &Options) -> String {
    let decided = &options.decisions;
    let mut form = String::from(
        "# What the merge left open. Uncomment a line to decide, and give this file to the next merge.\n",
    );
    form.push_str("\n# Entries that are one work.\nsame = [\n");
    groups(&mut form, &decided.same);
    for pair in &merge.possible {
        question(&mut form, lists, pair);
    }
    form.push_str("]\n\n# Entries of which no two are one work.\ndifferent = [\n");
    groups(&mut form, &decided.different);
    for pair in &merge.possible {
        answer(&mut form, lists, pair);
    }
    form.push_str(
        "]\n\n# Entries whose words are kept where they are folded with others.\nkeep = [\n",
    );
    for name in &decided.keep {
        let _ = writeln!(form, "  {},", quoted(name));
    }
    form.push_str("]\n\n# A section and the one that takes its entries.\n[sections]\n");
    for (from, to) in &options.sections {
        let _ = writeln!(form, "{} = {}", quoted(from), quoted(to));
    }
    for section in &merge.sections {
        if section.how != Alignment::Added {
            continue;
        }
        let shares: Vec<_> = merge
            .suggestions
            .iter()
            .filter(|pair| pair.b == section.from)
            .collect();
        let place = place_of(lists, section.list, section.span.start);
        let _ = writeln!(form, "# {place}: no section of the lists before matches");
        for pair in &shares {
            let (a, shared, smaller) = (line(&pair.a.join(" > ")), pair.shared, pair.smaller);
            let _ = writeln!(form, "# it shares {shared} of {smaller} works with {a}");
        }
        let to = shares
            .first()
            .map_or_else(String::new, |pair| pair.a.join(" > "));
        let from = section.from.join(" > ");
        let _ = writeln!(form, "# {} = {}", quoted(&from), quoted(&to));
    }
    form
}

/// The groups that were decided, a line each.
fn groups(form: &mut String, groups: &[Vec<String>]) {
    for group in groups {
        let names: Vec<String> = group.iter().map(|name| quoted(name)).collect();
        let _ = writeln!(form, "  [{}],", names.join(", "));
    }
}

fn question(form: &mut String, lists: &[List], pair: &Pair) {
    for (place, span) in [(pair.a, pair.span_a), (pair.b, pair.span_b)] {
        let at = place_of(lists, place.list, span.start);
        let _ = writeln!(form, "  # {at}: {}", line(&first_line(lists, pair, place)));
    }
    let _ = writeln!(form, "  # {}", line(&pair.reason));
    answer(form, lists, pair);
}

fn answer(form: &mut String, lists: &[List], pair: &Pair) {
    let (a, b) = (name(lists, pair.a), name(lists, pair.b));
    let _ = writeln!(form, "  # [{}, {}],", quoted(&a), quoted(&b));
}

fn first_line(lists: &[List], pair: &Pair, place: Place) -> String {
    let span = if place == pair.a {
        pair.span_a
    } else {
        pair.span_b
    };
    let text = lists.get(place.list).map_or("", |list| list.slice(span));
    text.lines().next().unwrap_or_default().to_owned()
}

/// What an entry is called in a decisions file: its link, or its title where it has none.
pub fn name(lists: &[List], place: Place) -> String {
    let Some(list) = lists.get(place.list) else {
        return String::new();
    };
    let entry = list.entry(place.entry);
    let linked = list.primary_link(entry).filter(|link| !link.url.is_empty());
    match (linked, &entry.title) {
        (Some(link), _) => link.url.clone(),
        (None, Some(title)) => title.text.clone(),
        (None, None) => list.slice(entry.content).trim().to_owned(),
    }
}

fn place_of(lists: &[List], list: usize, offset: u32) -> String {
    lists.get(list).map_or_else(String::new, |list| {
        let line_number = list.source.line(offset);
        format!("{}:{line_number}", line(list.source.name()))
    })
}

/// `text` on one line and without control characters, as a comment can hold it.
fn line(text: &str) -> String {
    text.chars()
        .map(|char| if is_hidden(char) { ' ' } else { char })
        .collect()
}

/// Whether `char` steers what shows it, or turns the direction of reading around.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(u32::from(char), 0x61c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff)
}

/// `text` as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            char if is_hidden(char) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}
