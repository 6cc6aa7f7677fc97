//! Rules of documents that every adapter keeps in the same words.

use polycode_core::judging::SubmissionStatus;
use polycode_core::polypoints::Entry;
use polycode_core::port::{Change, Commit, CommitError, DocumentWrite, PortError, Write};

/// Checks the rules that concern one document alone, whatever is stored already.
pub(crate) fn check(commit: &Commit) -> Result<(), CommitError> {
    commit.writes.iter().try_for_each(check_write)?;
    Ok(())
}

/// A document that refers to one that is not there.
pub(crate) fn missing(what: &str) -> CommitError {
    PortError::permanent(format!(
        "the {what} that is referred to is not in the store"
    ))
    .into()
}

/// A document of a kind that came after this version of the store.
pub(crate) fn unknown(what: &str) -> PortError {
    PortError::permanent(format!("this store does not know this kind of {what}"))
}

pub(crate) const fn conflict(document: &'static str) -> CommitError {
    CommitError::Conflict { document }
}

pub(crate) const fn duplicate(unique: &'static str) -> CommitError {
    CommitError::Duplicate { unique }
}

fn check_write(write: &Write) -> Result<(), PortError> {
    match write {
        Write::Content { .. } | Write::Answer { .. } | Write::Report { .. } => Ok(()),
        Write::Submission { submission, .. } => {
            countable("contentVersion", submission.content_version.0)?;
            match submission.status {
                SubmissionStatus::Graded { fuel, .. } => countable("fuel", fuel.0),
                SubmissionStatus::Pending
                | SubmissionStatus::AwaitingReview { .. }
                | SubmissionStatus::Ungradable { .. } => Ok(()),
                _ => Err(unknown("status")),
            }
        }
        Write::Progress { progress, .. } => countable("paid", progress.paid.0),
        Write::Wallet { wallet, .. } => countable("balance", wallet.balance.0),
        Write::Entry(entry) => check_entry(entry),
        Write::Document(document) => check_document(document),
        _ => Err(unknown("document")),
    }
}

/// Places in lists are written with a line break between their parts.
fn check_document(document: &DocumentWrite) -> Result<(), PortError> {
    let terms = match &document.change {
        Change::Put { terms, .. } => terms.as_slice(),
        Change::Remove => &[],
    };
    let mut texts = terms.iter().map(|term| &term.sort).chain([&document.key]);
    if texts.any(|text| text.contains('\n')) {
        let message = format!("a {} has a line break in its key or sort", document.kind);
        return Err(PortError::permanent(message));
    }
    Ok(())
}

fn check_entry(entry: &Entry) -> Result<(), PortError> {
    countable("points", entry.points.0)?;
    if entry.points.0 == 0 {
        return Err(PortError::permanent(
            "`points` of an entry is 1 or more, not 0",
        ));
    }
    if entry.debit == entry.credit {
        let message = "`credit` of an entry is another account than its `debit`";
        return Err(PortError::permanent(message));
    }
    Ok(())
}

/// Databases count with a sign.
fn countable(field: &str, number: u64) -> Result<(), PortError> {
    match i64::try_from(number) {
        Ok(_) => Ok(()),
        Err(_) => Err(PortError::permanent(format!(
            "`{field}` is at most {}, not {number}",
            i64::MAX
        ))),
    }
}
