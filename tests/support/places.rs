//! Whether every place in a model is what the model says of it, judged from the source alone.

use listwright::list::{Entry, Item, Link, LinkKind, List, Place, Shape, html};
use listwright::source::Span;

/// What is wrong with the places of `list`; empty where all are right.
pub fn wrong(list: &List) -> Vec<String> {
    let mut wrong = Wrong {
        list,
        found: Vec::new(),
    };
    wrong.blocks();
    wrong.headings();
    for (at, link) in list.links.iter().enumerate() {
        wrong.link(at, link);
    }
    for image in &list.images {
        wrong.inside("image alt", image.span, image.alt);
    }
    for item in &list.items {
        wrong.item(item);
    }
    for (_, entry) in list.entries() {
        wrong.entry(entry);
    }
    wrong.order();
    for unread in &list.unread {
        wrong.valid("unread", unread.span);
    }
    for definition in &list.definitions {
        wrong.inside("definition", definition.span, definition.destination);
    }
    wrong.found
}

struct Wrong<'l> {
    list: &'l List,
    found: Vec<String>,
}

impl Wrong<'_> {
    fn say(&mut self, what: &str, span: Span) {
        let line = self.list.source.line(span.start);
        let text: String = self.list.slice(span).chars().take(80).collect();
        self.found.push(format!(
            "{}:{line}: {what}: {text:?}",
            self.list.source.name()
        ));
    }

    fn valid(&mut self, what: &str, span: Span) {
        if self.list.source.text().get(span.range()).is_none() {
            self.say(
                &format!("{what} lies outside the text or in a character"),
                span,
            );
        }
    }

    fn inside(&mut self, what: &str, outer: Span, inner: Span) {
        self.valid(what, outer);
        self.valid(what, inner);
        if !outer.contains(inner) {
            self.say(&format!("{what} lies outside"), inner);
        }
    }

    fn blocks(&mut self) {
        let mut at = 0;
        for block in &self.list.blocks {
            if block.span.start != at || block.span.is_empty() {
                self.say("block leaves a gap", block.span);
            }
            self.inside("block", block.span, block.content);
            at = block.span.end;
        }
        if at != self.list.source.whole().end {
            self.say("blocks end early", self.list.source.whole());
        }
    }

    fn headings(&mut self) {
        let mut before = 0;
        for (_, section) in self.list.sections() {
            self.valid("section", section.span);
            let Some(heading) = &section.heading else {
                continue;
            };
            self.inside("heading", heading.span, heading.title);
            let text = self.list.slice(heading.span);
            let hashes = text.bytes().take_while(|&byte| byte == b'#').count();
            let marked = match heading.setext {
                true => text.trim_end().ends_with(['=', '-']),
                false => hashes == heading.level as usize,
            };
            if !marked {
                self.say("heading has another level", heading.span);
            }
            if heading.span.start < before {
                self.say("heading stands before the one above it", heading.span);
            }
            before = heading.span.end;
        }
        for heading in &self.list.html_headings {
            let opening = format!("<h{}", heading.level);
            if !self
                .list
                .slice(heading.span)
                .to_lowercase()
                .starts_with(&opening)
            {
                self.say("no HTML heading", heading.span);
            }
        }
    }

    fn link(&mut self, at: usize, link: &Link) {
        self.inside("link text", link.span, link.text);
        let list = self.list;
        let text = list.slice(link.span);
        let destination = list.slice(link.destination);
        let right = match link.kind {
            LinkKind::Inline => {
                text.starts_with('[')
                    && text.ends_with(')')
                    && link.span.contains(link.destination)
                    && html::unescape(destination) == link.url
                    && list
                        .source
                        .text()
                        .get(link.text.end as usize..)
                        .is_some_and(|rest| rest.starts_with("]("))
            }
            LinkKind::Reference(definition) => {
                let definition = &list.definitions[definition as usize];
                text.starts_with('[')
                    && text.ends_with(']')
                    && definition.url == link.url
                    && definition.destination == link.destination
            }
            LinkKind::Autolink => text.starts_with('<') && text.ends_with('>'),
            LinkKind::Bare => {
                link.url.ends_with(text) || link.url.ends_with(html::unescape(text).as_ref())
            }
            LinkKind::Html => {
                let lower = text.to_lowercase();
                lower.starts_with("<a")
                    && lower.ends_with('>')
                    && lower.contains("</a")
                    && html::decode(destination).trim_matches(|char| char <= ' ') == link.url
            }
        };
        if !right {
            self.say(
                &format!("no link to {:?} of kind {:?}", link.url, link.kind),
                link.span,
            );
        }
        if let Place::Entry(id) = link.place {
            let entry = list.entry(id);
            if !entry.span.contains(link.span) {
                self.say("link lies outside its entry", link.span);
            }
            if !entry.links.iter().any(|link| link.index() == at) {
                self.say("entry does not know its link", link.span);
            }
        }
    }

    fn item(&mut self, item: &Item) {
        self.inside("marker", item.span, item.marker);
        let marker = self.list.slice(item.marker);
        let list = self.list.item_list(item.list);
        let right = match list.ordered {
            true => marker
                .strip_suffix(list.marker)
                .is_some_and(|number| number.parse::<u64>().ok() == item.number),
            false => marker == list.marker.to_string(),
        };
        if !right || item.marker.start != item.span.start {
            self.say("no marker", item.marker);
        }
        if !self
            .list
            .slice(item.padding)
            .chars()
            .all(|char| char == ' ' || char == '\t')
        {
            self.say("no padding", item.padding);
        }
        if let Some(checkbox) = item.checkbox {
            let text = self.list.slice(checkbox);
            if !(text.len() == 3 && text.starts_with('[') && text.ends_with(']')) {
                self.say("no checkbox", checkbox);
            }
        }
        self.inside("item", list.span, item.span);
    }

    fn entry(&mut self, entry: &Entry) {
        let list = self.list;
        self.inside("content", entry.span, entry.content);
        for id in &entry.links {
            self.inside("entry's link", entry.span, list.link(*id).span);
        }
        if let Some(id) = entry.link
            && !entry.links.contains(&id)
        {
            self.say("primary link is none of its links", entry.span);
        }
        // Of a heading that is an entry the description stands below it.
        let words = match entry.shape {
            Shape::Heading => entry.span,
            _ => entry.content,
        };
        if let Some(title) = &entry.title {
            self.inside("title", entry.content, title.span);
            if title.text.is_empty() {
                self.say("title has no words", entry.content);
            }
        }
        for note in &entry.notes {
            self.inside("note", words, note.span);
        }
        if let Some(description) = entry.description {
            self.inside("description", words, description);
            let text = list.slice(description);
            if text.trim().len() != text.len() || text.is_empty() {
                self.say("description is not trimmed", description);
            }
        }
        if let Some(separator) = entry.separator {
            self.inside("separator", entry.content, separator.span);
            if entry
                .title
                .as_ref()
                .is_some_and(|title| title.span.end > separator.span.start)
            {
                self.say("separator stands before the title's end", entry.content);
            }
            if entry
                .description
                .is_some_and(|description| description.start != separator.span.end)
            {
                self.say("description does not follow its separator", entry.content);
            }
        }
        if let Some(parent) = entry.parent
            && !list.entry(parent).span.contains(entry.span)
        {
            self.say("entry lies outside its parent", entry.span);
        }
    }

    fn order(&mut self) {
        let starts = |spans: Vec<Span>| {
            spans
                .windows(2)
                .find(|pair| pair[1].start < pair[0].start)
                .map(|pair| pair[1])
        };
        let lists = [
            (
                "entries",
                self.list.entries.iter().map(|one| one.span).collect(),
            ),
            (
                "links",
                self.list.links.iter().map(|one| one.span).collect(),
            ),
            (
                "images",
                self.list.images.iter().map(|one| one.span).collect(),
            ),
            (
                "items",
                self.list.items.iter().map(|one| one.span).collect(),
            ),
            ("tags", self.list.html.iter().map(|one| one.span).collect()),
        ];
        for (what, spans) in lists {
            if let Some(span) = starts(spans) {
                self.say(&format!("{what} are out of order"), span);
            }
        }
    }
}
