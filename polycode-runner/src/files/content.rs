//! The bytes of a file, wherever they are.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::files::FileError;

/// The bytes of a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// Bytes that the program wrote; they count for its quota.
    Own(Vec<u8>),
    /// Bytes shared with other runs, copied when the program writes to them.
    Shared(Arc<[u8]>),
    /// A file of the host, never written.
    Host(HostFile),
}

/// A file of the host, or a part of one, opened once and read at any place.
#[derive(Debug, Clone)]
pub struct HostFile {
    file: Arc<File>,
    start: u64,
    len: u64,
}

impl HostFile {
    /// Opens a file.
    ///
    /// # Errors
    /// Whatever the system reports; a folder is an error too.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not a regular file",
            ));
        }
        Ok(Self {
            file: Arc::new(file),
            start: 0,
            len: metadata.len(),
        })
    }

    /// A part of it as a file of its own; shorter where this one ends before.
    #[must_use]
    pub fn part(&self, start: u64, len: u64) -> Self {
        let start = start.min(self.len);
        Self {
            file: Arc::clone(&self.file),
            start: self.start.saturating_add(start),
            len: len.min(self.len - start),
        }
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(offset)).unwrap_or(usize::MAX);
        let count = into.len().min(left);
        let into = into.get_mut(..count).unwrap_or_default();
        let offset = self.start.saturating_add(offset);
        #[cfg(unix)]
        return std::os::unix::fs::FileExt::read_at(&*self.file, into, offset);
        #[cfg(windows)]
        return std::os::windows::fs::FileExt::seek_read(&*self.file, into, offset);
    }
}

impl Content {
    /// How many bytes there are.
    pub fn len(&self) -> u64 {
        match self {
            Self::Own(bytes) => bytes.len() as u64,
            Self::Shared(bytes) => bytes.len() as u64,
            Self::Host(file) => file.len,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes that count for the quota.
    pub(super) fn charged(&self) -> u64 {
        match self {
            Self::Own(bytes) => bytes.len() as u64,
            Self::Shared(_) | Self::Host(_) => 0,
        }
    }

    /// Copies bytes from `offset` on, and tells how many; none at the end.
    pub(crate) fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, FileError> {
        let bytes: &[u8] = match self {
            Self::Own(bytes) => bytes,
            Self::Shared(bytes) => bytes,
            Self::Host(file) => return read_fully(file, offset, into),
        };
        let rest = usize::try_from(offset)
            .ok()
            .and_then(|offset| bytes.get(offset..));
        let rest = rest.unwrap_or_default();
        let count = rest.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        Ok(count)
    }

    /// The bytes as the program's own, copied if they are shared.
    pub(super) fn make_own(&mut self) -> Result<&mut Vec<u8>, FileError> {
        if let Self::Shared(bytes) = self {
            *self = Self::Own(bytes.to_vec());
        }
        match self {
            Self::Own(bytes) => Ok(bytes),
            Self::Shared(_) | Self::Host(_) => Err(FileError::ReadOnly),
        }
    }
}

/// A short read of the host must not show in the guest, where it would differ from run to run.
fn read_fully(file: &HostFile, offset: u64, into: &mut [u8]) -> Result<usize, FileError> {
    let mut done = 0;
    while let Some(rest) = into.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match file.read_at(offset.saturating_add(done as u64), rest) {
            Ok(0) => break,
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(FileError::Host),
        }
    }
    Ok(done)
}
