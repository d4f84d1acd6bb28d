//! One session with an editor: which documents are open, and which answer a message gets.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self as told, Notification as _};
use lsp_types::request::{self as asked, Request as _};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeActionResponse,
    CompletionOptions, CompletionResponse, DidChangeWatchedFilesRegistrationOptions,
    FileSystemWatcher, GlobPattern, GotoDefinitionResponse, HoverProviderCapability,
    InitializeParams, InitializeResult, MessageType, OneOf, PublishDiagnosticsParams, Registration,
    RegistrationParams, SaveOptions, ServerCapabilities, ServerInfo, ShowMessageParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, Uri,
};

use super::document::{Document, Settings};
use super::{Client, action, complete, diagnose, hover, outline, target, transport, uri};
use crate::cli::Trouble;
use crate::cli::configure::ConfigArguments;
use crate::config::FILE_NAMES;

/// What follows on a message.
pub(super) enum Next {
    /// The next one.
    Go,
    /// The end; in order if the editor had announced it.
    Exit { in_order: bool },
}

/// How far the session is.
enum State {
    Waiting,
    Running(Client),
    ShutDown,
}

/// A session.
pub(super) struct Session<'a, W> {
    config: &'a ConfigArguments,
    output: W,
    state: State,
    /// The folder that the editor has open.
    root: Option<PathBuf>,
    documents: BTreeMap<Uri, Document>,
    /// Documents whose findings the editor does not know yet.
    stale: BTreeSet<Uri>,
    /// The last complaint about a configuration; the same is not repeated with every key.
    complaint: Option<String>,
}

impl<'a, W: Write> Session<'a, W> {
    /// A session that answers on `output`.
    pub(super) fn new(config: &'a ConfigArguments, output: W) -> Self {
        Session {
            config,
            output,
            state: State::Waiting,
            root: None,
            documents: BTreeMap::new(),
            stale: BTreeSet::new(),
            complaint: None,
        }
    }

    /// Does what `message` asks for.
    pub(super) fn handle(&mut self, message: Message) -> Result<Next, Trouble> {
        match message {
            Message::Request(request) => {
                let response = self.answer(request);
                self.send(response)?;
            }
            Message::Notification(notification) if notification.method == told::Exit::METHOD => {
                let in_order = matches!(self.state, State::ShutDown);
                return Ok(Next::Exit { in_order });
            }
            Message::Notification(notification) => self.take(notification)?,
            // We ask for one thing only, and do without it where it is refused.
            Message::Response(_) => {}
        }
        Ok(Next::Go)
    }

    /// Answers what is no message.
    pub(super) fn unreadable(&mut self) -> Result<Next, Trouble> {
        transport::write_unreadable(&mut self.output)?;
        Ok(Next::Go)
    }

    fn send(&mut self, message: impl Into<Message>) -> Result<(), Trouble> {
        Ok(transport::write(&mut self.output, &message.into())?)
    }

    fn tell<N: told::Notification>(&mut self, params: N::Params) -> Result<(), Trouble> {
        self.send(Notification::new(N::METHOD.to_owned(), params))
    }

    fn answer(&mut self, request: Request) -> Response {
        let refused = |code: ErrorCode, why: &str| {
            Response::new_err(request.id.clone(), code as i32, why.to_owned())
        };
        match (&self.state, request.method.as_str()) {
            (State::Waiting, asked::Initialize::METHOD) => self.initialize(request),
            (State::Waiting, _) => {
                refused(ErrorCode::ServerNotInitialized, "the session has not begun")
            }
            (State::ShutDown, _) => {
                refused(ErrorCode::InvalidRequest, "the session has been shut down")
            }
            (State::Running(_), asked::Initialize::METHOD) => {
                refused(ErrorCode::InvalidRequest, "the session has begun already")
            }
            (State::Running(_), asked::Shutdown::METHOD) => {
                self.state = State::ShutDown;
                Response::new_ok(request.id, ())
            }
            (State::Running(client), _) => self.look(client, request),
        }
    }

    fn initialize(&mut self, request: Request) -> Response {
        let params: InitializeParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => return wrong_params(request.id, &error),
        };
        let client = Client::of(&params);
        self.root = root(&params);
        let result = InitializeResult {
            capabilities: capabilities(&client),
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        self.state = State::Running(client);
        Response::new_ok(request.id, result)
    }

    /// Answers a question about a document.
    fn look(&self, client: &Client, request: Request) -> Response {
        match request.method.as_str() {
            asked::CodeActionRequest::METHOD => {
                ask::<asked::CodeActionRequest>(request, |params| {
                    let document = self.documents.get(&params.text_document.uri)?;
                    let actions: CodeActionResponse = action::actions(document, client, &params);
                    Some(actions)
                })
            }
            asked::DocumentSymbolRequest::METHOD => {
                ask::<asked::DocumentSymbolRequest>(request, |params| {
                    let document = self.documents.get(&params.text_document.uri)?;
                    Some(outline::outline(document, client.symbol_tree))
                })
            }
            asked::HoverRequest::METHOD => ask::<asked::HoverRequest>(request, |params| {
                let at = params.text_document_position_params;
                let document = self.documents.get(&at.text_document.uri)?;
                hover::hover(document, at.position, client.markdown)
            }),
            asked::GotoDefinition::METHOD => ask::<asked::GotoDefinition>(request, |params| {
                let at = params.text_document_position_params;
                let document = self.documents.get(&at.text_document.uri)?;
                let targets = target::targets(document, at.position);
                Some(GotoDefinitionResponse::Array(targets))
            }),
            asked::Completion::METHOD => ask::<asked::Completion>(request, |params| {
                let at = params.text_document_position;
                let document = self.documents.get(&at.text_document.uri)?;
                let anchors = complete::anchors(document, at.position);
                Some(CompletionResponse::Array(anchors))
            }),
            asked::Formatting::METHOD => self.format(request),
            unknown => {
                let why = format!("there is no request `{unknown}`");
                Response::new_err(request.id, ErrorCode::MethodNotFound as i32, why)
            }
        }
    }

    /// Answers with the layout of a document. A list that the formatter would spoil stays as it is.
    fn format(&self, request: Request) -> Response {
        let mut loss = None;
        let id = request.id.clone();
        let response = ask::<asked::Formatting>(request, |params| {
            let document = self.documents.get(&params.text_document.uri)?;
            document.layout().map_err(|found| loss = Some(found)).ok()
        });
        match loss {
            None => response,
            Some(loss) => {
                let why = format!("the list was left as it is, since formatting it failed: {loss}");
                Response::new_err(id, ErrorCode::RequestFailed as i32, why)
            }
        }
    }

    /// Takes note of what the editor tells. What cannot be read is passed over: nobody waits for
    /// an answer to it.
    fn take(&mut self, told: Notification) -> Result<(), Trouble> {
        if !matches!(self.state, State::Running(_)) {
            return Ok(());
        }
        match told.method.as_str() {
            told::Initialized::METHOD => self.watch_configuration(),
            told::DidOpenTextDocument::METHOD => match read::<told::DidOpenTextDocument>(told) {
                Some(params) => self.open(params.text_document),
                None => Ok(()),
            },
            told::DidChangeTextDocument::METHOD => {
                match read::<told::DidChangeTextDocument>(told) {
                    Some(params) => self.change(params),
                    None => Ok(()),
                }
            }
            told::DidCloseTextDocument::METHOD => match read::<told::DidCloseTextDocument>(told) {
                Some(params) => self.close(params.text_document.uri),
                None => Ok(()),
            },
            told::DidSaveTextDocument::METHOD
            | told::DidChangeWatchedFiles::METHOD
            | told::DidChangeConfiguration::METHOD => self.configure_all(),
            _ => Ok(()),
        }
    }

    fn open(&mut self, opened: lsp_types::TextDocumentItem) -> Result<(), Trouble> {
        let State::Running(client) = &self.state else {
            return Ok(());
        };
        if opened.text.len() > crate::source::Source::MAX_BYTES {
            return self.give_up(opened.uri);
        }
        let path = uri::path_in(self.root.as_deref(), &opened.uri);
        let encoding = client.encoding;
        let key = opened.uri.clone();
        let document = Document::new(opened.uri, opened.version, path, opened.text, encoding);
        self.documents.insert(key.clone(), document);
        self.configure(&key)
    }

    fn change(&mut self, changed: lsp_types::DidChangeTextDocumentParams) -> Result<(), Trouble> {
        let named = changed.text_document;
        let Some(document) = self.documents.get_mut(&named.uri) else {
            return Ok(());
        };
        if !document.change(named.version, changed.content_changes) {
            return self.give_up(named.uri);
        }
        self.stale.insert(named.uri);
        Ok(())
    }

    fn close(&mut self, uri: Uri) -> Result<(), Trouble> {
        self.documents.remove(&uri);
        self.stale.remove(&uri);
        self.tell::<told::PublishDiagnostics>(PublishDiagnosticsParams::new(uri, Vec::new(), None))
    }

    /// Leaves a document alone that is longer than any list that is read.
    fn give_up(&mut self, uri: Uri) -> Result<(), Trouble> {
        let most = crate::source::Source::MAX_BYTES >> 20;
        let message = format!("listwright reads lists of up to {most} MiB; this one is longer");
        self.tell::<told::ShowMessage>(ShowMessageParams {
            typ: MessageType::WARNING,
            message,
        })?;
        self.close(uri)
    }

    /// Reads the configuration of every document again.
    fn configure_all(&mut self) -> Result<(), Trouble> {
        let open: Vec<Uri> = self.documents.keys().cloned().collect();
        open.iter().try_for_each(|uri| self.configure(uri))
    }

    /// Reads the configuration for one document; one that is wrong is complained of, and the
    /// document is checked as if there were none.
    fn configure(&mut self, uri: &Uri) -> Result<(), Trouble> {
        let Some(document) = self.documents.get_mut(uri) else {
            return Ok(());
        };
        let loaded = Settings::load(self.config, &document.path);
        let complaint = loaded.as_ref().err().map(Trouble::to_string);
        document.set_settings(loaded.unwrap_or_default());
        self.stale.insert(uri.clone());
        let repeated = self.complaint == complaint;
        self.complaint.clone_from(&complaint);
        match complaint {
            Some(message) if !repeated => self.tell::<told::ShowMessage>(ShowMessageParams {
                typ: MessageType::ERROR,
                message,
            }),
            _ => Ok(()),
        }
    }

    /// Asks to be told when a configuration changes, where the editor can do so.
    fn watch_configuration(&mut self) -> Result<(), Trouble> {
        if !matches!(&self.state, State::Running(client) if client.watches) {
            return Ok(());
        }
        let watchers = FILE_NAMES.iter().map(|name| FileSystemWatcher {
            glob_pattern: GlobPattern::String(format!("**/{name}")),
            kind: None,
        });
        let options = DidChangeWatchedFilesRegistrationOptions {
            watchers: watchers.collect(),
        };
        let registration = Registration {
            id: "configuration".to_owned(),
            method: told::DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = RegistrationParams {
            registrations: vec![registration],
        };
        let method = asked::RegisterCapability::METHOD.to_owned();
        let id = RequestId::from("listwright-1".to_owned());
        self.send(Request::new(id, method, params))
    }

    /// Tells the findings of documents that changed.
    pub(super) fn publish(&mut self) -> Result<(), Trouble> {
        let State::Running(client) = &self.state else {
            return Ok(());
        };
        let related = client.related_information;
        for uri in std::mem::take(&mut self.stale) {
            let Some(document) = self.documents.get(&uri) else {
                continue;
            };
            // A fault in a rule must not take the editor's session down; the text stays unjudged.
            let found = catch_unwind(AssertUnwindSafe(|| {
                let found = document.findings().iter();
                found
                    .map(|one| diagnose::shown(document, one, related))
                    .collect()
            }));
            let found = found.unwrap_or_default();
            let version = Some(document.version);
            self.tell::<told::PublishDiagnostics>(PublishDiagnosticsParams::new(
                uri, found, version,
            ))?;
        }
        Ok(())
    }
}

/// Answers `request` by `work`; a fault in it is answered as one, and the session goes on.
fn ask<R: asked::Request>(request: Request, work: impl FnOnce(R::Params) -> R::Result) -> Response {
    let params: R::Params = match serde_json::from_value(request.params) {
        Ok(params) => params,
        Err(error) => return wrong_params(request.id, &error),
    };
    match catch_unwind(AssertUnwindSafe(|| work(params))) {
        Ok(result) => Response::new_ok(request.id, result),
        Err(_) => {
            let why = format!("`{}` failed, which is a fault of listwright", R::METHOD);
            Response::new_err(request.id, ErrorCode::InternalError as i32, why)
        }
    }
}

fn wrong_params(id: RequestId, error: &serde_json::Error) -> Response {
    Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string())
}

fn read<N: told::Notification>(told: Notification) -> Option<N::Params> {
    serde_json::from_value(told.params).ok()
}

/// The folder that the editor has open.
#[allow(
    deprecated,
    reason = "older editors name the folder in this field only"
)]
fn root(client: &InitializeParams) -> Option<PathBuf> {
    let folders = client.workspace_folders.as_deref().unwrap_or_default();
    let folder = folders.first().map(|folder| &folder.uri);
    uri::path(folder.or(client.root_uri.as_ref())?)
}

fn capabilities(client: &Client) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(SaveOptions::default().into()),
                ..TextDocumentSyncOptions::default()
            },
        )),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, action::FIX_ALL]),
            ..CodeActionOptions::default()
        })),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(vec!["#".to_owned()]),
            ..CompletionOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
