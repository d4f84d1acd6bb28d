//! Conventions inferred from small lists.

use super::*;
use crate::list::SeparatorKind;
use crate::source::{FileId, Source};

fn read(text: &str) -> (List, Style) {
    let list = List::parse(Source::new(FileId(0), "t", text));
    let style = style(&list);
    (list, style)
}

const LIST: &str = "# A\n\n## B\n\n\
    * [a](https://a.org) - A tool.\n\
    * [b](https://b.org) - One (more).\n\
    * **[c](https://c.org)**: the “third”\n  \
      - [d](https://d.org) - Nested.\n\n\
    ## C ##\n\
    1. [x](https://x.org)\n\
    2. [y](https://y.org)\n\
    4. [z](https://z.org)\n";

#[test]
fn each_convention_is_counted() {
    let (_, style) = read(LIST);
    let found = style.list;
    assert_eq!(found.bullet_at(0).counts, [('*', 3)]);
    assert_eq!(found.any_bullet().counts, [('*', 3), ('-', 1)]);
    assert_eq!(found.indent.counts, [(Indent::Spaces(2), 1)]);
    assert_eq!(found.padding.counts, [(1, 4)]);
    assert_eq!(found.numbering.counts, [(Numbering::Sequential, 1)]);
    assert_eq!(found.delimiter.counts, [('.', 3)]);
    let hyphen = SeparatorForm {
        kind: SeparatorKind::Hyphen,
        text: " - ".to_owned(),
    };
    assert_eq!(found.separator.clear(), Some(&hyphen));
    assert_eq!(
        found.ending.counts,
        [(Ending::Period, 3), (Ending::None, 1)]
    );
    assert_eq!(
        found.first_letter.counts,
        [(FirstLetter::Upper, 3), (FirstLetter::Lower, 1)]
    );
    assert_eq!(
        found.emphasis.counts,
        [(Emphasis::Plain, 6), (Emphasis::Bold, 1)]
    );
    assert_eq!(found.quotes.counts, [(Quotes::Curly, 2)]);
    assert_eq!(
        found.heading.counts,
        [(HeadingForm::Atx, 2), (HeadingForm::Closed, 1)]
    );
    assert_eq!(found.blank_before_heading.counts, [(1, 2)]);
    assert_eq!(found.blank_after_heading.counts, [(1, 1), (0, 1)]);
    assert_eq!(style.newline.counts, [(Newline::Lf, 13)]);
    assert!(style.final_newline);
}

#[test]
fn a_section_has_a_convention_of_its_own_or_the_lists() {
    let own: String = (0..5)
        .map(|n| format!("+ [{n}](https://{n}.org): x\n"))
        .collect();
    let rest: String = (0..20)
        .map(|n| format!("- [{n}](https://{n}.org) - x\n"))
        .collect();
    let (list, style) = read(&format!(
        "# A\n\n## B\n\n{rest}\n## C\n\n{own}\n## D\n\n- [d](https://d.org): x\n"
    ));
    let separators: Vec<&str> = list
        .sections()
        .map(|(id, _)| style.section(id).pick(|of| &of.separator))
        .map(|of| of.winner().map_or("", |form| form.text.as_str()))
        .collect();
    assert_eq!(separators, [" - ", " - ", " - ", ": ", " - "]);
}

#[test]
fn entries_of_one_section_are_ordered_together() {
    let (list, style) = read(
        "# A\n\n## B\n\n- [b](https://b.org)\n- [c](https://c.org)\n* [a](https://a.org)\n* [d](https://d.org)\n\n\
         Words.\n\n- [a](https://e.org)\n  - [z](https://z.org)\n  - [y](https://y.org)\n",
    );
    let order = style.section(SectionId(2)).order();
    let titles: Vec<&str> = order
        .misplaced
        .iter()
        .filter_map(|&id| list.entry(id).title.as_ref())
        .map(|title| title.text.as_str())
        .collect();
    assert_eq!((order.entries, order.inversions), (5, 1));
    assert_eq!(titles, ["a"]);
    assert_eq!(style.runs.len(), 3);
    assert_eq!(style.runs[2].order.inversions, 1);
}

#[test]
fn the_end_of_a_description_is_found_where_it_is_a_matter_of_style() {
    let ends = |description: &str| {
        let (list, _) = read(&format!(
            "# A\n\n## B\n\n- [a](https://a.org) - {description}\n"
        ));
        tail(&list, &list.entries[0]).map(|tail| {
            let span = tail.span;
            (
                tail.ending,
                list.slice(span.with(span.start - 1, span.end)).to_owned(),
            )
        })
    };
    assert_eq!(ends("Words."), Some((Ending::Period, "s.".into())));
    assert_eq!(ends("*Words.*"), Some((Ending::Period, "s.".into())));
    assert_eq!(ends("Words"), Some((Ending::None, "s".into())));
    assert_eq!(ends("Words (more)"), Some((Ending::None, ")".into())));
    assert_eq!(
        ends("A [link](https://b.org)"),
        Some((Ending::None, ")".into()))
    );
    for open in [
        "Words!",
        "And…",
        "And so on...",
        "A ![x](y.png)",
        "(A sentence.)",
        "x `tag`",
    ] {
        assert_eq!(ends(open), None, "{open}");
    }
}
