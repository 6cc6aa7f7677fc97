//! Certificates as Open Badges 3.0, which anybody who has the code can fetch.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use polycode_core::certification::{
    Achievement, AchievementCredential, Addresses, Issuer, Validity,
};
use polycode_core::permission::Actor;
use schemars::JsonSchema;
use serde::Serialize;

use super::paths::CodePath;
use super::reply::Reply;
use super::{Service, about};
use crate::caller::Caller;
use crate::error::{ApiError, ErrorCode};
use crate::extract::Named;

/// Which of the credentials that name this list were taken back (1EdTech Revocation List). Each
/// certificate has a list of its own, so that none gives away the codes of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct RevocationList {
    /// The address of this list.
    id: String,
    /// Who issued the credentials.
    issuer: String,
    /// Those that were taken back.
    revoked_credential: Vec<RevokedCredential>,
}

/// A credential that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct RevokedCredential {
    /// The address of the credential.
    id: String,
    /// That it was.
    revoked: bool,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "certification";
    ApiRouter::new()
        .api_route(
            "/certificates/by-code/{code}/badge",
            get_with(
                badge,
                about("getBadge", TAG, "Read a certificate as an Open Badge"),
            ),
        )
        .api_route(
            "/certificates/by-code/{code}/revocations",
            get_with(
                revocations,
                about("getRevocations", TAG, "See whether a badge was taken back"),
            ),
        )
}

async fn badge(
    State(service): State<Service>,
    Caller { actor, .. }: Caller,
    Named(CodePath { code }): Named<CodePath>,
) -> Reply<AchievementCredential> {
    let engine = &service.engine;
    let url = service.mailer.public_url();
    let pass = engine.verify_certificate(&actor, &code).await?.pass;
    // It was there for all to read when it was passed; it may have been withdrawn since.
    let module = engine.module(&Actor::service(), pass.module).await?;
    let draft = module.summary.draft;
    let criteria = format!("Pass “{}” with {} or more.", draft.name, pass.pass_mark);
    let achievement = Achievement {
        id: format!("{url}/modules/{}", pass.module),
        name: draft.name,
        description: draft.description,
        criteria,
    };
    let addresses = Addresses {
        credential: address(url, &code),
        holder: format!("{url}/users/{}", pass.user),
        revocations: list_address(url, &code),
    };
    let badge = engine.open_badge(&actor, &code, issuer(url), achievement, addresses);
    let taken_back = || ApiError::new(ErrorCode::TakenBack, "the certificate was taken back");
    Ok(Json(badge.await?.ok_or_else(taken_back)?))
}

async fn revocations(
    State(service): State<Service>,
    Caller { actor, .. }: Caller,
    Named(CodePath { code }): Named<CodePath>,
) -> Reply<RevocationList> {
    let url = service.mailer.public_url();
    let found = service.engine.verify_certificate(&actor, &code).await?;
    let revoked = (found.validity == Validity::Revoked).then(|| RevokedCredential {
        id: address(url, &code),
        revoked: true,
    });
    Ok(Json(RevocationList {
        id: list_address(url, &code),
        issuer: issuer(url).id,
        revoked_credential: revoked.into_iter().collect(),
    }))
}

fn issuer(url: &str) -> Issuer {
    Issuer {
        id: url.to_owned(),
        name: "PolyCode".to_owned(),
    }
}

fn address(url: &str, code: &str) -> String {
    format!("{url}/certificates/by-code/{code}/badge")
}

fn list_address(url: &str, code: &str) -> String {
    format!("{url}/certificates/by-code/{code}/revocations")
}
