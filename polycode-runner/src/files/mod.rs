//! The file system of one run: in memory, with quotas, gone when the run is.
//!
//! A program sees a small tree of its own. Nothing in it leads to the host but [`HostFile`]s,
//! which are opened before the run and can only be read. There are no links of any kind, so a
//! path names at most one thing, and `..` stops at the root.

mod bytes;
mod change;
mod content;
mod path;
mod tree;

#[cfg(test)]
mod tests;

pub use content::{Content, HostFile};
pub use tree::{Access, Attributes, Entry, Files, Kind, NodeId};

/// What the program may make in its file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Bytes of all the files that it makes or changes, at any one time.
    pub bytes: u64,
    /// Files and folders that it makes, at any one time.
    pub nodes: u32,
    /// Bytes of each file with [`Access::Answer`], which count for nothing else.
    pub answer_bytes: u64,
}

/// Why an operation on files failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is nothing of that name.
    #[error("no such file or folder")]
    NotFound,
    /// There is something of that name already.
    #[error("the file exists")]
    Exists,
    /// A folder was needed.
    #[error("not a folder")]
    NotFolder,
    /// A file was needed.
    #[error("is a folder")]
    IsFolder,
    /// The folder has entries.
    #[error("the folder is not empty")]
    NotEmpty,
    /// It can't be changed.
    #[error("read-only")]
    ReadOnly,
    /// Outside of what the program may name.
    #[error("not permitted")]
    NotPermitted,
    /// The path, or the depth of folders, is beyond its limit.
    #[error("the name is too long")]
    NameTooLong,
    /// The name is not one that a file can have.
    #[error("invalid name")]
    InvalidName,
    /// A folder can't be moved into itself.
    #[error("invalid argument")]
    Invalid,
    /// The host could not read a mounted file.
    #[error("input or output failed")]
    Host,
    /// The quota of bytes or of files is used up; the run is over.
    #[error("the quota of files is used up")]
    Exhausted,
    /// An answer file is longer than output may be; the run is over.
    #[error("the answer is too long")]
    AnswerExhausted,
}
