//! All rules in one slice: a rule is one file and one line here.

use super::Rule;

/// Declares [`RULES`] from the `RULE` of each file, the files standing beside this one.
macro_rules! rules {
    ($($file:ident),* $(,)?) => {
        /// Every rule, ordered by group.
        pub static RULES: &[&Rule] = &[$(&super::$file::RULE),*];
    };
}

rules! {
    // Links
    bare_link,
    broken_anchor,
    broken_path,
    duplicate_link,
    duplicate_title,
    empty_link,
    entry_without_link,
    insecure_link,
    link_shortener,
    malformed_link,
    tracking_parameters,
    unsafe_link,
    // Contents
    contents_out_of_date,
    // Structure
    missing_title,
    several_titles,
    skipped_heading_level,
    duplicate_heading,
    heading_punctuation,
    empty_section,
    break_under_heading,
    numbering,
    unclosed_html,
    conflict_markers,
    // Entries
    entry_separator,
    entry_marker,
    entry_indent,
    missing_description,
    description_punctuation,
    description_repeats_title,
    description_in_link,
    missing_space,
    space_in_link_text,
    unbalanced_punctuation,
    mixed_quotes,
    unsorted_section,
    new_entry_at_bottom,
    // Text
    trailing_whitespace,
    repeated_space,
    invisible_character,
    final_newline,
    mixed_newlines,
    // Awesome
    missing_badge,
    ci_badge,
    title_case,
    missing_contributing,
    missing_code_of_conduct,
    license_section,
    contents_first,
    text_before_link,
    lowercase_description,
    misspelt_name,
    // Suppressions
    unknown_suppression,
    unused_suppression,
    unexplained_suppression,
}
