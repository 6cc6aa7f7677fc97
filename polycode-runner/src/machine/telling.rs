//! How a text is told to a runtime that waits for one.

use serde::Deserialize;
use wasmtime::{Instance, Store, TypedFunc, WasmParams, WasmResults};

use crate::machine::{Guest, RunError};
use crate::wasi::Ended;

/// The exports by which a runtime is told a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Telling {
    /// `host_alloc` makes room for the text, `turn` takes it and returns 0 when all went well.
    Turn,
    /// Those of Ruby's own interface, by the canonical ABI of early interface types: the text is
    /// evaluated, and ends with a byte of zero, as do the arguments of the interpreter.
    Ruby,
    /// Those of the build of Perl: the text is evaluated, and ends with a byte of zero. It ends by an
    /// exit, after which the interpreter is told to do what a program wants done at its end.
    Perl,
}

const RUBY_INIT: &str = "ruby-init: func(args: list<string>) -> ()";
const RUBY_EVAL: &str =
    "rb-eval-string-protect: func(str: string) -> tuple<handle<rb-abi-value>, s32>";
/// Arguments of the interpreter: its name, UTF-8 for all that it reads, and a program that is
/// empty.
const RUBY_ARGUMENTS: [&[u8]; 3] = [b"ruby\0", b"-EUTF-8:UTF-8\0", b"-e_=0\0"];

const PERL_INIT: &str = "zeroperl_init_with_args";
const PERL_EVAL: &str = "zeroperl_eval";
/// Arguments of the interpreter: its name, and a program that is empty.
const PERL_ARGUMENTS: [&[u8]; 2] = [b"perl\0", b"/dev/stdin\0"];
/// What is told after a program, whether it exited by itself or by the harness.
const PERL_FINISH: &str = "Polycode::finish()";
/// The context of what is evaluated: one value.
const PERL_SCALAR: u32 = 1;

/// A text in a list: its place and its length.
const TEXT_BYTES: u32 = 8;

/// A place in a list.
const PLACE_BYTES: u32 = 4;

/// What comes of a call: the error is ours when the runtime lacks an export, and the program's
/// when it ended in the call.
type Called<T> = Result<wasmtime::Result<T>, RunError>;

impl Telling {
    /// Starts the interpreter, where that is a step of its own.
    pub(crate) fn begin(self, store: &mut Store<Guest>, instance: &Instance) -> Called<()> {
        match self {
            Self::Turn => Ok(Ok(())),
            Self::Ruby => {
                let init: TypedFunc<(u32, u32), ()> = export(store, instance, RUBY_INIT)?;
                let mut list = Vec::new();
                for argument in RUBY_ARGUMENTS {
                    match lay(store, instance, self, argument)? {
                        Ok((at, len)) => list.extend([at, len].map(u32::to_le_bytes).concat()),
                        Err(error) => return Ok(Err(error)),
                    }
                }
                let told = lay(store, instance, self, &list)?;
                Ok(told.and_then(|(at, bytes)| init.call(&mut *store, (at, bytes / TEXT_BYTES))))
            }
            Self::Perl => {
                let init: TypedFunc<(u32, u32), u32> = export(store, instance, PERL_INIT)?;
                let mut list = Vec::new();
                for argument in PERL_ARGUMENTS {
                    match lay(store, instance, self, argument)? {
                        Ok((at, _)) => list.extend(at.to_le_bytes()),
                        Err(error) => return Ok(Err(error)),
                    }
                }
                list.extend(0_u32.to_le_bytes());
                let told = lay(store, instance, self, &list)?;
                let began = told.and_then(|(at, bytes)| {
                    let count = (bytes / PLACE_BYTES).saturating_sub(1);
                    init.call(&mut *store, (count, at))
                });
                Ok(began.and_then(|code| match code {
                    0 => Ok(()),
                    code => Err(wasmtime::Error::msg(format!("it began with code {code}"))),
                }))
            }
        }
    }

    /// Asks for room in the memory; where it is.
    fn allocate(self, store: &mut Store<Guest>, instance: &Instance, bytes: u32) -> Called<u32> {
        const ALIGNMENT: u32 = 4;
        let name = self.allocator();
        Ok(match self {
            Self::Turn | Self::Perl => {
                export::<u32, u32>(store, instance, name)?.call(&mut *store, bytes)
            }
            Self::Ruby => export::<(u32, u32, u32, u32), u32>(store, instance, name)?
                .call(&mut *store, (0, 0, ALIGNMENT, bytes)),
        })
    }

    const fn allocator(self) -> &'static str {
        match self {
            Self::Turn => "host_alloc",
            Self::Ruby => "cabi_realloc",
            Self::Perl => "malloc",
        }
    }

    /// Tells a text; 0 when all went well.
    pub(crate) fn tell(
        self,
        store: &mut Store<Guest>,
        instance: &Instance,
        text: &str,
    ) -> Called<i32> {
        match self {
            Self::Turn => {
                let turn: TypedFunc<(u32, u32), i32> = export(store, instance, "turn")?;
                let told = lay(store, instance, self, text.as_bytes())?;
                Ok(told.and_then(|place| turn.call(&mut *store, place)))
            }
            Self::Ruby => {
                let eval: TypedFunc<(u32, u32), u32> = export(store, instance, RUBY_EVAL)?;
                let told = lay(store, instance, self, format!("{text}\0").as_bytes())?;
                match told.and_then(|place| eval.call(&mut *store, place)) {
                    Ok(result) => state(store, instance, result).map(Ok),
                    Err(error) => Ok(Err(error)),
                }
            }
            Self::Perl => {
                let eval: TypedFunc<(u32, u32, u32, u32), i32> =
                    export(store, instance, PERL_EVAL)?;
                let told = lay(store, instance, self, format!("{text}\0").as_bytes())?;
                Ok(told.and_then(|(at, _)| eval.call(&mut *store, (at, PERL_SCALAR, 0, 0))))
            }
        }
    }

    /// Ends what a text has begun, where that is a step of its own; what came of telling it, or of
    /// this step.
    pub(crate) fn end(
        self,
        store: &mut Store<Guest>,
        instance: &Instance,
        told: wasmtime::Result<i32>,
    ) -> Called<i32> {
        let exited = |error: &wasmtime::Error| matches!(error.downcast_ref(), Some(Ended::Exit(_)));
        match self {
            Self::Perl if told.as_ref().err().is_none_or(exited) => {
                // It exits, too. Where it does not, what was before stands.
                let finished = self.tell(store, instance, PERL_FINISH)?;
                Ok(finished.and(told))
            }
            Self::Turn | Self::Ruby | Self::Perl => Ok(told),
        }
    }
}

/// Lays bytes into the memory of a runtime; where, and how many they are.
fn lay(
    store: &mut Store<Guest>,
    instance: &Instance,
    by: Telling,
    bytes: &[u8],
) -> Called<(u32, u32)> {
    let len = u32::try_from(bytes.len()).map_err(|_| RunError::Runtime(by.allocator()))?;
    let at = match by.allocate(store, instance, len)? {
        Ok(at) => at,
        Err(error) => return Ok(Err(error)),
    };
    let memory = instance.get_memory(&mut *store, "memory");
    let memory = memory.ok_or(RunError::Runtime("memory"))?;
    let broken = || RunError::Runtime(by.allocator());
    let place = usize::try_from(at).map_err(|_| broken())?;
    memory
        .write(&mut *store, place, bytes)
        .map_err(|_| broken())?;
    Ok(Ok((at, len)))
}

/// The second part of what Ruby's evaluation returns: 0 when nothing was raised.
fn state(store: &mut Store<Guest>, instance: &Instance, result: u32) -> Result<i32, RunError> {
    let memory = instance.get_memory(&mut *store, "memory");
    let memory = memory.ok_or(RunError::Runtime("memory"))?;
    let place = usize::try_from(result).map_err(|_| RunError::Runtime(RUBY_EVAL))?;
    let mut state = [0; 4];
    memory
        .read(&*store, place.saturating_add(4), &mut state)
        .map_err(|_| RunError::Runtime(RUBY_EVAL))?;
    Ok(i32::from_le_bytes(state))
}

fn export<P: WasmParams, R: WasmResults>(
    store: &mut Store<Guest>,
    instance: &Instance,
    name: &'static str,
) -> Result<TypedFunc<P, R>, RunError> {
    instance
        .get_typed_func(&mut *store, name)
        .map_err(|_| RunError::Runtime(name))
}
