//! Canonical text of what the tool itself decides: an entry line, a heading, a contents table.

mod contents;
mod coverage;
mod reorder;
mod targets;

pub use contents::{Names, contents, contents_edits};
pub use coverage::{ContentsState, LineState, Missing, contents_states};
pub use reorder::contents_order;
pub use targets::{Target, Targets};

use super::style::{Ending, Majority, SectionStyle};

/// How an entry line is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryForm {
    /// The bullet.
    pub bullet: char,
    /// What divides title and description, with the white space around it.
    pub separator: String,
    /// Whether a description ends in a period; `None` leaves its end as it is.
    pub ending: Option<Ending>,
}

impl EntryForm {
    /// The form that a section follows at `depth`; `-` and ` - ` where it follows none.
    pub fn of(style: &SectionStyle<'_>, depth: u16) -> EntryForm {
        let bullets = style.own().map(|own| own.bullet_at(depth));
        let own = bullets.filter(|own| own.winner().is_some());
        let bullet = own.unwrap_or_else(|| style.list().bullet_at(depth));
        let any = style.list().any_bullet();
        let bullet = bullet.winner().or(any.winner()).copied();
        let separator = style.pick(|of| &of.separator).winner();
        EntryForm {
            bullet: bullet.unwrap_or('-'),
            separator: separator.map_or_else(|| " - ".to_owned(), |form| form.text.clone()),
            ending: Majority::clear(style.pick(|of| &of.ending)).copied(),
        }
    }
}

/// The words of an entry line, as Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryWords<'a> {
    /// The title.
    pub title: &'a str,
    /// The destination of the link.
    pub url: Option<&'a str>,
    /// What stands between title and separator: `(2017)`, `by Ann`.
    pub notes: &'a [&'a str],
    /// The description.
    pub description: Option<&'a str>,
}

/// An entry as one line without its line ending: `- [Title](https://example.org) (2017) - Words.`
///
/// ```
/// use listwright::list::style::Ending;
/// use listwright::list::write::{EntryForm, EntryWords, entry};
/// let form = EntryForm { bullet: '-', separator: ": ".into(), ending: Some(Ending::Period) };
/// let words = EntryWords {
///     title: "C",
///     url: Some("https://c.org"),
///     notes: &["(1972)"],
///     description: Some("A language"),
/// };
/// assert_eq!(entry(&words, &form), "- [C](https://c.org) (1972): A language.");
/// ```
pub fn entry(words: &EntryWords<'_>, form: &EntryForm) -> String {
    let mut line = format!("{} ", form.bullet);
    match words.url {
        Some(url) => line.push_str(&link(words.title, url)),
        None => line.push_str(words.title),
    }
    for note in words.notes {
        line.push(' ');
        line.push_str(note);
    }
    if let Some(description) = words.description {
        line.push_str(&form.separator);
        line.push_str(description);
        let open = description.ends_with(|last: char| last.is_alphanumeric());
        if form.ending == Some(Ending::Period) && open {
            line.push('.');
        }
    }
    line
}

/// A link: `[text](url)`, with what would end either early escaped.
///
/// ```
/// use listwright::list::write::link;
/// assert_eq!(link("a]b", "https://a.org/x y"), "[a\\]b](<https://a.org/x y>)");
/// ```
pub fn link(text: &str, url: &str) -> String {
    let text = match is_balanced(text, '[', ']') {
        true => text.to_owned(),
        false => escape(text, &['[', ']']),
    };
    let bare = !url.is_empty()
        && !url.starts_with('<')
        && !url.contains(|char: char| char.is_whitespace() || char.is_control())
        && is_balanced(url, '(', ')');
    match bare {
        true => format!("[{text}]({url})"),
        false => format!("[{text}](<{}>)", escape(url, &['<', '>'])),
    }
}

/// Whether each `open` in `text` has its `close` behind it; escaped ones do not count.
fn is_balanced(text: &str, open: char, close: char) -> bool {
    let mut depth = 0_u32;
    let mut escaped = false;
    for char in text.chars() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == open => depth += 1,
            _ if char == close && depth == 0 => return false,
            _ if char == close => depth -= 1,
            _ => {}
        }
    }
    depth == 0 && !escaped
}

/// `text` with a backslash before each of `signs` that has none.
fn escape(text: &str, signs: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    let mut after_backslash = false;
    for char in text.chars() {
        if signs.contains(&char) && !after_backslash {
            escaped.push('\\');
        }
        after_backslash = char == '\\' && !after_backslash;
        escaped.push(char);
    }
    if after_backslash {
        escaped.push('\\');
    }
    escaped
}

/// A heading without its line ending: `## Title`; levels beyond 1 to 6 become the nearest of them.
pub fn heading(level: u8, title: &str) -> String {
    let marks = "#".repeat(usize::from(level.clamp(1, 6)));
    match title.is_empty() {
        true => marks,
        false => format!("{marks} {title}"),
    }
}

/// The marker of an item of an ordered list: `12.`
pub fn number(number: u64, delimiter: char) -> String {
    format!("{number}{delimiter}")
}

#[cfg(test)]
mod tests;
