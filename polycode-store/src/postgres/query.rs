//! Shared statements, run on PostgreSQL.

use std::borrow::Cow;

use async_trait::async_trait;
use futures_util::TryStreamExt;
use polycode_core::port::PortError;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgConnection, PgRow, PgTypeInfo};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Encode, Postgres, Row, Type};
use uuid::Uuid;

use crate::archive::Shelf;
use crate::sql::{Columns, Reads, Statement, Unwritten, Value, Writes, read_failed};

/// A statement with its values as PostgreSQL keeps them.
pub(super) fn query(statement: Statement<'_>) -> Query<'_, Postgres, PgArguments> {
    // Their text holds names and parameters only; what people say is in the values.
    let mut query = match statement.sql {
        Cow::Borrowed(sql) => sqlx::query(sql),
        Cow::Owned(sql) => sqlx::query(AssertSqlSafe(sql)),
    };
    for value in statement.values {
        query = match value {
            Value::Id(id) => query.bind(id),
            Value::Text(text) => query.bind(text),
            Value::Key(Cow::Borrowed(text)) => query.bind(text.as_bytes()),
            Value::Key(Cow::Owned(text)) => query.bind(text.into_bytes()),
            Value::Json(text) => query.bind(Json(text)),
            Value::Number(number) => query.bind(number),
            Value::Flag(is_so) => query.bind(is_so),
        };
    }
    query
}

#[async_trait]
impl Writes for PgConnection {
    async fn execute(&mut self, statement: Statement<'_>) -> Result<u64, Unwritten> {
        Ok(query(statement).execute(self).await?.rows_affected())
    }
}

#[async_trait]
impl Reads for PgConnection {
    type Row = PgRow;

    async fn each(
        &mut self,
        statement: Statement<'_>,
        take: &mut (dyn FnMut(PgRow) -> Result<(), PortError> + Send),
    ) -> Result<(), PortError> {
        let mut rows = query(statement).fetch(self);
        while let Some(row) = rows.try_next().await.map_err(read_failed)? {
            take(row)?;
        }
        Ok(())
    }
}

impl Shelf for PgConnection {
    const BEGIN_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    const BEGIN_FILLING: &str = "BEGIN";
    const LOG: &str = "events LEFT JOIN places USING (arrival)";
    const CURSOR: &str = "row_number() OVER (ORDER BY cursor NULLS LAST, arrival)";
    const IS_PLACED_AT_ONCE: bool = false;
    const ONCE_FILLED: &[&str] = &[
        "SELECT place_events((SELECT count(*) FROM arrivals))",
        "SELECT count_wallets(1)",
    ];
}

// Texts, JSON and bytes all arrive as the bytes they are.
impl Columns for PgRow {
    fn text(&self, name: &str) -> Result<Option<&str>, PortError> {
        self.try_get_unchecked(name).map_err(read_failed)
    }

    fn number(&self, name: &str) -> Result<Option<i64>, PortError> {
        self.try_get(name).map_err(read_failed)
    }

    fn id(&self, name: &str) -> Result<Uuid, PortError> {
        self.try_get(name).map_err(read_failed)
    }
}

/// A text that is JSON already, for a column of the type `json`.
struct Json<'q>(Cow<'q, str>);

impl Type<Postgres> for Json<'_> {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("json")
    }
}

impl Encode<'_, Postgres> for Json<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend(self.0.as_bytes());
        Ok(IsNull::No)
    }
}
