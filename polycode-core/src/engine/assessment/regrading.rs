//! Judging again, in steps, what the candidates of a campaign answered to a question that was
//! wrong.

use crate::assessment::documents::{CAMPAIGN, CampaignRegrade, RegradedAnswer, TestAnswer};
use crate::assessment::{Attempt, AttemptStatus};
use crate::catalogue::Content;
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, ContentId, RegradeId};
use crate::judging::{RegradeCounts, RegradeOutcome, Report, Verdict};
use crate::permission::{Action, Actor, Resource};
use crate::port::{ListPlace, Lookup, Page, PageRequest, Permanence, Versioned};
use crate::quantity::Version;
use crate::refusal::Refusal;

impl Engine {
    /// ST-1: begins to judge again, by another version of a question, what the candidates of a
    /// campaign answered to it, as after its author fixed a validator. [`Engine::tick`] does the
    /// work. Attempts that have a grade get it anew, and both are told; marks given by hand are
    /// replaced. What is handed in later is still judged by the version that the test pins.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the campaign is not the actor's, its test does not ask the
    /// question, or there is no such version of it; [`EngineError::Store`] when the store failed.
    pub async fn regrade_campaign(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        question: ContentId,
        to: Version,
    ) -> Result<CampaignRegrade, EngineError> {
        let now = self.clock.now();
        let target = (Action::Grade, Resource::Submission);
        let plan = self.current_for(actor, campaign, target, now).await?;
        let plan = plan.campaign.plan;
        let test = self.load_test_version(plan.test, plan.test_version).await?;
        let mut asked = test.draft.pools.iter().flat_map(|pool| &pool.questions);
        if !asked.any(|asked| asked.content == question) {
            return Err(Refusal::NotFound {
                what: "question",
                id: question.to_string(),
            }
            .into());
        }
        if self.store.content_at(question, to).await?.is_none() {
            let message = format!("there is no version {to} of the question");
            return Err(Refusal::invalid("to", message).into());
        }
        let regrade = CampaignRegrade {
            id: RegradeId(self.ids.next()),
            campaign,
            question,
            to,
            by: actor.id().cloned(),
            started_at: now,
            after: None,
            counts: RegradeCounts::default(),
            finished_at: None,
        };
        let mut changes = Changes::default();
        changes.create(&regrade)?;
        self.tries().lands(changes).await?;
        Ok(regrade)
    }

    /// ST-1: the regrades of a campaign, the newest first.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the campaign is not the actor's or the page is none;
    /// [`EngineError::Store`] when the store failed.
    pub async fn campaign_regrades(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        page: PageRequest,
    ) -> Result<Page<CampaignRegrade>, EngineError> {
        let target = (Action::Grade, Resource::Submission);
        let now = self.clock.now();
        self.current_for(actor, campaign, target, now).await?;
        let lookup = Lookup::of::<CampaignRegrade>(CAMPAIGN, &campaign).reversed();
        let regrades = self.list::<CampaignRegrade>(lookup, page).await?;
        Ok(regrades.map(|regrade| regrade.value))
    }

    /// ST-1: both marks of every answer that a regrade judged again.
    ///
    /// # Errors
    /// As [`Engine::campaign_regrades`].
    pub async fn regraded_answers(
        &self,
        actor: &Actor,
        regrade: RegradeId,
        page: PageRequest,
    ) -> Result<Page<RegradedAnswer>, EngineError> {
        let campaign = self.load::<CampaignRegrade>(&regrade).await?.value.campaign;
        let target = (Action::Grade, Resource::Submission);
        let may = self.current_for(actor, campaign, target, self.clock.now());
        let absent = |_| not_found::<CampaignRegrade>(&regrade);
        may.await.map_err(absent)?;
        let lookup = Lookup::of::<RegradedAnswer>(RegradedAnswer::REGRADE, &regrade);
        let answers = self.list::<RegradedAnswer>(lookup, page).await?;
        Ok(answers.map(|answer| answer.value))
    }

    /// Goes on with a regrade by at most `limit` answers of the campaign; how many it passed. May
    /// be called by several at once: each answer is passed once.
    pub(in crate::engine) async fn continue_campaign_regrade(
        &self,
        id: RegradeId,
        limit: u32,
    ) -> Result<u32, EngineError> {
        let regrade = self.load::<CampaignRegrade>(&id).await?.value;
        let place = |after: crate::id::SubmissionId| {
            let (sort, key) = (after.to_string(), after.to_string());
            ListPlace { sort, key }.write()
        };
        let page = PageRequest {
            after: regrade.after.map(place),
            limit: limit.min(PageRequest::MAX),
        };
        let answers = Lookup::of::<TestAnswer>(CAMPAIGN, &regrade.campaign);
        let page = self.list::<TestAnswer>(answers, page).await?;
        if page.items.is_empty() {
            self.finish_campaign_regrade(id).await?;
            return Ok(0);
        }
        let content = self.content_asked(regrade.question, regrade.to).await?;
        let mut passed = 0;
        for answer in &page.items {
            self.regrade_answer(&regrade, &content, &answer.value)
                .await?;
            passed += 1;
        }
        Ok(passed)
    }

    async fn finish_campaign_regrade(&self, id: RegradeId) -> Result<(), EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let Versioned { version, value } = self.load::<CampaignRegrade>(&id).await?;
            if value.finished_at.is_none() {
                let finished_at = Some(self.clock.now());
                let regrade = CampaignRegrade {
                    finished_at,
                    ..value
                };
                changes.put(&regrade, Some(version))?;
            }
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// Passes an answer: its mark, the attempt's grade, and how far the regrade came land together.
    async fn regrade_answer(
        &self,
        regrade: &CampaignRegrade,
        content: &Content,
        answer: &TestAnswer,
    ) -> Result<(), EngineError> {
        let judged = if answer.question == regrade.question {
            Some(self.answer_judged_again(content, answer).await?)
        } else {
            None
        };
        let mut tries = self.tries();
        loop {
            let Versioned { version, value } = self.load::<CampaignRegrade>(&regrade.id).await?;
            if !value.is_ahead(answer.submission) {
                return Ok(());
            }
            let mut changes = Changes::default();
            let outcome = match &judged {
                None => None,
                Some(Err(outcome)) => Some(*outcome),
                Some(Ok(report)) => {
                    let booked = self.book_new_mark(&mut changes, regrade.id, answer, report);
                    Some(booked.await?)
                }
            };
            changes.put(&value.passing(answer.submission, outcome), Some(version))?;
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// The report by the other version, or why there is none.
    async fn answer_judged_again(
        &self,
        content: &Content,
        answer: &TestAnswer,
    ) -> Result<Result<Report, RegradeOutcome>, EngineError> {
        let Some(old) = &answer.report else {
            return Ok(Err(RegradeOutcome::LeftOut));
        };
        let report = match self.judge_by(content, answer).await {
            Ok(report) => report,
            // The component is not there any more, or takes other answers now.
            Err(EngineError::Refused(_)) => return Ok(Err(RegradeOutcome::LeftOut)),
            Err(EngineError::Sandbox(error)) if error.permanence() == Permanence::Permanent => {
                return Ok(Err(RegradeOutcome::Failed));
            }
            Err(error) => return Err(error),
        };
        let part = content.component_of(&answer.component)?.submittable();
        let report = match part {
            Some(part) => report.with_marks_of(old, part.scheme()),
            None => report,
        };
        Ok(match report.verdict {
            Verdict::SystemError => Err(RegradeOutcome::Failed),
            Verdict::AwaitingReview => Err(RegradeOutcome::LeftOut),
            _ => Ok(report),
        })
    }

    async fn book_new_mark(
        &self,
        changes: &mut Changes,
        regrade: RegradeId,
        answer: &TestAnswer,
        report: &Report,
    ) -> Result<RegradeOutcome, EngineError> {
        let submission = answer.submission;
        let stored = self.load::<Attempt>(&answer.attempt).await?;
        let attempt = stored.value.clone();
        let submitted = attempt.part(answer.question, &answer.component).submitted;
        let counts = submitted.filter(|submitted| submitted.submission == submission);
        let before = counts.and_then(|submitted| submitted.score);
        let is_off = matches!(attempt.status, AttemptStatus::Cancelled { .. });
        let Some(before) = before.filter(|_| !is_off) else {
            return Ok(RegradeOutcome::LeftOut);
        };
        let judged = self.load::<TestAnswer>(&submission).await?;
        let report = report.clone();
        let after = report.score;
        changes.put(
            &TestAnswer {
                report: Some(report),
                ..judged.value
            },
            Some(judged.version),
        )?;
        changes.create(&RegradedAnswer {
            regrade,
            submission,
            attempt: attempt.id,
            before,
            after,
        })?;
        let marked = attempt.decide_mark(answer.question, &answer.component, submission, after)?;
        if let Some(marked) = marked {
            let marked = (attempt.apply(&marked), vec![marked]);
            let now = self.clock.now();
            self.grade_if_due(changes, stored, marked, now).await?;
        }
        Ok(RegradeOutcome::of(before, after))
    }
}
