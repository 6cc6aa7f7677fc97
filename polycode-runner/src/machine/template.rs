//! A runtime that is ready to be instantiated: compiled, linked, and checked once.

use std::fmt;

use serde::Deserialize;
use wasmtime::{Engine, ExternType, ImportType, InstancePre, Linker, Module, Val, ValType};

use crate::files::Content;
use crate::machine::bridges::Bridges;
use crate::machine::{Guest, Telling};
use crate::wasi;

/// A runtime, from which each run gets an instance of its own.
pub struct Template {
    pub(super) instance: InstancePre<Guest>,
    pub(super) start: Start,
    pub(super) fuel_per_ms: u64,
    pub(super) mounts: Vec<Mount>,
    pub(super) reserved_bytes: u64,
    pub(super) bridges: Bridges,
}

/// How a runtime is started.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Start {
    /// As a WASI command, by `_start`, with the name and the arguments of the run. Its root folder
    /// is the one of the program's files, which is `/box` too; `/tmp` and `/usr` are beside them.
    Command,
    /// As a command that finds the request of its run in `/run`, beside what a command has, and
    /// answers there.
    Caller,
    /// As a compiler: a command that leaves at `/tmp/out` what it made.
    Compiler,
    /// As a WASI command with the same arguments in all runs: it finds those of the run in its
    /// request.
    Script {
        /// The arguments, with its own name as the first.
        args: Vec<String>,
        /// Variables of its environment, as `NAME=value`.
        environment: Vec<String>,
    },
    /// As a snapshot that is told a text, the same in all runs.
    Told {
        /// How.
        by: Telling,
        /// The text.
        text: String,
    },
}

impl Start {
    /// Where an answer is left, from the root.
    pub(super) const fn answer(&self) -> &'static str {
        match self {
            Self::Compiler => "tmp/out",
            Self::Command | Self::Caller | Self::Script { .. } | Self::Told { .. } => "run/answer",
        }
    }

    /// The folders that are open from the start, by the paths that the program knows them by and
    /// by those from the root.
    pub(super) const fn folders(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Command | Self::Compiler => &[
                ("/", "box"),
                ("/box", "box"),
                ("/tmp", "tmp"),
                ("/usr", "usr"),
            ],
            Self::Caller => &[
                ("/", "box"),
                ("/box", "box"),
                ("/tmp", "tmp"),
                ("/usr", "usr"),
                ("/run", "run"),
            ],
            Self::Script { .. } | Self::Told { .. } => &[("/", ".")],
        }
    }
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stub {
    /// The module of the import.
    pub module: String,
    /// Its name; without it, all that the runtime imports from the module.
    pub name: Option<String>,
}

impl Stub {
    fn stands_for(&self, import: &ImportType<'_>) -> bool {
        let name = self.name.as_deref();
        self.module == import.module() && name.is_none_or(|name| name == import.name())
    }
}

/// Why a runtime can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It asks for something that the sandbox does not offer.
    #[error("it imports `{module}.{name}`, which the sandbox does not offer")]
    Import {
        /// The module of the import.
        module: String,
        /// Its name.
        name: String,
    },
    /// It does not fit together with the sandbox.
    #[error("it can't be linked: {0}")]
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
        stubs: &[Stub],
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
            reserved_bytes: 0,
            bridges: Bridges::default(),
        })
    }

    /// Memory that the runtime takes for itself at its start and leaves untouched: it is no part
    /// of what a program uses.
    #[must_use]
    pub fn reserving(self, reserved_bytes: u64) -> Self {
        Self {
            reserved_bytes,
            ..self
        }
    }

    /// Checks whether it can be started as a WASI command.
    ///
    /// # Errors
    /// What it lacks, in words.
    pub fn check_command(&self) -> Result<(), &'static str> {
        let module = self.instance.module();
        let starts = module.get_export("_start").is_some_and(|start| {
            let ty = start.func();
            ty.is_some_and(|ty| ty.params().len() == 0 && ty.results().len() == 0)
        });
        let memory = module.get_export("memory");
        match (
            starts,
            memory.is_some_and(|memory| memory.memory().is_some()),
        ) {
            (true, true) => Ok(()),
            (false, _) => Err("it exports no function `_start` without parameters and results"),
            (_, false) => Err("it exports no memory as `memory`"),
        }
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
            .field("reserved_bytes", &self.reserved_bytes)
            .finish_non_exhaustive()
    }
}

/// All that a module may import: WASI preview 1, and its stubs.
pub(crate) fn linker(
    engine: &Engine,
    module: &Module,
    stubs: &[Stub],
) -> Result<Linker<Guest>, TemplateError> {
    let mut linker = Linker::new(engine);
    wasi::add_to_linker(&mut linker).map_err(TemplateError::Link)?;
    for import in module.imports() {
        let is_stub = stubs.iter().any(|stub| stub.stands_for(&import));
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
