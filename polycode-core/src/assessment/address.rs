//! The address that an invitation is sent to.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{CandidateId, InvalidName};

/// What one looks like, but for the 64 characters that a local part may have.
const PATTERN: &str = "^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*@\
    [a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\
    (?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$";

const RULE: &str = "an address is like `name@example.org`, at most 254 bytes";

/// An e-mail address, as the HTML standard defines one for `<input type=email>`: what a browser's
/// form takes, a CSV file and the API take as well, and no other mail syntax can slip in. Only a
/// local part with a dot at an end, or with two in a row, is none here: no mail can be sent to it
/// (RFC 5321).
///
/// Kept in lower case: no mail host in use tells case apart, and two spellings of one address
/// must not make two candidates.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("format" = "email", "maxLength" = 254, "pattern" = PATTERN))]
pub struct Address(String);

impl Address {
    /// Takes a text as an address.
    ///
    /// # Errors
    /// [`InvalidName`] when it is none.
    pub fn new(text: &str) -> Result<Self, InvalidName> {
        let parts = text.split_once('@').filter(|_| text.len() <= 254);
        match parts {
            Some((local, domain)) if is_local(local) && domain.split('.').all(is_label) => {
                Ok(Self(text.to_ascii_lowercase()))
            }
            _ => Err(InvalidName::new(RULE, text)),
        }
    }

    /// The address of a candidate who was forgotten: no mail can ever reach it (RFC 2606), and
    /// it is like nobody else's.
    pub fn forgotten(candidate: CandidateId) -> Self {
        Self(format!("{candidate}@forgotten.invalid"))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let is_atom = |part: &str| !part.is_empty() && part.chars().all(is_allowed);
    text.len() <= 64 && text.split('.').all(is_atom)
}

fn is_label(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=63).contains(&text.len())
        && text.chars().all(is_allowed)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Address {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        Self::new(text)
    }
}

impl TryFrom<String> for Address {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        Self::new(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_address_of_who_was_forgotten_follows_the_rule_of_addresses() {
        let address = Address::forgotten(CandidateId(Uuid::max()));
        assert_eq!(Address::new(address.as_str()), Ok(address));
    }

    #[test]
    fn what_a_browser_takes_is_an_address() {
        for text in [
            "ada@example.org",
            "a.b+c@x-1.example",
            "o'hara@localhost",
            "!#$%@a.b",
        ] {
            assert!(Address::new(text).is_ok(), "{text}");
        }
        assert_eq!(
            Address::new("Ada@Example.ORG").unwrap().as_str(),
            "ada@example.org"
        );
    }

    #[test]
    fn nothing_else_is() {
        let long = format!("{}@example.org", "a".repeat(65));
        let longer = format!("a@{}org", "abcdefghi.".repeat(26));
        for text in [
            "",
            "@",
            "ada",
            "ada@",
            "@example.org",
            "ada@example..org",
            ".ada@example.org",
            "ada.@example.org",
            "a..da@example.org",
            "ada@-a.org",
            "ada@a-.org",
            "a da@example.org",
            "ada@example.org\r\nBcc: x@y.z",
            "a@b@c",
            "\"a b\"@c.d",
            "ada@exämple.org",
            "=cmd|' /C calc'!A0",
            &long,
            &longer,
        ] {
            assert!(Address::new(text).is_err(), "{text}");
        }
    }
}
