//! Comments that speak to tools: they switch rules off, or fence what a tool has written.
//!
//! Our own begin with `listwright-`. The comments of remark-lint, markdownlint and rumdl are read
//! as well, for lists are full of them; what the rule names in them mean to us is not decided here.
//!
//! ```text
//! <!-- listwright-disable-next double-link -- listed under both platforms -->
//! <!-- listwright-disable sorted, one-description --> … <!-- listwright-enable -->
//! <!--lint ignore awesome-list-item-->
//! <!-- markdownlint-disable-line MD034 -->
//! ```

use rapidfuzz::distance::osa;

/// Whose language a comment speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Ours: `listwright-…`
    Listwright,
    /// remark-lint's: `lint …`
    Remark,
    /// `markdownlint-…`
    Markdownlint,
    /// `rumdl-…`
    Rumdl,
}

/// Where a directive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Off from here on, until switched on again or the file ends.
    DisableRegion,
    /// On again from here on.
    EnableRegion,
    /// Off for what comes next: for us the next entry, heading or line, for remark the next node,
    /// for markdownlint and rumdl the next line.
    Next,
    /// Off in the line in which the comment stands.
    Line,
    /// Off in the whole file.
    File,
    /// A comment of another tool that switches nothing off for us, such as `markdownlint-capture`.
    Inert,
}

/// The name of a rule in a directive, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleName<'a> {
    /// The name.
    pub text: &'a str,
    /// Offset of its first byte in the text of the comment.
    pub start: u32,
    /// Offset after it in the text of the comment.
    pub end: u32,
}

/// A comment that switches rules off or on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive<'a> {
    /// Whose language it is, and so whose rule names.
    pub dialect: Dialect,
    /// Where it holds.
    pub scope: Scope,
    /// The rules it names; none means all.
    pub rules: Vec<RuleName<'a>>,
    /// What stands behind `--`, if anything does.
    pub reason: Option<&'a str>,
}

/// A comment that is addressed to us and not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong and what to write, for people.
    pub message: String,
    /// Offset in the text of the comment at which the words begin that are not understood.
    pub start: u32,
    /// Offset after them.
    pub end: u32,
}

/// Our commands, without the `listwright-` before them.
const OURS: [(&str, Scope); 5] = [
    ("disable", Scope::DisableRegion),
    ("enable", Scope::EnableRegion),
    ("disable-next", Scope::Next),
    ("disable-line", Scope::Line),
    ("disable-file", Scope::File),
];

/// The commands of remark-lint, which stand behind the word `lint`.
const REMARKS: [(&str, Scope); 3] = [
    ("disable", Scope::DisableRegion),
    ("enable", Scope::EnableRegion),
    ("ignore", Scope::Next),
];

/// The commands of markdownlint, all of which rumdl has taken over.
const MARKDOWNLINTS: [(&str, Scope); 9] = [
    ("disable", Scope::DisableRegion),
    ("enable", Scope::EnableRegion),
    ("disable-next-line", Scope::Next),
    ("disable-line", Scope::Line),
    ("disable-file", Scope::File),
    ("enable-file", Scope::Inert),
    ("capture", Scope::Inert),
    ("restore", Scope::Inert),
    ("configure-file", Scope::Inert),
];

/// What a comment says about rules; `comment` is what stands between `<!--` and `-->`.
///
/// `None` if it is no directive of any dialect. Case does not matter in commands.
///
/// # Errors
/// When the comment is addressed to Listwright and not understood.
pub fn parse(comment: &str) -> Option<Result<Directive<'_>, Malformed>> {
    let mut words = words(comment);
    let first = words.next()?;
    let lower = first.text.to_ascii_lowercase();
    if lower == "lint" {
        let command = words.next()?;
        let scope = scope_of(&command.text.to_ascii_lowercase(), &REMARKS)?;
        return Some(Ok(directive(comment, Dialect::Remark, scope, words)));
    }
    if let Some(rest) = lower.strip_prefix("listwright") {
        return ours(comment, first, rest, words);
    }
    let (dialect, command) = if let Some(command) = lower.strip_prefix("markdownlint-") {
        (Dialect::Markdownlint, command)
    } else {
        (Dialect::Rumdl, lower.strip_prefix("rumdl-")?)
    };
    let scope = scope_of(command, &MARKDOWNLINTS)?;
    Some(Ok(directive(comment, dialect, scope, words)))
}

fn scope_of(command: &str, commands: &[(&str, Scope)]) -> Option<Scope> {
    let found = commands.iter().find(|(name, _)| *name == command);
    found.map(|(_, scope)| *scope)
}

/// A comment whose first word is `listwright` with `rest`, in lower case, right behind it.
fn ours<'a>(
    comment: &'a str,
    first: RuleName<'a>,
    rest: &str,
    words: impl Iterator<Item = RuleName<'a>> + Clone,
) -> Option<Result<Directive<'a>, Malformed>> {
    if let Some(scope) = rest
        .strip_prefix('-')
        .and_then(|rest| scope_of(rest, &OURS))
    {
        return Some(Ok(directive(comment, Dialect::Listwright, scope, words)));
    }
    let malformed = |end: u32, command: Option<&str>| {
        let written = comment
            .get(first.start as usize..end as usize)
            .unwrap_or_default();
        let help = match command {
            Some(command) => format!("write `listwright-{command}`"),
            None => format!("the commands are {}", our_commands()),
        };
        Some(Err(Malformed {
            message: format!("`{}` is not a command; {help}", shortened(written)),
            start: first.start,
            end,
        }))
    };
    let command = rest.trim_start_matches(['-', '_', ':']);
    if !command.is_empty() {
        // `listwrights` or `listwright.toml` is a word of a sentence, `listwright-off` is not.
        let addressed = command.len() < rest.len() || nearest_command(command).is_some();
        return addressed.then(|| malformed(first.end, nearest_command(command)))?;
    }
    // `listwright disable`, but not `Listwright checks this list`.
    let mut words = words;
    let second = words.next()?;
    let command = nearest_command(&second.text.to_ascii_lowercase())?;
    malformed(second.end, Some(command))
}

/// All our commands, for people.
fn our_commands() -> String {
    OURS.map(|(command, _)| format!("`listwright-{command}`"))
        .join(", ")
}

/// The start of `text` if it is too long for a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The command that `written`, in lower case, was meant to be: by what other tools call it, or by
/// spelling.
fn nearest_command(written: &str) -> Option<&'static str> {
    match written {
        "ignore" | "ignore-next" | "ignore-next-line" | "disable-next-line" => {
            return Some("disable-next");
        }
        "ignore-line" => return Some("disable-line"),
        "ignore-file" => return Some("disable-file"),
        "off" | "ignore-start" | "disable-start" => return Some("disable"),
        "on" | "ignore-end" | "disable-end" => return Some("enable"),
        _ => {}
    }
    /// The longest command has 12 letters; what is much longer is none of them.
    const LONGEST: usize = 20;
    if written.len() > LONGEST {
        return None;
    }
    let near = OURS.iter().filter_map(|(command, _)| {
        let most = osa::Args::default().score_cutoff(command.len() / 4);
        let distance = osa::distance_with_args(written.chars(), command.chars(), &most)?;
        Some((distance, *command))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, command)| command)
}

/// A directive whose rules and reason are the remaining `words` of `comment`.
fn directive<'a>(
    comment: &'a str,
    dialect: Dialect,
    scope: Scope,
    words: impl Iterator<Item = RuleName<'a>>,
) -> Directive<'a> {
    let mut rules = Vec::new();
    let mut reason = None;
    for word in words {
        if matches!(word.text, "--" | "---" | "–" | "—") {
            let rest = comment.get(word.end as usize..).unwrap_or_default().trim();
            reason = Some(rest).filter(|rest| !rest.is_empty());
            break;
        }
        rules.push(word);
    }
    if scope == Scope::Inert {
        rules.clear();
    }
    Directive {
        dialect,
        scope,
        rules,
        reason,
    }
}

/// The words of a comment with their places; space and commas part them.
fn words(comment: &str) -> impl Iterator<Item = RuleName<'_>> + Clone {
    let mut at = 0;
    comment
        .split(|character: char| character.is_whitespace() || character == ',')
        .map(move |text| {
            let start = at;
            let end = start + text.len();
            let separator = comment.get(end..).and_then(|rest| rest.chars().next());
            at = end + separator.map_or(0, char::len_utf8);
            RuleName {
                text,
                start: start as u32,
                end: end as u32,
            }
        })
        .filter(|word| !word.text.is_empty())
}

/// Which end of a fenced region a [`Marker`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerKind {
    /// The region begins behind the comment.
    Open,
    /// The region ends before the comment.
    Close,
}

/// A comment that fences a region which a tool writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Which end of the region this is.
    pub kind: MarkerKind,
    /// The name of the region in lower case: a closing marker belongs to the last opening one of
    /// the same name. A marker without a partner fences nothing.
    pub name: String,
    /// Whether the region is a table of contents; where the two ends differ, the opening one is
    /// right.
    pub contents_table: bool,
}

/// What region a comment opens or closes; `comment` is what stands between `<!--` and `-->`.
///
/// These are the fences of the known makers of contents tables (doctoc, markdown-toc and others),
/// and pairs such as `NAME:START` and `NAME:END`, `START NAME` and `END NAME`, `BEGIN_NAME` and
/// `END_NAME` in capitals, as the tools write them. In small letters such a pair counts only if its
/// name says that a tool writes there: people fence their own text with `lists-start` and
/// `lists-end` for tools that read it.
pub fn generated_marker(comment: &str) -> Option<Marker> {
    let phrase = head(comment);
    let mut words = phrase.split_whitespace();
    let first = words.next()?;
    let rest: Vec<&str> = words.collect();
    known_maker(first, &rest).or_else(|| pair(first, &rest))
}

/// The first words of a comment, with `table of contents` in one.
fn head(comment: &str) -> String {
    /// As many words as any marker needs.
    const WORDS: usize = 8;
    let words: Vec<&str> = comment.split_whitespace().take(WORDS).collect();
    let phrase = words.join(" ");
    let lower = phrase.to_ascii_lowercase();
    let Some(at) = lower.find("table of contents") else {
        return phrase;
    };
    let before = phrase.get(..at).unwrap_or_default();
    let after = phrase.get(at + "table of contents".len()..);
    format!("{before}toc{}", after.unwrap_or_default())
}

/// The marker of a tool that makes contents tables and has words of its own.
fn known_maker(first: &str, rest: &[&str]) -> Option<Marker> {
    let first = first.to_ascii_lowercase();
    let only_options = rest
        .iter()
        .all(|word| word.contains('=') || word.starts_with("--"));
    let edge = rest
        .first()
        .and_then(|word| edge_of(&word.to_ascii_lowercase()));
    let (kind, name) = match first.as_str() {
        "toc" | "markdowntoc" | "vscode-markdown-toc" | "code_chunk_output" if only_options => {
            (MarkerKind::Open, first.as_str())
        }
        "/toc" | "/markdowntoc" | "/vscode-markdown-toc" | "/code_chunk_output" => {
            (MarkerKind::Close, first.trim_start_matches('/'))
        }
        "tocstop" | "toc-stop" | "endtoc" => (MarkerKind::Close, "toc"),
        "ts" if rest.is_empty() => (MarkerKind::Open, "ts"),
        "te" if rest.is_empty() => (MarkerKind::Close, "ts"),
        "vim-markdown-toc" if rest.is_empty() => (MarkerKind::Close, "vim-markdown-toc"),
        "vim-markdown-toc" => (MarkerKind::Open, "vim-markdown-toc"),
        "toc" | "mdformat-toc" => (edge?, first.as_str()),
        _ => return None,
    };
    Some(Marker {
        kind,
        name: name.to_string(),
        contents_table: true,
    })
}

/// The marker that is made of a name and a word for its beginning or its end.
fn pair(first: &str, rest: &[&str]) -> Option<Marker> {
    let (edge, name, arguments) =
        name_behind_edge(first, rest).or_else(|| name_before_edge(first, rest))?;
    let kind = edge_of(&edge.to_ascii_lowercase())?;
    let capitals = edge.bytes().all(|byte| byte.is_ascii_uppercase());
    let name = name.trim_matches([':', '-', '_', '.']).to_ascii_lowercase();
    if name.is_empty() || is_for_readers(&name) || !(capitals || is_for_writers(&name)) {
        return None;
    }
    // markdown-magic names what it writes behind the marker: `(TOC:collapse=true)`.
    let argument = arguments.first().map(|word| word.to_ascii_lowercase());
    let argument = argument.is_some_and(|word| word.starts_with("(toc"));
    Some(Marker {
        kind,
        contents_table: argument || parts(&name).any(is_contents),
        name,
    })
}

/// `START name …`, `START: name`, `START_name`, `START:name`.
fn name_behind_edge<'a>(
    first: &'a str,
    rest: &'a [&'a str],
) -> Option<(&'a str, &'a str, &'a [&'a str])> {
    let length = first.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (edge, name) = first.split_at_checked(length)?;
    edge_of(&edge.to_ascii_lowercase())?;
    if !name.trim_matches([':', '-', '_']).is_empty() {
        return name
            .starts_with([':', '-', '_'])
            .then_some((edge, name, rest));
    }
    let (name, arguments) = rest.split_first()?;
    // A sentence: `END OF THE LIST`, `START HERE`.
    let lower = name.to_ascii_lowercase();
    let sentence = matches!(lower.as_str(), "of" | "the" | "a" | "an" | "here" | "with");
    (!sentence).then_some((edge, *name, arguments))
}

/// `name START …`, `name:START`, `name-START`, `name_START`.
fn name_before_edge<'a>(
    first: &'a str,
    rest: &'a [&'a str],
) -> Option<(&'a str, &'a str, &'a [&'a str])> {
    if let Some((name, edge)) = first.rsplit_once([':', '-', '_'])
        && edge_of(&edge.to_ascii_lowercase()).is_some()
    {
        return Some((edge, name, rest));
    }
    let (edge, arguments) = rest.split_first()?;
    Some((*edge, first, arguments))
}

/// Which end a word in lower case stands for.
fn edge_of(word: &str) -> Option<MarkerKind> {
    match word {
        "start" | "begin" => Some(MarkerKind::Open),
        "end" | "stop" => Some(MarkerKind::Close),
        _ => None,
    }
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|character: char| !character.is_alphanumeric())
}

fn is_contents(part: &str) -> bool {
    matches!(
        part,
        "toc" | "doctoc" | "contents" | "markdowntoc" | "tableofcontents"
    )
}

/// Whether a region of this name holds a person's text that a tool must read in its own way, as
/// between `prettier-ignore-start` and `prettier-ignore-end`.
fn is_for_readers(name: &str) -> bool {
    let reads = [
        "ignore", "disable", "enable", "skip", "lint", "spell", "format", "parser",
    ];
    parts(name).any(|part| reads.contains(&part)) || name.contains("prettier")
}

/// Whether a region of this name is clearly a tool's to write, in whatever case its fences are.
fn is_for_writers(name: &str) -> bool {
    let writes = [
        "generated",
        "autogenerated",
        "auto",
        "contributors",
        "sponsors",
        "badges",
        "stats",
    ];
    parts(name).any(|part| is_contents(part) || writes.contains(&part))
}

#[cfg(test)]
mod tests;
