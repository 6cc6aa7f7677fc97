//! Errors as callers see them: a status and `{"errors":[{"code","message","field"?}]}`.

mod code;

use std::time::Duration;

use aide::OperationOutput;
use aide::generate::GenContext;
use aide::openapi::{Operation, Response as Documented, StatusCode as DocumentedStatus};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use polycode_core::id::InvalidName;
use polycode_core::port::SandboxError;
use polycode_core::{EngineError, Refusal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use code::ErrorCode;

/// What went wrong, fit to be sent to a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    code: ErrorCode,
    errors: Vec<ErrorItem>,
    /// How long a caller is asked to wait, in seconds.
    retry_after: Option<u64>,
}

/// The body of every error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorBody {
    /// What went wrong: at least one item.
    pub errors: Vec<ErrorItem>,
}

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorItem {
    /// What it is called: for programs, and always the same.
    pub code: ErrorCode,
    /// What is wrong, in words: for people, and may change.
    pub message: String,
    /// The field of the request that is wrong, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl ApiError {
    /// How long a caller is asked to wait when the server is busy, in seconds.
    const WHEN_BUSY: u64 = 2;

    /// An error that belongs to no field.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::item(code, message, None)
    }

    /// An error in one field of the request.
    pub fn in_field(code: ErrorCode, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::item(code, message, Some(field.into()))
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("the {what} was not found"))
    }

    pub(crate) fn sign_in_first() -> Self {
        let message = "this is for those who are signed in";
        Self::new(ErrorCode::NotSignedIn, message)
    }

    pub(crate) fn forbidden(message: &str) -> Self {
        Self::new(ErrorCode::NotAllowed, message)
    }

    /// Unknown, used and expired links are told alike.
    pub(crate) fn link_not_valid() -> Self {
        Self::new(ErrorCode::LinkNotValid, "the link is not valid")
    }

    pub(crate) fn too_many(wait: Duration) -> Self {
        let message = "too many requests: try again later";
        Self {
            retry_after: Some(wait.as_secs() + 1),
            ..Self::new(ErrorCode::TooManyRequests, message)
        }
    }

    pub(crate) fn busy() -> Self {
        let message = "too much is waiting to be judged: try again in a moment";
        Self::for_now(ErrorCode::Busy, message)
    }

    pub(crate) fn not_ready(message: &'static str) -> Self {
        Self::for_now(ErrorCode::NotReady, message)
    }

    fn for_now(code: ErrorCode, message: &str) -> Self {
        Self {
            retry_after: Some(Self::WHEN_BUSY),
            ..Self::new(code, message)
        }
    }

    /// What went wrong, in words fit for the caller.
    pub(crate) fn message(&self) -> String {
        let messages = self.errors.iter().map(|error| error.message.as_str());
        messages.collect::<Vec<_>>().join("; ")
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.code.status()
    }

    /// Logs a failure of ours; the caller learns only that there was one.
    pub(crate) fn internal(failure: &dyn std::error::Error) -> Self {
        let mut chain = failure.to_string();
        let mut source = failure.source();
        while let Some(cause) = source {
            chain = format!("{chain}: {cause}");
            source = cause.source();
        }
        tracing::error!(error = chain, "a request failed");
        Self::new(ErrorCode::Internal, "something failed on the server")
    }

    fn item(code: ErrorCode, message: impl Into<String>, field: Option<String>) -> Self {
        let message = message.into();
        Self {
            code,
            errors: vec![ErrorItem {
                code,
                message,
                field,
            }],
            retry_after: None,
        }
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        let code = ErrorCode::from(&error);
        match error {
            EngineError::Refused(refusal) => refusal.into(),
            EngineError::Sandbox(SandboxError::Busy { .. }) => Self::busy(),
            EngineError::Contended => Self::for_now(
                code,
                "too many others change the same: try again in a moment",
            ),
            EngineError::Sandbox(
                SandboxError::UnknownLanguage { ref language, .. }
                | SandboxError::NotInstalled { ref language, .. },
            ) => {
                tracing::error!(%error, "a program could not be run");
                let message = format!("programs in `{language}` can't be run on this server yet");
                Self::new(code, message)
            }
            failure => Self::internal(&failure),
        }
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(&error)
    }
}

/// An id of our own that can't be read: what callers name is read elsewhere.
impl From<InvalidName> for ApiError {
    fn from(error: InvalidName) -> Self {
        Self::internal(&error)
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let code = ErrorCode::from(&refusal);
        let Refusal::Invalid(problems) = &refusal else {
            return Self::new(code, refusal.to_string());
        };
        let item = |problem: &polycode_core::Problem| ErrorItem {
            code,
            message: problem.message.clone(),
            field: Some(problem.field.clone()),
        };
        Self {
            code,
            errors: problems.iter().map(item).collect(),
            retry_after: None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Json(ErrorBody {
            errors: self.errors,
        });
        let status = self.code.status();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

impl OperationOutput for ApiError {
    type Inner = ErrorBody;

    fn operation_response(ctx: &mut GenContext, operation: &mut Operation) -> Option<Documented> {
        Json::<ErrorBody>::operation_response(ctx, operation)
    }

    fn inferred_responses(
        ctx: &mut GenContext,
        operation: &mut Operation,
    ) -> Vec<(Option<DocumentedStatus>, Documented)> {
        let response = Self::operation_response(ctx, operation);
        response
            .map(|response| (None, response))
            .into_iter()
            .collect()
    }
}
