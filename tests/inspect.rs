//! What `inspect` says, to people and to programs.

mod support;

use listwright::inspect::inspect;
use listwright::report::inspect::{Inspected, json_schema, write, write_csv, write_json};
use support::{golden, project};

const LIST: &str = "\
<h1 align=\"center\">Awesome <i>Tests</i></h1>

## Contents

- [Tools](#tools)
- [Papers](#papers)

## Tools

- [One](https://one.example/) - Does one thing.
- [Two](https://two.example/) `free` - Does two things. See [its docs](https://two.example/docs).
  - [Two and a half](https://half.example/) - Nested.
- =2+3 [Three](https://three.example/): +formula, \"quoted\"

## Papers

| Title | Year | Description |
|---|---|---|
| [A Study](https://study.example/) | 2019 | On lists and those who keep them. |

<p><a href=\"https://lost.example/\">no end</p>

See [more](https://more.example/).

## License

[CC0](https://cc0.example/)
";

/// What one of the writers writes of [`LIST`].
fn told(
    write: impl Fn(&[Inspected<'_>], &mut dyn std::io::Write) -> std::io::Result<()>,
) -> String {
    let list = support::list("list.md", LIST);
    let inspection = inspect(&list);
    let mut out = Vec::new();
    let inspected = Inspected {
        list: &list,
        inspection: &inspection,
    };
    write(&[inspected], &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("reports are UTF-8")
}

#[test]
fn a_person_is_told_what_was_understood() {
    golden(
        &project("fixtures/inspect/list.txt"),
        &told(|lists, out| write(lists, out)),
    );
}

#[test]
fn the_entries_are_told_as_csv() {
    golden(
        &project("fixtures/inspect/list.csv"),
        &told(|lists, out| write_csv(lists, out)),
    );
}

#[test]
fn the_model_is_told_as_json() {
    let text = told(|lists, out| write_json(lists, out));
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let list = &value["lists"][0];
    assert_eq!(list["title"], "Awesome Tests");
    assert_eq!(list["entries"][0]["url"], "https://one.example/");
    assert_eq!(list["coverage"]["not_understood"], 1);
    let blocks = list["blocks"].as_array().expect("blocks are a list");
    let ends: Vec<_> = blocks
        .iter()
        .map(|block| (block["start"].clone(), block["end"].clone()))
        .collect();
    assert!(ends.windows(2).all(|pair| pair[0].1 == pair[1].0));
    golden(&project("fixtures/inspect/list.json"), &text);
}

#[test]
fn the_schema_of_the_model_is_printed_from_the_code() {
    golden(&project("docs/schema/inspect.schema.json"), &json_schema());
}
