//! AS-22, AS-23, SU-1: sitting a test.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with, put_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::assessment::documents::TestAnswer;
use polycode_core::engine::{AnswerReceived, AnswerTo, AttemptView, QuestionView, SaveAnswer};
use polycode_core::id::{SeatId, ValidatorId};
use polycode_core::judging::{Answer, Feedback};
use polycode_core::quantity::Seconds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::paths::{AttemptPartPath, AttemptPath, AttemptQuestionPath};
use super::reply::{Done, Made, Reply};
use super::{Service, about};
use crate::caller::Member;
use crate::error::ApiError;
use crate::extract::{Body, Named};
use crate::idempotency::Chosen;

/// Where an attempt is sat.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Seated {
    /// What starting or resuming the attempt gave.
    seat: SeatId,
}

/// An answer to a question of a test.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewAnswer {
    /// What starting or resuming the attempt gave.
    seat: SeatId,
    /// The answer.
    answer: Answer,
}

/// An answer to keep without submitting it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DraftAnswer {
    /// What starting or resuming the attempt gave.
    seat: SeatId,
    /// The answer.
    answer: Answer,
    /// The revision that it was made from, 0 before the first.
    revision: u32,
}

/// An answer to try against one visible validator.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TryAnswer {
    /// What starting or resuming the attempt gave.
    seat: SeatId,
    /// The answer.
    answer: Answer,
    /// The validator.
    validator: ValidatorId,
}

/// Which revision an answer is now.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Saved {
    /// How often an answer was saved or submitted, with this time.
    revision: u32,
}

/// More time.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Extension {
    /// By how much the deadline is put off.
    extra: Seconds,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "attempts";
    const PART: &str = "/attempts/{attempt}/questions/{question}/components/{component}";
    ApiRouter::new()
        .api_route(
            "/attempts/{attempt}",
            get_with(
                show,
                about("getAttempt", TAG, "Read an attempt, with answers and clock"),
            ),
        )
        .api_route(
            "/attempts/{attempt}/seat",
            post_with(
                resume,
                about("resumeAttempt", TAG, "Come back to an attempt, here"),
            )
            .delete_with(
                pause,
                about("pauseAttempt", TAG, "Say that the network was lost"),
            ),
        )
        .api_route(
            "/attempts/{attempt}/extension",
            post_with(
                extend,
                about("extendAttempt", TAG, "Put a candidate's deadline off"),
            ),
        )
        .api_route(
            "/attempts/{attempt}/questions/{question}",
            post_with(
                open,
                about("openQuestion", TAG, "Open a question; its clock begins"),
            ),
        )
        .api_route(
            &format!("{PART}/draft"),
            put_with(
                save,
                about("saveAnswer", TAG, "Keep an answer without submitting it"),
            ),
        )
        .api_route(
            &format!("{PART}/answer"),
            post_with(
                answer,
                about(
                    "answerQuestion",
                    TAG,
                    "Submit an answer; the last one counts",
                ),
            ),
        )
        .api_route(
            &format!("{PART}/runs"),
            post_with(
                try_out,
                about(
                    "tryQuestion",
                    TAG,
                    "Run an answer against one visible validator",
                ),
            ),
        )
        .api_route(
            "/attempts/{attempt}/submission",
            post_with(submit, about("submitAttempt", TAG, "Hand the test in")),
        )
        .api_route(
            "/attempts/{attempt}/answers",
            get_with(
                answers,
                about(
                    "listTestAnswers",
                    TAG,
                    "Read the answers that count, as the creator",
                ),
            ),
        )
}

async fn show(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(AttemptPath { attempt }): Named<AttemptPath>,
) -> Reply<AttemptView> {
    Ok(Json(engine.attempt(&actor, attempt).await?))
}

async fn resume(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(AttemptPath { attempt }): Named<AttemptPath>,
) -> Reply<AttemptView> {
    Ok(Json(engine.resume_attempt(&actor, attempt).await?))
}

async fn pause(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(AttemptPath { attempt }): Named<AttemptPath>,
) -> Result<Done, ApiError> {
    engine.pause_attempt(&actor, attempt).await?;
    Ok(Done)
}

async fn extend(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(AttemptPath { attempt }): Named<AttemptPath>,
    Body(Extension { extra }): Body<Extension>,
) -> Reply<AttemptView> {
    Ok(Json(engine.extend_attempt(&actor, attempt, extra).await?))
}

async fn open(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(AttemptQuestionPath { attempt, question }): Named<AttemptQuestionPath>,
    Body(Seated { seat }): Body<Seated>,
) -> Reply<QuestionView> {
    Ok(Json(
        engine
            .open_question(&actor, attempt, seat, question)
            .await?,
    ))
}

async fn save(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(path): Named<AttemptPartPath>,
    Body(draft): Body<DraftAnswer>,
) -> Reply<Saved> {
    let to = path.answered(draft.seat, draft.answer);
    let save = SaveAnswer {
        to,
        revision: draft.revision,
    };
    let revision = engine.save_answer(&actor, save).await?;
    Ok(Json(Saved { revision }))
}

async fn answer(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(path): Named<AttemptPartPath>,
    Chosen(id): Chosen,
    Body(new): Body<NewAnswer>,
) -> Result<Made<AnswerReceived>, ApiError> {
    let to = path.answered(new.seat, new.answer);
    Ok(Made(engine.answer_question(&actor, to, id).await?))
}

async fn try_out(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(path): Named<AttemptPartPath>,
    Body(new): Body<TryAnswer>,
) -> Reply<Feedback> {
    let to = path.answered(new.seat, new.answer);
    Ok(Json(engine.try_question(&actor, to, new.validator).await?))
}

async fn submit(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(AttemptPath { attempt }): Named<AttemptPath>,
    Body(Seated { seat }): Body<Seated>,
) -> Reply<AttemptView> {
    Ok(Json(engine.submit_attempt(&actor, attempt, seat).await?))
}

async fn answers(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(AttemptPath { attempt }): Named<AttemptPath>,
) -> Reply<Vec<TestAnswer>> {
    Ok(Json(engine.test_answers(&actor, attempt).await?))
}

impl AttemptPartPath {
    fn answered(self, seat: SeatId, answer: Answer) -> AnswerTo {
        AnswerTo {
            attempt: self.attempt,
            seat,
            question: self.question,
            component: self.component,
            answer,
        }
    }
}
