//! The tables of both databases, by what their columns hold.

use polycode_core::port::PortError;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::archive::Shelf;
use crate::sql::{Columns, Statement, Value};

/// A table; those that others refer to come first.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
    /// How many of the first columns say which row it is.
    keys: usize,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Id,
    Text,
    Key,
    Json,
    Number,
    Flag,
    /// A place in the log.
    Cursor,
}

macro_rules! tables {
    ($($table:ident by $keys:literal: $($column:ident $kind:ident),*;)*) => {
        /// Every table that the engine's commits are kept in.
        pub(super) const TABLES: &[Table] = &[$(Table {
            name: stringify!($table),
            columns: &[$(Column { name: stringify!($column), kind: Kind::$kind }),*],
            keys: $keys,
        }),*];
    };
}

tables! {
    contents by 1: id Id, slug Text, version Number;
    content_versions by 2: content Id, version Number, body Json;
    submissions by 1: id Id, version Number, user Text, content Id, content_version Number,
        component Text, received_at Text, status Text, verdict Text, score Number, fuel Number,
        judged_at Text, review_since Text;
    answers by 1: submission Id, body Json;
    reports by 1: submission Id, body Json;
    progress by 2: user Text, content Id, version Number, best Json, score Number, completed_at Text,
        paid Number;
    wallets by 1: user Text, version Number, balance Number;
    entries by 1: id Id, debit Text, debit_user Text, credit Text, credit_user Text, points Number,
        reason_key Text, reason Json, at Text;
    documents by 2: kind Text, key Key, version Number, body Json;
    document_terms by 5: kind Text, name Text, value Key, sort Key, key Key, is_unique Flag;
    events by 1: cursor Cursor, id Id, at Text, schema Number, body Json;
}

impl Table {
    /// The statement that reads all its rows, in their order.
    pub(super) fn select<C: Shelf>(&self) -> Statement<'static> {
        let columns = self.columns.iter().map(|column| match column.kind {
            // A number in both databases.
            Kind::Flag => {
                format!("CAST(CAST({0} AS INTEGER) AS BIGINT) AS {0}", column.name)
            }
            Kind::Cursor => format!("{} AS {}", C::CURSOR, column.name),
            _ => format!("\"{}\"", column.name),
        });
        let columns = columns.collect::<Vec<_>>().join(", ");
        // The same rows make the same archive, whatever the database.
        let order = (1..=self.keys).map(|key| key.to_string());
        let order = order.collect::<Vec<_>>().join(", ");
        let from = if self.is_log() { C::LOG } else { self.name };
        Statement::new(format!("SELECT {columns} FROM {from} ORDER BY {order}"))
    }

    /// The statement that writes rows.
    pub(super) fn insert<C: Shelf>(&self, rows: &str) -> String {
        let columns = self
            .written::<C>()
            .map(|column| format!("\"{}\"", column.name));
        let columns = columns.collect::<Vec<_>>().join(", ");
        format!("INSERT INTO {} ({columns}) VALUES {rows}", self.name)
    }

    /// The columns that are written with a row.
    pub(super) fn written<C: Shelf>(&self) -> impl Iterator<Item = &'static Column> {
        let is_written = |column: &&Column| !column.is_cursor() || C::IS_PLACED_AT_ONCE;
        self.columns.iter().filter(is_written)
    }

    fn is_log(&self) -> bool {
        self.columns.iter().any(Column::is_cursor)
    }
}

impl Column {
    fn is_cursor(&self) -> bool {
        matches!(self.kind, Kind::Cursor)
    }

    /// What a row holds in this column.
    pub(super) fn read(&self, row: &impl Columns) -> Result<Json, PortError> {
        Ok(match self.kind {
            Kind::Id => row.id(self.name)?.to_string().into(),
            Kind::Text | Kind::Key | Kind::Json => row.text(self.name)?.into(),
            Kind::Number | Kind::Flag | Kind::Cursor => row.number(self.name)?.into(),
        })
    }

    /// The same for a statement that writes it; nothing when it is not what the column holds.
    pub(super) fn value<'j>(&self, json: &'j Json) -> Option<Value<'j>> {
        Some(match (self.kind, json) {
            (Kind::Id, Json::String(text)) => Value::Id(Uuid::parse_str(text).ok()?),
            (Kind::Text, Json::String(text)) => Value::Text(Some(text.into())),
            (Kind::Text, Json::Null) => Value::Text(None),
            (Kind::Key, Json::String(text)) => Value::Key(text.into()),
            (Kind::Json, Json::String(text)) => Value::Json(text.into()),
            (Kind::Number | Kind::Cursor, Json::Null) => Value::Number(None),
            (Kind::Number | Kind::Cursor, json) => Value::Number(Some(json.as_i64()?)),
            (Kind::Flag, json) => Value::Flag(json.as_i64()? != 0),
            _ => return None,
        })
    }
}

#[cfg(all(
    test,
    unix,
    feature = "postgres",
    feature = "sqlite",
    feature = "testkit"
))]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::testkit::postgres::fresh;

    fn described() -> BTreeSet<(String, String)> {
        let columns = |table: &'static Table| {
            let columns = table.columns.iter();
            columns.map(|column| (table.name.to_owned(), column.name.to_owned()))
        };
        TABLES.iter().flat_map(columns).collect()
    }

    #[tokio::test]
    async fn every_column_of_sqlite_is_described() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let mut connection = crate::sqlite::connection(&path).await.unwrap();
        let sql = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
                   WHERE m.type = 'table' AND m.name NOT IN ('_sqlx_migrations', \
                   'purses', 'sqlite_sequence', 'term_editions', 'wallet_counts')";
        let columns = sqlx::query_as(sql)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        assert_eq!(columns.into_iter().collect::<BTreeSet<_>>(), described());
    }

    #[tokio::test]
    async fn every_column_of_postgres_is_described() {
        let mut connection = crate::postgres::connection(&fresh()).await.unwrap();
        // The places of events stand beside them; arrivals are only what gives them, and the
        // counts of wallets and what is in purses follow from the wallets.
        let sql = "SELECT CASE table_name WHEN 'places' THEN 'events' ELSE table_name::text END, \
                   column_name::text FROM information_schema.columns \
                   WHERE table_schema = current_schema() \
                   AND table_name NOT IN ('_sqlx_migrations', 'feed', 'purses', 'term_editions') \
                   AND table_name NOT LIKE 'wallet!_%' ESCAPE '!' AND column_name <> 'arrival'";
        let columns = sqlx::query_as(sql)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        assert_eq!(columns.into_iter().collect::<BTreeSet<_>>(), described());
    }
}
