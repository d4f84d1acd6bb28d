//! Real lists through the parser: nothing lost, no wrong place, and how much is understood.

mod support;

use std::collections::HashMap;

use listwright::list::{LinkKind, List, Place};
use support::places;
use support::scan::{self, Ground};

#[test]
fn blocks_joined_are_the_file() {
    for (name, bytes) in support::real_lists() {
        let text = String::from_utf8(bytes.clone()).expect("the real lists are UTF-8");
        let list = support::parse(&name, bytes);
        let joined: String = list
            .blocks
            .iter()
            .map(|block| list.slice(block.span))
            .collect();
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        assert_eq!(joined, text, "{name}");
    }
}

/// What a list's external links in items, rows and HTML blocks come to.
#[derive(Clone, Copy, Default)]
struct Coverage {
    links: usize,
    in_entries: usize,
}

#[test]
fn links_of_items_rows_and_html_are_in_entries() {
    let lists = support::real_lists();
    if lists.is_empty() {
        return;
    }
    let mut total = Coverage::default();
    let mut by_ground: std::collections::BTreeMap<Ground, Coverage> = Default::default();
    let mut per_list = Vec::new();
    let show = std::env::var("LISTWRIGHT_MISSED").ok();
    for (name, bytes) in lists {
        let list = support::parse(&name, bytes);
        let missed = measure(&list, &mut by_ground);
        let coverage = missed.0;
        if show
            .as_ref()
            .is_some_and(|part| name.contains(part.as_str()))
        {
            for (line, place) in &missed.1 {
                let text = list.slice(list.source.line_content(*line));
                println!(
                    "  {name}:{line} {place:?} {}",
                    text.chars().take(150).collect::<String>()
                );
            }
        }
        total.links += coverage.links;
        total.in_entries += coverage.in_entries;
        if coverage.links > 0 {
            per_list.push((
                coverage.in_entries as f64 / coverage.links as f64,
                coverage,
                name,
            ));
        }
    }
    per_list.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (share, coverage, name) in per_list.iter().take(20) {
        println!("{:6.2} % of {:5} {name}", share * 100.0, coverage.links);
    }
    for (ground, coverage) in &by_ground {
        println!("{ground:?}: {} of {}", coverage.in_entries, coverage.links);
    }
    let share = total.in_entries as f64 / total.links as f64;
    let good = per_list.iter().filter(|(share, ..)| *share >= 0.95).count();
    let good_share = good as f64 / per_list.len() as f64;
    println!(
        "{} of {} external links are in entries: {:.2} %; at least 95 % in {good} of {} lists: {:.1} %",
        total.in_entries,
        total.links,
        share * 100.0,
        per_list.len(),
        good_share * 100.0
    );
    assert!(share >= 0.985, "{share}");
    assert!(good_share >= 0.95, "{good_share}");
}

fn measure(
    list: &List,
    by_ground: &mut std::collections::BTreeMap<Ground, Coverage>,
) -> (Coverage, Vec<(u32, Option<Place>)>) {
    let mut places = HashMap::new();
    for link in &list.links {
        let at =
            match link.destination.file == link.span.file && link.span.contains(link.destination) {
                true => link.destination.start,
                false => link.span.start,
            };
        places.insert(at, link.place);
        // A reference is found by its label, which may be the text or behind it.
        if !link.span.contains(link.destination) {
            places.insert(link.text.end + 1, link.place);
        }
    }
    let mut coverage = Coverage::default();
    let mut missed = Vec::new();
    for found in scan::external_links(list.source.text()) {
        let place = places.get(&(found.at as u32)).copied();
        if matches!(place, Some(Place::Contents | Place::BackToTop)) {
            continue;
        }
        let ground = by_ground.entry(found.ground).or_default();
        ground.links += 1;
        coverage.links += 1;
        if matches!(place, Some(Place::Entry(_))) {
            ground.in_entries += 1;
            coverage.in_entries += 1;
        } else {
            missed.push((list.source.line(found.at as u32), place));
        }
    }
    (coverage, missed)
}

#[test]
fn every_place_is_what_the_model_says() {
    let mut wrong = Vec::new();
    let (mut lists, mut links, mut entries) = (0, 0, 0);
    for (name, bytes) in support::real_lists() {
        let list = support::parse(&name, bytes);
        lists += 1;
        links += list.links.len();
        entries += list.entries.len();
        wrong.extend(places::wrong(&list));
    }
    println!(
        "{lists} lists, {links} links, {entries} entries, {} places wrong",
        wrong.len()
    );
    for one in wrong.iter().take(30) {
        println!("{one}");
    }
    assert!(wrong.is_empty(), "{} places are wrong", wrong.len());
}

#[test]
fn links_are_where_another_parser_finds_them() {
    let (mut same, mut differing) = (0, Vec::new());
    for (name, bytes) in support::real_lists() {
        let list = support::parse(&name, bytes);
        let theirs = other_links(list.source.text());
        for link in &list.links {
            if !matches!(
                link.kind,
                LinkKind::Inline | LinkKind::Reference(_) | LinkKind::Autolink
            ) {
                continue;
            }
            match theirs.get(&(link.span.start, link.span.end)) {
                Some(url) if *url == link.url => same += 1,
                other => differing.push(format!(
                    "{name}:{}: {} is {other:?}",
                    list.source.line(link.span.start),
                    list.slice(link.span)
                )),
            }
        }
    }
    println!("{same} links agree, {} differ", differing.len());
    for one in differing.iter().take(20) {
        println!("{one}");
    }
    assert!(differing.len() * 1000 <= same, "{} differ", differing.len());
}

/// The places and destinations of the links that pulldown-cmark finds.
fn other_links(text: &str) -> HashMap<(u32, u32), String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(text, options)
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some((
                (range.start as u32, range.end as u32),
                dest_url.into_string(),
            )),
            _ => None,
        })
        .collect()
}
