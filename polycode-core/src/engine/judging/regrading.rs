//! Judging again, in steps, what was answered to older versions of a content.

use crate::catalogue::Content;
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, RegradeId, SubmissionId};
use crate::judging::regrade::{Grade, RegradedSubmission};
use crate::judging::{Regrade, RegradeOutcome, Report, Submission, Verdict};
use crate::permission::Actor;
use crate::port::{Lookup, Page, PageRequest, Permanence, Versioned, Write};
use crate::quantity::Version;
use crate::refusal::Refusal;

impl Engine {
    /// SU-1: begins to judge again, by the newest version of a content, what was answered to its
    /// versions from `from` on. [`Engine::continue_regrade`] does the work.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not grade it, there is no version between, or
    /// a regrade of the content goes on; [`EngineError::Store`] when the store failed.
    pub async fn regrade(
        &self,
        actor: &Actor,
        content: ContentId,
        from: Version,
    ) -> Result<Regrade, EngineError> {
        self.require_grading(actor, content).await?;
        let id = RegradeId(self.ids.next());
        let mut tries = self.tries();
        loop {
            let to = self.load_content(content).await?.version;
            let running = Lookup::of::<Regrade>(Regrade::RUNNING_IN, &content);
            let running = self.find_by::<Regrade>(running).await?;
            let running = running.as_ref().map(|running| &running.value);
            let by = actor.id().cloned();
            let started = Regrade::decide_start(id, content, (from, to), by, running)?;
            let mut changes = Changes::default();
            let regrade = Regrade::begin(&started);
            if let Some(regrade) = &regrade {
                changes.create(regrade)?;
            }
            changes.event(started);
            if tries.lands(changes).await?
                && let Some(regrade) = regrade
            {
                return Ok(regrade);
            }
        }
    }

    /// Goes on with a regrade by at most `limit` submissions. May be called again at any time,
    /// also by several at once: each submission is passed once.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such regrade; [`EngineError::Sandbox`] when
    /// programs can't be run now: it goes on from there later; [`EngineError::Store`] when the
    /// store failed.
    pub async fn continue_regrade(
        &self,
        id: RegradeId,
        limit: u32,
    ) -> Result<Regrade, EngineError> {
        let mut left = limit;
        loop {
            let regrade = self.load::<Regrade>(&id).await?.value;
            if left == 0 || !regrade.is_running() {
                return Ok(regrade);
            }
            let page = PageRequest {
                after: regrade.passed().map(|passed| passed.to_string()),
                limit: left.min(PageRequest::MAX),
            };
            let page = self.store.submissions_to(regrade.content, page).await?;
            if page.items.is_empty() {
                return self.finish_regrade(id).await;
            }
            let content = self.store.content_at(regrade.content, regrade.to).await?;
            let content = content.ok_or_else(|| Refusal::NotFound {
                what: "content",
                id: regrade.content.to_string(),
            })?;
            for submission in &page.items {
                self.regrade_one(&regrade, &content, submission).await?;
                left = left.saturating_sub(1);
            }
        }
    }

    /// Goes on with every regrade that is not done, each by at most `limit` submissions; how
    /// many there are.
    ///
    /// # Errors
    /// As [`Engine::continue_regrade`].
    pub async fn continue_regrades(&self, limit: u32) -> Result<u32, EngineError> {
        let running = self
            .all::<Regrade>(Lookup::of::<Regrade>(Regrade::RUNNING, ""))
            .await?;
        let mut count = 0;
        for regrade in running {
            self.continue_regrade(regrade.value.id, limit).await?;
            count += 1;
        }
        Ok(count)
    }

    /// SU-1: the regrades of a content, newest first.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not grade it; [`EngineError::Store`] when the
    /// store failed.
    pub async fn regrades(
        &self,
        actor: &Actor,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<Regrade>, EngineError> {
        self.require_grading(actor, content).await?;
        let lookup = Lookup::of::<Regrade>(Regrade::CONTENT, &content).reversed();
        let regrades = self.list::<Regrade>(lookup, page).await?;
        Ok(regrades.map(|regrade| regrade.value))
    }

    /// SU-1: both grades of everything that a regrade judged again.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such regrade or the actor may not grade its
    /// content; [`EngineError::Store`] when the store failed.
    pub async fn regraded(
        &self,
        actor: &Actor,
        regrade: RegradeId,
        page: PageRequest,
    ) -> Result<Page<RegradedSubmission>, EngineError> {
        let content = self.load::<Regrade>(&regrade).await?.value.content;
        let absent = |_| crate::engine::changes::not_found::<Regrade>(&regrade);
        self.require_grading(actor, content).await.map_err(absent)?;
        let lookup = Lookup::of::<RegradedSubmission>(RegradedSubmission::REGRADE, &regrade);
        let regraded = self.list::<RegradedSubmission>(lookup, page).await?;
        Ok(regraded.map(|regraded| regraded.value))
    }

    async fn finish_regrade(&self, id: RegradeId) -> Result<Regrade, EngineError> {
        let mut tries = self.tries();
        loop {
            let Versioned { version, value } = self.load::<Regrade>(&id).await?;
            let mut changes = Changes::default();
            let regrade = match value.decide_finish(self.clock.now()) {
                None => value,
                Some(finished) => {
                    let regrade = value.apply(&finished);
                    changes.put(&regrade, Some(version))?;
                    changes.event(finished);
                    regrade
                }
            };
            if tries.lands(changes).await? {
                return Ok(regrade);
            }
        }
    }

    /// Passes a submission: judges it again where that is to be done, and commits both grades,
    /// what the better one earns, and how far the regrade came, together.
    async fn regrade_one(
        &self,
        regrade: &Regrade,
        content: &Content,
        submission: &Submission,
    ) -> Result<(), EngineError> {
        let id = submission.id;
        let judged = if regrade.takes(submission) {
            self.judged_again(submission, content).await?
        } else {
            Err(RegradeOutcome::LeftOut)
        };
        let mut tries = self.tries();
        loop {
            let Versioned { version, value } = self.load::<Regrade>(&regrade.id).await?;
            if !value.is_ahead(id) {
                return Ok(());
            }
            let mut changes = Changes::default();
            let outcome = match &judged {
                Err(outcome) => *outcome,
                Ok(report) => {
                    self.book_regrade(&mut changes, &value, content, id, report)
                        .await?
                }
            };
            let Some(passed) = value.decide_pass(id, outcome) else {
                return Ok(());
            };
            changes.put(&value.apply(&passed), Some(version))?;
            changes.event(passed);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// The report by the new version, or why there is none.
    async fn judged_again(
        &self,
        submission: &Submission,
        content: &Content,
    ) -> Result<Result<Report, RegradeOutcome>, EngineError> {
        let report = match self.report_on(submission, content).await {
            Ok(report) => report,
            // The component is not there any more, or takes other answers now.
            Err(EngineError::Refused(_)) => return Ok(Err(RegradeOutcome::LeftOut)),
            Err(EngineError::Sandbox(error)) if error.permanence() == Permanence::Permanent => {
                return Ok(Err(RegradeOutcome::Failed));
            }
            Err(error) => return Err(error),
        };
        let part = content.component_of(&submission.component)?.submittable();
        let report = match (part, self.store.report(submission.id).await?) {
            (Some(part), Some(old)) => report.with_marks_of(&old, part.scheme()),
            _ => report,
        };
        Ok(match report.verdict {
            Verdict::SystemError => Err(RegradeOutcome::Failed),
            Verdict::AwaitingReview => Err(RegradeOutcome::LeftOut),
            _ => Ok(report),
        })
    }

    async fn book_regrade(
        &self,
        changes: &mut Changes,
        regrade: &Regrade,
        content: &Content,
        id: SubmissionId,
        report: &Report,
    ) -> Result<RegradeOutcome, EngineError> {
        let Versioned {
            version,
            value: submission,
        } = self.load_submission(id).await?;
        let before = Grade::of(&submission).filter(|_| regrade.takes(&submission));
        let regraded = submission.decide_regrade(regrade.id, regrade.to, report, self.clock.now());
        let (Some(before), Some(regraded)) = (before, regraded) else {
            return Ok(RegradeOutcome::LeftOut);
        };
        let submission = submission.apply(&regraded);
        let Some(after) = Grade::of(&submission) else {
            return Ok(RegradeOutcome::LeftOut);
        };
        changes.create(&RegradedSubmission {
            regrade: regrade.id,
            submission: id,
            before,
            after,
        })?;
        changes.write(Write::Submission {
            expected: Some(version),
            submission: submission.clone(),
        });
        changes.write(Write::Report {
            submission: id,
            report: Box::new(report.clone()),
        });
        changes.event(regraded);
        let goal = content.draft.goal();
        self.book_score(changes, &submission, &goal, Some(after.score))
            .await?;
        Ok(RegradeOutcome::of(before.score, after.score))
    }
}
