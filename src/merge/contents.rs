//! The table of contents of a merged list, made anew in the form of the one it replaces.

use rustc_hash::{FxHashMap, FxHashSet};

use super::outline::{Headline, NodeId};
use super::write::Writer;
use crate::list::{Contents, ContentsForm, Item, List, SectionId, SectionKind, anchor};
use crate::source::Span;

/// A line of the new table.
struct Line {
    depth: usize,
    words: String,
}

/// Writes the table: a line for each section as deep as the old table went, in the old words where
/// it had a line.
pub(super) fn table(
    writer: &Writer<'_, '_>,
    at: usize,
    contents: usize,
    order: &[NodeId],
    slugs: &[String],
) -> String {
    let list = &writer.pool.lists[at];
    let old = &list.contents[contents];
    let ContentsForm::Items(items) = old.form else {
        return list.slice(old.span).to_owned();
    };
    let deepest = old.lines.iter().map(|line| line.depth).max().unwrap_or(0) as usize;
    let known = resolve(list, old);
    let mut extra = extra_lines(list, old, &known);
    let mut lines = extra.remove(&None).unwrap_or_default();
    let outline = &writer.placed.outline;
    let mut depths: FxHashMap<NodeId, usize> = FxHashMap::default();
    for (&id, slug) in order.iter().zip(slugs) {
        let node = outline.node(id);
        let depth = node
            .parent
            .and_then(|parent| depths.get(&parent))
            .copied()
            .unwrap_or(0);
        let own = match &node.headline {
            Headline::None => continue,
            Headline::Section(of, section) if *of == at => known.get(section),
            _ => None,
        };
        // A heading of the first list that stands as high as its title has a line only if it had one.
        let is_title = node.level == 1 && node.parent == Some(NodeId(0));
        let is_first_heading = is_title && matches!(node.headline, Headline::Section(0, _));
        let title = super::align::words_of(writer.pool.lists, &node.headline);
        let new = node.kind == SectionKind::Entries
            && depth <= deepest
            && !is_first_heading
            && !title.is_empty();
        // What is nested in a section without a line of its own stands as deep as that would.
        depths.insert(id, depth + usize::from(own.is_some() || new));
        if own.is_none() && !new {
            continue;
        }
        let words = match own {
            Some(&line) => old_words(list, old, line, slug),
            None => format!("[{}](#{slug})", plain(&title)),
        };
        lines.push(Line {
            depth: depth.min(deepest),
            words,
        });
        if let Headline::Section(of, section) = node.headline
            && of == at
        {
            lines.append(&mut extra.remove(&Some(section)).unwrap_or_default());
        }
    }
    let marker = list.item_list(items);
    written(&lines, marker.ordered, marker.marker)
}

/// The line of the table that leads to each section: by its anchor, by an anchor written in its
/// heading, or by its words.
pub(super) fn resolve(list: &List, old: &Contents) -> FxHashMap<SectionId, usize> {
    let mut by_anchor: FxHashMap<String, SectionId> = FxHashMap::default();
    let mut by_words: FxHashMap<String, SectionId> = FxHashMap::default();
    for (id, heading) in list.headings() {
        by_anchor.entry(heading.slug.clone()).or_insert(id);
        by_words
            .entry(super::heading::heading_key(&heading.text))
            .or_insert(id);
    }
    for anchor in &list.anchors {
        let at = list
            .sections
            .partition_point(|section| section.span.start <= anchor.span.start);
        let id = SectionId(at.saturating_sub(1) as u32);
        let heading = list.section(id).heading.as_ref();
        if heading.is_some_and(|heading| heading.span.contains(anchor.span)) {
            by_anchor
                .entry(list.slice(anchor.name).to_owned())
                .or_insert(id);
        }
    }
    let mut known = FxHashMap::default();
    for (at, line) in old.lines.iter().enumerate() {
        let fragment = list.link(line.link).fragment().unwrap_or_default();
        let spelled = anchor::spellings(fragment).find_map(|name| by_anchor.get(&name));
        let section = spelled.or_else(|| by_words.get(&super::heading::heading_key(&line.text)));
        if let Some(&section) = section {
            known.entry(section).or_insert(at);
        }
    }
    known
}

/// Lines that lead to no section but to another page or to an anchor in the text, each behind the
/// section whose line stands before it.
fn extra_lines(
    list: &List,
    old: &Contents,
    known: &FxHashMap<SectionId, usize>,
) -> FxHashMap<Option<SectionId>, Vec<Line>> {
    let mut by_line: FxHashMap<u32, SectionId> = FxHashMap::default();
    for (&section, &line) in known {
        let link = list.link(old.lines[line].link);
        by_line.insert(list.source.line(link.span.start), section);
    }
    let mut extra: FxHashMap<Option<SectionId>, Vec<Line>> = FxHashMap::default();
    let mut before = None;
    for item in items_of(list, old) {
        let line = list.source.line(item.span.start);
        if let Some(&section) = by_line.get(&line) {
            before = Some(section);
        } else if !dead(list, line) {
            let own = list.source.line_content(line);
            let words = list
                .slice(own.with(item.padding.end.min(own.end), own.end))
                .trim();
            let depth = list.item_list(item.list).depth as usize;
            let words = words.to_owned();
            extra.entry(before).or_default().push(Line { depth, words });
        }
    }
    extra
}

/// The items of a table of contents, nested ones included.
fn items_of<'l>(list: &'l List, old: &Contents) -> impl Iterator<Item = &'l Item> + use<'l> {
    let span = old.span;
    let from = list
        .items
        .partition_point(|item| item.span.start < span.start);
    let items = list.items.get(from..).unwrap_or_default().iter();
    items.take_while(move |item| item.span.start < span.end)
}

/// Whether all that a line holds is links to anchors that are not there.
fn dead(list: &List, line: u32) -> bool {
    let own = list.source.line_content(line);
    let from = list
        .links
        .partition_point(|link| link.span.start < own.start);
    let links = list.links.get(from..).unwrap_or_default().iter();
    let mut links = links
        .take_while(|link| link.span.start < own.end)
        .peekable();
    links.peek().is_some()
        && links.all(|link| {
            let anchor = |anchor: &crate::list::Anchor| {
                let name = list.slice(anchor.name);
                link.fragment()
                    .is_some_and(|fragment| anchor::matches(fragment, name))
            };
            link.fragment().is_some() && !list.anchors.iter().any(anchor)
        })
}

/// The lines of the first list's table that lead nowhere and are not written again.
pub(super) fn dead_lines(list: &List, contents: usize) -> Vec<Span> {
    let old = &list.contents[contents];
    let known = resolve(list, old);
    let led: FxHashSet<u32> = known
        .values()
        .map(|&line| list.source.line(list.link(old.lines[line].link).span.start))
        .collect();
    items_of(list, old)
        .map(|item| list.source.line(item.span.start))
        .filter(|line| !led.contains(line) && dead(list, *line))
        .map(|line| list.source.line_content(line))
        .collect()
}

/// The words of an old line with its link led to the new anchor.
fn old_words(list: &List, old: &Contents, line: usize, slug: &str) -> String {
    let line = &old.lines[line];
    let link = list.link(line.link);
    let own = list.source.line_content(list.source.line(link.span.start));
    let links = old
        .lines
        .iter()
        .filter(|other| own.contains(list.link(other.link).span));
    let inline = link.kind == crate::list::LinkKind::Inline && own.contains(link.span);
    if links.count() != 1 || !inline {
        return format!("[{}](#{slug})", plain(&line.text));
    }
    let start = line
        .item
        .map_or(own.start, |item| list.item(item).padding.end);
    let before = list.slice(own.with(start.max(own.start), link.destination.start));
    let after = list.slice(own.with(link.destination.end, own.end));
    format!("{before}#{slug}{after}").trim().to_owned()
}

/// Words that can stand as the text of a link.
pub(super) fn plain(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for char in words.chars() {
        if matches!(char, '[' | ']' | '\\' | '*' | '_' | '`' | '<') {
            text.push('\\');
        }
        text.push(char);
    }
    text
}

fn written(lines: &[Line], ordered: bool, marker: char) -> String {
    let mut text = String::new();
    let mut numbers: Vec<u64> = Vec::new();
    for line in lines {
        // A line is at most one deeper than the one before it.
        let depth = line.depth.min(numbers.len());
        numbers.truncate(depth + 1);
        if numbers.len() <= depth {
            numbers.push(0);
        }
        if let Some(number) = numbers.last_mut() {
            *number += 1;
        }
        let indent: usize = match ordered {
            true => numbers[..depth]
                .iter()
                .map(|number| number.to_string().len() + 2)
                .sum(),
            false => depth * 2,
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&" ".repeat(indent));
        match ordered {
            true => text.push_str(&format!("{}{marker} ", numbers[depth])),
            false => text.push_str(&format!("{marker} ")),
        }
        text.push_str(&line.words);
    }
    text
}
