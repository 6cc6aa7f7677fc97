//! What errors are called, for programs: each has one status, and keeps its name.

use axum::http::StatusCode;
use polycode_core::port::SandboxError;
use polycode_core::{EngineError, Refusal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[doc = $meaning:literal] $name:ident $status:ident;)*) => {
        /// What an error is called. The engine's own are called as in its bindings.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(#[doc = $meaning] $name,)*
        }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The status of replies that tell of it.
            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)*
                }
            }

            /// What it means.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $meaning,)*
                }
                .trim()
            }
        }
    };
}

codes! {
    /// The body can't be read, or is not JSON.
    Unreadable BAD_REQUEST;
    /// It is not known who calls, and it must be.
    NotSignedIn UNAUTHORIZED;
    /// The token is not valid, or not any more.
    TokenNotValid UNAUTHORIZED;
    /// The address or the password is wrong.
    WrongCredentials UNAUTHORIZED;
    /// The sign-in by the provider was not begun here, or not completed.
    SignInFailed UNAUTHORIZED;
    /// The caller has no right to do this.
    NotAllowed FORBIDDEN;
    /// The request comes from another site.
    OtherSite FORBIDDEN;
    /// The password is wrong.
    WrongPassword FORBIDDEN;
    /// The address is not confirmed yet.
    NotConfirmed FORBIDDEN;
    /// The address belongs to somebody else.
    AddressTaken FORBIDDEN;
    /// There is no such thing, or the caller may not see it.
    NotFound NOT_FOUND;
    /// The link is unknown, was used or has expired.
    LinkNotValid NOT_FOUND;
    /// The invitation is unknown, was used, withdrawn or has expired.
    InvitationNotValid NOT_FOUND;
    /// The resource does not know this method.
    MethodNotAllowed METHOD_NOT_ALLOWED;
    /// The request took too long.
    TookTooLong REQUEST_TIMEOUT;
    /// The submission was graded before; the first grade stands.
    AlreadyGraded CONFLICT;
    /// The thing is not in a state in which this can be done.
    WrongState CONFLICT;
    /// It was done before, and is done once only.
    AlreadyDone CONFLICT;
    /// There is no room for one more.
    LimitReached CONFLICT;
    /// A captain hands the captaincy over or dissolves the team first.
    CaptainMustStay CONFLICT;
    /// The wallet holds less than the price.
    CannotAfford CONFLICT;
    /// It came too late.
    TimeUp CONFLICT;
    /// The attempt was resumed somewhere else, and goes on there.
    TakenOver CONFLICT;
    /// A request with the same `Idempotency-Key` is under way.
    UnderWay CONFLICT;
    /// The certificate was taken back.
    TakenBack GONE;
    /// The document was changed by somebody else since it was read.
    Stale PRECONDITION_FAILED;
    /// The body has too many bytes.
    TooLarge PAYLOAD_TOO_LARGE;
    /// The body is of another content type.
    WrongContentType UNSUPPORTED_MEDIA_TYPE;
    /// Something in the request breaks a rule; `field` says where.
    Invalid UNPROCESSABLE_ENTITY;
    /// The `Idempotency-Key` was used for another request.
    KeyReused UNPROCESSABLE_ENTITY;
    /// An edit must say by `If-Match` which version it was made from.
    VersionMissing PRECONDITION_REQUIRED;
    /// The caller asks for too much; `Retry-After` says when to come back.
    TooManyRequests TOO_MANY_REQUESTS;
    /// Something failed on the server.
    Internal INTERNAL_SERVER_ERROR;
    /// Nobody has heard of that language here.
    UnknownLanguage NOT_IMPLEMENTED;
    /// Programs in that language can't be run on this server yet.
    NotInstalled NOT_IMPLEMENTED;
    /// Too much is under way.
    Busy SERVICE_UNAVAILABLE;
    /// Too many others write the same documents.
    Contended SERVICE_UNAVAILABLE;
    /// The server can't work now, or is about to stop.
    NotReady SERVICE_UNAVAILABLE;
    /// The sign-in service does not answer.
    SignInUnavailable SERVICE_UNAVAILABLE;
}

impl From<&Refusal> for ErrorCode {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::NotFound { .. } => Self::NotFound,
            Refusal::AlreadyGraded => Self::AlreadyGraded,
            Refusal::Stale { .. } => Self::Stale,
            Refusal::NotAllowed { .. } => Self::NotAllowed,
            Refusal::WrongState { .. } => Self::WrongState,
            Refusal::AlreadyDone { .. } => Self::AlreadyDone,
            Refusal::LimitReached { .. } => Self::LimitReached,
            Refusal::CaptainMustStay => Self::CaptainMustStay,
            Refusal::CannotAfford { .. } => Self::CannotAfford,
            Refusal::TimeUp { .. } => Self::TimeUp,
            Refusal::InvitationNotValid => Self::InvitationNotValid,
            Refusal::TakenOver => Self::TakenOver,
            _ => Self::Invalid,
        }
    }
}

/// What of the engine's errors callers are told; what it says of a failure of ours stays in the log.
impl From<&EngineError> for ErrorCode {
    fn from(error: &EngineError) -> Self {
        match error {
            EngineError::Refused(refusal) => refusal.into(),
            EngineError::Contended => Self::Contended,
            EngineError::Sandbox(SandboxError::UnknownLanguage { .. }) => Self::UnknownLanguage,
            EngineError::Sandbox(SandboxError::NotInstalled { .. }) => Self::NotInstalled,
            EngineError::Sandbox(SandboxError::Busy { .. }) => Self::Busy,
            _ => Self::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use polycode_core::port::PortError;
    use polycode_core::quantity::Points;

    use super::*;

    fn name(code: ErrorCode) -> String {
        let name = serde_json::to_value(code).unwrap();
        name.as_str().unwrap().to_owned()
    }

    #[test]
    fn the_readme_has_every_code() {
        let rows = ErrorCode::ALL.iter().map(|code| {
            let (status, meaning) = (code.status().as_u16(), code.meaning());
            format!("| {status} | `{}` | {meaning} |\n", name(*code))
        });
        let table = format!(
            "| status | code | meaning |\n|---|---|---|\n{}",
            rows.collect::<String>()
        );
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&table), "the README should say:\n\n{table}");
    }

    #[test]
    fn no_code_is_there_twice() {
        let names: BTreeSet<_> = ErrorCode::ALL.iter().map(|code| name(*code)).collect();
        assert_eq!(names.len(), ErrorCode::ALL.len());
    }

    #[test]
    fn what_the_engine_refuses_is_called_as_the_engine_calls_it() {
        let (what, state) = ("test", "closed");
        let points = Points(1);
        let refusals = [
            Refusal::invalid("field", "message"),
            Refusal::NotFound {
                what,
                id: String::new(),
            },
            Refusal::AlreadyGraded,
            Refusal::Stale { what },
            Refusal::NotAllowed { what },
            Refusal::WrongState { what, state },
            Refusal::AlreadyDone { what },
            Refusal::LimitReached { what, limit: 1 },
            Refusal::CaptainMustStay,
            Refusal::CannotAfford {
                price: points,
                balance: points,
            },
            Refusal::TimeUp { what },
            Refusal::InvitationNotValid,
            Refusal::TakenOver,
        ];
        for refusal in refusals {
            assert_eq!(name((&refusal).into()), refusal.code());
        }
        let language = "cobol".parse().unwrap();
        let failures: [EngineError; 3] = [
            EngineError::Contended,
            SandboxError::Busy { waiting: 1 }.into(),
            SandboxError::NotInstalled { language }.into(),
        ];
        for failure in failures {
            assert_eq!(name((&failure).into()), failure.code());
        }
        let secret = EngineError::Store(PortError::permanent("disk"));
        assert_eq!(ErrorCode::from(&secret), ErrorCode::Internal);
    }
}
