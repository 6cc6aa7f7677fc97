//! From rows to documents.

use std::str::FromStr;

use jiff::Timestamp;
use polycode_core::catalogue::Content;
use polycode_core::event::{Logged, Recorded};
use polycode_core::id::{ComponentId, ContentId, EntryId, EventId, SubmissionId, UserId};
use polycode_core::judging::{Submission, SubmissionStatus, Verdict};
use polycode_core::polypoints::{Account, Entry, Wallet};
use polycode_core::port::{ListPlace, PortError, Purse, StoredDocument, StoredTerm, Versioned};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Fuel, Points, Score, Version};
use serde::de::DeserializeOwned;
use serde_json::Map;
use uuid::Uuid;

/// A row of a database, by the few types that columns have.
pub(crate) trait Columns: Send + Sync {
    /// A text, of whatever type that holds texts.
    fn text(&self, name: &str) -> Result<Option<&str>, PortError>;

    /// A number.
    fn number(&self, name: &str) -> Result<Option<i64>, PortError>;

    /// An id.
    fn id(&self, name: &str) -> Result<Uuid, PortError>;
}

pub(super) fn content(row: &impl Columns) -> Result<Content, PortError> {
    Ok(Content {
        id: ContentId(row.id("id")?),
        draft: json(row, "body")?,
    })
}

pub(super) fn submission(row: &impl Columns) -> Result<Submission, PortError> {
    let status = match text(row, "status")? {
        "pending" => match row.text("review_since")? {
            None => SubmissionStatus::Pending,
            Some(since) => SubmissionStatus::AwaitingReview {
                at: parse("review_since", since)?,
            },
        },
        "graded" => SubmissionStatus::Graded {
            verdict: parsed::<Verdict>(row, "verdict")?,
            score: score(row)?,
            fuel: Fuel(count(row, "fuel")?),
            at: parsed(row, "judged_at")?,
        },
        "ungradable" => SubmissionStatus::Ungradable {
            at: parsed(row, "judged_at")?,
        },
        other => return Err(broken("status", &format!("there is no status `{other}`"))),
    };
    Ok(Submission {
        id: SubmissionId(row.id("id")?),
        user: parsed::<UserId>(row, "user")?,
        content: ContentId(row.id("content")?),
        content_version: Version(count(row, "content_version")?),
        component: parsed::<ComponentId>(row, "component")?,
        received_at: parsed(row, "received_at")?,
        status,
    })
}

pub(super) fn submission_id(row: &impl Columns) -> Result<SubmissionId, PortError> {
    Ok(SubmissionId(row.id("id")?))
}

pub(super) fn progress(row: &impl Columns) -> Result<Progress, PortError> {
    let completed = row.text("completed_at")?;
    Ok(Progress {
        user: parsed(row, "user")?,
        content: ContentId(row.id("content")?),
        best: json(row, "best")?,
        score: score(row)?,
        completed_at: completed
            .map(|text| parse("completed_at", text))
            .transpose()?,
        paid: Points(count(row, "paid")?),
    })
}

pub(super) fn wallet(row: &impl Columns) -> Result<Wallet, PortError> {
    Ok(Wallet {
        user: parsed(row, "user")?,
        balance: Points(count(row, "balance")?),
    })
}

pub(super) fn entry(row: &impl Columns) -> Result<Entry, PortError> {
    Ok(Entry {
        id: EntryId(row.id("id")?),
        debit: account(row, "debit", "debit_user")?,
        credit: account(row, "credit", "credit_user")?,
        points: Points(count(row, "points")?),
        reason: json(row, "reason")?,
        at: parsed(row, "at")?,
    })
}

pub(super) fn fuller(row: &impl Columns) -> Result<u64, PortError> {
    count(row, "fuller")
}

/// How many documents were found.
pub(super) fn found(row: &impl Columns) -> Result<u64, PortError> {
    count(row, "found")
}

/// A kind of document, and the edition that its terms are of.
pub(super) fn edition(row: &impl Columns) -> Result<(String, u64), PortError> {
    Ok((text(row, "kind")?.to_owned(), count(row, "edition")?))
}

/// A term and the key of its document.
pub(super) fn term(row: &impl Columns) -> Result<(String, StoredTerm), PortError> {
    let key = text(row, "key")?.to_owned();
    let term = StoredTerm {
        name: text(row, "name")?.to_owned(),
        value: text(row, "value")?.to_owned(),
        sort: text(row, "sort")?.to_owned(),
        is_unique: count(row, "is_unique")? != 0,
    };
    Ok((key, term))
}

pub(super) fn document(row: &impl Columns) -> Result<StoredDocument, PortError> {
    Ok(StoredDocument {
        key: text(row, "key")?.to_owned(),
        version: Version(count(row, "version")?),
        body: text(row, "body")?.to_owned(),
    })
}

/// A document, and where it stands in its list.
pub(super) fn listed_document(
    row: &impl Columns,
) -> Result<(ListPlace, StoredDocument), PortError> {
    let document = document(row)?;
    let place = ListPlace {
        sort: text(row, "sort")?.to_owned(),
        key: document.key.clone(),
    };
    Ok((place, document))
}

pub(super) fn purse(row: &impl Columns) -> Result<Purse, PortError> {
    Ok(Purse {
        key: text(row, "key")?.to_owned(),
        points: Points(count(row, "points")?),
    })
}

pub(super) fn event(row: &impl Columns) -> Result<Logged, PortError> {
    Ok(Logged {
        cursor: Cursor(count(row, "cursor")?),
        recorded: Recorded {
            id: EventId(row.id("id")?),
            at: parsed::<Timestamp>(row, "at")?,
            schema: small(row, "schema")?,
            event: json(row, "body")?,
        },
    })
}

/// The body of an answer or a report.
pub(super) fn body<T: DeserializeOwned>(row: &impl Columns) -> Result<T, PortError> {
    json(row, "body")
}

/// A document with the version in its row.
pub(super) fn versioned<T, R: Columns>(
    read: impl Fn(&R) -> Result<T, PortError>,
) -> impl Fn(&R) -> Result<Versioned<T>, PortError> {
    move |row| {
        Ok(Versioned {
            version: Version(count(row, "version")?),
            value: read(row)?,
        })
    }
}

fn account(
    row: &impl Columns,
    kind: &'static str,
    user: &'static str,
) -> Result<Account, PortError> {
    let mut wire = Map::new();
    wire.insert("kind".to_owned(), text(row, kind)?.into());
    if let Some(user) = row.text(user)? {
        wire.insert("user".to_owned(), user.into());
    }
    serde_json::from_value(wire.into()).map_err(|error| broken(kind, &error))
}

fn score(row: &impl Columns) -> Result<Score, PortError> {
    let millionths: u32 = small(row, "score")?;
    Score::try_from(millionths).map_err(|error| broken("score", &error))
}

fn count(row: &impl Columns, name: &'static str) -> Result<u64, PortError> {
    small(row, name)
}

fn small<T>(row: &impl Columns, name: &'static str) -> Result<T, PortError>
where
    T: TryFrom<i64, Error: ToString>,
{
    let number = row.number(name)?.ok_or_else(|| absent(name))?;
    T::try_from(number).map_err(|error| broken(name, &error))
}

fn json<T: DeserializeOwned>(row: &impl Columns, name: &'static str) -> Result<T, PortError> {
    serde_json::from_str(text(row, name)?).map_err(|error| broken(name, &error))
}

fn parsed<T>(row: &impl Columns, name: &'static str) -> Result<T, PortError>
where
    T: FromStr<Err: ToString>,
{
    parse(name, text(row, name)?)
}

fn parse<T: FromStr<Err: ToString>>(name: &'static str, text: &str) -> Result<T, PortError> {
    text.parse()
        .map_err(|error: T::Err| broken(name, &error.to_string()))
}

fn text<'r>(row: &'r impl Columns, name: &'static str) -> Result<&'r str, PortError> {
    row.text(name)?.ok_or_else(|| absent(name))
}

fn absent(name: &'static str) -> PortError {
    broken(name, "it is not there")
}

/// Something in the database that was not written by this store.
fn broken(name: &'static str, why: &(impl ToString + ?Sized)) -> PortError {
    let why = why.to_string();
    PortError::permanent(format!("the store holds a broken `{name}`: {why}"))
}
