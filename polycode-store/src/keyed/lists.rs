//! Reading lists: a range of keys, and what they point to.

use std::collections::{BTreeMap, BTreeSet};

use polycode_core::catalogue::Content;
use polycode_core::event::Logged;
use polycode_core::id::{ContentId, SubmissionId, UserId};
use polycode_core::judging::Submission;
use polycode_core::polypoints::{Entry, Wallet};
use polycode_core::port::{Page, PageRequest, PortError, Versioned};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points};

use crate::keyed::key::{Range, key, parts};
use crate::keyed::value::{Slugged, read, versioned};
use crate::keyed::write::{content_at, rank};
use crate::keyed::{KeyScan, KeyValues, event};
use crate::page::{after_id, page_of, rows_for, wallet_place};

/// How many keys are read at once where all of a range are wanted.
pub(super) const AT_ONCE: u32 = 1_000;

/// A key and what it holds.
pub(super) type Row = (String, String);

/// The first rows of a range.
pub(super) async fn first(
    values: &dyn KeyValues,
    Range { first, end }: Range,
    limit: u32,
) -> Result<Vec<Row>, PortError> {
    scan(values, first, end, limit, false).await
}

/// The last rows of a range, the last first.
pub(super) async fn last(
    values: &dyn KeyValues,
    Range { first, end }: Range,
    limit: u32,
) -> Result<Vec<Row>, PortError> {
    scan(values, first, end, limit, true).await
}

async fn scan(
    values: &dyn KeyValues,
    first: String,
    end: String,
    limit: u32,
    is_reversed: bool,
) -> Result<Vec<Row>, PortError> {
    if limit == 0 || first >= end {
        return Ok(Vec::new());
    }
    let scan = KeyScan {
        first,
        end,
        limit,
        is_reversed,
    };
    values.scan(scan).await
}

/// What keys hold, in their order; what is not there any more is left out.
pub(super) async fn all(values: &dyn KeyValues, keys: Vec<String>) -> Result<Vec<Row>, PortError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    // A document may stand on a list more than once.
    let asked: BTreeSet<_> = keys.iter().cloned().collect();
    let found = values.get(asked.into_iter().collect()).await?;
    let row = |key: String| found.get(&key).cloned().map(|value| (key, value));
    Ok(keys.into_iter().filter_map(row).collect())
}

pub(super) async fn contents(
    values: &dyn KeyValues,
    page: &PageRequest,
) -> Result<Page<Versioned<Content>>, PortError> {
    let mut range = Range::under("slug");
    if let Some(after) = &page.after {
        range = range.after(&key(["slug", after]));
    }
    let rows = first(values, range, rows_for(page)).await?;
    let slugged = |(_, found): &Row| read::<Slugged>("slug", found);
    let slugged: Vec<_> = rows.iter().map(slugged).collect::<Result<_, _>>()?;
    let keys = slugged
        .iter()
        .map(|found| content_at(found.id, found.version));
    let kept: BTreeMap<_, _> = all(values, keys.collect()).await?.into_iter().collect();
    let contents = slugged.iter().filter_map(|found| {
        let content = kept.get(&content_at(found.id, found.version))?;
        let version = found.version;
        Some(read("content", content).map(|value| Versioned { version, value }))
    });
    let contents: Vec<_> = contents.collect::<Result<_, _>>()?;
    Ok(page_of(contents, page, |content: &Versioned<Content>| {
        content.value.draft.slug.to_string()
    }))
}

pub(super) async fn submissions(
    values: &dyn KeyValues,
    user: &UserId,
    content: Option<ContentId>,
    page: &PageRequest,
) -> Result<Page<Submission>, PortError> {
    let list = match content {
        None => key(["submission-of", user.as_str()]),
        Some(content) => key(["submission-of-to", user.as_str(), &content.to_string()]),
    };
    let mut range = Range::under(&list);
    if let Some(before) = after_id(page)? {
        range = range.before(format!("{list} {before}"));
    }
    let rows = last(values, range, rows_for(page)).await?;
    submissions_of(values, &rows, page).await
}

pub(super) async fn submissions_to(
    values: &dyn KeyValues,
    content: ContentId,
    page: &PageRequest,
) -> Result<Page<Submission>, PortError> {
    let list = key(["submission-to", &content.to_string()]);
    let mut range = Range::under(&list);
    if let Some(after) = after_id(page)? {
        range = range.after(&format!("{list} {after}"));
    }
    let rows = first(values, range, rows_for(page)).await?;
    submissions_of(values, &rows, page).await
}

/// The page of the submissions that the last parts of keys name.
async fn submissions_of(
    values: &dyn KeyValues,
    rows: &[Row],
    page: &PageRequest,
) -> Result<Page<Submission>, PortError> {
    let found = all(values, pointed_to("submission", rows)).await?;
    let submissions = found.iter().map(|(_, submission)| {
        let submission: Versioned<Submission> = versioned("submission", submission)?;
        Ok(submission.value)
    });
    let submissions = submissions.collect::<Result<Vec<_>, PortError>>()?;
    Ok(page_of(submissions, page, |submission: &Submission| {
        submission.id.to_string()
    }))
}

/// The keys of what the last parts of keys name by their ids.
fn pointed_to(what: &str, rows: &[Row]) -> Vec<String> {
    let ids = rows.iter().filter_map(|(key, _)| key.rsplit(' ').next());
    ids.map(|id| key([what, id])).collect()
}

pub(super) async fn pending(
    values: &dyn KeyValues,
    limit: u32,
) -> Result<Vec<SubmissionId>, PortError> {
    let rows = first(values, Range::under("pending"), limit).await?;
    let id = |(key, _): &Row| {
        let [_, id] = parts(key)?;
        id.parse().map_err(|_| {
            PortError::permanent(format!("the store has a key `{key}`, which has no id"))
        })
    };
    rows.iter().map(id).collect()
}

pub(super) async fn progress_of(
    values: &dyn KeyValues,
    user: &UserId,
    page: &PageRequest,
) -> Result<Page<Progress>, PortError> {
    let list = key(["progress", user.as_str()]);
    let mut range = Range::under(&list);
    if let Some(after) = after_id(page)? {
        range = range.after(&format!("{list} {after}"));
    }
    let rows = first(values, range, rows_for(page)).await?;
    let progress = rows.iter().map(|(_, progress)| {
        let progress: Versioned<Progress> = versioned("progress", progress)?;
        Ok(progress.value)
    });
    let progress = progress.collect::<Result<Vec<_>, PortError>>()?;
    Ok(page_of(progress, page, |progress: &Progress| {
        progress.content.to_string()
    }))
}

pub(super) async fn wallets(
    values: &dyn KeyValues,
    page: &PageRequest,
) -> Result<Page<Wallet>, PortError> {
    let mut range = Range::under("rank");
    if let Some((balance, user)) = wallet_place(page)? {
        range = range.after(&key(["rank", &rank(balance), user.as_str()]));
    }
    let rows = first(values, range, rows_for(page)).await?;
    let wallets: Vec<_> = rows.iter().map(wallet_of).collect::<Result<_, _>>()?;
    Ok(page_of(wallets, page, |wallet: &Wallet| {
        format!("{}/{}", wallet.balance, wallet.user)
    }))
}

/// The wallet that a rank tells of.
fn wallet_of((key, _): &Row) -> Result<Wallet, PortError> {
    let broken = || PortError::permanent(format!("the store has a key `{key}`, which is no rank"));
    let [_, rank, user] = parts(key)?;
    let rank: u64 = rank.parse().map_err(|_| broken())?;
    Ok(Wallet {
        user: user.parse().map_err(|_| broken())?,
        balance: Points(u64::MAX - rank),
    })
}

/// Counted one by one: it takes as long as there are fuller wallets.
pub(super) async fn wallets_above(
    values: &dyn KeyValues,
    balance: Points,
) -> Result<u64, PortError> {
    let own = key(["rank", &rank(balance)]);
    let mut range = Range::under("rank").before(own);
    let mut counted = 0;
    loop {
        let rows = first(values, range.clone(), AT_ONCE).await?;
        counted += rows.len() as u64;
        match rows.last() {
            Some((last, _)) if rows.len() >= AT_ONCE as usize => range = range.after(last),
            _ => return Ok(counted),
        }
    }
}

pub(super) async fn entries(
    values: &dyn KeyValues,
    user: &UserId,
    page: &PageRequest,
) -> Result<Page<Entry>, PortError> {
    let list = key(["entry-of", user.as_str()]);
    let mut range = Range::under(&list);
    if let Some(before) = after_id(page)? {
        range = range.before(format!("{list} {before}"));
    }
    let rows = last(values, range, rows_for(page)).await?;
    let found = all(values, pointed_to("entry", &rows)).await?;
    let entries = found.iter().map(|(_, entry)| read("entry", entry));
    let entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
    Ok(page_of(entries, page, |entry: &Entry| entry.id.to_string()))
}

pub(super) async fn events(
    values: &dyn KeyValues,
    after: Cursor,
    limit: u32,
) -> Result<Vec<Logged>, PortError> {
    let range = Range::under("event").after(&event(after));
    let rows = first(values, range, limit).await?;
    let logged = rows.iter().map(|(key, recorded)| {
        let [_, cursor] = parts(key)?;
        let broken =
            |_| PortError::permanent(format!("the store has a key `{key}`, which is no place"));
        Ok(Logged {
            cursor: Cursor(cursor.parse().map_err(broken)?),
            recorded: read("event", recorded)?,
        })
    });
    logged.collect()
}
