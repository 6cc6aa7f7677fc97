//! Builds the guests that are kept in the repository.
//!
//! Everything that goes into them is pinned by its digest: the engines' sources come from crates,
//! the compiler from a wheel, both fetched by the usual tools. The result is the same to the byte
//! wherever it is built, so `--check` can compare.

mod calls;
mod library;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use polycode_runner::engine::new_engine;
use polycode_runner::install::{Preparation, snapshot};
use sha2::{Digest as _, Sha256};

use crate::step;

/// How a guest is built: `main.c` of its folder, and the sources of an engine.
struct Recipe {
    /// Its name: that of its folder, and of the result.
    name: &'static str,
    /// The crate that carries the sources.
    package: &'static str,
    version: &'static str,
    sha256: &'static str,
    /// Their folder in the crate.
    folder: &'static str,
    /// The files to compile of it beside what `main.c` includes; without a list, all that there
    /// are.
    sources: Option<&'static [&'static str]>,
    flags: &'static [&'static str],
    libraries: &'static [&'static str],
    /// Linear memory for C's own stack, above the bound that the engine keeps to.
    stack_bytes: u32,
}

const RECIPES: [Recipe; 3] = [
    Recipe {
        name: "javascript",
        package: "rquickjs-sys",
        version: "0.14.0",
        sha256: "cee271d0eeba64f0915b846cb7ae02e16faf3dfdffdca91731101d9d30fe3423",
        folder: "quickjs",
        sources: Some(&["dtoa.c", "libregexp.c", "libunicode.c"]),
        flags: &["-DQUICKJS_NG_BUILD"],
        libraries: &[],
        stack_bytes: 4 << 20,
    },
    Recipe {
        name: "lua",
        package: "lua-src",
        version: "551.1.0",
        sha256: "41d22b201501a536c0f5a96c7589b268b559172b20fb029064434e38ddcecb1f",
        folder: "lua-5.4.9",
        sources: None,
        flags: &[
            // Tables are walked in the same order everywhere.
            "-Dluai_makeseed(L)=1886350457u",
            "-D_WASI_EMULATED_SIGNAL",
            // Errors are long jumps, which are exceptions of WebAssembly.
            "-mexception-handling",
            "-mllvm",
            "-wasm-enable-sjlj",
            "-mllvm",
            "-wasm-use-legacy-eh=false",
            "-include",
            "throw.h",
        ],
        libraries: &["-lsetjmp", "-lwasi-emulated-signal"],
        stack_bytes: 1 << 20,
    },
    Recipe {
        name: "sql",
        package: "libsqlite3-sys",
        version: "0.37.0",
        sha256: "b1f111c8c41e7c61a49cd34e44c7619462967221a6443b0ec299e0ac30cfb9b1",
        folder: "sqlite3",
        sources: Some(&[]),
        flags: &[
            // There are no files of databases, and nothing of the system to call.
            "-DSQLITE_OS_OTHER=1",
            "-DSQLITE_TEMP_STORE=3",
            "-DSQLITE_THREADSAFE=0",
            "-DSQLITE_OMIT_LOAD_EXTENSION",
            "-DSQLITE_OMIT_DEPRECATED",
            "-DSQLITE_DEFAULT_MEMSTATUS=0",
            // What learners are told elsewhere holds here, too: texts have single quotes, and
            // references are looked after.
            "-DSQLITE_DQS=0",
            "-DSQLITE_DEFAULT_FOREIGN_KEYS=1",
            "-DSQLITE_ENABLE_MATH_FUNCTIONS",
        ],
        libraries: &[],
        stack_bytes: 1 << 20,
    },
];

/// The wheel that carries a C compiler for WebAssembly, with its C library.
const COMPILER: &str = "ziglang==0.17.0";

/// The digest of the compiler's wheel for Linux on x86-64, where the guests are built.
const COMPILER_HASHES: &str =
    " --hash=sha256:97079827064a7492cce5541ceb438ae8003ce1e54e399676da2d62fb7a5dc08b";

/// Builds the guests, or with `check` builds them and compares with what is kept.
///
/// # Errors
/// When a tool is missing or fails, something that was fetched is not what it should be, or the
/// result differs from what is kept.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = step::root();
    let work = step::target().join("guests");
    fs::create_dir_all(&work)?;
    let compiler = compiler(&work)?;
    for recipe in &RECIPES {
        let sources = recipe.sources(&work)?;
        let built = recipe.build(&root, &work, &sources, &compiler)?;
        if check {
            let again = recipe.build(&root, &work, &sources, &compiler)?;
            ensure!(again == built, "two builds of {} differ", recipe.name);
        }
        keep(&root, &format!("{}.wasm", recipe.name), &built, check)?;
    }
    let headers = library::headers(&work)?;
    let calls = calls::build(&root, &work, &compiler, &headers)?;
    keep(&root, "call.a", &calls, check)?;
    let library = library::build(&root, &work, &compiler, &headers)?;
    keep(&root, "cpp.a", &library, check)
}

/// Keeps what was built, or compares it with what is kept.
fn keep(root: &Path, name: &str, built: &[u8], check: bool) -> Result<()> {
    let kept = root.join("polycode-runner/guests").join(name);
    let digest = hex::encode(Sha256::digest(built));
    if check {
        let known = fs::read(&kept).with_context(|| format!("reading {}", kept.display()))?;
        ensure!(
            known == built,
            "{} is not what its sources make of it: run `cargo xtask guests`",
            kept.display()
        );
        println!("{name} is what its sources make of it ({digest})");
    } else {
        fs::write(&kept, built)?;
        println!("{name}: {} bytes, sha256 {digest}", built.len());
    }
    Ok(())
}

impl Recipe {
    /// The folder of the engine's sources, as cargo unpacked them after it checked the digest.
    fn sources(&self, work: &Path) -> Result<PathBuf> {
        let (package, version) = (self.package, self.version);
        let project = work.join(self.name);
        fs::create_dir_all(project.join("src"))?;
        fs::write(project.join("src/lib.rs"), "")?;
        let manifest = project.join("Cargo.toml");
        let text = format!(
            "[package]\nname = \"engine\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{package} = \"={version}\"\n\n[workspace]\n"
        );
        fs::write(&manifest, text)?;
        let arguments = ["metadata", "--format-version=1", "--manifest-path"];
        let metadata = output(step::cargo().args(arguments).arg(&manifest))?;
        let lock = fs::read_to_string(project.join("Cargo.lock"))?;
        ensure!(
            lock.contains(self.sha256),
            "{package} {version} has another digest than expected"
        );
        let metadata: serde_json::Value = serde_json::from_slice(&metadata)?;
        let packages = metadata
            .get("packages")
            .and_then(|packages| packages.as_array())
            .context("cargo metadata lists no packages")?;
        let found = packages.iter().find(|found| found["name"] == package);
        let manifest = found.and_then(|found| found["manifest_path"].as_str());
        let folder = manifest.and_then(|path| Path::new(path).parent());
        Ok(folder
            .with_context(|| format!("cargo did not fetch {package}"))?
            .join(self.folder))
    }

    /// The files of the engine to compile, in the order of their names.
    fn files(&self, sources: &Path) -> Result<Vec<PathBuf>> {
        if let Some(files) = self.sources {
            return Ok(files.iter().map(|file| sources.join(file)).collect());
        }
        let entries = fs::read_dir(sources)?.collect::<Result<Vec<_>, _>>()?;
        let paths = entries.iter().map(fs::DirEntry::path);
        let mut files: Vec<_> = paths
            .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
            .collect();
        files.sort();
        Ok(files)
    }

    /// The guest: compiled, started, and taken as a snapshot.
    fn build(&self, root: &Path, work: &Path, sources: &Path, python: &Path) -> Result<Vec<u8>> {
        let guest = root.join("polycode-runner/guests").join(self.name);
        let compiled = work.join(format!("{}.wasm", self.name));
        let map = |from: &Path, to: &str| format!("-ffile-prefix-map={}={to}", from.display());
        let mut command = Command::new(python);
        command
            .args(["-m", "ziglang", "cc", "-target", "wasm32-wasi"])
            .args(["-mexec-model=reactor", "-std=c23", "-O2", "-DNDEBUG"])
            .args(["-D_GNU_SOURCE", "-fno-sanitize=all", "-funsigned-char"])
            .arg("-w")
            .args(self.flags)
            .args([map(sources, "/engine"), map(&guest, "/guest")])
            .arg(format!("-Wl,-z,stack-size={}", self.stack_bytes))
            .arg("-Wl,--strip-all")
            .arg("-I")
            .arg(sources)
            .arg("-I")
            .arg(&guest)
            .arg(format!("--embed-dir={}", guest.display()))
            .arg(guest.join("main.c"))
            .args(self.files(sources)?)
            .args(self.libraries)
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
