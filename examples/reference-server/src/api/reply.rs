//! The forms of replies.

use aide::OperationOutput;
use aide::generate::GenContext;
use aide::openapi::{
    Header, Operation, ReferenceOr, Response as Documented, StatusCode as DocumentedStatus,
};
use aide::transform::TransformOperation;
use axum::Json;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use polycode_core::engine::CampaignView;
use polycode_core::port::Versioned;
use polycode_core::quantity::Version;
use schemars::{JsonSchema, json_schema};
use serde::Serialize;
use serde_json::json;

use super::described;
use crate::error::ApiError;
use crate::extract::media;

/// Something that was asked for.
pub(super) type Reply<T> = Result<Json<T>, ApiError>;

/// 201: something that was made.
pub(super) struct Made<T>(pub(super) T);

/// 202: it is being done.
pub(super) struct Accepted;

/// 204: it was done.
pub(super) struct Done;

/// A document that is edited by the version it was read at, which is its `ETag`.
pub(super) struct Tagged<T>(pub(super) T);

/// 201: such a document that was made.
pub(super) struct MadeTagged<T>(pub(super) T);

/// A file to keep.
pub(super) struct Download {
    /// What it is, such as `text/csv`.
    pub(super) kind: &'static str,
    /// Its name: letters, digits, dashes and dots.
    pub(super) name: String,
    pub(super) body: Body,
}

/// What has a version.
pub(super) trait HasVersion {
    fn version(&self) -> Version;
}

impl<T> HasVersion for Versioned<T> {
    fn version(&self) -> Version {
        self.version
    }
}

impl HasVersion for CampaignView {
    fn version(&self) -> Version {
        self.version
    }
}

impl<T: Serialize> IntoResponse for Made<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

impl IntoResponse for Accepted {
    fn into_response(self) -> Response {
        StatusCode::ACCEPTED.into_response()
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

impl<T: Serialize + HasVersion> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let tag = format!("\"{}\"", self.0.version().0);
        let mut response = Json(self.0).into_response();
        if let Ok(tag) = HeaderValue::try_from(tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

impl<T: Serialize + HasVersion> IntoResponse for MadeTagged<T> {
    fn into_response(self) -> Response {
        let mut response = Tagged(self.0).into_response();
        *response.status_mut() = StatusCode::CREATED;
        response
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let disposition = format!("attachment; filename=\"{}\"", self.name);
        let headers = [
            (header::CONTENT_TYPE, self.kind.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        (headers, self.body).into_response()
    }
}

/// A reply that always has this header.
fn with_header(mut response: Documented, name: &str) -> Documented {
    let header = json!({ "style": "simple", "required": true, "schema": { "type": "string" } });
    if let Ok(header) = serde_json::from_value::<Header>(header) {
        let header = ReferenceOr::Item(header);
        response.headers.insert(name.to_owned(), header);
    }
    response
}

macro_rules! documented {
    ($([$($t:ident)?] $reply:ty => $inner:ty, $status:literal $(, $header:literal)?;)*) => {$(
        impl$(<$t: JsonSchema>)? OperationOutput for $reply {
            type Inner = $inner;

            fn operation_response(
                ctx: &mut GenContext,
                operation: &mut Operation,
            ) -> Option<Documented> {
                <$inner>::operation_response(ctx, operation)
            }

            fn inferred_responses(
                ctx: &mut GenContext,
                operation: &mut Operation,
            ) -> Vec<(Option<DocumentedStatus>, Documented)> {
                let response = Self::operation_response(ctx, operation).unwrap_or_default();
                $(let response = with_header(response, $header);)?
                vec![(Some(DocumentedStatus::Code($status)), response)]
            }
        }
    )*};
}

documented! {
    [T] Made<T> => Json<T>, 201;
    [] Accepted => (), 202;
    [] Done => (), 204;
    [T] Tagged<T> => Json<T>, 200, "ETag";
    [T] MadeTagged<T> => Json<T>, 201, "ETag";
}

/// Each operation says for itself what kind of file it gives: see [`file`].
impl OperationOutput for Download {
    type Inner = Vec<u8>;

    fn operation_response(_: &mut GenContext, _: &mut Operation) -> Option<Documented> {
        Some(Documented::default())
    }
}

/// The documentation of an operation that gives a file of a kind.
pub(super) fn file(
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    kind: &'static str,
) -> impl FnOnce(TransformOperation<'_>) -> TransformOperation<'_> {
    move |operation| {
        described(operation, id, tag, summary).response_with::<200, Download, _>(|mut response| {
            let schema = json_schema!({ "type": "string", "format": "binary" });
            let content = [(kind.to_owned(), media(schema))];
            response.inner().content = content.into_iter().collect();
            response.description("The file.")
        })
    }
}
