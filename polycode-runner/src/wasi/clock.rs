//! The virtual clock: time is fuel.

/// When every run starts, on its own clock: 2026-01-01T00:00:00Z, in nanoseconds.
pub const RUN_EPOCH: u64 = 1_767_225_600_000_000_000;

/// When snapshots are taken: an hour earlier, so that no clock ever runs backwards.
pub const SNAPSHOT_EPOCH: u64 = RUN_EPOCH - 3_600_000_000_000;

const NS_PER_MS: u128 = 1_000_000;

/// A clock that advances with the fuel that is used. Sleeping uses fuel too, so that there is
/// nothing else to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The time at the start, in nanoseconds since 1970.
    pub start: u64,
    /// The fuel at the start.
    pub fuel: u64,
    /// How much fuel a millisecond is.
    pub fuel_per_ms: u64,
}

impl Clock {
    /// Nanoseconds since the start.
    pub(super) fn elapsed(&self, fuel_left: u64) -> u64 {
        let used = u128::from(self.fuel.saturating_sub(fuel_left));
        let elapsed = (used * NS_PER_MS)
            .checked_div(u128::from(self.fuel_per_ms))
            .unwrap_or(0);
        u64::try_from(elapsed).unwrap_or(u64::MAX)
    }

    /// Nanoseconds since 1970.
    pub(super) fn now(&self, fuel_left: u64) -> u64 {
        self.start.saturating_add(self.elapsed(fuel_left))
    }

    /// Nanoseconds since a point that only serves to measure from; a system's would be its start.
    /// Small, so that the longest wait can be added to it.
    pub(super) fn monotonic(&self, fuel_left: u64) -> u64 {
        self.now(fuel_left).saturating_sub(SNAPSHOT_EPOCH)
    }

    /// The fuel that stands for a time, rounded up so that a sleep is never too short.
    pub(super) fn cost(&self, ns: u64) -> u64 {
        let cost = (u128::from(ns) * u128::from(self.fuel_per_ms)).div_ceil(NS_PER_MS);
        u64::try_from(cost).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_fuel() {
        let clock = Clock {
            start: 1000,
            fuel: 5_000_000,
            fuel_per_ms: 700_000,
        };
        assert_eq!(clock.now(5_000_000), 1000);
        assert_eq!(clock.elapsed(5_000_000 - 700_000), 1_000_000);
        for ns in [1, 999, 1_000_000, 1_234_567] {
            assert!(clock.elapsed(clock.fuel - clock.cost(ns)) >= ns);
        }
        assert_eq!(clock.cost(u64::MAX), 12_912_720_851_596_686_131);
        let fast = Clock {
            fuel_per_ms: u64::MAX,
            ..clock
        };
        assert_eq!(fast.cost(u64::MAX), u64::MAX);
    }
}
