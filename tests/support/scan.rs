//! A second, simple reading of Markdown by lines, against which the model's coverage is measured.
//!
//! It knows nothing of the parser under test: it looks for addresses in lines that look like an
//! item, a table row or HTML. It is wrong on contrived text; on real lists the differences were
//! looked at.

use std::collections::HashMap;

/// Where a link stands, by the look of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// A list item or a line that continues one.
    Item,
    /// A row of a table.
    Row,
    /// A line of an HTML block.
    Html,
}

/// An external link in an item, a row or an HTML block.
#[derive(Clone, Debug)]
pub struct Found {
    /// Offset of the first byte of the address, or of the label of a reference.
    pub at: usize,
    /// Where it stands.
    pub ground: Ground,
}

/// Headings under which items are prose about the list, as words that they begin with or hold.
const ABOUT: &[&str] = &[
    "contribut",
    "license",
    "licence",
    "licens",
    "lizenz",
    "code of conduct",
    "thanks",
    "acknowledg",
    "sponsor",
    "backer",
    "legend",
    "star history",
    "maintainer",
    "about",
    "footnote",
    "citation",
    "贡献",
    "许可",
    "協議",
    "协议",
    "ライセンス",
    "貢献",
    "라이선스",
    "disclaimer",
    "stargazers",
    "feedback",
    "support",
    "mitwirken",
    "contribu",
    "changelog",
    "credits",
];

/// The external links of `text` that stand in items, rows and HTML blocks; links around images,
/// addresses of images, code, comments, sections about the list, and what stands above the first
/// heading or item that holds a link are left out.
pub fn external_links(text: &str) -> Vec<Found> {
    let definitions = definitions(text);
    let mut scan = Scan {
        definitions,
        found: Vec::new(),
    };
    let mut state = State::default();
    let mut offset = 0;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (number, line) in lines.iter().enumerate() {
        let next = lines.get(number + 1).copied().unwrap_or_default();
        if let Some(ground) = state.ground(line, next) {
            scan.line(line, offset, ground);
        }
        offset += line.len();
    }
    scan.found
}

/// What the lines above say about a line.
#[derive(Default)]
struct State {
    fence: Option<String>,
    comment: bool,
    about: bool,
    html: bool,
    item: bool,
    table: bool,
    /// Whether an item, row or deeper heading came: what is above is the list's own face.
    begun: bool,
    blank: bool,
}

impl State {
    fn ground(&mut self, line: &str, next: &str) -> Option<Ground> {
        let body = line.trim();
        let indent = line.len() - line.trim_start().len();
        if let Some(fence) = &self.fence {
            if body.starts_with(fence.as_str()) && body.trim_start_matches(['`', '~']).is_empty() {
                self.fence = None;
            }
            return None;
        }
        if self.comment || (body.starts_with("<!--") && !body.contains("-->")) {
            self.comment = !body.contains("-->");
            return None;
        }
        let bare = body.trim_start_matches(['-', '*', '+']).trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            self.fence = Some(bare.chars().take_while(|&c| c == '`' || c == '~').collect());
            return None;
        }
        if body.is_empty() {
            (self.html, self.table, self.blank) = (false, false, true);
            return None;
        }
        let was_blank = std::mem::replace(&mut self.blank, false);
        let underlined = next.trim().len() > 2
            && (next.trim().bytes().all(|b| b == b'=') || next.trim().bytes().all(|b| b == b'-'));
        if !self.html
            && (body.starts_with('#') || (underlined && !is_item(body) && !body.contains('|')))
        {
            let words = body.to_lowercase();
            self.about = ABOUT.iter().any(|about| words.contains(about));
            self.begun |= body.starts_with("##");
            self.item = false;
            return None;
        }
        if indent >= 4 && !self.item && !self.html {
            return None;
        }
        if is_delimiter_row(next) && body.contains('|') {
            self.table = true;
            return None;
        }
        if self.table {
            return (!self.about && body.contains('|')).then_some(Ground::Row);
        }
        if is_item(body) && (indent < 4 || self.item) {
            (self.item, self.begun) = (true, true);
            return (!self.about).then_some(Ground::Item);
        }
        if indent == 0 && was_blank {
            self.item = false;
        }
        if self.item && !self.html {
            return (!self.about && (indent > 0 || !was_blank)).then_some(Ground::Item);
        }
        self.html |= begins_html(body);
        (self.html && self.begun && !self.about).then_some(Ground::Html)
    }
}

fn is_item(body: &str) -> bool {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => body.strip_prefix(['-', '*', '+']),
        1..=9 => body[digits..].strip_prefix(['.', ')']),
        _ => None,
    };
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    line.contains("--")
        && line.contains('|')
        && line
            .bytes()
            .all(|byte| matches!(byte, b'-' | b':' | b'|' | b' ' | b'\t'))
}

fn begins_html(body: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "<p", "<div", "<table", "<tr", "<td", "<th", "<ul", "<ol", "<li", "<details", "<summary",
        "<h1", "<h2", "<h3", "<h4", "<h5", "<h6", "<center", "<tbody", "<thead", "<dl", "<dt",
        "<dd", "</",
    ];
    let lower = body.to_lowercase();
    BLOCKS.iter().any(|block| {
        lower.strip_prefix(block).is_some_and(|rest| {
            *block == "</" || rest.is_empty() || rest.starts_with(['>', ' ', '/'])
        })
    })
}

/// The addresses that labels stand for, as `[label]: address` on a line of its own says.
fn definitions(text: &str) -> HashMap<String, bool> {
    let mut found = HashMap::new();
    for line in text.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix('[')
            && let Some((label, address)) = rest.split_once("]:")
        {
            let external = is_external(address.trim().trim_start_matches('<'));
            found.entry(label.to_lowercase()).or_insert(external);
        }
    }
    found
}

fn is_external(address: &str) -> bool {
    let address = address.get(..8).unwrap_or(address).to_lowercase();
    address.starts_with("http://") || address.starts_with("https://")
}

struct Scan {
    definitions: HashMap<String, bool>,
    found: Vec<Found>,
}

impl Scan {
    fn line(&mut self, line: &str, offset: usize, ground: Ground) {
        if line.trim_start().starts_with('[') && line.contains("]: ") && !line.contains("](") {
            return;
        }
        let line = blank_code(line, ground);
        let text = line.as_str();
        for (at, _) in text.match_indices("://") {
            let start = if text[..at].ends_with("https") {
                at - 5
            } else {
                at.saturating_sub(4)
            };
            if text.get(start..).is_some_and(is_external) && self.counts(text, start, ground) {
                self.found.push(Found {
                    at: offset + start,
                    ground,
                });
            }
        }
        self.references(text, offset, ground);
    }

    /// Whether the address at `start` is one a reader follows: no image, no badge, no attribute but
    /// `href`, no part of another address.
    fn counts(&self, text: &str, start: usize, ground: Ground) -> bool {
        let before = &text[..start];
        if let Some(opening) = before
            .strip_suffix("](")
            .or_else(|| before.trim_end().strip_suffix("](<"))
        {
            // Walk back to the bracket that opens the text.
            let mut depth = 1;
            for (at, byte) in opening.bytes().enumerate().rev() {
                match byte {
                    b']' => depth += 1,
                    b'[' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    let words = opening[at + 1..].trim();
                    return !opening[..at].ends_with('!')
                        && !words.starts_with("![")
                        && !words.starts_with("<img")
                        && ground != Ground::Html;
                }
            }
            return false;
        }
        if before.ends_with("href=\"") || before.ends_with("href='") || before.ends_with("href=") {
            let rest = &text[start..];
            let shown = rest.split_once('>').map_or("", |(_, shown)| shown);
            let whole_tag = before.rfind('<').is_some_and(|tag| {
                before[tag..].starts_with("<a ") || before[tag..].starts_with("<A ")
            });
            let shown = shown.split("</a>").next().unwrap_or_default().trim();
            return whole_tag && !shown.is_empty() && !is_images(shown);
        }
        if ground == Ground::Html
            || before.ends_with(['"', '\'', '=', '/', ':', ',', '-', '`', '%', '?', '&'])
        {
            return false;
        }
        if before.ends_with('<') {
            return true;
        }
        // A bare address: not inside the parentheses of a link, not inside a link's text.
        let boundary = before
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '*' | '_' | '~' | '|'));
        let open = before.rfind("](");
        let inside = open.is_some_and(|open| !before[open..].contains(')'));
        let in_text = text[start..]
            .find([' ', ']'])
            .is_some_and(|end| text[start + end..].starts_with("]("));
        let in_tag = before
            .rfind('<')
            .is_some_and(|tag| !before[tag..].contains('>'));
        boundary && !inside && !in_text && !in_tag
    }

    fn references(&mut self, text: &str, offset: usize, ground: Ground) {
        if self.definitions.is_empty() || ground == Ground::Html {
            return;
        }
        for (at, _) in text.match_indices('[') {
            let Some(length) = text[at + 1..].find([']', '[']) else {
                continue;
            };
            let close = at + 1 + length;
            if !text[close..].starts_with(']') {
                continue;
            }
            let (words, after) = (&text[at + 1..close], &text[close + 1..]);
            let before = &text[..at];
            let second = before.ends_with(']');
            let label = words.to_lowercase();
            if self.definitions.get(&label) != Some(&true) || after.starts_with(['(', ':']) {
                continue;
            }
            if second {
                // `[words][label]`, but not `![alt][label]` and `[![badge]…][label]`.
                let words_at = before.rfind('[').unwrap_or(0);
                if before[..words_at].ends_with('!') || before.contains("[![") {
                    continue;
                }
            } else if before.ends_with(['!', '\\'])
                || after.starts_with('[') && !after.starts_with("[]")
            {
                continue;
            }
            self.found.push(Found {
                at: offset + at,
                ground,
            });
        }
    }
}

/// Whether HTML shows nothing but images.
fn is_images(html: &str) -> bool {
    let mut rest = html;
    let mut words = String::new();
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    html.contains("<img") && words.trim().is_empty()
}

/// `line` with code spans blanked, lengths kept.
fn blank_code(line: &str, ground: Ground) -> String {
    if ground == Ground::Html {
        return line.to_owned();
    }
    let mut text = line.to_owned();
    let mut from = 0;
    while let Some(open) = text[from..].find('`').map(|at| from + at) {
        let run = text[open..]
            .bytes()
            .take_while(|&byte| byte == b'`')
            .count();
        let ticks = "`".repeat(run);
        let Some(close) = text[open + run..]
            .find(&ticks)
            .map(|at| open + run + at + run)
        else {
            break;
        };
        let blank = "`".repeat(close - open);
        text.replace_range(open..close, &blank);
        from = close;
    }
    text
}
