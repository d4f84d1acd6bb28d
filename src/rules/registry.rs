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
    broken_anchor,
    empty_link,
    entry_without_link,
    // Text
    trailing_whitespace,
}
