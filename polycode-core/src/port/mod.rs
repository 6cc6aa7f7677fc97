//! What the engine needs from the world: a store, a sandbox, a clock, new ids; and what a host may
//! add of its own: graders, and a directory of users.
//!
//! Each port is small and object-safe; adapters live in `polycode-store` and
//! `polycode-runner`, or in the host.

mod ambient;
pub mod document;
mod error;
pub mod host;
mod purse;
pub mod sandbox;
pub mod store;
mod words;

pub use ambient::{Clock, Ids};
pub(crate) use document::sortable;
pub use document::{
    Change, Document, DocumentWrite, ListPlace, Lookup, PlacedDocument, StoredDocument, StoredTerm,
    Term,
};
pub use error::{Permanence, PortError};
pub use host::{Directory, Grader, GraderOpinion, GraderTask};
pub use purse::Purse;
pub use sandbox::{Call, Executable, Prepared, Run, Sandbox, SandboxError, Talk, Testing, Uses};
pub use store::{Commit, CommitError, Page, PageRequest, Store, Versioned, Write};
pub(crate) use words::begin_with_each;
pub use words::words;
