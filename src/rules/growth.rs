//! Holds that no rule's work grows faster than the text: each looks at a text and at one of twice
//! the length, and the steps that [`counted`](crate::source::counted) sees are compared.
//!
//! What it does not see: a rule that goes over the parts of the model again and again without
//! reading a word of them.

use super::{Level, Options, RULES, Rule, Settings, WARNING, check};
use crate::list::List;
use crate::source::counted::steps_of;
use crate::source::{FileId, Source};

/// What a text is made of, and how to make one of about so many parts.
type TextShape = (&'static str, fn(usize) -> String);

/// The shapes of text that rules look at more than once.
const SHAPES: &[TextShape] = &[
    ("entries", |size| {
        lines(size, |at| {
            format!("- [Work {at}](http://w{at}.example.org/?utm_source=x) – does  \"this {at}")
        })
    }),
    ("one work again and again", |size| {
        lines(size, |_| {
            "- [One Same Work](https://example.org/x) - Does it.".to_owned()
        })
    }),
    ("one title with many links", |size| {
        lines(size, |at| {
            format!("- [One Same Work](https://example.org/{at}) - Does it.")
        })
    }),
    ("one link with many titles", |size| {
        lines(size, |at| {
            format!("- [Some Work {at}](https://example.org/x) - Does it.")
        })
    }),
    ("out of order", |size| {
        lines(size, |at| {
            let name = if at % 11 == 0 { size - at } else { at };
            format!("- [W{name:06}](https://example.org/{at})")
        })
    }),
    ("sections and a table of other ones", |size| {
        let contents = lines(size, |at| format!("- [Part number {at}](#prt-{at}-no)"));
        let sections = lines(size, |at| {
            format!("\n## Part no {at}\n\n- [W{at}](w{at}.md)")
        });
        format!("{contents}{sections}")
    }),
    ("one heading again and again", |size| {
        lines(size, |_| "\n## Same\n".to_owned())
    }),
    ("one long entry", |size| {
        format!(
            "- [A](https://a.org) - {}\n",
            "a  b \"c\" (d [e `f` “g” ".repeat(size)
        )
    }),
    ("one long line of links", |size| {
        format!("- {}\n", "[a](b c)(d)[x](http://a.org) ".repeat(size))
    }),
    ("rows", |size| {
        let rows = lines(size, |at| {
            format!("| [W{at}](https://example.org/{at}) |  x |")
        });
        format!("| Name | What |\n|---|---|\n{rows}")
    }),
    ("comments", |size| {
        lines(size, |at| {
            format!("<!-- listwright-disable-next-line duplicate-link -->\n- [W](x{at})")
        })
    }),
    ("tags and blank ends", |size| {
        lines(size, |_| "<details><b> x  ".to_owned())
    }),
    ("marks of a merge", |size| {
        lines(size, |_| "<<<<<<< a\n=======\n>>>>>>> b".to_owned())
    }),
    ("invisible characters", |size| {
        lines(size, |_| "- a\u{200b}b \u{ad}c".to_owned())
    }),
];

fn lines(size: usize, line: impl Fn(usize) -> String) -> String {
    (0..size).map(|at| line(at) + "\n").collect()
}

fn list(text: &str) -> List {
    let text = format!("# List\n\n{text}");
    List::parse(Source::new(FileId(0), "list.md", text))
}

/// The steps that a rule takes, alone.
fn steps(rule: &Rule, list: &List) -> u64 {
    let mut settings = Settings::default();
    for other in RULES {
        let level = match other.name == rule.name {
            true => WARNING,
            false => Level::Off,
        };
        settings.levels.insert(other.name.to_owned(), level);
    }
    let options = Options {
        settings,
        ..Options::default()
    };
    steps_of(|| drop(check(std::slice::from_ref(list), &options)))
}

#[test]
fn twice_the_text_is_twice_the_work_of_each_rule() {
    /// So many that limits on comparisons are reached.
    const SIZE: usize = 1_200;
    let mut seen = 0;
    let mut too_much = Vec::new();
    for (shape, text) in SHAPES {
        let lists = [SIZE, 2 * SIZE].map(|size| list(&text(size)));
        for rule in RULES {
            let [once, twice] = [0, 1].map(|at: usize| steps(rule, &lists[at]));
            seen += usize::from(once > 1_000);
            // A text that has numbers of more digits is a little more than twice as long.
            if twice * 10 > once * 23 + 10_000 {
                too_much.push((rule.name, once, twice, shape));
            }
        }
    }
    assert!(too_much.is_empty(), "{too_much:?}");
    // Most rules read something of most shapes: the count counts.
    assert!(seen > 100, "{seen}");
}
