//! From lines to a database.

use std::fmt::Display;
use std::io::BufRead;

use polycode_core::port::PortError;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::archive::table::{TABLES, Table};
use crate::archive::{Archive, Heading, Shelf};
use crate::sql::{Columns, Statement, Which, parameters, renew};

/// How many rows one statement writes at most.
const ROWS_AT_ONCE: usize = 32;

/// A line in between.
#[derive(Debug, Deserialize)]
struct Line {
    r#in: String,
    row: Map<String, Json>,
}

/// Fills an empty database with what an archive holds, or leaves it empty.
pub(super) async fn everything<C: Shelf>(
    connection: &mut C,
    input: impl BufRead + Send,
) -> Result<Archive, PortError> {
    run(connection, C::BEGIN_FILLING).await?;
    let filled = fill(connection, input).await;
    let end = if filled.is_ok() { "COMMIT" } else { "ROLLBACK" };
    run(connection, end).await?;
    filled
}

async fn fill<C: Shelf>(
    connection: &mut C,
    mut input: impl BufRead + Send,
) -> Result<Archive, PortError> {
    require_empty(connection).await?;
    let mut digest = Sha256::new();
    let mut next = |digest: &mut Sha256| -> Result<Option<String>, PortError> {
        let mut line = String::new();
        input.read_line(&mut line).map_err(|error| broken(&error))?;
        digest.update(line.as_bytes());
        Ok(Some(line).filter(|line| !line.is_empty()))
    };
    check_heading(next(&mut digest)?.as_deref().unwrap_or_default())?;
    let mut rows = 0;
    let mut batch = Batch::default();
    loop {
        let before = digest.clone();
        let Some(line) = next(&mut digest)? else {
            return Err(broken("it is cut off"));
        };
        if let Ok(archive) = serde_json::from_str::<Archive>(&line) {
            batch.write(connection).await?;
            let found = Archive {
                rows,
                sha256: hex::encode(before.finalize()),
            };
            if found != archive || next(&mut digest)?.is_some() {
                return Err(broken("it was changed since it was written"));
            }
            // An older version may have written it.
            renew(connection, Which::All).await?;
            for sql in C::ONCE_FILLED {
                run(connection, sql).await?;
            }
            return Ok(archive);
        }
        let line: Line = serde_json::from_str(&line).map_err(|error| broken(&error))?;
        let mut tables = TABLES.iter();
        let table = tables
            .find(|table| table.name == line.r#in)
            .ok_or_else(|| broken(&format!("there is no table `{}`", line.r#in)))?;
        if !batch.takes(table) {
            batch.write(connection).await?;
        }
        batch.table = Some(table);
        batch.rows.push(line.row);
        rows += 1;
    }
}

fn check_heading(line: &str) -> Result<(), PortError> {
    let heading: Heading = serde_json::from_str(line).map_err(|_| broken("it is no archive"))?;
    if heading.archive != Heading::NAME {
        return Err(broken("it is no archive"));
    }
    if heading.version > Heading::VERSION {
        return Err(broken("a newer version of PolyCode wrote it"));
    }
    Ok(())
}

async fn require_empty<C: Shelf>(connection: &mut C) -> Result<(), PortError> {
    for table in TABLES {
        let sql = format!("SELECT count(*) AS rows FROM {}", table.name);
        let mut rows = 0;
        let mut count = |row: C::Row| {
            rows = row.number("rows")?.unwrap_or_default();
            Ok(())
        };
        connection.each(Statement::new(sql), &mut count).await?;
        if rows != 0 {
            let message = format!("the store is not empty: it has {rows} {}", table.name);
            return Err(PortError::permanent(message));
        }
    }
    Ok(())
}

/// Rows of one table that are written together.
#[derive(Debug, Default)]
struct Batch {
    table: Option<&'static Table>,
    rows: Vec<Map<String, Json>>,
}

impl Batch {
    fn takes(&self, table: &Table) -> bool {
        let is_same = self.table.is_none_or(|own| own.name == table.name);
        is_same && self.rows.len() < ROWS_AT_ONCE
    }

    async fn write<C: Shelf>(&mut self, connection: &mut C) -> Result<(), PortError> {
        let Some(table) = self.table.take() else {
            return Ok(());
        };
        let columns: Vec<_> = table.written::<C>().collect();
        let places = parameters(self.rows.len(), columns.len());
        let mut statement = Statement::new(table.insert::<C>(&places));
        for row in &self.rows {
            for column in &columns {
                let value = column.value(row.get(column.name).unwrap_or(&Json::Null));
                let value = value.ok_or_else(|| {
                    broken(&format!("a `{}` of {} is not one", column.name, table.name))
                })?;
                statement.values.push(value);
            }
        }
        connection.execute(statement).await?;
        self.rows.clear();
        Ok(())
    }
}

async fn run<C: Shelf>(connection: &mut C, sql: &'static str) -> Result<(), PortError> {
    connection.execute(Statement::new(sql)).await?;
    Ok(())
}

fn broken(why: &(impl Display + ?Sized)) -> PortError {
    PortError::permanent(format!("the archive can't be read: {why}"))
}
