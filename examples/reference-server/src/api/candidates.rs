//! AS-11 to AS-17, MA-6, MA-7: the candidates of a campaign, by its creator.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with, put_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::assessment::roster::Reader;
use polycode_core::assessment::{CandidateProfile, ExtraTime};
use polycode_core::engine::{CandidateView, Intake, NewCandidate};
use polycode_core::id::{CandidateId, Tag};
use polycode_core::port::Page;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::page;
use super::paths::{CampaignPath, CandidatePath};
use super::reply::Reply;
use super::{Service, about};
use crate::caller::Member;
use crate::extract::{Body, Csv, Named, Params};

/// Which candidates to list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ListParams {
    /// Only those with this tag.
    tag: Option<Tag>,
    /// Where the page before ended; none for the first.
    after: Option<String>,
    /// The most items wanted, 1 to 100; 20 without it.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
}

/// How many invitations are on their way.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct InvitationsSent {
    /// How many mails were written.
    invited: usize,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "candidates";
    let list_path = "/campaigns/{campaign}/candidates";
    let csv = ApiRouter::new()
        .api_route(
            "/campaigns/{campaign}/candidates.csv",
            post_with(
                import,
                about("importCandidates", TAG, "Add candidates by a CSV file"),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/removals.csv",
            post_with(
                remove_by_csv,
                about(
                    "removeCandidatesByCsv",
                    TAG,
                    "Remove candidates by a CSV file",
                ),
            ),
        );
    ApiRouter::new()
        .merge(csv)
        .api_route(
            list_path,
            get_with(
                list,
                about(
                    "listCandidates",
                    TAG,
                    "List the candidates of an own campaign",
                ),
            )
            .post_with(add, about("addCandidates", TAG, "Add candidates")),
        )
        .api_route(
            "/campaigns/{campaign}/removals",
            post_with(remove, about("removeCandidates", TAG, "Remove candidates")),
        )
        .api_route(
            "/campaigns/{campaign}/invitations",
            post_with(
                invite_all,
                about(
                    "inviteCandidates",
                    TAG,
                    "Invite those who were not invited yet",
                ),
            ),
        )
        .api_route(
            "/candidates/{candidate}",
            get_with(show, about("getCandidate", TAG, "Read a candidate")).put_with(
                edit,
                about("editCandidate", TAG, "Edit a candidate, with their tags"),
            ),
        )
        .api_route(
            "/candidates/{candidate}/extra-time",
            put_with(
                extra_time,
                about(
                    "grantExtraTime",
                    TAG,
                    "Give a candidate more time than others",
                ),
            ),
        )
        .api_route(
            "/candidates/{candidate}/invitation",
            post_with(
                invite,
                about(
                    "inviteCandidate",
                    TAG,
                    "Send an invitation, or send it again",
                ),
            )
            .delete_with(
                cancel,
                about("cancelCandidate", TAG, "Take a candidate's invitation back"),
            ),
        )
}

async fn list(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Params(params): Params<ListParams>,
) -> Reply<Page<CandidateView>> {
    let request = page(params.after, params.limit);
    let candidates = engine.candidates(&actor, campaign, params.tag.as_ref(), request);
    Ok(Json(candidates.await?))
}

async fn add(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Body(candidates): Body<Vec<NewCandidate>>,
) -> Reply<Intake> {
    Ok(Json(
        engine.add_candidates(&actor, campaign, candidates).await?,
    ))
}

async fn import(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Csv(file): Csv,
) -> Reply<Intake> {
    let mut import = engine.begin_import(&actor, campaign).await?;
    // A file that is none changes nothing.
    file.check_rows().await?;
    let mut rows = file.rows(Reader::of_candidates()).await?;
    while let Some(rows) = rows.next().await? {
        import.take(rows).await?;
    }
    Ok(Json(import.finish().await?))
}

async fn remove(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Body(candidates): Body<Vec<CandidateId>>,
) -> Reply<Intake> {
    Ok(Json(
        engine
            .remove_candidates(&actor, campaign, candidates)
            .await?,
    ))
}

async fn remove_by_csv(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Csv(file): Csv,
) -> Reply<Intake> {
    let mut removal = engine.begin_removal(&actor, campaign).await?;
    file.check_rows().await?;
    let mut rows = file.rows(Reader::of_addresses()).await?;
    while let Some(rows) = rows.next().await? {
        removal.take(rows).await?;
    }
    Ok(Json(removal.finish()))
}

async fn show(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CandidatePath { candidate }): Named<CandidatePath>,
) -> Reply<CandidateView> {
    Ok(Json(engine.candidate(&actor, candidate).await?))
}

async fn edit(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CandidatePath { candidate }): Named<CandidatePath>,
    Body(profile): Body<CandidateProfile>,
) -> Reply<CandidateView> {
    Ok(Json(
        engine.edit_candidate(&actor, candidate, profile).await?,
    ))
}

async fn extra_time(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CandidatePath { candidate }): Named<CandidatePath>,
    Body(extra): Body<ExtraTime>,
) -> Reply<CandidateView> {
    Ok(Json(
        engine.grant_extra_time(&actor, candidate, extra).await?,
    ))
}

async fn invite(
    State(service): State<Service>,
    Member(actor): Member,
    Named(CandidatePath { candidate }): Named<CandidatePath>,
) -> Reply<InvitationsSent> {
    let sent = service.engine.invite_candidate(&actor, candidate).await?;
    service
        .mailer
        .invite([sent])
        .await
        .map(|invited| Json(InvitationsSent { invited }))
}

async fn invite_all(
    State(service): State<Service>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Reply<InvitationsSent> {
    let mut invited = 0;
    loop {
        let sent = service.engine.invite_candidates(&actor, campaign).await?;
        if sent.is_empty() {
            return Ok(Json(InvitationsSent { invited }));
        }
        invited += service.mailer.invite(sent).await?;
    }
}

async fn cancel(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CandidatePath { candidate }): Named<CandidatePath>,
) -> Reply<CandidateView> {
    Ok(Json(engine.cancel_candidate(&actor, candidate).await?))
}
