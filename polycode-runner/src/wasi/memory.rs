//! The program's memory, as a call sees it: every access is checked.

use crate::wasi::errno::Errno;

/// The linear memory of a program during one call.
#[derive(Debug)]
pub(crate) struct GuestMemory<'a>(pub(crate) &'a mut [u8]);

/// A place and a length in the memory, as given by the program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) at: u32,
    pub(crate) len: u32,
}

impl GuestMemory<'_> {
    /// Vectors of one call, as on any POSIX system.
    const MAX_VECTORS: u32 = 1024;

    pub(crate) fn bytes(&self, span: Span) -> Result<&[u8], Errno> {
        let (at, len) = (size(span.at)?, size(span.len)?);
        self.0
            .get(at..)
            .and_then(|rest| rest.get(..len))
            .ok_or(Errno::FAULT)
    }

    pub(crate) fn bytes_mut(&mut self, span: Span) -> Result<&mut [u8], Errno> {
        let (at, len) = (size(span.at)?, size(span.len)?);
        self.0
            .get_mut(at..)
            .and_then(|rest| rest.get_mut(..len))
            .ok_or(Errno::FAULT)
    }

    pub(crate) fn text(&self, span: Span) -> Result<&str, Errno> {
        str::from_utf8(self.bytes(span)?).map_err(|_| Errno::ILSEQ)
    }

    /// The `index`th vector of a list of them.
    pub(crate) fn vector(&self, list: Span, index: u32) -> Result<Span, Errno> {
        let place = index
            .checked_mul(8)
            .and_then(|offset| list.at.checked_add(offset));
        let place = place.ok_or(Errno::FAULT)?;
        Ok(Span {
            at: self.load(place)?,
            len: self.load(place.saturating_add(4))?,
        })
    }

    /// Refuses a list of more vectors than any library uses.
    pub(crate) fn check_vectors(list: Span) -> Result<(), Errno> {
        if list.len > Self::MAX_VECTORS {
            Err(Errno::INVAL)
        } else {
            Ok(())
        }
    }

    pub(crate) fn load(&self, at: u32) -> Result<u32, Errno> {
        Ok(u32::from_le_bytes(self.array(at)?))
    }

    pub(crate) fn load_u64(&self, at: u32) -> Result<u64, Errno> {
        Ok(u64::from_le_bytes(self.array(at)?))
    }

    pub(crate) fn load_u16(&self, at: u32) -> Result<u16, Errno> {
        Ok(u16::from_le_bytes(self.array(at)?))
    }

    pub(crate) fn load_u8(&self, at: u32) -> Result<u8, Errno> {
        Ok(u8::from_le_bytes(self.array(at)?))
    }

    pub(crate) fn store(&mut self, at: u32, bytes: &[u8]) -> Result<(), Errno> {
        let len = u32::try_from(bytes.len()).map_err(|_| Errno::FAULT)?;
        self.bytes_mut(Span { at, len })?.copy_from_slice(bytes);
        Ok(())
    }

    pub(crate) fn store_u32(&mut self, at: u32, value: u32) -> Result<(), Errno> {
        self.store(at, &value.to_le_bytes())
    }

    pub(crate) fn store_u64(&mut self, at: u32, value: u64) -> Result<(), Errno> {
        self.store(at, &value.to_le_bytes())
    }

    fn array<const N: usize>(&self, at: u32) -> Result<[u8; N], Errno> {
        let rest = self.0.get(size(at)?..).ok_or(Errno::FAULT)?;
        rest.first_chunk().copied().ok_or(Errno::FAULT)
    }
}

fn size(value: u32) -> Result<usize, Errno> {
    usize::try_from(value).map_err(|_| Errno::FAULT)
}
