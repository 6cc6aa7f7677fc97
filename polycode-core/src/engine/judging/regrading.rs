//! Judging again, in steps, what was answered to older versions of a content, in practice or in a
//! campaign.

use crate::assessment::documents::TestAnswer;
use crate::catalogue::Content;
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{ComponentId, ContentId, RegradeId, SubmissionId};
use crate::judging::{
    AskedIn, Grade, Regrade, RegradeOutcome, RegradedSubmission, Report, Submission, Verdict,
};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, Page, PageRequest, Permanence, Versioned, Write};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// An answer that a regrade comes to.
#[derive(Debug)]
enum Reached {
    InPractice(Submission),
    InTest(TestAnswer),
}

impl Engine {
    /// SU-1: begins to judge again, by the newest version of a content, what was practised of its
    /// versions from `from` on. [`Engine::tick`] and [`Engine::continue_regrade`] do the work.
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
        let to = self.load_content(content).await?.version;
        let asked = AskedIn::practice(content);
        self.start_regrade(actor, asked, (from, to)).await
    }

    /// SU-1, ST-1: goes on with a regrade by at most `limit` submissions. May be called again at
    /// any time, also by several at once: each submission is passed once.
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
            let reached = self.reached(&regrade, left.min(PageRequest::MAX)).await?;
            if reached.is_empty() {
                return self.finish_regrade(id).await;
            }
            let content = self.store.content_at(regrade.content, regrade.to).await?;
            let content = content.ok_or_else(|| Refusal::NotFound {
                what: "content",
                id: regrade.content.to_string(),
            })?;
            for answer in &reached {
                self.regrade_one(&regrade, &content, answer).await?;
                left = left.saturating_sub(1);
            }
        }
    }

    /// SU-1: the regrades of what was practised of a content, newest first.
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

    /// SU-1, ST-1: both grades of everything that a regrade judged again.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such regrade, or the actor may not grade its
    /// content, or it is of a campaign that is not theirs; [`EngineError::Store`] when the store
    /// failed.
    pub async fn regraded(
        &self,
        actor: &Actor,
        regrade: RegradeId,
        page: PageRequest,
    ) -> Result<Page<RegradedSubmission>, EngineError> {
        let asked = self.load::<Regrade>(&regrade).await?.value.asked();
        let may = match asked.campaign {
            None => self.require_grading(actor, asked.content).await,
            Some(campaign) => {
                let target = (Action::Grade, Resource::Submission);
                let current = self.current_for(actor, campaign, target, self.clock.now());
                current.await.map(drop)
            }
        };
        may.map_err(|_| not_found::<Regrade>(&regrade))?;
        let lookup = Lookup::of::<RegradedSubmission>(RegradedSubmission::REGRADE, &regrade);
        let regraded = self.list::<RegradedSubmission>(lookup, page).await?;
        Ok(regraded.map(|regraded| regraded.value))
    }

    /// Begins a regrade, unless one goes on of what was asked there.
    pub(in crate::engine) async fn start_regrade(
        &self,
        actor: &Actor,
        asked: AskedIn,
        versions: (Version, Version),
    ) -> Result<Regrade, EngineError> {
        let id = RegradeId(self.ids.next());
        let mut tries = self.tries();
        loop {
            let running = Lookup::of::<Regrade>(Regrade::RUNNING_IN, &asked);
            let running = self.find_by::<Regrade>(running).await?;
            let running = running.as_ref().map(|running| &running.value);
            let by = actor.id().cloned();
            let started = Regrade::decide_start(id, asked, versions, by, running)?;
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

    /// The regrades that are not done.
    pub(in crate::engine) async fn running_regrades(
        &self,
    ) -> Result<Vec<Versioned<Regrade>>, EngineError> {
        let running = Lookup::of::<Regrade>(Regrade::RUNNING, "");
        self.all::<Regrade>(running).await
    }

    /// What a regrade comes to next, in the order of the ids.
    async fn reached(&self, regrade: &Regrade, limit: u32) -> Result<Vec<Reached>, EngineError> {
        if regrade.campaign.is_some() {
            let ahead = self.test_answers_ahead(regrade, limit).await?;
            return Ok(ahead.into_iter().map(Reached::InTest).collect());
        }
        let page = PageRequest {
            after: regrade.passed().map(|passed| passed.to_string()),
            limit,
        };
        let page = self.store.submissions_to(regrade.content, page).await?;
        let ahead = page.items.into_iter();
        Ok(ahead.map(Reached::InPractice).collect())
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

    /// Passes an answer: judges it again where that is to be done, and commits both grades, what
    /// follows from the new one, and how far the regrade came, together.
    async fn regrade_one(
        &self,
        regrade: &Regrade,
        content: &Content,
        reached: &Reached,
    ) -> Result<(), EngineError> {
        let id = reached.submission();
        let judged_by = reached.judged_by();
        let judged = if judged_by.is_some_and(|version| regrade.takes(version)) {
            self.judged_again(reached, content).await?
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
                    let booked = match reached {
                        Reached::InPractice(_) => {
                            self.book_new_grade(&mut changes, &value, content, id, report)
                                .await?
                        }
                        Reached::InTest(_) => {
                            self.book_new_mark(&mut changes, &value, id, report).await?
                        }
                    };
                    note_grades(&mut changes, booked.as_ref())?
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
        reached: &Reached,
        content: &Content,
    ) -> Result<Result<Report, RegradeOutcome>, EngineError> {
        let report = match reached {
            Reached::InPractice(submission) => self.report_on(submission, content).await,
            Reached::InTest(answer) => self.judge_by(content, answer).await,
        };
        let report = match report {
            Ok(report) => report,
            // The component is not there any more, or takes other answers now.
            Err(EngineError::Refused(_)) => return Ok(Err(RegradeOutcome::LeftOut)),
            Err(EngineError::Sandbox(error)) if error.permanence() == Permanence::Permanent => {
                return Ok(Err(RegradeOutcome::Failed));
            }
            Err(error) => return Err(error),
        };
        let old = match reached {
            Reached::InPractice(submission) => self.store.report(submission.id).await?,
            Reached::InTest(answer) => answer.report().cloned(),
        };
        let part = content.component_of(reached.component())?.submittable();
        let report = match (part, old) {
            (Some(part), Some(old)) => report.with_marks_of(&old, part.scheme()),
            _ => report,
        };
        Ok(match report.verdict {
            Verdict::SystemError => Err(RegradeOutcome::Failed),
            Verdict::AwaitingReview => Err(RegradeOutcome::LeftOut),
            _ => Ok(report),
        })
    }

    /// Books what judging a submission again found: its grade, and what the better one earns.
    /// None when the submission is not the regrade's to judge any more.
    async fn book_new_grade(
        &self,
        changes: &mut Changes,
        regrade: &Regrade,
        content: &Content,
        id: SubmissionId,
        report: &Report,
    ) -> Result<Option<RegradedSubmission>, EngineError> {
        let Versioned {
            version,
            value: submission,
        } = self.load_submission(id).await?;
        let before = Grade::of(&submission);
        let before = before.filter(|before| regrade.takes(before.content_version));
        let regraded = submission.decide_regrade(regrade.id, regrade.to, report, self.clock.now());
        let (Some(before), Some(regraded)) = (before, regraded) else {
            return Ok(None);
        };
        let submission = submission.apply(&regraded);
        let Some(after) = Grade::of(&submission) else {
            return Ok(None);
        };
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
        Ok(Some(RegradedSubmission {
            regrade: regrade.id,
            submission: id,
            attempt: None,
            before,
            after,
        }))
    }
}

impl Reached {
    const fn submission(&self) -> SubmissionId {
        match self {
            Self::InPractice(submission) => submission.id,
            Self::InTest(answer) => answer.submission,
        }
    }

    const fn component(&self) -> &ComponentId {
        match self {
            Self::InPractice(submission) => &submission.component,
            Self::InTest(answer) => &answer.component,
        }
    }

    /// The version that gave it its grade; none as long as it has none.
    fn judged_by(&self) -> Option<Version> {
        match self {
            Self::InPractice(submission) => {
                Grade::of(submission).map(|grade| grade.content_version)
            }
            Self::InTest(answer) => answer.judged.as_ref().map(|judged| judged.version),
        }
    }
}

/// Keeps both grades; what came of the submission.
fn note_grades(
    changes: &mut Changes,
    regraded: Option<&RegradedSubmission>,
) -> Result<RegradeOutcome, EngineError> {
    let Some(regraded) = regraded else {
        return Ok(RegradeOutcome::LeftOut);
    };
    changes.create(regraded)?;
    let (before, after) = (regraded.before.score, regraded.after.score);
    Ok(RegradeOutcome::of(before, after))
}
