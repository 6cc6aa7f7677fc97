//! What a program reads on standard input.

use std::sync::Arc;

use crate::wasi::errno::Stop;
use crate::wasi::line::End;

/// Standard input: bytes that are there from the start, or what another program writes.
#[derive(Debug)]
pub enum Stdin {
    /// The bytes, and how many of them were read.
    Given {
        /// All of them.
        bytes: Vec<u8>,
        /// Those that were read.
        read: usize,
    },
    /// Another program's standard output.
    Heard(Arc<End>),
}

impl From<Vec<u8>> for Stdin {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Given { bytes, read: 0 }
    }
}

impl Stdin {
    /// Whether reading may wait for another program.
    pub(super) const fn may_wait(&self) -> bool {
        matches!(self, Self::Heard(_))
    }

    /// How many bytes can be read at once; waits for another program to write some.
    pub(super) fn ready(&self) -> Result<u64, Stop> {
        match self {
            Self::Given { bytes, read } => Ok((bytes.len() - read) as u64),
            Self::Heard(end) => Ok(end.wait()? as u64),
        }
    }

    pub(super) fn read(&mut self, into: &mut [u8]) -> Result<usize, Stop> {
        match self {
            Self::Given { bytes, read } => {
                let rest = bytes.get(*read..).unwrap_or_default();
                let count = rest.len().min(into.len());
                if let (Some(into), Some(from)) = (into.get_mut(..count), rest.get(..count)) {
                    into.copy_from_slice(from);
                }
                *read += count;
                Ok(count)
            }
            Self::Heard(end) => end.read(into),
        }
    }
}
