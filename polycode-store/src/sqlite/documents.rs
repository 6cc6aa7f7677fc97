//! Documents: one table for all of them, one for the terms that they are found by.

use polycode_core::port::{
    Change, CommitError, DocumentWrite, Lookup, PageRequest, PortError, Term,
};
use polycode_core::quantity::Version;
use sqlx::query;
use sqlx::sqlite::SqliteConnection;

use crate::page::{list_place, rows_for};
use crate::sqlite::statement::{Query, bind_expected, run, write_expected};

pub(super) fn get<'q>(kind: &'static str, key: &'q str) -> Query<'q> {
    let sql = "SELECT key, version, body FROM documents WHERE kind = ? AND key = ?";
    query(sql).bind(kind).bind(key)
}

pub(super) fn list<'q>(lookup: &'q Lookup, page: &PageRequest) -> Result<Query<'q>, PortError> {
    const FORWARDS: &str = "SELECT t.sort, d.key, d.version, d.body FROM document_terms t \
        JOIN documents d ON d.kind = t.kind AND d.key = t.key \
        WHERE t.kind = ?1 AND t.name = ?2 AND t.value = ?3 AND (?4 IS NULL OR t.sort <= ?4) \
        AND (?5 IS NULL OR (t.sort, t.key) > (?5, ?6)) ORDER BY t.sort, t.key LIMIT ?7";
    const BACKWARDS: &str = "SELECT t.sort, d.key, d.version, d.body FROM document_terms t \
        JOIN documents d ON d.kind = t.kind AND d.key = t.key \
        WHERE t.kind = ?1 AND t.name = ?2 AND t.value = ?3 AND (?4 IS NULL OR t.sort <= ?4) \
        AND (?5 IS NULL OR (t.sort, t.key) < (?5, ?6)) \
        ORDER BY t.sort DESC, t.key DESC LIMIT ?7";
    let sql = if lookup.is_reversed {
        BACKWARDS
    } else {
        FORWARDS
    };
    let (sort, key) = list_place(page)?
        .map(|place| (place.sort, place.key))
        .unzip();
    Ok(query(sql)
        .bind(lookup.kind)
        .bind(lookup.term)
        .bind(lookup.value.as_str())
        .bind(lookup.until.as_deref())
        .bind(sort)
        .bind(key)
        .bind(rows_for(page)))
}

pub(super) async fn write(
    connection: &mut SqliteConnection,
    write: &DocumentWrite,
) -> Result<(), CommitError> {
    let (kind, key) = (write.kind, write.key.as_str());
    match &write.change {
        Change::Remove => {
            let sql = "DELETE FROM documents WHERE kind = ? AND key = ? AND version = ?";
            let statement = query(sql).bind(kind).bind(key);
            let statement = bind_expected(statement, write.expected.or(Some(Version(0))));
            write_expected(connection, statement, kind, kind, kind).await
        }
        Change::Put { body, terms } => {
            let sql = match write.expected {
                None => {
                    "INSERT INTO documents (body, kind, key, version) VALUES (?, ?, ?, 1) \
                     ON CONFLICT (kind, key) DO NOTHING"
                }
                Some(_) => {
                    "UPDATE documents SET body = ?, version = version + 1 \
                     WHERE kind = ? AND key = ? AND version = ?"
                }
            };
            let statement = query(sql).bind(body.as_str()).bind(kind).bind(key);
            let statement = bind_expected(statement, write.expected);
            write_expected(connection, statement, kind, kind, kind).await?;
            write_terms(connection, kind, key, terms, write.expected.is_some()).await
        }
    }
}

async fn write_terms(
    connection: &mut SqliteConnection,
    kind: &'static str,
    key: &str,
    terms: &[Term],
    had_some: bool,
) -> Result<(), CommitError> {
    if had_some {
        let old = query("DELETE FROM document_terms WHERE kind = ? AND key = ?");
        run(connection, old.bind(kind).bind(key), kind, kind).await?;
    }
    for term in terms {
        let sql = "INSERT INTO document_terms (kind, name, value, sort, key, is_unique) \
                   VALUES (?, ?, ?, ?, ?, ?)";
        let statement = query(sql)
            .bind(kind)
            .bind(term.name)
            .bind(term.value.as_str())
            .bind(term.sort.as_str())
            .bind(key)
            .bind(term.is_unique);
        run(connection, statement, term.name, kind).await?;
    }
    Ok(())
}
