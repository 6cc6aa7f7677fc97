//! Answering the questions of a test: opened, saved, submitted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::attempts::note_attempt;
use super::views::{AttemptView, QuestionView, Viewer};
use crate::assessment::attempt::Call;
use crate::assessment::documents::{ATTEMPT, SavedAnswer, TestAnswer};
use crate::assessment::{Attempt, Campaign, Reveal};
use crate::catalogue::{Content, ContentView};
use crate::engine::changes::Changes;
use crate::engine::judging::submitting::{check_chosen, id_is_taken};
use crate::engine::{Engine, EngineError, RunValidator};
use crate::id::{AttemptId, ComponentId, ContentId, SeatId, SubmissionId, ValidatorId};
use crate::judging::{Answer, Feedback};
use crate::permission::Actor;
use crate::port::{Lookup, PortError, Versioned};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// An answer of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerTo {
    /// The attempt.
    pub attempt: AttemptId,
    /// Where it is sat: what starting or resuming it gave.
    pub seat: SeatId,
    /// The question, which was opened.
    pub question: ContentId,
    /// The submittable in it.
    pub component: ComponentId,
    /// The answer.
    pub answer: Answer,
}

/// An answer to save without submitting it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveAnswer {
    /// The answer.
    pub to: AnswerTo,
    /// The revision that it was made from, 0 before the first.
    pub revision: u32,
}

/// That an answer was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnswerReceived {
    /// The submission.
    pub submission: SubmissionId,
    /// How often an answer was saved or submitted, with this time.
    pub revision: u32,
    /// What came of it, if the campaign tells candidates and it could be judged at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Feedback>,
}

impl Engine {
    /// AS-5: opens a question: its own clock begins to run the first time.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, or as
    /// [`Attempt::decide_open`] says; [`EngineError::Store`] when the store failed.
    pub async fn open_question(
        &self,
        actor: &Actor,
        attempt: AttemptId,
        seat: SeatId,
        question: ContentId,
    ) -> Result<QuestionView, EngineError> {
        let at = self.clock.now();
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let (stored, _) = self.sitting(actor, attempt).await?;
            let call = Call { seat, at };
            let opened = stored.value.decide_open(question, call)?;
            let attempt = match opened {
                None => stored.value,
                Some(opened) => note_attempt(&mut changes, stored, [opened])?,
            };
            if tries.lands(changes).await? {
                return self.asked(&attempt, question).await;
            }
        }
    }

    /// AS-23: saves an answer, which is submitted by itself when the attempt ends. Returns its
    /// revision.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, the answer does not fit, or
    /// as [`Attempt::decide_save`] says; [`EngineError::Store`] when the store failed.
    pub async fn save_answer(&self, actor: &Actor, save: SaveAnswer) -> Result<u32, EngineError> {
        let SaveAnswer { to, revision } = save;
        let at = self.clock.now();
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let (stored, _) = self.sitting(actor, to.attempt).await?;
            let (seat, question) = (to.seat, to.question);
            let call = Call { seat, at };
            let saved = stored
                .value
                .decide_save(question, &to.component, revision, call)?;
            self.check_fits(&stored.value, &to).await?;
            let attempt = note_attempt(&mut changes, stored, [saved])?;
            let revision = attempt.revision(question, &to.component);
            self.keep_answer(&mut changes, &to, revision).await?;
            if tries.lands(changes).await? {
                return Ok(revision);
            }
        }
    }

    /// SU-1: submits an answer to a question of a test. It can be submitted again while there is
    /// time; the last one counts. What it earned the candidate learns only if the campaign says
    /// so.
    ///
    /// The caller may choose the id of the submission, a UUID v7 that was never given before: the
    /// same answer that is sent again with it is taken once, whatever became of the first reply,
    /// also when the time is up since.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, the answer does not fit, the
    /// id belongs to another answer, or as [`Attempt::decide_answer`] says;
    /// [`EngineError::Store`] when the store failed.
    pub async fn answer_question(
        &self,
        actor: &Actor,
        to: AnswerTo,
        id: Option<SubmissionId>,
    ) -> Result<AnswerReceived, EngineError> {
        check_chosen(id)?;
        let at = self.clock.now();
        let submission = id.unwrap_or_else(|| SubmissionId(self.ids.next()));
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let (stored, campaign) = self.sitting(actor, to.attempt).await?;
            if let Some(before) = self.answered_before(&to, id).await? {
                return self.received(&stored.value, &campaign, before).await;
            }
            let (seat, question) = (to.seat, to.question);
            let call = Call { seat, at };
            let answered = stored
                .value
                .decide_answer(question, &to.component, submission, call)?;
            let version = self.check_fits(&stored.value, &to).await?;
            let attempt = note_attempt(&mut changes, stored, [answered])?;
            let revision = attempt.revision(question, &to.component);
            self.keep_answer(&mut changes, &to, revision).await?;
            let answer = TestAnswer {
                submission,
                attempt: attempt.id,
                campaign: attempt.campaign,
                user: attempt.user.clone(),
                question,
                version,
                component: to.component.clone(),
                answer: to.answer.clone(),
                received_at: at,
                judged: None,
            };
            changes.create(&answer)?;
            if tries.lands(changes).await? {
                return self.received(&attempt, &campaign, answer).await;
            }
        }
    }

    /// What the candidate is told of an answer that is there.
    async fn received(
        &self,
        attempt: &Attempt,
        campaign: &Campaign,
        answer: TestAnswer,
    ) -> Result<AnswerReceived, EngineError> {
        let submission = answer.submission;
        let feedback = match (campaign.plan.reveal, answer.report()) {
            (Reveal::Nothing, _) => None,
            (Reveal::Feedback, Some(report)) => Some(Feedback::from(report)),
            // It was received whatever comes of judging it, which is tried again at the end.
            (Reveal::Feedback, None) => self.mark_now(attempt.id, submission).await.ok(),
        };
        Ok(AnswerReceived {
            submission,
            revision: attempt.revision(answer.question, &answer.component),
            feedback,
        })
    }

    /// The answer with the id that the caller chose, if it is there and is this one.
    async fn answered_before(
        &self,
        to: &AnswerTo,
        id: Option<SubmissionId>,
    ) -> Result<Option<TestAnswer>, EngineError> {
        let Some(id) = id else { return Ok(None) };
        let Some(before) = self.find::<TestAnswer>(&id).await? else {
            return Ok(None);
        };
        let before = before.value;
        let is_same = before.attempt == to.attempt
            && before.question == to.question
            && before.component == to.component
            && before.answer == to.answer;
        if is_same {
            Ok(Some(before))
        } else {
            Err(id_is_taken().into())
        }
    }

    /// SU-2: tries an answer to an open question against one visible validator, as long as there
    /// is time. Nothing is stored and nothing is earned.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, there is no such visible
    /// validator, the answer does not fit, or as [`Attempt::check_may_try`] says;
    /// [`EngineError::Sandbox`] or [`EngineError::Store`] when the world failed.
    pub async fn try_question(
        &self,
        actor: &Actor,
        to: AnswerTo,
        validator: ValidatorId,
    ) -> Result<Feedback, EngineError> {
        let at = self.clock.now();
        let (stored, _) = self.sitting(actor, to.attempt).await?;
        let call = Call { seat: to.seat, at };
        stored.value.check_may_try(to.question, call)?;
        let version = version_of(&stored.value, to.question)?;
        let content = self.content_asked(to.question, version).await?;
        let run = RunValidator {
            content: to.question,
            component: to.component,
            validator,
            answer: to.answer,
        };
        self.try_answer(&content, &run).await
    }

    /// AS-23: hands the whole attempt in, with the answers that were only saved. It is graded by
    /// the next [`Engine::tick`].
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor is not the candidate, or as
    /// [`Attempt::decide_submit`] says; [`EngineError::Store`] when the store failed.
    pub async fn submit_attempt(
        &self,
        actor: &Actor,
        id: AttemptId,
        seat: SeatId,
    ) -> Result<AttemptView, EngineError> {
        let at = self.clock.now();
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let (stored, campaign) = self.sitting(actor, id).await?;
            let call = Call { seat, at };
            let ids = || SubmissionId(self.ids.next());
            let events = stored.value.decide_submit(call, ids)?;
            let attempt = self.finish(&mut changes, stored, events).await?;
            if tries.lands(changes).await? {
                return self.seen(&attempt, &campaign, Viewer::Candidate, at).await;
            }
        }
    }

    /// A question as it is asked in an attempt, at the version that the test pins.
    pub(in crate::engine) async fn content_asked(
        &self,
        question: ContentId,
        version: Version,
    ) -> Result<Content, EngineError> {
        let content = self.store.content_at(question, version).await?;
        let message = || format!("content `{question}` at version {version} is not in the store");
        Ok(content.ok_or_else(|| PortError::permanent(message()))?)
    }

    async fn asked(
        &self,
        attempt: &Attempt,
        question: ContentId,
    ) -> Result<QuestionView, EngineError> {
        let version = version_of(attempt, question)?;
        let value = self.content_asked(question, version).await?;
        let lookup = Lookup::of::<SavedAnswer>(ATTEMPT, &attempt.id);
        let saved: Vec<Versioned<SavedAnswer>> = self.all(lookup).await?;
        let answer_to = |component: &ComponentId| {
            let of = |saved: &&Versioned<SavedAnswer>| {
                saved.value.question == question && saved.value.component == *component
            };
            saved
                .iter()
                .find(of)
                .map(|saved| saved.value.answer.clone())
        };
        Ok(QuestionView {
            place: attempt.place(question, answer_to),
            content: ContentView::from(&Versioned { version, value }),
        })
    }

    /// Checks that an answer fits what is asked, and gives the version of that.
    async fn check_fits(&self, attempt: &Attempt, to: &AnswerTo) -> Result<Version, EngineError> {
        let version = version_of(attempt, to.question)?;
        let content = self.content_asked(to.question, version).await?;
        content.component_of(&to.component)?.fit(&to.answer)?;
        Ok(version)
    }

    async fn keep_answer(
        &self,
        changes: &mut Changes,
        to: &AnswerTo,
        revision: u32,
    ) -> Result<(), EngineError> {
        let key = SavedAnswer::key_of(to.attempt, to.question, &to.component);
        let before = self.find::<SavedAnswer>(&key).await?;
        let saved = SavedAnswer {
            attempt: to.attempt,
            question: to.question,
            component: to.component.clone(),
            revision,
            answer: to.answer.clone(),
        };
        changes.put(&saved, before.map(|before| before.version))?;
        Ok(())
    }
}

impl Attempt {
    fn revision(&self, question: ContentId, component: &ComponentId) -> u32 {
        let opened = self.opened.get(&question);
        let part = opened.and_then(|opened| opened.parts.get(component));
        part.map_or(0, |part| part.revision)
    }
}

fn version_of(attempt: &Attempt, question: ContentId) -> Result<Version, Refusal> {
    let asked = attempt.question(question);
    asked
        .map(|asked| asked.version)
        .ok_or_else(|| Refusal::NotFound {
            what: "question",
            id: question.to_string(),
        })
}
