//! Keeps other sites from acting through a visitor's cookies.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::caller::Caller;
use crate::error::{ApiError, ErrorCode};

/// Refuses changes that another site asks for (OWASP: fetch metadata, then the origin). Every
/// browser says by one of two headers where a request comes from; programs that say nothing
/// have no cookies that somebody could misuse.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>();
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let by_token = caller.is_some_and(Caller::is_by_token);
    if changes && !by_token && !is_own(request.headers()) {
        let message = "the request comes from another site";
        return ApiError::new(ErrorCode::OtherSite, message).into_response();
    }
    next.run(request).await
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().ok());
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some(site) => matches!(site, Some("same-origin" | "none")),
        None => match text(header::ORIGIN) {
            Some(origin) => {
                let host = origin.and_then(|origin| origin.split_once("://"));
                host.is_some_and(|(_, host)| text(header::HOST).flatten() == Some(host))
            }
            None => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &str)]) -> bool {
        let pairs = pairs.iter().map(|(name, value)| {
            (
                header::HeaderName::from_static(name),
                value.parse().unwrap(),
            )
        });
        is_own(&pairs.collect())
    }

    #[test]
    fn a_request_of_another_site_is_not_ones_own() {
        assert!(own(&[]));
        assert!(own(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://a.example")
        ]));
        assert!(own(&[("sec-fetch-site", "none")]));
        assert!(own(&[
            ("origin", "https://a.example:8"),
            ("host", "a.example:8")
        ]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[
            ("sec-fetch-site", "cross-site"),
            ("host", "a.example")
        ]));
        assert!(!own(&[
            ("origin", "https://b.example"),
            ("host", "a.example")
        ]));
        assert!(!own(&[("origin", "null"), ("host", "null")]));
        assert!(!own(&[("origin", "https://a.example")]));
    }
}
