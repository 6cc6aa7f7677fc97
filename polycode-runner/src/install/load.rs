//! Compiled modules: made, kept with a seal, and loaded only when it still fits.
//!
//! A seal is the digest of the file, and its stamp: what the system says of it, down to the time of
//! its last change. Reading hundreds of megabytes for the digest takes a second or more, so it is
//! only done when the stamp is another one: after a copy, say, or a change.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use wasmtime::{Engine, Module};

use crate::engine;
use crate::install::InstallError;
use crate::install::home::{compiled_path, seal_path, write_whole};
use crate::language::Language;

/// Compiles a module for this machine and keeps it.
pub(super) fn compile(engine: &Engine, wasm: &[u8], path: &Path) -> Result<(), InstallError> {
    let compiled = engine::precompiled(engine, wasm).map_err(InstallError::Compile)?;
    let digest = hex::encode(Sha256::digest(&compiled));
    // A module without its seal is not loaded, so it comes first.
    write_whole(path, &compiled)?;
    let file = File::open(path).map_err(InstallError::io(path))?;
    seal(path, &digest, &file)
}

fn seal(path: &Path, digest: &str, file: &File) -> Result<(), InstallError> {
    let stamp = stamp_of(file).map_err(InstallError::io(path))?;
    write_whole(&seal_path(path), format!("{digest}\n{stamp}\n").as_bytes())
}

/// A compiled module that was kept; none if there is none that is whole.
pub(super) fn kept(engine: &Engine, path: &Path) -> Result<Option<Module>, InstallError> {
    let opened = fs::read_to_string(seal_path(path)).and_then(|seal| Ok((seal, File::open(path)?)));
    let (sealed, mut file) = match opened {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(InstallError::io(path)(error)),
    };
    let (expected, stamp) = sealed.split_once('\n').unwrap_or((&sealed, ""));
    let stamp_now = stamp_of(&file).map_err(InstallError::io(path))?;
    if stamp_now.is_empty() || stamp.trim_end() != stamp_now {
        let found = digest_of(&mut file).map_err(InstallError::io(path))?;
        if found != expected {
            return Err(InstallError::Digest {
                what: path.display().to_string(),
                found,
                expected: expected.to_owned(),
            });
        }
        // For the next time; where nothing can be written, the digest is made again then.
        let _ = seal(path, expected, &file);
    }
    deserialize(engine, file)
        .map(Some)
        .map_err(InstallError::Compile)
}

/// What changes whenever a file does: its number, length, and the times of its last changes, the
/// second of which no program can set.
#[cfg(unix)]
fn stamp_of(file: &File) -> io::Result<String> {
    use std::os::unix::fs::MetadataExt as _;
    let is = file.metadata()?;
    let (device, number, length) = (is.dev(), is.ino(), is.len());
    let (modified, modified_ns) = (is.mtime(), is.mtime_nsec());
    let (changed, changed_ns) = (is.ctime(), is.ctime_nsec());
    Ok(format!(
        "{device} {number} {length} {modified}.{modified_ns:09} {changed}.{changed_ns:09}"
    ))
}

/// Other systems tell no such time: the digest is always made.
#[cfg(not(unix))]
fn stamp_of(_: &File) -> io::Result<String> {
    Ok(String::new())
}

/// A module that is part of this crate, compiled when it was not yet. Where nothing can be kept,
/// it is compiled each time.
pub(super) fn bundled(
    engine: &Engine,
    language: &Language,
    wasm: &[u8],
    home: &Path,
) -> Result<Module, InstallError> {
    let path = compiled_path(home, language, &Sha256::digest(wasm), engine);
    if let Ok(Some(module)) = kept(engine, &path) {
        return Ok(module);
    }
    let kept_now = compile(engine, wasm, &path).and_then(|()| kept(engine, &path));
    match kept_now {
        Ok(Some(module)) => Ok(module),
        Err(error @ InstallError::Compile(_)) => Err(error),
        _ => engine::module(engine, wasm).map_err(InstallError::Compile),
    }
}

/// The digest of all that is left of a file.
pub(super) fn digest_of(file: &mut File) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Ok(hex::encode(digest.finalize()));
        };
        digest.update(bytes);
    }
}

/// The one place where foreign bytes become code.
#[expect(
    unsafe_code,
    reason = "wasmtime can't verify a compiled module; its seal was checked"
)]
fn deserialize(engine: &Engine, file: File) -> wasmtime::Result<Module> {
    // SAFETY: the bytes are what `compile` wrote: the seal that it kept beside them was
    // compared on this same open file. Whoever can change both files, in the user's own folder,
    // can run code as the user already. Files are replaced by renaming, never written in place,
    // so the mapping does not change underneath.
    unsafe { Module::deserialize_open_file(engine, file) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::new_engine;

    const WASM: &str = "(module (func (export \"f\") (result i32) (i32.const 7)))";

    #[test]
    fn what_was_compiled_is_loaded() {
        let engine = new_engine(1).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.cwasm");
        assert!(kept(&engine, &path).unwrap().is_none());
        compile(&engine, &wat::parse_str(WASM).unwrap(), &path).unwrap();
        let module = kept(&engine, &path).unwrap().unwrap();
        assert!(module.get_export("f").is_some());
    }

    #[test]
    fn a_changed_file_is_refused() {
        let engine = new_engine(1).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.cwasm");
        compile(&engine, &wat::parse_str(WASM).unwrap(), &path).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        write_whole(&path, &bytes).unwrap();
        assert!(matches!(
            kept(&engine, &path),
            Err(InstallError::Digest { .. })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_the_stamp_of_its_seal_is_not_read_for_its_digest() {
        let engine = new_engine(1).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.cwasm");
        compile(&engine, &wat::parse_str(WASM).unwrap(), &path).unwrap();
        let sealed = fs::read_to_string(seal_path(&path)).unwrap();
        let (digest, stamp) = sealed.split_once('\n').unwrap();
        let other = "0".repeat(digest.len());
        // With a digest that is wrong, only the stamp can be what is believed.
        write_whole(&seal_path(&path), format!("{other}\n{stamp}").as_bytes()).unwrap();
        assert!(kept(&engine, &path).unwrap().is_some());
        // A file that was copied has another stamp: it is sealed anew by its digest.
        let bytes = fs::read(&path).unwrap();
        write_whole(&path, &bytes).unwrap();
        assert!(kept(&engine, &path).is_err());
        write_whole(&seal_path(&path), format!("{digest}\n{stamp}").as_bytes()).unwrap();
        assert!(kept(&engine, &path).unwrap().is_some());
        let anew = fs::read_to_string(seal_path(&path)).unwrap();
        assert!(anew.starts_with(digest) && anew != sealed, "{anew}");
    }

    #[test]
    fn a_bundled_module_is_mended_or_compiled_anew() {
        let engine = new_engine(1).unwrap();
        let language = crate::language::find("javascript").unwrap();
        let wasm = wat::parse_str(WASM).unwrap();
        let folder = tempfile::tempdir().unwrap();
        bundled(&engine, language, &wasm, folder.path()).unwrap();
        let path = compiled_path(folder.path(), language, &Sha256::digest(&wasm), &engine);
        write_whole(&path, b"not a module").unwrap();
        bundled(&engine, language, &wasm, folder.path()).unwrap();
        assert!(kept(&engine, &path).unwrap().is_some());
        // A home that can't be written to.
        let file = tempfile::NamedTempFile::new().unwrap();
        bundled(&engine, language, &wasm, file.path()).unwrap();
    }
}
