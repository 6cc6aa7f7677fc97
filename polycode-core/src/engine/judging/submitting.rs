//! Taking answers, and trying them out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::Content;
use crate::catalogue::answer::FittingAnswer;
use crate::engine::changes::Changes;
use crate::engine::judging::judge::{Judges, judge_by_all};
use crate::engine::{Engine, EngineError, Outcome};
use crate::id::{ComponentId, ContentId, SubmissionId, UserId, ValidatorId};
use crate::judging::submission::SubmissionEvent;
use crate::judging::{Answer, Feedback, Report, Round, Scheme, Submission, SubmissionStatus};
use crate::permission::{Action, Actor, Resource};
use crate::port::{Versioned, Write};
use crate::refusal::Refusal;

/// An answer to a submittable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Submit {
    /// The submission's id where the caller chooses it: a UUID v7 that was never given before. An
    /// answer that is sent again with its id is taken once, whatever became of the first reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<SubmissionId>,
    /// Who answers.
    pub user: UserId,
    /// The content.
    pub content: ContentId,
    /// The submittable in it.
    pub component: ComponentId,
    /// The answer.
    pub answer: Answer,
}

/// An answer to try against one visible validator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunValidator {
    /// The content.
    pub content: ContentId,
    /// The submittable in it.
    pub component: ComponentId,
    /// The validator.
    pub validator: ValidatorId,
    /// The answer.
    pub answer: Answer,
}

impl Engine {
    /// SU-1: takes an answer, judges it, and books what it earns.
    ///
    /// The answer is stored before it is judged: if judging fails for a reason of ours, or the
    /// process dies, the submission is kept and [`Engine::grade`] does the rest. One that is sent
    /// again with its id earns nothing again.
    ///
    /// # Errors
    /// As [`Engine::receive`]; [`EngineError::Sandbox`] when it can't be judged now.
    pub async fn submit(&self, actor: &Actor, submit: Submit) -> Result<Outcome, EngineError> {
        let submission = self.receive(actor, submit).await?;
        match self.grade(submission).await {
            // It was sent before, and judged then.
            Err(EngineError::Refused(Refusal::AlreadyGraded | Refusal::WrongState { .. })) => {
                self.judged_before(submission).await
            }
            graded => graded,
        }
    }

    /// SU-1: takes an answer and stores it, to be judged by [`Engine::grade`]. One that is sent
    /// again with its id is there already: nothing is done, however often it may be answered.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not answer for the user, the content or
    /// component is not there, the answer does not fit it, the user answered it as often as
    /// its author allows, or the id belongs to another answer; [`EngineError::Store`] when the
    /// store failed.
    pub async fn receive(
        &self,
        actor: &Actor,
        submit: Submit,
    ) -> Result<SubmissionId, EngineError> {
        let user = &submit.user;
        let answer = Action::Create.on(Resource::Submission);
        actor.require(answer, actor.ownership(user), "user", user)?;
        check_chosen(submit.id)?;
        if let Some(id) = self.received_before(&submit).await? {
            return Ok(id);
        }
        let Versioned {
            version,
            value: content,
        } = self.load_content(submit.content).await?;
        self.check_offered(submit.content).await?;
        let component = content.component_of(&submit.component)?;
        component.fit(&submit.answer)?;
        let max_attempts = component
            .submittable()
            .and_then(|part| part.rules.max_attempts);
        let submission = Submission {
            id: submit.id.unwrap_or_else(|| SubmissionId(self.ids.next())),
            user: submit.user.clone(),
            content: submit.content,
            content_version: version,
            component: submit.component.clone(),
            received_at: self.clock.now(),
            status: SubmissionStatus::Pending,
        };
        let id = submission.id;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            changes.write(Write::Submission {
                expected: None,
                submission: submission.clone(),
            });
            changes.write(Write::Answer {
                submission: id,
                answer: Box::new(submit.answer.clone()),
            });
            if let Some(max) = max_attempts {
                self.count_attempt(&mut changes, &submission, max).await?;
            }
            changes.event(SubmissionEvent::Received {
                submission: submission.clone(),
            });
            if tries.lands(changes).await? {
                return Ok(id);
            }
            // Of two at once with the same id, one is too late.
            if let Some(id) = self.received_before(&submit).await? {
                return Ok(id);
            }
        }
    }

    /// The submission with the id that the caller chose, if it is there and is this answer.
    async fn received_before(&self, submit: &Submit) -> Result<Option<SubmissionId>, EngineError> {
        let Some(id) = submit.id else { return Ok(None) };
        let Some(Versioned { value: before, .. }) = self.store.submission(id).await? else {
            return Ok(None);
        };
        let is_same = before.user == submit.user
            && before.content == submit.content
            && before.component == submit.component
            && self.store.answer(id).await?.as_ref() == Some(&submit.answer);
        if is_same {
            Ok(Some(id))
        } else {
            Err(id_is_taken().into())
        }
    }

    /// SU-2: tries an answer against one visible validator. Nothing is stored and nothing is earned.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not answer, there is no such visible validator
    /// (a hidden one looks the same as none) or the answer does not fit;
    /// [`EngineError::Sandbox`] or [`EngineError::Store`] when the world failed.
    pub async fn run_validator(
        &self,
        actor: &Actor,
        run: RunValidator,
    ) -> Result<Feedback, EngineError> {
        actor.require_own(Action::Create.on(Resource::Submission), "trying an answer")?;
        self.check_offered(run.content).await?;
        let content = self.load_content(run.content).await?.value;
        self.try_answer(&content, &run).await
    }

    /// Judges an answer by the one visible validator that it is tried against.
    pub(in crate::engine) async fn try_answer(
        &self,
        content: &Content,
        run: &RunValidator,
    ) -> Result<Feedback, EngineError> {
        let component = content.component_of(&run.component)?;
        let submittable = component.submittable();
        let validator = submittable
            .iter()
            .flat_map(|submittable| submittable.validators)
            .find(|validator| {
                // A choice can't be tried: that would be an attempt that does not count.
                let can_be_tried = validator.visibility.is_visible() && validator.judges_code();
                validator.id == run.validator && can_be_tried
            })
            .ok_or_else(|| Refusal::NotFound {
                what: "validator",
                id: run.validator.to_string(),
            })?;
        let answer = component.fit(&run.answer)?;
        let scheme = Scheme::ungrouped(std::slice::from_ref(validator));
        let report = self.judge(&answer, scheme).await?;
        Ok(Feedback::from(&report))
    }

    /// Judges an answer that fits its component.
    pub(in crate::engine) async fn judge(
        &self,
        answer: &FittingAnswer<'_>,
        scheme: Scheme<'_>,
    ) -> Result<Report, EngineError> {
        match answer {
            FittingAnswer::Program(editor, program) => {
                let judges = Judges {
                    sandbox: &*self.sandbox,
                    grader: self.grader.as_deref(),
                };
                Ok(judge_by_all(judges, program, &editor.limits, scheme, &[]).await?)
            }
            given => Ok(Round::of(scheme, |validator| given.judge_by(validator))),
        }
    }

    pub(in crate::engine) async fn load_content(
        &self,
        id: ContentId,
    ) -> Result<Versioned<Content>, EngineError> {
        let content = self.store.content(id).await?;
        Ok(content.ok_or_else(|| Refusal::NotFound {
            what: "content",
            id: id.to_string(),
        })?)
    }
}

/// Lists are in the order of the ids, which is that of time: one that the caller chose fits in.
pub(in crate::engine) fn check_chosen(id: Option<SubmissionId>) -> Result<(), Refusal> {
    const TIME_ORDERED: usize = 7;
    match id {
        Some(id) if id.0.get_version_num() != TIME_ORDERED => {
            Err(Refusal::invalid("id", "is a UUID v7"))
        }
        _ => Ok(()),
    }
}

/// The same for one's own and for somebody else's: it tells nothing of the other answer.
pub(in crate::engine) const fn id_is_taken() -> Refusal {
    Refusal::AlreadyDone {
        what: "another answer was given this id",
    }
}

impl Content {
    pub(in crate::engine) fn component_of(
        &self,
        id: &ComponentId,
    ) -> Result<&crate::catalogue::Component, Refusal> {
        self.draft.component(id).ok_or_else(|| Refusal::NotFound {
            what: "component",
            id: id.to_string(),
        })
    }
}
