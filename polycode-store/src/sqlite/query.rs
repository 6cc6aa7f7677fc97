//! Shared statements, run on SQLite.

use std::borrow::Cow;

use async_trait::async_trait;
use futures_util::TryStreamExt;
use polycode_core::port::PortError;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Row, Sqlite};
use uuid::Uuid;

use crate::archive::Shelf;
use crate::sql::{Columns, Reads, Statement, Unwritten, Value, Writes, read_failed};

/// A statement with its values as SQLite keeps them.
pub(super) fn query(statement: Statement<'_>) -> Query<'_, Sqlite, SqliteArguments> {
    // Their text holds names and parameters only; what people say is in the values.
    let mut query = match statement.sql {
        Cow::Borrowed(sql) => sqlx::query(sql),
        Cow::Owned(sql) => sqlx::query(AssertSqlSafe(sql)),
    };
    for value in statement.values {
        query = match value {
            Value::Id(id) => query.bind(id),
            Value::Text(text) => query.bind(text),
            Value::Key(text) | Value::Json(text) => query.bind(text),
            Value::Number(number) => query.bind(number),
            Value::Flag(is_so) => query.bind(is_so),
        };
    }
    query
}

#[async_trait]
impl Writes for SqliteConnection {
    async fn execute(&mut self, statement: Statement<'_>) -> Result<u64, Unwritten> {
        Ok(query(statement).execute(self).await?.rows_affected())
    }
}

#[async_trait]
impl Reads for SqliteConnection {
    type Row = SqliteRow;

    async fn each(
        &mut self,
        statement: Statement<'_>,
        take: &mut (dyn FnMut(SqliteRow) -> Result<(), PortError> + Send),
    ) -> Result<(), PortError> {
        let mut rows = query(statement).fetch(self);
        while let Some(row) = rows.try_next().await.map_err(read_failed)? {
            take(row)?;
        }
        Ok(())
    }
}

impl Shelf for SqliteConnection {
    const BEGIN_SNAPSHOT: &str = "BEGIN";
    const BEGIN_FILLING: &str = "BEGIN IMMEDIATE";
    const LOG: &str = "events";
    const CURSOR: &str = "cursor";
    const IS_PLACED_AT_ONCE: bool = true;
    const ONCE_FILLED: &[&str] = &[];
}

impl Columns for SqliteRow {
    fn text(&self, name: &str) -> Result<Option<&str>, PortError> {
        self.try_get(name).map_err(read_failed)
    }

    fn number(&self, name: &str) -> Result<Option<i64>, PortError> {
        self.try_get(name).map_err(read_failed)
    }

    fn id(&self, name: &str) -> Result<Uuid, PortError> {
        self.try_get(name).map_err(read_failed)
    }
}
