//! Headings: their marks, levels, ends and numbers, and the links that lead to them.

use rustc_hash::FxHashMap;

use super::numbers::Manual;
use super::{HeadingNumbers, Layout};
use crate::edit::{Edit, apply_edits};
use crate::list::style::HeadingForm;
use crate::list::write::{Names, Target, Targets};
use crate::list::{BlockKind, Heading, LinkId, LinkKind, List, SectionId, SectionKind};
use crate::source::{Source, Span};

/// The share of headings, in percent, up to which something is an exception and no convention.
const EXCEPTION: usize = 30;
/// Below this number of headings, what less than half of them have is an exception.
const SMALL: usize = 10;
/// From how many headings on a convention can be seen.
const FEWEST: usize = 3;
/// Words that end in a period of their own.
const ABBREVIATIONS: &[&str] = &[
    "misc", "etc", "inc", "ltd", "co", "corp", "vs", "no", "vol", "ed", "eds", "al", "jr", "sr",
    "st", "dr", "mr", "ms", "dept", "org", "ext", "approx", "ref", "refs", "app", "apps", "dev",
];

/// Whether so few of all are exceptions; of few headings less than half.
fn are_exceptions(few: usize, all: usize) -> bool {
    few * 100 <= all * EXCEPTION || all < SMALL && few * 2 < all
}

/// Adds the edits for headings and for links to them.
pub(super) fn format(layout: &mut Layout<'_>) {
    let list = layout.list;
    let levels = levels(layout);
    let ends_marked = ends_are_marked(list);
    let mut titles: Vec<(SectionId, Edit)> = Vec::new();
    for (id, heading) in list.headings() {
        let body = body(list, heading);
        if list.slice(body).is_empty() {
            continue;
        }
        marks(layout, heading, body, levels[id.index()]);
        if !ends_marked && let Some(end) = needless_end(list, heading, body) {
            layout.replace(end, "");
        }
    }
    numbers(layout, &mut titles);
    close_anchors(layout);
    rename(layout, titles);
}

/// The words of a heading without its marks and the white space inside them.
pub(super) fn body(list: &List, heading: &Heading) -> Span {
    let span = heading.span;
    let text = list.slice(span);
    if heading.setext {
        let underline = list.source.line_start(span.end.max(1) - 1);
        let lines = list.slice(span.with(span.start, underline.max(span.start)));
        let words = lines.trim_start();
        let start = span.start + (lines.len() - words.len()) as u32;
        return span.with(start, start + words.trim_end().len() as u32);
    }
    let words = text.trim_start().trim_start_matches('#');
    let words = words.trim_start();
    let start = span.end - words.len() as u32;
    let mut words = words.trim_end();
    if heading.closed {
        words = words.trim_end_matches('#').trim_end();
    }
    span.with(start, start + words.len() as u32)
}

/// Writes the marks of a heading: hashes and one space in front, nothing behind.
fn marks(layout: &mut Layout<'_>, heading: &Heading, body: Span, level: u8) {
    let list = layout.list;
    let hashes = "#".repeat(usize::from(level));
    if heading.setext {
        return underlined(layout, heading, &hashes);
    }
    let line = list.source.line(heading.span.start);
    let content = list.source.line_content(line);
    // A heading in a quotation or item has other things in front, which stay.
    let lead = list.slice(content.with(content.start, heading.span.start));
    let from = match lead.trim().is_empty() {
        true => content.start,
        false => heading.span.start,
    };
    let ends_in_hash = list.slice(body).ends_with('#');
    layout.replace(body.with(from, body.start), format!("{hashes} "));
    // Behind a title such as `C #` the closing hashes are what keeps its own.
    if !(heading.closed && ends_in_hash) && content.end >= body.end {
        layout.replace(body.with(body.end, content.end), "");
    }
}

/// Turns an underlined heading into one led by hashes, where the list is written so.
fn underlined(layout: &mut Layout<'_>, heading: &Heading, hashes: &str) {
    let list = layout.list;
    let is_exception = layout.style.list.heading.usual() == Some(&HeadingForm::Atx);
    let source = &list.source;
    let first = source.line_content(source.line(heading.span.start));
    let text = list.slice(first).trim();
    let one_line = source.line(heading.span.end.max(1) - 1) == source.line(first.start) + 1;
    if !is_exception || !one_line || text.ends_with('#') || text.is_empty() {
        return;
    }
    let whole = first.with(first.start, source.line_end(heading.span.end.max(1) - 1));
    let lead = list.slice(first).len() - list.slice(first).trim_start().len();
    let start = first.start + lead as u32;
    let end = start + text.len() as u32;
    if layout.guard.allows(whole) {
        layout.replace(first.with(first.start, start), format!("{hashes} "));
        layout.replace(whole.with(end, whole.end), "");
    }
}

/// Whether so many headings end in a mark that it is how the list is written.
fn ends_are_marked(list: &List) -> bool {
    let total = list.headings().count();
    let marked = list.headings();
    let marked =
        marked.filter(|(_, heading)| needless_end(list, heading, body(list, heading)).is_some());
    !are_exceptions(marked.count(), total) && total >= FEWEST
}

/// The punctuation at the end of a heading that says nothing there: colons, commas and the period
/// of a sentence, not that of an abbreviation.
pub(super) fn needless_end(list: &List, heading: &Heading, body: Span) -> Option<Span> {
    if heading.title.end != body.end {
        return None;
    }
    let text = list.slice(heading.title);
    let bare = text
        .trim_end_matches([':', ',', '：', '、', '，'])
        .trim_end();
    let bare = match bare.strip_suffix('.') {
        Some(sentence) if !sentence.ends_with('.') && !ends_in_abbreviation(sentence) => sentence,
        _ => bare,
    };
    let kept = bare.ends_with(|last: char| {
        last.is_alphanumeric() || matches!(last, ')' | ']' | '`' | '*' | '"' | '”')
    });
    let start = heading.title.start + bare.len() as u32;
    (kept && bare.len() < text.len()).then(|| body.with(start, body.end))
}

fn ends_in_abbreviation(sentence: &str) -> bool {
    let word = sentence.rsplit([' ', '(', '/']).next().unwrap_or_default();
    let is_short = word.chars().count() < 2
        || word.contains('.')
        || word.ends_with(|last: char| last.is_ascii_digit());
    is_short
        || ABBREVIATIONS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
}

/// The level that each heading gets, by its section's id.
fn levels(layout: &Layout<'_>) -> Vec<u8> {
    let list = layout.list;
    let level = |id: SectionId| list.section(id).heading.as_ref().map_or(0, |of| of.level);
    let old: Vec<u8> = list.sections().map(|(id, _)| level(id)).collect();
    if layout.options.heading_levels == Some(false) {
        return old;
    }
    let always = layout.options.heading_levels == Some(true);
    let holes = holes(list, &old, always);
    let title = list
        .headings()
        .map(|(id, _)| id)
        .next()
        .filter(|&id| level(id) == 1);
    let demoted = (always || extra_titles_are_exceptions(list))
        && title.is_some_and(|title| !further_titles_hold_prose(list, title));
    let mut new = old.clone();
    for (id, section) in list.sections() {
        let at = id.index();
        let (Some(parent), own) = (section.parent, old[at]) else {
            if demoted && old[at] == 1 && title != Some(id) {
                new[at] = 2;
            }
            continue;
        };
        let above = old[parent.index()];
        let step = own.saturating_sub(above);
        let step = if step > 1 && holes[usize::from(above.min(6))] {
            1
        } else {
            step
        };
        new[at] = new[parent.index()].saturating_add(step);
    }
    match new.iter().any(|&level| level > 6) {
        true => old,
        false => new,
    }
}

/// Whether items stand right below a further title that say nothing of a work there: below the
/// heading of a section they would be names of works.
fn further_titles_hold_prose(list: &List, first: SectionId) -> bool {
    list.blocks.iter().any(|block| {
        let heading = list.section(block.section).heading.as_ref();
        matches!(block.kind, BlockKind::Bullets(_))
            && heading.is_some_and(|of| of.level == 1)
            && first != block.section
    })
}

/// For each level whether holes below a heading of it are exceptions, to be closed.
fn holes(list: &List, levels: &[u8], always: bool) -> [bool; 7] {
    let mut counts = [(0_usize, 0_usize); 7];
    for (id, section) in list.sections() {
        if let Some(parent) = section.parent {
            let above = levels[parent.index()];
            let count = &mut counts[usize::from(above.min(6))];
            count.0 += usize::from(levels[id.index()] > above + 1);
            count.1 += 1;
        }
    }
    counts.map(|(holes, all)| always || all < FEWEST || are_exceptions(holes, all))
}

/// Whether headings of the first level behind the title are exceptions: few among the sections,
/// without sections of their own, and the contents table does not set the title beside them.
fn extra_titles_are_exceptions(list: &List) -> bool {
    let count = |level: u8| list.headings().filter(|(_, of)| of.level == level).count();
    let (titles, sections) = (count(1), count(2));
    let Some((_, first)) = list.headings().next() else {
        return false;
    };
    let targets = Targets::new(list);
    let lists_title = list.contents.iter().flat_map(|of| &of.lines).any(|line| {
        let fragment = list.link(line.link).fragment();
        let target = fragment.and_then(|fragment| targets.resolve(fragment));
        let section = target.and_then(Target::section);
        section.is_some_and(|id| {
            list.section(id)
                .heading
                .as_ref()
                .is_some_and(|of| of.level == 1)
        })
    });
    let stand_alone = list
        .headings()
        .skip(1)
        .filter(|(_, of)| of.level == 1)
        .all(|(id, of)| {
            let next = list.sections.get(id.index() + 1);
            let has_sections = next.is_some_and(|next| next.parent == Some(id));
            !has_sections && !list.slice(of.title).contains('[')
        });
    first.level == 1
        && titles > 1
        && stand_alone
        && !lists_title
        && are_exceptions(titles - 1, titles - 1 + sections)
}

/// Finds the edits of numbers that people wrote into headings.
fn numbers(layout: &Layout<'_>, titles: &mut Vec<(SectionId, Edit)>) {
    let list = layout.list;
    let mode = layout.options.heading_numbers;
    if mode == Some(HeadingNumbers::Keep) {
        return;
    }
    let mut read: FxHashMap<SectionId, Manual> = FxHashMap::default();
    let mut groups: FxHashMap<Option<SectionId>, Vec<SectionId>> = FxHashMap::default();
    let mut parents = Vec::new();
    for (id, heading) in list.headings() {
        if let Some(number) = Manual::read(list.slice(heading.title)) {
            read.insert(id, number);
        }
        let parent = list.section(id).parent;
        let siblings = groups.entry(parent).or_insert_with(|| {
            parents.push(parent);
            Vec::new()
        });
        siblings.push(id);
    }
    let mut change = |id: SectionId, text: String, length: usize| {
        if let Some(heading) = &list.section(id).heading {
            let start = heading.title.start;
            let span = heading.title.with(start, start + length as u32);
            if list.slice(span) != text && layout.guard.allows(heading.span) {
                titles.push((id, Edit::replace(span, text)));
            }
        }
    };
    if mode == Some(HeadingNumbers::Remove) {
        for (id, _) in list.headings() {
            if let Some(number) = read.get(&id) {
                change(id, String::new(), number.whole);
            }
        }
        return;
    }
    // Parents come before what is below them, so that their numbers are known.
    let mut new: FxHashMap<SectionId, Vec<u32>> = FxHashMap::default();
    for parent in parents {
        let siblings = &groups[&parent];
        let above = parent.and_then(|parent| new.get(&parent)).cloned();
        for (id, parts) in counted(list, siblings, &read, above, mode.is_some()) {
            let number = &read[&id];
            change(id, number.with(&parts), number.length);
            new.insert(id, parts);
        }
    }
}

/// The numbers that siblings get: counted on from the first, below the number of their parent.
fn counted(
    list: &List,
    siblings: &[SectionId],
    read: &FxHashMap<SectionId, Manual>,
    above: Option<Vec<u32>>,
    always: bool,
) -> Vec<(SectionId, Vec<u32>)> {
    let numbered: Vec<(SectionId, &Manual)> = (siblings.iter())
        .filter_map(|&id| Some((id, read.get(&id)?)))
        .collect();
    let Some(&(_, first)) = numbered.first() else {
        return Vec::new();
    };
    let keep = || {
        let kept = numbered
            .iter()
            .map(|(id, number)| (*id, number.parts.clone()));
        kept.collect::<Vec<_>>()
    };
    let last = |number: &Manual| number.parts.last().copied().unwrap_or_default();
    let others = siblings
        .iter()
        .filter(|id| !read.contains_key(id) && list.section(**id).kind == SectionKind::Entries);
    let are_exceptions = others.count() * 100 <= siblings.len() * EXCEPTION;
    let rising = numbered
        .windows(2)
        .filter(|pair| last(pair[0].1) <= last(pair[1].1));
    let span = numbered.iter().map(|(_, number)| last(number)).max();
    let span = span.unwrap_or_default().saturating_sub(last(first)) as usize;
    let same_depth = numbered
        .iter()
        .all(|(_, number)| number.parts.len() == first.parts.len());
    let counts_up = rising.count() * 100 >= (numbered.len() - 1) * (100 - EXCEPTION)
        && span < numbered.len() * 2
        && last(first) <= 1;
    if !same_depth || numbered.len() < 2 || !(always || are_exceptions && counts_up) {
        return keep();
    }
    let depth = first.parts.len() - 1;
    let prefix = above.filter(|above| above.len() == depth);
    let prefix = prefix.unwrap_or_else(|| first.parts[..depth].to_vec());
    let numbers = (last(first)..).zip(&numbered);
    let numbers = numbers.map(|(count, (id, _))| {
        let mut parts = prefix.clone();
        parts.push(count);
        (*id, parts)
    });
    numbers.collect()
}

/// Closes anchors in headings that are left open: `<a name="x">` would make a link of all behind it.
fn close_anchors(layout: &mut Layout<'_>) {
    let list = layout.list;
    let mut sections = list.headings().peekable();
    for anchor in list.anchors.iter().filter(|anchor| !anchor.closed) {
        while sections
            .next_if(|(_, of)| of.span.end <= anchor.span.start)
            .is_some()
        {}
        let in_heading = sections
            .peek()
            .is_some_and(|(_, of)| of.span.contains(anchor.span));
        let tag = list.slice(anchor.span);
        if in_heading && tag.starts_with("<a") && !tag.ends_with("/>") {
            layout.replace(anchor.span.with(anchor.span.end, anchor.span.end), "</a>");
        }
    }
}

/// Makes the changes of titles, with those of the links to them.
fn rename(layout: &mut Layout<'_>, titles: Vec<(SectionId, Edit)>) {
    let list = layout.list;
    if titles.is_empty() {
        return;
    }
    let names = Names::of(list);
    let edits: Vec<Edit> = titles.iter().map(|(_, edit)| edit.clone()).collect();
    let text = apply_edits(list.source.text(), &edits);
    let after = List::parse(Source::new(list.source.id(), list.source.name(), text));
    let new = Names::of(&after);
    if new.slugs.len() != names.slugs.len() {
        return;
    }
    let targets = Targets::new(list);
    let mut links: Vec<(Span, String)> = Vec::new();
    for at in 0..list.links.len() {
        links.extend(new_destination(
            list,
            LinkId(at as u32),
            &targets,
            &names,
            &new,
        ));
    }
    // A link that must stay as it is would lead nowhere, so that the titles stay as well.
    if links.iter().any(|(span, _)| !layout.guard.allows(*span)) {
        return;
    }
    for (_, edit) in titles {
        layout.replace(edit.span, edit.replacement);
    }
    links.sort();
    links.dedup();
    for (span, destination) in links {
        layout.replace(span, destination);
    }
    contents_texts(layout, &targets, &names, &new);
}

/// The destination of a link whose heading gets another anchor, and its place.
fn new_destination(
    list: &List,
    id: LinkId,
    targets: &Targets,
    old: &Names,
    new: &Names,
) -> Option<(Span, String)> {
    let link = list.link(id);
    let Target::Heading(section) = targets.resolve(link.fragment()?)? else {
        return None;
    };
    let slug = new.slugs.get(section.index())?;
    if old.slugs.get(section.index()) == Some(slug) {
        return None;
    }
    let place = match link.kind {
        LinkKind::Reference(definition) => list.definitions.get(definition as usize)?.destination,
        _ => link.destination,
    };
    list.slice(place)
        .starts_with('#')
        .then(|| (place, format!("#{slug}")))
}

/// Gives lines of contents tables that repeat a title the new title.
fn contents_texts(layout: &mut Layout<'_>, targets: &Targets, old: &Names, new: &Names) {
    let list = layout.list;
    for line in list.contents.iter().flat_map(|contents| &contents.lines) {
        let link = list.link(line.link);
        let target = link
            .fragment()
            .and_then(|fragment| targets.resolve(fragment));
        let Some(section) = target.and_then(Target::section) else {
            continue;
        };
        let (was, is) = (
            old.titles.get(section.index()),
            new.titles.get(section.index()),
        );
        if let (Some(was), Some(is)) = (was, is)
            && was != is
            && list.slice(link.text) == was
        {
            layout.replace(link.text, is.clone());
        }
    }
}
