//! Any three texts have a result: markers are where they are said to be, a clean merge loses no
//! link, and where git is done its bytes are the result.

use listwright::three_way::{ConflictStyle, Options, three_way};

use super::common;

/// Panics where `bytes` break what is promised.
pub fn holds(bytes: &[u8]) {
    let Some([base, ours, theirs]) = common::parts::<3>(bytes) else {
        return;
    };
    let styles = [
        ConflictStyle::Merge,
        ConflictStyle::Diff3,
        ConflictStyle::Zdiff3,
    ];
    let options = Options {
        style: styles[bytes.len() % 3],
        ..Options::default()
    };
    let merged = three_way(base, ours, theirs, &options);
    let mut end = 0;
    for conflict in &merged.conflicts {
        let markers = merged
            .text
            .get(conflict.markers.range())
            .expect("markers are in the text");
        assert!(markers.starts_with("<<<<<<< ours"), "{markers:?}");
        assert!(conflict.markers.start >= end, "conflicts are in order");
        end = conflict.markers.end;
    }
    // One side alone is the result, and so is what both agree on.
    assert_eq!(three_way(base, ours, base, &options).text, ours);
    assert_eq!(three_way(base, base, theirs, &options).text, theirs);
    assert_eq!(three_way(base, ours, ours, &options).text, ours);
    if merged.conflicts.is_empty() {
        kept([base, ours, theirs], &merged.text);
    }
    let by_git = Options {
        git_clean: Some(theirs.to_owned()),
        ..options
    };
    assert_eq!(three_way(base, ours, theirs, &by_git).text, theirs);
}

/// Each destination of a side stands in the merge, unless a side took it away. What is a link in a
/// side may be a bare address in base or in the merge, where the other side broke the link.
fn kept(sides: [&str; 3], merged: &str) {
    let [_, ours, theirs] = sides.map(destinations);
    let (base, merged) = (sides[0].to_lowercase(), merged.to_lowercase());
    for link in ours.iter().chain(&theirs) {
        let deleted = base.contains(link) && !(ours.contains(link) && theirs.contains(link));
        assert!(deleted || merged.contains(link), "{link:?} is lost");
    }
}

/// The destinations of the inline links of a text, by a rule of the target's own.
fn destinations(text: &str) -> std::collections::BTreeSet<String> {
    let pieces = text.split("](http").skip(1);
    pieces
        .filter_map(|piece| Some(piece.split_once(')')?.0))
        .filter(|link| !link.contains(|char: char| char.is_whitespace() || "<>(]".contains(char)))
        .map(|link| {
            link.trim_end_matches('/')
                .trim_start_matches('s')
                .to_lowercase()
        })
        .collect()
}
