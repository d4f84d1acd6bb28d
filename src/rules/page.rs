//! The page of a rule, read from the header of its source file.

/// A rule's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the rule finds: the first sentence.
    pub summary: String,
    /// The whole page as Markdown, without a title.
    pub text: String,
    /// The examples, in order.
    pub examples: Vec<Example>,
}

/// A list that a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule finds something in it.
    pub bad: bool,
    /// The list.
    pub text: String,
}

impl Page {
    /// Reads the header of `source`: its leading `//!` lines.
    ///
    /// Fenced blocks marked `markdown` under `## Bad` and `## Good` are the examples. In them `␠`
    /// stands for a space and `␉` for a tab, so that white space at the end of a line can be seen, and
    /// `⌁` for the end of a text whose last line does not end.
    pub fn read(source: &str) -> Page {
        let text: String = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
            .collect();
        let summary = text.lines().next().unwrap_or_default().trim();
        Page {
            summary: summary.trim_end_matches('.').to_owned(),
            examples: examples(&text),
            text,
        }
    }
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut bad = None;
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        if let Some((fence, example)) = &mut open {
            if line.trim_end() == fence.as_str() {
                let text = std::mem::take(example);
                let text = text.replace('␠', " ").replace('␉', "\t").replace("⌁\n", "");
                examples.extend(bad.map(|bad| Example { bad, text }));
                open = None;
            } else {
                example.push_str(line);
                example.push('\n');
            }
        } else if let Some(heading) = line.strip_prefix("## ") {
            bad = match heading.trim() {
                "Bad" => Some(true),
                "Good" => Some(false),
                _ => None,
            };
        } else if let Some(fence) = line.trim_end().strip_suffix("markdown")
            && fence.len() >= 3
            && fence.bytes().all(|byte| byte == b'`')
        {
            open = Some((fence.to_owned(), String::new()));
        }
    }
    examples
}
