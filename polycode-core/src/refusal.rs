//! A rule's no: what the caller asked for can't be done, and the caller may fix it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::quantity::Points;

/// Why a command was refused. Callers match on the variant or on [`Refusal::code`], never on
/// the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Something in the input breaks a rule; every broken rule is listed.
    #[error("{}", listed(.0))]
    Invalid(Vec<Problem>),
    /// There is no such thing, or the caller may not see it; the two look alike on purpose.
    #[error("{what} `{id}` was not found")]
    NotFound {
        /// The kind of thing, in the vocabulary of the product.
        what: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// The submission was graded before; the first grade stands.
    #[error("submission is already graded")]
    AlreadyGraded,
    /// The document was changed by somebody else since it was read.
    #[error("{what} was changed by somebody else: read it again")]
    Stale {
        /// The kind of document.
        what: &'static str,
    },
    /// The caller has no right to do this.
    #[error("{what} is not for you to do")]
    NotAllowed {
        /// What the caller tried, such as `kicking a member`.
        what: &'static str,
    },
    /// The thing is not in a state in which this can be done.
    #[error("{what} is {state}")]
    WrongState {
        /// The kind of thing.
        what: &'static str,
        /// The state that it is in, in words.
        state: &'static str,
    },
    /// It was done before, and is done once only.
    #[error("{what} already")]
    AlreadyDone {
        /// What was done, such as `the item was bought`.
        what: &'static str,
    },
    /// There is no room for one more.
    #[error("there are at most {limit} {what}")]
    LimitReached {
        /// What there would be too many of, in the plural.
        what: &'static str,
        /// The most there may be.
        limit: u64,
    },
    /// A captain can't leave a team: hand the captaincy over or dissolve the team first.
    #[error("a captain hands the captaincy over or dissolves the team first")]
    CaptainMustStay,
    /// The wallet holds less than the price.
    #[error("the price is {price} polypoints, and the wallet holds {balance}")]
    CannotAfford {
        /// What is asked.
        price: Points,
        /// What is there.
        balance: Points,
    },
    /// It came too late; what counts is when it arrived.
    #[error("the time for {what} is up")]
    TimeUp {
        /// What it is too late for, such as `the question`.
        what: &'static str,
    },
    /// The invitation can't be used: unknown, used, withdrawn and expired ones all look alike.
    #[error("the invitation is not valid")]
    InvitationNotValid,
    /// The attempt was resumed somewhere else, and goes on there.
    #[error("the attempt goes on somewhere else: resume it here first")]
    TakenOver,
}

impl Refusal {
    /// A refusal for one broken rule of one field.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, message)])
    }

    /// The stable name of the kind of refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::NotFound { .. } => "not_found",
            Self::AlreadyGraded => "already_graded",
            Self::Stale { .. } => "stale",
            Self::NotAllowed { .. } => "not_allowed",
            Self::WrongState { .. } => "wrong_state",
            Self::AlreadyDone { .. } => "already_done",
            Self::LimitReached { .. } => "limit_reached",
            Self::CaptainMustStay => "captain_must_stay",
            Self::CannotAfford { .. } => "cannot_afford",
            Self::TimeUp { .. } => "time_up",
            Self::InvitationNotValid => "invitation_not_valid",
            Self::TakenOver => "taken_over",
        }
    }
}

/// One broken rule, and the field that breaks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The path of the field, such as `component.validators[2].weight`.
    pub field: String,
    /// What is wrong, and the limit where there is one.
    pub message: String,
}

impl Problem {
    /// A problem of a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }
}

fn listed(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems
        .iter()
        .map(|p| format!("{}: {}", p.field, p.message))
        .collect();
    lines.join("; ")
}
