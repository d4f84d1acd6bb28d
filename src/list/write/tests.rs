//! Contents tables brought in step with small lists.

use super::*;
use crate::list::List;
use crate::list::style::style;
use crate::source::{FileId, Source};

/// A list with a contents table and a section with one entry under each heading.
fn table(contents: &str, headings: &str) -> Option<String> {
    let mut text = format!("# A\n\n## Contents\n\n{contents}\n");
    for heading in headings.lines() {
        text.push_str(&format!("\n{heading}\n\n- [x](https://x.org)\n"));
    }
    let list = List::parse(Source::new(FileId(0), "t", text));
    let states = contents_states(&list);
    let state = states.first().expect("the list has a contents table");
    super::contents(&list, 0, state, &style(&list))
}

#[test]
fn a_table_in_step_stays() {
    assert_eq!(table("- [B](#b)\n- [C](#c)\n", "## B\n### D\n## C"), None);
    assert_eq!(
        table("- [Short](#b)\n- [C](#C)\n", "## B\n## C\n## License"),
        None
    );
}

#[test]
fn missing_sections_come_in_where_they_stand() {
    let found = table(
        "- [B](#b)\n  - [D](#d)\n  - [I](#i)\n- [C](#c)\n- [F](#f)\n- [G](#g)\n- [H](#h)",
        "## B\n### D\n### E & [x](y)\n### I\n## C\n## F\n## G\n## New one\n## H\n",
    );
    assert_eq!(
        found.as_deref(),
        Some(
            "- [B](#b)\n  - [D](#d)\n  - [E & x](#e--x)\n  - [I](#i)\n- [C](#c)\n- [F](#f)\n- [G](#g)\n\
             - [New one](#new-one)\n- [H](#h)"
        )
    );
}

#[test]
fn numbers_are_counted_anew_around_new_and_dead_lines() {
    let found = table(
        "1. [B](#b)\n2. [Gone](#gone)\n3. [D](#d)\n4. [E](#e)\n5. [F](#f)\n6. [G](#g)",
        "## B\n## C\n## D\n## E\n## F\n## G\n## H",
    );
    assert_eq!(
        found.as_deref(),
        Some("1. [B](#b)\n2. [C](#c)\n3. [D](#d)\n4. [E](#e)\n5. [F](#f)\n6. [G](#g)\n7. [H](#h)")
    );
}

#[test]
fn lines_whose_section_got_another_title_keep_their_words() {
    let found = table(
        "- [B](#b)\n- [Data tools](#tools-for-data)\n- [C](#c)\n- [Sqlite](#sql-lite)\n- [D](#d)",
        "## B\n## Data engineering\n## C\n## SQLite\n## D",
    );
    assert_eq!(
        found.as_deref(),
        Some(
            "- [B](#b)\n- [Data tools](#data-engineering)\n- [C](#c)\n- [Sqlite](#sqlite)\n- [D](#d)"
        )
    );
}

#[test]
fn tables_by_anchors_set_by_hand_go_on_so() {
    let found = table(
        "- [B](#one)\n- [C](#two)\n- [D](#three)\n- [E](#four)\n- [F](#five)",
        "## <a name=\"one\"></a>B\n## <a name=\"two\"></a>C\n## <a name=\"three\"></a>D\n\
         ## <a name=\"four\"></a>E\n## <a name=\"five\"></a>F\n## <a name=\"six\"></a>G",
    );
    assert!(found.is_some_and(|found| found.ends_with("- [F](#five)\n- [G](#six)")));
}

#[test]
fn a_table_in_another_order_keeps_it_and_gets_what_is_missing() {
    let found = table(
        "- [D](#d)\n- [C](#c)\n- [B](#b)\n- [E](#e)\n- [F](#f)",
        "## B\n## C\n## D\n## E\n## F\n## G",
    );
    assert_eq!(
        found.as_deref(),
        Some("- [D](#d)\n- [C](#c)\n- [B](#b)\n- [E](#e)\n- [F](#f)\n- [G](#g)")
    );
}

#[test]
fn a_table_of_other_headings_is_left_alone() {
    assert_eq!(table("- [X](#x)\n- [Y](#y)\n- [B](#b)", "## B\n## C"), None);
}

#[test]
fn entries_are_written_in_the_form_of_their_section() {
    let text = "# A\n\n## B\n\n* [a](https://a.org): One.\n* [b](https://b.org): Two.\n";
    let list = List::parse(Source::new(FileId(0), "t", text));
    let style = style(&list);
    let form = EntryForm::of(&style.section(crate::list::SectionId(2)), 0);
    let words = EntryWords {
        title: "T",
        url: Some("https://t.org"),
        description: Some("Three"),
        ..EntryWords::default()
    };
    assert_eq!(entry(&words, &form), "* [T](https://t.org): Three.");
    assert_eq!(heading(9, "T"), "###### T");
}
