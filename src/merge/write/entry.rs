//! The lines of one entry of a merged list: its words, what others added, what is nested in it.

use super::Writer;
use crate::edit::Edit;
use crate::list::Shape;
use crate::merge::Place;
use crate::merge::item;
use crate::merge::pool::Member;
use crate::merge::words::Plan;
use crate::spaces::single;

impl Writer<'_, '_> {
    /// The words of a group, and what stands behind the lists that are nested in it.
    pub(super) fn group(&self, place: Place, marker: &str, indent: usize) -> (String, String) {
        let list = &self.pool.lists[place.list];
        let touch = &self.touch[place.list];
        let Shape::Item(id) = list.entry(place.entry).shape else {
            return (String::new(), String::new());
        };
        let item = list.item(id);
        let nested = item::nested(list, place.entry);
        let first = nested.first().map_or(item.span.end, |&first| {
            list.source
                .line_start(list.item_list(first).span.start)
                .max(item.padding.end)
        });
        let span = item.span.with(item.span.start, first);
        let before = item::part(list, touch, item, id.index(), span, marker, indent, &[]);
        let mut behind = String::new();
        let mut ends = nested
            .iter()
            .map(|&nested| list.item_list(nested).span)
            .peekable();
        while let Some(span) = ends.next() {
            let end = ends.peek().map_or(item.span.end, |next| next.start);
            let gap = list.slice(span.with(span.end, end));
            for line in gap.lines().filter(|line| !line.trim().is_empty()) {
                behind.push_str("\n\n");
                behind.push_str(&" ".repeat(indent + marker.chars().count() + 1));
                behind.push_str(line.trim());
            }
        }
        (before, behind)
    }

    /// The lines of a work: its words, what others added to it, and what is nested in it.
    pub(super) fn entry(&self, place: Place, marker: &str, indent: usize) -> String {
        let home = self.pool.member(place.list, place.entry);
        let plan = self.plans.by_home.get(&home);
        let giver = plan.map_or(home, |plan| plan.giver);
        let from = self.pool.place(giver);
        let list = &self.pool.lists[from.list];
        let touch = &self.touch[from.list];
        if !self.pool.is_item(giver) {
            let words = self.row_words(giver);
            return format!("{}{marker} {words}", " ".repeat(indent));
        }
        let with_description;
        let plan = match plan.and_then(|plan| Some((plan, plan.description?))) {
            Some((plan, described)) => {
                with_description = self.described(plan, described);
                Some(&with_description)
            }
            None => plan,
        };
        let with_comment;
        let plan = match self.plans.comments.get(&home) {
            Some(comment) => {
                with_comment = self.commented(plan, giver, comment);
                Some(&with_comment)
            }
            None => plan,
        };
        let mut text = item::lines(list, touch, from.entry, marker, indent, plan);
        let children = plan
            .map(|plan| plan.children.as_slice())
            .unwrap_or_default();
        let nested = item::nested(list, from.entry);
        let own = nested.last().map(|&nested| list.item_list(nested));
        let mut number = own.map_or(0, |own| own.items.len() as u64);
        for &child in children {
            let child_place = self.pool.place(child);
            let child_list = &self.pool.lists[child_place.list];
            number += 1;
            let child_marker = match own {
                Some(own) if own.ordered => format!("{number}{}", own.marker),
                Some(own) => own.marker.to_string(),
                None => self.house.bullet.to_string(),
            };
            let deeper = indent + marker.chars().count() + 1;
            let touch = &self.touch[child_place.list];
            let lines = item::lines(
                child_list,
                touch,
                child_place.entry,
                &child_marker,
                deeper,
                None,
            );
            text.push('\n');
            text.push_str(&lines);
        }
        text
    }

    /// The plan with the description of another entry as an edit.
    fn described(&self, plan: &Plan, described: Member) -> Plan {
        let giver = self.pool.entry(plan.giver);
        let giver_text = self.pool.slice(plan.giver, giver.content);
        let end = giver.content.start + giver_text.trim_end().len() as u32;
        let entry = self.pool.entry(described);
        let mut edits = plan.edits.clone();
        if let Some(span) = entry.description {
            let list = self.pool.list(described);
            let touch = &self.touch[self.pool.list_of(described)];
            let words = touch.text(list, span, &[]);
            let words = single(&words);
            let text = format!("{}{words}", self.house.separator.text);
            let at = edits
                .iter_mut()
                .find(|edit| edit.span.is_empty() && edit.span.start == end);
            match at {
                Some(edit) => edit.replacement.push_str(&text),
                None => edits.push(Edit::insert(giver.span, end, text)),
            }
        }
        edits.sort_by_key(|edit| edit.span.start);
        Plan {
            giver: plan.giver,
            edits,
            description: None,
            children: plan.children.clone(),
        }
    }

    /// The plan with a comment behind the words.
    fn commented(&self, plan: Option<&Plan>, giver: Member, comment: &str) -> Plan {
        let content = self.pool.entry(giver).content;
        let words = self.pool.slice(giver, content).trim_end();
        let end = content.start + words.len() as u32;
        let mut edits = plan.map(|plan| plan.edits.clone()).unwrap_or_default();
        let comment = format!(" {comment}");
        match edits
            .iter_mut()
            .find(|edit| edit.span.is_empty() && edit.span.start == end)
        {
            Some(edit) => edit.replacement.push_str(&comment),
            None => edits.push(Edit::insert(content, end, comment)),
        }
        Plan {
            giver,
            edits,
            description: None,
            children: plan.map(|plan| plan.children.clone()).unwrap_or_default(),
        }
    }

    /// The cells of a row as the words of an item.
    fn row_words(&self, member: Member) -> String {
        let list = self.pool.list(member);
        let entry = self.pool.entry(member);
        let from = self.pool.list_of(member);
        let text = self.touch[from].text(list, entry.content, self.edits_of(member));
        if entry.shape != Shape::Row {
            return single(&text).into_owned();
        }
        let bars = text.replace("\\|", "\u{0}");
        let cells = bars.trim().trim_matches('|').split('|');
        let mut words = String::new();
        let mut described = String::new();
        let description = entry.description.map(|span| list.slice(span).trim());
        for cell in cells.map(|cell| cell.trim().replace('\u{0}', "\\|")) {
            if cell.is_empty() {
                continue;
            }
            if Some(cell.as_str()) == description {
                described = format!("{}{cell}", self.house.separator.text);
            } else if words.is_empty() {
                words = cell;
            } else if cell.starts_with(['!', '[', '(', '`', '<']) {
                words.push_str(&format!(" {cell}"));
            } else {
                words.push_str(&format!(" ({cell})"));
            }
        }
        words + &described
    }
}
