//! How headings of several lists are compared: by their words, where these say something.

/// Headings that say nothing by themselves; they match only below the same heading.
const GENERIC: &[&str] = &[
    "tools",
    "resources",
    "misc",
    "miscellaneous",
    "other",
    "others",
    "general",
    "overview",
    "introduction",
    "examples",
    "links",
    "related",
    "more",
    "see also",
    "further reading",
    "external links",
    "references",
    "libraries",
    "frameworks",
    "projects",
    "software",
    "various",
    "uncategorized",
    "basics",
    "getting started",
    "other resources",
    "useful links",
    "extras",
    "additional resources",
    "other tools",
    "inactive",
    "archived",
    "deprecated",
    "free",
    "paid",
];

/// A heading as headings are compared: case-folded words without numbers and signs before them.
pub(super) fn heading_key(text: &str) -> String {
    let folded = text.to_lowercase().replace('&', " and ");
    let bare = folded.trim_start_matches(|first: char| !first.is_alphanumeric());
    let number = bare
        .find(|char: char| !(char.is_ascii_digit() || matches!(char, '.' | ')')))
        .filter(|&end| end > 0 && bare[..end].ends_with(['.', ')']));
    let words = number.map_or(bare, |end| &bare[end..]);
    let mut key = String::new();
    for word in words.split(|char: char| !char.is_alphanumeric() && !"+#".contains(char)) {
        if !word.is_empty() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
    }
    if key.is_empty() {
        text.trim().to_owned()
    } else {
        key
    }
}

/// Whether a heading, given by its key, says nothing by itself.
pub(super) fn is_generic(key: &str) -> bool {
    GENERIC.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_by_their_words() {
        assert_eq!(
            heading_key("🚀 1. Tools & Libraries:"),
            "tools and libraries"
        );
        assert_eq!(heading_key("C++"), "c++");
        assert_eq!(heading_key("3D Graphics"), "3d graphics");
        assert_eq!(heading_key("🚀"), "🚀");
    }
}
