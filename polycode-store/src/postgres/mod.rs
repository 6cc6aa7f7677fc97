//! A store in a PostgreSQL database, shared by any number of processes and machines.
//!
//! Each commit is a transaction of its own, and none waits for another unless both write the same
//! document. Two that are in each other's way are told apart by the database, and the one that
//! lost is run again.

mod commit;
mod connect;
mod query;

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use backon::Retryable;
use polycode_core::port::{Commit, CommitError, PortError, Write};
use sqlx::PgPool;
use sqlx::postgres::PgRow;

pub(crate) use crate::postgres::connect::{connection, in_schema};
use crate::sql::{Database, SqlStore, Statement, is_worth_repeating, read_failed};

/// How many events get their places by one read, even if it asks for fewer: a reader that is far
/// behind does not write with every page.
const PLACED_TOGETHER: u32 = 1_000;
/// How many changes of wallets may wait to be counted: a rank is read from all of them.
const UNCOUNTED_WALLETS: i64 = 1_000;

/// A store in a PostgreSQL database; tested with version 15.
pub type PostgresStore = SqlStore<Postgres>;

/// A PostgreSQL database.
#[derive(Debug)]
pub struct Postgres {
    pool: PgPool,
    /// How many wallets were written since they were last counted.
    uncounted: AtomicUsize,
}

impl Postgres {
    /// Counts wallets in behind the back of who writes, so that it is not left to whoever reads.
    fn count_now_and_then(&self, wallets: usize) {
        let many = usize::try_from(UNCOUNTED_WALLETS).unwrap_or(usize::MAX);
        let before = self.uncounted.fetch_add(wallets, Ordering::Relaxed);
        if before + wallets >= many {
            self.uncounted.store(0, Ordering::Relaxed);
            let pool = self.pool.clone();
            tokio::spawn(async move {
                if let Err(error) = count_wallets(&pool).await {
                    tracing::debug!(%error, "wallets are counted another time");
                }
            });
        }
    }
}

async fn count_wallets(pool: &PgPool) -> Result<(), PortError> {
    let count = || async {
        let count = sqlx::query("SELECT count_wallets($1)").bind(UNCOUNTED_WALLETS);
        count.execute(pool).await.map_err(read_failed)
    };
    count
        .retry(commit::again())
        .when(is_worth_repeating)
        .await?;
    Ok(())
}

impl PostgresStore {
    /// How many connections a store opens at most, unless it is told otherwise.
    pub const CONNECTIONS: NonZeroU32 = NonZeroU32::new(10).unwrap();

    /// Opens the database that a URL names, and brings its schema up to date.
    ///
    /// The URL is the one of libpq: `postgresql://user:password@host:port/database`, with
    /// `?sslmode=verify-full` and the like. `options[search_path]=NAME` keeps everything in a
    /// schema of that name, which is made if it is not there.
    ///
    /// # Errors
    /// [`PortError`] when the server can't be reached, refuses, or holds what a newer version
    /// wrote.
    pub async fn open(url: &str) -> Result<Self, PortError> {
        Self::open_with(url, Self::CONNECTIONS).await
    }

    /// The same with so many connections at most.
    ///
    /// # Errors
    /// The same as [`PostgresStore::open`].
    pub async fn open_with(url: &str, connections: NonZeroU32) -> Result<Self, PortError> {
        let pool = connect::pool(url, connections).await?;
        Ok(Self {
            database: Postgres {
                pool,
                uncounted: AtomicUsize::new(0),
            },
        })
    }

    /// Ends the store once everything that was committed is written.
    pub async fn close(self) {
        self.database.pool.close().await;
    }
}

#[async_trait]
impl Database for Postgres {
    type Row = PgRow;

    const LOG: &str = "places JOIN events USING (arrival)";
    // Without the OFFSET it takes the list to be short, and reads all of it.
    const EACH_FOUND: &str = "CROSS JOIN LATERAL (SELECT o.* FROM document_terms o \
        WHERE o.kind = $1 AND o.name = $2 AND o.value = $3 AND o.key = found.key OFFSET 0) AS t";
    const UNCOUNTED: &str = "SELECT wallets FROM wallet_changes WHERE balance > $1";

    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        let is_wallet = |write: &&Write| matches!(write, Write::Wallet { .. });
        let wallets = commit.writes.iter().filter(is_wallet).count();
        commit::write(&self.pool, commit).await?;
        self.count_now_and_then(wallets);
        Ok(())
    }

    async fn count_wallets(&self) -> Result<(), PortError> {
        count_wallets(&self.pool).await
    }

    async fn rows(&self, statement: Statement<'_>) -> Result<Vec<PgRow>, PortError> {
        let read = || async {
            let rows = query::query(statement.clone()).fetch_all(&self.pool).await;
            rows.map_err(read_failed)
        };
        read.retry(commit::again()).when(is_worth_repeating).await
    }

    async fn place_events(&self, at_most: u32) -> Result<bool, PortError> {
        let many = i64::from(at_most.max(PLACED_TOGETHER));
        let place = || async {
            let place = sqlx::query("SELECT place_events($1)").bind(many);
            place.execute(&self.pool).await.map_err(read_failed)
        };
        place
            .retry(commit::again())
            .when(is_worth_repeating)
            .await?;
        Ok(true)
    }
}
