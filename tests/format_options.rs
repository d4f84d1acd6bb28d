//! Every option of the layout with each of its values, over real lists: nothing is lost, and the
//! second run changes nothing. A few lists for each value; all of them where `LISTWRIGHT_ALL` is set.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use listwright::edit::apply_edits;
use listwright::format::{ContentsMode, EntryOrder, HeadingNumbers, Options, format, prove};
use listwright::list::style::{Ending, Indent, Numbering};

/// How many lists each value is tried on where not all are.
const FEW: usize = 4;

/// Every value of every option, with its name; and some together.
fn values() -> Vec<(String, Options)> {
    let mut values = Vec::new();
    let mut add = |name: String, set: &dyn Fn(&mut Options)| {
        let mut options = Options::default();
        set(&mut options);
        values.push((name, options));
    };
    for marker in ['-', '*', '+'] {
        add(format!("marker {marker}"), &|of| of.marker = Some(marker));
    }
    for indent in [
        Indent::Spaces(2),
        Indent::Spaces(3),
        Indent::Spaces(4),
        Indent::Tab,
    ] {
        add(format!("indent {indent:?}"), &|of| of.indent = Some(indent));
    }
    for padding in 1..=4 {
        add(format!("padding {padding}"), &|of| {
            of.padding = Some(padding)
        });
    }
    for numbering in [Numbering::Sequential, Numbering::Same] {
        add(format!("numbering {numbering:?}"), &|of| {
            of.numbering = Some(numbering)
        });
    }
    for separator in [" - ", ": ", " – ", " — ", " | ", " "] {
        add(format!("separator {separator:?}"), &|of| {
            of.separator = Some(separator.to_owned())
        });
    }
    for ending in [Ending::Period, Ending::None] {
        add(format!("final-punctuation {ending:?}"), &|of| {
            of.final_punctuation = Some(ending)
        });
    }
    for numbers in [
        HeadingNumbers::Keep,
        HeadingNumbers::Consistent,
        HeadingNumbers::Remove,
    ] {
        add(format!("heading-numbers {numbers:?}"), &|of| {
            of.heading_numbers = Some(numbers)
        });
    }
    for levels in [true, false] {
        add(format!("heading-levels {levels}"), &|of| {
            of.heading_levels = Some(levels)
        });
    }
    for contents in [ContentsMode::Keep, ContentsMode::Update, ContentsMode::Add] {
        add(format!("contents {contents:?}"), &|of| {
            of.contents = Some(contents)
        });
    }
    for blank in 0..=3 {
        add(format!("blank-lines {blank}"), &|of| {
            of.blank_lines = Some(blank)
        });
    }
    for order in [EntryOrder::Keep, EntryOrder::Alphabetical] {
        add(format!("order {order:?}"), &|of| of.order = Some(order));
    }
    add("all".to_owned(), &|of| {
        of.marker = Some('+');
        of.indent = Some(Indent::Spaces(4));
        of.padding = Some(3);
        of.numbering = Some(Numbering::Same);
        of.separator = Some(": ".to_owned());
        of.final_punctuation = Some(Ending::None);
        of.heading_numbers = Some(HeadingNumbers::Remove);
        of.heading_levels = Some(true);
        of.contents = Some(ContentsMode::Add);
        of.blank_lines = Some(2);
        of.order = Some(EntryOrder::Alphabetical);
    });
    values
}

/// What goes wrong with one list under one value.
fn failure(name: &str, text: &str, value: &str, options: &Options) -> Option<String> {
    let list = support::list(name, text);
    let after = apply_edits(list.source.text(), &format(&list, options));
    let after = support::list(name, &after);
    if let Err(loss) = prove(&list, &after, options) {
        return Some(format!("{name}, {value}: {loss}"));
    }
    let again = format(&after, options);
    let edit = again.first()?;
    let line = after.source.line(edit.span.start);
    Some(format!(
        "{name}, {value}: the second run changes line {line}: {edit:?}"
    ))
}

#[test]
fn every_value_of_every_option_keeps_what_lists_say() {
    let Some(folder) = support::shared("corpus/lists") else {
        return;
    };
    let lists: Vec<(String, String)> = support::markdown_files(&folder)
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            (name.into_owned(), support::read(path))
        })
        .collect();
    let all = std::env::var_os("LISTWRIGHT_ALL").is_some();
    let mut tasks = Vec::new();
    for (at, (value, options)) in values().into_iter().enumerate() {
        let chosen = match all {
            true => (0..lists.len()).collect::<Vec<_>>(),
            false => (0..FEW)
                .map(|turn| (at * FEW + turn) * 37 % lists.len())
                .collect(),
        };
        tasks.extend(
            chosen
                .into_iter()
                .map(|list| (list, value.clone(), options.clone())),
        );
    }
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let mut failures = Vec::new();
            while let Some((list, value, options)) = tasks.get(next.fetch_add(1, Ordering::Relaxed))
            {
                let (name, text) = &lists[*list];
                failures.extend(failure(name, text, value, options));
            }
            failures
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = workers
            .into_iter()
            .map(|worker| worker.join().expect("no panic"));
        done.flatten().collect()
    });
    println!("{} runs, {} failures", tasks.len(), failures.len());
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(tasks.len() > 100);
}
