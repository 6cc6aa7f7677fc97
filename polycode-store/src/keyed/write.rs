//! Writing a commit: what each document must be like, and the keys that it and its lists have.

use polycode_core::catalogue::Content;
use polycode_core::event::Recorded;
use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::judging::{Submission, SubmissionStatus};
use polycode_core::polypoints::{Account, Entry, EntryReason, Wallet};
use polycode_core::port::{Commit, CommitError, PortError, Versioned, Write};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points, Version};

use crate::keyed::key::{key, number};
use crate::keyed::transaction::Transaction;
use crate::keyed::value::{ContentHead, Slugged, THERE, read, text, versioned, with_version};
use crate::keyed::{documents, event};
use crate::rules::{conflict, duplicate, missing, unknown};

/// Where the number of events is.
const LOG: &str = "log";

/// What a commit is sure to look at.
pub(super) fn keys_of(commit: &Commit) -> Vec<String> {
    let mut keys: Vec<_> = commit.writes.iter().flat_map(keys_of_write).collect();
    if !commit.events.is_empty() {
        keys.push(LOG.to_owned());
        keys.extend(commit.events.iter().map(event_id));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Writes everything of a commit, in its order.
///
/// # Errors
/// As [`Store::commit`](polycode_core::port::Store::commit).
pub(super) async fn write(
    transaction: &mut Transaction<'_>,
    commit: &Commit,
) -> Result<(), CommitError> {
    for write in &commit.writes {
        write_one(transaction, write).await?;
    }
    for event in &commit.events {
        append(transaction, event).await?;
    }
    Ok(())
}

/// The key of a version of a content.
pub(super) fn content_at(id: ContentId, version: Version) -> String {
    key(["content-at", &id.to_string(), &number(version.0)])
}

/// Fuller wallets come first.
pub(super) fn rank(balance: Points) -> String {
    number(u64::MAX - balance.0)
}

fn content_key(id: ContentId) -> String {
    key(["content", &id.to_string()])
}

fn submission_key(id: SubmissionId) -> String {
    key(["submission", &id.to_string()])
}

fn progress_key(progress: &Progress) -> String {
    let content = progress.content.to_string();
    key(["progress", progress.user.as_str(), &content])
}

fn event_id(event: &Recorded) -> String {
    key(["event-id", &event.id.to_string()])
}

fn reason_key(reason: &EntryReason) -> Result<String, PortError> {
    Ok(key(["reason", &text(reason)?]))
}

fn wallets_of(entry: &Entry) -> Vec<&str> {
    let accounts = [&entry.debit, &entry.credit].into_iter();
    let users = accounts.filter_map(|account| match account {
        Account::Wallet { user } => Some(user.as_str()),
        _ => None,
    });
    users.collect()
}

fn keys_of_write(write: &Write) -> Vec<String> {
    match write {
        Write::Content { content, .. } => {
            vec![
                content_key(content.id),
                key(["slug", content.draft.slug.as_str()]),
            ]
        }
        Write::Submission { submission, .. } => {
            vec![
                submission_key(submission.id),
                content_key(submission.content),
            ]
        }
        Write::Answer { submission, .. } => {
            vec![
                submission_key(*submission),
                key(["answer", &submission.to_string()]),
            ]
        }
        Write::Report { submission, .. } => vec![submission_key(*submission)],
        Write::Progress { progress, .. } => {
            vec![progress_key(progress), content_key(progress.content)]
        }
        Write::Wallet { wallet, .. } => vec![key(["wallet", wallet.user.as_str()])],
        Write::Entry(entry) => {
            let wallets = wallets_of(entry).into_iter();
            let mut keys: Vec<_> = wallets.map(|user| key(["wallet", user])).collect();
            keys.push(key(["entry", &entry.id.to_string()]));
            keys.extend(reason_key(&entry.reason).ok());
            keys
        }
        Write::Document(write) => documents::keys_of(write),
        // It will be refused.
        _ => Vec::new(),
    }
}

async fn write_one(transaction: &mut Transaction<'_>, write: &Write) -> Result<(), CommitError> {
    match write {
        Write::Content { expected, content } => {
            write_content(transaction, *expected, content).await
        }
        Write::Submission {
            expected,
            submission,
        } => write_submission(transaction, *expected, submission).await,
        Write::Answer { submission, answer } => {
            let key = key(["answer", &submission.to_string()]);
            submission_is_there(transaction, *submission).await?;
            if transaction.has(&key).await? {
                return Err(duplicate("answer"));
            }
            transaction.put(key, text(answer)?);
            Ok(())
        }
        Write::Report { submission, report } => {
            submission_is_there(transaction, *submission).await?;
            transaction.put(key(["report", &submission.to_string()]), text(report)?);
            Ok(())
        }
        Write::Progress { expected, progress } => {
            write_progress(transaction, *expected, progress).await
        }
        Write::Wallet { expected, wallet } => write_wallet(transaction, *expected, wallet).await,
        Write::Entry(entry) => write_entry(transaction, entry).await,
        Write::Document(write) => documents::write(transaction, write).await,
        _ => Err(unknown("document").into()),
    }
}

async fn write_content(
    transaction: &mut Transaction<'_>,
    expected: Option<Version>,
    content: &Content,
) -> Result<(), CommitError> {
    let (id, slug) = (content.id, content.draft.slug.as_str());
    let head = transaction.get(&content_key(id)).await?;
    let head: Option<ContentHead> = head.map(|head| read("content", &head)).transpose()?;
    let stored = head.as_ref().map(|head| head.version);
    let version = next_version(expected, stored, "content")?;
    let slug_key = key(["slug", slug]);
    if let Some(owner) = transaction.get(&slug_key).await? {
        let owner: Slugged = read("slug", &owner)?;
        if owner.id != id {
            return Err(duplicate("slug"));
        }
    }
    if let Some(old) = head.filter(|head| head.slug != slug) {
        transaction.remove(key(["slug", &old.slug]));
    }
    transaction.put(slug_key, text(&Slugged { id, version })?);
    let slug = slug.to_owned();
    transaction.put(content_key(id), text(&ContentHead { version, slug })?);
    transaction.put(content_at(id, version), text(content)?);
    Ok(())
}

async fn write_submission(
    transaction: &mut Transaction<'_>,
    expected: Option<Version>,
    submission: &Submission,
) -> Result<(), CommitError> {
    let own_key = submission_key(submission.id);
    let old = transaction.get(&own_key).await?;
    let old: Option<Versioned<Submission>> =
        old.map(|old| versioned("submission", &old)).transpose()?;
    let stored = old.as_ref().map(|old| old.version);
    let version = next_version(expected, stored, "submission")?;
    let judged = submission.content_version;
    let newest = newest_version(transaction, submission.content).await?;
    if !newest.is_some_and(|newest| (Version::FIRST..=newest).contains(&judged)) {
        return Err(missing("version of a content"));
    }
    for list in old.iter().flat_map(|old| lists_of(&old.value)) {
        transaction.remove(list);
    }
    for list in lists_of(submission) {
        transaction.put(list, THERE.to_owned());
    }
    transaction.put(own_key, with_version(version, submission)?);
    Ok(())
}

/// The lists that a submission stands in.
fn lists_of(submission: &Submission) -> Vec<String> {
    let (user, id) = (submission.user.as_str(), submission.id.to_string());
    let content = submission.content.to_string();
    let mut lists = vec![
        key(["submission-of", user, &id]),
        key(["submission-of-to", user, &content, &id]),
        key(["submission-to", &content, &id]),
    ];
    if submission.status == SubmissionStatus::Pending {
        lists.push(key(["pending", &id]));
    }
    lists
}

async fn write_progress(
    transaction: &mut Transaction<'_>,
    expected: Option<Version>,
    progress: &Progress,
) -> Result<(), CommitError> {
    let own_key = progress_key(progress);
    let old = transaction.get(&own_key).await?;
    let old: Option<Versioned<Progress>> =
        old.map(|old| versioned("progress", &old)).transpose()?;
    let version = next_version(expected, old.map(|old| old.version), "progress")?;
    if newest_version(transaction, progress.content)
        .await?
        .is_none()
    {
        return Err(missing("content"));
    }
    transaction.put(own_key, with_version(version, progress)?);
    Ok(())
}

async fn write_wallet(
    transaction: &mut Transaction<'_>,
    expected: Option<Version>,
    wallet: &Wallet,
) -> Result<(), CommitError> {
    let user = wallet.user.as_str();
    let own_key = key(["wallet", user]);
    let old = transaction.get(&own_key).await?;
    let old: Option<Versioned<Wallet>> = old.map(|old| versioned("wallet", &old)).transpose()?;
    let stored = old.as_ref().map(|old| old.version);
    let version = next_version(expected, stored, "wallet")?;
    if let Some(old) = old {
        transaction.remove(key(["rank", &rank(old.value.balance), user]));
    }
    transaction.put(key(["rank", &rank(wallet.balance), user]), THERE.to_owned());
    transaction.put(own_key, with_version(version, wallet)?);
    Ok(())
}

async fn write_entry(transaction: &mut Transaction<'_>, entry: &Entry) -> Result<(), CommitError> {
    let id = entry.id.to_string();
    let (own_key, reason) = (key(["entry", &id]), reason_key(&entry.reason)?);
    if transaction.has(&own_key).await? || transaction.has(&reason).await? {
        return Err(duplicate("entry"));
    }
    for user in wallets_of(entry) {
        if !transaction.has(&key(["wallet", user])).await? {
            return Err(missing("wallet"));
        }
        transaction.put(key(["entry-of", user, &id]), THERE.to_owned());
    }
    transaction.put(reason, text(&entry.id)?);
    transaction.put(own_key, text(entry)?);
    Ok(())
}

async fn append(transaction: &mut Transaction<'_>, recorded: &Recorded) -> Result<(), CommitError> {
    let id = event_id(recorded);
    if transaction.has(&id).await? {
        return Err(duplicate("event"));
    }
    let length = transaction.get(LOG).await?;
    let length: Option<u64> = length.map(|length| read("log", &length)).transpose()?;
    let place = Cursor(length.unwrap_or_default() + 1);
    transaction.put(LOG.to_owned(), text(&place)?);
    transaction.put(id, text(&place)?);
    transaction.put(event(place), text(recorded)?);
    Ok(())
}

async fn submission_is_there(
    transaction: &mut Transaction<'_>,
    id: SubmissionId,
) -> Result<(), CommitError> {
    if transaction.has(&submission_key(id)).await? {
        Ok(())
    } else {
        Err(missing("submission"))
    }
}

async fn newest_version(
    transaction: &mut Transaction<'_>,
    id: ContentId,
) -> Result<Option<Version>, PortError> {
    let head = transaction.get(&content_key(id)).await?;
    let head: Option<ContentHead> = head.map(|head| read("content", &head)).transpose()?;
    Ok(head.map(|head| head.version))
}

/// The version that a write gives, if the document is at the version that it expects.
pub(super) fn next_version(
    expected: Option<Version>,
    stored: Option<Version>,
    document: &'static str,
) -> Result<Version, CommitError> {
    if expected == stored {
        Ok(expected.map_or(Version::FIRST, Version::next))
    } else {
        Err(conflict(document))
    }
}
