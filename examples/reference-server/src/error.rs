//! Errors as callers see them: a status and `{"errors":[{"message","field"?}]}`.

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

/// What went wrong, fit to be sent to a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
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
    /// What is wrong, in words.
    pub message: String,
    /// The field of the request that is wrong, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl ApiError {
    /// How long a caller is asked to wait when the server is busy, in seconds.
    const WHEN_BUSY: u64 = 2;

    /// An error that belongs to no field.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self::item(status, message, None)
    }

    /// An error in one field of the request.
    pub fn in_field(
        status: StatusCode,
        field: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self::item(status, message, Some(field.into()))
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("the {what} was not found"))
    }

    /// It is not known who calls, and it must be.
    pub(crate) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    pub(crate) fn sign_in_first() -> Self {
        Self::unauthorized("this is for those who are signed in")
    }

    pub(crate) fn forbidden(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// Unknown, used and expired links are told alike.
    pub(crate) fn link_not_valid() -> Self {
        Self::new(StatusCode::NOT_FOUND, "the link is not valid")
    }

    pub(crate) fn too_many(wait: Duration) -> Self {
        let message = "too many requests: try again later";
        Self {
            retry_after: Some(wait.as_secs() + 1),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, message)
        }
    }

    pub(crate) fn busy() -> Self {
        Self {
            retry_after: Some(Self::WHEN_BUSY),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "too much is waiting to be judged: try again in a moment",
            )
        }
    }

    /// What went wrong, in words fit for the caller.
    pub(crate) fn message(&self) -> String {
        let messages = self.errors.iter().map(|error| error.message.as_str());
        messages.collect::<Vec<_>>().join("; ")
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
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
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "something failed on the server",
        )
    }

    fn item(status: StatusCode, message: impl Into<String>, field: Option<String>) -> Self {
        let message = message.into();
        Self {
            status,
            errors: vec![ErrorItem { message, field }],
            retry_after: None,
        }
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused(refusal) => refusal.into(),
            EngineError::Sandbox(SandboxError::Busy { .. }) | EngineError::Contended => {
                Self::busy()
            }
            EngineError::Sandbox(
                SandboxError::UnknownLanguage { ref language, .. }
                | SandboxError::NotInstalled { ref language, .. },
            ) => {
                tracing::error!(%error, "a program could not be run");
                let message = format!("programs in `{language}` can't be run on this server yet");
                Self::new(StatusCode::NOT_IMPLEMENTED, message)
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
        let status = match &refusal {
            Refusal::Invalid(problems) => {
                let item = |problem: &polycode_core::Problem| ErrorItem {
                    message: problem.message.clone(),
                    field: Some(problem.field.clone()),
                };
                return Self {
                    status: StatusCode::UNPROCESSABLE_ENTITY,
                    errors: problems.iter().map(item).collect(),
                    retry_after: None,
                };
            }
            Refusal::NotFound { .. } | Refusal::InvitationNotValid => StatusCode::NOT_FOUND,
            Refusal::NotAllowed { .. } => StatusCode::FORBIDDEN,
            Refusal::Stale { .. } => StatusCode::PRECONDITION_FAILED,
            Refusal::AlreadyGraded
            | Refusal::AlreadyDone { .. }
            | Refusal::WrongState { .. }
            | Refusal::LimitReached { .. }
            | Refusal::CaptainMustStay
            | Refusal::CannotAfford { .. }
            | Refusal::TimeUp { .. }
            | Refusal::TakenOver => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, refusal.to_string())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Json(ErrorBody {
            errors: self.errors,
        });
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
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
