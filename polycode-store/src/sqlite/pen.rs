//! The connection that writes commits.
//!
//! sqlx runs each statement on another thread and waits for it: to hand it over takes longer than to run
//! it. What writes has a thread of its own, and no need of that.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use polycode_core::port::PortError;
use rusqlite::types::{FromSql, FromSqlError, ToSqlOutput, Value as Kept, ValueRef};
use rusqlite::{Connection, OpenFlags, Row, Statement as Prepared, ToSql};
use uuid::Uuid;

use super::connect::BUSY_TIMEOUT;
use crate::sql::{
    Against, Columns, Reads, Statement, Unwritten, Value, Writes, is_temporary_result,
};

/// How many statements stay prepared: more than there are.
const PREPARED: usize = 256;

/// An acknowledged commit survives the loss of power, not only of the process. The log goes into the
/// database once it has some 40 MiB, not with each group of commits; the pages that commits touch most
/// stay in memory, 32 MiB of them; and so does what a savepoint keeps of each page to undo one commit.
const SETTINGS: &str = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; \
    PRAGMA wal_autocheckpoint = 10000; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY";

/// A connection whose calls return when they are done: what it does as a future never waits.
#[derive(Debug)]
pub(super) struct Pen {
    connection: Connection,
}

impl Pen {
    /// Opens a database whose schema is up to date.
    pub(super) fn open(path: &Path) -> Result<Self, PortError> {
        let opened = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        );
        let ready = opened.and_then(|connection| {
            connection.busy_timeout(BUSY_TIMEOUT)?;
            connection.execute_batch(SETTINGS)?;
            connection.set_prepared_statement_cache_capacity(PREPARED);
            Ok(Self { connection })
        });
        let name = path.display();
        ready.map_err(|error| failed(&format!("the database `{name}` can't be opened"), error))
    }

    /// Runs a statement and returns how many rows it wrote.
    pub(super) fn run(&mut self, statement: &Statement<'_>) -> Result<u64, Unwritten> {
        let written = self.prepared(statement).and_then(|mut prepared| {
            let rows = prepared.raw_execute()?;
            Ok(u64::try_from(rows).unwrap_or(u64::MAX))
        });
        written.map_err(unwritten)
    }

    /// Closes the database in order.
    pub(super) fn close(self) -> Result<(), PortError> {
        let closed = self.connection.close();
        closed.map_err(|(_, error)| failed("the database can't be closed", error))
    }

    #[cfg(test)]
    pub(super) fn set(&self, pragma: &str) {
        self.connection.execute_batch(pragma).unwrap();
    }

    fn prepared(
        &self,
        statement: &Statement<'_>,
    ) -> rusqlite::Result<rusqlite::CachedStatement<'_>> {
        let mut prepared = self.connection.prepare_cached(&statement.sql)?;
        bind(&mut prepared, &statement.values)?;
        Ok(prepared)
    }
}

/// SQLite numbers the parameters in the order in which the text names them first: what is written names
/// them in order.
fn bind(prepared: &mut Prepared<'_>, values: &[Value<'_>]) -> rusqlite::Result<()> {
    let count = prepared.parameter_count();
    if count != values.len() {
        return Err(rusqlite::Error::InvalidParameterCount(count, values.len()));
    }
    for (index, value) in (1..).zip(values) {
        debug_assert_eq!(
            prepared.parameter_name(index),
            Some(format!("${index}").as_str())
        );
        prepared.raw_bind_parameter(index, value)?;
    }
    Ok(())
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Id(id) => ValueRef::Blob(id.as_bytes()),
            Self::Text(None) | Self::Number(None) => ValueRef::Null,
            Self::Text(Some(text)) | Self::Key(text) | Self::Json(text) => {
                ValueRef::Text(text.as_bytes())
            }
            Self::Number(Some(number)) => ValueRef::Integer(*number),
            Self::Flag(is_so) => ValueRef::Integer((*is_so).into()),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

#[async_trait]
impl Writes for Pen {
    async fn execute(&mut self, statement: Statement<'_>) -> Result<u64, Unwritten> {
        self.run(&statement)
    }
}

#[async_trait]
impl Reads for Pen {
    type Row = KeptRow;

    async fn each(
        &mut self,
        statement: Statement<'_>,
        take: &mut (dyn FnMut(KeptRow) -> Result<(), PortError> + Send),
    ) -> Result<(), PortError> {
        let mut prepared = self.prepared(&statement).map_err(read_failed)?;
        let names: Arc<[String]> = prepared
            .column_names()
            .into_iter()
            .map(ToOwned::to_owned)
            .collect();
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(read_failed)? {
            take(KeptRow::of(row, Arc::clone(&names)).map_err(read_failed)?)?;
        }
        Ok(())
    }
}

/// A row that outlives the statement that read it.
#[derive(Debug)]
pub(super) struct KeptRow {
    names: Arc<[String]>,
    values: Vec<Kept>,
}

impl KeptRow {
    fn of(row: &Row<'_>, names: Arc<[String]>) -> rusqlite::Result<Self> {
        let values = (0..names.len()).map(|index| row.get(index));
        let values = values.collect::<Result<_, _>>()?;
        Ok(Self { names, values })
    }

    fn value(&self, name: &str) -> Result<ValueRef<'_>, PortError> {
        let index = self.names.iter().position(|own| own == name);
        let value = index.and_then(|index| self.values.get(index));
        value
            .map(ValueRef::from)
            .ok_or_else(|| PortError::permanent(format!("there is no column `{name}`")))
    }
}

impl Columns for KeptRow {
    fn text(&self, name: &str) -> Result<Option<&str>, PortError> {
        let text = self.value(name)?.as_str_or_null();
        text.map_err(|error| mistyped(name, error))
    }

    fn number(&self, name: &str) -> Result<Option<i64>, PortError> {
        let number = self.value(name)?.as_i64_or_null();
        number.map_err(|error| mistyped(name, error))
    }

    fn id(&self, name: &str) -> Result<Uuid, PortError> {
        let bytes = <[u8; 16]>::column_result(self.value(name)?);
        bytes
            .map(Uuid::from_bytes)
            .map_err(|error| mistyped(name, error))
    }
}

fn mistyped(name: &str, error: FromSqlError) -> PortError {
    PortError::permanent(format!("the column `{name}` can't be read: {error}")).caused_by(error)
}

fn unwritten(error: rusqlite::Error) -> Unwritten {
    use rusqlite::ffi;
    let against = match error.sqlite_error().map(|error| error.extended_code) {
        Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
            Some(Against::Unique)
        }
        Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Some(Against::Reference),
        _ => None,
    };
    let error = failed("the store can't be written", error);
    Unwritten { against, error }
}

fn read_failed(error: rusqlite::Error) -> PortError {
    failed("the store can't be read", error)
}

fn failed(what: &str, error: rusqlite::Error) -> PortError {
    let message = format!("{what}: {error}");
    let code = error.sqlite_error().map(|error| error.extended_code);
    let failure = match code {
        Some(code) if is_temporary_result(code) => PortError::temporary(message),
        _ => PortError::permanent(message),
    };
    failure.caused_by(error)
}
