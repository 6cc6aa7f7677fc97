//! AS-7 to AS-10: campaigns, by those who carry them out.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::assessment::{CampaignPlan, CampaignText};
use polycode_core::engine::CampaignView;
use polycode_core::id::ContentId;
use polycode_core::judging::Regrade;
use polycode_core::port::{Page, PageRequest};
use polycode_core::quantity::Version;
use schemars::JsonSchema;
use serde::Deserialize;

use super::paths::CampaignPath;
use super::reply::{Done, MadeTagged, Reply, Tagged};
use super::{Service, about};
use crate::caller::Member;
use crate::error::ApiError;
use crate::extract::{Body, Named, Params, Read};

/// What a campaign is to be.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CampaignDraft {
    /// What it says.
    text: CampaignText,
    /// What is carried out, and when.
    plan: CampaignPlan,
}

/// Which answers of a campaign to judge again.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RegradeQuestion {
    /// The question.
    question: ContentId,
    /// The version of it to judge by.
    to: Version,
}

type Seen = Result<Tagged<CampaignView>, ApiError>;

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "campaigns";
    ApiRouter::new()
        .api_route(
            "/campaigns",
            get_with(list, about("listCampaigns", TAG, "List own campaigns"))
                .post_with(create, about("createCampaign", TAG, "Create a campaign")),
        )
        .api_route(
            "/campaigns/{campaign}",
            get_with(show, about("getCampaign", TAG, "Read an own campaign"))
                .put_with(edit, about("editCampaign", TAG, "Edit an own campaign"))
                .delete_with(
                    delete,
                    about("deleteCampaign", TAG, "Delete an own campaign"),
                ),
        )
        .api_route(
            "/campaigns/{campaign}/schedule",
            post_with(
                schedule,
                about(
                    "scheduleCampaign",
                    TAG,
                    "Make the plan firm; it opens by itself",
                ),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/close",
            post_with(
                close,
                about("closeCampaign", TAG, "Close an own campaign before its end"),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/cancel",
            post_with(
                cancel,
                about("cancelCampaign", TAG, "Call an own campaign off"),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/regrades",
            get_with(
                regrades,
                about("listCampaignRegrades", TAG, "List what was judged again"),
            )
            .post_with(
                regrade,
                about(
                    "regradeCampaign",
                    TAG,
                    "Judge the answers to a question again",
                ),
            ),
        )
}

async fn create(
    State(engine): State<Engine>,
    Member(actor): Member,
    Body(CampaignDraft { text, plan }): Body<CampaignDraft>,
) -> Result<MadeTagged<CampaignView>, ApiError> {
    Ok(MadeTagged(
        engine.create_campaign(&actor, text, plan).await?,
    ))
}

async fn list(
    State(engine): State<Engine>,
    Member(actor): Member,
    Params(page): Params<PageRequest>,
) -> Reply<Page<CampaignView>> {
    Ok(Json(engine.campaigns(&actor, page).await?))
}

async fn show(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Seen {
    Ok(Tagged(engine.campaign(&actor, campaign).await?))
}

async fn edit(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Read(read): Read,
    Body(CampaignDraft { text, plan }): Body<CampaignDraft>,
) -> Seen {
    let edited = engine.edit_campaign(&actor, campaign, read, text, plan);
    Ok(Tagged(edited.await?))
}

async fn delete(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Result<Done, ApiError> {
    engine.delete_campaign(&actor, campaign).await?;
    Ok(Done)
}

async fn schedule(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Seen {
    Ok(Tagged(engine.schedule_campaign(&actor, campaign).await?))
}

async fn close(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Seen {
    Ok(Tagged(engine.close_campaign(&actor, campaign).await?))
}

async fn cancel(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Seen {
    Ok(Tagged(engine.cancel_campaign(&actor, campaign).await?))
}

async fn regrade(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Body(RegradeQuestion { question, to }): Body<RegradeQuestion>,
) -> Reply<Regrade> {
    let regrade = engine.regrade_campaign(&actor, campaign, question, to);
    Ok(Json(regrade.await?))
}

async fn regrades(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Regrade>> {
    Ok(Json(
        engine.campaign_regrades(&actor, campaign, page).await?,
    ))
}
