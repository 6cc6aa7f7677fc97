//! Runtimes that are made of their packages when these are installed.
//!
//! What runs natively here reads only what was verified: the package, and files of this crate. What
//! it makes is the same to the byte on every machine, which is verified, too.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::install::InstallError;
use crate::install::archive::{appear, extract};
use crate::install::fetch::{Obtained, last_lines};
use crate::install::home::{Slot, write_whole};
use crate::install::without::overlay;
use crate::language::{Maker, Package, Sha256Hex};

/// Texts of `guests/go` by their names.
macro_rules! texts {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../guests/go/", $path)))),+]
    };
}

/// The compiler in the sandbox, a program of Go's own packages; and the packages that call functions of
/// programs, and do what tests ask of them.
const TOOLS: &[(&str, &str)] = texts![
    "go.mod",
    "main.go",
    "plan.go",
    "functions.go",
    "tested.go",
    "constants.go",
    "internal/call/call.go",
    "internal/call/read.go",
    "internal/call/write.go",
    "internal/tested/calls.go",
    "internal/tested/collections.go",
    "internal/tested/decode.go",
    "internal/tested/encode.go",
    "internal/tested/errors.go",
    "internal/tested/functions.go",
    "internal/tested/line.go",
    "internal/tested/names.go",
    "internal/tested/numbers.go",
    "internal/tested/objects.go",
    "internal/tested/operations.go",
];

/// The packages of these that programs are compiled with.
const OWN: [&str; 2] = ["./internal/call", "./internal/tested"];

/// Packages of the standard library that are left out unless others need them: those for networks
/// and databases, of which there are none in the sandbox, and for tools. So are those that programs
/// can't import.
const LEFT_OUT: [&str; 14] = [
    "cmd",
    "crypto/tls",
    "crypto/x509",
    "database",
    "debug",
    "expvar",
    "go/importer",
    "go/types",
    "log/syslog",
    "net/http",
    "net/rpc",
    "net/smtp",
    "plugin",
    "vendor",
];

/// Flags of all builds: nothing of debuggers, and nothing of other machines' profiles.
const FLAGS: [&str; 3] = ["-trimpath", "-pgo=off", "-gcflags=all=-dwarf=false"];

/// Makes the runtime and its archives. The folder appears as a whole.
pub(super) fn make(
    obtained: &Obtained,
    by: Maker,
    module: &Sha256Hex,
    package: &Package,
    slot: &Slot<'_>,
) -> Result<(), InstallError> {
    let Maker::Go = by;
    let folder = slot.folder();
    let parent = folder.parent().unwrap_or(&folder);
    fs::create_dir_all(parent).map_err(InstallError::io(parent))?;
    let work = TempDir::new_in(parent).map_err(InstallError::io(parent))?;
    extract(&obtained.path, work.path(), &|name| {
        !name.contains("/testdata/") && !name.ends_with("_test.go")
    })?;
    let go = Go::new(work.path())?;
    let (wasm, library) = (go.compiler()?, go.library()?);
    let made = TempDir::new_in(parent).map_err(InstallError::io(parent))?;
    let into = |path: PathBuf| match path.strip_prefix(&folder) {
        Ok(rest) => made.path().join(rest),
        Err(_) => made.path().join(&path),
    };
    keep("the compiler", module, &into(slot.module()), &wasm)?;
    for archive in &package.archives {
        keep(
            &archive.from,
            &archive.sha256,
            &into(slot.archive(archive)),
            &library,
        )?;
    }
    for licence in &package.licences {
        let from = work.path().join(licence);
        let bytes = fs::read(&from).map_err(InstallError::io(&from))?;
        let name = licence.rsplit('/').next().unwrap_or(licence);
        write_whole(&made.path().join("LICENSES").join(name), &bytes)?;
    }
    appear(made, &folder)
}

/// Keeps what was made, if it is what it should be.
fn keep(what: &str, expected: &Sha256Hex, path: &Path, bytes: &[u8]) -> Result<(), InstallError> {
    let found = hex::encode(Sha256::digest(bytes));
    if found != expected.as_str() {
        return Err(InstallError::Digest {
            what: what.to_owned(),
            found,
            expected: expected.as_str().to_owned(),
        });
    }
    write_whole(path, bytes)
}

/// Go's own tools, in a folder that goes when all is made.
#[derive(Debug)]
struct Go {
    folder: PathBuf,
    root: PathBuf,
    tools: PathBuf,
}

impl Go {
    fn new(folder: &Path) -> Result<Self, InstallError> {
        let root = folder.join("go");
        let natives = root.join("pkg/tool");
        let mut programs = vec![
            root.join("bin")
                .join(format!("go{}", std::env::consts::EXE_SUFFIX)),
        ];
        for machine in entries(&natives)? {
            programs.extend(entries(&machine)?);
        }
        // A wheel does not say what can be executed.
        #[cfg(unix)]
        for program in &programs {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(program, fs::Permissions::from_mode(0o755))
                .map_err(InstallError::io(program))?;
        }
        let tools = folder.join("tools");
        for (name, text) in TOOLS {
            write_whole(&tools.join(name), text.as_bytes())?;
        }
        let folder = folder.to_owned();
        Ok(Self {
            folder,
            root,
            tools,
        })
    }

    /// The compiler and the linker as one module.
    fn compiler(&self) -> Result<Vec<u8>, InstallError> {
        let overlay = overlay(&self.root.join("src/cmd"), &self.folder.join("without"))?;
        let out = self.folder.join("tools.wasm");
        let given: [OsString; 7] = [
            // Without what counts how often a tool is used.
            "-tags=cmd_go_bootstrap".into(),
            "-overlay".into(),
            overlay.into(),
            "-ldflags=-s -w -buildid=".into(),
            "-o".into(),
            out.clone().into(),
            ".".into(),
        ];
        self.run("build", &given)?;
        fs::read(&out).map_err(InstallError::io(&out))
    }

    /// The compiled standard library, as an archive with a list of its packages.
    fn library(&self) -> Result<Vec<u8>, InstallError> {
        let listed = self.run("list", &["std".into()])?;
        let is_left_out = |path: &str| {
            let is_below = |start: &str| {
                path.strip_prefix(start)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            path.split('/').any(|name| name == "internal")
                || LEFT_OUT.iter().any(|name| is_below(name))
        };
        let wanted = listed.lines().filter(|path| !is_left_out(path));
        let mut given: Vec<OsString> = ["-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"]
            .map(Into::into)
            .into();
        given.extend(wanted.chain(OWN).map(Into::into));
        let listed = self.run("list", &given)?;
        let mut packages: Vec<_> = listed
            .lines()
            .filter_map(|line| line.split_once('='))
            .collect();
        packages.retain(|(_, file)| !file.is_empty());
        packages.sort_unstable();
        archived(&packages).map_err(|error| InstallError::Make(error.to_string()))
    }

    /// Runs a command of `go` where the sources of the tools are; what it writes to standard output.
    fn run(&self, command: &str, given: &[OsString]) -> Result<String, InstallError> {
        let failed = |words: String| InstallError::Make(format!("go {command}: {words}"));
        let mut go = Command::new(self.root.join("bin").join("go"));
        go.arg(command)
            .args(FLAGS)
            .args(given)
            .current_dir(&self.tools);
        go.env_clear()
            .envs(
                ["SystemRoot"]
                    .iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .envs([("GOOS", "wasip1"), ("GOARCH", "wasm"), ("CGO_ENABLED", "0")])
            .envs([
                ("GOENV", "off"),
                ("GOWORK", "off"),
                ("GOTOOLCHAIN", "local"),
                ("GOTELEMETRY", "off"),
            ])
            .envs([("GOPROXY", "off"), ("GOSUMDB", "off"), ("GOVCS", "*:off")])
            // Each tool ends soon, and takes less time when it seldom looks for garbage.
            .env("GOGC", "400")
            .env("GOROOT", &self.root)
            .env("GOCACHE", self.folder.join("cache"))
            .env("GOPATH", self.folder.join("path"))
            .env("HOME", &self.folder)
            .env("TMPDIR", &self.folder)
            .env("TMP", &self.folder);
        let output = go
            .stdin(Stdio::null())
            .output()
            .map_err(|error| failed(error.to_string()))?;
        if !output.status.success() {
            return Err(failed(last_lines(&output.stderr)));
        }
        String::from_utf8(output.stdout).map_err(|error| failed(error.to_string()))
    }
}

/// Packages as files of an archive that is the same whenever it is made.
fn archived(packages: &[(&str, &str)]) -> io::Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut add = |name: &str, bytes: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        archive.append_data(&mut header, name, bytes)
    };
    let names: Vec<_> = packages.iter().map(|(path, _)| *path).collect();
    add("packages", names.join("\n").as_bytes())?;
    for (path, file) in packages {
        add(&format!("{path}.a"), &fs::read(file)?)?;
    }
    archive.into_inner()
}

/// What is in a folder, in the order of names.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, InstallError> {
    let read = || {
        fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path()))
            .collect()
    };
    let mut paths: Vec<_> = io::Result::map_err(read(), InstallError::io(folder))?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_must_be_what_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let digest = Sha256Hex::try_from(hex::encode(Sha256::digest(b"made"))).unwrap();
        let error = keep("x", &digest, &path, b"another").unwrap_err();
        assert!(matches!(error, InstallError::Digest { .. }), "{error}");
        assert!(!path.exists());
        keep("x", &digest, &path, b"made").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"made");
    }

    #[test]
    fn an_archive_depends_on_nothing_but_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| {
            let path = folder.path().join(name);
            fs::write(&path, "bytes").unwrap();
            path.display().to_string()
        });
        let made = archived(&[("a/b", &one)]).unwrap();
        assert_eq!(made, archived(&[("a/b", &other)]).unwrap());
        assert_ne!(made, archived(&[("a/c", &one)]).unwrap());
        let mut archive = tar::Archive::new(&*made);
        let names = archive.entries().unwrap();
        let names = names.map(|entry| entry.unwrap().path().unwrap().into_owned());
        assert!(names.eq([PathBuf::from("packages"), PathBuf::from("a/b.a")]));
    }

    #[test]
    fn a_tool_that_fails_is_told_by_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let error = Go::new(folder.path()).unwrap_err();
        assert!(matches!(error, InstallError::Io { .. }), "{error}");
    }
}
