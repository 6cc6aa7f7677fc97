//! Judging by people, and judging again.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::assessment::attempt::Grade;
use polycode_core::engine::ReviewSubmission;
use polycode_core::judging::{
    Marks, Regrade, RegradedSubmission, Remark, Report, ReviewTask, SubmissionView,
};
use polycode_core::port::{Page, PageRequest};
use polycode_core::quantity::{Score, Version};
use schemars::JsonSchema;
use serde::Deserialize;

use super::paths::{ContentIdPath, RegradePath, SubmissionPath};
use super::reply::Reply;
use super::{Service, about};
use crate::caller::Member;
use crate::error::ApiError;
use crate::extract::{Body, Named, Params};

/// What a person makes of a submission.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewReview {
    /// The marks for each validator that waits for them.
    marks: Vec<Marks>,
    /// What the learner is told about the whole.
    #[serde(default)]
    comment: String,
    /// What the learner is told about single criteria.
    #[serde(default)]
    remarks: Vec<Remark>,
}

/// What a person makes of an answer of a test: marks by its rubric, or a score.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged, rename_all = "camelCase")]
enum NewMark {
    /// Marks for each validator that waits for them.
    Marks(Vec<Marks>),
    /// A score for the whole.
    Score(Score),
}

/// Which answers to judge again.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewRegrade {
    /// Those judged by this version of the content or a later one.
    from: Version,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "judging";
    ApiRouter::new()
        .api_route(
            "/contents/{content}/reviews",
            get_with(
                to_review,
                about("listReviewTasks", TAG, "List what waits for a person"),
            ),
        )
        .api_route(
            "/submissions/{submission}/review",
            post_with(
                review,
                about("reviewSubmission", TAG, "Mark what programs can't judge"),
            ),
        )
        .api_route(
            "/submissions/{submission}/mark",
            post_with(mark, about("markAnswer", TAG, "Mark an answer of a test")),
        )
        .api_route(
            "/submissions/{submission}/report",
            get_with(
                report,
                about(
                    "getReport",
                    TAG,
                    "Read all that judging found, as the author",
                ),
            ),
        )
        .api_route(
            "/contents/{content}/regrades",
            get_with(
                regrades,
                about("listRegrades", TAG, "List what was judged again"),
            )
            .post_with(regrade, about("regrade", TAG, "Judge answers again")),
        )
        .api_route(
            "/regrades/{regrade}/submissions",
            get_with(
                regraded,
                about("listRegraded", TAG, "List what a regrade changed"),
            ),
        )
}

async fn to_review(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
    Params(page): Params<PageRequest>,
) -> Reply<Page<ReviewTask>> {
    Ok(Json(
        engine.submissions_to_review(&actor, content, page).await?,
    ))
}

async fn review(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(SubmissionPath { submission }): Named<SubmissionPath>,
    Body(NewReview {
        marks,
        comment,
        remarks,
    }): Body<NewReview>,
) -> Reply<SubmissionView> {
    let review = ReviewSubmission {
        submission,
        marks,
        comment,
        remarks,
    };
    Ok(Json(engine.review(&actor, review).await?))
}

async fn mark(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(SubmissionPath { submission }): Named<SubmissionPath>,
    Body(mark): Body<NewMark>,
) -> Reply<Option<Grade>> {
    Ok(Json(match mark {
        NewMark::Marks(marks) => engine.review_answer(&actor, submission, &marks).await?,
        NewMark::Score(score) => engine.mark_answer(&actor, submission, score).await?,
    }))
}

async fn report(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(SubmissionPath { submission }): Named<SubmissionPath>,
) -> Reply<Report> {
    let report = engine.report(&actor, submission).await?;
    report
        .map(Json)
        .ok_or_else(|| ApiError::not_found("report"))
}

async fn regrade(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
    Body(NewRegrade { from }): Body<NewRegrade>,
) -> Reply<Regrade> {
    Ok(Json(engine.regrade(&actor, content, from).await?))
}

async fn regrades(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Regrade>> {
    Ok(Json(engine.regrades(&actor, content, page).await?))
}

async fn regraded(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(RegradePath { regrade }): Named<RegradePath>,
    Params(page): Params<PageRequest>,
) -> Reply<Page<RegradedSubmission>> {
    Ok(Json(engine.regraded(&actor, regrade, page).await?))
}
