//! The way to the provider and back: the authorization code flow of OpenID Connect Core 1.0.

use aide::axum::ApiRouter;
use aide::axum::routing::post_with;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use openidconnect::RedirectUrl;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::known::Asked;
use super::{OpenId, Refused};
use crate::api::described;
use crate::caller::{
    Owner, new_secret, openid_cookie, openid_secret, session_cookie, session_secret,
};
use crate::error::{ApiError, ErrorCode};
use crate::extract::Params;
use crate::service::Service;

/// The page from which browsers are sent to the provider.
const SIGN_IN: &str = "/openid/sign-in";
/// The page that they come back to.
const CALLBACK: &str = "/openid/callback";

/// Where to go after signing in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// A path of this server.
    #[serde(default)]
    next: Option<String>,
}

/// What the provider sends somebody back with.
#[derive(Debug, Deserialize)]
struct Answer {
    state: String,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    error: Option<String>,
    /// Which provider it is (RFC 9207).
    #[serde(default)]
    iss: Option<String>,
}

/// Where to go to sign out at the provider too.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Farewell {
    /// An address, or a path of this server.
    url: String,
}

/// The pages that browsers are sent through, and signing out.
pub(crate) fn routes() -> ApiRouter<Service> {
    let pages = Router::new()
        .route(SIGN_IN, get(depart))
        .route(CALLBACK, get(arrive));
    ApiRouter::from(pages).api_route(
        "/openid/sign-out",
        post_with(leave, |operation| {
            let summary = "Sign out here, and learn where to sign out at the provider";
            described(operation, "signOutEverywhere", "accounts", summary)
                .response_with::<200, Json<Farewell>, _>(|response| {
                    response.description("It is over here; where to go next.")
                })
        }),
    )
}

fn provider(service: &Service) -> Result<&OpenId, ApiError> {
    let missing = || ApiError::not_found("sign-in service");
    service.openid.as_ref().ok_or_else(missing)
}

/// Whether a path is a step of signing in. Browsers are sent there by GET, but each step changes
/// something.
pub(crate) fn is_step(path: &str) -> bool {
    [SIGN_IN, CALLBACK].contains(&path)
}

async fn depart(
    State(service): State<Service>,
    Params(Wish { next }): Params<Wish>,
) -> Result<Response, ApiError> {
    let openid = provider(&service)?;
    let next = next.unwrap_or_else(|| "/".to_owned());
    if !is_own_path(&next) {
        let message = "is a path of this server";
        return Err(ApiError::in_field(ErrorCode::Invalid, "next", message));
    }
    let known = openid.provider(Asked::IfOld).await?;
    let sent = known.depart(&back(&service)?, next);
    let browser = new_secret();
    let accounts = &service.accounts;
    accounts
        .remember_departure(&sent.state, &browser, &sent.departure)
        .await?;
    let mut response = Redirect::to(sent.url.as_str()).into_response();
    set_cookie(&mut response, openid_cookie(&service, &browser));
    Ok(response)
}

async fn arrive(
    State(service): State<Service>,
    headers: HeaderMap,
    Params(answer): Params<Answer>,
) -> Result<Response, ApiError> {
    let openid = provider(&service)?;
    let message = "this sign-in was not begun here: begin again";
    let not_begun = || ApiError::new(ErrorCode::SignInFailed, message);
    let browser = openid_secret(&headers).ok_or_else(not_begun)?;
    let known = service
        .accounts
        .recall_departure(&answer.state, browser)
        .await?;
    let departure = known.ok_or_else(not_begun)?;
    let next = departure.next.clone();
    if answer
        .iss
        .is_some_and(|issuer| issuer != openid.settings.issuer)
    {
        return Err(not_begun());
    }
    let not_completed = || Refused::not_good("the provider did not sign anybody in");
    let code = answer.code.filter(|_| answer.error.is_none());
    let code = code.ok_or_else(not_completed)?;
    let back = back(&service)?;
    let now = service.accounts.time();
    let asked = openid.ask(move |provider, agent| provider.exchange(agent, code, &back, departure));
    let arrived = match asked.await {
        Ok(given) => openid
            .read(|provider, settings| provider.believe(settings, &given, now))
            .await
            .and_then(|grant| grant.ok_or_else(not_completed)),
        Err(refused) => Err(refused),
    };
    let grant = arrived.inspect_err(|refused| {
        tracing::warn!(%refused, "a sign-in by the OpenID provider failed");
    })?;
    let secret = service
        .accounts
        .sign_in_by_provider(&grant, openid.settings.recheck)
        .await?;
    if let Some(old) = session_secret(&headers) {
        service.accounts.sign_out(old).await?;
    }
    let mut response = Redirect::to(&next).into_response();
    set_cookie(&mut response, session_cookie(&service, &secret));
    set_cookie(&mut response, openid_cookie(&service, ""));
    Ok(response)
}

async fn leave(
    State(service): State<Service>,
    Owner { digest, .. }: Owner,
) -> Result<Response, ApiError> {
    let id_token = service.accounts.end_session(&digest).await?;
    let mut url = None;
    if let (Some(openid), Some(id_token)) = (&service.openid, id_token) {
        let home = format!("{}/", service.mailer.public_url());
        // Here it is over, whether the provider answers or not.
        let known = openid.provider(Asked::IfOld).await.ok();
        url = known.and_then(|known| known.farewell(&openid.settings, &id_token, &home));
    }
    let url = url.map_or_else(|| "/".to_owned(), String::from);
    let mut response = Json(Farewell { url }).into_response();
    set_cookie(&mut response, session_cookie(&service, ""));
    Ok(response)
}

/// The address that the provider sends people back to.
fn back(service: &Service) -> Result<RedirectUrl, ApiError> {
    let back = format!("{}{CALLBACK}", service.mailer.public_url());
    RedirectUrl::new(back).map_err(|error| ApiError::internal(&error))
}

fn set_cookie(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Whether a text is a path of this server in every spelling: browsers take `//host`, `/\host`
/// and what has tabs in it for other servers.
fn is_own_path(text: &str) -> bool {
    let mut bytes = text.bytes();
    let is_path = bytes.next() == Some(b'/') && !matches!(bytes.next(), Some(b'/' | b'\\'));
    is_path
        && text.len() <= 500
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_server_are_gone_on_to() {
        for own in ["/", "/#/contents/a", "/docs?x=https://a.example"] {
            assert!(is_own_path(own), "{own}");
        }
        for other in [
            "",
            "https://a.example",
            "//a.example",
            "/\\a.example",
            "\\\\a.example",
            "/\t/a.example",
            "/ /a",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
            "/é",
        ] {
            assert!(!is_own_path(other), "{other:?}");
        }
    }
}
