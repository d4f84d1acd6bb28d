//! How the merged list is written: as the first list that shows a convention writes it.

use rustc_hash::FxHashMap;

use super::Options;
use super::cluster::even;
use super::item::Touch;
use crate::edit::Edit;
use crate::list::style::{Newline, SeparatorForm, style};
use crate::list::{BlockKind, Definition, ItemListId, LinkKind, List, SeparatorKind, Shape};

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
}

impl House {
    pub(super) fn read(lists: &[List], options: &Options) -> Self {
        let styles: Vec<_> = lists.iter().map(style).collect();
        let conventions = || styles.iter().map(|style| &style.list);
        let counts = lists
            .iter()
            .map(marked)
            .find(|&(plain, numbered)| plain + numbered > 0);
        let (plain, numbered) = counts.unwrap_or((0, 0));
        let separator = conventions().find_map(|list| {
            let usable = |form: &&(SeparatorForm, u32)| is_usual(form.0.kind);
            list.separator
                .counts
                .iter()
                .find(usable)
                .map(|(form, _)| form.clone())
        });
        let newline = styles
            .first()
            .and_then(|style| style.newline.winner().copied());
        House {
            bullet: conventions()
                .find_map(|list| list.bullet_at(0).winner().copied())
                .unwrap_or('-'),
            delimiter: conventions()
                .find_map(|list| list.delimiter.winner().copied())
                .unwrap_or('.'),
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
        }
    }

    /// What every piece of the text of `list` gets: a space between a link and what follows it,
    /// the separator, the end of anchors that were left open, links written out whose label means
    /// something else in an earlier list.
    pub(super) fn touch(&self, lists: &[List], at: usize) -> Touch {
        let list = &lists[at];
        let mut edits = Vec::new();
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
            if let Some(separator) = entry.separator
                && separator.span.start >= link.span.end
                && entry.description.is_some()
                && is_usual(separator.kind)
                && !list.slice(separator.span).contains(['\n', '\r'])
                && list.slice(separator.span) != self.separator.text
            {
                edits.push(Edit::replace(separator.span, self.separator.text.as_str()));
            }
        }
        edits.extend(clashes(lists, at));
        Touch::new(edits)
    }
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

/// Links and images by a label that an earlier list defines otherwise, written out.
fn clashes(lists: &[List], at: usize) -> Vec<Edit> {
    let list = &lists[at];
    if list.definitions.is_empty() {
        return Vec::new();
    }
    let mut known = FxHashMap::default();
    for definition in lists[..at].iter().flat_map(|list| &list.definitions) {
        let label = definition.label.as_str();
        known.entry(label).or_insert(definition.url.as_str());
    }
    let mut clashing: FxHashMap<&str, &Definition> = FxHashMap::default();
    for definition in &list.definitions {
        let other = known.get(definition.label.as_str());
        if other.is_some_and(|url| *url != definition.url) {
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

/// The label by which an image names its destination, normalized as CommonMark compares labels.
fn label_of(image: &str) -> Option<String> {
    let inner = image.strip_prefix("![")?.strip_suffix(']')?;
    let label = match inner.rsplit_once("][") {
        Some((alt, "")) => alt,
        Some((_, label)) => label,
        None => inner,
    };
    Some(caseless::default_case_fold_str(&even(label)))
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
