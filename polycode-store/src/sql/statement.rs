//! Statements and the values they are run with.

use std::borrow::Cow;

use jiff::Timestamp;
use polycode_core::port::PortError;
use polycode_core::quantity::Version;
use serde::Serialize;
use uuid::Uuid;

/// A statement, and the values of its parameters `$1`, `$2` and so on.
#[derive(Debug, Clone)]
pub(crate) struct Statement<'q> {
    /// Its text, in the words that all databases know.
    pub(crate) sql: Cow<'static, str>,
    /// Its values, in order.
    pub(crate) values: Vec<Value<'q>>,
}

/// A value for a column.
#[derive(Debug, Clone)]
pub(crate) enum Value<'q> {
    /// An id.
    Id(Uuid),
    /// A text without NUL.
    Text(Option<Cow<'q, str>>),
    /// A text of any characters, sorted by its bytes.
    Key(Cow<'q, str>),
    /// A JSON text.
    Json(Cow<'q, str>),
    /// A number.
    Number(Option<i64>),
    /// Whether something is so.
    Flag(bool),
}

impl<'q> Statement<'q> {
    pub(crate) fn new(sql: impl Into<Cow<'static, str>>) -> Self {
        Self {
            sql: sql.into(),
            values: Vec::new(),
        }
    }

    pub(super) fn with(mut self, value: Value<'q>) -> Self {
        self.values.push(value);
        self
    }

    pub(super) fn id(self, id: Uuid) -> Self {
        self.with(Value::Id(id))
    }

    pub(super) fn text(self, text: impl Into<Cow<'q, str>>) -> Self {
        self.maybe_text(Some(text))
    }

    pub(super) fn maybe_text(self, text: Option<impl Into<Cow<'q, str>>>) -> Self {
        self.with(Value::Text(text.map(Into::into)))
    }

    pub(super) fn key(self, text: impl Into<Cow<'q, str>>) -> Self {
        self.with(Value::Key(text.into()))
    }

    pub(super) fn json(self, text: impl Into<Cow<'q, str>>) -> Self {
        self.with(Value::Json(text.into()))
    }

    pub(super) fn number(self, number: impl Into<i64>) -> Self {
        self.maybe_number(Some(number))
    }

    pub(super) fn maybe_number(self, number: Option<impl Into<i64>>) -> Self {
        self.with(Value::Number(number.map(Into::into)))
    }

    /// Nothing is at a version that the store can't count to, nor at -1.
    pub(super) fn expected(self, version: Option<Version>) -> Self {
        match version {
            Some(version) => self.number(i64::try_from(version.0).unwrap_or(-1)),
            None => self,
        }
    }
}

/// Parameters for so many rows of so many columns: `($1, $2), ($3, $4)`.
pub(crate) fn parameters(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let numbers = (1..=columns).map(|column| format!("${}", row * columns + column));
        format!("({})", numbers.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// A time with all nine decimals, so that times sort as text.
pub(super) fn time(time: Timestamp) -> String {
    format!("{time:.9}")
}

/// A number to write.
pub(super) fn integer(number: u64) -> Result<i64, PortError> {
    i64::try_from(number).map_err(|error| {
        PortError::permanent(format!("{number} is more than the store can count")).caused_by(error)
    })
}

/// A number that is looked for: none that is stored is greater than the greatest.
pub(super) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A document as JSON.
pub(super) fn json(document: &impl Serialize) -> Result<String, PortError> {
    serde_json::to_string(document).map_err(|error| {
        PortError::permanent(format!("a document can't be written as JSON: {error}"))
            .caused_by(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_counted_through() {
        assert_eq!(parameters(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(parameters(1, 1), "($1)");
    }
}
