//! A span for each request, by OpenTelemetry's conventions for HTTP.

use std::fmt;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::TraceContextExt;
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{TARGET, fail};
use crate::shell::REQUEST_ID;

/// What all spans of a request have in common, for the log to name it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TraceId(opentelemetry::TraceId);

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Makes the span of a request. It goes on what the caller's `traceparent` says.
pub(crate) async fn follow(mut request: Request, next: Next) -> Response {
    let span = span_of(&request);
    if span.is_disabled() {
        return next.run(request).await;
    }
    let caller = TraceContextPropagator::new().extract(&HeaderExtractor(request.headers()));
    // It can't be set where somebody else follows our spans, by other means than OpenTelemetry's.
    if span.set_parent(caller).is_ok() {
        let context = span.context();
        let id = context.span().span_context().trace_id();
        request.extensions_mut().insert(TraceId(id));
    }
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    span.record("http.response.status_code", i64::from(status.as_u16()));
    if status.is_server_error() {
        fail(&span, status.as_str());
    }
    response
}

/// A span that names the route, since paths hold ids and secrets.
fn span_of(request: &Request) -> Span {
    let method = known(request.method());
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map(MatchedPath::as_str);
    let id = request.headers().get(REQUEST_ID);
    let verb = method.unwrap_or("HTTP");
    info_span!(
        target: TARGET,
        "request",
        otel.name = route.map_or_else(|| verb.to_owned(), |route| format!("{verb} {route}")),
        otel.kind = "server",
        otel.status_code = Empty,
        "error.type" = Empty,
        http.request.method = method.unwrap_or("_OTHER"),
        http.route = route,
        http.response.status_code = Empty,
        url.scheme = "http",
        polycode.request = id.and_then(|id| id.to_str().ok()),
    )
}

/// A method by its name, unless a caller made it up.
fn known(method: &Method) -> Option<&'static str> {
    Some(match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => return None,
    })
}
