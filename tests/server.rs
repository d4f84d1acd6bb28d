//! The language server, driven as an editor drives it.

#[path = "support/editor.rs"]
mod editor;

use editor::{Editor, edited};
use serde_json::{Value, json};

const URI: &str = "file:///nowhere/list.md";

/// A list with a misspelt anchor, a trailing space and an entry that stands twice.
const LIST: &str = "# Awesome 🍵 Tea

## Contents

- [Green](#gren)
- [Black](#black)

## Green

- [Séncha 🍵](https://example.com/sencha) - Steamed leaves. 
- [Matcha](https://example.com/matcha) - Ground leaves.

## Black

- [Assam](https://example.com/assam) - Strong.
- [Matcha](http://www.example.com/matcha/) - Again.
";

fn able() -> Value {
    json!({
        "workspace": {"workspaceEdit": {"documentChanges": true}},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
        },
    })
}

fn opened(text: &str) -> (Editor, Vec<Value>) {
    let (mut editor, _) = Editor::begin(able());
    editor.open(URI, text);
    let found = editor.findings(URI, 1);
    (editor, found)
}

fn rules(found: &[Value]) -> Vec<&str> {
    let mut rules: Vec<&str> = found
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn at(line: u32, character: u32) -> Value {
    json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": character}})
}

fn actions(editor: &mut Editor, from: (u32, u32), to: (u32, u32), only: Value) -> Vec<Value> {
    let range = json!({
        "start": {"line": from.0, "character": from.1},
        "end": {"line": to.0, "character": to.1},
    });
    let mut context = json!({"diagnostics": []});
    if !only.is_null() {
        context["only"] = only;
    }
    let document = json!({"uri": URI});
    let params = json!({"textDocument": document, "range": range, "context": context});
    let answer = editor.ask("textDocument/codeAction", params);
    answer["result"].as_array().cloned().unwrap_or_default()
}

#[test]
fn a_session_begins_and_ends_in_order() {
    let (editor, result) = Editor::begin(json!({}));
    assert_eq!(result["serverInfo"]["name"], "listwright");
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    editor.shut_down();
}

#[test]
fn a_session_that_ends_without_a_word_is_told_by_the_exit_code() {
    let (editor, _) = Editor::begin(json!({}));
    assert_eq!(editor.end(), Some(1));
    let (mut editor, _) = Editor::begin(json!({}));
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end(), Some(1));
}

#[test]
fn findings_come_with_the_document_and_go_with_it() {
    let (mut editor, found) = opened(LIST);
    let rules = rules(&found);
    assert!(rules.contains(&"broken-anchor") && rules.contains(&"trailing-whitespace"));
    let space = found
        .iter()
        .find(|one| one["code"] == "trailing-whitespace");
    let space = space.expect("it was found");
    let end = LIST.lines().nth(9).expect("a line").encode_utf16().count();
    assert_eq!(
        space["range"]["start"],
        json!({"line": 9, "character": end - 1})
    );
    assert_eq!(space["source"], "listwright");
    let page = space["codeDescription"]["href"].as_str().expect("a page");
    assert!(page.ends_with("/docs/rules/trailing-whitespace.md"));
    editor.tell(
        "textDocument/didClose",
        json!({"textDocument": {"uri": URI}}),
    );
    let closed = editor.receive().expect("the server goes on");
    assert_eq!(closed["params"], json!({"uri": URI, "diagnostics": []}));
    editor.shut_down();
}

#[test]
fn columns_are_bytes_where_the_editor_offers_that() {
    let mut capabilities = able();
    capabilities["general"] = json!({"positionEncodings": ["utf-8", "utf-16"]});
    let (mut editor, result) = Editor::begin(capabilities);
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-8");
    editor.open(URI, LIST);
    let found = editor.findings(URI, 1);
    let space = found
        .iter()
        .find(|one| one["code"] == "trailing-whitespace");
    let end = LIST.lines().nth(9).expect("a line").len();
    let start = &space.expect("it was found")["range"]["start"];
    assert_eq!(*start, json!({"line": 9, "character": end - 1}));
    editor.shut_down();
}

#[test]
fn findings_follow_what_one_types() {
    let (mut editor, found) = opened(LIST);
    assert!(rules(&found).contains(&"trailing-whitespace"));
    let end = LIST.lines().nth(9).expect("a line").encode_utf16().count();
    let change = json!({
        "range": {"start": {"line": 9, "character": end - 1}, "end": {"line": 9, "character": end}},
        "text": "",
    });
    let document = json!({"uri": URI, "version": 2});
    let params = json!({"textDocument": document, "contentChanges": [change]});
    editor.tell("textDocument/didChange", params);
    let found = editor.findings(URI, 2);
    assert!(!rules(&found).contains(&"trailing-whitespace"), "{found:?}");
    let document = json!({"uri": URI, "version": 3});
    let whole = json!([{"text": "# A\n\n- [B](https://b.c) - D. \n"}]);
    let params = json!({"textDocument": document, "contentChanges": whole});
    editor.tell("textDocument/didChange", params);
    assert!(rules(&editor.findings(URI, 3)).contains(&"trailing-whitespace"));
    editor.shut_down();
}

#[test]
fn a_finding_offers_its_fix() {
    let (mut editor, _) = opened(LIST);
    let offered = actions(&mut editor, (4, 12), (4, 12), Value::Null);
    let fix = offered.iter().find(|one| one["kind"] == "quickfix");
    let fix = fix.expect("a fix is offered");
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 1}));
    let fixed = edited(LIST, &change["edits"]);
    assert_eq!(fixed, LIST.replace("#gren)", "#green)"));
    editor.shut_down();
}

#[test]
fn all_safe_fixes_are_one_action() {
    let (mut editor, _) = opened(LIST);
    let only = json!(["source.fixAll"]);
    let offered = actions(&mut editor, (0, 0), (0, 0), only.clone());
    let [all] = offered.as_slice() else {
        panic!("one action is offered: {offered:?}");
    };
    assert_eq!(all["kind"], "source.fixAll.listwright");
    let fixed = edited(LIST, &all["edit"]["documentChanges"][0]["edits"]);
    assert!(!fixed.lines().any(|line| line.ends_with(' ')));
    let document = json!({"uri": URI, "version": 2});
    let params = json!({"textDocument": document, "contentChanges": [{"text": fixed}]});
    editor.tell("textDocument/didChange", params);
    assert!(actions(&mut editor, (0, 0), (0, 0), only).is_empty());
    editor.shut_down();
}

#[test]
fn an_editor_without_versions_gets_plain_changes() {
    let (mut editor, _) = Editor::begin(json!({}));
    editor.open(URI, LIST);
    let offered = actions(
        &mut editor,
        (0, 0),
        (0, 0),
        json!(["source.fixAll.listwright"]),
    );
    let edits = &offered[0]["edit"]["changes"][URI];
    assert!(!edited(LIST, edits).contains(". \n"));
    editor.shut_down();
}

#[test]
fn the_outline_has_sections_and_entries() {
    let (mut editor, _) = opened(LIST);
    let params = json!({"textDocument": {"uri": URI}});
    let answer = editor.ask("textDocument/documentSymbol", params);
    let title = &answer["result"][0];
    assert_eq!(title["name"], "Awesome 🍵 Tea");
    let names = |symbol: &Value| -> Vec<String> {
        let children = symbol["children"].as_array().cloned().unwrap_or_default();
        let names = children.iter().filter_map(|one| one["name"].as_str());
        names.map(str::to_owned).collect()
    };
    assert_eq!(names(title), ["Contents", "Green", "Black"]);
    let green = &title["children"][1];
    assert_eq!(names(green), ["Séncha 🍵", "Matcha"]);
    assert_eq!(green["children"][1]["detail"], "https://example.com/matcha");
    assert_eq!(title["range"]["end"], title["children"][2]["range"]["end"]);
    editor.shut_down();
}

#[test]
fn an_entry_tells_what_it_is_and_where_it_stands_again() {
    let (mut editor, _) = opened(LIST);
    let answer = editor.ask("textDocument/hover", at(10, 5));
    let text = answer["result"]["contents"]["value"]
        .as_str()
        .expect("a text");
    assert!(text.starts_with("**Matcha**"), "{text}");
    assert!(text.contains("`https://example.com/matcha`"), "{text}");
    assert!(
        text.contains("Known as `example.com/matcha`, `matcha`"),
        "{text}"
    );
    assert!(
        text.contains(&format!("[line 16, in Black]({URI}#L16)")),
        "{text}"
    );
    assert_eq!(
        editor.ask("textDocument/hover", at(1, 0))["result"],
        Value::Null
    );
    editor.shut_down();
}

#[test]
fn an_entry_leads_to_its_duplicate_and_a_link_to_its_heading() {
    let (mut editor, _) = opened(LIST);
    let line = |answer: &Value| answer["result"][0]["range"]["start"]["line"].as_u64();
    let answer = editor.ask("textDocument/definition", at(10, 5));
    assert_eq!(line(&answer), Some(15));
    let answer = editor.ask("textDocument/definition", at(5, 12));
    assert_eq!(line(&answer), Some(12));
    let answer = editor.ask("textDocument/definition", at(14, 4));
    assert_eq!(answer["result"], json!([]));
    editor.shut_down();
}

#[test]
fn anchors_are_completed_in_links_into_the_list() {
    let (mut editor, _) = opened(LIST);
    let answer = editor.ask("textDocument/completion", at(4, 13));
    let items = answer["result"].as_array().expect("a list");
    let labels: Vec<&str> = items
        .iter()
        .filter_map(|one| one["label"].as_str())
        .collect();
    assert_eq!(labels, ["#awesome--tea", "#contents", "#green", "#black"]);
    let chosen = json!([items[2]["textEdit"]]);
    assert_eq!(edited(LIST, &chosen), LIST.replace("#gren)", "#green)"));
    for (line, column) in [(4, 5), (7, 3), (9, 30), (99, 0)] {
        let answer = editor.ask("textDocument/completion", at(line, column));
        assert_eq!(answer["result"], json!([]), "{line}:{column}");
    }
    editor.shut_down();
}

#[test]
fn a_list_is_laid_out_as_the_command_line_does_it() {
    let messy = "# T\n\n## S\n\n- [A](https://e.x/a) - A.\n-   [B 🍵](https://e.x/b) - B.   \n- [C](https://e.x/c) - C.\n- [D](https://e.x/d) - D.\n";
    let (mut editor, _) = opened(messy);
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let params = json!({"textDocument": {"uri": URI}, "options": options});
    let answer = editor.ask("textDocument/formatting", params.clone());
    let laid_out = edited(messy, &answer["result"]);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("list.md");
    std::fs::write(&path, messy).expect("it is written");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_listwright"))
        .args(["fmt", "--isolated"])
        .arg(&path)
        .status();
    assert!(status.expect("the program runs").success());
    assert_ne!(laid_out, messy);
    assert_eq!(
        laid_out,
        std::fs::read_to_string(&path).expect("it is there")
    );
    let document = json!({"uri": URI, "version": 2});
    let whole = json!([{"text": laid_out}]);
    let params_change = json!({"textDocument": document, "contentChanges": whole});
    editor.tell("textDocument/didChange", params_change);
    assert_eq!(
        editor.ask("textDocument/formatting", params)["result"],
        json!([])
    );
    editor.shut_down();
}

#[test]
fn prose_and_pages_of_a_repository_are_left_alone() {
    let (mut editor, _) = Editor::begin(able());
    let contributing = "file:///nowhere/CONTRIBUTING.md";
    editor.open(contributing, LIST);
    assert!(editor.findings(contributing, 1).is_empty());
    editor.open(URI, "Some prose. \n\nMore of it. \n");
    assert!(editor.findings(URI, 1).is_empty());
    editor.shut_down();
}

#[test]
fn the_configuration_beside_a_list_is_in_force_and_read_again() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let config = folder.path().join("listwright.toml");
    let path = folder.path().join("list.md");
    let uri = url::Url::from_file_path(&path).expect("the path is absolute");
    let uri = uri.as_str();
    std::fs::write(&config, "[rules]\ntrailing-whitespace = \"off\"\n").expect("it is written");
    let (mut editor, _) = Editor::begin(able());
    editor.open(uri, LIST);
    assert_eq!(rules(&editor.findings(uri, 1)), rules_without_space());
    std::fs::remove_file(&config).expect("it is removed");
    let params = json!({"textDocument": {"uri": uri}});
    editor.tell("textDocument/didSave", params.clone());
    assert!(rules(&editor.findings(uri, 1)).contains(&"trailing-whitespace"));
    std::fs::write(&config, "[rules]\nno-such-rule = \"off\"\n").expect("it is written");
    editor.tell("textDocument/didSave", params);
    let complaint = loop {
        let message = editor.receive().expect("the server goes on");
        if message["method"] == "window/showMessage" {
            break message["params"]["message"].to_string();
        }
    };
    assert!(complaint.contains("no-such-rule"), "{complaint}");
    editor.shut_down();
}

/// The rules that find something in the list when trailing white space is not looked for.
fn rules_without_space() -> Vec<&'static str> {
    let (_, found) = opened(LIST);
    let mut names: Vec<String> = rules(&found).into_iter().map(str::to_owned).collect();
    names.retain(|name| name != "trailing-whitespace");
    names.into_iter().map(|name| &*name.leak()).collect()
}

#[test]
fn what_no_one_understands_is_answered_and_ends_nothing() {
    let mut editor = Editor::start();
    let early = editor.ask("textDocument/hover", at(0, 0));
    assert_eq!(early["error"]["code"], -32002);
    let params = json!({"capabilities": {}});
    assert!(editor.ask("initialize", params.clone())["result"].is_object());
    assert_eq!(editor.ask("initialize", params)["error"]["code"], -32600);
    assert_eq!(editor.ask("no/such", Value::Null)["error"]["code"], -32601);
    assert_eq!(
        editor.ask("textDocument/hover", json!([1]))["error"]["code"],
        -32602
    );
    assert_eq!(
        editor.ask("textDocument/hover", at(0, 0))["result"],
        Value::Null
    );
    editor.tell("no/such", json!({}));
    editor.tell("textDocument/didChange", json!({"textDocument": 7}));
    editor.tell(
        "textDocument/didChange",
        json!({
            "textDocument": {"uri": "file:///not/open.md", "version": 1},
            "contentChanges": [{"text": "x"}],
        }),
    );
    editor.send(b"Content-Length: 5\r\n\r\n{...}");
    assert_eq!(editor.answer(&Value::Null)["error"]["code"], -32700);
    editor.open(URI, LIST);
    assert!(!editor.findings(URI, 1).is_empty());
    assert!(editor.ask("shutdown", Value::Null).get("result").is_some());
    assert_eq!(
        editor.ask("textDocument/hover", at(0, 0))["error"]["code"],
        -32600
    );
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn questions_about_any_place_of_odd_lists_are_answered() {
    let deep: String = (0..300)
        .map(|depth| format!("{}- [a](https://e.x/{depth})\n", "  ".repeat(depth)))
        .collect();
    let texts = [
        "",
        "\u{feff}",
        "\r\r\n",
        "# \n\n- [](#)\n- []()\n",
        "](#",
        "- [a](#\u{1f375}",
        &deep,
    ];
    let (mut editor, _) = Editor::begin(able());
    for (version, text) in (1..).zip(texts) {
        editor.open(URI, text);
        editor.findings(URI, 1);
        for (line, column) in [(0, 0), (0, 4), (2, 5), (u32::MAX, u32::MAX), (299, 610)] {
            for question in ["hover", "definition", "completion"] {
                let answer = editor.ask(&format!("textDocument/{question}"), at(line, column));
                assert!(answer.get("error").is_none(), "{version}: {answer}");
            }
            actions(&mut editor, (line, column), (0, 0), Value::Null);
        }
        let params = json!({"textDocument": {"uri": URI}});
        let answer = editor.ask("textDocument/documentSymbol", params);
        assert!(answer["result"].is_array(), "{version}: {answer}");
    }
    editor.shut_down();
}
