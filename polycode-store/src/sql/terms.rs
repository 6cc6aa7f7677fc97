//! Terms that an older version wrote, brought up to what documents are found by now.

use std::collections::BTreeMap;

use polycode_core::engine::{DOCUMENT_KINDS, DocumentKind};
use polycode_core::port::{CommitError, PortError};

use crate::sql::documents::change_terms;
use crate::sql::row;
use crate::sql::statement::Statement;
use crate::sql::{Reads, Writes};

/// How many documents are read at a time.
const PAGE: u32 = 200;

/// Writes the terms of those kinds anew that the store holds an older edition of; `begin` begins a
/// transaction that writes.
pub(crate) async fn bring_terms_up_to_date<C: Reads + Writes>(
    connection: &mut C,
    begin: &'static str,
) -> Result<(), PortError> {
    let mut written = BTreeMap::new();
    let mut take = |row: C::Row| {
        let (kind, edition) = row::edition(&row)?;
        written.insert(kind, edition);
        Ok(())
    };
    let statement = Statement::new("SELECT kind, edition FROM term_editions");
    connection.each(statement, &mut take).await?;
    let is_current = |kind: &DocumentKind| {
        let edition = written.get(kind.name);
        edition.is_some_and(|edition| *edition >= u64::from(kind.edition))
    };
    if DOCUMENT_KINDS.iter().all(is_current) {
        return Ok(());
    }
    execute(connection, Statement::new(begin)).await?;
    let renewed = renew(connection, Which::Older).await;
    let end = if renewed.is_ok() {
        "COMMIT"
    } else {
        "ROLLBACK"
    };
    execute(connection, Statement::new(end)).await?;
    renewed
}

/// Which kinds are written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those of an older edition.
    Older,
    /// All that ever had an older edition: nobody says which one is there.
    All,
}

/// The same inside a transaction.
pub(crate) async fn renew<C: Reads + Writes>(
    connection: &mut C,
    which: Which,
) -> Result<(), PortError> {
    for kind in DOCUMENT_KINDS {
        // Of those who do so at the same time, one finds it older.
        let sql = "INSERT INTO term_editions (kind, edition) VALUES ($1, $2) \
                   ON CONFLICT (kind) DO UPDATE SET edition = excluded.edition \
                   WHERE term_editions.edition < excluded.edition";
        let note = Statement::new(sql).text(kind.name).number(kind.edition);
        let is_older = execute(connection, note).await? > 0;
        if kind.edition > 1 && (is_older || which == Which::All) {
            renew_kind(connection, kind).await?;
        }
    }
    Ok(())
}

async fn renew_kind<C: Reads + Writes>(
    connection: &mut C,
    kind: &DocumentKind,
) -> Result<(), PortError> {
    // None of the engine's keys is empty.
    let mut after = String::new();
    loop {
        let sql = "SELECT key, version, body FROM documents WHERE kind = $1 AND key > $2 \
                   ORDER BY key LIMIT $3";
        let statement = Statement::new(sql).text(kind.name);
        let statement = statement.key(after.as_str()).number(PAGE);
        let mut page = Vec::new();
        let mut take = |row: C::Row| {
            page.push(row::document(&row)?);
            Ok(())
        };
        connection.each(statement, &mut take).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        let next = last.key.clone();
        for document in &page {
            let described = match kind.describe(&document.body) {
                Ok(described) => described,
                // Whoever needs it is told; the others go on.
                Err(error) => {
                    tracing::warn!(%error, kind = kind.name, key = document.key, "a document can't be read");
                    continue;
                }
            };
            let written = change_terms(connection, kind.name, &document.key, &described.terms);
            written.await.map_err(|error| match error {
                CommitError::Port(error) => error,
                other => {
                    PortError::permanent(format!("the {} `{}`: {other}", kind.name, document.key))
                }
            })?;
        }
        after = next;
    }
}

async fn execute<C: Writes>(
    connection: &mut C,
    statement: Statement<'_>,
) -> Result<u64, PortError> {
    Ok(connection.execute(statement).await?)
}
