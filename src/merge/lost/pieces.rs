//! A long merged text read piece by piece: parsed as one it would take ten times its length of memory.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::known::{each_word, number};
use crate::list::List;
use crate::source::{FileId, Source};

/// How many bytes a piece has at least. Only the longest of real lists have more than one piece.
const PIECE: usize = 2 << 20;

/// What is known of a piece of a text.
pub(super) struct Piece {
    /// The numbers of the words of its titles and headings, as a reader sees them, where the text
    /// has them otherwise.
    pub(super) words: Vec<u64>,
    /// The numbers of the addresses that its links lead to.
    pub(super) urls: Vec<u64>,
    /// Whether the next piece begins with a section or an item, here and in the whole text: nothing
    /// is open that would swallow it. How a line is read depends on those before it only.
    ends: bool,
}

/// What stands in `text`, a merge of `lists`, as a reader of Markdown reads it; `None` where a piece
/// is too long to be read.
pub(super) fn read(text: &str, lists: &[List]) -> Option<Vec<Piece>> {
    let definitions = definitions(lists);
    let starts = starts(text, PIECE.max(definitions.len()));
    if starts.len() < 2 {
        return Some(vec![piece(text, None, "")?]);
    }
    let joined = |at: usize, count: usize| {
        let end = starts.get(at + count).copied();
        let own = text.get(starts[at]..end.unwrap_or(text.len()));
        let next = end.and_then(|end| text.get(end..)?.lines().next());
        piece(own.unwrap_or_default(), next, &definitions)
    };
    let pieces = (0..starts.len()).into_par_iter().map(|at| joined(at, 1));
    let pieces = pieces.collect::<Option<Vec<Piece>>>()?;
    let mut read = Vec::with_capacity(pieces.len());
    // How many pieces are part of one that was read already.
    let mut taken = 0;
    for (at, piece) in pieces.into_iter().enumerate() {
        if at < taken {
            continue;
        }
        let (mut whole, mut count) = (piece, 1);
        while !whole.ends {
            // Twice as many each time: nothing is read more than a few times.
            count *= 2;
            whole = joined(at, count)?;
        }
        taken = at + count;
        read.push(whole);
    }
    Some(read)
}

/// Where pieces of at least so many bytes begin: at lines that look like headings or items.
fn starts(text: &str, length: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let begins = |line: &[u8]| match line {
        [b'#', ..] | [b'-' | b'*' | b'+', b' ', ..] => true,
        [b'0'..=b'9', ..] => {
            let digits = line.iter().take_while(|byte| byte.is_ascii_digit());
            matches!(line.get(digits.count()), Some(b'.' | b')'))
        }
        _ => false,
    };
    let mut starts = vec![0];
    let mut from = length;
    while let Some(next) = bytes
        .get(from..)
        .and_then(|rest| memchr::memchr(b'\n', rest))
    {
        from += next + 1;
        if bytes.get(from..).is_some_and(begins) {
            starts.push(from);
            from += length;
        }
    }
    starts
}

/// The definitions of links of all lists, each label once: any piece may refer to them.
fn definitions(lists: &[List]) -> String {
    let mut text = String::new();
    let mut labels = FxHashSet::default();
    for list in lists {
        for definition in &list.definitions {
            if labels.insert(definition.label.as_str()) {
                text.push_str("\n\n");
                text.push_str(list.slice(definition.span).trim());
            }
        }
    }
    text
}

/// Reads `text` as what stands before the line `next`.
fn piece(text: &str, next: Option<&str>, definitions: &str) -> Option<Piece> {
    let mut whole = String::with_capacity(text.len() + definitions.len() + 100);
    whole.push_str(text);
    whole.push_str(next.unwrap_or_default());
    whole.push_str(definitions);
    if whole.len() > Source::ADDRESSABLE {
        // Places in a longer text have no numbers.
        return None;
    }
    let list = List::parse(Source::new(FileId(u32::MAX), "", whole));
    let end = text.len();
    let heading = list.headings().last();
    let heading = heading.is_some_and(|(_, heading)| heading.span.start as usize == end);
    let mut last_items = list
        .items
        .iter()
        .rev()
        .take_while(|item| item.span.start as usize >= end);
    let item = last_items
        .any(|item| item.span.start as usize == end && list.item_list(item.list).parent.is_none());
    let mut words = Vec::new();
    // What stands in the text as it is read was found there.
    let titles = list.entries.iter().filter_map(|entry| entry.title.as_ref());
    for title in titles.filter(|title| list.slice(title.span) != title.text) {
        each_word(&title.text, |word| words.push(word));
    }
    for (_, heading) in list.headings() {
        if !list.slice(heading.span).contains(&heading.text) {
            each_word(&heading.text, |word| words.push(word));
        }
    }
    let urls = list.links.iter().map(|link| number(link.url.as_bytes()));
    Some(Piece {
        words,
        urls: urls.collect(),
        ends: next.is_none() || heading || item,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> List {
        List::parse(Source::new(FileId(0), "a.md", text))
    }

    /// A section that is as long as a piece, with different addresses at its ends only.
    fn section(number: usize, behind: &str) -> String {
        let entry = format!(
            "- [A {number}](https://a.org/{number}) - {}\n",
            "x ".repeat(500)
        );
        let entries = entry.repeat(PIECE / entry.len() + 1);
        format!("## S{number}\n\n{entries}{behind}\n\n")
    }

    fn urls(pieces: &[Piece]) -> FxHashSet<u64> {
        pieces
            .iter()
            .flat_map(|piece| piece.urls.iter().copied())
            .collect()
    }

    #[test]
    fn pieces_say_what_the_whole_says() {
        let definition = "[r]: https://r.org";
        let text = section(1, "[R][r]") + &section(2, "") + &section(3, definition);
        let whole = piece(&text, None, "").expect("it can be read");
        let lists = [list(definition)];
        let pieces = read(&text, &lists).expect("it can be read");
        assert_eq!(pieces.len(), 3);
        assert_eq!(urls(&pieces), urls(&[whole]));
        assert_eq!(urls(&pieces).len(), 4);
        let lines = text.replace('\n', "\r\n");
        let pieces = read(&lines, &lists).expect("it can be read");
        assert_eq!((pieces.len(), urls(&pieces).len()), (4, 4));
    }

    #[test]
    fn what_is_open_at_the_end_of_a_piece_swallows_the_next() {
        for (open, close) in [("<!-- open", "-->"), ("```", "```")] {
            let open = section(2, &format!("\n{open}"));
            let text = section(1, "") + &open + &section(3, "") + &section(4, "");
            let pieces = read(&text, &[]).expect("it can be read");
            assert_eq!((pieces.len(), urls(&pieces).len()), (2, 2), "{close}");
            let closed = section(3, &format!("\n{close}"));
            let text = section(1, "") + &open + &closed + &section(4, "") + &section(5, "");
            let pieces = read(&text, &[]).expect("it can be read");
            assert_eq!((pieces.len(), urls(&pieces).len()), (4, 4), "{close}");
        }
    }

    #[test]
    fn a_long_section_is_read_item_by_item() {
        for marker in ["-", "*", "7."] {
            let text = section(1, "").replace("- [", &format!("{marker} ["));
            let text = format!("{text}{}", text.trim_start_matches("## S1\n\n"));
            let pieces = read(&text, &[]).expect("it can be read");
            assert!(pieces.len() > 1, "{marker}");
            assert_eq!(urls(&pieces).len(), 1, "{marker}");
        }
    }
}
