//! What every use case is made of: documents that are loaded, and changes that land together.

use crate::engine::{Engine, EngineError};
use crate::event::Event;
use crate::port::{
    Commit, CommitError, Document, DocumentWrite, ListPlace, Lookup, Page, PageRequest, PortError,
    StoredDocument, Versioned, Write,
};
use crate::quantity::Version;
use crate::refusal::Refusal;

/// What a use case decided to change.
#[derive(Debug, Default)]
pub(super) struct Changes {
    writes: Vec<Write>,
    events: Vec<Event>,
}

impl Changes {
    pub(super) fn write(&mut self, write: Write) {
        self.writes.push(write);
    }

    /// Writes a document that must be new.
    pub(super) fn create<D: Document>(&mut self, document: &D) -> Result<(), PortError> {
        self.put(document, None)
    }

    /// Writes a document that was read at a version, or that must be new.
    pub(super) fn put<D: Document>(
        &mut self,
        document: &D,
        read: Option<Version>,
    ) -> Result<(), PortError> {
        let write = DocumentWrite::put(document, read)?;
        self.write(Write::Document(write));
        Ok(())
    }

    /// Removes a document for good.
    pub(super) fn remove<D: Document>(&mut self, document: &Versioned<D>) {
        let write = DocumentWrite::remove(&document.value, document.version);
        self.write(Write::Document(write));
    }

    pub(super) fn event(&mut self, event: impl Into<Event>) {
        self.events.push(event.into());
    }

    pub(super) fn into_commit(self, engine: &Engine) -> Commit {
        Commit {
            writes: self.writes,
            events: engine.record(self.events),
        }
    }

    fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.events.is_empty()
    }
}

/// The tries of a use case to commit what it decided.
#[derive(Debug)]
pub(super) struct Tries<'e> {
    engine: &'e Engine,
    left: usize,
    /// What was taken when the last try failed.
    taken: Option<&'static str>,
}

impl Tries<'_> {
    /// Commits; false when others wrote meanwhile, and it is to be decided again.
    pub(super) async fn lands(&mut self, changes: Changes) -> Result<bool, EngineError> {
        if changes.is_empty() {
            return Ok(true);
        }
        self.left = self.left.checked_sub(1).ok_or(EngineError::Contended)?;
        let commit = changes.into_commit(self.engine);
        match self.engine.store.commit(commit).await {
            Ok(()) => Ok(true),
            Err(CommitError::Conflict { .. }) => Ok(false),
            // It is decided again on what took it; a decision that does not see it has no rule.
            Err(CommitError::Duplicate { unique }) if self.taken == Some(unique) => {
                Err(Refusal::invalid(unique, "is taken already").into())
            }
            Err(CommitError::Duplicate { unique }) => {
                self.taken = Some(unique);
                Ok(false)
            }
            Err(CommitError::Port(error)) => Err(error.into()),
        }
    }
}

impl Engine {
    /// Begins a use case that decides on what is stored, commits, and decides again if others
    /// wrote the same documents meanwhile:
    ///
    /// ```text
    /// let mut tries = self.tries();
    /// loop {
    ///     let mut changes = Changes::default();
    ///     let outcome = ...; // load, decide, note in `changes`
    ///     if tries.lands(changes).await? {
    ///         return Ok(outcome);
    ///     }
    /// }
    /// ```
    pub(super) const fn tries(&self) -> Tries<'_> {
        Tries {
            engine: self,
            left: Self::TRIES,
            taken: None,
        }
    }

    /// A document, if it is there.
    pub(super) async fn find<D: Document>(
        &self,
        key: &(impl ToString + ?Sized),
    ) -> Result<Option<Versioned<D>>, EngineError> {
        let stored = self.store.document(D::KIND, &key.to_string()).await?;
        Ok(stored.as_ref().map(read).transpose()?)
    }

    /// A document that has to be there.
    pub(super) async fn load<D: Document>(
        &self,
        key: &(impl ToString + ?Sized),
    ) -> Result<Versioned<D>, EngineError> {
        let found = self.find(key).await?;
        Ok(found.ok_or_else(|| not_found::<D>(key))?)
    }

    /// The first document of a list, such as the only one that has a unique value.
    pub(super) async fn find_by<D: Document>(
        &self,
        lookup: Lookup,
    ) -> Result<Option<Versioned<D>>, EngineError> {
        let first = PageRequest {
            after: None,
            limit: 1,
        };
        let found = self.store.documents(lookup, first).await?.items;
        Ok(found.first().map(read).transpose()?)
    }

    /// A page of a list.
    pub(super) async fn list<D: Document>(
        &self,
        lookup: Lookup,
        page: PageRequest,
    ) -> Result<Page<Versioned<D>>, EngineError> {
        let is_place = |after: &String| ListPlace::read(after).is_some();
        if !page.after.as_ref().is_none_or(is_place) {
            let message = "is what the page before gave as `next`";
            return Err(Refusal::invalid("after", message).into());
        }
        page.check()?;
        let found = self.store.documents(lookup, page).await?;
        let items = found.items.iter().map(read);
        Ok(Page {
            items: items.collect::<Result<_, _>>()?,
            next: found.next,
        })
    }

    /// Every document of a list.
    pub(super) async fn all<D: Document>(
        &self,
        lookup: Lookup,
    ) -> Result<Vec<Versioned<D>>, EngineError> {
        let mut all = Vec::new();
        self.each(lookup, |document| all.push(document)).await?;
        Ok(all)
    }

    /// Shows every document of a list, which may be too long to keep as a whole.
    pub(super) async fn each<D: Document>(
        &self,
        lookup: Lookup,
        mut show: impl FnMut(Versioned<D>) + Send,
    ) -> Result<(), EngineError> {
        const AT_ONCE: u32 = 1_000;
        let mut after = None;
        loop {
            let limit = AT_ONCE;
            let request = PageRequest { after, limit };
            let page = self.store.documents(lookup.clone(), request).await?;
            for stored in page.items {
                show(read(&stored)?);
            }
            after = page.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }
}

pub(super) fn not_found<D: Document>(key: &(impl ToString + ?Sized)) -> Refusal {
    Refusal::NotFound {
        what: D::KIND,
        id: key.to_string(),
    }
}

fn read<D: Document>(stored: &StoredDocument) -> Result<Versioned<D>, PortError> {
    let value = serde_json::from_str(&stored.body).map_err(|error| {
        let message = format!("the {} `{}` can't be read: {error}", D::KIND, stored.key);
        PortError::permanent(message).caused_by(error)
    })?;
    Ok(Versioned {
        version: stored.version,
        value,
    })
}
