//! Changes to a text: [`Edit`], the [`Fix`] that groups them, and [`apply`].

use crate::source::Span;

/// Replaces the text of `span` by `replacement`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub replacement: String,
}

impl Edit {
    /// Replaces `span` by `replacement`.
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Edit {
            span,
            replacement: replacement.into(),
        }
    }

    /// Takes `span` out.
    pub fn delete(span: Span) -> Self {
        Edit::replace(span, "")
    }

    /// Puts `text` at `offset` of the file of `near`.
    pub fn insert(near: Span, offset: u32, text: impl Into<String>) -> Self {
        Edit::replace(Span::empty(near.file, offset), text)
    }
}

/// Whether a fix may be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// Keeps every word and every link.
    Safe,
    /// May take a word or a link away, or change what a reader sees; applied only when asked for.
    Unsafe,
}

/// Edits that belong together: all are applied or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as an editor's menu shows it: `Renumber the list`.
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The edits, all of one file, none overlapping another.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that keeps every word and link.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Fix {
            title: title.into(),
            safety: Safety::Safe,
            edits,
        }
    }

    /// A fix that a person should look at.
    pub fn needs_review(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Fix {
            title: title.into(),
            safety: Safety::Unsafe,
            edits,
        }
    }
}

/// Applies `fixes` to `text` in order and tells, for each, whether it was applied.
///
/// A fix that overlaps one applied before it is left out whole, to be found again in the next
/// round; so is one whose spans do not lie on character boundaries of `text`. Two insertions at one
/// place overlap, because their order would be a guess.
pub fn apply<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, Vec<bool>) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut occupied = std::collections::BTreeMap::new();
    let mut applied = Vec::new();
    for fix in fixes {
        let fits = fix
            .edits
            .iter()
            .all(|edit| text.get(edit.span.range()).is_some() && is_free(&occupied, edit.span))
            && !overlap_each_other(&fix.edits);
        if fits {
            for edit in &fix.edits {
                occupied.insert(edit.span.start, edit.span.end);
                taken.push(edit);
            }
        }
        applied.push(fits);
    }
    (replace(text, taken), applied)
}

/// Applies edits that are known not to overlap; those that would are left out.
pub fn apply_edits(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits
        .iter()
        .filter(|edit| text.get(edit.span.range()).is_some())
        .collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut free_from = 0;
    edits.retain(|edit| {
        let free = edit.span.start >= free_from;
        if free {
            free_from = edit.span.end;
        }
        free
    });
    replace(text, edits)
}

/// Whether `span` touches none of the `occupied` ranges (start to end, none overlapping).
fn is_free(occupied: &std::collections::BTreeMap<u32, u32>, span: Span) -> bool {
    let before = occupied.range(..=span.start).next_back();
    let collides_before =
        before.is_some_and(|(&start, &end)| end > span.start || start == span.start);
    let after = occupied.range(span.start..).next();
    let collides_after = after.is_some_and(|(&start, _)| start < span.end);
    !collides_before && !collides_after
}

fn overlap_each_other(edits: &[Edit]) -> bool {
    let mut spans: Vec<_> = edits.iter().map(|edit| edit.span).collect();
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans
        .windows(2)
        .any(|pair| pair[1].start < pair[0].end || pair[1].start == pair[0].start)
}

fn replace(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let grown: usize = edits.iter().map(|edit| edit.replacement.len()).sum();
    let mut result = String::with_capacity(text.len() + grown);
    let mut position = 0;
    for edit in edits {
        let range = edit.span.range();
        result.push_str(text.get(position..range.start).unwrap_or_default());
        result.push_str(&edit.replacement);
        position = range.end;
    }
    result.push_str(text.get(position..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit::replace(Span::new(FileId(0), start, end), text)
    }

    #[test]
    fn a_fix_that_overlaps_is_left_out_whole() {
        let first = Fix::safe("first", vec![edit(0, 2, "X")]);
        let second = Fix::safe("second", vec![edit(1, 3, "Y"), edit(4, 5, "Z")]);
        let third = Fix::safe("third", vec![edit(2, 3, "W")]);
        let (text, applied) = apply("abcde", [&first, &second, &third]);
        assert_eq!((text.as_str(), applied), ("XWde", vec![true, false, true]));
    }

    #[test]
    fn two_insertions_at_one_place_are_not_both_applied() {
        let first = Fix::safe("first", vec![edit(1, 1, "X")]);
        let second = Fix::safe("second", vec![edit(1, 1, "Y")]);
        assert_eq!(apply("ab", [&first, &second]).0, "aXb");
    }

    #[test]
    fn spans_inside_a_character_are_refused() {
        let fix = Fix::safe("bad", vec![edit(1, 2, "X")]);
        assert_eq!(apply("é", [&fix]), ("é".to_owned(), vec![false]));
    }
}
