//! Documents: one table for all of them, one for the terms that they are found by.

use polycode_core::port::{
    Change, CommitError, DocumentWrite, ListPlace, Lookup, PageRequest, Term,
};
use polycode_core::quantity::Version;

use crate::page::rows_for;
use crate::sql::Value;
use crate::sql::statement::{Statement, parameters};
use crate::sql::write::{Writes, run, write_expected};

/// How many terms one statement writes at most: few texts of statements, so that all stay
/// prepared.
const TERMS_AT_ONCE: usize = 8;

pub(super) fn get<'q>(kind: &'static str, key: &'q str) -> Statement<'q> {
    Statement::new("SELECT key, version, body FROM documents WHERE kind = $1 AND key = $2")
        .text(kind)
        .key(key)
}

pub(super) fn list<'q>(
    lookup: &'q Lookup,
    place: Option<&'q ListPlace>,
    page: &PageRequest,
) -> Statement<'q> {
    let mut statement = Statement::new("")
        .text(lookup.kind)
        .text(lookup.term)
        .key(&lookup.value)
        .number(rows_for(page));
    let mut bounds = Vec::new();
    if let Some(until) = &lookup.until {
        bounds.push(" AND t.sort <= $5".to_owned());
        statement = statement.key(until);
    }
    let (after, order) = if lookup.is_reversed {
        ('<', " DESC")
    } else {
        ('>', "")
    };
    if let Some(place) = place {
        let (sort, key) = (statement.values.len() + 1, statement.values.len() + 2);
        bounds.push(format!(" AND (t.sort, t.key) {after} (${sort}, ${key})"));
        statement = statement.key(&place.sort).key(&place.key);
    }
    let bounds = bounds.concat();
    statement.sql = format!(
        "SELECT t.sort, d.key, d.version, d.body FROM document_terms t \
         JOIN documents d ON d.kind = t.kind AND d.key = t.key \
         WHERE t.kind = $1 AND t.name = $2 AND t.value = $3{bounds} \
         ORDER BY t.sort{order}, t.key{order} LIMIT $4"
    )
    .into();
    statement
}

pub(super) async fn write(
    connection: &mut impl Writes,
    write: &DocumentWrite,
) -> Result<(), CommitError> {
    let (kind, key) = (write.kind, write.key.as_str());
    match &write.change {
        Change::Remove => {
            let sql = "DELETE FROM documents WHERE kind = $1 AND key = $2 AND version = $3";
            let statement = Statement::new(sql)
                .text(kind)
                .key(key)
                .expected(write.expected.or(Some(Version(0))));
            write_expected(connection, statement, kind, kind, kind).await
        }
        Change::Put { body, terms } => {
            let sql = match write.expected {
                None => {
                    "INSERT INTO documents (body, kind, key, version) VALUES ($1, $2, $3, 1) \
                     ON CONFLICT (kind, key) DO NOTHING"
                }
                Some(_) => {
                    "UPDATE documents SET body = $1, version = version + 1 \
                     WHERE kind = $2 AND key = $3 AND version = $4"
                }
            };
            let statement = Statement::new(sql)
                .json(body.as_str())
                .text(kind)
                .key(key)
                .expected(write.expected);
            write_expected(connection, statement, kind, kind, kind).await?;
            if write.expected.is_some() {
                let sql = "DELETE FROM document_terms WHERE kind = $1 AND key = $2";
                let old = Statement::new(sql).text(kind).key(key);
                run(connection, old, kind, kind).await?;
            }
            write_terms(connection, kind, key, terms).await
        }
    }
}

async fn write_terms(
    connection: &mut impl Writes,
    kind: &'static str,
    key: &str,
    terms: &[Term],
) -> Result<(), CommitError> {
    let mut terms: Vec<_> = terms.iter().collect();
    terms.sort_unstable();
    // A term that is named twice puts the document there once.
    terms.dedup();
    let (unique, listed): (Vec<_>, Vec<_>) = terms.into_iter().partition(|term| term.is_unique);
    // Those that may be taken one by one, to say which one was.
    let groups = unique.chunks(1).chain(listed.chunks(TERMS_AT_ONCE));
    for group in groups {
        let rows = parameters(group.len(), 6);
        let sql = format!(
            "INSERT INTO document_terms (kind, name, value, sort, key, is_unique) VALUES {rows}"
        );
        let values = group.iter().flat_map(|term| {
            [
                Value::Text(Some(kind.into())),
                Value::Text(Some(term.name.into())),
                Value::Key(&term.value),
                Value::Key(&term.sort),
                Value::Key(key),
                Value::Flag(term.is_unique),
            ]
        });
        let mut statement = Statement::new(sql);
        statement.values.extend(values);
        let name = group.first().map_or(kind, |term| term.name);
        run(connection, statement, name, kind).await?;
    }
    Ok(())
}
