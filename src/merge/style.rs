//! How the merged list is written: as the first list that shows a convention writes it.

use rustc_hash::FxHashMap;

use super::Options;
use super::item::Touch;
use crate::edit::Edit;
use crate::list::style::{Ending, Newline, SeparatorForm, Style, style, to_end};
use crate::list::{
    BlockKind, Definition, Entry, ItemListId, LinkKind, List, Separator, SeparatorKind, Shape,
    normalize_label,
};

/// How entries are marked and what divides title and description.
pub(super) struct House {
    pub(super) bullet: char,
    pub(super) delimiter: char,
    /// Whether entries of the later lists are numbered.
    pub(super) ordered: bool,
    /// Whether all entries are numbered.
    pub(super) numbered: bool,
    /// What divides title and description.
    pub(super) separator: SeparatorForm,
    pub(super) newline: &'static str,
    /// How descriptions of the later lists are made to end; as they do, if `None`.
    ending: Option<Ending>,
    /// Whether comments that tell where entries came from are made anew.
    provenance: bool,
}

impl House {
    pub(super) fn read(lists: &[List], options: &Options) -> Self {
        let first = lists.first().map(style);
        // The styles of later lists are found out only where the first shows none.
        let marker = |ordered: bool, pick: fn(&Style) -> Option<char>| {
            let has_some = |list: &&List| list.item_lists.iter().any(|one| one.ordered == ordered);
            let later = || lists.iter().skip(1).filter(has_some);
            let found = first.as_ref().and_then(pick);
            found.or_else(|| later().find_map(|list| pick(&style(list))))
        };
        let counts = lists
            .iter()
            .map(marked)
            .find(|&(plain, numbered)| plain + numbered > 0);
        let (plain, numbered) = counts.unwrap_or((0, 0));
        let separator = lists.iter().find_map(usual_separator);
        let newline = first
            .as_ref()
            .and_then(|style| style.newline.winner().copied());
        House {
            bullet: marker(false, |style| style.list.bullet_at(0).winner().copied()).unwrap_or('-'),
            delimiter: marker(true, |style| style.list.delimiter.winner().copied()).unwrap_or('.'),
            ordered: options.numbered || numbered > plain,
            numbered: options.numbered,
            separator: separator.unwrap_or(SeparatorForm {
                kind: SeparatorKind::Hyphen,
                text: " - ".to_owned(),
            }),
            newline: match newline {
                Some(Newline::CrLf) => "\r\n",
                _ => "\n",
            },
            ending: None,
            provenance: options.provenance,
        }
    }

    /// As [`House::read`], for entries that are put into the first list: their descriptions end as
    /// most of its own do.
    pub(super) fn of_base(lists: &[List], options: &Options) -> Self {
        let ending = lists.first().map(style);
        House {
            ending: ending.and_then(|style| style.list.ending.clear().copied()),
            ..House::read(lists, options)
        }
    }

    /// What every piece of the text of `list` gets: a space between a link and what follows it,
    /// the separator, the end of anchors that were left open, links written out whose label means
    /// something else in an earlier list.
    pub(super) fn touch(&self, lists: &[List], labels: &Labels<'_>, at: usize) -> Touch {
        let list = &lists[at];
        let mut edits = Vec::new();
        if self.provenance {
            edits.extend(comments_on_provenance(list));
        }
        for anchor in list.anchors.iter().filter(|anchor| !anchor.closed) {
            edits.push(Edit::insert(anchor.span, anchor.span.end, "</a>"));
        }
        for entry in &list.entries {
            if !matches!(entry.shape, Shape::Item(_)) {
                continue;
            }
            let Some(link) = list.primary_link(entry) else {
                continue;
            };
            let behind = list.source.text().get(link.span.end as usize..);
            if link.kind == LinkKind::Inline
                && behind.is_some_and(|rest| rest.starts_with(['(', '[']))
                && link.span.end < entry.content.end
            {
                edits.push(Edit::insert(link.span, link.span.end, " "));
            }
            if let Some(separator) = exchangeable(list, entry)
                && list.slice(separator.span) != self.separator.text
            {
                edits.push(Edit::replace(separator.span, self.separator.text.as_str()));
            }
            let end = self.ending.filter(|_| at > 0);
            if let Some((span, end)) = end.and_then(|end| to_end(list, entry, end)) {
                edits.push(Edit::replace(span, end));
            }
        }
        edits.extend(clashes(list, labels, at));
        Touch::new(edits)
    }
}

/// What divides title and description most often in a list, among what may be written otherwise: so
/// the next merge finds what this one wrote.
fn usual_separator(list: &List) -> Option<SeparatorForm> {
    let mut counts: FxHashMap<&str, (usize, u32, SeparatorKind)> = FxHashMap::default();
    for entry in &list.entries {
        if let Some(separator) = exchangeable(list, entry) {
            let first = (0, separator.span.start, separator.kind);
            let text = list.slice(separator.span);
            counts.entry(text).or_insert(first).0 += 1;
        }
    }
    // Of equally frequent ones the first stands.
    let most = counts
        .into_iter()
        .max_by_key(|&(_, (count, first, _))| (count, std::cmp::Reverse(first)));
    most.map(|(text, (_, _, kind))| SeparatorForm {
        kind,
        text: text.to_owned(),
    })
}

/// The separator of an entry where another can take its place: behind the link, on the line of the
/// description.
fn exchangeable(list: &List, entry: &Entry) -> Option<Separator> {
    let link = list.primary_link(entry)?;
    let separator = entry.separator.filter(|separator| {
        separator.span.start >= link.span.end
            && is_usual(separator.kind)
            && !list.slice(separator.span).contains(['\n', '\r'])
    })?;
    let item = matches!(entry.shape, Shape::Item(_));
    (item && entry.description.is_some()).then_some(separator)
}

fn is_usual(kind: SeparatorKind) -> bool {
    matches!(
        kind,
        SeparatorKind::Hyphen
            | SeparatorKind::EnDash
            | SeparatorKind::EmDash
            | SeparatorKind::Colon
    )
}

/// How many outermost entries are bulleted and how many numbered.
fn marked(list: &List) -> (usize, usize) {
    let mut counts = (0, 0);
    for block in &list.blocks {
        if let BlockKind::Entries(items) = block.kind {
            let items = list.item_list(items);
            match items.ordered {
                true => counts.1 += items.items.len(),
                false => counts.0 += items.items.len(),
            }
        }
    }
    counts
}

/// How a comment begins that tells where an entry came from.
pub(super) const FROM: &str = "<!-- from ";

/// The comments of a merge before this one that tell where entries came from, and the white space
/// before them, taken out.
fn comments_on_provenance(list: &List) -> impl Iterator<Item = Edit> + '_ {
    let comments = list
        .html
        .iter()
        .filter(|tag| tag.comment && list.slice(tag.span).starts_with(FROM));
    comments.filter_map(|comment| {
        let before = list.source.text().get(..comment.span.start as usize)?;
        let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
        let start = comment.span.start - blank as u32;
        Some(Edit::delete(comment.span.with(start, comment.span.end)))
    })
}

/// Which list is the first to define a label, and as what.
pub(super) struct Labels<'l>(FxHashMap<&'l str, (usize, &'l str)>);

impl<'l> Labels<'l> {
    pub(super) fn read(lists: &'l [List]) -> Self {
        let mut labels = FxHashMap::default();
        for (at, list) in lists.iter().enumerate() {
            for definition in &list.definitions {
                let first = (at, definition.url.as_str());
                labels.entry(definition.label.as_str()).or_insert(first);
            }
        }
        Labels(labels)
    }
}

/// Links and images by a label that an earlier list defines otherwise, written out.
fn clashes(list: &List, labels: &Labels<'_>, at: usize) -> Vec<Edit> {
    let mut clashing: FxHashMap<&str, &Definition> = FxHashMap::default();
    for definition in &list.definitions {
        let first = labels.0.get(definition.label.as_str());
        if first.is_some_and(|&(first, url)| first < at && *url != definition.url) {
            clashing.entry(&definition.label).or_insert(definition);
        }
    }
    if clashing.is_empty() {
        return Vec::new();
    }
    let target = |label: &str| {
        let destination = clashing.get(label)?.destination;
        Some(super::words::written_out(list.slice(destination)))
    };
    let links = list.links.iter().filter_map(|link| {
        let LinkKind::Reference(definition) = link.kind else {
            return None;
        };
        let target = target(&list.definitions.get(definition as usize)?.label)?;
        let behind = link.span.with(link.text.end, link.span.end);
        Some(Edit::replace(behind, format!("]({target})")))
    });
    let images = list.images.iter().filter_map(|image| {
        let target = target(&label_of(list.slice(image.span))?)?;
        let alt = list.slice(image.alt);
        Some(Edit::replace(image.span, format!("![{alt}]({target})")))
    });
    links.chain(images).collect()
}

/// The label by which an image names its destination, as CommonMark compares labels.
fn label_of(image: &str) -> Option<String> {
    let inner = image.strip_prefix("![")?.strip_suffix(']')?;
    let label = match inner.rsplit_once("][") {
        Some((alt, "")) => alt,
        Some((_, label)) => label,
        None => inner,
    };
    Some(normalize_label(label))
}

/// Whether blank lines stand between most items of an item list.
pub(super) fn is_loose(list: &List, items: ItemListId) -> bool {
    let items = &list.item_list(items).items;
    let blank = items
        .windows(2)
        .filter(|pair| {
            let end = list.item(pair[0]).span.end;
            let next = list.item(pair[1]).span.start;
            let gap = list.source.text().get(end as usize..next as usize);
            let before = list.source.line(end.max(1) - 1);
            gap.is_some() && list.source.line(next) > before + 1
        })
        .count();
    blank * 2 >= items.len().max(2)
}
