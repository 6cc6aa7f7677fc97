//! `Idempotency-Key`: the same request, sent again, gets the reply of the first and does nothing.

use std::convert::Infallible;

use aide::OperationInput;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use polycode_core::id::SubmissionId;
use sha2::{Digest, Sha256};
use sqlx::Row;

use crate::caller::Caller;
use crate::error::{ApiError, ErrorCode};
use crate::extract::{MAX_BODY, is_csv};
use crate::service::Service;
use crate::upload::Upload;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The headers of a reply that are kept.
const KEPT: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];
/// After this long a request that never ended was cut off.
const CUT_OFF_MS: i64 = 5 * 60 * 1000;

/// Answers a POST that was answered before from what is kept of it.
pub(crate) async fn once(State(service): State<Service>, request: Request, next: Next) -> Response {
    if *request.method() != Method::POST || !request.headers().contains_key(KEY) {
        return next.run(request).await;
    }
    match answer(&service, request, next).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

/// The id of what a request makes, if it carries a key: the same each time it is sent. A process
/// that ends between what was done and its reply is no reason to do it twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chosen(pub(crate) Option<SubmissionId>);

impl<S: Send + Sync> FromRequestParts<S> for Chosen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let chosen = parts.extensions.get::<Self>();
        Ok(chosen.copied().unwrap_or(Self(None)))
    }
}

impl OperationInput for Chosen {}

/// Lets requests be sent again that were cut off with an earlier process. To be called before the
/// first request, by the only process that answers.
pub(crate) async fn settle(service: &Service) -> Result<(), ApiError> {
    let cut_off =
        sqlx::query("UPDATE replies SET is_free = 1 WHERE status IS NULL AND is_free = 0");
    let cut_off = cut_off.execute(&service.accounts.pool).await?;
    let count = cut_off.rows_affected();
    if count > 0 {
        tracing::warn!(count, "requests were cut off when the process ended");
    }
    Ok(())
}

async fn answer(service: &Service, request: Request, next: Next) -> Result<Response, ApiError> {
    let place = Place::of(&request)?;
    let (mut parts, body) = request.into_parts();
    let mut asked = Sha256::new()
        .chain_update(parts.uri.to_string())
        .chain_update([0]);
    let body = if is_csv(&parts.headers) {
        let upload = Upload::receive(body, |piece| asked.update(piece)).await?;
        parts.extensions.insert(upload);
        Body::empty()
    } else {
        let body = to_bytes(body, MAX_BODY).await.map_err(|_| {
            let message = format!("a body has at most {MAX_BODY} bytes");
            ApiError::new(ErrorCode::TooLarge, message)
        })?;
        asked.update(&body);
        Body::from(body)
    };
    let asked = asked.finalize().to_vec();
    match begin(service, &place, &asked).await? {
        Begun::Before(kept) => return Ok(kept),
        Begun::Now(chosen) => parts.extensions.insert(chosen),
    };
    // The request goes on when the caller hangs up: half of it must not look like none.
    let (task_service, task_place) = (service.clone(), place.clone());
    let going = tokio::spawn(async move {
        let response = next.run(Request::from_parts(parts, body)).await;
        end(&task_service, &task_place, response).await
    });
    match going.await {
        Ok(response) => response,
        Err(panic) => {
            free(service, &place).await?;
            Err(ApiError::internal(&panic))
        }
    }
}

/// Whose request it is, and which.
#[derive(Debug, Clone)]
struct Place {
    caller: String,
    key: String,
}

impl Place {
    fn of(request: &Request) -> Result<Self, ApiError> {
        let invalid = || {
            let message = "is 1 to 255 visible characters";
            ApiError::in_field(ErrorCode::Invalid, "Idempotency-Key", message)
        };
        let key = request.headers().get(KEY).and_then(|key| key.to_str().ok());
        let key = key
            .filter(|key| (1..=255).contains(&key.len()))
            .ok_or_else(invalid)?;
        let caller = request.extensions().get::<Caller>();
        Ok(Self {
            caller: caller.map_or("guest", Caller::name).to_owned(),
            key: key.to_owned(),
        })
    }
}

/// Whether a request is to be carried out.
enum Begun {
    /// It is; what it makes gets this id.
    Now(Chosen),
    /// It was before, and this is what was answered.
    Before(Response),
}

/// Takes the place, or gives the reply that was kept there.
async fn begin(service: &Service, place: &Place, asked: &[u8]) -> Result<Begun, ApiError> {
    let now = service.accounts.now();
    let taken = sqlx::query(
        "INSERT INTO replies (caller, key, request, created_at, made) VALUES (?1, ?2, ?3, ?4, ?6)
         ON CONFLICT (caller, key) DO UPDATE
         SET created_at = excluded.created_at, is_free = 0, made = coalesce(made, excluded.made)
         WHERE status IS NULL AND request = excluded.request AND (is_free OR created_at <= ?5)
         RETURNING made",
    )
    .bind(&place.caller)
    .bind(&place.key)
    .bind(asked)
    .bind(now)
    .bind(now - CUT_OFF_MS)
    .bind(service.accounts.new_id().to_string())
    .fetch_optional(&service.accounts.pool)
    .await?;
    if let Some(taken) = taken {
        let made: String = taken.try_get("made")?;
        return Ok(Begun::Now(Chosen(Some(made.parse()?))));
    }
    let kept = sqlx::query(
        "SELECT request, status, headers, body FROM replies WHERE caller = ? AND key = ?",
    )
    .bind(&place.caller)
    .bind(&place.key)
    .fetch_optional(&service.accounts.pool)
    .await?;
    let in_flight = || {
        let message = "the same request is under way";
        ApiError::new(ErrorCode::UnderWay, message)
    };
    let kept = kept.ok_or_else(in_flight)?;
    if kept.try_get::<Vec<u8>, _>("request")? != asked {
        let message = "was used for another request";
        let code = ErrorCode::KeyReused;
        return Err(ApiError::in_field(code, "Idempotency-Key", message));
    }
    let status: Option<u16> = kept.try_get("status")?;
    let status = StatusCode::from_u16(status.ok_or_else(in_flight)?);
    let status = status.map_err(|error| ApiError::internal(&error))?;
    let body: Option<Vec<u8>> = kept.try_get("body")?;
    let mut response = (status, body.unwrap_or_default()).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    let headers: Vec<(String, String)> = serde_json::from_str(kept.try_get("headers")?)?;
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    let yes = HeaderValue::from_static("true");
    response.headers_mut().insert(REPLAYED, yes);
    Ok(Begun::Before(response))
}

/// Keeps a reply, unless trying again may help: then the place is free again.
async fn end(service: &Service, place: &Place, response: Response) -> Result<Response, ApiError> {
    let status = response.status();
    let is_passing = status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT;
    if is_passing {
        free(service, place).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await;
    let body: Bytes = body.map_err(|error| ApiError::internal(&error))?;
    let headers: Vec<(&str, &str)> = KEPT
        .iter()
        .filter_map(|name| Some((name.as_str(), parts.headers.get(name)?.to_str().ok()?)))
        .collect();
    sqlx::query(
        "UPDATE replies SET status = ?, headers = ?, body = ? WHERE caller = ? AND key = ?",
    )
    .bind(status.as_u16())
    .bind(serde_json::to_string(&headers)?)
    .bind(body.as_ref())
    .bind(&place.caller)
    .bind(&place.key)
    .execute(&service.accounts.pool)
    .await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// Lets a request be sent again. What it makes keeps its id: it may be made already.
async fn free(service: &Service, place: &Place) -> Result<(), ApiError> {
    sqlx::query("UPDATE replies SET is_free = 1 WHERE caller = ? AND key = ? AND status IS NULL")
        .bind(&place.caller)
        .bind(&place.key)
        .execute(&service.accounts.pool)
        .await?;
    Ok(())
}
