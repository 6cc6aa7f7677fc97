//! The names of a certificate: a number for people, and a code by which anybody can verify it.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::InvalidName;

/// The number of a certificate: the year it was issued in, and how many were issued before it
/// in that year and one more, such as `2026-000042`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^[0-9]{4}-[0-9]{6,}$"))]
pub struct CertificateNumber {
    year: u16,
    place: u64,
}

/// The code by which anybody who has it can verify a certificate: 128 random bits as 26 letters
/// and digits of Crockford's base 32. It can't be guessed, and says nothing about its holder.
///
/// # Examples
/// ```
/// use polycode_core::certification::VerificationCode;
///
/// let code = VerificationCode::new([7; 16]);
/// let typed: VerificationCode = code.to_string().to_lowercase().parse().unwrap();
/// assert_eq!(typed, code);
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^[0-9A-HJKMNP-TV-Z]{26}$"))]
pub struct VerificationCode(u128);

impl CertificateNumber {
    /// The number of the certificate at a place, from 1, of a year, from 1000 to 9999.
    ///
    /// # Errors
    /// [`InvalidName`] when the year or the place is outside of its range.
    pub fn new(year: u16, place: u64) -> Result<Self, InvalidName> {
        if (1000..=9999).contains(&year) && place > 0 {
            Ok(Self { year, place })
        } else {
            Err(InvalidName::new(NUMBER_RULE, &format!("{year}-{place}")))
        }
    }
}

const NUMBER_RULE: &str = "a certificate's number is a year and a place, such as `2026-000042`";

impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:06}", self.year, self.place)
    }
}

impl FromStr for CertificateNumber {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let refuse = || InvalidName::new(NUMBER_RULE, text);
        let (year, place) = text.split_once('-').ok_or_else(refuse)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let shaped = digits(year) && digits(place);
        let number = |part: &str| part.parse().ok().filter(|_| shaped);
        let year = number(year).and_then(|year: u64| u16::try_from(year).ok());
        let number = Self::new(year.ok_or_else(refuse)?, number(place).ok_or_else(refuse)?)?;
        // One number has one spelling.
        if number.to_string() == text {
            Ok(number)
        } else {
            Err(refuse())
        }
    }
}

impl TryFrom<String> for CertificateNumber {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<CertificateNumber> for String {
    fn from(number: CertificateNumber) -> Self {
        number.to_string()
    }
}

impl VerificationCode {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const LENGTH: u32 = 26;

    /// The code of these bytes, which must come from a random generator fit for secrets.
    pub const fn new(random: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(random))
    }
}

impl fmt::Display for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (0..Self::LENGTH).rev().try_for_each(|place| {
            let digit = (self.0 >> (5 * place)) & 31;
            let digit = usize::try_from(digit)
                .ok()
                .and_then(|digit| Self::DIGITS.get(digit));
            write!(f, "{}", char::from(*digit.unwrap_or(&b'0')))
        })
    }
}

/// Reads what people type: small letters, `O` for zero, `I` and `L` for one, dashes and spaces
/// between.
impl FromStr for VerificationCode {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let refuse = || InvalidName::new("a verification code is 26 letters and digits", text);
        let typed = text.bytes().filter(|byte| !matches!(byte, b'-' | b' '));
        let (mut code, mut length) = (0_u128, 0);
        for byte in typed {
            let byte = match byte.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            let digit = Self::DIGITS
                .iter()
                .position(|digit| *digit == byte)
                .ok_or_else(refuse)?;
            // The first of 26 digits has room for three bits only.
            if code >> (128 - 5) != 0 {
                return Err(refuse());
            }
            code = (code << 5) | digit as u128;
            length += 1;
        }
        if length == Self::LENGTH {
            Ok(Self(code))
        } else {
            Err(refuse())
        }
    }
}

impl TryFrom<String> for VerificationCode {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<VerificationCode> for String {
    fn from(code: VerificationCode) -> Self {
        code.to_string()
    }
}
