//! Builds the guests that are kept in the repository: the JavaScript runtime.
//!
//! Everything that goes into it is pinned by its digest: the engine's sources come from a crate,
//! the compiler from a wheel, both fetched by the usual tools. The result is the same to the byte
//! wherever it is built, so `--check` can compare.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use polycode_runner::engine::new_engine;
use polycode_runner::install::{Preparation, snapshot};
use sha2::{Digest as _, Sha256};

use crate::step;

/// The crate that carries the sources of QuickJS-NG 0.16.
const CRATE: &str = "rquickjs-sys";
const CRATE_VERSION: &str = "0.14.0";
const CRATE_SHA256: &str = "cee271d0eeba64f0915b846cb7ae02e16faf3dfdffdca91731101d9d30fe3423";

/// The wheel that carries a C compiler for WebAssembly, with its C library.
const COMPILER: &str = "ziglang==0.17.0";

/// The digest of the compiler's wheel for Linux on x86-64, where the guest is built.
const COMPILER_HASHES: &str =
    " --hash=sha256:97079827064a7492cce5541ceb438ae8003ce1e54e399676da2d62fb7a5dc08b";

/// Linear memory for C's own stack, above the bound that the engine keeps to.
const STACK_BYTES: u32 = 4 << 20;

/// Builds the guests, or with `check` builds them and compares with what is kept.
///
/// # Errors
/// When a tool is missing or fails, something that was fetched is not what it should be, or the
/// result differs from what is kept.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = step::root();
    let work = step::target().join("guests");
    fs::create_dir_all(&work)?;
    let sources = engine_sources(&work)?;
    let compiler = compiler(&work)?;
    let built = javascript(&root, &work, &sources, &compiler)?;
    let kept = root.join("polycode-runner/guests/javascript.wasm");
    let digest = hex::encode(Sha256::digest(&built));
    if check {
        let known = fs::read(&kept).with_context(|| format!("reading {}", kept.display()))?;
        let again = javascript(&root, &work, &sources, &compiler)?;
        ensure!(again == built, "two builds of the JavaScript guest differ");
        ensure!(
            known == built,
            "{} is not what its sources make of it: run `cargo xtask guests`",
            kept.display()
        );
        println!("javascript.wasm is what its sources make of it ({digest})");
    } else {
        fs::write(&kept, &built)?;
        println!("javascript.wasm: {} bytes, sha256 {digest}", built.len());
    }
    Ok(())
}

/// The folder of the engine's sources, as cargo unpacked them after it checked the digest.
fn engine_sources(work: &Path) -> Result<PathBuf> {
    let project = work.join("engine");
    fs::create_dir_all(project.join("src"))?;
    fs::write(project.join("src/lib.rs"), "")?;
    let manifest = project.join("Cargo.toml");
    let text = format!(
        "[package]\nname = \"engine\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{CRATE} = \"={CRATE_VERSION}\"\n\n[workspace]\n"
    );
    fs::write(&manifest, text)?;
    let arguments = ["metadata", "--format-version=1", "--manifest-path"];
    let metadata = output(step::cargo().args(arguments).arg(&manifest))?;
    let lock = fs::read_to_string(project.join("Cargo.lock"))?;
    ensure!(
        lock.contains(CRATE_SHA256),
        "{CRATE} {CRATE_VERSION} has another digest than expected"
    );
    let metadata: serde_json::Value = serde_json::from_slice(&metadata)?;
    let packages = metadata
        .get("packages")
        .and_then(|packages| packages.as_array())
        .context("cargo metadata lists no packages")?;
    let package = packages.iter().find(|package| package["name"] == CRATE);
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    let folder = manifest.and_then(|path| Path::new(path).parent());
    Ok(folder
        .with_context(|| format!("cargo did not fetch {CRATE}"))?
        .join("quickjs"))
}

/// A Python that has the compiler as a module.
fn compiler(work: &Path) -> Result<PathBuf> {
    let folder = work.join("compiler");
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    if !python.is_file() {
        output(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    let requirements = work.join("requirements.txt");
    fs::write(&requirements, format!("{COMPILER}{COMPILER_HASHES}\n"))?;
    let arguments = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    output(
        Command::new(&python)
            .args(arguments)
            .args(["--require-hashes", "--only-binary=:all:", "--requirement"])
            .arg(&requirements),
    )?;
    Ok(python)
}

/// The JavaScript guest: compiled, started, and taken as a snapshot.
fn javascript(root: &Path, work: &Path, sources: &Path, python: &Path) -> Result<Vec<u8>> {
    let guest = root.join("polycode-runner/guests/javascript");
    let compiled = work.join("javascript.wasm");
    let map = |from: &Path, to: &str| format!("-ffile-prefix-map={}={to}", from.display());
    let mut command = Command::new(python);
    command
        .args([
            "-m",
            "ziglang",
            "cc",
            "-target",
            "wasm32-wasi",
            "-mexec-model=reactor",
        ])
        .args([
            "-std=c23",
            "-O2",
            "-DNDEBUG",
            "-D_GNU_SOURCE",
            "-DQUICKJS_NG_BUILD",
        ])
        .args(["-fno-sanitize=all", "-funsigned-char", "-w"])
        .args([map(sources, "/quickjs"), map(&guest, "/guest")])
        .arg(format!("-Wl,-z,stack-size={STACK_BYTES}"))
        .arg("-Wl,--strip-all")
        .arg("-I")
        .arg(sources)
        .arg(format!("--embed-dir={}", guest.display()))
        .arg(guest.join("main.c"))
        .args(["dtoa.c", "libregexp.c", "libunicode.c"].map(|file| sources.join(file)))
        .arg("-o")
        .arg(&compiled);
    output(&mut command)?;
    let wasm = fs::read(&compiled)?;
    let engine = new_engine(1).map_err(|error| anyhow!("{error}"))?;
    Ok(snapshot(
        &engine,
        &wasm,
        Preparation::Call("init"),
        Vec::new(),
        &[],
    )?)
}

/// What a command writes to its standard output; what it says when it fails.
fn output(command: &mut Command) -> Result<Vec<u8>> {
    let name = command.get_program().display().to_string();
    let output = command
        .output()
        .with_context(|| format!("starting {name}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    bail!("{name} failed ({}):\n{}", output.status, words.trim())
}
