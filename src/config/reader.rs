//! Reads TOML values of a known type and collects what is wrong, each fault with its place.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fault;
use super::field::Field;
use crate::nearest::nearest;
use crate::rules::{OptionKind, OptionSpec, Value};

/// What `read` makes of the table that `text` is.
///
/// # Errors
/// Everything that is wrong with it, in the order of the text.
pub(super) fn document<T>(
    text: &str,
    read: impl FnOnce(&mut Reader, &DeTable<'_>) -> T,
) -> Result<T, Vec<Fault>> {
    let table = DeTable::parse(text).map_err(|error| {
        vec![Fault {
            span: error.span().unwrap_or(0..0),
            message: format!("this is no TOML: {}", error.message()),
            hint: None,
        }]
    })?;
    let mut reader = Reader::default();
    let value = read(&mut reader, table.get_ref());
    if reader.faults.is_empty() {
        return Ok(value);
    }
    reader.faults.sort_by_key(|fault| fault.span.start);
    Err(reader.faults)
}

/// Collects the faults of one file.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) faults: Vec<Fault>,
}

impl Reader {
    pub(super) fn fault(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.faults.push(Fault {
            span,
            message: message.into(),
            hint: None,
        });
    }

    /// A name that nobody knows, with the nearest of `known`.
    pub(super) fn unknown<'k>(
        &mut self,
        span: Range<usize>,
        what: &str,
        given: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let hint = match nearest(given, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let names: Vec<String> =
                    known.into_iter().map(|name| format!("`{name}`")).collect();
                match names.len() {
                    0..=12 => format!("known are {}", names.join(", ")),
                    _ => "`listwright rules` lists them all".to_owned(),
                }
            }
        };
        self.faults.push(Fault {
            span,
            message: format!("there is no {what} `{given}`"),
            hint: Some(hint),
        });
    }

    /// The table that `value` is.
    pub(super) fn table<'v, 'i>(
        &mut self,
        name: &str,
        value: &'v Spanned<DeValue<'i>>,
    ) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let found = value.get_ref().type_str();
            self.fault(
                value.span(),
                format!("`{name}` must be a table, and is of type {found}"),
            );
        }
        table
    }

    /// Reads every key of `table` that `fields` know into `target`. Keys that they do not know go
    /// to `other`, which says whether it took them.
    pub(super) fn fields<T>(
        &mut self,
        name: &str,
        table: &DeTable<'_>,
        fields: &[Field<T>],
        target: &mut T,
        mut other: impl FnMut(&mut Self, &mut T, &str, &Spanned<DeValue<'_>>) -> bool,
    ) {
        for (key, value) in table {
            let field = fields.iter().find(|field| field.spec.name == key.get_ref());
            if let Some(field) = field {
                if let Some(value) = self.value(&field.spec, value) {
                    (field.set)(target, value);
                }
            } else if !other(self, target, key.get_ref(), value) {
                let what = match name {
                    "" => "key".to_owned(),
                    _ => format!("key in `[{name}]`"),
                };
                let known: Vec<&str> = fields.iter().map(|field| field.spec.name).collect();
                self.unknown(key.span(), &what, key.get_ref(), known);
            }
        }
    }

    /// The value of the option that `spec` describes.
    pub(super) fn value(
        &mut self,
        spec: &OptionSpec,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Value> {
        let given = value.get_ref();
        let read = match spec.kind {
            OptionKind::Flag(_) => given.as_bool().map(Value::Flag),
            OptionKind::Number(_) => given
                .as_integer()
                .and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok())
                .map(Value::Number),
            OptionKind::Text(_) => given.as_str().map(|text| Value::Text(text.to_owned())),
            OptionKind::Choice(words) => {
                if let Some(text) = given.as_str()
                    && !words.contains(&text)
                {
                    let known = words.iter().copied();
                    self.unknown(value.span(), &format!("`{}`", spec.name), text, known);
                    return None;
                }
                given.as_str().map(|text| Value::Text(text.to_owned()))
            }
            OptionKind::Texts(_) => self.texts(value).map(Value::Texts),
        };
        if read.is_none() {
            let wanted = match spec.kind {
                OptionKind::Flag(_) => "true or false",
                OptionKind::Number(_) => "a whole number",
                OptionKind::Choice(_) | OptionKind::Text(_) => "a text in quotation marks",
                OptionKind::Texts(_) => "a list of texts",
            };
            self.fault(
                value.span(),
                format!(
                    "`{}` must be {wanted}, and is of type {}",
                    spec.name,
                    given.type_str()
                ),
            );
        }
        read
    }

    /// A list of texts, if `value` is one.
    fn texts(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        value
            .get_ref()
            .as_array()?
            .iter()
            .map(|text| text.get_ref().as_str().map(str::to_owned))
            .collect()
    }

    /// A table whose keys and values are texts of the user's.
    pub(super) fn texts_by_key(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        let Some(table) = self.table(name, value) else {
            return texts;
        };
        for (key, value) in table {
            match value.get_ref().as_str() {
                Some(text) => {
                    texts.insert(key.get_ref().to_string(), text.to_owned());
                }
                None => self.fault(
                    value.span(),
                    format!("a value in `[{name}]` must be a text"),
                ),
            }
        }
        texts
    }
}
