//! The one writer: takes the commits that wait, and writes them in one transaction.

use polycode_core::port::{Commit, CommitError, Permanence, PortError};
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::sql::{write_commit, write_failed};

/// How many commits may wait before callers wait to hand theirs in.
const QUEUE: usize = 1_024;
/// How many commits one transaction writes at most.
const GROUP: usize = 256;

/// The way to the task that writes.
#[derive(Debug)]
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Job {
    commit: Commit,
    reply: oneshot::Sender<Result<(), CommitError>>,
}

impl Writer {
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let task = tokio::spawn(run(connection, jobs));
        Self { queue, task }
    }

    /// Writes a commit, or nothing. A caller that stops waiting leaves it to be written whole or
    /// not at all, for the writing itself is not the caller's.
    pub(super) async fn write(&self, commit: Commit) -> Result<(), CommitError> {
        let (reply, written) = oneshot::channel();
        let closed = || PortError::permanent("the store is closed");
        self.queue
            .send(Job { commit, reply })
            .await
            .map_err(|_| closed())?;
        written.await.map_err(|_| closed())?
    }

    /// Ends the task once the queue is empty.
    pub(super) async fn close(self) {
        drop(self.queue);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the writer of the store did not end in order");
        }
    }
}

async fn run(mut connection: SqliteConnection, mut jobs: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(GROUP);
    while jobs.recv_many(&mut group, GROUP).await > 0 {
        // Whoever does not wait any more does not want it any more.
        group.retain(|job| !job.reply.is_closed());
        write_group(&mut connection, &mut group).await;
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the database was not closed in order");
    }
}

/// Writes the commits of a group and answers them after all are on the disk.
async fn write_group(connection: &mut SqliteConnection, group: &mut Vec<Job>) {
    match write_transaction(connection, group).await {
        Ok(results) => {
            for (job, result) in group.drain(..).zip(results) {
                answer(job, result);
            }
        }
        Err(error) => {
            tracing::warn!(%error, commits = group.len(), "a transaction failed");
            // Most such failures have ended the transaction already.
            if let Err(error) = execute(connection, "ROLLBACK").await {
                tracing::debug!(%error, "there was nothing to roll back");
            }
            for job in group.drain(..) {
                answer(job, Err(again(&error).into()));
            }
        }
    }
}

/// What came of each commit of a group.
///
/// # Errors
/// When none of them was written: the transaction as a whole failed.
async fn write_transaction(
    connection: &mut SqliteConnection,
    group: &[Job],
) -> Result<Vec<Result<(), CommitError>>, PortError> {
    execute(connection, "BEGIN IMMEDIATE").await?;
    let mut results = Vec::with_capacity(group.len());
    for job in group {
        execute(connection, "SAVEPOINT one").await?;
        let written = write_commit(connection, &job.commit).await;
        if let Err(error) = &written {
            // A full disk and its like end the whole transaction, and the savepoint with it.
            if let Err(lost) = execute(connection, "ROLLBACK TO one").await {
                return Err(match error {
                    CommitError::Port(cause) => again(cause),
                    _ => lost,
                });
            }
        }
        execute(connection, "RELEASE one").await?;
        results.push(written);
    }
    execute(connection, "COMMIT").await?;
    Ok(results)
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), PortError> {
    match sqlx::query(sql).execute(connection).await {
        Ok(_) => Ok(()),
        Err(error) => Err(write_failed(error)),
    }
}

fn answer(job: Job, result: Result<(), CommitError>) {
    // A caller that is gone is no reason to stop.
    drop(job.reply.send(result));
}

/// The same failure once more, for each who waits for it.
fn again(error: &PortError) -> PortError {
    match error.permanence() {
        Permanence::Temporary => PortError::temporary(error.to_string()),
        Permanence::Permanent => PortError::permanent(error.to_string()),
    }
}

#[cfg(all(test, feature = "testkit"))]
mod tests {
    use polycode_core::port::Write;

    use super::*;
    use crate::sqlite::connect;
    use crate::testkit::sample;

    fn with_text(number: u64, bytes: usize) -> Commit {
        let content = sample::content(number, &format!("c{number}"), &"x".repeat(bytes));
        Commit {
            writes: vec![
                sample::write_wallet(None, sample::wallet(&format!("user {number}"), 1)),
                Write::Content {
                    expected: None,
                    content: Box::new(content),
                },
            ],
            events: vec![sample::event(number)],
        }
    }

    #[tokio::test]
    async fn a_full_disk_is_a_temporary_failure_and_smaller_commits_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("full.db");
        let mut connection = connect::writer(&path).await.unwrap();
        // The same error as from a disk without room, from a limit of the database itself.
        sqlx::query("PRAGMA max_page_count = 120")
            .execute(&mut connection)
            .await
            .unwrap();
        let writer = Writer::start(connection);
        writer.write(with_text(1, 10)).await.unwrap();
        for number in 2..5 {
            match writer.write(with_text(number, 1 << 20)).await {
                Err(CommitError::Port(error)) => {
                    assert_eq!(error.permanence(), Permanence::Temporary, "{error}");
                }
                other => panic!("{other:?}"),
            }
        }
        // The wallet and the slug of a failed commit are free, so nothing of it was left.
        writer.write(with_text(3, 10)).await.unwrap();
        writer.close().await;

        let mut connection = connect::writer(&path).await.unwrap();
        let kept: Vec<String> = sqlx::query_scalar("SELECT slug FROM contents ORDER BY slug")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        assert_eq!(kept, ["c1", "c3"]);
        let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(sound, "ok");
    }

    #[tokio::test]
    async fn a_database_that_only_reads_is_a_temporary_failure() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("read-only.db");
        let mut connection = connect::writer(&path).await.unwrap();
        // The same error as from a file that may not be written.
        sqlx::query("PRAGMA query_only = ON")
            .execute(&mut connection)
            .await
            .unwrap();
        let writer = Writer::start(connection);
        for number in 1..3 {
            match writer.write(with_text(number, 10)).await {
                Err(CommitError::Port(error)) => {
                    assert_eq!(error.permanence(), Permanence::Temporary, "{error}");
                }
                other => panic!("{other:?}"),
            }
        }
        writer.close().await;
        let mut connection = connect::writer(&path).await.unwrap();
        let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM contents")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(kept, 0);
    }
}
