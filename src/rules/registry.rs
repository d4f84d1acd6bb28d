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
    several_titles,
    empty_section,
    break_under_heading,
    numbering,
    unclosed_html,
    // Entries
    description_in_link,
    missing_space,
    mixed_quotes,
    space_in_link_text,
    // Text
    trailing_whitespace,
    repeated_space,
    final_newline,
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
}
