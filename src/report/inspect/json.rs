//! The whole model as JSON, and the schema of that.

use std::io;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::super::{TOOL, TOOL_VERSION, wire};
use super::Inspected;
use super::model::ListModel;

/// The version of the format. It rises when a field goes or changes its meaning; fields may come
/// without that.
pub const VERSION: u32 = 1;

/// Writes all that was understood of the lists as one JSON document.
///
/// # Errors
/// Those of `out`.
pub fn write(lists: &[Inspected<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        tool: Tool {
            name: TOOL,
            version: TOOL_VERSION,
        },
        lists: lists.iter().map(ListModel::new).collect(),
    };
    wire::write(&document, out)
}

/// The JSON Schema (draft-07) of what [`write()`] writes, without a newline at its end.
pub fn json_schema() -> String {
    let generator = SchemaSettings::draft07().into_generator();
    let schema = generator.into_root_schema_for::<Document<'static>>();
    serde_json::to_string_pretty(&schema).expect("a schema has only string keys")
}

/// What `listwright inspect` understood of lists. Lines count from 1, bytes from 0; a byte order
/// mark is not counted.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Listwright model")]
struct Document<'a> {
    /// Version of this format: 1.
    version: u32,
    /// The program that wrote the document.
    tool: Tool,
    /// The lists, in the order in which they were given.
    lists: Vec<ListModel<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Tool {
    /// The program's name.
    name: &'static str,
    /// The program's version.
    version: &'static str,
}
