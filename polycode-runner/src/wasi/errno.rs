//! What goes wrong in a call, in the numbers of WASI.

use crate::files::FileError;

/// An error number of `wasi_snapshot_preview1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Errno(pub(crate) u32);

impl Errno {
    pub(crate) const BADF: Self = Self(8);
    pub(crate) const EXIST: Self = Self(20);
    pub(crate) const FAULT: Self = Self(21);
    pub(crate) const ILSEQ: Self = Self(25);
    pub(crate) const INVAL: Self = Self(28);
    pub(crate) const IO: Self = Self(29);
    pub(crate) const ISDIR: Self = Self(31);
    pub(crate) const MFILE: Self = Self(33);
    pub(crate) const NAMETOOLONG: Self = Self(37);
    pub(crate) const NOENT: Self = Self(44);
    pub(crate) const NOTDIR: Self = Self(54);
    pub(crate) const NOTEMPTY: Self = Self(55);
    pub(crate) const NOTSOCK: Self = Self(57);
    pub(crate) const NOTSUP: Self = Self(58);
    pub(crate) const OVERFLOW: Self = Self(61);
    pub(crate) const PERM: Self = Self(63);
    pub(crate) const ROFS: Self = Self(69);
    pub(crate) const SPIPE: Self = Self(70);
}

/// Why a program is stopped in the middle of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Ended {
    /// It asked to end, with an exit code.
    #[error("exited with code {0}")]
    Exit(i32),
    /// Its fuel is used up.
    #[error("the time is used up")]
    Time,
    /// It wrote more output than it may.
    #[error("the output is used up")]
    Output,
    /// It made more files than it may.
    #[error("the files are used up")]
    Files,
    /// It waited for a program that waited for it.
    #[error("both programs wait for each other")]
    Idle,
    /// Somebody asked it to stop while it waited.
    #[error("the run was cancelled")]
    Cancelled,
}

/// How a call fails: with an error number for the program, or with its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    Errno(Errno),
    End(Ended),
}

impl From<Errno> for Stop {
    fn from(errno: Errno) -> Self {
        Self::Errno(errno)
    }
}

impl From<FileError> for Stop {
    fn from(error: FileError) -> Self {
        Self::Errno(match error {
            FileError::NotFound => Errno::NOENT,
            FileError::Exists => Errno::EXIST,
            FileError::NotFolder => Errno::NOTDIR,
            FileError::IsFolder => Errno::ISDIR,
            FileError::NotEmpty => Errno::NOTEMPTY,
            FileError::ReadOnly => Errno::ROFS,
            FileError::NotPermitted => Errno::PERM,
            FileError::NameTooLong => Errno::NAMETOOLONG,
            FileError::InvalidName => Errno::ILSEQ,
            FileError::Invalid => Errno::INVAL,
            FileError::Host => Errno::IO,
            FileError::Exhausted => return Self::End(Ended::Files),
            FileError::AnswerExhausted => return Self::End(Ended::Output),
        })
    }
}
