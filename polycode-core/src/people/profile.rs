//! What people write about themselves and their teams, as documents beside the state machines.
//! Here are names and addresses, and nowhere else; events never hold them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::refusal::{Problem, Refusal};

/// What a user tells about themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserProfile {
    /// The name that others see, 1 to 100 characters.
    #[schemars(length(min = 1, max = MAX_NAME), regex(pattern = UserProfile::NAME))]
    pub name: String,
    /// The address for mails, at most 254 bytes; only the user and the host see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Something about the user, at most 2,000 characters.
    #[schemars(length(max = MAX_TEXT))]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
}

/// What a captain tells about a team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamProfile {
    /// Its name, 1 to 100 characters.
    #[schemars(length(min = 1, max = MAX_NAME), regex(pattern = UserProfile::NAME))]
    pub name: String,
    /// What it is about, at most 2,000 characters.
    #[schemars(length(max = MAX_TEXT))]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// How a user wants the product to be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// The language of pages and mails.
    #[serde(default)]
    pub locale: Locale,
    /// Who may see the profile and the place in the ranking.
    #[serde(default)]
    pub visibility: ProfileVisibility,
    /// Which mails are wanted, beside those that have to be sent.
    #[serde(default)]
    pub notices: Notices,
}

/// Who may see a user's public profile and place in the ranking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProfileVisibility {
    /// Everybody.
    #[default]
    Everybody,
    /// The members of the user's own team.
    Team,
    /// The user alone.
    Nobody,
}

/// Which mails a user wants. Mails about the account itself are always sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Notices {
    /// All of them.
    #[default]
    All,
    /// Only those that have to be sent.
    Needed,
}

/// A language and region as a BCP 47 tag, such as `fr` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend(
    "minLength" = 2, "maxLength" = 35, "pattern" = "^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$",
))]
pub struct Locale(String);

impl Locale {
    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

impl TryFrom<String> for Locale {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = text.split('-');
        let language = parts.next().unwrap_or_default();
        let letters = |part: &str| part.chars().all(|c| c.is_ascii_alphabetic());
        let short = |part: &str| (1..=8).contains(&part.len());
        let fits = (2..=8).contains(&language.len())
            && letters(language)
            && parts.all(|part| short(part) && part.chars().all(|c| c.is_ascii_alphanumeric()))
            && text.len() <= 35;
        if fits {
            Ok(Self(text))
        } else {
            Err("a locale is a BCP 47 tag such as `fr` or `pt-BR`".to_owned())
        }
    }
}

impl From<Locale> for String {
    fn from(locale: Locale) -> Self {
        locale.0
    }
}

impl UserProfile {
    /// What names look like, as a regular expression: no control characters, no space at either
    /// end.
    pub const NAME: &str =
        r"^[^\s\x00-\x1f\x7f-\x9f](?:[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f])?$";

    /// Checks every rule of a profile.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        problems.extend(name_problem(&self.name));
        problems.extend(text_problem("about", &self.about));
        problems.extend(self.email.as_deref().and_then(email_problem));
        none_or(problems)
    }
}

impl TeamProfile {
    /// Checks every rule of a profile.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that is broken.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        problems.extend(name_problem(&self.name));
        problems.extend(text_problem("description", &self.description));
        none_or(problems)
    }
}

const MAX_NAME: usize = 100;
const MAX_TEXT: usize = 2_000;
const MAX_EMAIL: usize = 254;

fn name_problem(name: &str) -> Option<Problem> {
    let fits = (1..=MAX_NAME).contains(&name.chars().count())
        && name.trim() == name
        && !name.chars().any(char::is_control);
    let rule = "a name is 1 to 100 characters, no control characters, no space at either end";
    (!fits).then(|| Problem::new("name", rule))
}

fn text_problem(field: &str, text: &str) -> Option<Problem> {
    let length = text.chars().count();
    let message = || format!("a text has at most {MAX_TEXT} characters, not {length}");
    (length > MAX_TEXT).then(|| Problem::new(field, message()))
}

/// Only mail itself can tell whether an address works; this keeps out what would break a header.
fn email_problem(email: &str) -> Option<Problem> {
    let halves = email.rsplit_once('@');
    let fits = email.len() <= MAX_EMAIL
        && halves.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
        && !email.chars().any(|c| c.is_control() || c.is_whitespace());
    let rule = "an address is `name@domain`, at most 254 bytes, without spaces";
    (!fits).then(|| Problem::new("email", rule))
}

fn none_or(problems: Vec<Problem>) -> Result<(), Refusal> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(problems))
    }
}
