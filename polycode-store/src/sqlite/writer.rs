//! The one writer: takes the commits that wait, and writes them in one transaction.

use std::thread;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use polycode_core::port::{Commit, CommitError, Permanence, PortError};
use tokio::sync::{mpsc, oneshot};

use crate::sql::{Statement, write_commit};
use crate::sqlite::pen::Pen;

/// How many commits may wait before callers wait to hand theirs in.
const QUEUE: usize = 1_024;
/// How many commits one transaction writes at most.
const GROUP: usize = 256;

/// How often the writer looks whether those it waits for have come.
const LOOK: Duration = Duration::from_micros(50);

/// The way to the thread that writes.
#[derive(Debug)]
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
    ended: oneshot::Receiver<()>,
}

#[derive(Debug)]
struct Job {
    commit: Commit,
    reply: oneshot::Sender<Result<(), CommitError>>,
}

impl Writer {
    pub(super) fn start(pen: Pen) -> Result<Self, PortError> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (end, ended) = oneshot::channel();
        let started = thread::Builder::new()
            .name("polycode-store".to_owned())
            .spawn(move || {
                run(pen, jobs);
                // A store that was dropped does not wait for it.
                let _ = end.send(());
            });
        started.map_err(|error| {
            PortError::temporary(format!("no thread can be started to write: {error}"))
                .caused_by(error)
        })?;
        Ok(Self { queue, ended })
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

    /// Ends the thread once the queue is empty.
    pub(super) async fn close(self) {
        drop(self.queue);
        if self.ended.await.is_err() {
            tracing::error!("the writer of the store did not end in order");
        }
    }
}

fn run(mut pen: Pen, mut jobs: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(GROUP);
    let mut before = Round::default();
    while jobs.blocking_recv_many(&mut group, GROUP) > 0 {
        before.gather(&mut jobs, &mut group);
        let (begun, commits) = (Instant::now(), group.len());
        // Whoever does not wait any more does not want it any more.
        group.retain(|job| !job.reply.is_closed());
        if !group.is_empty() {
            write_group(&mut pen, &mut group);
        }
        let took = begun.elapsed();
        before = Round { commits, took };
    }
    if let Err(error) = pen.close() {
        tracing::warn!(%error, "the database was not closed in order");
    }
}

/// How the last group went.
#[derive(Debug, Default)]
struct Round {
    commits: usize,
    took: Duration,
}

impl Round {
    /// Waits a little for those who were just answered and come again, one after the other: to write
    /// with the first of them alone would let all others wait for the disk once more. Who commits
    /// alone waits for nobody.
    fn gather(&self, jobs: &mut mpsc::Receiver<Job>, group: &mut Vec<Job>) {
        let (expected, begun) = (self.commits / 2, Instant::now());
        while group.len() + jobs.len() < expected && begun.elapsed() < self.took / 4 {
            thread::sleep(LOOK);
        }
        while group.len() < GROUP
            && let Ok(job) = jobs.try_recv()
        {
            group.push(job);
        }
    }
}

/// Writes the commits of a group and answers them after all are on the disk.
fn write_group(pen: &mut Pen, group: &mut Vec<Job>) {
    match write_transaction(pen, group) {
        Ok(results) => {
            for (job, result) in group.drain(..).zip(results) {
                answer(job, result);
            }
        }
        Err(error) => {
            tracing::warn!(%error, commits = group.len(), "a transaction failed");
            roll_back(pen);
            for job in group.drain(..) {
                answer(job, Err(again(&error).into()));
            }
        }
    }
}

/// What came of each commit of a group. Most groups are written whole: what it takes to undo one
/// commit of many is only paid where one is refused.
///
/// # Errors
/// When none of them was written: the transaction as a whole failed.
fn write_transaction(
    pen: &mut Pen,
    group: &[Job],
) -> Result<Vec<Result<(), CommitError>>, PortError> {
    execute(pen, "BEGIN IMMEDIATE")?;
    for job in group {
        if let Err(refused) = write_one(pen, &job.commit) {
            roll_back(pen);
            return match group {
                [_] => Ok(vec![Err(refused)]),
                _ => write_each(pen, group),
            };
        }
    }
    execute(pen, "COMMIT")?;
    Ok(group.iter().map(|_| Ok(())).collect())
}

/// The same when one of them is refused: each stands or falls by itself.
fn write_each(pen: &mut Pen, group: &[Job]) -> Result<Vec<Result<(), CommitError>>, PortError> {
    execute(pen, "BEGIN IMMEDIATE")?;
    let mut results = Vec::with_capacity(group.len());
    for job in group {
        execute(pen, "SAVEPOINT one")?;
        let written = write_one(pen, &job.commit);
        if let Err(error) = &written {
            // A full disk and its like end the whole transaction, and the savepoint with it.
            if let Err(lost) = execute(pen, "ROLLBACK TO one") {
                return Err(match error {
                    CommitError::Port(cause) => again(cause),
                    _ => lost,
                });
            }
        }
        execute(pen, "RELEASE one")?;
        results.push(written);
    }
    execute(pen, "COMMIT")?;
    Ok(results)
}

fn roll_back(pen: &mut Pen) {
    // A full disk and its like have ended the transaction already.
    if let Err(error) = execute(pen, "ROLLBACK") {
        tracing::debug!(%error, "there was nothing to roll back");
    }
}

fn write_one(pen: &mut Pen, commit: &Commit) -> Result<(), CommitError> {
    // A pen never waits.
    let written = write_commit(pen, commit).now_or_never();
    written.unwrap_or_else(|| Err(PortError::permanent("the writer of the store waits").into()))
}

fn execute(pen: &mut Pen, sql: &'static str) -> Result<(), PortError> {
    pen.run(&Statement::new(sql))?;
    Ok(())
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
    use std::path::Path;

    use polycode_core::port::Write;
    use sqlx::Connection;

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

    #[expect(clippy::unwrap_used, reason = "a test that can't go on fails")]
    fn writer_with(path: &Path, pragma: &str) -> Writer {
        let pen = Pen::open(path).unwrap();
        pen.set(pragma);
        Writer::start(pen).unwrap()
    }

    #[tokio::test]
    async fn a_full_disk_is_a_temporary_failure_and_smaller_commits_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("full.db");
        connect::writer(&path).await.unwrap().close().await.unwrap();
        // The same error as from a disk without room, from a limit of the database itself.
        let writer = writer_with(&path, "PRAGMA max_page_count = 120");
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
        connect::writer(&path).await.unwrap().close().await.unwrap();
        // The same error as from a file that may not be written.
        let writer = writer_with(&path, "PRAGMA query_only = ON");
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
