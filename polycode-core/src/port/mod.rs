//! What the engine needs from the world: a store, a sandbox, a clock, new ids.
//!
//! Each port is small and object-safe; adapters live in `polycode-store` and
//! `polycode-runner`, or in the host.

mod ambient;
pub mod document;
mod error;
pub mod sandbox;
pub mod store;

pub use ambient::{Clock, Ids};
pub(crate) use document::sortable;
pub use document::{Change, Document, DocumentWrite, ListPlace, Lookup, StoredDocument, Term};
pub use error::{Permanence, PortError};
pub use sandbox::{Call, Executable, Prepared, Run, Sandbox, SandboxError, Talk, Testing};
pub use store::{Commit, CommitError, Page, PageRequest, Store, Versioned, Write};
