//! Documents: one table for all of them, one for the terms that they are found by.

use std::collections::BTreeSet;

use polycode_core::port::{
    Change, CommitError, DocumentWrite, ListPlace, Lookup, PageRequest, StoredDocument, StoredTerm,
    Term,
};
use polycode_core::quantity::Version;

use crate::page::rows_for;
use crate::sql::statement::{Statement, parameters};
use crate::sql::write::{Writes, run, write_expected};
use crate::sql::{Reads, Value, row};

/// How many terms one statement writes at most: few texts of statements, so that all stay
/// prepared.
const TERMS_AT_ONCE: usize = 8;
/// The same while there are many.
const MANY_TERMS_AT_ONCE: usize = 64;
/// The columns that [`row::term`] reads.
const TERMS: &str = "SELECT key, name, value, sort, \
    CAST(CAST(is_unique AS INTEGER) AS BIGINT) AS is_unique FROM document_terms";
/// As many documents are quickly looked at one by one.
pub(super) const FEW: u64 = 500;

pub(super) fn get<'q>(kind: &'static str, key: &'q str) -> Statement<'q> {
    Statement::new("SELECT key, version, body FROM documents WHERE kind = $1 AND key = $2")
        .text(kind)
        .key(key)
}

/// All documents of a kind.
pub(super) fn all_of<'q>(kind: &'static str, page: &'q PageRequest) -> Statement<'q> {
    let statement = Statement::new("").text(kind).number(rows_for(page));
    let (after, statement) = match &page.after {
        Some(after) => (" AND key > $3", statement.key(after)),
        None => ("", statement),
    };
    let sql = format!(
        "SELECT key, version, body FROM documents WHERE kind = $1{after} ORDER BY key LIMIT $2"
    );
    Statement {
        sql: sql.into(),
        ..statement
    }
}

/// The terms of documents that follow each other; nothing when there are none.
pub(super) fn terms_of<'q>(
    kind: &'static str,
    documents: &'q [StoredDocument],
) -> Option<Statement<'q>> {
    let sql = format!(
        "{TERMS} WHERE kind = $1 AND key >= $2 AND key <= $3 ORDER BY key, name, value, sort"
    );
    let (first, last) = (documents.first()?, documents.last()?);
    let statement = Statement::new(sql).text(kind);
    Some(statement.key(&first.key).key(&last.key))
}

/// How many words of documents begin so, a document with two of them counted twice; those after
/// [`FEW`] are not counted.
pub(super) fn with_word<'q>(kind: &'static str, word: &'q str) -> Statement<'q> {
    let sql = "SELECT count(*) AS found FROM (SELECT 1 FROM document_terms \
               WHERE kind = $1 AND name = $2 AND value >= $3 AND value < $4 LIMIT $5) AS found";
    Statement::new(sql)
        .text(kind)
        .text(Term::WORD)
        .key(word)
        .key(after_all_that_begin_with(word))
        .number(i64::try_from(FEW + 1).unwrap_or(i64::MAX))
}

/// A page of a list. A rare word of those that are looked for leads: what has it is sorted; else
/// the list is read in its order until there is enough. How what has it is looked up,
/// [`Database::EACH_FOUND`](crate::sql::Database::EACH_FOUND) says.
pub(super) fn list<'q>(
    lookup: &'q Lookup,
    rare: Option<&'q str>,
    each_found: &str,
    place: Option<&'q ListPlace>,
    page: &PageRequest,
) -> Statement<'q> {
    let mut statement = Statement::new("")
        .text(lookup.kind)
        .text(lookup.term)
        .key(&lookup.value)
        .number(rows_for(page));
    let mut from = "document_terms t JOIN documents d ON d.kind = t.kind AND d.key = t.key";
    let mut bounds = Vec::new();
    let found;
    if let Some(word) = rare {
        let has = has_word(&mut statement, word);
        // The empty text keeps SQLite from reading the kind in order of keys.
        found = format!(
            "(SELECT DISTINCT o.key || '' AS key FROM document_terms o \
             WHERE o.kind = $1{has}) AS found \
             {each_found} CROSS JOIN documents d"
        );
        from = &found;
        bounds.push(" AND t.key = found.key AND d.kind = t.kind AND d.key = t.key".to_owned());
    }
    for word in &lookup.words {
        if rare != Some(word) {
            let has = has_word(&mut statement, word);
            // The OFFSET keeps PostgreSQL from joining with all that have this word, too.
            bounds.push(format!(
                " AND EXISTS (SELECT 1 FROM document_terms o \
                 WHERE o.kind = t.kind AND o.key = t.key{has} LIMIT 1 OFFSET 0)"
            ));
        }
    }
    if let Some(until) = &lookup.until {
        bounds.push(format!(" AND t.sort <= ${}", statement.values.len() + 1));
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
        "SELECT t.sort, d.key, d.version, d.body FROM {from} \
         WHERE t.kind = $1 AND t.name = $2 AND t.value = $3{bounds} \
         ORDER BY t.sort{order}, t.key{order} LIMIT $4"
    )
    .into();
    statement
}

/// That a term `o` is a word that begins so.
fn has_word<'q>(statement: &mut Statement<'q>, word: &'q str) -> String {
    let next = statement.values.len() + 1;
    statement.values.extend([
        Value::Text(Some(Term::WORD.into())),
        Value::Key(word.into()),
        Value::Key(after_all_that_begin_with(word).into()),
    ]);
    let (from, to) = (next + 1, next + 2);
    format!(" AND o.name = ${next} AND o.value >= ${from} AND o.value < ${to}")
}

/// No word has the last character there is.
fn after_all_that_begin_with(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

pub(super) async fn write<C: Reads + Writes>(
    connection: &mut C,
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
                change_terms(connection, kind, key, terms).await
            } else {
                add_terms(connection, kind, key, terms.iter().collect()).await
            }
        }
    }
}

/// Makes the terms of a document those that it names now. Most stay as they are: of a text that is
/// changed in one place, most words.
pub(super) async fn change_terms<C: Reads + Writes>(
    connection: &mut C,
    kind: &'static str,
    key: &str,
    terms: &[Term],
) -> Result<(), CommitError> {
    let mut stored = BTreeSet::new();
    let mut take = |row: C::Row| {
        let (_, term) = row::term(&row)?;
        stored.insert(term);
        Ok(())
    };
    let sql = format!("{TERMS} WHERE kind = $1 AND key = $2");
    let statement = Statement::new(sql).text(kind).key(key);
    connection.each(statement, &mut take).await?;
    let named: BTreeSet<_> = terms.iter().cloned().map(StoredTerm::from).collect();
    let gone: Vec<_> = stored.difference(&named).collect();
    remove_terms(connection, kind, key, &gone).await?;
    let is_new = |term: &&Term| !stored.contains(&StoredTerm::from((*term).clone()));
    add_terms(connection, kind, key, terms.iter().filter(is_new).collect()).await
}

async fn remove_terms(
    connection: &mut impl Writes,
    kind: &'static str,
    key: &str,
    terms: &[&StoredTerm],
) -> Result<(), CommitError> {
    for group in at_once(terms) {
        let rows = parameters(group.len(), 3);
        let next = 3 * group.len() + 1;
        let sql = format!(
            "DELETE FROM document_terms WHERE (name, value, sort) IN (VALUES {rows}) \
             AND kind = ${next} AND key = ${}",
            next + 1
        );
        let mut statement = Statement::new(sql);
        for term in group {
            let (name, value, sort) = (&*term.name, &*term.value, &*term.sort);
            statement = statement.text(name).key(value).key(sort);
        }
        run(connection, statement.text(kind).key(key), kind, kind).await?;
    }
    Ok(())
}

async fn add_terms(
    connection: &mut impl Writes,
    kind: &'static str,
    key: &str,
    mut terms: Vec<&Term>,
) -> Result<(), CommitError> {
    terms.sort_unstable();
    // A term that is named twice puts the document there once.
    terms.dedup();
    let (unique, listed): (Vec<_>, Vec<_>) = terms.into_iter().partition(|term| term.is_unique);
    // Those that may be taken one by one, to say which one was.
    for group in unique.chunks(1).chain(at_once(&listed)) {
        let rows = parameters(group.len(), 6);
        let sql = format!(
            "INSERT INTO document_terms (kind, name, value, sort, key, is_unique) VALUES {rows}"
        );
        let values = group.iter().flat_map(|term| {
            [
                Value::Text(Some(kind.into())),
                Value::Text(Some(term.name.into())),
                Value::Key(term.value.as_str().into()),
                Value::Key(term.sort.as_str().into()),
                Value::Key(key.into()),
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

/// Terms, as many together as one statement writes.
fn at_once<T>(terms: &[T]) -> impl Iterator<Item = &[T]> {
    let many = terms.chunks_exact(MANY_TERMS_AT_ONCE);
    let rest = many.remainder().chunks(TERMS_AT_ONCE);
    many.chain(rest)
}

#[cfg(all(test, unix, feature = "postgres", feature = "testkit"))]
mod tests {
    use polycode_core::port::{Commit, Store, Write};
    use sqlx::Row;

    use super::*;
    use crate::PostgresStore;
    use crate::postgres::Postgres;
    use crate::sql::Database;
    use crate::testkit::postgres::fresh;
    use crate::testkit::sample;

    const KIND: &str = "module of a test";
    const DOCUMENTS: u64 = 2_000;

    /// One of a list, with a word that all have and one that each hundredth has.
    fn listed(number: u64) -> Write {
        let text = format!("loops topic{}", 100 + number % 100);
        let place = Term::listed("published", "", &format!("{number:08}"));
        Write::Document(DocumentWrite {
            kind: KIND,
            key: sample::uuid(number).to_string(),
            expected: None,
            change: Change::Put {
                body: "{}".to_owned(),
                terms: Term::words([text.as_str()]).chain([place]).collect(),
            },
        })
    }

    #[tokio::test]
    async fn given_a_rare_word_when_postgresql_looks_for_it_and_another_then_no_step_reads_the_list()
     {
        let store = PostgresStore::open(&fresh()).await.unwrap();
        let writes = (0..DOCUMENTS).map(listed).collect();
        let events = Vec::new();
        store.commit(Commit { writes, events }).await.unwrap();
        let lookup = Lookup {
            kind: KIND,
            term: "published",
            value: String::new(),
            until: None,
            is_reversed: false,
            words: vec!["loops".to_owned(), "topic142".to_owned()],
        };
        let page = PageRequest::default();
        let mut statement = list(&lookup, Some("topic142"), Postgres::EACH_FOUND, None, &page);
        let explained = format!("EXPLAIN (ANALYZE, TIMING OFF) {}", statement.sql);
        statement.sql = explained.into();
        let rows = store.database.rows(statement).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let read = plan.iter().filter_map(|step| {
            let (_, read) = step.split_once("actual rows=")?;
            read.split(['.', ' ']).next()?.parse::<u64>().ok()
        });
        let read: Vec<_> = read.collect();
        assert_eq!(read.first(), Some(&20), "{plan:#?}");
        assert!(read.iter().all(|rows| *rows < DOCUMENTS / 10), "{plan:#?}");
    }
}
