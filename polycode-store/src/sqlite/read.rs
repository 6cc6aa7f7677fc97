//! The reads: one statement each, answered from an index.

use async_trait::async_trait;
use polycode_core::catalogue::Content;
use polycode_core::event::Logged;
use polycode_core::id::{ContentId, Slug, SubmissionId, UserId};
use polycode_core::judging::{Answer, Report, Submission};
use polycode_core::polypoints::{Entry, Wallet};
use polycode_core::port::{
    Commit, CommitError, Lookup, Page, PageRequest, PortError, Store, StoredDocument, Versioned,
};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points, Version};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Sqlite, query};
use uuid::Uuid;

use crate::page::{after_id, page_of, rows_for, wallet_place};
use crate::sqlite::error::read_error;
use crate::sqlite::{SqliteStore, documents, row};

pub(super) type Query<'q> = query::Query<'q, Sqlite, SqliteArguments>;

#[async_trait]
impl Store for SqliteStore {
    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        self.write(commit).await
    }

    async fn content(&self, id: ContentId) -> Result<Option<Versioned<Content>>, PortError> {
        let sql = "SELECT c.id, c.version, v.body FROM contents c \
                   JOIN content_versions v ON v.content = c.id AND v.version = c.version \
                   WHERE c.id = ?";
        self.one(query(sql).bind(blob(id.0)), row::versioned(row::content))
            .await
    }

    async fn content_by_slug(&self, slug: &Slug) -> Result<Option<Versioned<Content>>, PortError> {
        let sql = "SELECT c.id, c.version, v.body FROM contents c \
                   JOIN content_versions v ON v.content = c.id AND v.version = c.version \
                   WHERE c.slug = ?";
        self.one(query(sql).bind(slug.as_str()), row::versioned(row::content))
            .await
    }

    async fn content_at(
        &self,
        id: ContentId,
        version: Version,
    ) -> Result<Option<Content>, PortError> {
        let sql = "SELECT content AS id, body FROM content_versions \
                   WHERE content = ? AND version = ?";
        let statement = query(sql).bind(blob(id.0)).bind(integer(version.0));
        self.one(statement, row::content).await
    }

    async fn contents(&self, page: PageRequest) -> Result<Page<Versioned<Content>>, PortError> {
        let sql = "SELECT c.id, c.version, v.body FROM contents c \
                   JOIN content_versions v ON v.content = c.id AND v.version = c.version \
                   WHERE c.slug > ? ORDER BY c.slug LIMIT ?";
        // No slug is empty, so the first page leaves nothing out.
        let after = page.after.as_deref().unwrap_or_default();
        let statement = query(sql).bind(after).bind(rows_for(&page));
        let rows = self.all(statement, row::versioned(row::content)).await?;
        Ok(page_of(rows, &page, |content| {
            content.value.draft.slug.to_string()
        }))
    }

    async fn submission(
        &self,
        id: SubmissionId,
    ) -> Result<Option<Versioned<Submission>>, PortError> {
        let statement = query("SELECT * FROM submissions WHERE id = ?").bind(blob(id.0));
        self.one(statement, row::versioned(row::submission)).await
    }

    async fn answer(&self, id: SubmissionId) -> Result<Option<Answer>, PortError> {
        let sql = "SELECT body FROM answers WHERE submission = ?";
        self.one(query(sql).bind(blob(id.0)), row::body).await
    }

    async fn report(&self, id: SubmissionId) -> Result<Option<Report>, PortError> {
        let sql = "SELECT body FROM reports WHERE submission = ?";
        self.one(query(sql).bind(blob(id.0)), row::body).await
    }

    async fn submissions(
        &self,
        user: &UserId,
        content: Option<ContentId>,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        let before = before(&page)?;
        let statement = match content {
            None => {
                let sql = "SELECT * FROM submissions WHERE user = ? AND id < ? \
                           ORDER BY id DESC LIMIT ?";
                query(sql).bind(user.as_str())
            }
            Some(content) => {
                let sql = "SELECT * FROM submissions WHERE user = ? AND content = ? AND id < ? \
                           ORDER BY id DESC LIMIT ?";
                query(sql).bind(user.as_str()).bind(blob(content.0))
            }
        };
        let statement = statement.bind(before).bind(rows_for(&page));
        let rows = self.all(statement, row::submission).await?;
        Ok(page_of(rows, &page, |submission| submission.id.to_string()))
    }

    async fn submissions_to(
        &self,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        let sql = "SELECT * FROM submissions WHERE content = ? AND id > ? ORDER BY id LIMIT ?";
        let statement = query(sql)
            .bind(blob(content.0))
            .bind(after(&page)?)
            .bind(rows_for(&page));
        let rows = self.all(statement, row::submission).await?;
        Ok(page_of(rows, &page, |submission| submission.id.to_string()))
    }

    async fn pending(&self, limit: u32) -> Result<Vec<SubmissionId>, PortError> {
        let sql = "SELECT id FROM submissions WHERE status = 'pending' AND review_since IS NULL \
                   ORDER BY id LIMIT ?";
        self.all(query(sql).bind(limit), row::submission_id).await
    }

    async fn progress(
        &self,
        user: &UserId,
        content: ContentId,
    ) -> Result<Option<Versioned<Progress>>, PortError> {
        let sql = "SELECT * FROM progress WHERE user = ? AND content = ?";
        let statement = query(sql).bind(user.as_str()).bind(blob(content.0));
        self.one(statement, row::versioned(row::progress)).await
    }

    async fn progress_of(
        &self,
        user: &UserId,
        page: PageRequest,
    ) -> Result<Page<Progress>, PortError> {
        let sql = "SELECT * FROM progress WHERE user = ? AND content > ? ORDER BY content LIMIT ?";
        let statement = query(sql)
            .bind(user.as_str())
            .bind(after(&page)?)
            .bind(rows_for(&page));
        let rows = self.all(statement, row::progress).await?;
        Ok(page_of(rows, &page, |progress| {
            progress.content.to_string()
        }))
    }

    async fn wallet(&self, user: &UserId) -> Result<Option<Versioned<Wallet>>, PortError> {
        let statement = query("SELECT * FROM wallets WHERE user = ?").bind(user.as_str());
        self.one(statement, row::versioned(row::wallet)).await
    }

    async fn wallets(&self, page: PageRequest) -> Result<Page<Wallet>, PortError> {
        // The whole list starts before every wallet there can be.
        let (balance, user) = match wallet_place(&page)? {
            Some((balance, user)) => (integer(balance.0), user.to_string()),
            None => (i64::MAX, String::new()),
        };
        let sql = "SELECT * FROM wallets WHERE (-balance, user) > (-?, ?) \
                   ORDER BY -balance, user LIMIT ?";
        let statement = query(sql).bind(balance).bind(user).bind(rows_for(&page));
        let rows = self.all(statement, row::wallet).await?;
        Ok(page_of(rows, &page, |wallet| {
            format!("{}/{}", wallet.balance, wallet.user)
        }))
    }

    async fn wallets_above(&self, balance: Points) -> Result<u64, PortError> {
        let sql = "SELECT count(*) AS fuller FROM wallets WHERE -balance < -?";
        let fuller = self
            .one(query(sql).bind(integer(balance.0)), row::fuller)
            .await?;
        Ok(fuller.unwrap_or_default())
    }

    async fn entries(&self, user: &UserId, page: PageRequest) -> Result<Page<Entry>, PortError> {
        // Two index ranges that SQLite merges: an OR would read and sort all of them.
        let sql = "SELECT * FROM entries WHERE credit_user = ?1 AND id < ?2 \
                   UNION ALL \
                   SELECT * FROM entries WHERE debit_user = ?1 AND id < ?2 \
                   ORDER BY id DESC LIMIT ?3";
        let statement = query(sql)
            .bind(user.as_str())
            .bind(before(&page)?)
            .bind(rows_for(&page));
        let rows = self.all(statement, row::entry).await?;
        Ok(page_of(rows, &page, |entry| entry.id.to_string()))
    }

    async fn document(
        &self,
        kind: &'static str,
        key: &str,
    ) -> Result<Option<StoredDocument>, PortError> {
        self.one(documents::get(kind, key), row::document).await
    }

    async fn documents(
        &self,
        lookup: Lookup,
        page: PageRequest,
    ) -> Result<Page<StoredDocument>, PortError> {
        let rows = documents::list(&lookup, &page)?;
        let rows = self.all(rows, row::listed_document).await?;
        let page = page_of(rows, &page, |(place, _)| place.write());
        Ok(page.map(|(_, document)| document))
    }

    async fn events(&self, after: Cursor, limit: u32) -> Result<Vec<Logged>, PortError> {
        let sql = "SELECT * FROM events WHERE cursor > ? ORDER BY cursor LIMIT ?";
        let statement = query(sql).bind(integer(after.0)).bind(limit);
        self.all(statement, row::event).await
    }
}

impl SqliteStore {
    async fn one<T>(
        &self,
        statement: Query<'_>,
        read: impl Fn(&SqliteRow) -> Result<T, PortError>,
    ) -> Result<Option<T>, PortError> {
        let row = statement
            .fetch_optional(&self.readers)
            .await
            .map_err(read_error)?;
        row.as_ref().map(read).transpose()
    }

    async fn all<T>(
        &self,
        statement: Query<'_>,
        read: impl Fn(&SqliteRow) -> Result<T, PortError>,
    ) -> Result<Vec<T>, PortError> {
        let rows = statement
            .fetch_all(&self.readers)
            .await
            .map_err(read_error)?;
        rows.iter().map(read).collect()
    }
}

/// The id that a page of a list with the newest first ends before. No id is the greatest UUID,
/// so the first page leaves nothing out.
fn before(page: &PageRequest) -> Result<Vec<u8>, PortError> {
    Ok(blob(after_id(page)?.unwrap_or(Uuid::max())))
}

/// The id that a page of a list with the oldest first starts after. No id is the smallest UUID.
fn after(page: &PageRequest) -> Result<Vec<u8>, PortError> {
    Ok(blob(after_id(page)?.unwrap_or(Uuid::nil())))
}

fn blob(id: Uuid) -> Vec<u8> {
    id.into_bytes().to_vec()
}

/// A number that is looked for: none that is stored is greater than the greatest.
fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
