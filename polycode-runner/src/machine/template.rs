//! A runtime that is ready to be instantiated: compiled, linked, and checked once.

use std::fmt;

use wasmtime::{Engine, ExternType, InstancePre, Linker, Module, Val, ValType};

use crate::files::Content;
use crate::machine::Guest;
use crate::wasi;

/// A runtime, from which each run gets an instance of its own.
pub struct Template {
    pub(super) instance: InstancePre<Guest>,
    pub(super) start: Start,
    pub(super) fuel_per_ms: u64,
    pub(super) mounts: Vec<Mount>,
}

/// How a runtime is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// As a WASI command, by `_start`.
    Command,
    /// As a snapshot that waits for a turn: `host_alloc` makes room for the text of the request,
    /// `turn` takes it and returns 0 when all went well.
    Turn {
        /// The text, the same for all runs.
        request: String,
    },
}

/// A file that a runtime needs.
#[derive(Debug, Clone)]
pub struct Mount {
    /// Its path in the program's file system, from the root.
    pub path: String,
    /// Its bytes.
    pub content: Content,
}

/// An import that a runtime asks for but can do without: it answers -1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stub<'a> {
    /// The module of the import.
    pub module: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// Why a runtime can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It asks for something that the sandbox does not offer.
    #[error("the runtime imports `{module}.{name}`, which the sandbox does not offer")]
    Import {
        /// The module of the import.
        module: String,
        /// Its name.
        name: String,
    },
    /// It does not fit together with the sandbox.
    #[error("the runtime can't be linked: {0}")]
    Link(wasmtime::Error),
}

impl Template {
    /// Links a runtime.
    ///
    /// # Errors
    /// [`TemplateError`] when it asks for what is not offered.
    pub fn new(
        engine: &Engine,
        module: &Module,
        start: Start,
        fuel_per_ms: u64,
        mounts: Vec<Mount>,
        stubs: &[Stub<'_>],
    ) -> Result<Self, TemplateError> {
        let linker = linker(engine, module, stubs)?;
        let instance = linker
            .instantiate_pre(module)
            .map_err(TemplateError::Link)?;
        Ok(Self {
            instance,
            start,
            fuel_per_ms,
            mounts,
        })
    }

    /// How much fuel a millisecond of the reference core is.
    pub const fn fuel_per_ms(&self) -> u64 {
        self.fuel_per_ms
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template")
            .field("start", &self.start)
            .field("fuel_per_ms", &self.fuel_per_ms)
            .field("mounts", &self.mounts)
            .finish_non_exhaustive()
    }
}

/// All that a module may import: WASI preview 1, and its stubs.
pub(crate) fn linker(
    engine: &Engine,
    module: &Module,
    stubs: &[Stub<'_>],
) -> Result<Linker<Guest>, TemplateError> {
    let mut linker = Linker::new(engine);
    wasi::add_to_linker(&mut linker).map_err(TemplateError::Link)?;
    for import in module.imports() {
        let is_stub = stubs
            .iter()
            .any(|stub| stub.module == import.module() && stub.name == import.name());
        match import.ty() {
            ExternType::Func(_) if import.module() == wasi::MODULE => {}
            ExternType::Func(ty) if is_stub => {
                let no: Vec<_> = ty.results().map(|ty| no_value(&ty)).collect();
                linker
                    .func_new(import.module(), import.name(), ty, move |_, _, results| {
                        for (result, no) in results.iter_mut().zip(&no) {
                            *result = *no;
                        }
                        Ok(())
                    })
                    .map_err(TemplateError::Link)?;
            }
            _ => {
                return Err(TemplateError::Import {
                    module: import.module().to_owned(),
                    name: import.name().to_owned(),
                });
            }
        }
    }
    Ok(linker)
}

/// What a stub answers.
fn no_value(ty: &ValType) -> Val {
    match ty {
        ValType::I32 => Val::I32(-1),
        ValType::I64 => Val::I64(-1),
        _ => Val::default_for_ty(ty).unwrap_or(Val::I32(-1)),
    }
}
