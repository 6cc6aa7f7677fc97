//! The link in the mail: whoever holds it can accept or decline, once, until it expires.
//!
//! The token itself is made by the engine, goes into the mail and nowhere else; only its SHA-256
//! is kept, so that a stolen database opens no invitation. An engine finds the candidate by that
//! hash; finding none and finding one that can't be used must give the same
//! [`Refusal::InvitationNotValid`].

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::Address;
use crate::id::InvalidName;
use crate::refusal::Refusal;

/// The SHA-256 of an invitation's token, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^[0-9a-f]{64}$"))]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// Takes 32 bytes as a hash.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Takes as long for any two hashes, however many of their bytes are the same.
impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        let pairs = self.0.iter().zip(&other.0);
        pairs.fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
    }
}

impl Eq for TokenHash {}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Keeps the hash out of logs.
impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

impl FromStr for TokenHash {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let mut bytes = [0; 32];
        let is_digit = |c: char| matches!(c, '0'..='9' | 'a'..='f');
        match hex::decode_to_slice(text, &mut bytes) {
            Ok(()) if text.chars().all(is_digit) => Ok(Self(bytes)),
            _ => Err(InvalidName::new(
                "a token's hash is 64 hexadecimal digits",
                "…",
            )),
        }
    }
}

impl TryFrom<String> for TokenHash {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<TokenHash> for String {
    fn from(hash: TokenHash) -> Self {
        hash.to_string()
    }
}

/// The one invitation of a candidate that can be used at the moment. Using it, sending another,
/// cancelling and lapsing all remove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// What is kept of its token.
    pub token: TokenHash,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// From when on it can't be used.
    pub expires_at: Timestamp,
}

/// Who uses an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer<'a> {
    /// The hash of the token they hold.
    pub token: TokenHash,
    /// Their address, where the host has verified one: an invitation is bound to the address it
    /// was sent to, and a forwarded one is no good to another account.
    pub verified: Option<&'a Address>,
}

impl Invitation {
    /// Whether somebody may use it now.
    ///
    /// # Errors
    /// [`Refusal::InvitationNotValid`] when it is another one, has expired, or was sent to
    /// somebody else; which of these, nobody learns.
    pub fn check(
        &self,
        bearer: Bearer<'_>,
        sent_to: &Address,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let is_right = self.token == bearer.token;
        let is_theirs = bearer.verified.is_none_or(|address| address == sent_to);
        if is_right && is_theirs && now < self.expires_at {
            Ok(())
        } else {
            Err(Refusal::InvitationNotValid)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const HASH: TokenHash = TokenHash::new([7; 32]);

    fn invitation() -> Invitation {
        let expires_at = crate::quantity::Seconds::DAY.after(NOW);
        Invitation {
            token: HASH,
            sent_at: NOW,
            expires_at,
        }
    }

    fn address(text: &str) -> Address {
        Address::new(text).unwrap()
    }

    /// AS-18: unknown, expired and somebody else's invitations look alike.
    #[test]
    fn only_the_right_token_in_time_by_the_right_person_is_good() {
        let (ada, eve) = (address("ada@example.org"), address("eve@example.org"));
        let (invitation, expiry) = (invitation(), invitation().expires_at);
        let before = expiry - jiff::SignedDuration::from_nanos(1);
        let good = Bearer {
            token: HASH,
            verified: None,
        };
        let ours = Bearer {
            verified: Some(&ada),
            ..good
        };
        assert_eq!(invitation.check(good, &ada, before), Ok(()));
        assert_eq!(invitation.check(ours, &ada, before), Ok(()));
        let no = Err(Refusal::InvitationNotValid);
        assert_eq!(invitation.check(good, &ada, expiry), no);
        let other = Bearer {
            token: TokenHash::new([8; 32]),
            ..good
        };
        assert_eq!(invitation.check(other, &ada, NOW), no);
        let forwarded = Bearer {
            verified: Some(&eve),
            ..good
        };
        assert_eq!(invitation.check(forwarded, &ada, NOW), no);
    }

    #[test]
    fn hashes_differ_by_any_bit() {
        for place in 0..256 {
            let mut bytes = [7; 32];
            bytes[place / 8] ^= 1 << (place % 8);
            assert_ne!(TokenHash::new(bytes), HASH);
        }
    }

    #[test]
    fn a_hash_is_written_in_hexadecimal_and_not_logged() {
        let wire = serde_json::to_string(&HASH).unwrap();
        assert_eq!(wire, format!("\"{}\"", "07".repeat(32)));
        assert_eq!(serde_json::from_str::<TokenHash>(&wire).unwrap(), HASH);
        assert!(!format!("{HASH:?}").contains("07"));
        for text in [
            "",
            "07",
            &"0G".repeat(32),
            &"0A".repeat(32),
            &"07".repeat(33),
        ] {
            assert!(text.parse::<TokenHash>().is_err(), "{text}");
        }
    }
}
