//! Reading requests: like axum's extractors, but every refusal is an [`ApiError`] that names the
//! field.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// The most bytes that a request may have.
pub(crate) const MAX_BODY: usize = 1 << 20;

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

/// The parameters after the `?`.
pub(crate) struct Params<T>(pub(crate) T);

/// What the path names. A path that can't name anything names nothing: it was not found.
pub(crate) struct Named<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the content type is `application/json`",
            ));
        }
        let bytes =
            Bytes::from_request(request, state)
                .await
                .map_err(|rejection| match rejection.status() {
                    status @ StatusCode::PAYLOAD_TOO_LARGE => {
                        ApiError::new(status, format!("a body has at most {MAX_BODY} bytes"))
                    }
                    status => ApiError::new(status, "the body could not be read"),
                })?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = error.path().to_string();
            let cause = error.into_inner();
            if cause.is_data() {
                of_field(field, cause.to_string())
            } else {
                ApiError::new(StatusCode::BAD_REQUEST, format!("not JSON: {cause}"))
            }
        })?;
        reader.end().map_err(|error| {
            ApiError::new(StatusCode::BAD_REQUEST, format!("not JSON: {error}"))
        })?;
        Ok(Self(value))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        let reader = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(reader)
            .map(Self)
            .map_err(|error| of_field(error.path().to_string(), error.into_inner().to_string()))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(names)) => Ok(Self(names)),
            Err(_) => Err(ApiError::not_found("resource")),
        }
    }
}

fn of_field(field: String, message: String) -> ApiError {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if field == "." {
        ApiError::new(status, message)
    } else {
        ApiError::in_field(status, field, message)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    let essence = content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

impl<T: JsonSchema> OperationInput for Body<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        Json::<T>::operation_input(ctx, operation);
    }
}

impl<T: JsonSchema> OperationInput for Params<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        Query::<T>::operation_input(ctx, operation);
    }
}

impl<T: JsonSchema> OperationInput for Named<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        Path::<T>::operation_input(ctx, operation);
    }
}
