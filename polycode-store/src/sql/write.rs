//! The statements that write each kind of document.

use std::sync::LazyLock;

use async_trait::async_trait;
use polycode_core::catalogue::Content;
use polycode_core::event::Recorded;
use polycode_core::id::SubmissionId;
use polycode_core::judging::{Submission, SubmissionStatus};
use polycode_core::polypoints::{Account, Entry, Wallet};
use polycode_core::port::{Commit, CommitError, PortError, Write};
use polycode_core::practice::Progress;
use polycode_core::quantity::Version;
use serde::Serialize;

use crate::rules::{conflict, unknown};
use crate::sql::error::Unwritten;
use crate::sql::statement::{Statement, Value, integer, json, parameters, time};
use crate::sql::{Reads, documents};

/// How many events one statement writes at most: few texts of statements, so that all stay
/// prepared.
const EVENTS_AT_ONCE: usize = 8;

/// What writes so many events.
static INSERT_EVENTS: LazyLock<[String; EVENTS_AT_ONCE + 1]> = LazyLock::new(|| {
    std::array::from_fn(|count| {
        let rows = parameters(count, 4);
        format!("INSERT INTO events (id, at, schema, body) VALUES {rows}")
    })
});

/// A connection in a transaction.
#[async_trait]
pub(crate) trait Writes: Send {
    /// Runs a statement and returns how many rows it wrote.
    async fn execute(&mut self, statement: Statement<'_>) -> Result<u64, Unwritten>;
}

/// Writes everything of a commit in order; after an error some of it may stand in the open
/// transaction.
pub(crate) async fn write_commit<C: Reads + Writes>(
    connection: &mut C,
    commit: &Commit,
) -> Result<(), CommitError> {
    for write in &commit.writes {
        write_document(connection, write).await?;
    }
    for events in commit.events.chunks(EVENTS_AT_ONCE) {
        append_events(connection, events).await?;
    }
    Ok(())
}

/// Runs a statement that changes a row only at the version that was read.
pub(super) async fn write_expected(
    connection: &mut impl Writes,
    statement: Statement<'_>,
    document: &'static str,
    unique: &'static str,
    refers: &'static str,
) -> Result<(), CommitError> {
    match run(connection, statement, unique, refers).await? {
        0 => Err(conflict(document)),
        _ => Ok(()),
    }
}

/// Runs a statement and returns how many rows it wrote.
pub(super) async fn run(
    connection: &mut impl Writes,
    statement: Statement<'_>,
    unique: &'static str,
    refers: &'static str,
) -> Result<u64, CommitError> {
    let written = connection.execute(statement).await;
    written.map_err(|unwritten| unwritten.means(unique, refers))
}

async fn write_document<C: Reads + Writes>(
    connection: &mut C,
    write: &Write,
) -> Result<(), CommitError> {
    match write {
        Write::Content { expected, content } => write_content(connection, *expected, content).await,
        Write::Submission {
            expected,
            submission,
        } => write_submission(connection, *expected, submission).await,
        Write::Answer { submission, answer } => {
            let sql = "INSERT INTO answers (submission, body) VALUES ($1, $2)";
            write_beside(connection, sql, *submission, &**answer).await
        }
        Write::Report { submission, report } => {
            let sql = "INSERT INTO reports (submission, body) VALUES ($1, $2) \
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
    connection: &mut impl Writes,
    expected: Option<Version>,
    content: &Content,
) -> Result<(), CommitError> {
    let id = content.id.0;
    let sql = match expected {
        // An id that is there is looked at before a slug that is.
        None => {
            "INSERT INTO contents (slug, id, version) SELECT $1, $2, 1 \
             WHERE NOT EXISTS (SELECT 1 FROM contents WHERE id = $2) ON CONFLICT (id) DO NOTHING"
        }
        Some(_) => {
            "UPDATE contents SET slug = $1, version = version + 1 WHERE id = $2 AND version = $3"
        }
    };
    let head = Statement::new(sql)
        .text(content.draft.slug.as_str())
        .id(id)
        .expected(expected);
    write_expected(connection, head, "content", "slug", "content").await?;
    let sql = "INSERT INTO content_versions (content, version, body) \
               SELECT id, version, $1 FROM contents WHERE id = $2";
    let body = Statement::new(sql).json(json(&content.draft)?).id(id);
    run(connection, body, "version of a content", "content").await?;
    Ok(())
}

async fn write_submission(
    connection: &mut impl Writes,
    expected: Option<Version>,
    submission: &Submission,
) -> Result<(), CommitError> {
    let (unique, refers) = ("submission", "version of a content");
    if let Some(version) = expected {
        // Grading changes nothing else; SQLite writes the indexes of every column that is named.
        let sql = "UPDATE submissions SET status = $1, verdict = $2, score = $3, fuel = $4, \
                   judged_at = $5, review_since = $6, version = version + 1 \
                   WHERE id = $7 AND version = $8 AND \"user\" = $9 AND content = $10 \
                   AND content_version = $11 AND component = $12 AND received_at = $13";
        let statement = outcome(Statement::new(sql), submission)?
            .id(submission.id.0)
            .expected(Some(version));
        let statement = question(statement, submission)?;
        if run(connection, statement, unique, refers).await? > 0 {
            return Ok(());
        }
    }
    let sql = match expected {
        None => {
            "INSERT INTO submissions (status, verdict, score, fuel, judged_at, review_since, \
             \"user\", content, content_version, component, received_at, id, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) \
             ON CONFLICT (id) DO NOTHING"
        }
        Some(_) => {
            "UPDATE submissions SET status = $1, verdict = $2, score = $3, fuel = $4, \
             judged_at = $5, review_since = $6, \"user\" = $7, content = $8, \
             content_version = $9, component = $10, received_at = $11, version = version + 1 \
             WHERE id = $12 AND version = $13"
        }
    };
    let statement = outcome(Statement::new(sql), submission)?;
    let statement = question(statement, submission)?
        .id(submission.id.0)
        .expected(expected);
    write_expected(connection, statement, "submission", unique, refers).await
}

/// Adds what became of a submission: status, verdict, score, fuel, and the times of both.
fn outcome<'q>(
    statement: Statement<'q>,
    submission: &Submission,
) -> Result<Statement<'q>, CommitError> {
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
        SubmissionStatus::AwaitingReview { at } => Some(time(at)),
        _ => None,
    };
    Ok(statement
        .text(status)
        .maybe_text(verdict)
        .maybe_number(score)
        .maybe_number(fuel)
        .maybe_text(judged_at.map(time))
        .maybe_text(review_since))
}

/// Adds whose submission it is, to what, and since when.
fn question<'q>(
    statement: Statement<'q>,
    submission: &'q Submission,
) -> Result<Statement<'q>, CommitError> {
    Ok(statement
        .text(submission.user.as_str())
        .id(submission.content.0)
        .number(integer(submission.content_version.0)?)
        .text(submission.component.as_str())
        .text(time(submission.received_at)))
}

/// Writes a document that lies beside a submission.
async fn write_beside(
    connection: &mut impl Writes,
    sql: &'static str,
    submission: SubmissionId,
    document: &(impl Serialize + Sync),
) -> Result<(), CommitError> {
    let statement = Statement::new(sql).id(submission.0).json(json(document)?);
    run(connection, statement, "answer", "submission").await?;
    Ok(())
}

async fn write_progress(
    connection: &mut impl Writes,
    expected: Option<Version>,
    progress: &Progress,
) -> Result<(), CommitError> {
    let sql = match expected {
        None => {
            "INSERT INTO progress (best, score, completed_at, paid, \"user\", content, version) \
             VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (\"user\", content) DO NOTHING"
        }
        Some(_) => {
            "UPDATE progress SET best = $1, score = $2, completed_at = $3, paid = $4, \
             version = version + 1 WHERE \"user\" = $5 AND content = $6 AND version = $7"
        }
    };
    let statement = Statement::new(sql)
        .json(json(&progress.best)?)
        .number(progress.score.millionths())
        .maybe_text(progress.completed_at.map(time))
        .number(integer(progress.paid.0)?)
        .text(progress.user.as_str())
        .id(progress.content.0)
        .expected(expected);
    write_expected(connection, statement, "progress", "progress", "content").await
}

async fn write_wallet(
    connection: &mut impl Writes,
    expected: Option<Version>,
    wallet: &Wallet,
) -> Result<(), CommitError> {
    let sql = match expected {
        None => {
            "INSERT INTO wallets (balance, \"user\", version) VALUES ($1, $2, 1) \
             ON CONFLICT (\"user\") DO NOTHING"
        }
        Some(_) => {
            "UPDATE wallets SET balance = $1, version = version + 1 \
             WHERE \"user\" = $2 AND version = $3"
        }
    };
    let statement = Statement::new(sql)
        .number(integer(wallet.balance.0)?)
        .text(wallet.user.as_str())
        .expected(expected);
    write_expected(connection, statement, "wallet", "wallet", "wallet").await
}

async fn write_entry(connection: &mut impl Writes, entry: &Entry) -> Result<(), CommitError> {
    let sql = "INSERT INTO entries \
               (id, debit, debit_user, credit, credit_user, points, reason_key, reason, at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let statement = Statement::new(sql)
        .id(entry.id.0)
        .text(kind_of(&entry.debit)?)
        .maybe_text(user_of(&entry.debit))
        .text(kind_of(&entry.credit)?)
        .maybe_text(user_of(&entry.credit))
        .number(integer(entry.points.0)?)
        .text(entry.reason.to_string())
        .json(json(&entry.reason)?)
        .text(time(entry.at));
    run(connection, statement, "entry", "wallet").await?;
    Ok(())
}

async fn append_events(
    connection: &mut impl Writes,
    events: &[Recorded],
) -> Result<(), CommitError> {
    let Some(sql) = INSERT_EVENTS.get(events.len()) else {
        return Err(PortError::permanent("too many events for a statement").into());
    };
    let mut statement = Statement::new(sql.as_str());
    for event in events {
        statement = statement
            .with(Value::Id(event.id.0))
            .text(time(event.at))
            .number(event.schema)
            .json(json(&event.event)?);
    }
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
