//! Compiled functions, remembered while a runtime is installed.
//!
//! A runtime is compiled to be prepared, and its snapshot again to be kept; both have the same
//! functions and differ only in their data. With this memory each function is compiled once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use wasmtime::{CacheStore, Engine};

use crate::engine::{MAX_MEMORY, engine_config};

/// Snapshots have their memory mapped, not copied, however much of it is zeros: up to so many bytes.
/// Learners' modules don't, for a few bytes could take that much of the host then.
pub(super) const MAPPED: u64 = MAX_MEMORY as u64;

/// An engine whose modules fit every engine of the runner, and that remembers what it compiled.
///
/// # Errors
/// When wasmtime does not support this machine.
pub(super) fn remembering_engine() -> wasmtime::Result<Engine> {
    let mut config = engine_config(1);
    config.enable_incremental_compilation(Arc::new(Functions::default()))?;
    config.memory_guaranteed_dense_image_size(MAPPED);
    Engine::new(&config)
}

/// Functions by a digest of all that they depend on.
#[derive(Default)]
struct Functions(Mutex<HashMap<Box<[u8]>, Vec<u8>>>);

impl CacheStore for Functions {
    fn get(&self, key: &[u8]) -> Option<Cow<'_, [u8]>> {
        let functions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        functions.get(key).cloned().map(Cow::Owned)
    }

    fn insert(&self, key: &[u8], value: Vec<u8>) -> bool {
        let mut functions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        functions.insert(key.into(), value);
        true
    }
}

impl std::fmt::Debug for Functions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Functions").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::new_engine;
    use crate::install::load;

    #[test]
    fn what_it_compiles_fits_an_engine_of_the_runner() {
        let wasm = wat::parse_str("(module (func (export \"f\") (result i32) (i32.const 7)))");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.cwasm");
        let engine = remembering_engine().unwrap();
        let wasm = wasm.unwrap();
        load::compile(&engine, &wasm, &path).unwrap();
        load::compile(&engine, &wasm, &path).unwrap();
        let module = load::kept(&new_engine(2).unwrap(), &path).unwrap().unwrap();
        assert!(module.get_export("f").is_some());
    }
}
