//! Whether a store fits together: the log and the ledger are replayed, and what they come to is
//! compared with what is stored.

mod documents;
mod replay;

use std::collections::BTreeMap;
use std::fmt;

use polycode_core::id::{ContentId, UserId};
use polycode_core::judging::SubmissionStatus;
use polycode_core::polypoints::{Account, EntryReason};
use polycode_core::port::{Page, PageRequest, PortError, Store};
use polycode_core::quantity::Points;
use serde::Serialize;

use crate::check::documents::{compare_contents, compare_documents};
use crate::check::replay::Replayed;

/// What was looked at, and what does not fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// How many events were replayed.
    pub events: u64,
    /// How many submissions were compared.
    pub submissions: u64,
    /// How many progresses of users in contents were compared.
    pub progress: u64,
    /// How many wallets were compared.
    pub wallets: u64,
    /// How many entries of the ledger were added up.
    pub entries: u64,
    /// How many contents were compared with their versions.
    pub contents: u64,
    /// How many documents were compared with what they are found by.
    pub documents: u64,
    /// What does not fit; nothing in a sound store.
    pub findings: Vec<Finding>,
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What it is about: `wallet ada`.
    pub what: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

/// Replays the log and the ledger of a store, and compares what they come to with what is stored; each
/// document is compared with what it is found by and its purse with its members' wallets, each content with its versions, and each place in
/// the ranking with the number of wallets before it.
///
/// Nobody may write meanwhile: what is committed between two reads would look wrong. It holds
/// every submission in memory, some 300 bytes for each.
///
/// # Errors
/// [`PortError`] when the store fails.
///
/// # Examples
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let store = polycode_store::open("memory:").await.unwrap();
/// let checked = polycode_store::check(&*store).await.unwrap();
/// assert!(checked.findings.is_empty());
/// # });
/// ```
pub async fn check(store: &dyn Store) -> Result<Checked, PortError> {
    let mut checked = Checked::default();
    let told = Replayed::read(store, &mut checked).await?;
    compare_submissions(store, &told, &mut checked).await?;
    let paid = add_up_wallets(store, &told, &mut checked).await?;
    compare_progress(store, &told, &paid, &mut checked).await?;
    let contents = compare_contents(store, &mut checked).await?;
    find_untold(store, &contents, &told, &mut checked).await?;
    compare_documents(store, &mut checked).await?;
    Ok(checked)
}

impl Checked {
    fn find(&mut self, what: impl fmt::Display, why: impl fmt::Display) {
        self.findings.push(Finding {
            what: what.to_string(),
            why: why.to_string(),
        });
    }
}

async fn compare_submissions(
    store: &dyn Store,
    told: &Replayed,
    checked: &mut Checked,
) -> Result<(), PortError> {
    for (id, told) in &told.submissions {
        checked.submissions += 1;
        let what = || format!("submission {id}");
        match store.submission(*id).await? {
            None => checked.find(what(), "the log tells of it, but it is not stored"),
            Some(stored) if stored.value != *told => {
                checked.find(what(), "it is stored otherwise than the log tells");
            }
            Some(_) => {}
        }
        if store.answer(*id).await?.is_none() {
            checked.find(what(), "it has no answer");
        }
        let is_graded = matches!(told.status, SubmissionStatus::Graded { .. });
        if is_graded && store.report(*id).await?.is_none() {
            checked.find(what(), "it is graded without a report");
        }
    }
    Ok(())
}

/// Looks for submissions that nobody told of.
async fn find_untold(
    store: &dyn Store,
    contents: &[ContentId],
    told: &Replayed,
    checked: &mut Checked,
) -> Result<(), PortError> {
    for content in contents {
        let mut after = None;
        loop {
            let Page { items, next } = store.submissions_to(*content, every(after)).await?;
            for submission in items {
                let id = submission.id;
                if !told.submissions.contains_key(&id) {
                    checked.find(format!("submission {id}"), "the log does not tell of it");
                }
            }
            after = next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(())
}

/// What each content has paid to each user by the ledger.
type Paid = BTreeMap<(UserId, ContentId), Points>;

async fn add_up_wallets(
    store: &dyn Store,
    told: &Replayed,
    checked: &mut Checked,
) -> Result<Paid, PortError> {
    let mut paid = Paid::new();
    let mut stored = 0;
    let mut before = None;
    let mut after = None;
    loop {
        let page = store.wallets(every(after)).await?;
        for wallet in page.items {
            if before.replace(wallet.balance) != Some(wallet.balance) {
                let above = store.wallets_above(wallet.balance).await?;
                if above != stored {
                    let why = format!("{stored} wallets hold more, but {above} are counted");
                    checked.find(format!("wallet {}", wallet.user), why);
                }
            }
            stored += 1;
            checked.wallets += 1;
            let what = || format!("wallet {}", wallet.user);
            let (earned, spent) = add_up(store, &wallet.user, &mut paid, checked).await?;
            if earned.checked_sub(spent) != Some(wallet.balance.0) {
                let (user_has, balance) = (wallet.balance, (earned, spent));
                let why = format!(
                    "it holds {user_has}, but the ledger gave it {} and took {}",
                    balance.0, balance.1
                );
                checked.find(what(), why);
            }
            match told.wallets.get(&wallet.user) {
                Some(told) if told.balance == wallet.balance => {}
                Some(told) => {
                    let why = format!(
                        "it holds {}, but the log tells {}",
                        wallet.balance, told.balance
                    );
                    checked.find(what(), why);
                }
                None if wallet.balance == Points(0) => {}
                None => checked.find(what(), "the log does not tell of it"),
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    if told.wallets.len() as u64 > stored {
        for user in told.wallets.keys() {
            if store.wallet(user).await?.is_none() {
                checked.find(
                    format!("wallet {user}"),
                    "the log tells of it, but it is not stored",
                );
            }
        }
    }
    Ok(paid)
}

/// What the ledger gave to a user's wallet and what it took.
async fn add_up(
    store: &dyn Store,
    user: &UserId,
    paid: &mut Paid,
    checked: &mut Checked,
) -> Result<(u64, u64), PortError> {
    let own = Account::Wallet { user: user.clone() };
    let (mut earned, mut spent) = (0_u64, 0_u64);
    let mut after = None;
    loop {
        let Page { items, next } = store.entries(user, every(after)).await?;
        for entry in items {
            checked.entries += 1;
            if entry.credit == own {
                earned = earned.saturating_add(entry.points.0);
            }
            if entry.debit == own {
                spent = spent.saturating_add(entry.points.0);
            }
            if let EntryReason::Award { user, content, .. } = entry.reason {
                let sum = paid.entry((user, content)).or_default();
                sum.0 = sum.0.saturating_add(entry.points.0);
            }
        }
        after = next;
        if after.is_none() {
            return Ok((earned, spent));
        }
    }
}

async fn compare_progress(
    store: &dyn Store,
    told: &Replayed,
    paid: &Paid,
    checked: &mut Checked,
) -> Result<(), PortError> {
    for ((user, content), told) in &told.progress {
        checked.progress += 1;
        let what = || format!("progress of {user} in {content}");
        match store.progress(user, *content).await? {
            None => checked.find(what(), "the log tells of it, but it is not stored"),
            Some(stored) if stored.value != *told => {
                checked.find(what(), "it is stored otherwise than the log tells");
            }
            Some(_) => {}
        }
        let in_ledger = paid.get(&(user.clone(), *content)).copied();
        let in_ledger = in_ledger.unwrap_or_default();
        if told.paid != in_ledger {
            let why = format!("it paid {}, but the ledger says {in_ledger}", told.paid);
            checked.find(what(), why);
        }
    }
    for (user, content) in paid.keys() {
        if !told.progress.contains_key(&(user.clone(), *content)) {
            let what = format!("progress of {user} in {content}");
            checked.find(what, "it was paid for, but the log does not tell of it");
        }
    }
    Ok(())
}

fn every(after: Option<String>) -> PageRequest {
    let limit = PageRequest::MAX;
    PageRequest { after, limit }
}
