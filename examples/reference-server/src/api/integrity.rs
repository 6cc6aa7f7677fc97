//! Answers that are alike, and how answers were typed: facts for people.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, put_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::engine::Compared;
use polycode_core::integrity::{
    EditFact, Pair, Review, Similarity, SimilaritySearch, TimelineSummary,
};
use polycode_core::port::{Page, PageRequest};
use schemars::JsonSchema;
use serde::Deserialize;

use super::paths::{CampaignPath, ContentIdPath, ContentPath, PairPath, UserContentPath};
use super::reply::{Done, Reply};
use super::{Service, about};
use crate::caller::{Learner, Member};
use crate::error::ApiError;
use crate::extract::{Body, Named, Params};

/// What people think of a pair.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Opinion {
    /// It means nothing.
    Dismissed,
    /// One is the other's.
    Confirmed,
    /// Nobody knows yet.
    Open,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "integrity";
    ApiRouter::new()
        .api_route(
            "/contents/{content}/similar-pairs",
            get_with(
                pairs,
                about(
                    "listSimilarPairs",
                    TAG,
                    "List answers to a content that are alike",
                ),
            )
            .post_with(
                compare,
                about("compareAnswers", TAG, "Compare the answers to a content"),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/similar-pairs",
            get_with(
                pairs_of_campaign,
                about(
                    "listSimilarPairsOfCampaign",
                    TAG,
                    "List answers in a campaign that are alike",
                ),
            )
            .post_with(
                compare_campaign,
                about("compareCampaign", TAG, "Compare the answers in a campaign"),
            ),
        )
        .api_route(
            "/similar-pairs/{one}/{other}",
            get_with(
                similarity,
                about("getSimilarity", TAG, "See where two answers are alike"),
            )
            .put_with(
                judge,
                about("judgePair", TAG, "Say what is thought of a pair"),
            ),
        )
        .api_route(
            "/contents/{content}/timeline",
            put_with(
                agree,
                about("agreeToTimeline", TAG, "Agree that one's typing is noted"),
            )
            .post_with(
                record,
                about("recordEdits", TAG, "Note how an answer was typed"),
            )
            .delete_with(
                withdraw,
                about(
                    "withdrawTimeline",
                    TAG,
                    "Withdraw, and have the notes erased",
                ),
            ),
        )
        .api_route(
            "/users/{user}/timelines/{content}",
            get_with(
                summary,
                about("getTimeline", TAG, "See in figures how an answer was typed"),
            ),
        )
        .api_route(
            "/own/timelines/{content}",
            get_with(
                own_summary,
                about("getOwnTimeline", TAG, "See how one's own answer was typed"),
            ),
        )
}

async fn compare(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
    Body(search): Body<SimilaritySearch>,
) -> Reply<Compared> {
    Ok(Json(engine.compare_answers(&actor, content, search).await?))
}

async fn compare_campaign(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Body(search): Body<SimilaritySearch>,
) -> Reply<Compared> {
    Ok(Json(
        engine.compare_campaign(&actor, campaign, search).await?,
    ))
}

async fn pairs(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ContentIdPath { content }): Named<ContentIdPath>,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Review>> {
    Ok(Json(engine.similar_pairs(&actor, content, page).await?))
}

async fn pairs_of_campaign(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Review>> {
    Ok(Json(
        engine
            .similar_pairs_of_campaign(&actor, campaign, page)
            .await?,
    ))
}

async fn similarity(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(PairPath { one, other }): Named<PairPath>,
) -> Reply<Similarity> {
    let similarity = engine.similarity(&actor, Pair { one, other }).await?;
    similarity
        .map(Json)
        .ok_or_else(|| ApiError::not_found("similarity"))
}

async fn judge(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(PairPath { one, other }): Named<PairPath>,
    Body(opinion): Body<Opinion>,
) -> Reply<Review> {
    let pair = Pair { one, other };
    Ok(Json(match opinion {
        Opinion::Dismissed => engine.dismiss_pair(&actor, pair).await?,
        Opinion::Confirmed => engine.confirm_pair(&actor, pair).await?,
        Opinion::Open => engine.reopen_pair(&actor, pair).await?,
    }))
}

async fn agree(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Named(ContentPath { content }): Named<ContentPath>,
) -> Result<Done, ApiError> {
    let content = content.resolve(&engine, &actor).await?;
    engine.agree_to_timeline(&actor, content).await?;
    Ok(Done)
}

async fn record(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Named(ContentPath { content }): Named<ContentPath>,
    Body(facts): Body<Vec<EditFact>>,
) -> Result<Done, ApiError> {
    let content = content.resolve(&engine, &actor).await?;
    engine.record_edits(&actor, content, facts).await?;
    Ok(Done)
}

async fn withdraw(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Named(ContentPath { content }): Named<ContentPath>,
) -> Result<Done, ApiError> {
    let content = content.resolve(&engine, &actor).await?;
    engine.withdraw_timeline(&actor, content).await?;
    Ok(Done)
}

async fn summary(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(UserContentPath { user, content }): Named<UserContentPath>,
) -> Reply<TimelineSummary> {
    let content = content.resolve(&engine, &actor).await?;
    Ok(Json(engine.timeline_summary(&actor, &user, content).await?))
}

async fn own_summary(
    State(engine): State<Engine>,
    Learner { user, actor }: Learner,
    Named(ContentPath { content }): Named<ContentPath>,
) -> Reply<TimelineSummary> {
    let content = content.resolve(&engine, &actor).await?;
    Ok(Json(engine.timeline_summary(&actor, &user, content).await?))
}
