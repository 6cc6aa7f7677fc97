//! The statements that write each kind of document.

use jiff::Timestamp;
use polycode_core::catalogue::Content;
use polycode_core::event::Recorded;
use polycode_core::id::SubmissionId;
use polycode_core::judging::{Submission, SubmissionStatus};
use polycode_core::polypoints::{Account, Entry, Wallet};
use polycode_core::port::{Commit, CommitError, PortError, Write};
use polycode_core::practice::Progress;
use polycode_core::quantity::Version;
use serde::Serialize;
use sqlx::query;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

use crate::rules::unknown;
use crate::sqlite::documents;
use crate::sqlite::statement::{bind_expected, run, write_expected};

/// Writes everything of a commit in order; after an error some of it may stand in the open
/// transaction.
pub(super) async fn write_commit(
    connection: &mut SqliteConnection,
    commit: &Commit,
) -> Result<(), CommitError> {
    for write in &commit.writes {
        write_document(connection, write).await?;
    }
    for event in &commit.events {
        append_event(connection, event).await?;
    }
    Ok(())
}

async fn write_document(
    connection: &mut SqliteConnection,
    write: &Write,
) -> Result<(), CommitError> {
    match write {
        Write::Content { expected, content } => write_content(connection, *expected, content).await,
        Write::Submission {
            expected,
            submission,
        } => write_submission(connection, *expected, submission).await,
        Write::Answer { submission, answer } => {
            let sql = "INSERT INTO answers (submission, body) VALUES (?, ?)";
            write_beside(connection, sql, *submission, &**answer).await
        }
        Write::Report { submission, report } => {
            let sql = "INSERT INTO reports (submission, body) VALUES (?, ?) \
                       ON CONFLICT (submission) DO UPDATE SET body = excluded.body";
            write_beside(connection, sql, *submission, &**report).await
        }
        Write::Progress { expected, progress } => {
            write_progress(connection, *expected, progress).await
        }
        Write::Wallet { expected, wallet } => write_wallet(connection, *expected, wallet).await,
        Write::Entry(entry) => write_entry(connection, entry).await,
        Write::Document(document) => documents::write(connection, document).await,
        _ => Err(unknown("document").into()),
    }
}

async fn write_content(
    connection: &mut SqliteConnection,
    expected: Option<Version>,
    content: &Content,
) -> Result<(), CommitError> {
    let id = blob(content.id.0);
    let sql = match expected {
        None => {
            "INSERT INTO contents (slug, id, version) SELECT ?1, ?2, 1 \
             WHERE NOT EXISTS (SELECT 1 FROM contents WHERE id = ?2)"
        }
        Some(_) => {
            "UPDATE contents SET slug = ?, version = version + 1 WHERE id = ? AND version = ?"
        }
    };
    let head = query(sql)
        .bind(content.draft.slug.as_str())
        .bind(id.clone());
    let head = bind_expected(head, expected);
    write_expected(connection, head, "content", "slug", "content").await?;
    let sql = "INSERT INTO content_versions (content, version, body) \
               SELECT id, version, ? FROM contents WHERE id = ?";
    let body = query(sql).bind(json(&content.draft)?).bind(id);
    run(connection, body, "version of a content", "content").await?;
    Ok(())
}

async fn write_submission(
    connection: &mut SqliteConnection,
    expected: Option<Version>,
    submission: &Submission,
) -> Result<(), CommitError> {
    let sql = match expected {
        None => {
            "INSERT INTO submissions (user, content, content_version, component, received_at, \
             status, verdict, score, fuel, judged_at, review_since, id, version) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (id) DO NOTHING"
        }
        Some(_) => {
            "UPDATE submissions SET user = ?, content = ?, content_version = ?, component = ?, \
             received_at = ?, status = ?, verdict = ?, score = ?, fuel = ?, judged_at = ?, \
             review_since = ?, version = version + 1 WHERE id = ? AND version = ?"
        }
    };
    let (status, verdict, score, fuel, judged_at) = match submission.status {
        SubmissionStatus::Pending | SubmissionStatus::AwaitingReview { .. } => {
            ("pending", None, None, None, None)
        }
        SubmissionStatus::Graded {
            verdict,
            score,
            fuel,
            at,
        } => (
            "graded",
            Some(verdict.as_str()),
            Some(score.millionths()),
            Some(integer(fuel.0)?),
            Some(at),
        ),
        SubmissionStatus::Ungradable { at } => ("ungradable", None, None, None, Some(at)),
        _ => return Err(unknown("status").into()),
    };
    let review_since = match submission.status {
        SubmissionStatus::AwaitingReview { at } => Some(text(at)),
        _ => None,
    };
    let statement = query(sql)
        .bind(submission.user.as_str())
        .bind(blob(submission.content.0))
        .bind(integer(submission.content_version.0)?)
        .bind(submission.component.as_str())
        .bind(text(submission.received_at))
        .bind(status)
        .bind(verdict)
        .bind(score)
        .bind(fuel)
        .bind(judged_at.map(text))
        .bind(review_since)
        .bind(blob(submission.id.0));
    let statement = bind_expected(statement, expected);
    let refers = "version of a content";
    write_expected(connection, statement, "submission", "submission", refers).await
}

/// Writes a document that lies beside a submission.
async fn write_beside(
    connection: &mut SqliteConnection,
    sql: &'static str,
    submission: SubmissionId,
    document: &(impl Serialize + Sync),
) -> Result<(), CommitError> {
    let statement = query(sql).bind(blob(submission.0)).bind(json(document)?);
    run(connection, statement, "answer", "submission").await?;
    Ok(())
}

async fn write_progress(
    connection: &mut SqliteConnection,
    expected: Option<Version>,
    progress: &Progress,
) -> Result<(), CommitError> {
    let sql = match expected {
        None => {
            "INSERT INTO progress (best, score, completed_at, paid, user, content, version) \
             VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT (user, content) DO NOTHING"
        }
        Some(_) => {
            "UPDATE progress SET best = ?, score = ?, completed_at = ?, paid = ?, \
             version = version + 1 WHERE user = ? AND content = ? AND version = ?"
        }
    };
    let statement = query(sql)
        .bind(json(&progress.best)?)
        .bind(progress.score.millionths())
        .bind(progress.completed_at.map(text))
        .bind(integer(progress.paid.0)?)
        .bind(progress.user.as_str())
        .bind(blob(progress.content.0));
    let statement = bind_expected(statement, expected);
    write_expected(connection, statement, "progress", "progress", "content").await
}

async fn write_wallet(
    connection: &mut SqliteConnection,
    expected: Option<Version>,
    wallet: &Wallet,
) -> Result<(), CommitError> {
    let sql = match expected {
        None => {
            "INSERT INTO wallets (balance, user, version) VALUES (?, ?, 1) \
             ON CONFLICT (user) DO NOTHING"
        }
        Some(_) => {
            "UPDATE wallets SET balance = ?, version = version + 1 WHERE user = ? AND version = ?"
        }
    };
    let statement = query(sql)
        .bind(integer(wallet.balance.0)?)
        .bind(wallet.user.as_str());
    let statement = bind_expected(statement, expected);
    write_expected(connection, statement, "wallet", "wallet", "wallet").await
}

async fn write_entry(connection: &mut SqliteConnection, entry: &Entry) -> Result<(), CommitError> {
    let sql = "INSERT INTO entries \
               (id, debit, debit_user, credit, credit_user, points, reason_key, reason, at) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let statement = query(sql)
        .bind(blob(entry.id.0))
        .bind(kind_of(&entry.debit)?)
        .bind(user_of(&entry.debit))
        .bind(kind_of(&entry.credit)?)
        .bind(user_of(&entry.credit))
        .bind(integer(entry.points.0)?)
        .bind(entry.reason.to_string())
        .bind(json(&entry.reason)?)
        .bind(text(entry.at));
    run(connection, statement, "entry", "wallet").await?;
    Ok(())
}

async fn append_event(
    connection: &mut SqliteConnection,
    event: &Recorded,
) -> Result<(), CommitError> {
    let statement = query("INSERT INTO events (id, at, schema, body) VALUES (?, ?, ?, ?)")
        .bind(blob(event.id.0))
        .bind(text(event.at))
        .bind(event.schema)
        .bind(json(&event.event)?);
    run(connection, statement, "event", "event").await?;
    Ok(())
}

/// The kind of an account, by its name on the wire.
fn kind_of(account: &Account) -> Result<String, PortError> {
    let wire = serde_json::to_value(account).unwrap_or_default();
    let kind = wire.get("kind").and_then(serde_json::Value::as_str);
    kind.map(ToOwned::to_owned)
        .ok_or_else(|| unknown("account"))
}

fn user_of(account: &Account) -> Option<&str> {
    match account {
        Account::Wallet { user } => Some(user.as_str()),
        _ => None,
    }
}

fn blob(id: Uuid) -> Vec<u8> {
    id.into_bytes().to_vec()
}

/// All nine decimals, so that times sort as text.
fn text(time: Timestamp) -> String {
    format!("{time:.9}")
}

fn integer(number: u64) -> Result<i64, PortError> {
    i64::try_from(number).map_err(|error| {
        PortError::permanent(format!("{number} is more than the store can count")).caused_by(error)
    })
}

fn json(document: &impl Serialize) -> Result<String, PortError> {
    serde_json::to_string(document).map_err(|error| {
        PortError::permanent(format!("a document can't be written as JSON: {error}"))
            .caused_by(error)
    })
}
