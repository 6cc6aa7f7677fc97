//! Lengths of time that authors write, and what somebody gets on top of them.
//!
//! Limits are whole seconds, moments are exact. Time is only ever added up here, and what does not
//! fit is cut to the end of time, so that no sum can wrap around to an earlier moment.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::quantity::Seconds;

impl Seconds {
    /// No time.
    pub const ZERO: Self = Self(0);
    /// An hour.
    pub const HOUR: Self = Self(3_600);
    /// A day.
    pub const DAY: Self = Self(86_400);

    /// The moment this long after another.
    pub fn after(self, start: Timestamp) -> Timestamp {
        let length = SignedDuration::from_secs(i64::try_from(self.0).unwrap_or(i64::MAX));
        start.checked_add(length).unwrap_or(Timestamp::MAX)
    }

    /// The whole seconds from one moment to a later one; none when it is not later.
    pub fn between(start: Timestamp, end: Timestamp) -> Self {
        let seconds = end.duration_since(start).as_secs().max(0);
        Self(u64::try_from(seconds).unwrap_or(0))
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left when some of it is gone.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// What a candidate gets on top of the limits that hold for all.
///
/// A share makes each limit longer, that of the test and that of each question: it is what an
/// accommodation usually grants. A fixed length makes the whole test longer, not its questions.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExtraTime {
    /// The share by which every limit is longer, in percent, at most 300.
    #[serde(default)]
    pub percent: u16,
    /// What the whole test is longer by, at most a day.
    #[serde(default)]
    pub fixed: Seconds,
}

impl ExtraTime {
    /// None.
    pub const NONE: Self = Self {
        percent: 0,
        fixed: Seconds::ZERO,
    };
    /// The largest share.
    pub const MAX_PERCENT: u16 = 300;
    /// The longest fixed length.
    pub const MAX_FIXED: Seconds = Seconds::DAY;

    /// Whether it is within what may be granted.
    pub const fn is_allowed(self) -> bool {
        self.percent <= Self::MAX_PERCENT && self.fixed.0 <= Self::MAX_FIXED.0
    }

    /// The limit of a question for whoever has this extra time, rounded up to a whole second.
    pub fn of_question(self, limit: Seconds) -> Seconds {
        let share = 100 + u64::from(self.percent);
        Seconds(limit.0.saturating_mul(share).div_ceil(100))
    }

    /// The limit of a test for whoever has this extra time.
    pub fn of_test(self, limit: Seconds) -> Seconds {
        self.of_question(limit).plus(self.fixed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_lengthens_every_limit_and_a_fixed_length_only_the_test() {
        let extra = ExtraTime {
            percent: 25,
            fixed: Seconds(600),
        };
        assert_eq!(extra.of_question(Seconds(61)), Seconds(77));
        assert_eq!(extra.of_test(Seconds::HOUR), Seconds(4_500 + 600));
        assert_eq!(ExtraTime::NONE.of_test(Seconds(61)), Seconds(61));
    }

    #[test]
    fn time_never_wraps_around() {
        assert_eq!(Seconds(1).after(Timestamp::MAX), Timestamp::MAX);
        assert_eq!(Seconds(u64::MAX).plus(Seconds(1)), Seconds(u64::MAX));
        assert_eq!(Seconds(1).minus(Seconds(2)), Seconds::ZERO);
        assert_eq!(
            Seconds::between(Timestamp::MAX, Timestamp::MIN),
            Seconds::ZERO
        );
    }
}
