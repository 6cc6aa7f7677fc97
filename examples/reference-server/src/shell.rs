//! What every request and every reply goes through.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;
use tracing::Span;

use crate::error::{ApiError, ErrorCode};
use crate::extract::MAX_BODY;
use crate::traces::{self, TraceId};

/// The longest that a request may take, its body included.
const LIMIT: Duration = Duration::from_mins(1);

/// Wraps routes in limits, security headers and a log, and gives every error the same form.
pub(crate) fn enclose(routes: Router) -> Router {
    routes
        .method_not_allowed_fallback(async || {
            let message = "the resource does not know this method";
            ApiError::new(ErrorCode::MethodNotAllowed, message)
        })
        .fallback(async || ApiError::not_found("resource"))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(limit_time))
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(from_fn(secure))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(from_fn(traces::follow))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(from_fn(forget_request_id))
}

/// Names what the log knows a request by.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Callers don't choose the ids that stand in our logs.
async fn forget_request_id(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(REQUEST_ID);
    next.run(request).await
}

/// What the log says of a request: its route, since paths hold secrets.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>();
    let id = request.headers().get(REQUEST_ID);
    let trace = request.extensions().get::<TraceId>();
    tracing::info_span!(
        "request",
        id = id.and_then(|id| id.to_str().ok()).unwrap_or_default(),
        method = %request.method(),
        route = route.map_or("none", MatchedPath::as_str),
        trace = trace.map(tracing::field::display),
    )
}

async fn limit_time(request: Request, next: Next) -> Response {
    timeout(LIMIT, next.run(request)).await.unwrap_or_else(|_| {
        let message = "the request took too long";
        ApiError::new(ErrorCode::TookTooLong, message).into_response()
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature that the layer asks for"
)]
fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(
        panic = words.unwrap_or("without words"),
        "a handler panicked"
    );
    let message = "something failed on the server";
    ApiError::new(ErrorCode::Internal, message).into_response()
}

/// Headers of every reply. Nothing is kept by caches unless the reply says so itself.
const HEADERS: [(HeaderName, HeaderValue); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
             object-src 'none'",
        ),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=31536000"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}
