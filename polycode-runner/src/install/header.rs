//! Headers that are compiled once, when a language is installed.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use polycode_core::judging::Ending;
use wasmtime::Engine;

use crate::cancel::Cancel;
use crate::files::{Content, HostFile, Quota};
use crate::install::home::{Slot, write_whole};
use crate::install::{InstallError, load, mounts};
use crate::language::Language;
use crate::machine::{Job, Mount, Template};

/// Bytes of the largest header, compiled.
const MAX_BYTES: u64 = 256 << 20;

/// Where the compiled header of a language is kept, if it has one.
pub(super) fn path(slot: &Slot<'_>, language: &Language) -> Option<PathBuf> {
    let build = language.build.as_ref()?;
    build.header.as_ref()?;
    Some(slot.header(language, build))
}

/// What the compiler sees of it, if the language has one; an error when it was not compiled yet.
pub(super) fn mount(slot: &Slot<'_>, language: &Language) -> io::Result<Option<Mount>> {
    let header = language
        .build
        .as_ref()
        .and_then(|build| build.header.as_ref());
    let (Some(path), Some(header)) = (path(slot, language), header) else {
        return Ok(None);
    };
    Ok(Some(Mount {
        path: header.mount.clone(),
        content: Content::Host(Arc::new(HostFile::open(&path)?)),
    }))
}

/// Compiles the header of a language, which has one, in the sandbox.
pub(super) fn compile(
    engine: &Engine,
    language: &Language,
    slot: &Slot<'_>,
) -> Result<(), InstallError> {
    let failed = |words: &str| InstallError::Header(words.trim().to_owned());
    let build = language.build.as_ref();
    let header = build.and_then(|build| build.header.as_ref());
    let (Some(path), Some(header), Some((_, package))) =
        (path(slot, language), header, language.packaged())
    else {
        return Ok(());
    };
    let module = load::kept(engine, &slot.compiled(engine))?;
    let module = module.ok_or_else(|| failed("the compiler is gone"))?;
    let mut mounts = mounts(slot, package)?;
    mounts.extend(super::own(language));
    let (start, fuel_per_ms) = (language.start.clone(), language.fuel_per_ms);
    let compiler = Template::new(engine, &module, start, fuel_per_ms, mounts, &[])?;
    let job = Job {
        args: header.args.clone(),
        stdin: Vec::new(),
        line: None,
        files: Vec::new(),
        request: Vec::new(),
        collect: Vec::new(),
        fuel: u64::MAX >> 1,
        memory: 2 << 30,
        output: 1 << 20,
        quota: Quota {
            bytes: MAX_BYTES,
            nodes: 100,
            answer_bytes: 0,
        },
        cancel: Cancel::default(),
    };
    let outcome = compiler
        .run(job)
        .map_err(|error| failed(&error.to_string()))?;
    if outcome.ending != (Ending::Exited { code: 0 }) || outcome.answer.is_empty() {
        let words = String::from_utf8_lossy(&outcome.stderr);
        return Err(failed(&format!("{:?}: {words}", outcome.ending)));
    }
    write_whole(&path, &outcome.answer)
}
