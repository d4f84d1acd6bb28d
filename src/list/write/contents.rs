//! Changes that bring a contents table in step with the headings, line by line, in its own form.

use super::coverage::{ContentsState, LineState, Missing};
use super::targets::Targets;
use super::{link, number};
use crate::list::style::{Numbering, Style};
use crate::list::{Contents, ContentsForm, ItemId, ItemListId, List, SectionId};
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// The anchors and titles that the headings of a list have, or will have.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The anchor of each section, by its id.
    pub slugs: Vec<String>,
    /// The title of each section as Markdown, by its id.
    pub titles: Vec<String>,
}

impl Names {
    /// Those that the headings of `list` have.
    pub fn of(list: &List) -> Names {
        let mut names = Names::default();
        for section in &list.sections {
            let heading = section.heading.as_ref();
            let slug = heading.map(|heading| heading.slug.clone());
            names.slugs.push(slug.unwrap_or_default());
            let title = heading.map(|heading| title(list.slice(heading.title), &heading.text));
            names.titles.push(title.unwrap_or_default());
        }
        names
    }

    fn slug(&self, section: SectionId) -> &str {
        self.slugs.get(section.index()).map_or("", String::as_str)
    }

    fn title(&self, section: SectionId) -> &str {
        self.titles.get(section.index()).map_or("", String::as_str)
    }
}

/// A heading's title as the text of a link: as written, unless that holds links, images or tags.
fn title(written: &str, text: &str) -> String {
    match written.contains(['[', '<', '!', '\n', '\r']) {
        true => text.to_owned(),
        false => written.to_owned(),
    }
}

/// The contents table that `list` should have in place of the one at `index` of
/// [`List::contents`]; `None` where it is as it should be.
pub fn contents(list: &List, index: usize, state: &ContentsState, style: &Style) -> Option<String> {
    let span = list.contents.get(index)?.span;
    let changes = contents_edits(
        list,
        index,
        state,
        style,
        &Names::of(list),
        &Targets::new(list),
    );
    if changes.is_empty() {
        return None;
    }
    let mut table = String::new();
    let mut from = span.start;
    for (place, text) in &changes {
        table.push_str(list.slice(span.with(from, place.start)));
        table.push_str(text);
        from = place.end;
    }
    table.push_str(list.slice(span.with(from, span.end)));
    Some(table)
}

/// What must change for the contents table at `index` of [`List::contents`] to be as it should:
/// places with the text that belongs there, in order, none overlapping another.
///
/// What the maintainers wrote stays: the words of lines that lead somewhere, lines that lead
/// elsewhere, the order where it is another than that of the headings.
pub fn contents_edits(
    list: &List,
    index: usize,
    state: &ContentsState,
    style: &Style,
    names: &Names,
    targets: &Targets,
) -> Vec<(Span, String)> {
    let Some(contents) = list.contents.get(index).filter(|_| state.sound) else {
        return Vec::new();
    };
    let mut by_depth: FxHashMap<u16, Vec<usize>> = FxHashMap::default();
    for (at, line) in contents.lines.iter().enumerate() {
        by_depth.entry(line.depth).or_default().push(at);
    }
    let mut table = Table {
        list,
        contents,
        state,
        style,
        names,
        targets,
        by_depth,
        changes: Vec::new(),
        inserted: Vec::new(),
        deleted: FxHashSet::default(),
        gone: FxHashSet::default(),
    };
    table.anchors();
    if let ContentsForm::Items(_) = contents.form {
        table.dead_lines();
        table.missing_lines();
        table.numbers();
        table.insert();
    }
    let mut changes = table.changes;
    changes.sort_by_key(|(span, _)| (span.start, span.end));
    changes
}

struct Table<'a> {
    list: &'a List,
    contents: &'a Contents,
    state: &'a ContentsState,
    style: &'a Style,
    names: &'a Names,
    targets: &'a Targets,
    /// The lines of each depth, in order.
    by_depth: FxHashMap<u16, Vec<usize>>,
    changes: Vec<(Span, String)>,
    inserted: Vec<NewLine>,
    deleted: FxHashSet<ItemId>,
    /// Where the lines begin that are taken out.
    gone: FxHashSet<u32>,
}

/// A line that is put in.
struct NewLine {
    place: Span,
    /// The list whose item it becomes, and the item behind which it comes.
    list: ItemListId,
    behind: Option<ItemId>,
    /// Whether it becomes the first line of the table.
    top: bool,
    lead: String,
    marker: String,
    /// Padding and link.
    rest: String,
}

impl Table<'_> {
    /// Gives lines that lead nowhere, though a section is meant, the anchor of that section; and
    /// lines whose section gets another anchor that one.
    fn anchors(&mut self) {
        for (line, state) in self.contents.lines.iter().zip(&self.state.lines) {
            let link = self.list.link(line.link);
            let LineState::Means(section) = *state else {
                continue;
            };
            let written = self.list.slice(link.destination);
            if let Some(fragment) = written.strip_prefix('#') {
                let anchor = self.anchor(section);
                if fragment != anchor {
                    self.changes.push((link.destination, format!("#{anchor}")));
                }
            }
        }
    }

    /// The anchor of a section: the one set by hand where the table goes by those.
    fn anchor(&self, section: SectionId) -> String {
        let named = self.targets.named(section).filter(|_| self.state.by_name);
        let name = named.and_then(|at| self.list.anchors.get(at as usize));
        let name = name.map(|anchor| self.list.slice(anchor.name));
        // A name that another heading has as well leads there.
        let leads_here = |name: &&str| {
            let target = self.targets.resolve(name);
            target.and_then(super::Target::section) == Some(section)
        };
        match name.filter(leads_here) {
            Some(name) => name.to_owned(),
            None => self.names.slug(section).to_owned(),
        }
    }

    /// Takes lines out that lead nowhere and hold nothing else.
    fn dead_lines(&mut self) {
        for (line, state) in self.contents.lines.iter().zip(&self.state.lines) {
            if *state == LineState::Dead
                && let Some(item) = line
                    .item
                    .filter(|&item| self.is_link_only(item, line.link.0))
            {
                let lines = self.whole_lines(item);
                self.gone.insert(lines.start);
                self.changes.push((lines, String::new()));
                self.deleted.insert(item);
            }
        }
    }

    /// Whether an item is one line that holds this link and nothing else.
    fn is_link_only(&self, item: ItemId, link: u32) -> bool {
        let item = self.list.item(item);
        let link = self.list.link(crate::list::LinkId(link)).span;
        let before = item.span.with(item.padding.end, link.start);
        let behind = item.span.with(link.end, item.span.end);
        item.checkbox.is_none()
            && [before, behind]
                .iter()
                .all(|&span| self.list.slice(span).trim().is_empty())
    }

    fn missing_lines(&mut self) {
        if !self.state.in_order {
            return;
        }
        let mut reached: FxHashMap<SectionId, u32> = FxHashMap::default();
        for section in self.state.lines.iter().filter_map(|line| line.section()) {
            *reached.entry(section).or_insert(0) += 1;
        }
        // Where the section last found was missing, and the line that is meant for it.
        let mut found: Option<(Option<usize>, usize)> = None;
        for missing in &self.state.missing {
            let after = missing.after;
            let mut missing = *missing;
            if let Some((_, line)) = found.filter(|(before, _)| *before == after) {
                missing.after = Some(line);
            }
            match self.meant(&missing, &reached) {
                Some((line, change)) => {
                    self.changes.push(change);
                    found = Some((after, line));
                }
                None => self.inserted.extend(self.new_line(&missing)),
            }
        }
    }

    /// The line that stands where a missing section belongs and has its title, but leads to a
    /// section of the same name that another line leads to as well; and its new destination.
    fn meant(
        &self,
        missing: &Missing,
        reached: &FxHashMap<SectionId, u32>,
    ) -> Option<(usize, (Span, String))> {
        let at = missing.after.map_or(0, |at| at + 1);
        let line = self.contents.lines.get(at)?;
        let LineState::Reaches(section) = *self.state.lines.get(at)? else {
            return None;
        };
        let text = |of: SectionId| Some(&self.list.section(of).heading.as_ref()?.text);
        let is_second = reached.get(&section).is_some_and(|&lines| lines > 1)
            && section < missing.section
            && line.depth == missing.depth
            && text(section) == text(missing.section);
        let place = self.list.link(line.link).destination;
        (is_second && self.list.slice(place).starts_with('#'))
            .then(|| (at, (place, format!("#{}", self.anchor(missing.section)))))
    }

    /// The line for a missing section, written like the nearest line that is as deep.
    fn new_line(&self, missing: &Missing) -> Option<NewLine> {
        let item = self.list.item(self.model(missing)?);
        let line = self.list.source.line_start(item.marker.start);
        let lead = self.list.slice(item.marker.with(line, item.marker.start));
        let url = format!("#{}", self.anchor(missing.section));
        let link = link(self.names.title(missing.section), &url);
        let padding = self.list.slice(item.padding);
        let (offset, behind) = match missing.after.and_then(|line| self.contents.lines.get(line)) {
            Some(line) => {
                let above = line.item?;
                let end = match line.depth < missing.depth {
                    true => self.list.source.line_end(self.list.item(above).span.start),
                    false => self.last_line_end(above),
                };
                (end, self.ancestor_in(above, item.list))
            }
            None => {
                let first = *self.list.item_list(item.list).items.first()?;
                (self.list.item(first).marker.start, None)
            }
        };
        let top = missing.after.is_none();
        // The first of a list of its own counts from one.
        let marker = match item.number.filter(|_| behind.is_none() && !top) {
            Some(_) => number(1, self.list.item_list(item.list).marker),
            None => self.list.slice(item.marker).to_owned(),
        };
        Some(NewLine {
            top,
            place: item.span.with(offset, offset),
            list: item.list,
            behind,
            lead: lead.to_owned(),
            marker,
            rest: format!("{padding}{link}"),
        })
    }

    /// Puts the new lines in, those at one place together.
    fn insert(&mut self) {
        let newline = self.style.newline.winner();
        let newline = newline.map_or("\n", |newline| newline.as_str());
        let mut texts: Vec<(Span, String)> = Vec::new();
        for new in std::mem::take(&mut self.inserted) {
            let NewLine {
                lead, marker, rest, ..
            } = &new;
            // Behind another line, or at its marker: the first then goes on where that line did.
            let line = match new.top {
                false => format!("{newline}{lead}{marker}{rest}"),
                true => format!("{marker}{rest}{newline}{lead}"),
            };
            let place = self.behind_what_stays(new.place);
            match texts.last_mut().filter(|(last, _)| *last == place) {
                Some((_, text)) => text.push_str(&line),
                None => texts.push((place, line)),
            }
        }
        self.changes.append(&mut texts);
    }

    /// `place`, or the end of the last line before it that is not taken out.
    fn behind_what_stays(&self, place: Span) -> Span {
        let source = &self.list.source;
        let mut offset = place.start;
        while self.gone.contains(&source.line_start(offset)) && source.line(offset) > 1 {
            offset = source.line_content(source.line(offset) - 1).end;
        }
        place.with(offset, offset)
    }

    /// The item of `list` that holds `item`.
    fn ancestor_in(&self, item: ItemId, list: ItemListId) -> Option<ItemId> {
        let mut item = item;
        loop {
            let at = self.list.item(item).list;
            if at == list {
                return Some(item);
            }
            item = self.list.item_list(at).parent?;
        }
    }

    /// An item that a new line is written like: the nearest before it that is as deep, or else the
    /// first.
    fn model(&self, missing: &Missing) -> Option<ItemId> {
        let lines = self.by_depth.get(&missing.depth)?;
        let from = missing.after.map_or(0, |at| at + 1);
        let at = lines.partition_point(|&line| line < from).saturating_sub(1);
        self.contents.lines.get(*lines.get(at)?)?.item
    }

    /// The lines of an item, what is nested in it included, with their line endings.
    fn whole_lines(&self, item: ItemId) -> Span {
        let span = self.list.item(item).span;
        let source = &self.list.source;
        let last = span.end.max(span.start + 1) - 1;
        let end = source.line_span(source.line(last)).end;
        span.with(source.line_start(span.start), end)
    }

    /// Where the last line of an item ends, what is nested in it included.
    fn last_line_end(&self, item: ItemId) -> u32 {
        let span = self.list.item(item).span;
        let text = self.list.slice(span).trim_end();
        self.list.source.line_end(span.start + text.len() as u32)
    }

    /// Counts ordered lists anew that get or lose an item.
    fn numbers(&mut self) {
        let mut lists: Vec<ItemListId> = self.inserted.iter().map(|new| new.list).collect();
        lists.extend(self.deleted.iter().map(|&item| self.list.item(item).list));
        lists.sort_unstable();
        lists.dedup();
        let mut new: FxHashMap<(ItemListId, Option<ItemId>), Vec<usize>> = FxHashMap::default();
        for (at, line) in self.inserted.iter().enumerate() {
            if line.behind.is_none() && !line.top {
                continue;
            }
            new.entry((line.list, line.behind)).or_default().push(at);
        }
        for id in lists {
            if self.list.item_list(id).ordered && self.counts_up(id) {
                self.number(id, &new);
            }
        }
    }

    fn counts_up(&self, list: ItemListId) -> bool {
        let items = self.list.item_list(list).items.iter();
        let numbers: Vec<u64> = items
            .filter_map(|&item| self.list.item(item).number)
            .collect();
        let follows = |pair: &&[u64]| pair[0].checked_add(1) == Some(pair[1]);
        let up = numbers.windows(2).filter(follows).count();
        match numbers.len() {
            0 | 1 => self.style.list.numbering.winner() != Some(&Numbering::Same),
            count => up * 2 >= count - 1,
        }
    }

    /// Numbers the items of a list and the `new` lines between them.
    fn number(
        &mut self,
        id: ItemListId,
        new: &FxHashMap<(ItemListId, Option<ItemId>), Vec<usize>>,
    ) {
        let item_list = self.list.item_list(id);
        let first = item_list
            .items
            .first()
            .and_then(|&item| self.list.item(item).number);
        let mut next = first.unwrap_or(1);
        let behind = item_list.items.iter().copied().map(Some);
        for item in std::iter::once(None).chain(behind) {
            if let Some(item) = item.filter(|item| !self.deleted.contains(item)) {
                let marker = self.list.item(item).marker;
                let text = number(next, item_list.marker);
                if self.list.slice(marker) != text {
                    self.changes.push((marker, text));
                }
                next = next.saturating_add(1);
            }
            for &at in new.get(&(id, item)).into_iter().flatten() {
                self.inserted[at].marker = number(next, item_list.marker);
                next = next.saturating_add(1);
            }
        }
    }
}
