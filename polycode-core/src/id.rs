//! Names of things: opaque ids made by the engine, and short names written by authors.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a text can't be a name of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule}, not `{text}`")]
pub struct InvalidName {
    /// The rule that the text breaks, in words.
    pub rule: &'static str,
    /// The text that was refused, cut to 80 characters.
    pub text: String,
}

impl InvalidName {
    pub(crate) fn new(rule: &'static str, text: &str) -> Self {
        let text = text.chars().take(80).flat_map(char::escape_debug).collect();
        Self { rule, text }
    }
}

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;

            fn from_str(text: &str) -> Result<Self, InvalidName> {
                Uuid::parse_str(text)
                    .map(Self)
                    .map_err(|_| InvalidName::new("an id is a UUID", text))
            }
        }
    )*};
}

uuid_ids! {
    /// A content of the catalogue, over all its versions.
    ContentId;
    /// One user's answer to one submittable.
    SubmissionId;
    /// A fact in the event log; consumers use it to tell a redelivery.
    EventId;
    /// A line of the polypoints ledger.
    EntryId;
    /// A node of the learning tree, over all its versions.
    ModuleId;
    /// A group of users who add their polypoints up.
    TeamId;
    /// Something that can be bought with polypoints.
    ItemId;
    /// An assessment carried out on a set of candidates.
    CampaignId;
    /// Somebody invited to a campaign.
    CandidateId;
    /// A certificate for passing a module.
    CertificateId;
    /// A test, over all its versions.
    TestId;
    /// One candidate's sitting of a test.
    AttemptId;
    /// The judging anew of what was answered to a content.
    RegradeId;
    /// One place (a page, a device) at which an attempt is sat; only the newest may answer.
    SeatId;
}

macro_rules! text_ids {
    (
        $($(#[$doc:meta])* $name:ident, $max:literal, $allowed:expr, $pattern:literal, $rule:literal;)*
    ) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(try_from = "String", into = "String")]
        #[schemars(
            with = "String",
            extend("minLength" = 1, "maxLength" = $max, "pattern" = $pattern),
        )]
        pub struct $name(String);

        impl $name {
            /// Takes a text as a name.
            ///
            /// # Errors
            /// [`InvalidName`] when the text breaks the rule for this kind of name.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidName> {
                let text = text.into();
                let allowed: fn(char) -> bool = $allowed;
                let fits = (1..=$max).contains(&text.chars().count()) && text.chars().all(allowed);
                if fits { Ok(Self(text)) } else { Err(InvalidName::new($rule, &text)) }
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;

            fn from_str(text: &str) -> Result<Self, InvalidName> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidName;

            fn try_from(text: String) -> Result<Self, InvalidName> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    )*};
}

text_ids! {
    /// Someone known to the host: an opaque text of the host's own, never looked into.
    UserId, 200, |c| !c.is_control(), r"^[^\x00-\x1f\x7f-\x9f]+$",
        "a user id is 1 to 200 characters, none of them a control character";
    /// The name of a content in addresses and course folders, unique in a store.
    Slug, 100, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-', "^[a-z0-9-]+$",
        "a slug is 1 to 100 lower-case letters, digits or dashes";
    /// A component of a content, named by its author, unique in the content.
    ComponentId, 100, is_authored, "^[A-Za-z0-9_.-]+$",
        "a component id is 1 to 100 letters, digits, '-', '_' or '.'";
    /// A validator, named by its author, unique in its component.
    ValidatorId, 100, is_authored, "^[A-Za-z0-9_.-]+$",
        "a validator id is 1 to 100 letters, digits, '-', '_' or '.'";
    /// A group of validators, named by its author, unique in its component.
    GroupId, 100, is_authored, "^[A-Za-z0-9_.-]+$",
        "a group id is 1 to 100 letters, digits, '-', '_' or '.'";
    /// A criterion of a rubric, named by its author, unique in its validator.
    CriterionId, 100, is_authored, "^[A-Za-z0-9_.-]+$",
        "a criterion id is 1 to 100 letters, digits, '-', '_' or '.'";
    /// An option of a choice, named by its author, unique in its component.
    OptionId, 100, is_authored, "^[A-Za-z0-9_.-]+$",
        "an option id is 1 to 100 letters, digits, '-', '_' or '.'";
    /// A question of a quiz, named by its author, unique in its component.
    QuestionId, 100, is_authored, "^[A-Za-z0-9_.-]+$",
        "a question id is 1 to 100 letters, digits, '-', '_' or '.'";
    /// A grader of the host's, as contents name it.
    GraderId, 100, is_authored, "^[A-Za-z0-9_.-]+$",
        "a grader is 1 to 100 letters, digits, '-', '_' or '.'";
    /// A part of the host that deals with events, such as `grades`.
    ConsumerId, 100, is_authored, "^[A-Za-z0-9_.-]+$",
        "a consumer is 1 to 100 letters, digits, '-', '_' or '.'";
    /// A language that programs are written in, such as `python`.
    LanguageId, 40, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c),
        "^[a-z0-9+.-]+$",
        "a language is 1 to 40 lower-case letters, digits, '+', '-' or '.'";
    /// A keyword on a content.
    Tag, 60, |c| !c.is_control() && c != ',', r"^[^,\x00-\x1f\x7f-\x9f]+$",
        "a tag is 1 to 60 characters without commas or control characters";
}

fn is_authored(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}
