//! What calls functions of C and C++: compiled once, so that a program is not held up by it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::guests::{library, output};

const SOURCES: [&str; 6] = ["request", "json", "arguments", "answer", "line", "tested"];

const FLAGS: [&str; 16] = [
    "-target",
    "wasm32-wasi",
    "-std=c23",
    "-O2",
    "-g0",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-c",
    "-fvisibility=hidden",
    "-fno-sanitize=all",
    // Jumps out of a call are exceptions of WebAssembly.
    "-mexception-handling",
    "-mllvm",
    "-wasm-enable-sjlj",
    "-mllvm",
    "-wasm-use-legacy-eh=false",
];

/// Builds the archive; `python` has the compiler as a module, `headers` are those of programs.
pub(super) fn build(root: &Path, work: &Path, python: &Path, headers: &Path) -> Result<Vec<u8>> {
    let guest = root.join("polycode-runner/guests/call");
    let objects = work.join("call");
    if objects.exists() {
        fs::remove_dir_all(&objects)?;
    }
    fs::create_dir_all(&objects)?;
    let mut made = Vec::new();
    for name in SOURCES {
        let object = objects.join(format!("{name}.o"));
        let mut command = Command::new(python);
        command
            .args(["-m", "ziglang", "cc"])
            .args(FLAGS)
            .arg(format!("-ffile-prefix-map={}=/call", guest.display()))
            .arg(format!("-ffile-prefix-map={}=/usr", headers.display()));
        // Those of C alone.
        for folder in library::HEADERS.iter().skip(1) {
            command.arg("-isystem").arg(headers.join(folder));
        }
        let source = guest.join(format!("{name}.c"));
        output(command.arg(source).arg("-o").arg(&object))?;
        made.push(object);
    }
    let archive = objects.join("call.a");
    let mut command = Command::new(python);
    command.args(["-m", "ziglang", "ar", "rcsD"]).arg(&archive);
    output(command.args(made))?;
    Ok(fs::read(&archive)?)
}
