//! What belongs to one instance: its world, and the meter of its memory.

use std::io;

use wasmtime::{Memory, ResourceLimiter};

use crate::wasi::Wasi;

/// The data of one instance.
#[derive(Debug)]
pub struct Guest {
    /// Its world.
    pub wasi: Wasi,
    /// Its memory's meter.
    pub meter: Meter,
    /// Its memory, once a call has looked for it.
    pub(crate) memory: Option<Memory>,
}

impl Guest {
    /// The data of an instance that does not exist yet.
    pub fn new(wasi: Wasi, meter: Meter) -> Self {
        Self {
            wasi,
            meter,
            memory: None,
        }
    }
}

/// Sums up all the memory of an instance, and refuses what is above the limit.
///
/// A refusal is remembered: a program that crashes or fails after it is taken to have failed for
/// want of memory, while one that copes with it and ends well has kept to its limit.
#[derive(Debug)]
pub struct Meter {
    limit: u64,
    used: u64,
    peak: u64,
    refused: bool,
}

/// The host has no memory to give; that is not the program's failure.
#[derive(Debug, thiserror::Error)]
#[error("the host is out of memory")]
pub(super) struct HostOutOfMemory;

impl Meter {
    /// Bytes of the host that one element of a table takes.
    const ELEMENT_BYTES: u64 = 8;

    /// Nothing used yet.
    pub fn new(limit: u64) -> Self {
        Self {
            limit,
            used: 0,
            peak: 0,
            refused: false,
        }
    }

    /// The most bytes that were in use.
    pub const fn peak(&self) -> u64 {
        self.peak
    }

    /// Whether the program asked for more than the limit.
    pub const fn refused(&self) -> bool {
        self.refused
    }

    fn grow(&mut self, more: u64) -> bool {
        let used = self.used.saturating_add(more);
        if used > self.limit {
            self.refused = true;
            return false;
        }
        self.used = used;
        self.peak = self.peak.max(used);
        true
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if maximum.is_some_and(|maximum| desired > maximum) {
            self.refused = true;
            return Ok(false);
        }
        Ok(self.grow(desired.saturating_sub(current) as u64))
    }

    /// A growth that no memory could have is the program's; one that the system did not make
    /// good is the host's.
    fn memory_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        if error.downcast_ref::<io::Error>().is_some() {
            return Err(wasmtime::Error::new(HostOutOfMemory));
        }
        self.refused = true;
        Ok(())
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if maximum.is_some_and(|maximum| desired > maximum) {
            return Ok(false);
        }
        let more = desired.saturating_sub(current) as u64;
        Ok(self.grow(more.saturating_mul(Self::ELEMENT_BYTES)))
    }

    fn instances(&self) -> usize {
        1
    }

    fn tables(&self) -> usize {
        1
    }
}
