//! The folder where runtimes are kept.

use std::env;
use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use wasmtime::Engine;

use crate::engine::fit;
use crate::install::InstallError;
use crate::install::functions::MAPPED;
use crate::language::{Header, Language, Module, PackageArchive, PackageFile, Packaged, Sha256Hex};

/// There is no folder to keep runtimes in.
#[derive(Debug, thiserror::Error)]
#[error("there is no folder for runtimes: set POLYCODE_HOME to one")]
pub struct NoHome;

/// The folder for runtimes: `POLYCODE_HOME`, or else `polycode` in the user's cache folder.
///
/// # Errors
/// [`NoHome`] when there is neither.
pub fn default_home() -> Result<PathBuf, NoHome> {
    if let Some(home) = env::var_os("POLYCODE_HOME").filter(|home| !home.is_empty()) {
        return Ok(home.into());
    }
    let dirs = ProjectDirs::from("", "", "polycode").ok_or(NoHome)?;
    Ok(dirs.cache_dir().to_owned())
}

/// Where one version of a runtime is kept.
#[derive(Debug)]
pub(super) struct Slot<'a> {
    home: &'a Path,
    packaged: Packaged<'a>,
}

impl<'a> Slot<'a> {
    pub(super) fn new(home: &'a Path, packaged: Packaged<'a>) -> Self {
        Self { home, packaged }
    }

    /// The folder of what was unpacked.
    pub(super) fn folder(&self) -> PathBuf {
        let package = self.packaged.package;
        let digest = match &package.module {
            // The same on all kinds of machines, and another one when anything that is made is.
            Module::Made { sha256, .. } => {
                let archives = package.archives.iter().map(|archive| &archive.sha256);
                let made = std::iter::once(sha256).chain(archives);
                hex::encode(Sha256::digest(
                    made.map(Sha256Hex::as_str).collect::<String>(),
                ))
            }
            Module::File { .. } | Module::Guest(_) => package.sha256.as_str().to_owned(),
        };
        let digest = digest.get(..16).unwrap_or_default();
        self.home
            .join("runtimes")
            .join(format!("{}-{digest}", self.packaged.owner.id))
    }

    /// The runtime as it was in the package.
    pub(super) fn module(&self) -> PathBuf {
        self.folder().join("runtime.wasm")
    }

    /// A file that each run needs.
    pub(super) fn file(&self, file: &PackageFile) -> PathBuf {
        self.folder()
            .join("files")
            .join(file.mount.rsplit('/').next().unwrap_or(&file.mount))
    }

    /// An archive whose files each run sees.
    pub(super) fn archive(&self, archive: &PackageArchive) -> PathBuf {
        let name = archive.from.rsplit('/').next().unwrap_or(&archive.from);
        self.folder().join("files").join(name)
    }

    /// A header that was compiled in advance: its name says all that it depends on.
    pub(super) fn header(&self, language: &Language, header: &Header) -> PathBuf {
        let mut digest = Sha256::new();
        digest.update(self.packaged.package.sha256.as_str());
        digest.update(format!("{header:?}"));
        for file in &language.files {
            digest.update(file.mount.as_str());
            digest.update(file.data.bytes());
        }
        let digest = hex::encode(digest.finalize());
        let digest = digest.get(..16).unwrap_or_default();
        let name = format!("{}-{digest}.pch", language.id);
        self.home.join("compiled").join(name)
    }

    /// The runtime, compiled for this engine.
    pub(super) fn compiled(&self, engine: &Engine) -> PathBuf {
        let mut digest = Sha256::new();
        match &self.packaged.package.module {
            Module::File { sha256, .. } | Module::Made { sha256, .. } => {
                digest.update(sha256.as_str());
            }
            Module::Guest(guest) => {
                digest.update(guest.wasm());
                digest.update(self.packaged.package.sha256.as_str());
            }
        }
        if let Some(snapshot) = self.packaged.snapshot {
            digest.update(format!("{:?}", super::preparation(snapshot)));
            digest.update(format!("{:?}", snapshot.without));
            digest.update(MAPPED.to_le_bytes());
        }
        compiled_path(
            self.home,
            self.packaged.prepared,
            &digest.finalize(),
            engine,
        )
    }

    pub(super) fn is_unpacked(&self) -> bool {
        // The folder appears as a whole.
        self.folder().is_dir()
    }

    pub(super) fn is_complete(&self, engine: &Engine) -> bool {
        let compiled = self.compiled(engine);
        self.is_unpacked() && compiled.is_file() && seal_path(&compiled).is_file()
    }
}

/// The name of a compiled module says all that it depends on.
pub(super) fn compiled_path(
    home: &Path,
    language: &Language,
    source_digest: &[u8],
    engine: &Engine,
) -> PathBuf {
    let source = hex::encode(source_digest);
    let source = source.get(..16).unwrap_or_default();
    let name = format!("{}-{source}-{:016x}.cwasm", language.id, fit(engine));
    home.join("compiled").join(name)
}

/// Beside a compiled module: its seal.
pub(super) fn seal_path(compiled: &Path) -> PathBuf {
    compiled.with_extension("seal")
}

/// Writes a file as a whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), InstallError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(InstallError::io(folder))?;
    let mut file = NamedTempFile::new_in(folder).map_err(InstallError::io(folder))?;
    write_with_holes(file.as_file_mut(), bytes).map_err(InstallError::io(path))?;
    file.as_file().sync_all().map_err(InstallError::io(path))?;
    file.persist(path)
        .map_err(|error| InstallError::io(path)(error.error))?;
    Ok(())
}

/// Writes bytes, and leaves out blocks of zeros, which take no room then where the file system can do
/// that: most of a mapped memory is zeros.
fn write_with_holes(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    static ZEROS: [u8; 64 << 10] = [0; 64 << 10];
    let mut at = 0;
    for block in bytes.chunks(ZEROS.len()) {
        if !ZEROS.starts_with(block) {
            file.seek(SeekFrom::Start(at))?;
            file.write_all(block)?;
        }
        at += block.len() as u64;
    }
    file.set_len(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn zeros_are_read_back_where_they_were_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("holes");
        let mut bytes = vec![0; 300_000];
        bytes[70_000] = 7;
        for len in [0, 1, 65_536, 131_072, 131_073, 300_000] {
            write_whole(&path, &bytes[..len]).unwrap();
            assert!(fs::read(&path).unwrap() == bytes[..len], "{len}");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let file = NamedTempFile::new().unwrap();
        let error = write_whole(&file.path().join("x/y"), b"").unwrap_err();
        assert!(
            error.to_string().contains(&*file.path().to_string_lossy()),
            "{error}"
        );
    }
}
