//! The clock's calls. Waiting takes no time: it advances the clock, is paid for in fuel, and
//! returns at once.

use crate::wasi::errno::Errno;
use crate::wasi::{Answer, Call};

const REALTIME: u32 = 0;
const MONOTONIC: u32 = 1;
const PROCESS_CPU: u32 = 2;
const THREAD_CPU: u32 = 3;

/// What a subscription waits for.
#[derive(Debug, Clone, Copy)]
enum Wait {
    /// A time, in nanoseconds from now on.
    Timer(u64),
    Read {
        fd: u32,
    },
    Write {
        fd: u32,
    },
}

const SUBSCRIPTION_BYTES: u32 = 48;
const EVENT_BYTES: u32 = 32;

impl Call<'_> {
    const MAX_SUBSCRIPTIONS: u32 = 1024;

    pub(super) fn clock_res_get(&mut self, clock: u32, result: u32) -> Answer {
        if clock > THREAD_CPU {
            return Err(Errno::INVAL.into());
        }
        self.memory.store_u64(result, 1)?;
        Ok(())
    }

    pub(super) fn clock_time_get(&mut self, clock: u32, _precision: u64, result: u32) -> Answer {
        let time = self.time(clock)?;
        self.memory.store_u64(result, time)?;
        Ok(())
    }

    pub(super) fn poll_oneoff(&mut self, from: u32, to: u32, count: u32, result: u32) -> Answer {
        if count == 0 || count > Self::MAX_SUBSCRIPTIONS {
            return Err(Errno::INVAL.into());
        }
        self.charge(u64::from(count) * 50)?;
        let mut waits = Vec::new();
        for index in 0..count {
            let at = from
                .checked_add(index * SUBSCRIPTION_BYTES)
                .ok_or(Errno::FAULT)?;
            waits.push((self.memory.load_u64(at)?, self.subscription(at)?));
        }
        // Descriptors are always ready; only where there are none does time pass.
        let timers = waits.iter().filter_map(|(_, wait)| match wait {
            Wait::Timer(ns) => Some(*ns),
            Wait::Read { .. } | Wait::Write { .. } => None,
        });
        let all_timers = timers.clone().count() == waits.len();
        let passed = if all_timers {
            timers.min().unwrap_or(0)
        } else {
            0
        };
        self.charge(self.wasi.clock.cost(passed))?;
        let mut events = 0;
        for (user_data, wait) in waits {
            if matches!(wait, Wait::Timer(ns) if ns > passed) {
                continue;
            }
            let at = to.checked_add(events * EVENT_BYTES).ok_or(Errno::FAULT)?;
            self.event(at, user_data, wait)?;
            events += 1;
        }
        self.memory.store_u32(result, events)?;
        Ok(())
    }

    fn time(&self, clock: u32) -> Result<u64, Errno> {
        match clock {
            REALTIME => Ok(self.now()),
            MONOTONIC => Ok(self.wasi.clock.monotonic(self.fuel)),
            PROCESS_CPU | THREAD_CPU => Ok(self.wasi.clock.elapsed(self.fuel)),
            _ => Err(Errno::INVAL),
        }
    }

    fn subscription(&self, at: u32) -> Result<Wait, Errno> {
        let field = |offset: u32| at.checked_add(offset).ok_or(Errno::FAULT);
        match self.memory.load_u8(field(8)?)? {
            0 => {
                let clock = self.memory.load(field(16)?)?;
                let time = self.memory.load_u64(field(24)?)?;
                let absolute = self.memory.load_u16(field(40)?)? & 1 == 1;
                let now = self.time(clock)?;
                Ok(Wait::Timer(if absolute {
                    time.saturating_sub(now)
                } else {
                    time
                }))
            }
            1 => Ok(Wait::Read {
                fd: self.memory.load(field(16)?)?,
            }),
            2 => Ok(Wait::Write {
                fd: self.memory.load(field(16)?)?,
            }),
            _ => Err(Errno::INVAL),
        }
    }

    fn event(&mut self, at: u32, user_data: u64, wait: Wait) -> Answer {
        const HANG_UP: u8 = 1;
        let mut event = [0; 32];
        let (kind, errno, bytes, hang_up) = match wait {
            Wait::Timer(_) => (0, 0, 0, false),
            Wait::Read { fd } => match self.wasi.descriptors.get(fd) {
                Ok(descriptor) => {
                    let rest = self.readable(descriptor)?;
                    (1, 0, rest, rest == 0)
                }
                Err(errno) => (1, errno.0, 0, false),
            },
            Wait::Write { fd } => match self.wasi.descriptors.get(fd) {
                Ok(_) => (2, 0, 1 << 16, false),
                Err(errno) => (2, errno.0, 0, false),
            },
        };
        let fields: [(usize, &[u8]); 5] = [
            (0, &user_data.to_le_bytes()),
            (8, &errno.to_le_bytes()[..2]),
            (10, &[kind]),
            (16, &bytes.to_le_bytes()),
            (24, &[if hang_up { HANG_UP } else { 0 }]),
        ];
        put(&mut event, &fields);
        self.memory.store(at, &event)?;
        Ok(())
    }
}

/// Puts fields into a record at their offsets.
pub(super) fn put(record: &mut [u8], fields: &[(usize, &[u8])]) {
    for (at, bytes) in fields {
        if let Some(place) = record.get_mut(*at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }
}
