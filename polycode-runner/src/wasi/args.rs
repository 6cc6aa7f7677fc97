//! Arguments, the (empty) environment, randomness, and the end.

use crate::wasi::errno::{Ended, Errno, Stop};
use crate::wasi::memory::Span;
use crate::wasi::random::Random;
use crate::wasi::{Answer, Call};

impl Call<'_> {
    pub(super) fn args_sizes_get(&mut self, count: u32, size: u32) -> Answer {
        let bytes: usize = self.wasi.args.iter().map(|arg| arg.len() + 1).sum();
        self.memory
            .store_u32(count, narrow(self.wasi.args.len())?)?;
        self.memory.store_u32(size, narrow(bytes)?)?;
        Ok(())
    }

    pub(super) fn args_get(&mut self, pointers: u32, buffer: u32) -> Answer {
        let (mut pointer, mut at) = (pointers, buffer);
        for arg in &self.wasi.args {
            self.memory.store_u32(pointer, at)?;
            self.memory.store(at, arg.as_bytes())?;
            let end = at.checked_add(narrow(arg.len())?).ok_or(Errno::FAULT)?;
            self.memory.store(end, &[0])?;
            at = end.checked_add(1).ok_or(Errno::FAULT)?;
            pointer = pointer.checked_add(4).ok_or(Errno::FAULT)?;
        }
        Ok(())
    }

    pub(super) fn environ_sizes_get(&mut self, count: u32, size: u32) -> Answer {
        self.memory.store_u32(count, 0)?;
        self.memory.store_u32(size, 0)?;
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

    /// A call that does nothing: there is no environment to copy, and nobody to yield to.
    pub(super) fn nothing(&mut self) -> Answer {
        self.charge(0)
    }
}

fn narrow(size: usize) -> Result<u32, Errno> {
    u32::try_from(size).map_err(|_| Errno::OVERFLOW)
}
