//! The conventions that a list follows, inferred from what most of it does, with the counts.

mod items;
mod layout;
mod majority;
mod order;
mod words;

pub use items::{Indent, Numbering};
pub use layout::{HeadingForm, Newline};
pub use majority::Majority;
pub use order::{Order, Run, SortKey, entry_key, misplaced, out_of_order, sort_key, sort_words};
pub use words::{Emphasis, Ending, FirstLetter, Quotes, SeparatorForm, Tail, tail, to_end};

use super::{Block, BlockKind, List, Role, SectionId, Shape};
use majority::Tally;

/// Declares [`Conventions`] and what it is counted in.
macro_rules! conventions {
    ($($(#[$doc:meta])* $field:ident: $way:ty,)*) => {
        /// How the entries and headings of a list, or of one of its sections, are written.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Conventions {
            $($(#[$doc])* pub $field: Majority<$way>,)*
        }

        #[derive(Clone, Default)]
        struct Tallies {
            $($field: Tally<$way>,)*
        }

        impl Tallies {
            fn finish(self) -> Conventions {
                Conventions { $($field: self.$field.finish(),)* }
            }
        }
    };
}

conventions! {
    /// The bullet of items, with how many lists they are nested in (at most [`DEEPEST`]).
    bullet: (u16, char),
    /// How far a bulleted list is indented from the bullet that it is nested under.
    indent: Indent,
    /// The columns of white space between a bullet and its words.
    padding: u32,
    /// The columns of white space between a number and its words.
    number_padding: u32,
    /// How ordered lists are numbered; counted by neighbours.
    numbering: Numbering,
    /// The first number of ordered lists.
    first_number: u64,
    /// What follows the number of an item.
    delimiter: char,
    /// What divides title and description, with the white space around it.
    separator: SeparatorForm,
    /// Whether descriptions end in a period.
    ending: Ending,
    /// Whether descriptions begin with a capital.
    first_letter: FirstLetter,
    /// How the titles of entries are emphasized.
    emphasis: Emphasis,
    /// The double quotation marks.
    quotes: Quotes,
    /// Whether groups of entries are sorted; counted by groups of at least [`Order::FEWEST`].
    sorted: bool,
    /// Whether no blank line stands between items; counted by items.
    tight: bool,
    /// How headings are written.
    heading: HeadingForm,
    /// The blank lines before a heading.
    blank_before_heading: u32,
    /// The blank lines between a heading and what stands below it.
    blank_after_heading: u32,
}

/// How deep items are counted apart by [`Conventions::bullet`].
pub const DEEPEST: u16 = 8;

impl Conventions {
    /// The bullets of the lists that are nested in `depth` others.
    pub fn bullet_at(&self, depth: u16) -> Majority<char> {
        self.bullets(|at| at == depth.min(DEEPEST))
    }

    /// The bullets of all lists.
    pub fn any_bullet(&self) -> Majority<char> {
        self.bullets(|_| true)
    }

    fn bullets(&self, wanted: impl Fn(u16) -> bool) -> Majority<char> {
        let mut tally = Tally::default();
        for &((depth, bullet), count) in &self.bullet.counts {
            if wanted(depth) {
                tally.add_times(bullet, count);
            }
        }
        tally.finish()
    }
}

/// The conventions of a list and of its sections.
#[derive(Clone, Debug)]
pub struct Style {
    /// The conventions of the whole list.
    pub list: Conventions,
    /// The line endings.
    pub newline: Majority<Newline>,
    /// Whether the last line ends in a line ending; an empty text counts as ended.
    pub final_newline: bool,
    /// The groups of entries that could be sorted, nested ones included.
    pub runs: Vec<Run>,
    /// The conventions of each section; `None` where it has nothing to count.
    sections: Vec<Option<Box<Conventions>>>,
    /// The order of the entries of each section that are nested in no other.
    orders: Vec<Order>,
}

/// The conventions of one section, and the list's for what the section leaves open.
#[derive(Clone, Copy, Debug)]
pub struct SectionStyle<'a> {
    own: Option<&'a Conventions>,
    list: &'a Conventions,
    order: &'a Order,
}

impl<'a> SectionStyle<'a> {
    /// The fewest places from which a section has a convention of its own.
    pub const FEWEST: u32 = 4;

    /// The fewest places that show a section's own way where the list follows none clearly.
    const PAIR: u32 = 2;

    /// The convention that `field` names: the section's own if it is clear and seen often enough,
    /// otherwise the list's.
    pub fn pick<T>(&self, field: impl Fn(&Conventions) -> &Majority<T>) -> &'a Majority<T> {
        let own = self
            .own
            .map(&field)
            .filter(|own| own.total() >= Self::FEWEST && own.clear().is_some());
        own.unwrap_or_else(|| field(self.list))
    }

    /// What a formatter makes of the section's entries: what is usual in the list, unless the
    /// section clearly goes its own way. Where the list goes no clear way, two places show one.
    pub fn usual<T: PartialEq>(
        &self,
        field: impl Fn(&Conventions) -> &Majority<T>,
    ) -> Option<&'a T> {
        let list = field(self.list);
        let usual = list.usual()?;
        let fewest = match list.clear() {
            Some(_) => Self::FEWEST,
            None => Self::PAIR,
        };
        let own = self.own.map(&field).filter(|own| own.total() >= fewest);
        let other = own
            .and_then(|own| own.clear())
            .is_some_and(|own| own != usual);
        (!other).then_some(usual)
    }

    /// The bullet that a formatter gives to the items that are nested in `depth` lists: what is
    /// usual there, or else in all lists. Where bullets are mixed, a section with one of its own
    /// keeps it.
    pub fn usual_bullet(&self, depth: u16) -> Option<char> {
        let at_depth = self.list.bullet_at(depth);
        let (whole, deep) = match at_depth.usual() {
            Some(_) => (at_depth, true),
            None => (self.list.any_bullet(), false),
        };
        let own = self.own.map(|own| match deep {
            true => own.bullet_at(depth),
            false => own.any_bullet(),
        });
        let own = own.filter(|own| own.total() >= Self::PAIR && whole.clear().is_none());
        let usual = whole.usual().copied()?;
        let other = own.and_then(|own| own.clear().copied());
        (other.unwrap_or(usual) == usual).then_some(usual)
    }

    /// What the whole list shows.
    pub fn list(&self) -> &'a Conventions {
        self.list
    }

    /// What the section alone shows.
    pub fn own(&self) -> Option<&'a Conventions> {
        self.own
    }

    /// The order of the entries that are nested in no other.
    pub fn order(&self) -> &'a Order {
        self.order
    }

    /// Whether the entries are meant to be sorted: they are, but for a tenth; or most of the list
    /// is, and these are but for a third, or are too few to tell.
    pub fn sorted(&self) -> bool {
        let list_is = self.list.sorted.clear() == Some(&true);
        match self.order.sorted() {
            Some(true) => true,
            Some(false) => list_is && self.order.misplaced.len() * 3 <= self.order.entries as usize,
            None => list_is,
        }
    }
}

impl Style {
    /// The conventions of `section`.
    pub fn section(&self, section: SectionId) -> SectionStyle<'_> {
        static NONE: Order = Order {
            entries: 0,
            inversions: 0,
            misplaced: Vec::new(),
        };
        SectionStyle {
            own: self
                .sections
                .get(section.index())
                .and_then(Option::as_deref),
            list: &self.list,
            order: self.orders.get(section.index()).unwrap_or(&NONE),
        }
    }
}

/// The conventions of `list`.
pub fn style(list: &List) -> Style {
    let runs = order::runs(list);
    let mut orders = vec![Order::default(); list.sections.len()];
    for run in runs.iter().filter(|run| run.parent.is_none()) {
        if let Some(order) = orders.get_mut(run.section.index()) {
            order.add(&run.order);
        }
    }
    let mut counting = Counting {
        list,
        whole: Tallies::default(),
        sections: Vec::new(),
    };
    counting.sections.resize_with(list.sections.len(), || None);
    counting.blocks();
    counting.items();
    counting.entries();
    counting.runs(&runs);
    let sections = counting.sections.into_iter();
    Style {
        list: counting.whole.finish(),
        newline: layout::newlines(list),
        final_newline: list.source.text().is_empty() || list.source.text().ends_with(['\n', '\r']),
        sections: sections
            .map(|own| own.map(|own| Box::new(own.finish())))
            .collect(),
        orders,
        runs,
    }
}

/// Counts what each part of a list shows, for the whole and for its section.
struct Counting<'a> {
    list: &'a List,
    whole: Tallies,
    sections: Vec<Option<Box<Tallies>>>,
}

impl Counting<'_> {
    /// Counts something of `section`.
    fn count(&mut self, section: SectionId, add: impl Fn(&mut Tallies)) {
        add(&mut self.whole);
        if let Some(own) = self.sections.get_mut(section.index()) {
            add(own.get_or_insert_default());
        }
    }

    fn blocks(&mut self) {
        let list = self.list;
        for (at, block) in list.blocks.iter().enumerate() {
            let next = list.blocks.get(at + 1);
            if block.generated {
                continue;
            }
            if let Some(next) = next.filter(|next| next.kind == BlockKind::Heading) {
                let blank = layout::blank_lines(list, block);
                self.count(next.section, |tallies| {
                    tallies.blank_before_heading.add(blank)
                });
            }
            if block.kind == BlockKind::Heading {
                self.heading(block, next);
            }
        }
    }

    fn heading(&mut self, block: &Block, next: Option<&Block>) {
        let list = self.list;
        let Some(heading) = &list.section(block.section).heading else {
            return;
        };
        let form = layout::heading_form(heading);
        self.count(block.section, |tallies| tallies.heading.add(form));
        if next.is_some_and(|next| next.kind != BlockKind::Heading) {
            let blank = layout::blank_lines(list, block);
            self.count(block.section, |tallies| {
                tallies.blank_after_heading.add(blank)
            });
        }
    }

    /// Counts the lists of entries: contents tables and prose in bullets are written otherwise.
    fn items(&mut self) {
        let list = self.list;
        let mut counts = vec![false; list.item_lists.len()];
        for block in &list.blocks {
            if let (BlockKind::Entries(id), false) = (block.kind, block.generated) {
                counts[id.index()] = true;
            }
        }
        for (at, item_list) in list.item_lists.iter().enumerate() {
            if let Some(parent) = item_list.parent {
                counts[at] = counts[list.item(parent).list.index()];
            }
            if !counts[at] {
                continue;
            }
            let shown = items::shown(list, item_list);
            self.count(item_list.section, |tallies| shown.add_to(tallies));
        }
    }

    fn entries(&mut self) {
        let list = self.list;
        for (_, entry) in list.entries() {
            if entry.role == Role::Work && matches!(entry.shape, Shape::Item(_)) {
                let shown = words::shown(list, entry);
                self.count(entry.section, |tallies| shown.add_to(tallies));
            }
        }
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            if let Some(sorted) = run.order.sorted() {
                self.count(run.section, |tallies| tallies.sorted.add(sorted));
            }
        }
    }
}

#[cfg(test)]
mod tests;
