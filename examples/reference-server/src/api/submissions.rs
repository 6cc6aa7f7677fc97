//! Answering, and trying answers out.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use aide::transform::TransformOperation;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use polycode_core::engine::{Outcome, RunValidator, Submit};
use polycode_core::id::{ComponentId, SubmissionId, ValidatorId};
use polycode_core::judging::{Answer, Feedback, SubmissionView};
use polycode_core::permission::Actor;
use polycode_core::port::Page;
use polycode_core::{Engine, EngineError, Refusal};
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::time::timeout;

use super::list::page;
use super::paths::SubmissionPath;
use super::progress::follow;
use super::reply::Reply;
use super::{Service, described};
use crate::caller::{Learner, Somebody};
use crate::content_ref::ContentRef;
use crate::error::ApiError;
use crate::extract::{Body, Named, Params};
use crate::idempotency::Chosen;
use crate::view::SubmissionDetails;

/// An answer to a submittable.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewSubmission {
    /// The content, by its id or slug.
    content: ContentRef,
    /// The submittable in it.
    component: ComponentId,
    /// The answer.
    answer: Answer,
}

/// An answer to try against one visible validator.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewRun {
    /// The content, by its id or slug.
    content: ContentRef,
    /// The submittable in it.
    component: ComponentId,
    /// The visible validator.
    validator: ValidatorId,
    /// The answer.
    answer: Answer,
}

/// How to submit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SubmitParams {
    /// Whether the reply waits until the submission is judged. If not, or if that takes long,
    /// the reply is 202 and the submission is judged in the background.
    #[serde(default = "yes")]
    wait: bool,
}

const fn yes() -> bool {
    true
}

/// Which submissions to list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ListParams {
    /// Only those to this content, by its id or slug.
    content: Option<ContentRef>,
    /// Which of them, by what came of them.
    #[serde(default)]
    verdict: Wanted,
    /// Where the page before ended; none for the first.
    after: Option<String>,
    /// The most items wanted, 1 to 100; 20 without it.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
}

/// Which submissions are wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    /// All.
    #[default]
    Any,
    /// Those that passed every validator.
    Passed,
}

pub(super) fn routes() -> ApiRouter<Service> {
    ApiRouter::new()
        .api_route(
            "/submissions",
            post_with(submit, submit_docs).get_with(list, |operation| {
                let summary = "List own submissions, newest first";
                described(operation, "listSubmissions", "submissions", summary)
            }),
        )
        .api_route(
            "/submissions/{submission}",
            get_with(show, |operation| {
                let summary = "Read an own submission and its feedback";
                described(operation, "getSubmission", "submissions", summary)
                    .description("Somebody else's submission is not found.")
            }),
        )
        .api_route(
            "/submissions/{submission}/events",
            get_with(follow, |operation| {
                let summary = "Follow the judging of an own submission";
                described(operation, "followSubmission", "submissions", summary).description(
                    "Server-sent events. The stream ends with the verdict, or after a minute; \
                     `EventSource` asks again by itself.",
                )
            }),
        )
        .api_route(
            "/runs",
            post_with(run, |operation| {
                let summary = "Run an answer against one visible validator";
                described(operation, "runValidator", "submissions", summary)
                    .description("Nothing is stored and nothing is earned.")
            }),
        )
}

fn submit_docs(operation: TransformOperation<'_>) -> TransformOperation<'_> {
    described(operation, "submit", "submissions", "Submit an answer")
        .description(
            "Stores the answer, judges it by every validator, and books the progress and the \
             polypoints that it earns.",
        )
        .response_with::<201, Json<Outcome>, _>(|response| {
            response.description("It was judged; `Location` is where it can be read again.")
        })
        .response_with::<202, Json<SubmissionDetails>, _>(|response| {
            response.description(
                "It was received, and is being judged or was judged before; `Location` is \
                     where to look.",
            )
        })
}

async fn submit(
    State(service): State<Service>,
    Learner { user, actor }: Learner,
    Params(SubmitParams { wait }): Params<SubmitParams>,
    Chosen(id): Chosen,
    Body(new): Body<NewSubmission>,
) -> Result<Response, ApiError> {
    let Service { engine, grader, .. } = &service;
    // Before anything is stored: a refused caller has not submitted.
    let place = grader.admit().ok_or_else(ApiError::busy)?;
    let submit = Submit {
        id,
        content: new.content.resolve(engine, &actor).await?,
        user,
        component: new.component,
        answer: new.answer,
    };
    let id = engine.receive(&actor, submit).await?;
    let location = [(header::LOCATION, format!("/submissions/{id}"))];
    let judging = grader.start(place, id);
    if wait && let Ok(judged) = timeout(service.settings.patience, judging).await {
        match judged.map_err(|panic| ApiError::internal(&panic))? {
            Ok(outcome) => {
                return Ok((StatusCode::CREATED, location, Json(outcome)).into_response());
            }
            // Judged before, or by somebody else first, as after a restart: it is there to be read.
            Err(EngineError::Refused(Refusal::AlreadyGraded | Refusal::WrongState { .. })) => {}
            Err(error) if error.is_temporary() => {}
            Err(error) => return Err(error.into()),
        }
    }
    let body = Json(details(engine, &actor, id).await?);
    Ok((StatusCode::ACCEPTED, location, body).into_response())
}

async fn list(
    State(engine): State<Engine>,
    Learner { user, actor }: Learner,
    Params(params): Params<ListParams>,
) -> Reply<Page<SubmissionView>> {
    let content = match params.content {
        Some(content) => Some(content.resolve(&engine, &actor).await?),
        None => None,
    };
    let request = page(params.after, params.limit);
    Ok(Json(match params.verdict {
        Wanted::Any => engine.submissions(&actor, &user, content, request).await?,
        Wanted::Passed => {
            engine
                .passed_submissions(&actor, &user, content, request)
                .await?
        }
    }))
}

async fn show(
    State(service): State<Service>,
    Somebody(actor): Somebody,
    Named(SubmissionPath { submission: id }): Named<SubmissionPath>,
) -> Reply<SubmissionDetails> {
    Ok(Json(details(&service.engine, &actor, id).await?))
}

pub(super) async fn details(
    engine: &Engine,
    actor: &Actor,
    id: SubmissionId,
) -> Result<SubmissionDetails, ApiError> {
    // The submission is read first: one that is judged has its feedback by then.
    let submission = engine.submission(actor, id).await?;
    Ok(SubmissionDetails {
        answer: engine.answer(actor, id).await?,
        feedback: engine.feedback(actor, id).await?,
        submission,
    })
}

async fn run(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Body(new): Body<NewRun>,
) -> Reply<Feedback> {
    let run = RunValidator {
        content: new.content.resolve(&engine, &actor).await?,
        component: new.component,
        validator: new.validator,
        answer: new.answer,
    };
    Ok(Json(engine.run_validator(&actor, run).await?))
}
