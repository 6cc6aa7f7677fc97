//! AC-1, AC-5 to AC-7: whatever has to do with passwords and secrets.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with, put_with};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use polycode_core::assessment::Address;
use schemars::JsonSchema;
use serde::Deserialize;

use super::reply::{Accepted, Done, Made, Reply};
use super::{Service, about, described};
use crate::accounts::{Accounts, NewApiToken, NewToken, Password, Session, SignUp};
use crate::caller::{Owner, session_cookie, session_secret};
use crate::error::ApiError;
use crate::extract::Body;

/// What one signs in with.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SignIn {
    /// The confirmed address.
    email: Address,
    /// The password.
    password: Password,
}

/// What a link in a mail holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Confirmation {
    /// The last part of the link.
    secret: String,
}

/// Whose password was forgotten.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Forgotten {
    /// The address of the account.
    email: Address,
}

/// A password in place of one that was forgotten.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Reset {
    /// The last part of the link in the mail.
    secret: String,
    /// The new password.
    password: Password,
}

/// A password in place of one that is known.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ChangePassword {
    /// The password that holds.
    current: Password,
    /// The new one.
    new: Password,
}

/// The password, to be sure that it is the owner who asks.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Leaving {
    /// The password that holds.
    password: Password,
}

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "accounts";
    ApiRouter::new()
        .api_route(
            "/accounts",
            post_with(sign_up, about("signUp", TAG, "Create an account")),
        )
        .api_route(
            "/account/confirmation",
            post_with(
                confirm,
                about(
                    "confirmAddress",
                    TAG,
                    "Confirm an address by the link in a mail",
                ),
            ),
        )
        .api_route(
            "/session",
            get_with(
                session,
                about("getSession", TAG, "See who one is signed in as"),
            )
            .post_with(sign_in, |operation| {
                described(operation, "signIn", TAG, "Sign in")
                    .response_with::<201, Json<Session>, _>(|response| {
                        response.description("The session; its cookie is set.")
                    })
            })
            .delete_with(sign_out, |operation| {
                described(operation, "signOut", TAG, "Sign out")
                    .response_with::<204, (), _>(|response| response.description("It is over."))
            }),
        )
        .api_route(
            "/account/password",
            put_with(
                change_password,
                about("changePassword", TAG, "Change one's password"),
            ),
        )
        .api_route(
            "/password-resets",
            post_with(
                forget,
                about(
                    "forgetPassword",
                    TAG,
                    "Ask for a mail to set a new password",
                ),
            ),
        )
        .api_route(
            "/password",
            post_with(
                reset,
                about(
                    "resetPassword",
                    TAG,
                    "Set a new password by the link in a mail",
                ),
            ),
        )
        .api_route(
            "/account/deletion",
            post_with(leave, about("deleteAccount", TAG, "Delete own account")),
        )
        .api_route(
            "/account/tokens",
            post_with(make_token, about("makeToken", TAG, "Make an API token")),
        )
}

async fn sign_up(
    State(service): State<Service>,
    Body(form): Body<SignUp>,
) -> Result<Accepted, ApiError> {
    service.limiter.attempt_on(form.email.as_str())?;
    service.accounts.sign_up(form).await?;
    Ok(Accepted)
}

async fn confirm(
    State(accounts): State<Accounts>,
    Body(Confirmation { secret }): Body<Confirmation>,
) -> Result<Done, ApiError> {
    accounts.confirm(&secret).await?;
    Ok(Done)
}

async fn sign_in(
    State(service): State<Service>,
    headers: HeaderMap,
    Body(SignIn { email, password }): Body<SignIn>,
) -> Result<Response, ApiError> {
    service.limiter.attempt_on(email.as_str())?;
    let secret = service.accounts.sign_in(&email, password).await?;
    // Whoever signs in anew leaves the session that was there.
    if let Some(old) = session_secret(&headers) {
        service.accounts.sign_out(old).await?;
    }
    let session = service.accounts.session(&secret).await?;
    let session = session.ok_or_else(ApiError::sign_in_first)?;
    let mut response = (StatusCode::CREATED, Json(session)).into_response();
    if let Some(cookie) = session_cookie(&service, &secret) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn session(Owner { session, .. }: Owner) -> Reply<Session> {
    Ok(Json(session))
}

async fn sign_out(
    State(service): State<Service>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if let Some(secret) = session_secret(&headers) {
        service.accounts.sign_out(secret).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = session_cookie(&service, "") {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn change_password(
    State(service): State<Service>,
    Owner {
        session, digest, ..
    }: Owner,
    Body(ChangePassword { current, new }): Body<ChangePassword>,
) -> Result<Done, ApiError> {
    service.limiter.attempt_on(session.user.as_str())?;
    let accounts = &service.accounts;
    let change = accounts.change_password(&session.user, (current, new), &digest);
    change.await?;
    Ok(Done)
}

async fn forget(
    State(service): State<Service>,
    Body(Forgotten { email }): Body<Forgotten>,
) -> Result<Accepted, ApiError> {
    service.limiter.attempt_on(email.as_str())?;
    service.accounts.forget_password(&email).await?;
    Ok(Accepted)
}

async fn reset(
    State(accounts): State<Accounts>,
    Body(Reset { secret, password }): Body<Reset>,
) -> Result<Done, ApiError> {
    accounts.reset_password(&secret, password).await?;
    Ok(Done)
}

async fn leave(
    State(service): State<Service>,
    Owner { session, actor, .. }: Owner,
    Body(Leaving { password }): Body<Leaving>,
) -> Result<Done, ApiError> {
    service.limiter.attempt_on(session.user.as_str())?;
    let accounts = &service.accounts;
    accounts.leave(&actor, &session.user, password).await?;
    Ok(Done)
}

async fn make_token(
    State(accounts): State<Accounts>,
    Owner { session, .. }: Owner,
    Body(new): Body<NewApiToken>,
) -> Result<Made<NewToken>, ApiError> {
    let made = accounts.make_token(&session.user, &session.roles, new);
    Ok(Made(made.await?))
}
