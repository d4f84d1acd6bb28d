//! The markers that the items of a list should have: bullets and numbers.

use rustc_hash::FxHashMap;

use super::Group;
use crate::format::Layout;
use crate::list::style::{Majority, Numbering};
use crate::list::write::number;
use crate::list::{ItemList, ItemListId, List, SectionId};

/// Counts on over ordered lists that are broken by other text.
#[derive(Default)]
pub(super) struct Counter {
    /// The section of the last outermost ordered list, the last number that was written in it, and
    /// the number that came out.
    last: Option<(SectionId, u64, u64)>,
}

/// The marker of each item of `group`, in the order of the text.
pub(super) fn of(layout: &Layout<'_>, group: &Group, counter: &mut Counter) -> Vec<String> {
    let list = layout.list;
    let bullets = bullets(layout, group);
    let mut markers: Vec<String> = group
        .items()
        .map(|item| list.slice(list.item(item).marker).to_owned())
        .collect();
    for (id, bullet) in group.lists().zip(&bullets) {
        let item_list = list.item_list(id);
        let new = match item_list.ordered {
            true => numbers(layout, group, id, counter),
            false => vec![bullet.to_string(); item_list.items.len()],
        };
        for (item, new) in item_list.items.iter().zip(new) {
            let at = item.0.saturating_sub(group.items.start) as usize;
            if let Some(marker) = markers.get_mut(at) {
                *marker = new;
            }
        }
    }
    markers
}

/// The bullet of each list of a group.
fn bullets(layout: &Layout<'_>, group: &Group) -> Vec<char> {
    let list = layout.list;
    let own = group.contents.then(|| own_bullets(list, group));
    let usual = |depth: u16, section: SectionId| match (layout.options.marker, &own) {
        (Some(marker), _) => Some(marker),
        (None, Some(own)) => own.get(&depth).copied().flatten(),
        (None, None) => layout.style.section(section).usual_bullet(depth),
    };
    let siblings = siblings(list, group);
    let bullets = group.lists().map(|id| {
        let item_list = list.item_list(id);
        let fixed = match item_list.parent {
            None => group.fixed,
            Some(parent) => siblings.get(&parent).is_some_and(|&count| count > 1),
        };
        let marker = item_list.marker;
        let new = usual(item_list.depth, item_list.section)
            .filter(|_| !fixed)
            .unwrap_or(marker);
        match has_words_like_marks(list, item_list) {
            true => marker,
            false => new,
        }
    });
    bullets.collect()
}

/// How many lists each item of a group has right below it.
fn siblings(list: &List, group: &Group) -> FxHashMap<crate::list::ItemId, u32> {
    let mut counts = FxHashMap::default();
    for parent in group.lists().filter_map(|id| list.item_list(id).parent) {
        *counts.entry(parent).or_insert(0) += 1;
    }
    counts
}

/// The bullet that most items of a contents table have, by depth.
fn own_bullets(list: &List, group: &Group) -> FxHashMap<u16, Option<char>> {
    let mut counts: FxHashMap<u16, Vec<(char, u32)>> = FxHashMap::default();
    for item_list in group
        .lists()
        .map(|id| list.item_list(id))
        .filter(|of| !of.ordered)
    {
        let of_depth = counts.entry(item_list.depth).or_default();
        let items = item_list.items.len() as u32;
        match of_depth
            .iter_mut()
            .find(|(bullet, _)| *bullet == item_list.marker)
        {
            Some((_, count)) => *count += items,
            None => of_depth.push((item_list.marker, items)),
        }
    }
    let clear = counts.into_iter().map(|(depth, mut counts)| {
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        (depth, Majority { counts }.usual().copied())
    });
    clear.collect()
}

/// Whether an item consists of signs, which another bullet before them could turn into a thematic
/// break or another list.
pub(super) fn has_words_like_marks(list: &List, item_list: &ItemList) -> bool {
    item_list.items.iter().any(|&item| {
        let item = list.item(item);
        let line_end = list.source.line_end(item.padding.end);
        let words = list.slice(item.padding.with(item.padding.end, line_end));
        words.bytes().all(|byte| b"-*_+= \t".contains(&byte)) || words.starts_with(['-', '*', '+'])
    })
}

/// The markers of an ordered list.
fn numbers(
    layout: &Layout<'_>,
    group: &Group,
    id: ItemListId,
    counter: &mut Counter,
) -> Vec<String> {
    let list = layout.list;
    let item_list = list.item_list(id);
    let written: Vec<&str> = item_list
        .items
        .iter()
        .map(|&item| list.slice(list.item(item).marker))
        .collect();
    let as_written = || {
        written
            .iter()
            .map(|&marker| marker.to_owned())
            .collect::<Vec<_>>()
    };
    let numbers: Vec<u64> = item_list
        .items
        .iter()
        .filter_map(|&item| list.item(item).number)
        .collect();
    let padded = written
        .iter()
        .any(|marker| marker.len() > 2 && marker.starts_with('0'));
    let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else {
        return as_written();
    };
    let outermost = item_list.parent.is_none();
    let section = item_list.section;
    let goes_on = outermost
        .then_some(counter.last)
        .flatten()
        .filter(|&(of, written, _)| {
            of == section && written.checked_add(1) == Some(first) && first > 1
        });
    let start = goes_on.map_or(first, |(_, _, came_out)| came_out + 1);
    let mode = mode(layout, &numbers);
    if numbers.len() != written.len() || padded || group.contents && mode.is_none() {
        counter.last = outermost.then_some((section, last, last));
        return as_written();
    }
    let delimiter = item_list.marker;
    let new: Vec<u64> = match mode {
        Some(Numbering::Sequential) => (0..numbers.len() as u64)
            .map(|at| start.saturating_add(at))
            .collect(),
        Some(Numbering::Same) => vec![start; numbers.len()],
        None => numbers.clone(),
    };
    // CommonMark reads numbers of nine digits at most.
    if new.last().is_some_and(|&last| last > 999_999_999) {
        return as_written();
    }
    if outermost {
        counter.last = Some((section, last, new.last().copied().unwrap_or(last)));
    }
    new.into_iter().map(|new| number(new, delimiter)).collect()
}

/// How a list is to be numbered: as configured, as most of its own neighbours are, or as most lists
/// of the text are. `None` leaves it as it is.
fn mode(layout: &Layout<'_>, numbers: &[u64]) -> Option<Numbering> {
    if layout.options.numbering.is_some() || numbers.len() < 2 {
        return layout.options.numbering.or(Some(Numbering::Sequential));
    }
    let pairs = || numbers.windows(2);
    let up = pairs()
        .filter(|pair| pair[0].checked_add(1) == Some(pair[1]))
        .count();
    let same = pairs().filter(|pair| pair[0] == pair[1]).count();
    let all = numbers.len() - 1;
    let (first, last) = (numbers[0], numbers[all]);
    // Numbers that leap may say something: years, ranks, verses.
    let is_count = first <= 1 && first < last && last < numbers.len() as u64 * 2;
    // Years.
    if first >= 1000 {
        return None;
    }
    // Only 1 and 0 are repeated on purpose.
    if same > up && same * 2 >= all && first <= 1 {
        Some(Numbering::Same)
    } else if up > 0 && up >= same || same * 2 >= all || is_count {
        Some(Numbering::Sequential)
    } else {
        layout.style.list.numbering.usual().copied()
    }
}
