//! The runtime of a language, loaded when it is first needed.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use polycode_core::id::LanguageId;
use polycode_core::judging::FileName;
use polycode_core::port::PortError;
use wasmtime::Engine;

use crate::language::{Build, Harnesses};
use crate::machine::Template;

/// Makes a runtime ready: none when it is not installed.
type Load = dyn Fn(&Engine) -> Result<Option<Template>, PortError> + Send + Sync;

/// A language that a runner can run.
pub struct Runtime {
    id: LanguageId,
    entry: FileName,
    extensions: Vec<String>,
    way: Way,
    harnesses: Harnesses,
    load: Box<Load>,
    loaded: Mutex<Option<Arc<Template>>>,
}

/// What becomes of a program before it runs.
#[derive(Debug, Clone)]
pub(super) enum Way {
    /// The runtime checks it, and then runs it.
    Interpreted,
    /// The runtime translates it, and that of another language runs it.
    Translated(LanguageId),
    /// The runtime compiles it, and it runs by itself.
    Built(Arc<Build>),
    /// It is a module already. The fuel of a millisecond of the reference core.
    ReadyMade(u64),
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
            way: Way::Interpreted,
            harnesses: Harnesses::default(),
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
            way: Way::Translated(other),
            ..self
        }
    }

    /// Makes it a compiler: its programs are built before they run, each run of it leaving what
    /// it made at `/tmp/out`.
    #[must_use]
    pub fn builds(self, build: Build) -> Self {
        Self {
            way: Way::Built(Arc::new(build)),
            ..self
        }
    }

    /// Makes it the language of programs that are WebAssembly modules already, with how much fuel
    /// they may use for each millisecond. Nothing is loaded.
    #[must_use]
    pub fn ready_made(self, fuel_per_ms: u64) -> Self {
        Self {
            way: Way::ReadyMade(fuel_per_ms),
            ..self
        }
    }

    /// Says what runs tests that are written in it, and its programs where they are tested.
    #[must_use]
    pub fn tested_by(self, harnesses: Harnesses) -> Self {
        Self { harnesses, ..self }
    }

    /// What runs tests and tested programs.
    pub(super) const fn harnesses(&self) -> Harnesses {
        self.harnesses
    }

    /// What becomes of its programs.
    pub(super) const fn way(&self) -> &Way {
        &self.way
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
            .field("way", &self.way)
            .finish_non_exhaustive()
    }
}
