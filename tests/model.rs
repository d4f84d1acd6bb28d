//! What the model makes of small lists, one file for each kind of shape.

mod support;

use std::fmt::Write;

use listwright::list::{Entry, List, SectionKind};
use support::{golden, markdown_files, project, read};

#[test]
fn small_lists_are_read_as_people_read_them() {
    let files = markdown_files(&project("fixtures/model"));
    assert!(!files.is_empty(), "there are fixtures");
    for path in files {
        let list = support::list("list.md", &read(&path));
        let wrong = support::places::wrong(&list);
        assert!(wrong.is_empty(), "{}: {wrong:?}", path.display());
        golden(&path.with_extension("txt"), &told(&list));
    }
}

/// The model of `list` for a reviewer's eye.
fn told(list: &List) -> String {
    let mut text = String::new();
    for heading in &list.html_headings {
        line(
            &mut text,
            format!(
                "HTML heading {} {:?} #{}",
                heading.level, heading.text, heading.slug
            ),
        );
    }
    for contents in &list.contents {
        let links: Vec<&str> = contents
            .lines
            .iter()
            .map(|line| line.text.as_str())
            .collect();
        line(&mut text, format!("contents {}", links.join(" / ")));
    }
    for (id, section) in list.sections() {
        let about = match section.kind {
            SectionKind::Entries => "",
            SectionKind::Contents => " (contents)",
            SectionKind::Meta => " (about the list)",
        };
        let name = section
            .heading
            .as_ref()
            .map_or("", |heading| heading.text.as_str());
        line(&mut text, format!("# {name}{about}"));
        for (_, entry) in list.entries().filter(|(_, entry)| entry.section == id) {
            entry_lines(list, entry, &mut text);
        }
    }
    for unread in &list.unread {
        line(
            &mut text,
            format!("unread {:?}: {}", list.slice(unread.span), unread.reason),
        );
    }
    text
}

fn entry_lines(list: &List, entry: &Entry, text: &mut String) {
    let indent = "  ".repeat(usize::from(entry.depth));
    let shape = format!("{:?}", entry.shape);
    let shape = shape.split('(').next().unwrap_or_default().to_owned();
    let title = entry.title.as_ref().map_or("", |title| title.text.as_str());
    line(
        text,
        format!("{indent}- {:?} {shape} {title:?}", entry.role),
    );
    let mut fact = |name: &str, value: &str| line(text, format!("{indent}    {name}: {value:?}"));
    if let Some(link) = list.primary_link(entry) {
        fact("url", &link.url);
    }
    if let Some(lead) = entry.lead {
        fact("lead", list.slice(lead));
    }
    for note in &entry.notes {
        fact(&format!("{:?}", note.kind), list.slice(note.span));
    }
    if let Some(separator) = entry.separator {
        fact(&format!("{:?}", separator.kind), list.slice(separator.span));
    }
    if let Some(description) = entry.description {
        fact("description", list.slice(description));
    }
}

fn line(text: &mut String, line: String) {
    writeln!(text, "{line}").expect("a string takes all");
}
