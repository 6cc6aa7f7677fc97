//! Headers that are compiled once, when a language is installed.

use std::io;
use std::path::PathBuf;

use polycode_core::judging::Ending;
use wasmtime::Engine;

use crate::engine::MAX_MEMORY;
use crate::files::{Content, HostFile};
use crate::install::home::{Slot, write_whole};
use crate::install::{InstallError, load, mounts};
use crate::language::{Language, Package};
use crate::machine::{Job, Mount, Template};

/// Where the compiled header of a language is kept, if it has one.
pub(super) fn path(slot: &Slot<'_>, language: &Language) -> Option<PathBuf> {
    language
        .header()
        .map(|header| slot.header(language, header))
}

/// What the compiler sees of it, if the language has one; an error when it was not compiled yet.
pub(super) fn mount(slot: &Slot<'_>, language: &Language) -> io::Result<Option<Mount>> {
    let Some(header) = language.header() else {
        return Ok(None);
    };
    let file = HostFile::open(&slot.header(language, header))?;
    Ok(Some(Mount {
        path: header.mount.clone(),
        content: Content::Host(file),
    }))
}

/// Compiles the header of a language, if it has one, in the sandbox.
pub(super) fn compile(
    engine: &Engine,
    language: &Language,
    package: &Package,
    slot: &Slot<'_>,
) -> Result<(), InstallError> {
    let Some(header) = language.header() else {
        return Ok(());
    };
    let failed = |words: &str| InstallError::Header(words.trim().to_owned());
    let module = load::kept(engine, &slot.compiled(engine))?;
    let module = module.ok_or_else(|| failed("the compiler is gone"))?;
    let mut mounts = mounts(slot, package)?;
    mounts.extend(super::own(language));
    let (start, fuel_per_ms) = (language.start.clone(), language.fuel_per_ms);
    let compiler = Template::new(engine, &module, start, fuel_per_ms, mounts, &[])?;
    let job = Job {
        fuel: u64::MAX >> 1,
        memory: MAX_MEMORY as u64,
        ..Job::of_compiler(header.args.clone(), Vec::new())
    };
    let outcome = compiler
        .run(job)
        .map_err(|error| failed(&error.to_string()))?;
    if outcome.ending != (Ending::Exited { code: 0 }) || outcome.answer.is_empty() {
        let words = String::from_utf8_lossy(&outcome.stderr);
        return Err(failed(&format!("{:?}: {words}", outcome.ending)));
    }
    write_whole(&slot.header(language, header), &outcome.answer)
}
