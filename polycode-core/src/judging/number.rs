//! When a number that somebody wrote is what was expected, to the last digit: decimals are
//! compared as decimals, so that a difference of exactly the tolerance is accepted.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::refusal::Problem;

/// Compares a number with the right one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NumberCheck {
    /// The right number.
    pub value: f64,
    /// The largest difference that still counts as right.
    #[serde(default)]
    pub tolerance: f64,
}

impl NumberCheck {
    /// Whether an answer is right: a decimal number with `.` before its decimals, such as
    /// `-12.50` or `1.2e3`.
    ///
    /// # Examples
    /// ```
    /// use polycode_core::judging::NumberCheck;
    ///
    /// let check = NumberCheck { value: 1.0, tolerance: 0.1 };
    /// assert!(check.accepts("1.1") && check.accepts(" 0.9 "));
    /// assert!(!check.accepts("1.11") && !check.accepts("one"));
    /// ```
    pub fn accepts(&self, answer: &str) -> bool {
        // The shortest decimal that reads as the author's number is what the author wrote.
        let author = |number: f64| Decimal::read(&format!("{number:e}"));
        let (Some(answer), Some(value), Some(tolerance)) = (
            Decimal::read(answer),
            author(self.value),
            author(self.tolerance),
        ) else {
            return false;
        };
        // Numbers too far apart to be subtracted are not alike.
        answer.minus(&value).is_some_and(|difference| {
            let beyond = difference.magnitude().compare(&tolerance);
            beyond.is_some_and(Ordering::is_le)
        })
    }

    /// Whether a text is a number at all.
    pub fn is_number(text: &str) -> bool {
        Decimal::read(text).is_some()
    }

    pub(super) fn problems(&self, field: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let is_known = |number: f64| Decimal::read(&format!("{number:e}")).is_some();
        if !is_known(self.value) {
            let message = "a number has an exponent of -30 to 30";
            problems.push(Problem::new(format!("{field}.value"), message));
        }
        if !is_known(self.tolerance) || self.tolerance < 0.0 {
            let message = "a tolerance is a number, 0 or more";
            problems.push(Problem::new(format!("{field}.tolerance"), message));
        }
        problems
    }
}

/// `digits` times ten to the power of `exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    /// The most digits that are read; more are more than anybody computes with.
    const MAX_DIGITS: usize = 30;
    const MAX_EXPONENT: i32 = 30;

    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (sign, number) = match number.strip_prefix('-') {
            Some(number) => (-1, number),
            None => (1, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{decimals}");
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let written = digits.trim_start_matches('0');
        if digits.is_empty() || !is_plain || written.len() > Self::MAX_DIGITS {
            return None;
        }
        let exponent: i32 = exponent.parse().ok()?;
        if exponent.abs() > Self::MAX_EXPONENT {
            return None;
        }
        let digits = if written.is_empty() {
            0
        } else {
            written.parse().ok()?
        };
        let decimals = i32::try_from(decimals.len()).ok()?;
        Some(Self {
            digits: sign * digits,
            exponent: exponent - decimals,
        })
    }

    /// The difference; none when it has more digits than can be kept.
    fn minus(&self, other: &Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let digits = self.at(exponent)?.checked_sub(other.at(exponent)?)?;
        Some(Self { digits, exponent })
    }

    fn magnitude(self) -> Self {
        let digits = self.digits.abs();
        Self { digits, ..self }
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        Some(self.minus(other)?.digits.cmp(&0))
    }

    /// Its digits when its exponent is made smaller.
    fn at(&self, exponent: i32) -> Option<i128> {
        if self.digits == 0 {
            return Some(0);
        }
        let zeros = u32::try_from(self.exponent - exponent).ok()?;
        self.digits.checked_mul(10_i128.checked_pow(zeros)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(value: f64, tolerance: f64, right: &[&str], wrong: &[&str]) {
        let check = NumberCheck { value, tolerance };
        assert_eq!(check.problems("v"), []);
        for answer in right {
            assert!(check.accepts(answer), "{check:?} should accept {answer:?}");
        }
        for answer in wrong {
            assert!(!check.accepts(answer), "{check:?} should refuse {answer:?}");
        }
    }

    #[test]
    fn a_difference_of_exactly_the_tolerance_is_right() {
        check(1.0, 0.1, &["1.1", "0.9", "1.10"], &["1.1000001", "0.8999"]);
        check(0.3, 0.1, &["0.2", "0.4"], &["0.19", "0.41"]);
        check(-2.5, 0.0, &["-2.5", "-2.50", "-25e-1"], &["2.5", "-2.5001"]);
        check(
            1200.0,
            0.0,
            &["1200", "1.2e3", "+1200.0", "12E2"],
            &["1200.01"],
        );
        check(0.0, 0.0, &["0", "-0", "0.000", "0e9"], &["0.1"]);
    }

    #[test]
    fn what_is_no_plain_number_is_wrong() {
        check(
            1.0,
            1000.0,
            &["1"],
            &[
                "", ".", "-", "one", "1,0", "0x1", "nan", "inf", "1 2", "1e99", "١", "1_0", "e1",
            ],
        );
        assert!(!NumberCheck::is_number("1e"));
        assert!(NumberCheck::is_number(" 12.5 "));
    }

    #[test]
    fn numbers_of_many_digits_are_compared_or_refused_but_never_overflow() {
        let many = "9".repeat(30);
        check(1e30, 2e30, &[&many], &[]);
        check(1e-30, 0.0, &["1e-30"], &["1e30", &many]);
        let broken = NumberCheck {
            value: f64::NAN,
            tolerance: -1.0,
        };
        assert_eq!(broken.problems("v").len(), 2);
        assert!(!broken.accepts("1"));
    }

    proptest! {
        #[test]
        fn what_an_author_wrote_is_right(whole in -1_000_000_i64..1_000_000, decimals in 0_u32..1_000) {
            let text = format!("{whole}.{decimals:03}");
            let check = NumberCheck { value: text.parse().expect("a number"), tolerance: 0.0 };
            prop_assert!(check.accepts(&text), "{text}");
        }

        #[test]
        fn no_answer_is_too_odd(answer in "\\PC{0,60}") {
            let check = NumberCheck { value: 1e-30, tolerance: 1e30 };
            let _ = check.accepts(&answer);
            let odd = format!("x{answer}");
            prop_assert!(!check.accepts(&odd));
        }
    }
}
