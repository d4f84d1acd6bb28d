//! Edits made one after the other, as edits of the first text.

use crate::edit::Edit;
use crate::source::Span;

/// A stretch of the text between the two steps that one of them writes.
struct Stretch {
    start: i64,
    end: i64,
    /// How much the first step made the text longer here.
    growth: i64,
    /// What the second step does here, in order.
    edits: Vec<Edit>,
}

/// The edits that do to a text what `first` and then `second` do; `between` is the text that `first`
/// leads to. Both are in order and without overlaps.
pub(super) fn compose(first: &[Edit], between: &str, second: Vec<Edit>) -> Vec<Edit> {
    let Some(file) = first.first().map(|edit| edit.span.file) else {
        return second;
    };
    let mut shift = 0;
    let mut stretches = Vec::with_capacity(first.len() + second.len());
    for edit in first {
        let start = i64::from(edit.span.start) + shift;
        let length = edit.replacement.len() as i64;
        let growth = length - i64::from(edit.span.len());
        shift += growth;
        stretches.push(Stretch {
            start,
            end: start + length,
            growth,
            edits: Vec::new(),
        });
    }
    stretches.extend(second.into_iter().map(|edit| Stretch {
        start: i64::from(edit.span.start),
        end: i64::from(edit.span.end),
        growth: 0,
        edits: vec![edit],
    }));
    let mut shift = 0;
    let edits = joined(stretches).into_iter().map(|stretch| {
        let start = stretch.start - shift;
        shift += stretch.growth;
        let span = Span::new(file, start as u32, (stretch.end - shift) as u32);
        Edit::replace(span, changed(between, &stretch))
    });
    edits.collect()
}

/// The stretches in order, those that touch made one.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by_key(|stretch| (stretch.start, stretch.end));
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match joined.last_mut().filter(|last| stretch.start <= last.end) {
            Some(last) => {
                last.end = last.end.max(stretch.end);
                last.growth += stretch.growth;
                last.edits.extend(stretch.edits);
            }
            None => joined.push(stretch),
        }
    }
    joined
}

/// The text of a stretch with the edits of the second step.
fn changed(between: &str, stretch: &Stretch) -> String {
    let mut text = String::new();
    let mut from = stretch.start as usize;
    for edit in &stretch.edits {
        let range = edit.span.range();
        text.push_str(between.get(from..range.start).unwrap_or_default());
        text.push_str(&edit.replacement);
        from = range.end;
    }
    text.push_str(between.get(from..stretch.end as usize).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_edits;
    use crate::source::FileId;
    use proptest::prelude::*;

    /// Edits of a text of `length` bytes at places told by numbers.
    fn edits(length: usize, places: &[(usize, usize, u8)]) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut from = 0;
        for &(gap, width, text) in places {
            let start = from + gap % 4 + usize::from(from > 0);
            let end = start + width % 3;
            if end > length {
                break;
            }
            let text = char::from(b'A' + text % 26)
                .to_string()
                .repeat(usize::from(text % 4));
            edits.push(Edit::replace(
                Span::new(FileId(0), start as u32, end as u32),
                text,
            ));
            from = end;
        }
        edits
    }

    proptest! {
        #[test]
        fn two_steps_in_one_give_the_same_text(
            text in "[a-z]{0,40}",
            one in prop::collection::vec((0_usize..9, 0_usize..9, 0_u8..99), 0..9),
            two in prop::collection::vec((0_usize..9, 0_usize..9, 0_u8..99), 0..9),
        ) {
            let first = edits(text.len(), &one);
            let between = apply_edits(&text, &first);
            let second = edits(between.len(), &two);
            let after = apply_edits(&between, &second);
            prop_assert_eq!(apply_edits(&text, &compose(&first, &between, second)), after);
        }
    }
}
