//! The line to another program where it is beside the standard streams, as `/dev/line`.

use crate::wasi::End;
use crate::wasi::errno::{Ended, Errno, Stop};

/// What a run knows of a line beside its standard streams; without an end there is none.
#[derive(Debug)]
pub struct Beside {
    end: Option<End>,
    left: u64,
}

impl Beside {
    /// Bytes that a run may write to it in all.
    const BUDGET: u64 = 32 << 20;

    /// A line, or none.
    pub const fn new(end: Option<End>) -> Self {
        Self {
            end,
            left: Self::BUDGET,
        }
    }

    pub(super) const fn is_there(&self) -> bool {
        self.end.is_some()
    }

    /// How many bytes can be read at once; waits for the other program to write some.
    pub(super) fn ready(&self) -> Result<u64, Stop> {
        Ok(self.end()?.wait()? as u64)
    }

    pub(super) fn read(&self, into: &mut [u8]) -> Result<usize, Stop> {
        self.end()?.read(into)
    }

    /// Writes all of the bytes, and ends the program when that is too much.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or(Stop::End(Ended::Output))?;
        self.end()?.write(bytes);
        Ok(())
    }

    fn end(&self) -> Result<&End, Stop> {
        self.end.as_ref().ok_or(Stop::Errno(Errno::BADF))
    }
}
