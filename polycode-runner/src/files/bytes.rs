//! Reading and writing, within the quota.

use crate::files::tree::Body;
use crate::files::{Access, FileError, Files, NodeId};

impl Files {
    /// Copies bytes of a file from `offset` on.
    ///
    /// # Errors
    /// When it is no file.
    pub fn read(&self, id: NodeId, offset: u64, into: &mut [u8]) -> Result<usize, FileError> {
        match &self.node(id)?.body {
            Body::File(content) => content.read(offset, into),
            Body::Folder(_) => Err(FileError::IsFolder),
            Body::Gone => Err(FileError::NotFound),
        }
    }

    /// Writes bytes at `offset`; a gap before it is filled with zeros, which count like any byte.
    ///
    /// # Errors
    /// [`FileError::Exhausted`] when the quota does not allow it: nothing is written then.
    pub fn write(
        &mut self,
        id: NodeId,
        offset: u64,
        from: &[u8],
        now: u64,
    ) -> Result<(), FileError> {
        if from.is_empty() {
            return self.check_writable(id);
        }
        let end = offset
            .checked_add(from.len() as u64)
            .ok_or(FileError::Exhausted)?;
        let size = self.attributes(id)?.size.max(end);
        let bytes = self.resized(id, size, now)?;
        let place = usize::try_from(offset)
            .ok()
            .and_then(|start| bytes.get_mut(start..start.checked_add(from.len())?));
        place.ok_or(FileError::Exhausted)?.copy_from_slice(from);
        Ok(())
    }

    /// Cuts a file or fills it with zeros.
    ///
    /// # Errors
    /// [`FileError::Exhausted`] when the quota does not allow it: nothing is changed then.
    pub fn set_size(&mut self, id: NodeId, size: u64, now: u64) -> Result<(), FileError> {
        self.resized(id, size, now).map(|_| ())
    }

    /// Bytes and nodes that count for the quota now.
    pub fn used(&self) -> (u64, u32) {
        (self.bytes, self.count)
    }

    fn resized(&mut self, id: NodeId, size: u64, now: u64) -> Result<&mut Vec<u8>, FileError> {
        self.check_writable(id)?;
        let node = self.node(id)?;
        let Body::File(content) = &node.body else {
            return Err(FileError::IsFolder);
        };
        if node.access == Access::Answer {
            if size > self.quota.answer_bytes {
                return Err(FileError::AnswerExhausted);
            }
        } else {
            let bytes = self.bytes - content.charged();
            if size > self.quota.bytes.saturating_sub(bytes) {
                return Err(FileError::Exhausted);
            }
            self.bytes = bytes + size;
        }
        let length = usize::try_from(size).map_err(|_| FileError::Exhausted)?;
        let node = self.node_mut(id)?;
        node.modified = now;
        let Body::File(content) = &mut node.body else {
            return Err(FileError::IsFolder);
        };
        let bytes = content.make_own()?;
        bytes.resize(length, 0);
        Ok(bytes)
    }
}
