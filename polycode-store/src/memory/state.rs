//! What a memory store holds, and how it is looked up.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Bound;

use polycode_core::catalogue::Content;
use polycode_core::event::{Logged, Recorded};
use polycode_core::id::{ContentId, EntryId, EventId, Slug, SubmissionId, UserId};
use polycode_core::judging::{Answer, Report, Submission};
use polycode_core::polypoints::{Entry, EntryReason, Wallet};
use polycode_core::port::{Page, PageRequest, PortError, Versioned};
use polycode_core::practice::Progress;
use polycode_core::quantity::{Cursor, Points, Version};
use uuid::Uuid;

use crate::memory::documents::Documents;
use crate::memory::purses::Purses;
use crate::memory::ranks::Ranks;
use crate::page::{after_id, page_of, rows_for, wallet_place};

/// Documents, and beside them the indexes that lists are read from.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Every version of each content, oldest first.
    pub(super) contents: BTreeMap<ContentId, Vec<Content>>,
    /// By slug as text, since a page may start after a slug that is no more.
    pub(super) slugs: BTreeMap<String, ContentId>,
    pub(super) submissions: BTreeMap<SubmissionId, Versioned<Submission>>,
    pub(super) by_user: BTreeSet<(UserId, SubmissionId)>,
    pub(super) by_content: BTreeSet<(UserId, ContentId, SubmissionId)>,
    pub(super) to_content: BTreeSet<(ContentId, SubmissionId)>,
    pub(super) pending: BTreeSet<SubmissionId>,
    pub(super) answers: BTreeMap<SubmissionId, Answer>,
    pub(super) reports: BTreeMap<SubmissionId, Report>,
    pub(super) progress: BTreeMap<(UserId, ContentId), Versioned<Progress>>,
    pub(super) wallets: BTreeMap<UserId, Versioned<Wallet>>,
    pub(super) by_balance: BTreeSet<(Reverse<Points>, UserId)>,
    pub(super) ranks: Ranks,
    pub(super) entries: BTreeMap<EntryId, Entry>,
    pub(super) reasons: BTreeSet<EntryReason>,
    pub(super) by_wallet: BTreeSet<(UserId, EntryId)>,
    pub(super) documents: Documents,
    pub(super) purses: Purses,
    pub(super) events: Vec<Recorded>,
    pub(super) event_ids: HashSet<EventId>,
}

impl State {
    pub(super) fn content(&self, id: ContentId) -> Option<Versioned<Content>> {
        let versions = self.contents.get(&id)?;
        Some(Versioned {
            version: Version(versions.len() as u64),
            value: versions.last()?.clone(),
        })
    }

    pub(super) fn content_by_slug(&self, slug: &Slug) -> Option<Versioned<Content>> {
        self.content(*self.slugs.get(slug.as_str())?)
    }

    pub(super) fn content_at(&self, id: ContentId, version: Version) -> Option<Content> {
        let index = usize::try_from(version.0.checked_sub(1)?).ok()?;
        self.contents.get(&id)?.get(index).cloned()
    }

    pub(super) fn contents(&self, page: &PageRequest) -> Page<Versioned<Content>> {
        let after = match &page.after {
            Some(after) => Bound::Excluded(after.as_str()),
            None => Bound::Unbounded,
        };
        let rows = self
            .slugs
            .range::<str, _>((after, Bound::Unbounded))
            .filter_map(|(_, id)| self.content(*id))
            .take(rows_for(page) as usize)
            .collect();
        page_of(rows, page, |content| content.value.draft.slug.to_string())
    }

    pub(super) fn submissions_of(
        &self,
        user: &UserId,
        content: Option<ContentId>,
        page: &PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        let before = SubmissionId(after_id(page)?.unwrap_or(Uuid::max()));
        // No id is the greatest UUID, so leaving it out loses nothing.
        let rows = |ids: &mut dyn Iterator<Item = SubmissionId>| {
            ids.filter_map(|id| self.submissions.get(&id))
                .map(|stored| stored.value.clone())
                .take(rows_for(page) as usize)
                .collect()
        };
        let first = SubmissionId(Uuid::nil());
        let rows = match content {
            None => rows(
                &mut self
                    .by_user
                    .range((user.clone(), first)..(user.clone(), before))
                    .rev()
                    .map(|(_, id)| *id),
            ),
            Some(content) => rows(
                &mut self
                    .by_content
                    .range((user.clone(), content, first)..(user.clone(), content, before))
                    .rev()
                    .map(|(_, _, id)| *id),
            ),
        };
        Ok(page_of(rows, page, |submission| submission.id.to_string()))
    }

    pub(super) fn submissions_to(
        &self,
        content: ContentId,
        page: &PageRequest,
    ) -> Result<Page<Submission>, PortError> {
        let after = SubmissionId(after_id(page)?.unwrap_or(Uuid::nil()));
        let last = SubmissionId(Uuid::max());
        let range = (
            Bound::Excluded((content, after)),
            Bound::Included((content, last)),
        );
        let rows = self
            .to_content
            .range(range)
            .filter_map(|(_, id)| self.submissions.get(id))
            .map(|stored| stored.value.clone())
            .take(rows_for(page) as usize)
            .collect();
        Ok(page_of(rows, page, |submission: &Submission| {
            submission.id.to_string()
        }))
    }

    pub(super) fn progress_of(
        &self,
        user: &UserId,
        page: &PageRequest,
    ) -> Result<Page<Progress>, PortError> {
        let after = ContentId(after_id(page)?.unwrap_or(Uuid::nil()));
        let last = ContentId(Uuid::max());
        let range = (
            Bound::Excluded((user.clone(), after)),
            Bound::Included((user.clone(), last)),
        );
        let rows = self
            .progress
            .range(range)
            .map(|(_, stored)| stored.value.clone())
            .take(rows_for(page) as usize)
            .collect();
        Ok(page_of(rows, page, |progress: &Progress| {
            progress.content.to_string()
        }))
    }

    pub(super) fn wallets(&self, page: &PageRequest) -> Result<Page<Wallet>, PortError> {
        let after = wallet_place(page)?.map(|(balance, user)| (Reverse(balance), user));
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let rows = self
            .by_balance
            .range((start, Bound::Unbounded))
            .take(rows_for(page) as usize)
            .map(|(Reverse(balance), user)| Wallet {
                user: user.clone(),
                balance: *balance,
            })
            .collect();
        Ok(page_of(rows, page, |wallet: &Wallet| {
            format!("{}/{}", wallet.balance, wallet.user)
        }))
    }

    pub(super) fn pending(&self, limit: u32) -> Vec<SubmissionId> {
        self.pending.iter().take(limit as usize).copied().collect()
    }

    pub(super) fn entries_of(
        &self,
        user: &UserId,
        page: &PageRequest,
    ) -> Result<Page<Entry>, PortError> {
        let first = EntryId(Uuid::nil());
        let before = EntryId(after_id(page)?.unwrap_or(Uuid::max()));
        let rows = self
            .by_wallet
            .range((user.clone(), first)..(user.clone(), before))
            .rev()
            .filter_map(|(_, id)| self.entries.get(id))
            .take(rows_for(page) as usize)
            .cloned()
            .collect();
        Ok(page_of(rows, page, |entry: &Entry| entry.id.to_string()))
    }

    pub(super) fn events_after(&self, after: Cursor, limit: u32) -> Vec<Logged> {
        let seen = usize::try_from(after.0).unwrap_or(usize::MAX);
        self.events
            .iter()
            .enumerate()
            .skip(seen)
            .take(limit as usize)
            .map(|(index, recorded)| Logged {
                cursor: Cursor(index as u64 + 1),
                recorded: recorded.clone(),
            })
            .collect()
    }
}
