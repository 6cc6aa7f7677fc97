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
    /// process dies, the submission is kept and [`Engine::grade`] does the rest.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not answer for the user, the content or
    /// component is not there, or the answer does not fit it; [`EngineError::Sandbox`] or [`EngineError::Store`] when the world failed.
    pub async fn submit(&self, actor: &Actor, submit: Submit) -> Result<Outcome, EngineError> {
        let submission = self.receive(actor, submit).await?;
        self.grade(submission).await
    }

    /// SU-1: takes an answer and stores it, to be judged by [`Engine::grade`].
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not answer for the user, the content or
    /// component is not there, the answer does not fit it, or the user answered it as often as
    /// its author allows; [`EngineError::Store`] when the store failed.
    pub async fn receive(
        &self,
        actor: &Actor,
        submit: Submit,
    ) -> Result<SubmissionId, EngineError> {
        let user = &submit.user;
        let answer = Action::Create.on(Resource::Submission);
        actor.require(answer, actor.ownership(user), "user", user)?;
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
            id: SubmissionId(self.ids.next()),
            user: submit.user,
            content: submit.content,
            content_version: version,
            component: submit.component,
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
