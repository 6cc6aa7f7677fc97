//! Reading requests: like axum's extractors, but every refusal is an [`ApiError`] that names the
//! field.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::{MediaType, Operation, Parameter, ReferenceOr, RequestBody, SchemaObject};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use polycode_core::quantity::Version;
use schemars::{JsonSchema, Schema, json_schema};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::error::{ApiError, ErrorCode};
use crate::upload::Upload;

/// The most bytes that a request may have.
pub(crate) const MAX_BODY: usize = 1 << 20;

/// A CSV file that has come whole.
pub(crate) struct Csv(pub(crate) Upload);

/// The version that an edit was made from, which `If-Match` must say.
pub(crate) struct Read(pub(crate) Version);

/// The version that an edit was made from, if there was one.
pub(crate) struct MaybeRead(pub(crate) Option<Version>);

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

/// The parameters after the `?`.
pub(crate) struct Params<T>(pub(crate) T);

/// What the path names. A path that can't name anything names nothing: it was not found.
pub(crate) struct Named<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_of_kind(request.headers(), "application/json") {
            return Err(ApiError::new(
                ErrorCode::WrongContentType,
                "the content type is `application/json`",
            ));
        }
        let bytes = read_bytes(request, state).await?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = error.path().to_string();
            let cause = error.into_inner();
            if cause.is_data() {
                of_field(field, cause.to_string())
            } else {
                ApiError::new(ErrorCode::Unreadable, format!("not JSON: {cause}"))
            }
        })?;
        reader
            .end()
            .map_err(|error| ApiError::new(ErrorCode::Unreadable, format!("not JSON: {error}")))?;
        Ok(Self(value))
    }
}

impl<S: Send + Sync> FromRequest<S> for Csv {
    type Rejection = ApiError;

    async fn from_request(mut request: Request, _: &S) -> Result<Self, ApiError> {
        if !is_csv(request.headers()) {
            return Err(ApiError::new(
                ErrorCode::WrongContentType,
                "the content type is `text/csv`",
            ));
        }
        // A request that carries a key was looked at as a whole before.
        match request.extensions_mut().remove::<Upload>() {
            Some(upload) => Ok(Self(upload)),
            None => Upload::receive(request.into_body(), |_| ()).await.map(Self),
        }
    }
}

async fn read_bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    let bytes = Bytes::from_request(request, state).await;
    bytes.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let message = format!("a body has at most {MAX_BODY} bytes");
            ApiError::new(ErrorCode::TooLarge, message)
        }
        _ => ApiError::new(ErrorCode::Unreadable, "the body could not be read"),
    })
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeRead {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self(None));
        };
        let tag = value
            .to_str()
            .ok()
            .and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
        let version = tag.and_then(|tag| tag.parse().ok()).map(Version);
        let message = "is the `ETag` that the document was read with, such as `\"3\"`";
        let invalid = || ApiError::in_field(ErrorCode::Invalid, "If-Match", message);
        let version = version.ok_or_else(invalid)?;
        Ok(Self(Some(version)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Read {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let MaybeRead(version) = MaybeRead::from_request_parts(parts, state).await?;
        let message = "an edit says in `If-Match` which version it was made from";
        let missing = || ApiError::new(ErrorCode::VersionMissing, message);
        version.map(Self).ok_or_else(missing)
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
    if field == "." {
        ApiError::new(ErrorCode::Invalid, message)
    } else {
        ApiError::in_field(ErrorCode::Invalid, field, message)
    }
}

/// Whether a file is sent, and not JSON.
pub(crate) fn is_csv(headers: &HeaderMap) -> bool {
    is_of_kind(headers, "text/csv")
}

fn is_of_kind(headers: &HeaderMap, kind: &str) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    let essence = content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case(kind))
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

impl OperationInput for Csv {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        let schema = json_schema!({ "type": "string", "format": "binary" });
        let content = [("text/csv".to_owned(), media(schema))];
        operation.request_body = Some(ReferenceOr::Item(RequestBody {
            content: content.into_iter().collect(),
            required: true,
            ..RequestBody::default()
        }));
    }
}

/// What is sent in one form, for the document.
pub(crate) fn media(json_schema: Schema) -> MediaType {
    MediaType {
        schema: Some(SchemaObject {
            json_schema,
            external_docs: None,
            example: None,
        }),
        ..MediaType::default()
    }
}

/// The two that read `If-Match` say so.
macro_rules! reads_if_match {
    ($($name:ty, $required:literal;)*) => {$(
        impl OperationInput for $name {
            fn operation_input(_: &mut GenContext, operation: &mut Operation) {
                let parameter = serde_json::from_value(json!({
                    "in": "header", "name": "If-Match", "required": $required,
                    "description": "The `ETag` that the document was read with.",
                    "schema": {"type": "string", "pattern": "^\"[0-9]{1,19}\"$"},
                }));
                let parameter: Option<Parameter> = parameter.ok();
                operation.parameters.extend(parameter.map(ReferenceOr::Item));
            }
        }
    )*};
}

reads_if_match! {
    Read, true;
    MaybeRead, false;
}
