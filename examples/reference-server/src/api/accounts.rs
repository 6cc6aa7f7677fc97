//! AC-2 to AC-4, SY-3: accounts, by their owners and by those who run the platform.

use std::collections::BTreeSet;

use aide::axum::ApiRouter;
use aide::axum::routing::{delete_with, get_with, put_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::engine::UserAccount;
use polycode_core::people::{Settings, UserProfile};
use polycode_core::permission::Role;

use super::paths::{TokenPath, UserPath};
use super::reply::{Done, Reply};
use super::{Service, about};
use crate::accounts::{AccountExport, Accounts, ApiToken, GivenRole};
use crate::caller::{Member, Owner};
use crate::error::ApiError;
use crate::extract::{Body, Named};

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "accounts";
    ApiRouter::new()
        .api_route(
            "/account",
            get_with(
                own,
                about("getAccount", TAG, "See own account and settings"),
            ),
        )
        .api_route(
            "/account/profile",
            put_with(
                update_profile,
                about("updateProfile", TAG, "Update own profile"),
            ),
        )
        .api_route(
            "/account/settings",
            put_with(
                update_settings,
                about("updateSettings", TAG, "Update own settings"),
            ),
        )
        .api_route(
            "/account/export",
            get_with(
                export,
                about("exportAccount", TAG, "Take along what is known about one"),
            ),
        )
        .api_route(
            "/account/tokens",
            get_with(tokens, about("listTokens", TAG, "List own API tokens")),
        )
        .api_route(
            "/account/tokens/{token}",
            delete_with(end_token, about("endToken", TAG, "End an API token")),
        )
        .api_route(
            "/accounts/{user}",
            get_with(show, about("getAccountOf", TAG, "See somebody's account")).delete_with(
                delete,
                about("deleteAccountOf", TAG, "Delete somebody's account"),
            ),
        )
        .api_route(
            "/accounts/{user}/roles",
            get_with(roles, about("getRoles", TAG, "See the roles of an account")).put_with(
                set_roles,
                about("setRoles", TAG, "Give an account its roles"),
            ),
        )
}

async fn own(State(engine): State<Engine>, Member(actor): Member) -> Reply<UserAccount> {
    let user = actor.signed_in("seeing one's account")?;
    Ok(Json(engine.account(&actor, user).await?))
}

async fn update_profile(
    State(service): State<Service>,
    Owner { actor, session, .. }: Owner,
    Body(mut profile): Body<UserProfile>,
) -> Reply<UserAccount> {
    if profile.email.is_none() {
        let address = service.accounts.sign_in_address(&session.user).await?;
        profile.email = address.map(String::from);
    }
    let updated = service
        .engine
        .update_profile(&actor, &session.user, profile);
    Ok(Json(updated.await?))
}

async fn update_settings(
    State(engine): State<Engine>,
    Owner { actor, session, .. }: Owner,
    Body(settings): Body<Settings>,
) -> Reply<UserAccount> {
    Ok(Json(
        engine
            .update_settings(&actor, &session.user, settings)
            .await?,
    ))
}

async fn export(
    State(accounts): State<Accounts>,
    Owner { actor, session, .. }: Owner,
) -> Reply<AccountExport> {
    Ok(Json(accounts.export(&actor, &session.user).await?))
}

async fn tokens(
    State(accounts): State<Accounts>,
    Owner { session, .. }: Owner,
) -> Reply<Vec<ApiToken>> {
    Ok(Json(accounts.tokens(&session.user).await?))
}

async fn end_token(
    State(accounts): State<Accounts>,
    Owner { session, .. }: Owner,
    Named(TokenPath { token }): Named<TokenPath>,
) -> Result<Done, ApiError> {
    accounts.end_token(&session.user, token).await?;
    Ok(Done)
}

async fn show(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(UserPath { user }): Named<UserPath>,
) -> Reply<UserAccount> {
    Ok(Json(engine.account(&actor, &user).await?))
}

async fn delete(
    State(accounts): State<Accounts>,
    Owner { actor, .. }: Owner,
    Named(UserPath { user }): Named<UserPath>,
) -> Result<Done, ApiError> {
    if actor.is(&user) {
        let message = "one's own account is deleted with its password";
        return Err(ApiError::forbidden(message));
    }
    accounts.delete(&actor, &user).await?;
    Ok(Done)
}

async fn roles(
    State(accounts): State<Accounts>,
    Member(actor): Member,
    Named(UserPath { user }): Named<UserPath>,
) -> Reply<BTreeSet<Role>> {
    Ok(Json(accounts.roles(&actor, &user).await?))
}

async fn set_roles(
    State(accounts): State<Accounts>,
    Member(actor): Member,
    Named(UserPath { user }): Named<UserPath>,
    Body(roles): Body<BTreeSet<GivenRole>>,
) -> Reply<BTreeSet<Role>> {
    Ok(Json(accounts.set_roles(&actor, &user, roles).await?))
}
