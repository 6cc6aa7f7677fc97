//! Who calls: by a session's cookie, by a bearer token, or as a guest with a random cookie of
//! their own, so that each browser has its own progress.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use polycode_core::id::UserId;
use polycode_core::permission::Actor;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::accounts::{Session, digest};
use crate::error::{ApiError, ErrorCode};
use crate::service::{Guests, Service};

/// Who calls, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) actor: Actor,
    credential: Credential,
}

/// What a caller showed.
#[derive(Debug, Clone)]
enum Credential {
    /// The cookie of a session.
    Session(Session, Vec<u8>),
    /// A bearer token.
    Token,
    /// The cookie of a guest.
    Guest,
    /// Nothing.
    None,
}

/// Somebody who learns: a user, or a guest where guests may practise.
#[derive(Debug, Clone)]
pub(crate) struct Learner {
    pub(crate) user: UserId,
    pub(crate) actor: Actor,
}

/// A learner or a service.
#[derive(Debug, Clone)]
pub(crate) struct Somebody(pub(crate) Actor);

/// Somebody who is signed in, or a service.
#[derive(Debug, Clone)]
pub(crate) struct Member(pub(crate) Actor);

/// The owner of an account at their own browser; a token is not enough.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(crate) session: Session,
    /// What is kept of the session's secret.
    pub(crate) digest: Vec<u8>,
    pub(crate) actor: Actor,
}

const GUEST: &str = "polycode_guest";
const SESSION: &str = "polycode_session";
const OPENID: &str = "polycode_openid";
const YEAR_SECONDS: u32 = 365 * 24 * 60 * 60;
/// 256 bits in hexadecimal.
const SECRET_LENGTH: usize = 64;

/// Finds out who calls, and makes a guest of somebody who is nobody yet.
pub(crate) async fn recognise(
    State(service): State<Service>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut new_guest = None;
    let caller = match known(&service, request.headers()).await {
        Ok(Some(caller)) => caller,
        Ok(None) if service.settings.guests == Guests::Practise => {
            let secret = secret_in(request.headers(), GUEST)
                .map_or_else(|| new_guest.insert(new_secret()).clone(), str::to_owned);
            guest(&secret)
        }
        Ok(None) => Caller::nobody(),
        Err(error) => return error.into_response(),
    };
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    if let Some(cookie) = new_guest.and_then(|secret| cookie(GUEST, &secret, YEAR_SECONDS, "")) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Who is signed in, if anybody. A bearer token that is no good is an error: whoever sends one
/// means it.
async fn known(service: &Service, headers: &HeaderMap) -> Result<Option<Caller>, ApiError> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let token = value.to_str().ok().and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then_some(token.trim())
        });
        let actor = match (token, &service.openid) {
            (Some(token), _) if is_secret(token) => service.accounts.bearer(token).await?,
            (Some(token), Some(openid)) => {
                let identity = openid.check(token, service.accounts.time()).await?;
                match identity {
                    Some(identity) => service.accounts.actor_of(&identity).await?,
                    None => None,
                }
            }
            _ => None,
        };
        let actor = actor
            .ok_or_else(|| ApiError::new(ErrorCode::TokenNotValid, "the token is not valid"))?;
        return Ok(Some(Caller {
            actor,
            credential: Credential::Token,
        }));
    }
    let Some(secret) = secret_in(headers, SESSION) else {
        return Ok(None);
    };
    if let Some(openid) = &service.openid {
        openid
            .keep_fresh(&service.accounts, &digest(secret))
            .await?;
    }
    let Some(session) = service.accounts.session(secret).await? else {
        return Ok(None);
    };
    let user = Actor::user(session.user.clone());
    let actor = session.roles.iter().copied().fold(user, Actor::with);
    let credential = Credential::Session(session, digest(secret));
    Ok(Some(Caller { actor, credential }))
}

impl Caller {
    const fn nobody() -> Self {
        Self {
            actor: Actor::guest(),
            credential: Credential::None,
        }
    }

    /// Whether a token shows who calls, which no browser adds by itself.
    pub(crate) const fn is_by_token(&self) -> bool {
        matches!(self.credential, Credential::Token)
    }

    /// Whether nobody is signed in.
    pub(crate) const fn is_guest(&self) -> bool {
        matches!(self.credential, Credential::Guest | Credential::None)
    }

    /// Who it is in logs: an opaque id, or what somebody is.
    pub(crate) fn name(&self) -> &str {
        match (&self.credential, self.actor.id()) {
            (Credential::Token, None) => "service",
            (_, Some(user)) => user.as_str(),
            (_, None) => "guest",
        }
    }
}

fn guest(secret: &str) -> Caller {
    match guest_id(secret) {
        Some(user) => Caller {
            actor: Actor::user(user),
            credential: Credential::Guest,
        },
        None => Caller::nobody(),
    }
}

pub(crate) fn new_secret() -> String {
    let (first, second) = (Uuid::new_v4(), Uuid::new_v4());
    format!("{}{}", first.simple(), second.simple())
}

fn is_secret(text: &str) -> bool {
    text.len() == SECRET_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn secret_in<'a>(headers: &'a HeaderMap, cookie: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter_map(|(name, value)| (name == cookie).then_some(value))
        .find(|value| is_secret(value))
}

fn cookie(name: &str, secret: &str, seconds: u32, more: &str) -> Option<HeaderValue> {
    let cookie =
        format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{more}");
    HeaderValue::try_from(cookie).ok()
}

/// The cookie of a session that begins; an empty secret takes the cookie away.
pub(crate) fn session_cookie(service: &Service, secret: &str) -> Option<HeaderValue> {
    let lasts = u32::try_from(crate::accounts::SESSION_LASTS.as_secs()).unwrap_or(u32::MAX);
    secure_cookie(service, SESSION, secret, lasts)
}

/// The cookie of a browser that is sent to the provider; an empty secret takes it away.
pub(crate) fn openid_cookie(service: &Service, secret: &str) -> Option<HeaderValue> {
    const LASTS: u32 = 600;
    secure_cookie(service, OPENID, secret, LASTS)
}

fn secure_cookie(service: &Service, name: &str, secret: &str, lasts: u32) -> Option<HeaderValue> {
    let seconds = if secret.is_empty() { 0 } else { lasts };
    let is_secure = service.mailer.public_url().starts_with("https://");
    let more = if is_secure { "; Secure" } else { "" };
    cookie(name, secret, seconds, more)
}

/// The secret of the session that a request shows, good or not.
pub(crate) fn session_secret(headers: &HeaderMap) -> Option<&str> {
    secret_in(headers, SESSION)
}

/// The secret of a browser that was sent to the provider.
pub(crate) fn openid_secret(headers: &HeaderMap) -> Option<&str> {
    secret_in(headers, OPENID)
}

/// A guest's id is a digest of their secret: it stands in submissions and events, and nobody who
/// reads it there can pass for the guest.
fn guest_id(secret: &str) -> Option<UserId> {
    let digest = hex::encode(Sha256::digest(secret));
    UserId::new(format!("guest-{}", digest.get(..32)?)).ok()
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(|| ApiError::new(ErrorCode::NotSignedIn, "it is not known who calls"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Learner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Caller { actor, .. } = Caller::from_request_parts(parts, state).await?;
        match actor.id().cloned() {
            Some(user) => Ok(Self { user, actor }),
            None => Err(ApiError::sign_in_first()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Somebody {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Caller { actor, credential } = Caller::from_request_parts(parts, state).await?;
        match credential {
            Credential::None => Err(ApiError::sign_in_first()),
            _ => Ok(Self(actor)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Member {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Caller { actor, credential } = Caller::from_request_parts(parts, state).await?;
        match credential {
            Credential::Session(..) | Credential::Token => Ok(Self(actor)),
            Credential::Guest | Credential::None => Err(ApiError::sign_in_first()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Owner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Caller { actor, credential } = Caller::from_request_parts(parts, state).await?;
        match credential {
            Credential::Session(session, digest) => Ok(Self {
                session,
                digest,
                actor,
            }),
            Credential::Token => Err(ApiError::forbidden("a token is not enough for this")),
            Credential::Guest | Credential::None => Err(ApiError::sign_in_first()),
        }
    }
}

/// Says in the document by what a caller may be known; by nothing, if one way is empty.
macro_rules! known_by {
    ($($name:ty => $($way:literal)*;)*) => {$(
        impl OperationInput for $name {
            fn operation_input(_: &mut GenContext, operation: &mut Operation) {
                let by = |way: &str| Some((way.to_owned(), Vec::new())).filter(|_| !way.is_empty());
                operation.security = vec![$(by($way).into_iter().collect()),*];
            }
        }
    )*};
}

known_by! {
    Caller => "bearer" "session" "guest" "";
    Learner => "bearer" "session" "guest" "";
    Somebody => "bearer" "session" "guest" "";
    Member => "bearer" "session";
    Owner => "session";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, cookie.parse().unwrap())])
    }

    #[test]
    fn a_guest_is_known_by_the_cookie_among_others() {
        let secret = new_secret();
        let found = headers(&format!("theme=dark; {GUEST}={secret}; x=y"));
        assert_eq!(secret_in(&found, GUEST), Some(secret.as_str()));
        let other = headers(&format!("not_{GUEST}={secret}"));
        assert_eq!(secret_in(&other, GUEST), None);
        assert_eq!(secret_in(&headers(&format!("{GUEST}=admin")), GUEST), None);
    }

    #[test]
    fn two_guests_are_never_the_same_and_ids_do_not_hold_the_secret() {
        let (one, other) = (new_secret(), new_secret());
        assert_ne!(guest_id(&one), guest_id(&other));
        let id = guest_id(&one).unwrap();
        assert!(!id.as_str().contains(one.get(..32).unwrap()));
    }
}
