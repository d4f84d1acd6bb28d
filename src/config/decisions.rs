//! The decisions file of a merge: what a person decided about pairs of entries and about sections.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fault;
use super::reader::{self, Reader};
use crate::merge::Decisions;

/// The name that a decisions file has unless another is given.
pub const FILE_NAME: &str = "listwright.decisions.toml";

/// What a decisions file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// About entries.
    pub decisions: Decisions,
    /// About sections: each and the one that takes its entries.
    pub sections: Vec<(String, String)>,
}

impl Decided {
    /// Reads the text of a decisions file.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the text.
    pub fn parse(text: &str) -> Result<Decided, Vec<Fault>> {
        reader::document(text, read)
    }
}

fn read(reader: &mut Reader, table: &DeTable<'_>) -> Decided {
    let mut decided = Decided::default();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "same" => decided.decisions.same = groups(reader, "same", value),
            "different" => decided.decisions.different = groups(reader, "different", value),
            "keep" => decided.decisions.keep = texts(reader, "keep", value),
            "sections" => {
                let sections = reader.texts_by_key("sections", value);
                decided.sections = sections.into_iter().collect();
            }
            given => {
                let known = ["same", "different", "keep", "sections"];
                reader.unknown(key.span(), "key", given, known);
            }
        }
    }
    decided
}

/// A list of lists of texts.
fn groups(reader: &mut Reader, name: &str, value: &Spanned<DeValue<'_>>) -> Vec<Vec<String>> {
    let Some(array) = value.get_ref().as_array() else {
        reader.fault(
            value.span(),
            format!("`{name}` must be a list of lists of texts"),
        );
        return Vec::new();
    };
    array
        .iter()
        .map(|group| texts(reader, name, group))
        .collect()
}

/// A list of texts.
fn texts(reader: &mut Reader, name: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
    let read: Option<Vec<String>> = value.get_ref().as_array().and_then(|array| {
        array
            .iter()
            .map(|text| text.get_ref().as_str().map(str::to_owned))
            .collect()
    });
    if read.is_none() {
        reader.fault(
            value.span(),
            format!("`{name}` takes links and titles as texts"),
        );
    }
    read.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read() {
        let text =
            "same = [[\"https://a.b\", \"A Title\"]]\nkeep = [\"x\"]\n[sections]\nA = \"B > C\"\n";
        let decided = Decided::parse(text).expect("the text is right");
        assert_eq!(decided.decisions.same, [["https://a.b", "A Title"]]);
        assert_eq!(decided.decisions.keep, ["x"]);
        assert_eq!(decided.sections, [("A".to_owned(), "B > C".to_owned())]);
    }

    #[test]
    fn faults_are_named() {
        let faults = Decided::parse("sam = []\ndifferent = [\"x\"]").expect_err("it is wrong");
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0].hint.as_deref(), Some("did you mean `same`?"));
    }
}
