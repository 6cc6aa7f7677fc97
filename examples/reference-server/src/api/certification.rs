//! Certificates, for those who hold them and for those who are shown one.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::certification::{Certificate, RevocationReason};
use polycode_core::engine::Verification;
use polycode_core::port::{Page, PageRequest};
use schemars::JsonSchema;
use serde::Deserialize;

use super::paths::{CertificatePath, CodePath};
use super::reply::Reply;
use super::{Service, about};
use crate::caller::{Caller, Learner, Member};
use crate::extract::{Body, Named, Params};

/// Why a certificate is taken back.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Revocation {
    /// The reason.
    reason: RevocationReason,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "certification";
    ApiRouter::new()
        .api_route(
            "/own/certificates",
            get_with(
                list,
                about("listCertificates", TAG, "List own certificates"),
            ),
        )
        .api_route(
            "/certificates/by-code/{code}",
            get_with(
                verify,
                about("verifyCertificate", TAG, "Verify a certificate by its code"),
            ),
        )
        .api_route(
            "/certificates/{certificate}/revocation",
            post_with(
                revoke,
                about("revokeCertificate", TAG, "Take a certificate back"),
            ),
        )
}

async fn list(
    State(engine): State<Engine>,
    Learner { user, actor }: Learner,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Certificate>> {
    Ok(Json(engine.certificates(&actor, &user, page).await?))
}

async fn verify(
    State(engine): State<Engine>,
    Caller { actor, .. }: Caller,
    Named(CodePath { code }): Named<CodePath>,
) -> Reply<Verification> {
    Ok(Json(engine.verify_certificate(&actor, &code).await?))
}

async fn revoke(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CertificatePath { certificate }): Named<CertificatePath>,
    Body(Revocation { reason }): Body<Revocation>,
) -> Reply<Certificate> {
    Ok(Json(
        engine
            .revoke_certificate(&actor, certificate, reason)
            .await?,
    ))
}
