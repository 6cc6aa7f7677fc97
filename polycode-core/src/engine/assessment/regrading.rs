//! Judging again what the candidates of a campaign answered to a question that was wrong.

use crate::assessment::documents::{JudgedAnswer, TestAnswer};
use crate::assessment::{Attempt, AttemptStatus};
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, ContentId, SubmissionId};
use crate::judging::{AskedIn, Regrade, RegradedSubmission, Report};
use crate::permission::{Action, Actor, Resource};
use crate::port::{ListPlace, Lookup, Page, PageRequest, Versioned};
use crate::quantity::Version;
use crate::refusal::Refusal;

impl Engine {
    /// ST-1: begins to judge again, by a newer version of a question than the test asks, what the
    /// candidates of a campaign answered to it, as after its author fixed a validator.
    /// [`Engine::tick`] and [`Engine::continue_regrade`] do the work. Attempts that have a grade
    /// get it anew, and both are told; marks given by hand are replaced. What is handed in later
    /// is still judged by the version that the test asks.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the campaign is not the actor's, its test does not ask the
    /// question, there is no such version of it or it is not newer, or a regrade of the question
    /// in the campaign goes on; [`EngineError::Store`] when the store failed.
    pub async fn regrade_campaign(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        question: ContentId,
        to: Version,
    ) -> Result<Regrade, EngineError> {
        let target = (Action::Grade, Resource::Submission);
        let plan = self.current_for(actor, campaign, target, self.clock.now());
        let plan = plan.await?.campaign.plan;
        let test = self.load_test_version(plan.test, plan.test_version).await?;
        let mut asked = test.draft.pools.iter().flat_map(|pool| &pool.questions);
        let pinned = asked.find(|asked| asked.content == question);
        let from = pinned.map(|asked| asked.version).ok_or(Refusal::NotFound {
            what: "question",
            id: question.to_string(),
        })?;
        if self.store.content_at(question, to).await?.is_none() {
            let message = format!("there is no version {to} of the question");
            return Err(Refusal::invalid("to", message).into());
        }
        let asked = AskedIn::campaign(campaign, question);
        self.start_regrade(actor, asked, (from, to)).await
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
    ) -> Result<Page<Regrade>, EngineError> {
        let target = (Action::Grade, Resource::Submission);
        let now = self.clock.now();
        self.current_for(actor, campaign, target, now).await?;
        let lookup = Lookup::of::<Regrade>(Regrade::CAMPAIGN, &campaign).reversed();
        let regrades = self.list::<Regrade>(lookup, page).await?;
        Ok(regrades.map(|regrade| regrade.value))
    }

    /// What a regrade of a campaign comes to next: at most `limit` answers in the order of their
    /// ids.
    pub(in crate::engine) async fn test_answers_ahead(
        &self,
        regrade: &Regrade,
        limit: u32,
    ) -> Result<Vec<TestAnswer>, EngineError> {
        let place = |passed: SubmissionId| {
            let (sort, key) = (passed.to_string(), passed.to_string());
            ListPlace { sort, key }.write()
        };
        let page = PageRequest {
            after: regrade.passed().map(place),
            limit,
        };
        let answers = Lookup::of::<TestAnswer>(TestAnswer::ASKED_IN, &regrade.asked());
        let page = self.list::<TestAnswer>(answers, page).await?;
        Ok(page.items.into_iter().map(|answer| answer.value).collect())
    }

    /// Books what judging an answer of a test again found: its mark, and the attempt's grade.
    /// None when the answer does not count or is not the regrade's to judge any more.
    pub(in crate::engine) async fn book_new_mark(
        &self,
        changes: &mut Changes,
        regrade: &Regrade,
        submission: SubmissionId,
        report: &Report,
    ) -> Result<Option<RegradedSubmission>, EngineError> {
        let Versioned {
            version,
            value: answer,
        } = self.load::<TestAnswer>(&submission).await?;
        let stored = self.load::<Attempt>(&answer.attempt).await?;
        let attempt = stored.value.clone();
        let submitted = attempt.part(answer.question, &answer.component).submitted;
        let counts = submitted.filter(|submitted| submitted.submission == submission);
        let is_off = matches!(attempt.status, AttemptStatus::Cancelled { .. });
        let mark = counts.and_then(|counts| counts.score).filter(|_| !is_off);
        let judged = answer.judged.as_ref();
        let judged = judged.filter(|judged| regrade.takes(judged.version));
        let (Some(mark), Some(old)) = (mark, judged) else {
            return Ok(None);
        };
        let now = self.clock.now();
        let new = JudgedAnswer {
            version: regrade.to,
            at: now,
            report: report.clone(),
        };
        let regraded = RegradedSubmission {
            regrade: regrade.id,
            submission,
            attempt: Some(attempt.id),
            before: old.grade(mark),
            after: new.grade(report.score),
        };
        let answer = TestAnswer {
            judged: Some(new),
            ..answer
        };
        changes.put(&answer, Some(version))?;
        let (question, component) = (answer.question, &answer.component);
        let marked = attempt.decide_mark(question, component, submission, report.score)?;
        if let Some(marked) = marked {
            let marked = (attempt.apply(&marked), vec![marked]);
            self.grade_if_due(changes, stored, marked, now).await?;
        }
        Ok(Some(regraded))
    }
}
