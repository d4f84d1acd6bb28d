//! What the items of one list show of their markers, numbers and indents.

use super::{DEEPEST, Tallies};
use crate::list::{ItemId, ItemList, List};
use crate::source::Span;

/// How a nested list is indented from the bullet above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Indent {
    /// By so many spaces.
    Spaces(u32),
    /// By a tab.
    Tab,
}

/// How an ordered list is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Numbering {
    /// Each item has the number after that of the item before it.
    Sequential,
    /// All items have the same number.
    Same,
}

/// What one list shows.
pub(super) struct Shown {
    bullet: Option<((u16, char), u32)>,
    delimiter: Option<(char, u32)>,
    first_number: Option<u64>,
    /// Neighbours numbered one after the other, and neighbours with the same number.
    numbering: (u32, u32),
    /// The padding of each item that has words on its line.
    paddings: Vec<u32>,
    ordered: bool,
    indent: Option<Indent>,
    tight: Option<(bool, u32)>,
}

/// What `item_list` shows.
pub(super) fn shown(list: &List, item_list: &ItemList) -> Shown {
    let count = item_list.items.len() as u32;
    let depth = item_list.depth.min(DEEPEST);
    let bullet = (!item_list.ordered).then_some(((depth, item_list.marker), count));
    let delimiter = item_list.ordered.then_some((item_list.marker, count));
    let paddings = item_list
        .items
        .iter()
        .filter_map(|&item| padding(list, item));
    let paddings = paddings.collect();
    let numbers = item_list.items.iter().map(|&item| list.item(item).number);
    let numbers: Vec<u64> = numbers.flatten().collect();
    let of_pairs =
        |holds: fn(&[u64]) -> bool| numbers.windows(2).filter(|pair| holds(pair)).count();
    let sequential = of_pairs(|pair| pair[0].checked_add(1) == Some(pair[1])) as u32;
    let same = of_pairs(|pair| pair[0] == pair[1]) as u32;
    Shown {
        bullet,
        delimiter,
        first_number: numbers.first().copied().filter(|_| numbers.len() > 1),
        numbering: (sequential, same),
        paddings,
        ordered: item_list.ordered,
        indent: indent(list, item_list),
        tight: (count > 1).then_some((item_list.tight, count)),
    }
}

impl Shown {
    pub(super) fn add_to(&self, tallies: &mut Tallies) {
        if let Some((bullet, count)) = self.bullet {
            tallies.bullet.add_times(bullet, count);
        }
        if let Some((delimiter, count)) = self.delimiter {
            tallies.delimiter.add_times(delimiter, count);
        }
        if let Some(first) = self.first_number {
            tallies.first_number.add(first);
        }
        for (numbering, times) in [
            (Numbering::Sequential, self.numbering.0),
            (Numbering::Same, self.numbering.1),
        ] {
            if times > 0 {
                tallies.numbering.add_times(numbering, times);
            }
        }
        for &padding in &self.paddings {
            match self.ordered {
                true => tallies.number_padding.add(padding),
                false => tallies.padding.add(padding),
            }
        }
        if let Some(indent) = self.indent {
            tallies.indent.add(indent);
        }
        if let Some((tight, count)) = self.tight {
            tallies.tight.add_times(tight, count);
        }
    }
}

/// The white space between marker and words; `None` where no words follow on the line or where a
/// tab makes its width depend on the column.
fn padding(list: &List, item: ItemId) -> Option<u32> {
    let item = list.item(item);
    let text = list.slice(item.padding);
    let follows = list.slice(item.padding.with(item.padding.end, item.span.end));
    let ends = follows.is_empty() || follows.starts_with(['\n', '\r']);
    (!ends && !text.contains('\t')).then_some(item.padding.len())
}

/// How a bulleted list is indented from the item that it is nested in, if that has a bullet.
fn indent(list: &List, item_list: &ItemList) -> Option<Indent> {
    let parent = list.item(item_list.parent?);
    let first = list.item(*item_list.items.first()?);
    if item_list.ordered || list.item_list(parent.list).ordered {
        return None;
    }
    let (outer, inner) = (lead(list, parent.marker), lead(list, first.marker));
    let deeper = inner.strip_prefix(outer)?;
    if deeper.contains('\t') {
        return (deeper == "\t").then_some(Indent::Tab);
    }
    let width = deeper.len() as u32;
    (deeper.bytes().all(|byte| byte == b' ') && width > 0).then_some(Indent::Spaces(width))
}

/// What stands before `marker` on its line.
fn lead(list: &List, marker: Span) -> &str {
    let start = list.source.line_start(marker.start);
    list.slice(marker.with(start, marker.start))
}
