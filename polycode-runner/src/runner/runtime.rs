//! The runtime of a language, loaded when it is first needed.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use polycode_core::id::LanguageId;
use polycode_core::judging::FileName;
use polycode_core::port::PortError;
use wasmtime::Engine;

use crate::machine::Template;

/// Makes a runtime ready: none when it is not installed.
type Load = dyn Fn(&Engine) -> Result<Option<Template>, PortError> + Send + Sync;

/// A language that a runner can run.
pub struct Runtime {
    id: LanguageId,
    entry: FileName,
    extensions: Vec<String>,
    runs_on: Option<LanguageId>,
    load: Box<Load>,
    loaded: Mutex<Option<Arc<Template>>>,
}

impl Runtime {
    /// A language by its name, the file that is usually run, the extensions of its source files
    /// without the dot, and how to load it.
    pub fn new(
        id: LanguageId,
        entry: FileName,
        extensions: Vec<String>,
        load: impl Fn(&Engine) -> Result<Option<Template>, PortError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            id,
            entry,
            extensions,
            runs_on: None,
            load: Box::new(load),
            loaded: Mutex::new(None),
        }
    }

    /// Makes it one that only translates programs when they are checked, for another to run.
    ///
    /// What it writes to `/run/answer` then is a JSON object: `files`, the translated text of
    /// each file that it has translated, or `problems`, what is wrong with them.
    #[must_use]
    pub fn runs_on(self, other: LanguageId) -> Self {
        Self {
            runs_on: Some(other),
            ..self
        }
    }

    /// The language whose runtime runs the programs, if not this one.
    pub(super) fn runner(&self) -> Option<&LanguageId> {
        self.runs_on.as_ref()
    }

    /// The name of the language.
    pub fn id(&self) -> &LanguageId {
        &self.id
    }

    /// The file that is usually run.
    pub fn entry(&self) -> &FileName {
        &self.entry
    }

    /// Whether a file is source text of the language.
    pub(super) fn is_source(&self, name: &FileName) -> bool {
        name.extension()
            .is_some_and(|extension| self.extensions.iter().any(|e| e == extension))
    }

    /// The runtime if it was loaded before; never waits for one that is being loaded.
    pub(super) fn loaded(&self) -> Option<Arc<Template>> {
        self.loaded.try_lock().ok()?.clone()
    }

    /// The runtime, loaded now if it was not before; none when it is not installed. That is
    /// asked anew each time, so that installing one needs no restart.
    pub(super) fn load(&self, engine: &Engine) -> Result<Option<Arc<Template>>, PortError> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if loaded.is_none() {
            *loaded = (self.load)(engine)?.map(Arc::new);
        }
        Ok(loaded.clone())
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime")
            .field("id", &self.id)
            .field("entry", &self.entry)
            .field("extensions", &self.extensions)
            .field("runs_on", &self.runs_on)
            .finish_non_exhaustive()
    }
}
