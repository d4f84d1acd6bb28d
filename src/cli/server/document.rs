//! An open document: its text as the editor has it, and what was found out about it.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use lsp_types::{Position, Range, TextDocumentContentChangeEvent, TextEdit, Uri};

use super::position::{Encoding, Positions};
use super::same;
use crate::cli::configure::{self, ConfigArguments, Loaded};
use crate::cli::{Trouble, files};
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::format;
use crate::identity::{self, Identity};
use crate::list::List;
use crate::rules::{self, check};
use crate::source::{FileId, Source, Span};

/// What is in force for one document.
#[derive(Default)]
pub(super) struct Settings {
    /// Levels and options of the rules.
    pub(super) rules: rules::Options,
    /// The layout that is wanted.
    style: format::Options,
    /// Whether the document is no list by its name, or passed over by the configuration.
    passed_over: bool,
}

impl Settings {
    /// Reads the configuration for the list at `path`.
    ///
    /// # Errors
    /// When there is one and what it says is wrong.
    pub(super) fn load(arguments: &ConfigArguments, path: &Path) -> Result<Self, Trouble> {
        let loaded: Loaded = configure::load(arguments, path)?;
        let selection = files::Selection {
            exclude: loaded.config.files.exclude.clone(),
            include: loaded.config.files.include.clone(),
            force_exclude: true,
        };
        Ok(Settings {
            rules: configure::rule_options(&loaded)?,
            style: loaded.config.style.clone(),
            passed_over: !files::is_list_by_name(&loaded.below(path), &selection)?,
        })
    }
}

/// An open document.
pub(super) struct Document {
    /// The name that the editor gives it.
    pub(super) uri: Uri,
    /// The editor's number of this state of the text.
    pub(super) version: i32,
    /// Where it is stored; a name in the workspace where it is not stored yet.
    pub(super) path: PathBuf,
    /// What is in force for it.
    settings: Settings,
    encoding: Encoding,
    source: Source,
    positions: Positions,
    list: OnceCell<List>,
    findings: OnceCell<Vec<Diagnostic>>,
    identities: OnceCell<Vec<Option<Identity>>>,
}

impl Document {
    /// A document with `text`.
    pub(super) fn new(
        uri: Uri,
        version: i32,
        path: PathBuf,
        text: String,
        encoding: Encoding,
    ) -> Self {
        let source = Source::new(FileId(0), files::name(&path), text);
        let positions = Positions::new(&source, encoding);
        Document {
            uri,
            version,
            path,
            settings: Settings::default(),
            encoding,
            source,
            positions,
            list: OnceCell::new(),
            findings: OnceCell::new(),
            identities: OnceCell::new(),
        }
    }

    /// The same text under other settings.
    pub(super) fn set_settings(&mut self, settings: Settings) {
        self.settings = settings;
        self.findings = OnceCell::new();
        self.identities = OnceCell::new();
    }

    /// The options of the rules that are in force.
    pub(super) fn rules(&self) -> &rules::Options {
        &self.settings.rules
    }

    /// Takes over what the editor changed; whether the text is still one that can be read.
    pub(super) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> bool {
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => self.replaced(range, &change.text),
            };
            if text.len() > Source::MAX_BYTES {
                return false;
            }
            let name = self.source.name().to_owned();
            self.source = Source::new(FileId(0), name, text);
            self.positions = Positions::new(&self.source, self.encoding);
        }
        self.version = version;
        self.list = OnceCell::new();
        self.findings = OnceCell::new();
        self.identities = OnceCell::new();
        true
    }

    /// The whole text, its byte order mark included, with `range` replaced.
    fn replaced(&self, range: Range, replacement: &str) -> String {
        let start = self.offset(range.start) as usize;
        let end = (self.offset(range.end) as usize).max(start);
        let text = self.source.text();
        let mark = if self.source.bom() { "\u{feff}" } else { "" };
        [
            mark,
            text.get(..start).unwrap_or_default(),
            replacement,
            text.get(end..).unwrap_or_default(),
        ]
        .concat()
    }

    /// The list.
    pub(super) fn list(&self) -> &List {
        self.list.get_or_init(|| List::parse(self.source.clone()))
    }

    /// What is wrong with the list; nothing where the document lists nothing.
    pub(super) fn findings(&self) -> &[Diagnostic] {
        self.findings.get_or_init(|| {
            let list = self.list();
            match self.settings.passed_over || list.entries.is_empty() {
                true => Vec::new(),
                false => check(std::slice::from_ref(list), &self.settings.rules),
            }
        })
    }

    /// What each entry is known by, in the order of the entries; `None` for what is no work.
    pub(super) fn identities(&self) -> &[Option<Identity>] {
        let options = self.identity_options();
        self.identities
            .get_or_init(|| same::identities(self.list(), options))
    }

    /// What the user adds to the knowledge about identity.
    pub(super) fn identity_options(&self) -> &identity::Options {
        &self.settings.rules.surroundings.identity
    }

    /// The edits that give the list its layout; none where the document lists nothing.
    ///
    /// # Errors
    /// When the formatted text would not say the same, which is a fault of the formatter.
    pub(super) fn layout(&self) -> Result<Vec<TextEdit>, format::Loss> {
        let list = self.list();
        if self.settings.passed_over || list.entries.is_empty() {
            return Ok(Vec::new());
        }
        let after = format::formatted(list, &self.settings.style)?;
        Ok(after.map_or(Vec::new(), |after| self.edits_to(&after)))
    }

    /// The text.
    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    /// The byte at `position`.
    pub(super) fn offset(&self, position: Position) -> u32 {
        self.positions.offset(&self.source, position)
    }

    /// The range of `span`.
    pub(super) fn range(&self, span: Span) -> Range {
        self.positions.range(&self.source, span)
    }

    /// `edit` as the editor takes it.
    pub(super) fn text_edit(&self, edit: &Edit) -> TextEdit {
        TextEdit {
            range: self.range(edit.span),
            new_text: edit.replacement.clone(),
        }
    }

    /// The edits, whole lines, that turn the text into `after`.
    ///
    /// An editor that gets them keeps its cursor and its marks, which a new text would move.
    pub(super) fn edits_to(&self, after: &str) -> Vec<TextEdit> {
        let before: Vec<&str> = self.source.text().split_inclusive('\n').collect();
        let after: Vec<&str> = after.split_inclusive('\n').collect();
        let mut starts = vec![0];
        for line in &before {
            let last = starts.last().copied().unwrap_or(0);
            starts.push(last + line.len() as u32);
        }
        similar::capture_diff_slices(similar::Algorithm::Histogram, &before, &after)
            .into_iter()
            .filter(|operation| !matches!(operation, similar::DiffOp::Equal { .. }))
            .map(|operation| {
                let old = operation.old_range();
                let span = self.source.span(starts[old.start], starts[old.end]);
                self.text_edit(&Edit::replace(span, after[operation.new_range()].concat()))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str, encoding: Encoding) -> Document {
        let uri: Uri = "untitled:x".parse().expect("the name is right");
        Document::new(uri, 1, PathBuf::from("x.md"), text.to_owned(), encoding)
    }

    fn change(range: Option<(u32, u32, u32, u32)>, text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent {
            range: range.map(|(line, column, end_line, end_column)| Range {
                start: Position::new(line, column),
                end: Position::new(end_line, end_column),
            }),
            range_length: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn changes_apply_one_after_the_other() {
        let mut document = document("é😀\nb\n", Encoding::Utf16);
        let changes = vec![
            change(Some((0, 1, 0, 3)), "x"),
            change(Some((0, 2, 1, 1)), "\n\ny"),
            change(Some((9, 9, 9, 9)), "end"),
        ];
        assert!(document.change(2, changes));
        assert_eq!(document.source().text(), "éx\n\ny\nend");
        assert!(document.change(3, vec![change(None, "\u{feff}whole")]));
        assert_eq!(document.source().text(), "whole");
        assert!(document.change(4, vec![change(Some((0, 1, 0, 2)), "W")]));
        assert_eq!(
            (document.source().text(), document.source().bom()),
            ("Whole", true)
        );
    }

    #[test]
    fn ranges_that_do_not_exist_change_something_near_and_break_nothing() {
        let mut document = document("ab\ncd", Encoding::Utf8);
        let changes = vec![
            change(Some((7, 0, 0, 1)), "x"),
            change(Some((0, 9, 0, 0)), "y"),
        ];
        assert!(document.change(2, changes));
        assert_eq!(document.source().text(), "aby\ncdx");
    }

    #[test]
    fn edits_between_two_texts_are_the_lines_that_differ() {
        let document = document("a\nb\nc\nd", Encoding::Utf16);
        let edits = document.edits_to("a\nB\nc\nd\n");
        let shown: Vec<_> = edits
            .iter()
            .map(|edit| {
                (
                    edit.range.start.line,
                    edit.range.end,
                    edit.new_text.as_str(),
                )
            })
            .collect();
        let expected = [
            (1, Position::new(2, 0), "B\n"),
            (3, Position::new(3, 1), "d\n"),
        ];
        assert_eq!(shown, expected);
    }
}
