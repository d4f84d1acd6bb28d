//! The page of a rule, read from the header of its source file.

/// A rule's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the rule finds: the first sentence.
    pub summary: String,
    /// The whole page as Markdown, without a title.
    pub text: String,
}

/// A list that a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule finds something in it.
    pub bad: bool,
    /// The list.
    pub text: String,
    /// What the list was before a change, where the rule is about changes.
    pub earlier: Option<String>,
}

impl Page {
    /// Reads the header of `source`: its leading `//!` lines.
    pub fn read(source: &str) -> Page {
        let mut text = String::new();
        for line in source.lines().map_while(|line| line.strip_prefix("//!")) {
            text.push_str(line.strip_prefix(' ').unwrap_or(line));
            text.push('\n');
        }
        let summary = text.lines().next().unwrap_or_default().trim();
        Page {
            summary: summary.trim_end_matches('.').to_owned(),
            text,
        }
    }

    /// The examples, in order: the fenced blocks marked `markdown` under `## Bad` and `## Good`; one
    /// under `## Before` is what these were before a change.
    ///
    /// In them `␠` stands for a space and `␉` for a tab, so that white space at the end of a line can
    /// be seen, and `⌁` for the end of a text whose last line does not end, `␍` for a carriage return
    /// before the end of a line and `⌀` for a zero-width space.
    pub fn examples(&self) -> Vec<Example> {
        examples(&self.text)
    }
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut heading = "";
    let mut earlier = None;
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        if let Some((fence, example)) = &mut open {
            if line.trim_end() == fence.as_str() {
                let text = visible(&std::mem::take(example));
                open = None;
                match heading {
                    "Before" => earlier = Some(text),
                    "Bad" | "Good" => examples.push(Example {
                        bad: heading == "Bad",
                        text,
                        earlier: earlier.clone(),
                    }),
                    _ => {}
                }
            } else {
                example.push_str(line);
                example.push('\n');
            }
        } else if let Some(words) = line.strip_prefix("## ") {
            heading = words.trim();
        } else if let Some(fence) = line.trim_end().strip_suffix("markdown")
            && fence.len() >= 3
            && fence.bytes().all(|byte| byte == b'`')
        {
            open = Some((fence.to_owned(), String::new()));
        }
    }
    examples
}

/// The text that an example stands for.
fn visible(example: &str) -> String {
    let text = example.replace('␠', " ").replace('␉', "\t");
    let text = text.replace('␍', "\r").replace('⌀', "\u{200b}");
    text.replace("⌁\n", "")
}
