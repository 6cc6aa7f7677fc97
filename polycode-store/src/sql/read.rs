//! The port, read by one statement each, answered from an index.

use std::collections::BTreeMap;

use async_trait::async_trait;
use polycode_core::catalogue::Content;
use polycode_core::event::Logged;
use polycode_core::id::{ContentId, Slug, SubmissionId, UserId};
use polycode_core::judging::{Answer, Report, Submission};
use polycode_core::polypoints::{Entry, Wallet};
use polycode_core::port::{
    Commit, CommitError, Lookup, Page, PageRequest, PlacedDocument, PortError, Purse, Store,
    StoredDocument, Versioned,
};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points, Version};
use uuid::Uuid;

use crate::page::{after_id, list_place, page_of, purse_place, rows_for, wallet_place};
use crate::rules;
use crate::sql::statement::{Statement, bound};
use crate::sql::{Database, SqlStore, documents, row};

// Columns are named one by one: a statement that stays prepared goes on when a newer version of
// the schema adds one.
const NEWEST: &str = "SELECT c.id, c.version, v.body FROM contents c \
    JOIN content_versions v ON v.content = c.id AND v.version = c.version";
const SUBMISSIONS: &str = "SELECT id, version, \"user\", content, content_version, component, \
    received_at, status, verdict, score, fuel, judged_at, review_since FROM submissions";
const PROGRESS: &str = "SELECT \"user\", content, version, best, score, completed_at, paid \
    FROM progress";
const WALLETS: &str = "SELECT \"user\", version, balance FROM wallets";
const PURSES: &str = "SELECT key, points FROM purses";
const ENTRIES: &str = "SELECT id, debit, debit_user, credit, credit_user, points, reason, at \
    FROM entries";

#[async_trait]
impl<D: Database> Store for SqlStore<D> {
    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        rules::check(&commit)?;
        self.database.commit(commit).await
    }

    async fn content(&self, id: ContentId) -> Result<Option<Versioned<Content>>, PortError> {
        let statement = select(NEWEST, "WHERE c.id = $1").id(id.0);
        one(&self.database, statement, row::versioned(row::content)).await
    }

    async fn content_by_slug(&self, slug: &Slug) -> Result<Option<Versioned<Content>>, PortError> {
        let statement = select(NEWEST, "WHERE c.slug = $1").text(slug.as_str());
        one(&self.database, statement, row::versioned(row::content)).await
    }

    async fn content_at(
        &self,
        id: ContentId,
        version: Version,
    ) -> Result<Option<Content>, PortError> {
        let sql = "SELECT content AS id, body FROM content_versions \
                   WHERE content = $1 AND version = $2";
        let statement = Statement::new(sql).id(id.0).number(bound(version.0));
        one(&self.database, statement, row::content).await
    }

    async fn contents(&self, page: PageRequest) -> Result<Page<Versioned<Content>>, PortError> {
        // No slug is empty, so the first page leaves nothing out; none has a NUL, so that what
        // comes after a text with one comes after what is before the NUL.
        let after = page.after.as_deref().unwrap_or_default();
        let after = after.split('\0').next().unwrap_or_default();
        let statement = select(NEWEST, "WHERE c.slug > $1 ORDER BY c.slug LIMIT $2")
            .text(after)
            .number(rows_for(&page));
        let rows = all(&self.database, statement, row::versioned(row::content)).await?;
        Ok(page_of(rows, &page, |content| {
            content.value.draft.slug.to_string()
        }))
    }

    async fn submission(
        &self,
        id: SubmissionId,
    ) -> Result<Option<Versioned<Submission>>, PortError> {
        let statement = select(SUBMISSIONS, "WHERE id = $1").id(id.0);
        one(&self.database, statement, row::versioned(row::submission)).await
    }

    async fn answer(&self, id: SubmissionId) -> Result<Option<Answer>, PortError> {
        let sql = "SELECT body FROM answers WHERE submission = $1";
        one(&self.database, Statement::new(sql).id(id.0), row::body).await
    }

    async fn report(&self, id: SubmissionId) -> Result<Option<Report>, PortError> {
        let sql = "SELECT body FROM reports WHERE submission = $1";
        one(&self.database, Statement::new(sql).id(id.0), row::body).await
    }

    async fn submissions(
        &self,
        user: &UserId,
        content: Option<ContentId>,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        let (before, limit) = (before(&page)?, rows_for(&page));
        let statement = match content {
            None => select(
                SUBMISSIONS,
                "WHERE \"user\" = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            )
            .text(user.as_str()),
            Some(content) => select(
                SUBMISSIONS,
                "WHERE \"user\" = $1 AND content = $2 AND id < $3 ORDER BY id DESC LIMIT $4",
            )
            .text(user.as_str())
            .id(content.0),
        };
        let statement = statement.id(before).number(limit);
        let rows = all(&self.database, statement, row::submission).await?;
        Ok(page_of(rows, &page, |submission| submission.id.to_string()))
    }

    async fn submissions_to(
        &self,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        let rest = "WHERE content = $1 AND id > $2 ORDER BY id LIMIT $3";
        let statement = select(SUBMISSIONS, rest)
            .id(content.0)
            .id(after(&page)?)
            .number(rows_for(&page));
        let rows = all(&self.database, statement, row::submission).await?;
        Ok(page_of(rows, &page, |submission| submission.id.to_string()))
    }

    async fn pending(&self, limit: u32) -> Result<Vec<SubmissionId>, PortError> {
        let sql = "SELECT id FROM submissions WHERE status = 'pending' AND review_since IS NULL \
                   ORDER BY id LIMIT $1";
        all(
            &self.database,
            Statement::new(sql).number(limit),
            row::submission_id,
        )
        .await
    }

    async fn progress(
        &self,
        user: &UserId,
        content: ContentId,
    ) -> Result<Option<Versioned<Progress>>, PortError> {
        let statement = select(PROGRESS, "WHERE \"user\" = $1 AND content = $2")
            .text(user.as_str())
            .id(content.0);
        one(&self.database, statement, row::versioned(row::progress)).await
    }

    async fn progress_of(
        &self,
        user: &UserId,
        page: PageRequest,
    ) -> Result<Page<Progress>, PortError> {
        let rest = "WHERE \"user\" = $1 AND content > $2 ORDER BY content LIMIT $3";
        let statement = select(PROGRESS, rest)
            .text(user.as_str())
            .id(after(&page)?)
            .number(rows_for(&page));
        let rows = all(&self.database, statement, row::progress).await?;
        Ok(page_of(rows, &page, |progress| {
            progress.content.to_string()
        }))
    }

    async fn wallet(&self, user: &UserId) -> Result<Option<Versioned<Wallet>>, PortError> {
        let statement = select(WALLETS, "WHERE \"user\" = $1").text(user.as_str());
        one(&self.database, statement, row::versioned(row::wallet)).await
    }

    async fn wallets(&self, page: PageRequest) -> Result<Page<Wallet>, PortError> {
        // The whole list starts before every wallet there can be.
        let (balance, user) = match wallet_place(&page)? {
            Some((balance, user)) => (bound(balance.0), user.to_string()),
            None => (i64::MAX, String::new()),
        };
        // Equal ones that come after, then those with less: the beginnings of two index ranges.
        let sql = format!(
            "SELECT * FROM (\
                 {WALLETS} WHERE balance = $1 AND \"user\" > $2 ORDER BY \"user\" LIMIT $3\
             ) AS equal UNION ALL SELECT * FROM (\
                 {WALLETS} WHERE balance < $1 ORDER BY balance DESC, \"user\" LIMIT $3\
             ) AS less ORDER BY balance DESC, \"user\" LIMIT $3"
        );
        let statement = Statement::new(sql)
            .number(balance)
            .text(user)
            .number(rows_for(&page));
        let rows = all(&self.database, statement, row::wallet).await?;
        Ok(page_of(rows, &page, |wallet| {
            format!("{}/{}", wallet.balance, wallet.user)
        }))
    }

    async fn wallets_above(&self, balance: Points) -> Result<u64, PortError> {
        self.database.count_wallets().await?;
        let statement = Statement::new(fuller(D::UNCOUNTED)).number(bound(balance.0));
        let fuller = one(&self.database, statement, row::fuller).await?;
        Ok(fuller.unwrap_or_default())
    }

    async fn entries(&self, user: &UserId, page: PageRequest) -> Result<Page<Entry>, PortError> {
        // The beginnings of two index ranges: an OR would read and sort all of them.
        let part = |account: &str| {
            format!(
                "SELECT * FROM ({ENTRIES} WHERE {account} = $1 AND id < $2 \
                 ORDER BY id DESC LIMIT $3) AS {account}s"
            )
        };
        let sql = format!(
            "{} UNION ALL {} ORDER BY id DESC LIMIT $3",
            part("credit_user"),
            part("debit_user")
        );
        let statement = Statement::new(sql)
            .text(user.as_str())
            .id(before(&page)?)
            .number(rows_for(&page));
        let rows = all(&self.database, statement, row::entry).await?;
        Ok(page_of(rows, &page, |entry| entry.id.to_string()))
    }

    async fn document(
        &self,
        kind: &'static str,
        key: &str,
    ) -> Result<Option<StoredDocument>, PortError> {
        one(&self.database, documents::get(kind, key), row::document).await
    }

    async fn documents(
        &self,
        lookup: Lookup,
        page: PageRequest,
    ) -> Result<Page<StoredDocument>, PortError> {
        let place = list_place(&page)?;
        let rare = rare_word(&self.database, &lookup).await?;
        let statement = documents::list(&lookup, rare, D::EACH_FOUND, place.as_ref(), &page);
        let rows = all(&self.database, statement, row::listed_document).await?;
        let page = page_of(rows, &page, |(place, _)| place.write());
        Ok(page.map(|(_, document)| document))
    }

    async fn documents_of(
        &self,
        kind: &'static str,
        page: PageRequest,
    ) -> Result<Page<PlacedDocument>, PortError> {
        let statement = documents::all_of(kind, &page);
        let rows = all(&self.database, statement, row::document).await?;
        let page = page_of(rows, &page, |document| document.key.clone());
        let terms = match documents::terms_of(kind, &page.items) {
            Some(terms) => all(&self.database, terms, row::term).await?,
            None => Vec::new(),
        };
        let mut of_keys = BTreeMap::<_, Vec<_>>::new();
        for (key, term) in terms {
            of_keys.entry(key).or_default().push(term);
        }
        Ok(page.map(|document| {
            let terms = of_keys.remove(&document.key).unwrap_or_default();
            PlacedDocument { document, terms }
        }))
    }

    async fn purse(&self, kind: &'static str, key: &str) -> Result<Option<Points>, PortError> {
        let statement = select(PURSES, "WHERE kind = $1 AND key = $2");
        let statement = statement.text(kind).key(key);
        let purse = one(&self.database, statement, row::purse).await?;
        Ok(purse.map(|purse| purse.points))
    }

    async fn purses(
        &self,
        kind: &'static str,
        page: PageRequest,
    ) -> Result<Page<Purse>, PortError> {
        // As with wallets: the beginnings of two index ranges.
        let (points, key) = match purse_place(&page)? {
            Some(purse) => (bound(purse.points.0), purse.key),
            None => (i64::MAX, String::new()),
        };
        let sql = format!(
            "SELECT * FROM (\
                 {PURSES} WHERE kind = $1 AND points = $2 AND key > $3 ORDER BY key LIMIT $4\
             ) AS equal UNION ALL SELECT * FROM (\
                 {PURSES} WHERE kind = $1 AND points < $2 ORDER BY points DESC, key LIMIT $4\
             ) AS less ORDER BY points DESC, key LIMIT $4"
        );
        let statement = Statement::new(sql).text(kind).number(points).key(key);
        let statement = statement.number(rows_for(&page));
        let rows = all(&self.database, statement, row::purse).await?;
        Ok(page_of(rows, &page, Purse::place))
    }

    async fn purses_above(&self, kind: &'static str, points: Points) -> Result<u64, PortError> {
        let sql = "SELECT count(*) AS found FROM purses WHERE kind = $1 AND points > $2";
        let statement = Statement::new(sql).text(kind).number(bound(points.0));
        let above = one(&self.database, statement, row::found).await?;
        Ok(above.unwrap_or_default())
    }

    async fn events(&self, after: Cursor, limit: u32) -> Result<Vec<Logged>, PortError> {
        let events = events_after(&self.database, after, limit).await?;
        let is_full = events.len() as u64 == u64::from(limit);
        // Whoever is behind reads what has its place already.
        if is_full || !self.database.place_events(limit).await? {
            return Ok(events);
        }
        events_after(&self.database, after, limit).await
    }
}

async fn events_after<D: Database>(
    database: &D,
    after: Cursor,
    limit: u32,
) -> Result<Vec<Logged>, PortError> {
    let sql = format!(
        "SELECT cursor, id, at, schema, body FROM {} WHERE cursor > $1 ORDER BY cursor LIMIT $2",
        D::LOG
    );
    let statement = Statement::new(sql).number(bound(after.0)).number(limit);
    all(database, statement, row::event).await
}

/// The word of a lookup that the fewest documents have, if they are few: it is quicker to look at
/// those than at the whole list.
async fn rare_word<'l, D: Database>(
    database: &D,
    lookup: &'l Lookup,
) -> Result<Option<&'l str>, PortError> {
    let mut rarest = None;
    for word in &lookup.words {
        let statement = documents::with_word(lookup.kind, word);
        let found = one(database, statement, row::found)
            .await?
            .unwrap_or_default();
        if found <= documents::FEW && rarest.is_none_or(|(fewest, _)| found < fewest) {
            rarest = Some((found, word.as_str()));
        }
    }
    Ok(rarest.map(|(_, word)| word))
}

async fn one<D: Database, T>(
    database: &D,
    statement: Statement<'_>,
    read: impl Fn(&D::Row) -> Result<T, PortError>,
) -> Result<Option<T>, PortError> {
    let rows = database.rows(statement).await?;
    rows.first().map(read).transpose()
}

async fn all<D: Database, T>(
    database: &D,
    statement: Statement<'_>,
    read: impl Fn(&D::Row) -> Result<T, PortError>,
) -> Result<Vec<T>, PortError> {
    let rows = database.rows(statement).await?;
    rows.iter().map(read).collect()
}

/// How many wallets hold more than a balance: on each level of `wallet_counts` those above it in
/// the same slot of the next one, and what was written since they were counted.
fn fuller(uncounted: &str) -> String {
    const HIGHEST: u32 = 6;
    let on_level = |level: u32| {
        let bits = 10 * level;
        let end = match level {
            HIGHEST => String::new(),
            _ => format!(" AND slot <= (($1 >> {bits}) | 1023)"),
        };
        format!(
            "SELECT wallets FROM wallet_counts WHERE level = {level} AND slot > ($1 >> {bits}){end}"
        )
    };
    let mut parts: Vec<_> = (0..=HIGHEST).map(on_level).collect();
    parts.push(uncounted.to_owned());
    parts.retain(|part| !part.is_empty());
    let parts = parts.join(" UNION ALL ");
    format!("SELECT CAST(coalesce(sum(wallets), 0) AS BIGINT) AS fuller FROM ({parts}) AS above")
}

fn select(columns: &str, rest: &str) -> Statement<'static> {
    Statement::new(format!("{columns} {rest}"))
}

/// The id that a page of a list with the newest first ends before. No id is the greatest UUID,
/// so the first page leaves nothing out.
fn before(page: &PageRequest) -> Result<Uuid, PortError> {
    Ok(after_id(page)?.unwrap_or(Uuid::max()))
}

/// The id that a page of a list with the oldest first starts after. No id is the smallest UUID.
fn after(page: &PageRequest) -> Result<Uuid, PortError> {
    Ok(after_id(page)?.unwrap_or(Uuid::nil()))
}
