//! What a program writes to standard output and standard error, under one budget.

use std::sync::Arc;

use polycode_core::judging::Stream;

use crate::wasi::errno::{Ended, Stop};
use crate::wasi::line::End;

/// Standard output and standard error.
#[derive(Debug, Default)]
pub struct Output {
    /// Bytes written to standard output.
    pub stdout: Vec<u8>,
    /// Bytes written to standard error.
    pub stderr: Vec<u8>,
    left: u64,
    /// How many bytes of standard output were read back.
    read_back: usize,
    listener: Option<Arc<End>>,
}

impl Output {
    /// Nothing yet, with a budget in bytes for both together.
    pub fn new(budget: u64) -> Self {
        Self {
            left: budget,
            ..Self::default()
        }
    }

    /// Has another program read what is written to standard output.
    #[must_use]
    pub fn heard_by(self, listener: Option<Arc<End>>) -> Self {
        Self { listener, ..self }
    }

    /// Reads what was written to standard output and not read back yet.
    pub(super) fn read_back(&mut self, into: &mut [u8]) -> usize {
        let unread = self.stdout.get(self.read_back..).unwrap_or_default();
        let count = unread.len().min(into.len());
        if let (Some(into), Some(from)) = (into.get_mut(..count), unread.get(..count)) {
            into.copy_from_slice(from);
        }
        self.read_back += count;
        count
    }

    /// Keeps what fits of the bytes, and ends the program when not all of them do.
    pub(super) fn write(&mut self, stream: Stream, bytes: &[u8]) -> Result<(), Stop> {
        let fits = usize::try_from(self.left).map_or(bytes.len(), |left| left.min(bytes.len()));
        let kept = bytes.get(..fits).unwrap_or_default();
        match stream {
            Stream::Stdout => {
                self.stdout.extend_from_slice(kept);
                if let Some(listener) = &self.listener {
                    listener.write(kept);
                }
            }
            Stream::Stderr => self.stderr.extend_from_slice(kept),
        }
        self.left -= kept.len() as u64;
        if kept.len() == bytes.len() {
            Ok(())
        } else {
            Err(Stop::End(Ended::Output))
        }
    }
}
