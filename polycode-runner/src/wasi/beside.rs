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

    /// What a write costs at least, in bytes: each is kept as a text of its own until it is read,
    /// and even an empty one would otherwise be free.
    const WRITE_COST: u64 = 64;

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
        let cost = Self::WRITE_COST.max(bytes.len() as u64);
        let left = self.left.checked_sub(cost);
        self.left = left.ok_or(Stop::End(Ended::Output))?;
        self.end()?.write(bytes);
        Ok(())
    }

    fn end(&self) -> Result<&End, Stop> {
        self.end.as_ref().ok_or(Stop::Errno(Errno::BADF))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cancel::Cancel;
    use crate::wasi::line;

    #[test]
    fn what_one_writes_the_other_reads() {
        let (one, two, _) = line(&Cancel::default());
        let (mut one, mut two) = (Beside::new(Some(one)), Beside::new(Some(two)));
        one.write(b"question").unwrap();
        assert_eq!(two.ready(), Ok(8));
        let mut into = [0; 20];
        assert_eq!(two.read(&mut into), Ok(8));
        assert_eq!(&into[..8], b"question");
        two.write(b"answer").unwrap();
        drop(two);
        assert_eq!(one.read(&mut into), Ok(6));
        assert_eq!(one.read(&mut into), Ok(0));
    }

    #[test]
    fn a_program_that_floods_the_line_is_ended() {
        let (one, _two, _) = line(&Cancel::default());
        let mut beside = Beside::new(Some(one));
        let much = vec![b'x'; 16 << 20];
        assert_eq!(beside.write(&much), Ok(()));
        assert_eq!(beside.write(&much), Ok(()));
        assert_eq!(beside.write(b"x"), Err(Stop::End(Ended::Output)));
    }

    #[test]
    fn a_program_that_floods_the_line_with_little_is_ended_as_well() {
        let (one, two, _) = line(&Cancel::default());
        let mut beside = Beside::new(Some(one));
        let writes = Beside::BUDGET / Beside::WRITE_COST;
        for _ in 0..writes {
            assert_eq!(beside.write(b"x"), Ok(()));
        }
        assert_eq!(beside.write(b"x"), Err(Stop::End(Ended::Output)));
        drop(beside);
        assert_eq!(two.read(&mut [0; 2]), Ok(1));
    }

    #[test]
    fn without_a_line_there_is_none() {
        let mut beside = Beside::new(None);
        assert!(!beside.is_there());
        let none = Err(Stop::Errno(Errno::BADF));
        assert_eq!(beside.write(b"x"), none);
        assert_eq!(beside.read(&mut [0; 1]), Err(Stop::Errno(Errno::BADF)));
    }
}
