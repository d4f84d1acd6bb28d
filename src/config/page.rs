//! The reference page of the configuration file, printed from the keys that the reader knows.

use super::{FILE_NAMES, tables};
use crate::rules::{OptionKind, OptionSpec, RULES};

/// The page as Markdown.
pub fn page() -> String {
    let mut page = String::from(HEAD);
    let names: Vec<String> = FILE_NAMES.iter().map(|name| format!("`{name}`")).collect();
    page = page.replace("FILE_NAMES", &names.join(", "));
    for table in tables() {
        let title = match table.name {
            "" => table.help.to_owned(),
            name => format!("`[{name}]`"),
        };
        page.push_str(&format!("\n## {title}\n"));
        if !table.name.is_empty() {
            page.push_str(&format!("\n{}.\n", table.help));
        }
        if let Some(open) = table.open {
            page.push_str(&format!("\n{open}.\n"));
        }
        let keys = (table.keys)();
        if !keys.is_empty() {
            page.push_str(&keys_table(&keys));
        }
    }
    page.push_str(RULES_PART);
    page.push_str("\n| rule | options |\n| --- | --- |\n");
    for rule in RULES.iter().filter(|rule| !rule.options.is_empty()) {
        let options: Vec<String> = rule
            .options
            .iter()
            .map(|option| format!("`{}`", option.name))
            .collect();
        page.push_str(&format!(
            "| [`{0}`](rules/{0}.md) | {1} |\n",
            rule.name,
            options.join(", ")
        ));
    }
    page
}

const HEAD: &str = "# Configuration

Listwright needs none. Where a list wants other rules, a file says so: FILE_NAMES, in the folder of
the list or in one above it, up to the root of its repository. The nearest file counts, alone.
`--config FILE` names another one, `--isolated` reads none; `listwright init` writes one from what
the list's own style shows, and `listwright config` prints what is in force.

A key or rule that nobody knows is an error, with its place and the nearest name that is known.
Editors can check the file against [its schema](schema/config.schema.json).
";

const RULES_PART: &str = "
## `[rules]`

Each key is a rule. Its value is a level (`\"off\"`, `\"advice\"`, `\"warning\"`, `\"error\"`), or a table
with `level` and the rule's own options:

```toml
[rules]
trailing-whitespace = \"error\"
duplicate-link = { level = \"warning\", scope = \"section\" }
```

Errors and warnings fail a check, advice does not.

## `[[overrides]]`

Settings for some lists. `paths` holds patterns as in `.gitignore`; `preset` and `rules` change what
the rest of the file says. The last override that matches a list counts.

```toml
[[overrides]]
paths = [\"archive/**\"]
rules.missing-description = \"off\"
```

## Options of rules
";

fn keys_table(keys: &[OptionSpec]) -> String {
    let mut table =
        String::from("\n| key | values | default | what it does |\n| --- | --- | --- | --- |\n");
    for key in keys {
        let values = match key.kind {
            OptionKind::Flag(_) => "`true`, `false`".to_owned(),
            OptionKind::Number(_) => "a number".to_owned(),
            OptionKind::Text(_) => "a text".to_owned(),
            OptionKind::Texts(_) => "a list of texts".to_owned(),
            OptionKind::Choice(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                words.join(", ")
            }
        };
        table.push_str(&format!(
            "| `{}` | {values} | `{}` | {} |\n",
            key.name,
            key.kind.default_as_toml(),
            key.help
        ));
    }
    table
}
