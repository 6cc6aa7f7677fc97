//! Who calls: a guest, known by a random cookie, so that each browser has its own progress.

use aide::OperationInput;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use polycode_core::id::UserId;
use polycode_core::permission::Actor;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::ApiError;

/// The guest who calls.
#[derive(Debug, Clone)]
pub(crate) struct Guest {
    pub(crate) user: UserId,
    pub(crate) actor: Actor,
}

const COOKIE: &str = "polycode_guest";
const YEAR_SECONDS: u32 = 365 * 24 * 60 * 60;
/// Two random UUIDs in hexadecimal.
const SECRET_LENGTH: usize = 64;

/// Finds out which guest calls, and makes one of a caller who is none yet.
pub(crate) async fn recognise(mut request: Request, next: Next) -> Response {
    let known = secret_in(request.headers()).map(str::to_owned);
    let is_new = known.is_none();
    let secret = known.unwrap_or_else(new_secret);
    if let Some(user) = user_of(&secret) {
        let actor = Actor::user(user.clone());
        request.extensions_mut().insert(Guest { user, actor });
    }
    let mut response = next.run(request).await;
    if is_new && let Some(cookie) = cookie_of(&secret) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn new_secret() -> String {
    let (first, second) = (Uuid::new_v4(), Uuid::new_v4());
    format!("{}{}", first.simple(), second.simple())
}

fn secret_in(headers: &HeaderMap) -> Option<&str> {
    let is_secret = |value: &&str| {
        value.len() == SECRET_LENGTH && value.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter_map(|(name, value)| (name == COOKIE).then_some(value))
        .find(is_secret)
}

fn cookie_of(secret: &str) -> Option<HeaderValue> {
    let cookie =
        format!("{COOKIE}={secret}; Path=/; Max-Age={YEAR_SECONDS}; HttpOnly; SameSite=Lax");
    HeaderValue::try_from(cookie).ok()
}

/// A guest's id is a digest of their secret: it stands in submissions and events, and nobody who
/// reads it there can pass for the guest.
fn user_of(secret: &str) -> Option<UserId> {
    let digest = hex::encode(Sha256::digest(secret));
    UserId::new(format!("guest-{}", digest.get(..32)?)).ok()
}

impl<S: Send + Sync> FromRequestParts<S> for Guest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let guest = parts.extensions.get::<Self>().cloned();
        guest.ok_or_else(|| ApiError::new(StatusCode::UNAUTHORIZED, "it is not known who calls"))
    }
}

impl OperationInput for Guest {}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, cookie.parse().unwrap())])
    }

    #[test]
    fn a_guest_is_known_by_the_cookie_among_others() {
        let secret = new_secret();
        let found = headers(&format!("theme=dark; {COOKIE}={secret}; x=y"));
        assert_eq!(secret_in(&found), Some(secret.as_str()));
        assert_eq!(secret_in(&headers(&format!("not_{COOKIE}={secret}"))), None);
        assert_eq!(secret_in(&headers(&format!("{COOKIE}=admin"))), None);
    }

    #[test]
    fn two_guests_are_never_the_same_and_ids_do_not_hold_the_secret() {
        let (one, other) = (new_secret(), new_secret());
        assert_ne!(user_of(&one), user_of(&other));
        assert!(
            !user_of(&one)
                .unwrap()
                .as_str()
                .contains(one.get(..32).unwrap())
        );
    }
}
