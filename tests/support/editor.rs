//! An editor for tests: the program's server, driven over its standard streams in plain JSON.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A session with a server.
pub struct Editor {
    server: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: i64,
    /// What the server said besides answers, oldest first.
    pub told: VecDeque<Value>,
}

impl Editor {
    /// A server that has just been started.
    pub fn start() -> Editor {
        let mut server = Command::new(env!("CARGO_BIN_EXE_listwright"))
            .args(["server", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program was built");
        let output = server.stdout.take().expect("the stream is piped");
        Editor {
            input: server.stdin.take(),
            output: BufReader::new(output),
            server,
            next: 1,
            told: VecDeque::new(),
        }
    }

    /// A session that has begun; the editor can do what `capabilities` says.
    pub fn begin(capabilities: Value) -> (Editor, Value) {
        let mut editor = Editor::start();
        let params = json!({"processId": null, "rootUri": null, "capabilities": capabilities});
        let answer = editor.ask("initialize", params);
        editor.tell("initialized", json!({}));
        (editor, answer["result"].clone())
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the session goes on");
        input.write_all(bytes).expect("the server reads");
        input.flush().expect("the server reads");
    }

    fn post(&mut self, message: &Value) {
        let body = message.to_string();
        self.send(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Tells the server something.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.post(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks the server something and gives the whole answer.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.next;
        self.next += 1;
        self.post(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.answer(&json!(id))
    }

    /// The answer to the question with `id`; what comes before it is kept in `told`.
    pub fn answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.receive().expect("the server answers");
            if message.get("method").is_none() && message.get("id") == Some(id) {
                return message;
            }
            self.told.push_back(message);
        }
    }

    /// The next message; `None` where the server is gone.
    pub fn receive(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self
                .output
                .read_line(&mut line)
                .expect("the stream is text")
                == 0
            {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().expect("a number"),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a whole message");
        Some(serde_json::from_slice(&body).expect("a message is JSON"))
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// The findings that the server tells for `version` of the document `uri`.
    pub fn findings(&mut self, uri: &str, version: i64) -> Vec<Value> {
        loop {
            let message = match self.told.pop_front() {
                Some(message) => message,
                None => self.receive().expect("the server goes on"),
            };
            let params = &message["params"];
            if message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
            {
                return params["diagnostics"].as_array().cloned().expect("a list");
            }
        }
    }

    /// Ends the stream and gives the exit code.
    pub fn end(mut self) -> Option<i32> {
        self.input = None;
        self.server.wait().expect("the server ends").code()
    }

    /// Ends the session as an editor does.
    pub fn shut_down(mut self) {
        let answer = self.ask("shutdown", Value::Null);
        assert_eq!(answer.get("result"), Some(&Value::Null), "{answer}");
        self.tell("exit", Value::Null);
        assert_eq!(self.end(), Some(0));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// `text` after `edits` of the protocol, with columns in UTF-16 units.
pub fn edited(text: &str, edits: &Value) -> String {
    let mut edits: Vec<&Value> = edits.as_array().expect("a list of edits").iter().collect();
    let key = |edit: &Value, end: &str| {
        let place = &edit["range"][end];
        offset(text, place)
    };
    edits.sort_by_key(|edit| key(edit, "start"));
    let mut result = String::new();
    let mut position = 0;
    for edit in edits {
        let (start, end) = (key(edit, "start"), key(edit, "end"));
        assert!(position <= start && start <= end, "edits overlap: {edit}");
        result.push_str(&text[position..start]);
        result.push_str(edit["newText"].as_str().expect("an edit has a text"));
        position = end;
    }
    result + &text[position..]
}

fn offset(text: &str, place: &Value) -> usize {
    let line = place["line"].as_u64().expect("a line") as usize;
    let units = place["character"].as_u64().expect("a column") as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut before = 0;
    for (at, character) in text[start..].char_indices() {
        if before >= units {
            return start + at;
        }
        before += character.len_utf16();
    }
    text.len()
}
