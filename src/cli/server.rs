//! `server`: speaks the language server protocol over the standard streams.

mod action;
mod complete;
mod diagnose;
mod document;
mod hover;
mod outline;
mod position;
mod same;
mod session;
mod target;
mod transport;
mod uri;
mod words;

use std::io::BufReader;
use std::sync::mpsc::TryRecvError;

use clap::Args;
use lsp_types::InitializeParams;

use super::configure::ConfigArguments;
use super::{CLEAN, FINDINGS, Global, Trouble};
use position::Encoding;
use session::{Next, Session};
use transport::Incoming;

/// Arguments of `server`.
#[derive(Debug, Args)]
pub struct Server {
    #[command(flatten)]
    config: ConfigArguments,
    /// Speak over the standard streams, which is the only way; editors pass it from habit
    #[arg(long, hide = true)]
    stdio: bool,
}

/// What the editor understands.
#[derive(Debug)]
struct Client {
    encoding: Encoding,
    /// Further places of a finding.
    related_information: bool,
    /// Outlines as trees.
    symbol_tree: bool,
    /// Edits that are bound to a version of a document.
    document_changes: bool,
    /// Markdown in what is shown under the cursor.
    markdown: bool,
    /// Requests to be told of changed files.
    watches: bool,
}

impl Client {
    fn of(client: &InitializeParams) -> Self {
        let capabilities = &client.capabilities;
        let text = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let formats = text
            .and_then(|text| text.hover.as_ref())
            .and_then(|hover| hover.content_format.as_ref());
        Client {
            encoding: Encoding::negotiate(client),
            related_information: text
                .and_then(|text| text.publish_diagnostics.as_ref()?.related_information)
                .unwrap_or(false),
            symbol_tree: text
                .and_then(|text| text.document_symbol.as_ref())
                .and_then(|symbol| symbol.hierarchical_document_symbol_support)
                .unwrap_or(false),
            document_changes: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes)
                .unwrap_or(false),
            markdown: formats.is_some_and(|kinds| kinds.contains(&lsp_types::MarkupKind::Markdown)),
            watches: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .and_then(|files| files.dynamic_registration)
                .unwrap_or(false),
        }
    }
}

pub(super) fn run(command: &Server, _global: &Global) -> Result<u8, Trouble> {
    let incoming = transport::read_all(BufReader::new(std::io::stdin()));
    let mut session = Session::new(&command.config, std::io::stdout().lock());
    loop {
        // Findings are told when nothing waits: who types fast is not kept up by what is stale.
        let next = match incoming.try_recv() {
            Ok(next) => Some(next),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => {
                session.publish()?;
                incoming.recv().ok()
            }
        };
        let next = match next {
            Some(Incoming::Message(message)) => session.handle(message)?,
            Some(Incoming::Unreadable) => session.unreadable()?,
            // The editor is gone without a word.
            None => Next::Exit { in_order: false },
        };
        if let Next::Exit { in_order } = next {
            return Ok(if in_order { CLEAN } else { FINDINGS });
        }
    }
}
