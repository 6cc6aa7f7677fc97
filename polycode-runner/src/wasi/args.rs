//! Arguments, the environment, randomness, and the end.

use crate::wasi::errno::{Ended, Errno, Stop};
use crate::wasi::memory::{GuestMemory, Span};
use crate::wasi::random::Random;
use crate::wasi::{Answer, Call};

impl Call<'_> {
    pub(super) fn args_sizes_get(&mut self, count: u32, size: u32) -> Answer {
        let sizes = sizes(&self.wasi.args)?;
        self.store_sizes(sizes, count, size)
    }

    pub(super) fn args_get(&mut self, pointers: u32, buffer: u32) -> Answer {
        store_texts(&mut self.memory, &self.wasi.args, pointers, buffer)
    }

    pub(super) fn environ_sizes_get(&mut self, count: u32, size: u32) -> Answer {
        let sizes = sizes(&self.wasi.environment)?;
        self.store_sizes(sizes, count, size)
    }

    pub(super) fn environ_get(&mut self, pointers: u32, buffer: u32) -> Answer {
        store_texts(&mut self.memory, &self.wasi.environment, pointers, buffer)
    }

    fn store_sizes(&mut self, sizes: [u32; 2], count: u32, size: u32) -> Answer {
        let [texts, bytes] = sizes;
        self.memory.store_u32(count, texts)?;
        self.memory.store_u32(size, bytes)?;
        Ok(())
    }

    pub(super) fn random_get(&mut self, at: u32, len: u32) -> Answer {
        if len > Random::MAX_BYTES {
            return Err(Errno::INVAL.into());
        }
        self.charge(u64::from(len) * 4)?;
        self.wasi
            .random
            .fill(self.memory.bytes_mut(Span { at, len })?);
        Ok(())
    }

    #[expect(
        clippy::unused_self,
        reason = "every function of WASI is a method of the call"
    )]
    pub(super) fn proc_exit(&mut self, code: u32) -> Answer {
        Err(Stop::End(Ended::Exit(code.cast_signed())))
    }

    /// A signal ends the program with the exit code that a shell shows for it.
    #[expect(
        clippy::unused_self,
        reason = "every function of WASI is a method of the call"
    )]
    pub(super) fn proc_raise(&mut self, signal: u32) -> Answer {
        Err(Stop::End(Ended::Exit(128 + (signal & 127).cast_signed())))
    }

    /// A call that does nothing: there is nobody to yield to.
    pub(super) fn nothing(&mut self) -> Answer {
        self.charge(0)
    }
}

/// How many texts there are, and their bytes with a zero after each.
fn sizes(texts: &[String]) -> Result<[u32; 2], Errno> {
    let bytes: usize = texts.iter().map(|text| text.len() + 1).sum();
    Ok([narrow(texts.len())?, narrow(bytes)?])
}

fn store_texts(
    memory: &mut GuestMemory<'_>,
    texts: &[String],
    pointers: u32,
    buffer: u32,
) -> Answer {
    let (mut pointer, mut at) = (pointers, buffer);
    for text in texts {
        memory.store_u32(pointer, at)?;
        memory.store(at, text.as_bytes())?;
        let end = at.checked_add(narrow(text.len())?).ok_or(Errno::FAULT)?;
        memory.store(end, &[0])?;
        at = end.checked_add(1).ok_or(Errno::FAULT)?;
        pointer = pointer.checked_add(4).ok_or(Errno::FAULT)?;
    }
    Ok(())
}

fn narrow(size: usize) -> Result<u32, Errno> {
    u32::try_from(size).map_err(|_| Errno::OVERFLOW)
}
