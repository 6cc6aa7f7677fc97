//! The rules that every adapter of [`polycode_core::port::Store`] keeps, as tests.
//!
//! Each rule is a named function that takes an empty store and panics where the store breaks it.
//! An adapter of your own runs them all on fresh stores:
//!
//! ```
//! use std::sync::Arc;
//! use polycode_store::{MemoryStore, testkit};
//!
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let broken = testkit::check(|| async { Arc::new(MemoryStore::new()) as _ }).await;
//! assert!(broken.is_empty(), "{broken:?}");
//! # });
//! ```
//!
//! What a `KeyedStore` is over has rules of its own, `KEY_RULES`, which say more plainly what is wrong with it;
//! `check_keyed` checks both (feature `keyed`).
//!
//! Documents to fill a store with are in [`sample`]; random commits, to compare two stores with
//! each other, in [`random`]; a clock that is set by hand is [`HandClock`].
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a rule is a test: it panics where a store breaks it"
)]

mod clock;
mod concurrency;
mod documents;
mod found;
#[cfg(feature = "keyed")]
mod keyed;
mod ledger;
mod lists;
#[cfg(all(unix, feature = "postgres"))]
pub mod postgres;
mod purses;
pub mod random;
pub mod sample;
mod searched;
mod texts;

use std::pin::Pin;
use std::sync::Arc;

use polycode_core::port::{Commit, CommitError, Store, Write};

#[cfg(feature = "keyed")]
use crate::{KeyValues, KeyedStore};

pub use clock::HandClock;

/// A rule of the port.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What it says, as a name.
    pub name: &'static str,
    /// Tries an empty store; panics if the store breaks the rule.
    pub check: fn(Arc<dyn Store>) -> Checking,
}

/// A rule that is being checked.
pub type Checking = Pin<Box<dyn Future<Output = ()> + Send>>;

macro_rules! rules {
    ($($file:ident: $($rule:ident)*;)*) => {
        /// Every rule.
        pub const RULES: &[Rule] = &[$($(Rule {
            name: stringify!($rule),
            check: |store| Box::pin($file::$rule(store)),
        },)*)*];
    };
}

rules! {
    documents:
        a_commit_that_fails_writes_nothing
        a_document_is_written_only_at_the_version_that_was_read
        a_slug_belongs_to_one_content
        every_version_of_a_content_is_kept
        an_answer_is_written_once_and_a_report_is_replaced
        what_a_document_refers_to_is_there
        what_is_not_there_is_none
        every_status_comes_back;
    ledger:
        a_reason_is_paid_once
        an_entry_moves_points_between_two_accounts
        numbers_too_large_to_count_are_refused;
    lists:
        contents_are_paged_by_slug
        submissions_are_paged_newest_first
        entries_are_paged_newest_first
        a_page_stays_where_it_was_while_others_write
        wallets_are_paged_fullest_first
        a_rank_counts_the_wallets_that_hold_more
        progress_is_paged_by_content
        submissions_to_a_content_are_paged_oldest_first
        the_oldest_pending_submissions_come_first
        events_keep_their_order;
    found:
        a_found_document_is_written_only_at_the_version_that_was_read
        a_unique_term_belongs_to_one_document
        a_removed_document_is_gone_from_every_list
        a_commit_that_fails_leaves_lists_as_they_were
        lists_are_in_order_of_sort_then_key
        a_page_of_a_list_stays_where_it_was
        odd_keys_and_terms_come_back_as_they_were;
    purses:
        a_purse_holds_what_its_holders_have
        purses_are_paged_fullest_first
        purses_add_up_while_wallets_and_holders_change;
    searched:
        documents_are_found_by_how_their_words_begin
        a_search_is_paged_like_its_list
        rare_and_frequent_words_find_the_same
        of_many_words_the_longest_are_looked_for
        documents_of_a_kind_come_with_their_terms;
    texts:
        odd_texts_come_back_as_they_were
        large_texts_come_back_as_they_were
        times_come_back_to_the_nanosecond;
    concurrency:
        credits_at_the_same_time_all_count
        one_of_many_graders_wins
        an_id_is_given_once
        a_commit_is_seen_whole_once_it_is_acknowledged
        a_caller_that_leaves_breaks_nothing;
}

/// Checks every rule, each on a store that `fresh` makes, and returns those that are broken.
pub async fn check<F, Fut>(fresh: F) -> Vec<&'static str>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Arc<dyn Store>>,
{
    let mut broken = Vec::new();
    for rule in RULES {
        let store = fresh().await;
        // A task of its own, so that a broken rule does not hide the next.
        if tokio::spawn((rule.check)(store)).await.is_err() {
            broken.push(rule.name);
        }
    }
    broken
}

/// A rule of what keeps texts under keys.
#[cfg(feature = "keyed")]
#[derive(Debug, Clone, Copy)]
pub struct KeyRule {
    /// What it says, as a name.
    pub name: &'static str,
    /// Tries it while it is empty; panics if it breaks the rule.
    pub check: fn(Arc<dyn KeyValues>) -> Checking,
}

#[cfg(feature = "keyed")]
macro_rules! key_rules {
    ($($rule:ident)*) => {
        /// Every rule of what keeps texts under keys.
        pub const KEY_RULES: &[KeyRule] = &[$(KeyRule {
            name: stringify!($rule),
            check: |values| Box::pin(keyed::$rule(values)),
        },)*];
    };
}

#[cfg(feature = "keyed")]
key_rules! {
    a_key_that_is_not_there_is_left_out
    a_text_comes_back_as_it_was
    keys_are_in_the_order_of_their_bytes
    a_range_holds_its_first_key_and_not_its_end
    a_range_gives_no_more_than_its_limit
    a_key_that_goes_is_gone
    a_write_that_finds_what_it_expects_is_made
    a_write_that_finds_something_else_changes_nothing
    many_changes_are_made_at_once
    one_of_many_that_expect_the_same_wins
    what_is_counted_at_the_same_time_adds_up
}

/// Checks what keeps texts under keys: every rule of its own, then every rule of a store over it. Returns
/// those that are broken.
#[cfg(feature = "keyed")]
pub async fn check_keyed<F, Fut>(fresh: F) -> Vec<&'static str>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Arc<dyn KeyValues>>,
{
    let mut broken = Vec::new();
    for rule in KEY_RULES {
        let values = fresh().await;
        if tokio::spawn((rule.check)(values)).await.is_err() {
            broken.push(rule.name);
        }
    }
    let store = || async { Arc::new(KeyedStore::new(fresh().await)) as Arc<dyn Store> };
    broken.extend(check(store).await);
    broken
}

/// Commits documents without events.
async fn write(store: &dyn Store, writes: Vec<Write>) -> Result<(), CommitError> {
    let events = Vec::new();
    store.commit(Commit { writes, events }).await
}

/// Commits the first version of the content with number 1.
async fn write_content(store: &dyn Store, slug: &str, text: &str) {
    let content = sample::new_content(sample::content(1, slug, text));
    write(store, vec![content]).await.unwrap();
}

fn is_conflict(result: &Result<(), CommitError>) -> bool {
    matches!(result, Err(CommitError::Conflict { .. }))
}

fn is_duplicate(result: &Result<(), CommitError>) -> bool {
    matches!(result, Err(CommitError::Duplicate { .. }))
}

fn is_refused(result: &Result<(), CommitError>) -> bool {
    matches!(result, Err(CommitError::Port(_)))
}
