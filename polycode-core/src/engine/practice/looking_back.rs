//! What a learner looks back at: submissions that passed, and practice in a few numbers.

use crate::engine::judging::reading::checked_ids;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, UserId};
use crate::judging::{Submission, SubmissionStatus, SubmissionView};
use crate::permission::{Action, Actor, Resource};
use crate::polypoints::Account;
use crate::port::{Page, PageRequest};
use crate::practice::PracticeStatistics;
use crate::quantity::Points;

/// How many rows of a list are read at once.
const AT_ONCE: u32 = 1_000;

impl Engine {
    /// SU-3: a user's submissions that passed every validator, hidden ones too, of one content or
    /// of all, newest first.
    ///
    /// A page looks at 1,000 submissions at most, so it may hold less than was asked for though
    /// there is a next one.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when they are not the actor's own or the page is not one;
    /// [`EngineError::Store`] when the store failed.
    pub async fn passed_submissions(
        &self,
        actor: &Actor,
        user: &UserId,
        content: Option<ContentId>,
        page: PageRequest,
    ) -> Result<Page<SubmissionView>, EngineError> {
        let read = Action::Read.on(Resource::Submission);
        actor.require(read, actor.ownership(user), "user", user)?;
        let PageRequest { after, limit } = checked_ids(page)?;
        let request = PageRequest {
            after,
            limit: AT_ONCE,
        };
        let found = self.store.submissions(user, content, request).await?;
        let mut items = Vec::new();
        let mut submissions = found.items.into_iter();
        for submission in submissions.by_ref() {
            if !has_passed(&submission) {
                continue;
            }
            let id = submission.id;
            items.push(SubmissionView::from(submission));
            if items.len() == limit as usize {
                let more = submissions.next().is_some() || found.next.is_some();
                let next = more.then(|| id.to_string());
                return Ok(Page { items, next });
            }
        }
        Ok(Page {
            items,
            next: found.next,
        })
    }

    /// PR-16: a user's practice in a few numbers.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own; [`EngineError::Store`] when the
    /// store failed.
    pub async fn practice_statistics(
        &self,
        actor: &Actor,
        user: &UserId,
    ) -> Result<PracticeStatistics, EngineError> {
        let read = Action::Read.on(Resource::Progress);
        actor.require(read, actor.ownership(user), "user", user)?;
        let mut statistics = PracticeStatistics::default();
        let mut page = first();
        loop {
            let found = self.store.progress_of(user, page).await?;
            statistics.tried += found.items.len() as u64;
            let completed = found.items.iter().filter(|one| one.is_completed());
            statistics.completed += completed.count() as u64;
            match found.next {
                Some(after) => page = from(after),
                None => break,
            }
        }
        let own = Account::Wallet { user: user.clone() };
        let mut page = first();
        loop {
            let found = self.store.entries(user, page).await?;
            for entry in found.items {
                let sum = if entry.credit == own {
                    &mut statistics.earned
                } else {
                    &mut statistics.spent
                };
                *sum = Points(sum.0.saturating_add(entry.points.0));
            }
            match found.next {
                Some(after) => page = from(after),
                None => return Ok(statistics),
            }
        }
    }
}

const fn has_passed(submission: &Submission) -> bool {
    matches!(&submission.status, SubmissionStatus::Graded { verdict, .. } if verdict.is_passed())
}

const fn first() -> PageRequest {
    PageRequest {
        after: None,
        limit: AT_ONCE,
    }
}

const fn from(after: String) -> PageRequest {
    PageRequest {
        after: Some(after),
        limit: AT_ONCE,
    }
}
