//! Snapshots: a runtime is started once, and its memory kept as the start of every run.

use std::convert::Infallible;

use wasmtime::{Engine, Instance, Store, Val};
use wasmtime_wizer::{InstanceState, SnapshotVal, ValType, Wizer};

use crate::engine;
use crate::files::{Access, Content, Files, Quota};
use crate::install::cpython;
use crate::machine::{Guest, Meter, Mount, Stub, Telling, TemplateError, driven, linker};
use crate::wasi::{Clock, Output, SNAPSHOT_EPOCH, Wasi};

/// What is done to a runtime before its memory is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preparation {
    /// Its export of that name is called.
    Call(&'static str),
    /// It is given a text as its first turn. `CPython`'s bound of its own stack is moved, if it is to
    /// be another than the 128 KiB that are compiled in, and the objects are made immortal whose places
    /// it leaves at `/run/answer`, as numbers of 32 bits, the least byte first.
    Turn {
        /// The text.
        text: &'static str,
        /// The new bound.
        stack_bytes: Option<u32>,
    },
    /// It is an interpreter that is started, and evaluates a text.
    Evaluate {
        /// How it is told.
        by: Telling,
        /// The text.
        text: &'static str,
    },
}

/// Why a runtime could not be made ready.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// It imports what the sandbox does not offer.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// It could not be instrumented, compiled, started or read.
    #[error("{0}")]
    Machine(#[from] wasmtime::Error),
    /// It was started, and failed.
    #[error("it ended with {ending}, after: {words}")]
    Failed {
        /// How it ended.
        ending: String,
        /// What it wrote.
        words: String,
    },
}

/// Memory that a runtime may use while it is made ready.
const MEMORY: u64 = 1 << 30;
const OUTPUT: u64 = 64 << 10;
/// Files that it may make then, for a rehearsal of a run.
const QUOTA: Quota = Quota {
    bytes: 64 << 10,
    nodes: 8,
    answer_bytes: 16 << 20,
};
/// Where it may tell the host something.
const ANSWER: &str = "run/answer";

/// Starts a runtime, and gives it back as a module whose memory is as it was then.
///
/// Exports of the runtime that only serve to start it are called before, once: `_initialize`.
/// The result is the same each time, to the byte. The engine must be configured as those of the
/// runner are.
///
/// # Errors
/// [`SnapshotError`] when it can't be started.
pub fn snapshot(
    engine: &Engine,
    wasm: &[u8],
    preparation: Preparation,
    mounts: Vec<Mount>,
    stubs: &[Stub],
) -> Result<Vec<u8>, SnapshotError> {
    let wizer = Wizer::new();
    let (context, instrumented) = wizer.instrument(wasm)?;
    let module = engine::module(engine, &instrumented)?;
    drop(instrumented);
    let linker = linker(engine, &module, stubs)?;
    let mut store = Store::new(engine, guest(mounts)?);
    store.limiter(|guest| &mut guest.meter);
    store.set_fuel(u64::MAX / 2)?;
    let instance = ready(linker.instantiate_async(&mut store, &module))?;
    let outcome = ready(prepare(&mut store, &instance, preparation));
    let written = std::mem::replace(&mut store.data_mut().wasi.output, Output::new(0));
    let words = [written.stdout, written.stderr].concat();
    match outcome {
        Ok(0) => {}
        Ok(code) => return Err(failed(format!("code {code}"), &words)),
        Err(error) => return Err(failed(format!("{error:#}"), &words)),
    }
    let mut state = State {
        store: &mut store,
        instance,
    };
    Ok(ready(wizer.snapshot(&context, &mut state))?)
}

fn failed(ending: String, words: &[u8]) -> SnapshotError {
    let words = String::from_utf8_lossy(words).trim().to_owned();
    SnapshotError::Failed { ending, words }
}

fn guest(mounts: Vec<Mount>) -> Result<Guest, SnapshotError> {
    let mut files = Files::new(QUOTA, SNAPSHOT_EPOCH);
    let broken = |error| wasmtime::Error::new(error);
    files.lay_folder("box", Access::Writable).map_err(broken)?;
    files.lay_folder("tmp", Access::Writable).map_err(broken)?;
    let answer = Content::Own(Vec::new());
    files
        .lay_file(ANSWER, answer, Access::Answer)
        .map_err(broken)?;
    for mount in mounts {
        files
            .lay_file(&mount.path, mount.content, Access::ReadOnly)
            .map_err(broken)?;
    }
    let clock = Clock {
        start: SNAPSHOT_EPOCH,
        fuel: u64::MAX / 2,
        fuel_per_ms: u64::MAX,
    };
    let wasi = Wasi::new(
        vec!["main".to_owned()],
        Vec::new(),
        Output::new(OUTPUT),
        files,
        clock,
    );
    Ok(Guest::new(wasi, Meter::new(MEMORY)))
}

async fn prepare(
    store: &mut Store<Guest>,
    instance: &Instance,
    preparation: Preparation,
) -> wasmtime::Result<i32> {
    if let Ok(initialize) = instance.get_typed_func::<(), ()>(&mut *store, "_initialize") {
        initialize.call_async(&mut *store, ()).await?;
    }
    match preparation {
        Preparation::Call(name) => {
            let export = instance.get_typed_func::<(), ()>(&mut *store, name)?;
            export.call_async(&mut *store, ()).await.map(|()| 0)
        }
        Preparation::Turn { text, stack_bytes } => {
            let code = told(store, instance, Telling::Turn, text).await?;
            let memory = instance
                .get_memory(&mut *store, "memory")
                .ok_or_else(|| wasmtime::Error::msg("the runtime exports no `memory`"))?;
            let objects = store.data_mut().wasi.files.take(ANSWER).unwrap_or_default();
            let memory = memory.data_mut(&mut *store);
            if let Some(bytes) = stack_bytes {
                cpython::move_stack_bound(memory, bytes)?;
            }
            cpython::make_immortal(memory, &objects)?;
            Ok(code)
        }
        Preparation::Evaluate { by, text } => told(store, instance, by, text).await,
    }
}

async fn told(
    store: &mut Store<Guest>,
    instance: &Instance,
    by: Telling,
    text: &str,
) -> wasmtime::Result<i32> {
    by.begin(store, instance).await?;
    Ok(by.tell(store, instance, text).await?)
}

/// An instance whose memory and globals can be read.
struct State<'a> {
    store: &'a mut Store<Guest>,
    instance: Instance,
}

impl InstanceState for State<'_> {
    async fn global_get(&mut self, name: &str, ty: ValType) -> SnapshotVal {
        let value = self.instance.get_global(&mut *self.store, name);
        match value.map(|global| global.get(&mut *self.store)) {
            Some(Val::I32(value)) => SnapshotVal::I32(value),
            Some(Val::I64(value)) => SnapshotVal::I64(value),
            Some(Val::F32(value)) => SnapshotVal::F32(value),
            Some(Val::F64(value)) => SnapshotVal::F64(value),
            Some(Val::V128(value)) => SnapshotVal::V128(value.as_u128()),
            // Wizer asks only for globals of the types above that it exported itself.
            _ => match ty {
                ValType::I64 => SnapshotVal::I64(0),
                ValType::F32 => SnapshotVal::F32(0),
                ValType::F64 => SnapshotVal::F64(0),
                ValType::V128 => SnapshotVal::V128(0),
                _ => SnapshotVal::I32(0),
            },
        }
    }

    async fn memory_contents(&mut self, name: &str, contents: impl FnOnce(&[u8]) + Send) {
        match self.instance.get_memory(&mut *self.store, name) {
            Some(memory) => contents(memory.data(&*self.store)),
            None => contents(&[]),
        }
    }
}

/// The outcome of a future that nobody stops.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let Ok(value) = driven(future, || Ok::<(), Infallible>(()));
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engine() -> Engine {
        engine::new_engine(1).unwrap()
    }

    const COUNTER: &str = r#"(module
        (memory (export "memory") 1)
        (global $n (mut i32) (i32.const 0))
        (func (export "init")
            (global.set $n (i32.const 41))
            (i32.store (i32.const 8) (i32.const 1)))
        (func (export "next") (result i32)
            (i32.add (global.get $n) (i32.load (i32.const 8)))))"#;

    #[test]
    fn a_snapshot_starts_where_the_preparation_ended() {
        let wasm = wat::parse_str(COUNTER).unwrap();
        let take = || snapshot(&engine(), &wasm, Preparation::Call("init"), Vec::new(), &[]);
        let (taken, again) = (take().unwrap(), take().unwrap());
        assert_eq!(taken, again);
        let engine = Engine::default();
        let module = wasmtime::Module::new(&engine, &taken).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let next = instance
            .get_typed_func::<(), i32>(&mut store, "next")
            .unwrap();
        assert_eq!(next.call(&mut store, ()).unwrap(), 42);
    }

    #[test]
    fn a_runtime_that_fails_is_reported_with_its_words() {
        let wasm = wat::parse_str(
            r#"(module
                (import "wasi_snapshot_preview1" "fd_write"
                    (func $write (param i32 i32 i32 i32) (result i32)))
                (memory (export "memory") 1)
                (data (i32.const 0) "\10\00\00\00\04\00\00\00")
                (data (i32.const 16) "oops")
                (func (export "init")
                    (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))
                    unreachable))"#,
        );
        let preparation = Preparation::Call("init");
        let error = snapshot(&engine(), &wasm.unwrap(), preparation, Vec::new(), &[]).unwrap_err();
        assert!(
            matches!(&error, SnapshotError::Failed { words, .. } if words == "oops"),
            "{error}"
        );
    }
}
