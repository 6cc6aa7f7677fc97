//! From rows to documents.

use std::str::FromStr;

use jiff::Timestamp;
use polycode_core::catalogue::Content;
use polycode_core::event::{Logged, Recorded};
use polycode_core::id::{ComponentId, ContentId, EntryId, EventId, SubmissionId, UserId};
use polycode_core::judging::{Submission, SubmissionStatus, Verdict};
use polycode_core::polypoints::{Account, Entry, Wallet};
use polycode_core::port::{ListPlace, PortError, StoredDocument, Versioned};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Fuel, Points, Score, Version};
use serde::de::DeserializeOwned;
use serde_json::Map;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use crate::sqlite::error::read_error;

pub(super) fn content(row: &SqliteRow) -> Result<Content, PortError> {
    Ok(Content {
        id: ContentId(uuid(row, "id")?),
        draft: json(row, "body")?,
    })
}

pub(super) fn submission(row: &SqliteRow) -> Result<Submission, PortError> {
    let status: &str = column(row, "status")?;
    let status = match status {
        "pending" => match column::<Option<&str>>(row, "review_since")? {
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
        id: SubmissionId(uuid(row, "id")?),
        user: parsed::<UserId>(row, "user")?,
        content: ContentId(uuid(row, "content")?),
        content_version: Version(count(row, "content_version")?),
        component: parsed::<ComponentId>(row, "component")?,
        received_at: parsed(row, "received_at")?,
        status,
    })
}

pub(super) fn submission_id(row: &SqliteRow) -> Result<SubmissionId, PortError> {
    Ok(SubmissionId(uuid(row, "id")?))
}

pub(super) fn progress(row: &SqliteRow) -> Result<Progress, PortError> {
    let completed: Option<&str> = column(row, "completed_at")?;
    Ok(Progress {
        user: parsed(row, "user")?,
        content: ContentId(uuid(row, "content")?),
        best: json(row, "best")?,
        score: score(row)?,
        completed_at: completed
            .map(|text| parse("completed_at", text))
            .transpose()?,
        paid: Points(count(row, "paid")?),
    })
}

pub(super) fn wallet(row: &SqliteRow) -> Result<Wallet, PortError> {
    Ok(Wallet {
        user: parsed(row, "user")?,
        balance: Points(count(row, "balance")?),
    })
}

pub(super) fn entry(row: &SqliteRow) -> Result<Entry, PortError> {
    Ok(Entry {
        id: EntryId(uuid(row, "id")?),
        debit: account(row, "debit", "debit_user")?,
        credit: account(row, "credit", "credit_user")?,
        points: Points(count(row, "points")?),
        reason: json(row, "reason")?,
        at: parsed(row, "at")?,
    })
}

pub(super) fn fuller(row: &SqliteRow) -> Result<u64, PortError> {
    count(row, "fuller")
}

pub(super) fn document(row: &SqliteRow) -> Result<StoredDocument, PortError> {
    Ok(StoredDocument {
        key: column(row, "key")?,
        version: Version(count(row, "version")?),
        body: column(row, "body")?,
    })
}

/// A document, and where it stands in its list.
pub(super) fn listed_document(row: &SqliteRow) -> Result<(ListPlace, StoredDocument), PortError> {
    let document = document(row)?;
    let place = ListPlace {
        sort: column(row, "sort")?,
        key: document.key.clone(),
    };
    Ok((place, document))
}

pub(super) fn event(row: &SqliteRow) -> Result<Logged, PortError> {
    Ok(Logged {
        cursor: Cursor(count(row, "cursor")?),
        recorded: Recorded {
            id: EventId(uuid(row, "id")?),
            at: parsed::<Timestamp>(row, "at")?,
            schema: column(row, "schema")?,
            event: json(row, "body")?,
        },
    })
}

/// The body of an answer or a report.
pub(super) fn body<T: DeserializeOwned>(row: &SqliteRow) -> Result<T, PortError> {
    json(row, "body")
}

/// A document with the version in its row.
pub(super) fn versioned<T>(
    read: impl Fn(&SqliteRow) -> Result<T, PortError>,
) -> impl Fn(&SqliteRow) -> Result<Versioned<T>, PortError> {
    move |row| {
        Ok(Versioned {
            version: Version(count(row, "version")?),
            value: read(row)?,
        })
    }
}

fn account(row: &SqliteRow, kind: &'static str, user: &'static str) -> Result<Account, PortError> {
    let mut wire = Map::new();
    wire.insert("kind".to_owned(), column::<String>(row, kind)?.into());
    if let Some(user) = column::<Option<String>>(row, user)? {
        wire.insert("user".to_owned(), user.into());
    }
    serde_json::from_value(wire.into()).map_err(|error| broken(kind, &error))
}

fn score(row: &SqliteRow) -> Result<Score, PortError> {
    let millionths: u32 = column(row, "score")?;
    Score::try_from(millionths).map_err(|error| broken("score", &error))
}

fn count(row: &SqliteRow, name: &'static str) -> Result<u64, PortError> {
    let number: i64 = column(row, name)?;
    u64::try_from(number).map_err(|error| broken(name, &error))
}

fn uuid(row: &SqliteRow, name: &'static str) -> Result<Uuid, PortError> {
    let bytes: &[u8] = column(row, name)?;
    Uuid::from_slice(bytes).map_err(|error| broken(name, &error))
}

fn json<T: DeserializeOwned>(row: &SqliteRow, name: &'static str) -> Result<T, PortError> {
    let text: &str = column(row, name)?;
    serde_json::from_str(text).map_err(|error| broken(name, &error))
}

fn parsed<T: FromStr<Err: ToString>>(row: &SqliteRow, name: &'static str) -> Result<T, PortError> {
    parse(name, column(row, name)?)
}

fn parse<T: FromStr<Err: ToString>>(name: &'static str, text: &str) -> Result<T, PortError> {
    text.parse()
        .map_err(|error: T::Err| broken(name, &error.to_string()))
}

fn column<'r, T>(row: &'r SqliteRow, name: &'static str) -> Result<T, PortError>
where
    T: sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    row.try_get(name).map_err(read_error)
}

/// Something in the database that was not written by this store.
fn broken(name: &'static str, why: &(impl ToString + ?Sized)) -> PortError {
    let why = why.to_string();
    PortError::permanent(format!("the store holds a broken `{name}`: {why}"))
}
