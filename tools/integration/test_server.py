"""A session with the language server, driven by pytest-lsp. `LISTWRIGHT` names the program."""

import asyncio
import os

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

URI = "file:///nowhere/list.md"
LIST = (
    "# Awesome 🍵 Tea\n\n## Contents\n\n- [Green](#gren)\n\n## Green\n\n"
    "- [Séncha 🍵](https://example.com/sencha) - Steamed leaves. \n"
    "- [Matcha](https://example.com/matcha) - Ground leaves.\n"
)


@pytest_lsp.fixture(
    params=["neovim", "visual-studio-code", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["LISTWRIGHT"], "server"]),
)
async def client(request, lsp_client: LanguageClient):
    # The server asks editors that can do so to watch the configuration.
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    params = types.InitializeParams(capabilities=client_capabilities(request.param))
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


def document():
    return types.TextDocumentIdentifier(uri=URI)


async def opened(client):
    item = types.TextDocumentItem(uri=URI, language_id="markdown", version=1, text=LIST)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    await asyncio.wait_for(
        client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS), timeout=30
    )
    return client.diagnostics[URI]


@pytest.mark.asyncio
async def test_findings_fixes_and_formatting(client: LanguageClient):
    found = await opened(client)
    rules = {one.code for one in found}
    assert {"broken-anchor", "trailing-whitespace"} <= rules
    broken = next(one for one in found if one.code == "broken-anchor")
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=document(),
            range=broken.range,
            context=types.CodeActionContext(diagnostics=[broken]),
        )
    )
    assert any(action.kind == types.CodeActionKind.QuickFix for action in actions)
    all_at_once = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=document(),
            range=broken.range,
            context=types.CodeActionContext(
                diagnostics=[], only=[types.CodeActionKind.SourceFixAll]
            ),
        )
    )
    assert [action.kind for action in all_at_once] == ["source.fixAll.listwright"]
    edits = await client.text_document_formatting_async(
        types.DocumentFormattingParams(
            text_document=document(),
            options=types.FormattingOptions(tab_size=2, insert_spaces=True),
        )
    )
    assert edits is not None


@pytest.mark.asyncio
async def test_what_one_looks_up(client: LanguageClient):
    await opened(client)
    symbols = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(text_document=document())
    )
    assert symbols[0].name == "Awesome 🍵 Tea"
    entry = types.Position(line=9, character=4)
    hover = await client.text_document_hover_async(
        types.HoverParams(text_document=document(), position=entry)
    )
    assert "Matcha" in hover.contents.value
    items = await client.text_document_completion_async(
        types.CompletionParams(
            text_document=document(), position=types.Position(line=4, character=12)
        )
    )
    assert "#green" in {item.label for item in items}


@pytest.mark.asyncio
async def test_what_one_types_is_checked(client: LanguageClient):
    await opened(client)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=URI, version=2),
            content_changes=[
                types.TextDocumentContentChangePartial(
                    range=types.Range(
                        start=types.Position(line=4, character=13),
                        end=types.Position(line=4, character=14),
                    ),
                    text="ee",
                )
            ],
        )
    )
    await asyncio.wait_for(
        client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS), timeout=30
    )
    assert "broken-anchor" not in {one.code for one in client.diagnostics[URI]}
